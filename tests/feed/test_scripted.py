from collections.abc import Iterator
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from queue import SimpleQueue
from zoneinfo import ZoneInfo

import pytest

from kiosk.assets import asset
from kiosk.clock import Clock
from kiosk.config.load import check, load_config, load_rules
from kiosk.domain.engine import Engine
from kiosk.domain.fact import AchievementPublished, ClockReached, RecordPut
from kiosk.domain.record import Record
from kiosk.domain.rules import Kind, Unit
from kiosk.domain.standing import BoardKey
from kiosk.domain.unlock import Outcome, Unlock
from kiosk.feed.reading import Reading, Receipt, RecordsRead
from kiosk.feed.script import SELLERS, SOURCE, history, script
from kiosk.feed.scripted import ScriptedFeed

DUBLIN = ZoneInfo("Europe/Dublin")
STARTS = {
    "on a Wednesday afternoon": datetime(2026, 11, 18, 15, 30, tzinfo=DUBLIN),
    "on a Monday morning": datetime(2026, 11, 16, 9, 2, tzinfo=DUBLIN),
    "at the first of a month": datetime(2026, 6, 1, 8, 0, tzinfo=DUBLIN),
    "just after midnight on a Sunday": datetime(2026, 11, 22, 0, 4, tzinfo=DUBLIN),
    "on the day that clocks change": datetime(2026, 3, 29, 2, 30, tzinfo=DUBLIN),
}
BOARDS = (
    BoardKey("revenue", Unit.WEEK, Kind.PLAYER),
    BoardKey("revenue", Unit.MONTH, Kind.TEAM),
    BoardKey("deals", Unit.DAY, Kind.PLAYER),
    BoardKey("calls", Unit.DAY, Kind.PLAYER),
)


def any_start() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)


class Demo:
    """The demo's rules, and the script run through them."""

    def __init__(self, start: datetime) -> None:
        self.start = start
        rules = load_rules(asset("demo/rules.yaml")).rules
        ids = tuple(achievement.id for achievement in rules.achievements)
        self.engine = Engine(rules, BOARDS, waiting=ids)
        self.before = [outcome for record in history(start) for outcome in self._put(record)]
        for id_ in ids:
            self.engine.apply(AchievementPublished(id_))

    def live(self, seconds: float) -> Iterator[tuple[float, Outcome]]:
        for offset_s, record in script(self.start, seconds):
            for outcome in self._put(record):
                yield offset_s, outcome

    def _put(self, record: Record) -> list[Outcome]:
        closed = self.engine.apply(ClockReached(record.occurred_at.astimezone(UTC)))
        return closed + self.engine.apply(RecordPut(record, record.occurred_at))


def test_the_shipped_rules_and_config_are_good() -> None:
    for name in ("rules.yaml", "config.yaml"):
        assert check(asset("demo") / name)[1] == ()


def test_the_script_and_the_rules_have_the_same_people() -> None:
    rules = load_rules(asset("demo/rules.yaml")).rules
    assert {seller.id for seller in SELLERS} == {player.id for player in rules.players}


def test_the_same_start_and_seed_tell_the_same_story() -> None:
    start = STARTS["on a Monday morning"]
    assert history(start, 7) == history(start, 7) != history(start, 8)
    assert list(script(start, 120, 7)) == list(script(start, 120, 7)) != list(script(start, 120, 8))


@any_start()
def test_the_boards_are_full_before_anything_happens(start: datetime) -> None:
    demo = Demo(start)
    assert demo.before == [], "a history unlocks nothing, and nothing is wrong with it"
    for key in BOARDS[:3]:
        standings = demo.engine.standings(key, start)
        assert all(standing.value > 0 for standing in standings), key
        assert len({standing.value for standing in standings}) > 2, key


@any_start()
def test_nothing_happens_in_the_future_and_keys_are_unique(start: datetime) -> None:
    past = history(start)
    assert max(record.occurred_at for record in past) <= start
    live = list(script(start, 600))
    keys = [record.key for record in (*past, *(record for _, record in live))]
    assert len(keys) == len(set(keys))
    assert [record.occurred_at for _, record in live] == [start + timedelta(seconds=at) for at, _ in live]


def test_a_record_comes_every_two_to_five_seconds() -> None:
    times = [0.0, *(at for at, _ in script(STARTS["on a Monday morning"], 600))]
    assert all(2 <= later - earlier <= 5 for earlier, later in pairwise(times))


@any_start()
def test_something_is_earned_about_every_twenty_seconds_in_the_first_five_minutes_and_later(start: datetime) -> None:
    earned = list(Demo(start).live(3600))
    assert all(isinstance(outcome, Unlock) and outcome.celebrate for _, outcome in earned)
    first = [at for at, _ in earned if at < 300]
    assert 12 <= 300 / len(first) <= 30
    assert first[0] < 30, "nobody waits long for the first one"
    assert 12 <= 3600 / len(earned) <= 30
    kinds = {outcome.achievement for at, outcome in earned if at < 300 and isinstance(outcome, Unlock)}
    assert len(kinds) >= 5, "it is a show, not a repetition"


def test_the_demo_config_shows_boards_a_clock_and_a_notice() -> None:
    config, rules = load_config(asset("demo/config.yaml"))
    slots = [slot for channel in config.channels for slot in channel.slots]
    assert {slot.screen for slot in slots} == {"leaderboard", "clock", "announcement"}
    assert all(slot.dwell_s <= 10 for slot in slots)
    assert all(design.first_show_s <= 10 for design in rules.designs.values())


class Taker:
    """Takes what is delivered, as the evaluator does."""

    def __init__(self) -> None:
        self.read: SimpleQueue[RecordsRead] = SimpleQueue()

    def __call__(self, reading: Reading) -> "Future[tuple[Receipt, ...]]":
        assert isinstance(reading, RecordsRead)
        self.read.put(reading)
        done: Future[tuple[Receipt, ...]] = Future()
        done.set_result((Receipt.CREATED,) * len(reading.records))
        return done


def test_the_feed_gives_the_history_at_once_and_then_the_script_as_it_happens() -> None:
    taker, clock, start = Taker(), Clock(), STARTS["on a Wednesday afternoon"]
    feed = ScriptedFeed(start, taker, clock, speed=200)
    feed.start()
    try:
        past = taker.read.get(timeout=10)
        live = [taker.read.get(timeout=10) for _ in range(5)]
    finally:
        feed.stop()
    assert past == RecordsRead(SOURCE, history(start), snapshot=False, whole=True)
    happened = [reading.records[0] for reading in live]
    assert [record.id for record in happened] == [f"live-{n}" for n in range(1, 6)]
    assert all(record.occurred_at <= clock.wall() for record in happened)
    assert sorted(record.occurred_at for record in happened) == [record.occurred_at for record in happened]
