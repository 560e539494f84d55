"""The show of one display as a value: everything that decides what is on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from kiosk.show.celebrations import Celebrations, Place
from kiosk.show.cycle import Cycle
from kiosk.show.interruptions import Interruptions
from kiosk.show.now import Now
from kiosk.show.quiet import Quiet
from kiosk.show.settings import ShowSettings
from kiosk.show.showing import Showing


@dataclass(frozen=True, slots=True)
class Question:
    """A start that the journal was asked to commit; `ids` lose what is withdrawn meanwhile."""

    cue_key: str
    ids: tuple[str, ...]
    asked_ns: int


@dataclass(frozen=True, slots=True)
class Aside:
    """A showing of the cycle that was cut into at `cut_ns`, to be resumed."""

    showing: Showing
    cut_ns: int


@dataclass(frozen=True, slots=True)
class Show:
    """What `kiosk.show.program` steps.

    Attributes:
        channels: ids of those that are played.
        stage: what is on.
        count: showings so far; makes keys unique.
        question: what the journal was asked and has not answered.
        muted_until_ns: monotonic; None while not muted.
        due_ns: monotonic; when time asks for the next tick, None if only an event can change anything.
        trusted: whether the wall was trusted at the last step.
    """

    settings: ShowSettings
    channels: frozenset[str]
    quiet: Quiet
    celebrations: Celebrations
    cycle: Cycle
    stage: Showing
    count: int
    question: Question | None = None
    aside: Aside | None = None
    interruptions: Interruptions = Interruptions()
    muted_until_ns: int | None = None
    due_ns: int | None = None
    trusted: bool = False

    @property
    def within(self) -> timedelta:
        """How long a celebration may interrupt from when it is due."""
        return timedelta(seconds=self.settings.interrupt_within_s)

    @property
    def busy(self) -> Collection[str]:
        """The unlocks on the stage or about to be."""
        return (*self.stage.ids, *(self.question.ids if self.question is not None else ()))

    def is_due(self, now: Now) -> bool:
        """Whether time asks for a tick."""
        return now.trusted != self.trusted or (self.due_ns is not None and now.mono_ns >= self.due_ns)

    def is_silent(self, now: Now) -> bool:
        """Whether no sound may start."""
        muted = self.muted_until_ns is not None and now.mono_ns < self.muted_until_ns
        return muted or (now.trusted and self.quiet.is_quiet(now.wall))

    def places(self, now: Now) -> tuple[Place, ...]:
        """The celebrations that have a place in the cycle, the newest first; not whom the journal is asked about."""
        asked = () if self.question is None else self.question.ids
        most = self.settings.celebrations_per_pass
        return self.celebrations.places(now, self.within, self.channels, most=most, without=asked)
