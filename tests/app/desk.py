"""An evaluator at work for tests: a small sales office, a clock that stands until it is moved, and what was posted."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from zoneinfo import ZoneInfo

from kiosk.app import messages
from kiosk.app.evaluator import Evaluator
from kiosk.clock import Clock
from kiosk.config.settings import RulesFile
from kiosk.config.source import CsvSource, InboxSource, Reading, RosterSource, Source
from kiosk.domain.metric import Aggregate, Format, Metric
from kiosk.domain.organisation import Organisation, Player, Team
from kiosk.domain.record import Record
from kiosk.domain.rules import Achievement, Kind, Requirement, Rules, Type, Unit
from kiosk.domain.standing import BoardKey
from kiosk.feed.reading import FeedFault, Receipt, RecordsRead, RosterRead
from kiosk.show.design import Design

M = TypeVar("M")

NOON = datetime(2024, 5, 7, 16, tzinfo=UTC)
"""Tuesday noon in New York."""

BOARD = BoardKey("revenue", Unit.WEEK, Kind.PLAYER)
PATIENCE_S = 60

ACME = Organisation("Acme", ZoneInfo("America/New_York"))
ZOE = Player("zoe", "Zoë Núñez", ("west",))
MAX = Player("max", "Max Mustermann")
WEST = Team("west", "West")

REVENUE = Metric("revenue", "Revenue", "deal", Aggregate.SUM, field="amount", format=Format.CURRENCY)

BIG_FISH = Achievement(
    "big-fish",
    Type.SINGLE_RECORD_GOAL,
    "Big fish",
    "Win a deal over $5,000",
    metric="revenue",
    require=Requirement(more_than=Decimal(5000)),
    points=50,
)
WEEK_20K = Achievement(
    "week-20k",
    Type.COMBINED_RECORDS_GOAL,
    "20k week",
    "Win $20,000 in a week",
    metric="revenue",
    period=Unit.WEEK,
    require=Requirement(at_least=Decimal(20000)),
)
DAY_MVP = Achievement(
    "day-mvp",
    Type.COMBINED_RECORDS_MVP,
    "Best of the day",
    "Sell the most in a day",
    metric="revenue",
    period=Unit.DAY,
    require=Requirement(top=1),
)

READING = Reading(record="deal", key="id", owner="agent", time="at")
CRM = CsvSource("crm", Path("deals.csv"), READING)
LAN = InboxSource("lan", READING, Path("key"))
TEAM_LIST = RosterSource("team-list", Path("team.csv"), "agent")


def office(
    *achievements: Achievement, sources: tuple[Source, ...] = (CRM,), players: tuple[Player, ...] = (ZOE, MAX)
) -> RulesFile:
    rules = Rules(ACME, players, (WEST,), (REVENUE,), achievements=achievements)
    return RulesFile(Path("rules.yaml"), rules, sources, {a.id: Design(a.title) for a in achievements})


def deal(id_: str, amount: object = 7000, *, owner: str = "zoe", at: datetime = NOON, **more: Any) -> Record:
    """A deal of Zoë, at noon."""
    plain = Record("crm", id_, 0, "deal", at, owner, {"amount": str(amount)})
    return replace(plain, **more)


class HandClock(Clock):
    """Stands still until it is moved; monotonic time runs by itself."""

    def __init__(self, now: datetime = NOON, *, trusted: bool = True) -> None:
        super().__init__(trusted=trusted)
        self.now = now

    def wall(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


class Desk:
    """An evaluator that runs inside `with`; without a path its journal is in memory."""

    def __init__(self, rules: RulesFile, path: Path | None = None, clock: Clock | None = None) -> None:
        self.clock = clock or HandClock()
        self.told: list[messages.Message] = []
        self._changed = threading.Condition()
        self.evaluator = Evaluator(rules, path, [BOARD], self.clock, self._post)

    def __enter__(self) -> Self:
        self.evaluator.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.evaluator.stop()

    def give(self, *records: Record, whole: bool = True, snapshot: bool = True) -> tuple[Receipt, ...]:
        """Deliver records of one source and wait for their receipts."""
        source = records[0].source if records else "crm"
        return self.evaluator.deliver(RecordsRead(source, records, snapshot, whole)).result(PATIENCE_S)

    def give_roster(self, *players: Player, teams: Iterable[Team] = (), source: str = "team-list") -> None:
        self.evaluator.deliver(RosterRead(source, players, tuple(teams))).result(PATIENCE_S)

    def give_fault(self, *texts: str, source: str = "crm", lost: bool = False) -> None:
        self.evaluator.deliver(FeedFault(source, texts, lost)).result(PATIENCE_S)

    def settle(self) -> None:
        """Until everything is done that is due by the clock."""
        # A delivery is taken when nothing is due. The turn that takes the first may have begun before the clock moved.
        for _ in range(2):
            self.give_fault(source="nobody")

    def wait(self, kind: type[M], count: int = 1) -> list[M]:
        """The messages of this kind, as soon as there are `count` of them."""

        def enough() -> bool:
            return len(self.messages(kind)) >= count

        with self._changed:
            assert self._changed.wait_for(enough, PATIENCE_S), f"no {kind.__name__} {count} in {self.told}"
            return self.messages(kind)

    def wait_until(self, kind: type[M], **fields: object) -> M:
        """The first message of this kind with these values."""

        def found() -> M | None:
            wanted = (m for m in self.messages(kind) if all(getattr(m, n) == v for n, v in fields.items()))
            return next(wanted, None)

        with self._changed:
            assert self._changed.wait_for(lambda: found() is not None, PATIENCE_S), f"{fields} not in {self.told}"
            message = found()
        assert message is not None
        return message

    def messages(self, kind: type[M]) -> list[M]:
        return [message for message in self.told if isinstance(message, kind)]

    @property
    def celebrated(self) -> list[str]:
        """`ACHIEVEMENT of SUBJECT`, in the order in which they were posted."""
        earned = self.messages(messages.Earned)
        return [f"{e.celebration.achievement} of {e.celebration.winners[0].subject}" for e in earned]

    def _post(self, message: messages.Message) -> None:
        with self._changed:
            self.told.append(message)
            self._changed.notify_all()


def celebrated(rules: RulesFile, *records: Record, path: Path | None = None, clock: Clock | None = None) -> list[str]:
    """What these live records earn at a desk whose first load was empty."""
    with Desk(rules, path, clock) as desk:
        desk.give()
        desk.give(*records)
    return desk.celebrated
