"""The instant handed to everything that decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Now:
    """Both clocks at once: durations run on `mono_ns`, lifetimes and dates on the aware `wall` if `trusted`."""

    mono_ns: int
    wall: datetime
    trusted: bool = True
