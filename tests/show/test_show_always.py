"""What holds for any show, whatever happens to it and whenever the power is cut."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from playhouse import Playhouse, celebration, channel, instant, ns, slot

from kiosk.show.celebration import Celebration
from kiosk.show.celebrations import KEPT, MOST_STARTS, TABLE, Entry, IllegalMove, Move
from kiosk.show.cue import Reason
from kiosk.show.design import Interrupt
from kiosk.show.effects import CommitStart, PlaySound
from kiosk.show.events import ChannelsChanged, Event, Failed, Muted, Presented, StartCommitted, Tick, Withdrawn
from kiosk.show.interruptions import HOUR_NS, Interruptions
from kiosk.show.ledger import State
from kiosk.show.now import Now
from kiosk.show.playlist import Hours
from kiosk.show.program import cue_at, next_change, step
from kiosk.show.quiet import QuietMode, QuietSpan
from kiosk.show.settings import AfterInterrupt, ShowSettings
from kiosk.show.settle import settle

CHANNELS = (
    (),
    (channel(slot("week", 20)),),
    (channel(slot("week", 20), slot("tea", 7, hours=Hours(between=(time(12, 5), time(12, 20)))), slot("month", 13)),),
)

HOLD = (QuietSpan(time(12, 10), time(12, 30), QuietMode.HOLD),)
HOLD_LASTS = timedelta(minutes=20)

milliseconds = st.integers(0, 4000) | st.integers(0, 120_000) | st.integers(0, 1_200_000)


@dataclass(frozen=True, slots=True)
class Wait:
    seconds: float


@dataclass(frozen=True, slots=True)
class Earn:
    design: Celebration
    starts: float = 0


@dataclass(frozen=True, slots=True)
class Recall:
    number: int


@dataclass(frozen=True, slots=True)
class Crash:
    after: float


@dataclass(frozen=True, slots=True)
class Do:
    """`answer` or `present` by hand, `commit` without an answer, `fail` a screen, `mute`, `channels`."""

    what: str


designs = st.builds(
    celebration,
    achievement=st.sampled_from(["fish", "deal", "streak"]),
    first_show_s=st.sampled_from([1, 6, 60, 400]),
    show_s=st.sampled_from([2, 45]),
    lifetime_s=st.sampled_from([30, 1200, 43_200]),
    interrupt=st.sampled_from([Interrupt.NOW, Interrupt.NOW, Interrupt.NEXT, Interrupt.NEVER]),
    priority=st.integers(0, 2),
    critical=st.booleans(),
)
waits = st.builds(lambda ms: Wait(ms / 1000), milliseconds)
crashes = st.builds(lambda ms: Crash(ms / 1000), milliseconds)
actions = st.one_of(
    waits,
    waits,
    st.builds(Earn, designs),
    st.builds(Earn, designs, st.sampled_from([0, 0.5, 300])),
    crashes,
    st.builds(Recall, st.integers(0, 30)),
    st.builds(Do, st.sampled_from(["answer", "commit", "present", "fail", "mute", "channels"])),
)
shows = st.builds(
    ShowSettings,
    after_interrupt=st.sampled_from(AfterInterrupt),
    gap_s=st.sampled_from([0, 5]),
    interrupt_share=st.sampled_from([0.02, 0.5, 1.0]),
    merge_over=st.integers(1, 3),
    sync=st.booleans(),
)


class Rehearsal(Playhouse):
    """A playhouse that checks every step, and in which anything may happen."""

    number = 0

    def play(self, action: object) -> None:
        match action:
            case Wait(seconds):
                self.until(self.seconds + seconds)
            case Earn(design, starts):
                self.number += 1
                won, starts_at = instant(self.seconds), instant(self.seconds + starts)
                self.earn(replace(design, id=f"w{self.number:02}", unlocked_at=won, starts_at=starts_at))
            case Recall(number) if f"w{number:02}" in self.ledger.rows:
                self.withdraw(f"w{number:02}")
            case Crash(after):
                self.restart(after)
            case Do("answer") if self.unanswered:
                self.answer()
            case Do("commit") if self.unanswered:
                self.ledger.commit(self.unanswered[0])
                self.restart()
            case Do("present"):
                self.send(Presented(self.cue.key))
            case Do("fail"):
                self.fail()
            case Do("mute"):
                self.send(Muted(ns(self.seconds + 60)))
            case Do("channels"):
                self.channels = CHANNELS[self.number % len(CHANNELS)]
                self.send(ChannelsChanged(self.channels))

    def _step(self, event: Event) -> None:
        before = len(self.effects)
        super()._step(event)
        self.check_settled()
        for _, effect in self.effects[before:]:
            if isinstance(effect, CommitStart):
                assert all(self.ledger.rows[id_].starts < MOST_STARTS for id_ in effect.ids)
            if isinstance(effect, PlaySound):
                assert effect.cue_key == self.cue.key
                assert self.cue.reason is Reason.INTERRUPT

    def _look(self) -> None:
        before = len(self.showings)
        super()._look()
        for _, cue in self.showings[before:]:
            if cue.celebration is not None and self.trusted:
                held = HOLD_LASTS if self.quiet else timedelta(0)
                ends = cue.celebration.starts_at + timedelta(seconds=cue.celebration.lifetime_s) + held
                assert cue.celebration.starts_at <= self.now.wall < ends
            if cue.reason is Reason.INTERRUPT and self.trusted and self.answers:
                assert not any(span.start <= self.now.wall.time() < span.end for span in self.quiet)

    def check_settled(self) -> None:
        """Nothing is left to do, and nothing is to be done before the next change."""
        now = self.now
        change_ns = next_change(self.show, now)
        assert change_ns is None or change_ns > now.mono_ns
        ahead = 3_600_000_000_000 if change_ns is None else change_ns - now.mono_ns
        for part in (0, ahead // 3, ahead - 1_000_000):
            then = Now(now.mono_ns + part, now.wall + timedelta(microseconds=part // 1000), self.trusted)
            effects: list[object] = []
            later = settle(self.show, then, effects)  # type: ignore[arg-type]
            assert effects == []
            assert (later.stage, later.question) == (self.show.stage, self.show.question)
            assert cue_at(self.show, then) == self.show.stage.cue


def rehearse(house: Rehearsal, script: list[object]) -> None:
    for action in script:
        house.play(action)


@settings(max_examples=60, deadline=None)
@given(
    shows,
    st.lists(actions, max_size=25),
    st.tuples(st.booleans(), st.booleans()),
    st.booleans(),
    st.sampled_from([(), HOLD]),
)
def test_nothing_happens_between_changes_nobody_starts_thrice_and_nothing_begins_after_its_lifetime(
    show: ShowSettings, script: list[object], works: tuple[bool, bool], trusted: bool, quiet: tuple[QuietSpan, ...]
) -> None:
    answers, presents = works
    house = Rehearsal(show, CHANNELS[2], quiet, answers=answers, presents=presents, trusted=trusted)
    rehearse(house, script)
    assert all(row.starts <= MOST_STARTS for row in house.ledger.rows.values())
    keys = [effect.cue_key for effect in house.of(PlaySound)]
    for id_, row in house.ledger.rows.items():
        assert sum(effect.celebration_id == id_ for effect in house.of(PlaySound)) <= MOST_STARTS
        if row.state is State.WITHDRAWN:
            withdrawn = next(
                at
                for at, effect in house.effects
                if getattr(effect, "state", None) is State.WITHDRAWN and id_ in effect.ids
            )
            assert all(
                cue.celebration is None or cue.celebration.id != id_ for at, cue in house.showings if at > withdrawn
            )
    assert len(keys) == len(set(keys))


@settings(max_examples=40, deadline=None)
@given(shows, st.lists(actions, max_size=25))
def test_in_no_hour_do_interrupts_take_more_than_their_share(show: ShowSettings, script: list[object]) -> None:
    house = Rehearsal(show, CHANNELS[1])
    rehearse(house, [action for action in script if not isinstance(action, Crash)])
    house.until(house.seconds + 600)
    spans = []
    for (began, cue), (ended, _) in zip(house.showings, [*house.showings[1:], (house.seconds, None)], strict=True):
        if cue.reason is Reason.INTERRUPT:
            spans.append((began, ended))
    for _, ended in spans:
        taken = sum(max(0, min(end, ended) - max(begin, ended - 3600)) for begin, end in spans)
        assert taken <= show.interrupt_share * 3600 + 0.001


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(waits, st.builds(Earn, designs), crashes), max_size=15), st.booleans())
def test_whatever_was_earned_is_celebrated_or_over(script: list[object], loses_answers: bool) -> None:
    # Few enough for each pass of the cycle, and long lives: everybody must have had their moment.
    house = Rehearsal(ShowSettings(celebrations_per_pass=50), CHANNELS[1], answers=not loses_answers)
    for action in script:
        house.play(
            replace(action, design=replace(action.design, lifetime_s=10**8)) if isinstance(action, Earn) else action
        )
    house.answers = True
    house.restart()
    house.until(house.seconds + 2000)
    assert {row.state for row in house.ledger.rows.values()} <= {State.SHOWN, State.MERGED}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 12_000), st.integers(0, 12_000), st.integers(0, 20_000), st.booleans(), st.booleans())
def test_killed_at_any_moment_of_a_celebration_it_is_not_missed(
    first: int, second: int, off: int, committed: bool, seen: bool
) -> None:
    house = Rehearsal(channels=CHANNELS[1], answers=False, presents=seen)
    house.earn(celebration("w01"))
    for milliseconds_ in (first, second):
        if committed and house.unanswered:
            house.answer()
            house.send(Tick())
        house.until(house.seconds + milliseconds_ / 1000)
        house.restart(off / 1000)
    house.answers = house.presents = True
    house.restart()
    house.until(house.seconds + 60)
    assert house.state("w01") is State.SHOWN
    assert house.ledger.rows["w01"].starts <= MOST_STARTS
    shown_first = [title for title in house.titles() if title.endswith(":w01")]
    assert shown_first


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(1, 700)), max_size=12),
    st.integers(1, 700),
    st.integers(0, 3600),
)
def test_the_earliest_free_instant_fits_the_hour_and_none_before_it_does(
    steps: list[tuple[int, int]], length: int, budget: int
) -> None:
    second = 1_000_000_000
    past, now = Interruptions(), 0
    for pause, lasted in steps:
        past = past.add((now + pause) * second, (now + pause + lasted) * second)
        now += pause + lasted

    def taken(at: int) -> int:
        """Seconds of interrupts in the hour that ends with one from `at` on."""
        begins = at + length - 3600
        return length + sum(max(0, end // second - max(begin // second, begins)) for begin, end in past.spans)

    free_ns = past.free_from(now * second, length * second, budget * second)
    if free_ns is None:
        assert length > budget
        return
    free = free_ns // second
    assert taken(free) <= budget
    assert all(taken(at) > budget for at in range(now, free))


def test_the_history_of_interrupts_is_bounded_and_never_forgets_any_of_the_last_hour() -> None:
    past = Interruptions()
    for number in range(2000):
        past = past.add(number * 1_000_000_000, number * 1_000_000_000 + 500_000_000)
    assert len(past.spans) <= 256
    assert sum(end - begin for begin, end in past.spans) >= 1000 * 1_000_000_000
    assert past.add(2 * HOUR_NS, 2 * HOUR_NS + 1).spans == ((2 * HOUR_NS, 2 * HOUR_NS + 1),)


@given(st.sampled_from(State), st.lists(st.sampled_from(Move), max_size=8))
def test_moves_follow_the_table_and_an_illegal_one_raises(state: State, moves: list[Move]) -> None:
    entry = Entry(celebration(), state)
    for move in moves:
        allowed = (entry.state, move) in TABLE and not (move is Move.START and entry.starts == MOST_STARTS)
        try:
            moved = entry.moved(move)
        except IllegalMove:
            assert not allowed
        else:
            assert allowed
            assert moved.starts == entry.starts + (move is Move.START) <= MOST_STARTS
            assert not (entry.seen and moved.may_start)
            entry = moved


@settings(max_examples=30, deadline=None)
@given(st.lists(actions, max_size=12), st.lists(st.integers(1, 40_000), max_size=12))
def test_ticks_more_often_than_asked_for_change_nothing(script: list[object], moments: list[int]) -> None:
    rare, often = Rehearsal(channels=CHANNELS[2]), Rehearsal(channels=CHANNELS[2])
    for action in script:
        rare.play(action)
        if isinstance(action, Wait):
            for part in sorted(moment / 1000 for moment in moments if moment / 1000 < action.seconds):
                often.until(max(often.seconds, rare.seconds - action.seconds + part))
            often.until(rare.seconds)
        else:
            often.play(action)
    assert often.titles() == rare.titles()
    assert [effect for _, effect in often.effects] == [effect for _, effect in rare.effects]


def test_everything_kept_is_bounded() -> None:
    house = Playhouse(ShowSettings(gap_s=0, merge_over=10_000))
    for number in range(2 * KEPT + 20):
        house.earn(celebration(f"w{number:03}", at=house.seconds, first_show_s=3, show_s=1))
        house.until(house.seconds + 4)
    show = house.show
    assert len(show.celebrations.entries) <= 2 * KEPT + 1
    assert len(show.interruptions.spans) <= 256
    assert len(show.cycle.had) <= 30


def test_events_that_come_too_late_are_ignored() -> None:
    house = Playhouse()
    for event in (Presented("cycle:99"), Failed("interrupt:nobody:1"), Withdrawn("nobody")):
        show, effects = step(house.show, event, house.now)
        assert (show, effects) == (house.show, ())


def test_a_question_is_answered_once() -> None:
    house = Playhouse(answers=False)
    house.earn(celebration())
    asked = house.unanswered.pop()
    show, _ = step(house.show, StartCommitted(asked.ids, asked.cue_key), house.now)
    assert show.question is None
