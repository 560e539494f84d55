"""Channels and their slots, as an admin made them (docs/display.md, section 1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from types import MappingProxyType
from typing import Any

from kiosk.domain.organisation import Weekday

_EMPTY: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Hours:
    """When a slot takes part: half-open local dates, weekdays, half-open local hours; None is always."""

    start: date | None = None
    end: date | None = None
    weekdays: frozenset[Weekday] | None = None
    between: tuple[time, time] | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A screen and its dwell. `options` are the screen's own settings; `id` is unique on the display."""

    id: str
    screen: str
    dwell_s: float = 20
    options: Mapping[str, Any] = field(default_factory=lambda: _EMPTY, hash=False)
    hours: Hours | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """An ordered list of slots."""

    id: str
    name: str
    slots: tuple[Slot, ...]
