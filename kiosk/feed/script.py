"""The demo's records, made up but always the same: what happened before somebody looked, and what happens then.

Everything follows from the instant of the start and a seed. Each player has a pace and a knack for big deals, so the
boards have leaders, chasers and a tail. The demo's rules file (`assets/demo/rules.yaml`) has the same players.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as day_time
from random import Random
from types import MappingProxyType

from kiosk.domain.record import Record

SOURCE = "demo"

_OFFICE_OPENS_H, _OFFICE_CLOSES_H = 9.0, 17.5
_WORKING_DAYS = 5
_WEEKS_BEFORE = 5
_BEST_BEFORE = 12_500


@dataclass(frozen=True, slots=True)
class Seller:
    """A player of the demo: `pace` is a share of the records, `knack` stretches amounts."""

    id: str
    pace: float
    knack: float


SELLERS = (
    Seller("jose", 1.3, 1.1),
    Seller("mei", 1.2, 1.2),
    Seller("zoe", 1.4, 1.0),
    Seller("lukasz", 1.0, 1.2),
    Seller("olga", 1.1, 1.1),
    Seller("eleni", 1.2, 0.9),
    Seller("aoife", 0.9, 1.1),
    Seller("soren", 1.0, 0.9),
    Seller("priya", 1.1, 1.0),
    Seller("thu", 0.8, 1.2),
    Seller("amara", 1.0, 1.0),
    Seller("tomas", 0.7, 1.0),
    Seller("hana", 0.8, 0.9),
    Seller("mateo", 0.6, 0.9),
)

_PRODUCTS = (("Throws", 300, 1400, 5), ("Curtains", 700, 3200, 4), ("Rugs", 1200, 5200, 3))
"""Name, least and most amount, and how often it is sold."""

_WHOLE_HOME = ("Whole home", 3800, 7200)
_HOTEL = ("A hotel's linen", 7600, 11800)


def history(start: datetime, seed: int = 1) -> tuple[Record, ...]:
    """What happened in the five weeks before `start` and until then, oldest first.

    Days are those of `start`'s zone. Today and this week have their share even if they have only begun, on whatever
    day the demo is shown.
    """
    random = _random(seed, "history")
    today = start.date()
    first = today - timedelta(days=today.weekday(), weeks=_WEEKS_BEFORE)
    records: list[Record] = []
    for back in range((today - first).days, 0, -1):
        day = today - timedelta(days=back)
        if day.weekday() < _WORKING_DAYS:
            records += _day(random, day, start, 64)
    best_at = datetime.combine(first, day_time(12), start.tzinfo)
    records.insert(0, _deal("best-before", best_at, SELLERS[1], "A hotel, every room", _BEST_BEFORE))
    return (*records, *_today(random, start, 70))


def script(start: datetime, seconds: float, seed: int = 1) -> Iterator[tuple[float, Record]]:
    """What happens in the `seconds` after `start`: each record with its distance from the start in seconds.

    A record comes every two to five seconds, and about twice a minute one that earns an achievement by itself.
    """
    random = _random(seed, "script")
    best = _BEST_BEFORE
    special_at = 7.0
    offset, number = random.uniform(2, 4), 0
    specials = 0
    while offset < seconds:
        number += 1
        at = start + timedelta(seconds=offset)
        if offset >= special_at:
            record, best = _special(random, f"live-{number}", at, specials, best)
            specials += 1
            special_at = offset + random.uniform(20, 34)
        else:
            record = _ordinary(random, f"live-{number}", at, _seller(random))
        yield offset, record
        offset += random.uniform(2, 5)


def _random(seed: int, what: str) -> Random:
    return Random(f"{what}:{seed}")  # noqa: S311 - a story, not a secret


def _day(random: Random, day: date, start: datetime, count: int) -> list[Record]:
    """A past day's records, in office hours."""
    hours = sorted(random.uniform(_OFFICE_OPENS_H, _OFFICE_CLOSES_H) for _ in range(count))
    midnight = datetime.combine(day, day_time(), start.tzinfo)
    times = [midnight + timedelta(hours=h) for h in hours]
    records = [_ordinary(random, f"{day}-{i}", at, _seller(random)) for i, at in enumerate(times)]
    product, least, most = _WHOLE_HOME
    for i in range(2, len(times), 12):
        records[i] = _deal(f"{day}-{i}", times[i], _seller(random), product, random.uniform(least, most))
    return records


def _today(random: Random, start: datetime, count: int) -> list[Record]:
    """Today's records until `start`, if need be all in the few minutes since midnight; everybody has won something."""
    midnight = datetime.combine(start.date(), day_time(), start.tzinfo)
    begun = max(midnight, start - timedelta(hours=7))
    shares = sorted(random.random() for _ in range(count))
    times = [begun + (start - begun) * share for share in shares]
    records = [_ordinary(random, f"{start.date()}-{i}", at, _seller(random)) for i, at in enumerate(times)]
    for i, seller in zip(random.sample(range(count), len(SELLERS)), SELLERS, strict=True):
        product, least, most, _ = random.choice(_PRODUCTS)
        records[i] = _deal(f"{start.date()}-{i}", times[i], seller, product, random.uniform(least, most))
    return records


def _seller(random: Random) -> Seller:
    return random.choices(SELLERS, [seller.pace for seller in SELLERS])[0]


def _ordinary(random: Random, key: str, at: datetime, seller: Seller) -> Record:
    """A call, a deal lost, or a deal won that is nothing special by itself."""
    chance = random.random()
    if chance < 0.58:
        return _record(key, "call", at, seller, result=random.choice(("Reached", "Reached", "Voicemail")))
    product, least, most, _ = random.choices(_PRODUCTS, [often for *_, often in _PRODUCTS])[0]
    amount = min(most, seller.knack * random.triangular(least, most, least))
    stage = "Lost" if chance < 0.7 else "Won"
    return _deal(key, at, seller, product, amount, stage=stage)


def _special(random: Random, key: str, at: datetime, number: int, best: int) -> tuple[Record, int]:
    """A deal that earns something, each kind in its turn, and the biggest deal after it."""
    seller = _seller(random)
    match number % 7:
        case 1 | 4:
            product, least, most = _WHOLE_HOME
            return _deal(key, at, seller, product, random.uniform(least, most)), best
        case 2:
            product, least, most = _HOTEL
            return _deal(key, at, seller, product, random.uniform(least, most)), best
        case 6 if best < 90_000:
            best = round(best * random.uniform(1.04, 1.15) / 10) * 10
            return _deal(key, at, seller, "A hotel, every room", best), best
        case _:
            product, least, most, _ = random.choice(_PRODUCTS)
            return _deal(key, at, seller, product, random.uniform(least, most), customer="New"), best


def _deal(
    key: str, at: datetime, seller: Seller, product: str, amount: float, *, stage: str = "Won", customer: str = "Known"
) -> Record:
    cells = {"amount": str(round(amount / 10) * 10), "stage": stage, "product": product, "customer": customer}
    return _record(key, "deal", at, seller, **cells)


def _record(key: str, kind: str, at: datetime, seller: Seller, **cells: str) -> Record:
    return Record(
        source=SOURCE, id=key, revision=0, type=kind, occurred_at=at, owner=seller.id, fields=MappingProxyType(cells)
    )
