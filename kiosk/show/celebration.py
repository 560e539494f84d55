"""A celebration of one unlock (or of several merged ones), ready to be shown: every text is filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.show.design import Interrupt


@dataclass(frozen=True, slots=True)
class Winner:
    """Whom it celebrates; `colour` is a stable index into the theme's people colours."""

    subject: str
    name: str
    initials: str
    colour: int
    photo: str | None = None


@dataclass(frozen=True, slots=True)
class Celebration:
    """What the program schedules and the celebration screen shows.

    Attributes:
        id: the unlock's id; of merged ones the first's.
        winners: one, or everybody of a merged celebration.
        value_text: the value as people write it, such as `$21,300`; empty where there is none.
        unlocked_at: aware; lifetimes count from `starts_at` if that is later.
        starts_at: nothing is shown before it (a period's end waits for `celebrate_at`).
        sound: a sound's name or path as in `Design.sound`, resolved for the winner; empty for none.
    """

    id: str
    achievement: str
    title: str
    message: str
    description: str
    motivation: str
    winners: tuple[Winner, ...]
    value_text: str
    points_text: str
    badge: str
    animation: str
    background: str
    sound: str
    first_show_s: float
    show_s: float
    lifetime_s: float
    channels: tuple[str, ...]
    interrupt: Interrupt
    priority: int
    critical: bool
    unlocked_at: datetime
    starts_at: datetime
