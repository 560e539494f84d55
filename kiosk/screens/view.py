"""What screens are given to show: values already worded for people, nothing to look up or to compute."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.show.celebration import Celebration


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One line of a leaderboard.

    Attributes:
        subject: `player:ID` or `team:ID`; the row's identity when it moves.
        colour: stable index of the initials' colour.
        value_text: as people write it, such as `$21,300`.
        share: the bar's length: of the target if there is one, else of the leader; may exceed 1.
        moved: places gained since the period's previous day (negative: lost); None for newcomers.
    """

    subject: str
    rank: int
    name: str
    initials: str
    colour: int
    photo: str | None
    value_text: str
    share: float
    moved: int | None = None
    target_text: str = ""

    @property
    def medal(self) -> int:
        """The rank of the medal that the row carries; 0, as all do who share a rank at nothing, for none."""
        return self.rank if self.share > 0 else 0


@dataclass(frozen=True, slots=True)
class BoardView:
    """A leaderboard of everybody, best first.

    Attributes:
        subtitle: the period in words, such as `This week · 27 Feb – 5 Mar`.
        was: the rows' subjects in their former order, while they move; and `moved_at_s` on the monotonic clock.
        age_text: how old the numbers are when they are too old to look current, such as `42 min old`.
    """

    title: str
    subtitle: str
    rows: tuple[BoardRow, ...]
    per_page: int = 8
    was: tuple[str, ...] = ()
    moved_at_s: float | None = None
    age_text: str = ""
    empty_text: str = "No records in this period yet"


@dataclass(frozen=True, slots=True)
class CelebrationView:
    """A celebration, and whether this is its first show."""

    celebration: Celebration
    first: bool = True


@dataclass(frozen=True, slots=True)
class AnnouncementView:
    """A notice from the office."""

    title: str
    text: str = ""
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class ClockView:
    """A clock; `date_text` and `time_text` come from the moment, in this locale."""

    locale: str = "en_US"
    title: str = ""


@dataclass(frozen=True, slots=True)
class IdleView:
    """Nothing to show yet: who we are and what is missing, in sentences."""

    organisation: str
    missing: tuple[str, ...] = ()
    locale: str = "en_US"


@dataclass(frozen=True, slots=True)
class ProblemView:
    """Something IT has to mend: `config.yaml:12: channels[0]: …`, one line each."""

    title: str
    lines: tuple[str, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class StatusView:
    """What the status overlay says; empty texts show nothing, no texts no overlay."""

    faults: tuple[str, ...] = ()
    muted: bool = False
    offline: bool = False


View = BoardView | CelebrationView | AnnouncementView | ClockView | IdleView | ProblemView
