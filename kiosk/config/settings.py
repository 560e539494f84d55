"""The kiosk's own settings, as `config.yaml` tells them, and the rules file's content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from kiosk.config.source import Source
from kiosk.domain.rules import Rules
from kiosk.show.design import Design
from kiosk.show.playlist import Channel
from kiosk.show.quiet import QuietSpan
from kiosk.show.settings import ShowSettings


@dataclass(frozen=True, slots=True)
class RulesFile:
    """A whole rules file: what is judged, where records come from, how unlocks are celebrated.

    `designs` has one design for each achievement, by its id.
    """

    path: Path
    rules: Rules
    sources: tuple[Source, ...]
    designs: Mapping[str, Design] = field(default_factory=lambda: MappingProxyType({}), hash=False)


@dataclass(frozen=True, slots=True)
class DisplaySettings:
    """The window: None for the size is full screen. Rotation in degrees clockwise, overscan in % of each edge."""

    size: tuple[int, int] | None = None
    rotation: int = 0
    overscan: float = 0
    theme: str = "dark"
    reduced_motion: bool = False
    fps: int = 60


@dataclass(frozen=True, slots=True)
class SoundSettings:
    """Volume 0 to 100; `device` as SDL names it, None for the default."""

    enabled: bool = True
    volume: int = 80
    device: str | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """One display. `state` is the folder of its journal."""

    path: Path
    rules: Path
    state: Path
    channels: tuple[Channel, ...]
    display: DisplaySettings = DisplaySettings()
    sound: SoundSettings = SoundSettings()
    show: ShowSettings = ShowSettings()
    stale_after_s: float = 600
    trust_clock: str = "auto"
    quiet_hours: tuple[QuietSpan, ...] = ()
