"""The design of an achievement's celebration, before anybody has earned it (docs/display.md, section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Interrupt(StrEnum):
    """Whether a new unlock cuts in, waits for the slot's end, or only takes part in the cycle."""

    NOW = "now"
    NEXT = "next"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Design:
    """What a celebration looks and sounds like.

    Attributes:
        title, message: texts with tags, see `kiosk.show.tags`.
        badge: the name of a shipped badge, or a picture's path.
        animation: `none`, `confetti`, …
        background: `theme`, or a picture's path.
        sound: `default:NAME`, `player`, `none`, or a sound file's path.
        first_show_s, show_s: seconds of the first and of each later showing.
        lifetime_s: seconds of wall time it stays in the cycle after the unlock.
        channels: ids it takes part in; empty for all.
        priority: higher goes first; `critical` may cut another celebration.
        screen: False shows nothing on TVs.
    """

    title: str
    message: str = "{player.name}"
    badge: str = "star"
    description: str = ""
    motivation: str = ""
    animation: str = "confetti"
    background: str = "theme"
    sound: str = "default:fanfare"
    first_show_s: float = 60
    show_s: float = 45
    lifetime_s: float = 12 * 3600
    channels: tuple[str, ...] = ()
    interrupt: Interrupt = Interrupt.NOW
    priority: int = 0
    critical: bool = False
    screen: bool = True
