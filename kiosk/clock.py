"""The only place that reads the machine's wall clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Monotonic and wall time of this machine, the wall optionally running faster from a given start.

    Args:
        start: the wall time to begin at; None for the machine's own.
        speed: wall seconds that pass in one real second. Monotonic time always runs at 1.
        trusted: whether date rules may rely on `wall()` (docs/display.md, section 3, Clock).
    """

    def __init__(self, start: datetime | None = None, speed: float = 1.0, *, trusted: bool = True) -> None:
        if speed <= 0:
            raise ValueError(f"speed must be positive, not {speed}")
        self.trusted = trusted
        self.speed = speed
        self._origin_ns = time.monotonic_ns()
        self._start = start

    def mono_ns(self) -> int:
        """Nanoseconds of the monotonic clock; only differences mean anything."""
        return time.monotonic_ns()

    def wall(self) -> datetime:
        """The aware wall time, in UTC."""
        if self._start is None:
            return datetime.now(UTC)
        elapsed_s = (time.monotonic_ns() - self._origin_ns) / 1e9
        return (self._start + timedelta(seconds=elapsed_s * self.speed)).astimezone(UTC)
