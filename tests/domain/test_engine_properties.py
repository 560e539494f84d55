"""What holds for every log of facts; the engine is also compared with a plain reading of the rules."""

from __future__ import annotations

from datetime import time, timedelta
from typing import NamedTuple

from domain_builders import PLAYERS, achievement, at, deal, goal, require, rules, target
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_model import PlainModel

from kiosk.domain.engine import Engine
from kiosk.domain.fact import AchievementPublished, ClockReached, Fact, PlayerPut, RecordPut
from kiosk.domain.organisation import Player
from kiosk.domain.record import Record
from kiosk.domain.rules import Eligible, Kind, OncePer, Scaling, Unit, Within
from kiosk.domain.standing import BoardKey
from kiosk.domain.unlock import Unlock

EAST = Eligible(teams=frozenset({"east"}))
NOT_BO = Eligible(exclude=frozenset({"bo"}))

EVERYTHING = rules(
    achievement("single_record_goal", "big", require=require(at_least=20), points=5),
    achievement("single_record_goal", "weekly-big", require=require(more_than=5), once_per=OncePer.WEEK),
    achievement("single_record_goal", "any", metric="won", eligible=EAST),
    achievement("time", "evening", between=(time(18), time(2)), celebrate_within=timedelta(hours=2)),
    achievement("time", "early", between=(time(5), time(9)), metric="deals", require=require(at_least=1)),
    goal("30", Unit.DAY, "day-30"),
    goal("60", Unit.WEEK, "week-60", once_per=OncePer.MONTH),
    goal("-10", Unit.MONTH, "month-minus", eligible=NOT_BO),
    goal("100", Unit.QUARTER, "quarter-team", subject=Kind.TEAM),
    goal("150", Unit.ALL_TIME, "ever-company", subject=Kind.COMPANY),
    goal("3", Unit.DAY, "deals-3", metric="deals"),
    goal("12.5", Unit.WEEK, "average", metric="average"),
    goal("25", Unit.MONTH, "largest", metric="largest"),
    goal("3", Unit.WEEK, "smallest", metric="smallest"),
    achievement("combined_records_goal", "more", period=Unit.WEEK, require=require(more_than=40)),
    achievement("target", "target-month", period=Unit.MONTH, require=require(at_least_percent=100)),
    achievement("target", "target-week", period=Unit.WEEK, require=require(more_than_percent=50), subject=Kind.TEAM),
    achievement(
        "target",
        "target-days",
        period=Unit.DAY,
        require=require(at_least_percent=90),
        target_scaling=Scaling.WORKING_DAYS,
    ),
    achievement("period_progression", "progress-day", period=Unit.DAY),
    achievement("period_progression", "progress-week", period=Unit.WEEK, allow_empty_previous=True),
    achievement("period_progression", "progress-team", period=Unit.WEEK, subject=Kind.TEAM),
    achievement("period_progression", "progress-average", period=Unit.DAY, metric="average"),
    *(achievement("single_record_high_score", f"biggest-{w}", within=w) for w in Within),
    *(achievement("single_record_high_score", f"biggest-team-{w}", within=w, subject=Kind.TEAM) for w in Within),
    *(achievement("combined_records_high_score", f"best-day-{w}", within=w, period=Unit.DAY) for w in Within),
    achievement("combined_records_high_score", "best-team", period=Unit.WEEK, subject=Kind.TEAM),
    achievement("combined_records_high_score", "best-company", period=Unit.DAY, subject=Kind.COMPANY),
    achievement("combined_records_high_score", "best-small", period=Unit.DAY, metric="smallest", eligible=NOT_BO),
    achievement("combined_records_mvp", "top-day", period=Unit.DAY, require=require(top=2)),
    achievement("combined_records_mvp", "top-in-team", period=Unit.WEEK, within=Within.TEAM),
    achievement("combined_records_mvp", "top-team", period=Unit.WEEK, subject=Kind.TEAM, eligible=EAST),
    achievement("average_mvp", "average-mvp", period=Unit.WEEK, minimum_records=2),
    achievement("single_record_mvp", "single-mvp", period=Unit.DAY, eligible=NOT_BO),
    achievement("target_mvp", "target-mvp", period=Unit.MONTH, require=require(top=3)),
    achievement("hit_rate_mvp", "hit-rate", period=Unit.WEEK, flow="close-rate", minimum_attempts=2),
    achievement(
        "hit_rate_mvp", "sharp", period=Unit.DAY, flow="close-rate", require=require(at_least_percent=50, top=2)
    ),
    targets=[
        target("100"),
        target("70", "player:ann", start=at("2024-03-04").date()),
        target("50", "team:*", Unit.WEEK),
    ],
)
NAMES = [rule.id for rule in EVERYTHING.achievements]
BOARDS = [BoardKey("revenue", Unit.WEEK, Kind.PLAYER), BoardKey("close-rate", Unit.DAY, Kind.PLAYER)]

START = at("2024-03-08 00:00")
AMOUNTS = st.sampled_from(["1", "5", "10", "12.5", "20", "20.00", "33.3", "40", "0", "-7", "-30", "", "oops", "1e2"])
OWNERS = st.sampled_from([player.id for player in PLAYERS])
HOURS = st.integers(0, 26 * 24)


class Deal(NamedTuple):
    """A deal happens `hour` hours after the start."""

    owner: str
    amount: str
    hour: int
    stage: str
    date_only: bool


class Change(NamedTuple):
    """The deal at this place of the log (counted round) becomes another one."""

    place: int
    deal: Deal


class Move(NamedTuple):
    """A player goes to other teams."""

    owner: str
    teams: tuple[str, ...]


DEALS = st.builds(Deal, OWNERS, AMOUNTS, HOURS, st.sampled_from(["Won", "Won", "Lost"]), st.booleans())
CLOCKS = HOURS.map(lambda hour: ClockReached(START + timedelta(hours=hour)))
PUBLISHED = st.sampled_from(NAMES).map(AchievementPublished)
CHANGES = st.builds(Change, st.integers(0, 30), DEALS)
MOVES = st.builds(Move, OWNERS, st.sampled_from([(), ("east",), ("west",), ("west", "east")]))

Step = Deal | Change | Move | ClockReached | AchievementPublished


def facts(steps: list[Step]) -> list[Fact]:
    """The steps as a log of facts; each record arrives as soon as it can after what came before."""
    log: list[Fact] = []
    records: list[Record] = []
    now = START
    for step in steps:
        match step:
            case Deal():
                record = body(step, str(len(records)))
                records.append(record)
                now = max(now, record.occurred_at)
                log.append(RecordPut(record, now))
            case Change():
                if records:
                    place = step.place % len(records)
                    record = body(step.deal, str(place))
                    log.append(RecordPut(record, now, records[place]))
                    records[place] = record
            case Move():
                player = next(player for player in PLAYERS if player.id == step.owner)
                log.append(PlayerPut(Player(player.id, player.name, step.teams, player.aliases)))
            case ClockReached():
                now = max(now, step.at)
                log.append(step)
            case _:
                log.append(step)
    return log


def body(step: Deal, name: str) -> Record:
    when = START + timedelta(hours=step.hour)
    text = f"{when:%Y-%m-%d}" if step.date_only else f"{when:%Y-%m-%d %H:%M}"
    return deal(step.owner, step.amount, text, name, stage=step.stage)


def unlocks(engine: Engine, log: list[Fact]) -> list[Unlock]:
    return [outcome for fact in log for outcome in engine.apply(fact) if isinstance(outcome, Unlock)]


def agree(steps: list[Step], waiting: frozenset[str] = frozenset()) -> None:
    engine, model = Engine(EVERYTHING, waiting=waiting), PlainModel(EVERYTHING, waiting)
    for fact in facts(steps):
        assert unlocks(engine, [fact]) == model.apply(fact), fact


@settings(max_examples=60, deadline=None)
@given(st.lists(DEALS | DEALS | DEALS | CLOCKS, max_size=25))
def test_the_engine_unlocks_what_a_plain_reading_of_the_rules_unlocks(steps: list[Step]) -> None:
    agree(steps)


@settings(max_examples=60, deadline=None)
@given(st.lists(DEALS | DEALS | CHANGES | CLOCKS, max_size=25))
def test_so_it_does_with_corrections(steps: list[Step]) -> None:
    agree(steps)


@settings(max_examples=60, deadline=None)
@given(st.lists(DEALS | DEALS | MOVES | CLOCKS, max_size=25))
def test_so_it_does_when_players_move(steps: list[Step]) -> None:
    agree(steps)


@settings(max_examples=60, deadline=None)
@given(st.lists(DEALS | DEALS | PUBLISHED | CHANGES | CLOCKS, max_size=25), st.frozensets(st.sampled_from(NAMES)))
def test_so_it_does_when_achievements_are_published_later(steps: list[Step], waiting: frozenset[str]) -> None:
    agree(steps, waiting)


@settings(max_examples=40, deadline=None)
@given(st.lists(DEALS | CHANGES | CLOCKS, max_size=25))
def test_the_same_facts_give_the_same_outcomes(steps: list[Step]) -> None:
    log = facts(steps)
    first, second = Engine(EVERYTHING), Engine(EVERYTHING)
    assert [first.apply(fact) for fact in log] == [second.apply(fact) for fact in log]


@settings(max_examples=40, deadline=None)
@given(st.lists(DEALS, max_size=25), st.integers(0, 25))
def test_a_record_that_comes_again_unchanged_changes_nothing(steps: list[Step], place: int) -> None:
    log = [fact for fact in facts(steps) if isinstance(fact, RecordPut)]
    engine = Engine(EVERYTHING, BOARDS)
    unlocks(engine, [*log])
    before = [engine.standings(key, START + timedelta(days=3)) for key in BOARDS]
    changes = [engine.changes(key) for key in BOARDS]
    for fact in log[place:]:
        assert engine.apply(RecordPut(fact.record, fact.arrived_at, fact.record)) == []
    assert [engine.standings(key, START + timedelta(days=3)) for key in BOARDS] == before
    assert [engine.changes(key) for key in BOARDS] == changes


@settings(max_examples=40, deadline=None)
@given(st.lists(DEALS, max_size=15).flatmap(lambda steps: st.tuples(st.just(steps), st.permutations(steps))))
def test_standings_do_not_depend_on_the_order_of_records(orders: tuple[list[Step], list[Step]]) -> None:
    found = []
    for steps in orders:
        engine = Engine(EVERYTHING, BOARDS)
        unlocks(engine, facts(steps))
        found.append([engine.standings(key, START + timedelta(days=day)) for key in BOARDS for day in range(25)])
    assert found[0] == found[1]


GOALS = rules(
    *(goal(n, unit, f"{unit}-{n}") for n in ("10", "33.3", "100") for unit in (Unit.DAY, Unit.WEEK, Unit.YEAR))
)
GAINS = st.builds(
    Deal, OWNERS, AMOUNTS.filter(lambda text: not text.startswith("-")), HOURS, st.just("Won"), st.just(value=False)
)


@settings(max_examples=60, deadline=None)
@given(st.lists(GAINS, max_size=15).flatmap(lambda steps: st.tuples(st.just(steps), st.permutations(steps))))
def test_without_negative_values_goals_do_not_depend_on_the_order_of_records(
    orders: tuple[list[Step], list[Step]],
) -> None:
    earned = [{unlock.id for unlock in unlocks(Engine(GOALS), facts(steps))} for steps in orders]
    assert earned[0] == earned[1]


@settings(max_examples=40, deadline=None)
@given(st.lists(DEALS, max_size=20), st.lists(HOURS, max_size=6))
def test_steps_of_the_clock_between_make_no_difference_to_what_their_end_unlocks(
    steps: list[Step], hours: list[int]
) -> None:
    log = facts(steps)
    end = START + timedelta(days=400)
    at_once, in_steps = Engine(EVERYTHING), Engine(EVERYTHING)
    unlocks(at_once, log)
    unlocks(in_steps, log)
    clocks = [ClockReached(START + timedelta(hours=hour)) for hour in sorted(hours)]
    assert unlocks(at_once, [ClockReached(end)]) == unlocks(in_steps, [*clocks, ClockReached(end)])


@settings(max_examples=40, deadline=None)
@given(st.lists(DEALS, max_size=20))
def test_nothing_is_unlocked_by_the_clock_before_the_next_boundary(steps: list[Step]) -> None:
    engine = Engine(EVERYTHING)
    unlocks(engine, facts(steps))
    while (boundary := engine.next_boundary()) is not None:
        assert engine.apply(ClockReached(boundary - timedelta(microseconds=1))) == []
        assert engine.next_boundary() == boundary
        engine.apply(ClockReached(boundary))
        assert engine.next_boundary() != boundary
