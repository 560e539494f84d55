"""The sections of a config file about window, sound, turns, quiet hours and clock."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from kiosk.config.fields import FilledText, Flag, filled_text, number, said, whole, within, word_of
from kiosk.config.section import Strict
from kiosk.config.settings import DisplaySettings, SoundSettings
from kiosk.config.times import DayTime, duration
from kiosk.config.wording import quoted
from kiosk.scene.theme import THEMES
from kiosk.show.quiet import QuietMode
from kiosk.show.settings import AfterInterrupt, ShowSettings, Transition

_SIZE = re.compile(r"([0-9]{3,5})\s*[x×]\s*([0-9]{3,5})")


def _window(value: Any) -> tuple[int, int] | None:
    read = filled_text(value)
    if read == "fullscreen":
        return None
    match = _SIZE.fullmatch(read)
    if not match or not all(160 <= int(side) <= 7680 for side in match.groups()):
        raise said(f"must be fullscreen, or a size such as 1280x720, not {quoted(read)}")
    return int(match[1]), int(match[2])


def _rotation(value: Any) -> int:
    degrees = number(value)
    if degrees not in {0, 90, 180, 270}:
        raise said(f"must be 0, 90, 180 or 270 degrees clockwise, not {degrees}")
    return int(degrees)


class DisplayModel(Strict):
    """`display:`, the window."""

    window: Annotated[tuple[int, int] | None, BeforeValidator(_window)] = None
    rotation: Annotated[Literal[0, 90, 180, 270], BeforeValidator(_rotation)] = 0
    overscan: Annotated[float, within(0, 15)] = 0
    theme: Annotated[str, word_of(THEMES)] = "dark"
    reduced_motion: Flag = False
    fps: Annotated[int, whole(10, 120)] = 60

    def build(self) -> DisplaySettings:
        """The kiosk's value."""
        return DisplaySettings(
            size=self.window,
            rotation=self.rotation,
            overscan=float(self.overscan),
            theme=self.theme,
            reduced_motion=self.reduced_motion,
            fps=self.fps,
        )


class SoundModel(Strict):
    """`sound:`, the loudspeakers."""

    enabled: Flag = True
    volume: Annotated[int, whole(0, 100)] = 80
    device: FilledText | None = None

    def build(self) -> SoundSettings:
        """The kiosk's value."""
        return SoundSettings(self.enabled, self.volume, self.device)


class ShowModel(Strict):
    """`show:`, how celebrations and pages take turns."""

    after_interrupt: Annotated[AfterInterrupt, word_of(AfterInterrupt)] = AfterInterrupt.NEXT
    gap_s: Annotated[float, duration(0, 3600)] = 5
    interrupt_share: Annotated[float, within(0, 1)] = 0.5
    merge_over: Annotated[int, whole(1, 1000)] = 3
    celebrations_per_pass: Annotated[int, whole(0, 100)] = 5
    interrupt_within: Annotated[float, duration()] = 900
    sync: Flag = False
    transition: Annotated[Transition, word_of(Transition)] = Transition.FADE
    transition_s: Annotated[float, duration(0, 5)] = 0.4

    def build(self) -> ShowSettings:
        """The show's value."""
        return ShowSettings(
            after_interrupt=self.after_interrupt,
            gap_s=self.gap_s,
            interrupt_share=self.interrupt_share,
            merge_over=self.merge_over,
            celebrations_per_pass=self.celebrations_per_pass,
            interrupt_within_s=self.interrupt_within,
            sync=self.sync,
            transition=self.transition,
            transition_s=self.transition_s,
        )


class QuietModel(Strict):
    """One of `quiet_hours:`."""

    start: DayTime = Field(alias="from")
    end: DayTime = Field(alias="to")
    mode: Annotated[QuietMode, word_of(QuietMode)] = QuietMode.MUTE


class ClockModel(Strict):
    """`clock:`, whether this computer's time is believed."""

    trust: Annotated[Literal["auto", "always"], word_of(("auto", "always"))] = "auto"
