"""A display without a screen: drives the program as the loop does, with a ledger in memory.

Times are seconds since it began, at noon of a Tuesday; both clocks run alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo

from kiosk.show.celebration import Celebration, Winner
from kiosk.show.cue import Cue, Reason
from kiosk.show.design import Interrupt
from kiosk.show.effects import CommitShown, CommitStart, CommitState, Effect, LogShowing, PlaySound, StopSound
from kiosk.show.events import Earned, Event, Failed, Presented, Restored, StartCommitted, Tick, Withdrawn
from kiosk.show.ledger import LedgerRow, State
from kiosk.show.now import Now
from kiosk.show.playlist import Channel, Slot
from kiosk.show.program import Show, begin, cue_at, next_change, step
from kiosk.show.quiet import QuietSpan
from kiosk.show.settings import ShowSettings

NOON = datetime(2024, 5, 7, 12, tzinfo=UTC)


def ns(seconds: float) -> int:
    """Nanoseconds, in whole milliseconds, so that both clocks say the very same."""
    return round(seconds * 1000) * 1_000_000


def instant(seconds: float) -> datetime:
    return NOON + timedelta(milliseconds=round(seconds * 1000))


def slot(id_: str, dwell_s: float = 20, **more: object) -> Slot:
    return Slot(id_, "leaderboard", dwell_s, **more)  # type: ignore[arg-type]


def channel(*slots: Slot, id_: str = "office") -> Channel:
    return Channel(id_, id_.title(), slots)


TWO_BOARDS = (channel(slot("week"), slot("month")),)


def celebration(id_: str = "win", *, at: float = 0, starts: float | None = None, **more: object) -> Celebration:
    """An unlock of second `at`, of an achievement of its own: 10 s at first, 5 s later, for an hour, with a sound."""
    plain = Celebration(
        id=id_,
        achievement=f"achievement of {id_}",
        title="Big fish",
        message=f"{id_} did it",
        description="Win a deal over $5,000",
        motivation="",
        winners=(Winner(f"player:{id_}", id_.title(), id_[:1].upper(), 0),),
        value_text="$7,000",
        points_text="50 points",
        badge="star",
        animation="confetti",
        background="theme",
        sound="default:fanfare",
        first_show_s=10,
        show_s=5,
        lifetime_s=3600,
        channels=(),
        interrupt=Interrupt.NOW,
        priority=0,
        critical=False,
        unlocked_at=instant(at),
        starts_at=instant(at if starts is None else starts),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


class Ledger:
    """What survives when the power is cut: the rows, and the play log."""

    def __init__(self) -> None:
        self.rows: dict[str, LedgerRow] = {}
        self.log: list[LogShowing] = []

    def pending(self, won: Celebration) -> None:
        self.rows[won.id] = LedgerRow(won, State.PENDING)

    def commit(self, effect: Effect) -> None:
        match effect:
            case CommitStart(ids):
                for id_ in ids:
                    self._change(id_, State.STARTED, starts=self.rows[id_].starts + 1)
            case CommitShown(ids):
                for id_ in ids:
                    self._change(id_, State.SHOWN)
            case CommitState(ids, state, into):
                for id_ in ids:
                    self._change(id_, state, into=into)
            case LogShowing():
                self.log.append(effect)

    def restored(self) -> Restored:
        live = (row for row in self.rows.values() if row.state not in {State.EXPIRED, State.WITHDRAWN})
        return Restored(tuple(live))

    def _change(self, id_: str, state: State, **more: object) -> None:
        self.rows[id_] = replace(self.rows[id_], state=state, **more)  # type: ignore[arg-type]


class Playhouse:
    """A loop, a journal and a mixer of a few lines each.

    `answers` False leaves the journal's answers to the test; `presents` False keeps the screen black.
    """

    def __init__(
        self,
        settings: ShowSettings = ShowSettings(),  # noqa: B008 - a frozen value
        channels: tuple[Channel, ...] = TWO_BOARDS,
        quiet: tuple[QuietSpan, ...] = (),
        *,
        timezone: tzinfo = UTC,
        trusted: bool = True,
        answers: bool = True,
        presents: bool = True,
    ) -> None:
        self.settings, self.channels, self.quiet, self.timezone = settings, channels, quiet, timezone
        self.trusted, self.answers, self.presents = trusted, answers, presents
        self.seconds = 0.0
        self.ledger = Ledger()
        self.effects: list[tuple[float, Effect]] = []
        self.showings: list[tuple[float, Cue]] = []
        self.unanswered: list[CommitStart] = []
        self.show: Show
        self.restart()

    @property
    def now(self) -> Now:
        return Now(ns(self.seconds), instant(self.seconds), self.trusted)

    @property
    def cue(self) -> Cue:
        return cue_at(self.show, self.now)

    def restart(self, after: float = 0) -> None:
        """Cuts the power, waits, and starts again with what the ledger has."""
        self.seconds += after
        self.unanswered.clear()
        self.show = begin(self.settings, self.channels, self.quiet, self.timezone, self.now)
        self.send(self.ledger.restored())

    def send(self, event: Event) -> None:
        """One event, and the journal's answer and the first frame of whatever it brings."""
        self._step(event)
        while self.answers and self.unanswered:
            self.answer()
        self._look()

    def earn(self, *won: Celebration) -> None:
        for each in won:
            self.ledger.pending(each)
            self.send(Earned(each))

    def withdraw(self, id_: str) -> None:
        self.send(Withdrawn(id_))

    def fail(self) -> None:
        """The screen of what is on raises."""
        self.send(Failed(self.cue.key))

    def answer(self) -> None:
        """The journal has written the oldest start that it was asked for."""
        asked = self.unanswered.pop(0)
        self.ledger.commit(asked)
        self._step(StartCommitted(asked.ids, asked.cue_key))
        self._look()

    def until(self, seconds: float) -> None:
        """Lets time pass as the loop does: asleep from one change to the next."""
        while True:
            change_ns = next_change(self.show, self.now)
            if change_ns is None or change_ns > ns(seconds):
                break
            self.seconds = max(self.seconds, -(-change_ns // 1_000_000) / 1000)
            self.send(Tick())
        self.seconds = max(self.seconds, seconds)
        self.send(Tick())

    def of(self, *kinds: type[Effect]) -> list[Effect]:
        return [effect for _, effect in self.effects if isinstance(effect, kinds)]

    def state(self, id_: str) -> State:
        return self.ledger.rows[id_].state

    def titles(self) -> list[str]:
        """What was on, in order: `interrupt:ID` and `cycle:ID` of celebrations, ids of slots, `idle`."""
        return [title(cue) for _, cue in self.showings]

    def _step(self, event: Event) -> None:
        self.show, effects = step(self.show, event, self.now)
        for effect in effects:
            self.effects.append((self.seconds, effect))
            if isinstance(effect, CommitStart):
                self.unanswered.append(effect)
            elif not isinstance(effect, PlaySound | StopSound):
                self.ledger.commit(effect)

    def _look(self) -> None:
        cue = self.cue
        if not self.showings or self.showings[-1][1] != cue:
            self.showings.append((self.seconds, cue))
        if self.presents and self.show.stage.presented is None:
            self._step(Presented(cue.key))


def title(cue: Cue) -> str:
    if cue.celebration is not None:
        return f"{'interrupt' if cue.reason is Reason.INTERRUPT else 'cycle'}:{cue.celebration.id}"
    return cue.slot.id if cue.slot is not None else "idle"


def assert_showing(house: Playhouse, what: str, *, at: float) -> None:
    """`what` as in `Playhouse.titles` is on at second `at`."""
    house.until(at)
    assert title(house.cue) == what, f"{title(house.cue)} is on at {at} s; so far {house.titles()}"


def assert_shown(house: Playhouse, whats: Iterable[str]) -> None:
    """Just these were on so far, in this order."""
    assert house.titles() == list(whats), f"so far {house.titles()}, expected {list(whats)}"
