"""Quiet hours of a display (docs/display.md, section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum

from kiosk.show.hours import at_local, next_local, window_day


class QuietMode(StrEnum):
    """What quiet hours do to a celebration."""

    MUTE = "mute"
    """It interrupts in silence."""
    HOLD = "hold"
    """It waits for their end; until then the cycle goes on, in silence as always."""


@dataclass(frozen=True, slots=True)
class QuietSpan:
    """Half-open local hours of every day; they may cross midnight."""

    start: time
    end: time
    mode: QuietMode = QuietMode.MUTE


@dataclass(frozen=True, slots=True)
class Quiet:
    """All quiet hours, in the display's time zone."""

    spans: tuple[QuietSpan, ...] = ()
    timezone: tzinfo = UTC

    def is_quiet(self, wall: datetime) -> bool:
        """Whether sound is off at this aware time."""
        local = wall.astimezone(self.timezone)
        return any(window_day(span.start, span.end, local) is not None for span in self.spans)

    def held_until(self, wall: datetime) -> datetime | None:
        """The end of the hours that hold celebrations at `wall`, in UTC; None where none do."""
        local = wall.astimezone(self.timezone)
        ends = []
        for span in self._holding():
            day = window_day(span.start, span.end, local)
            if day is not None:
                last = day if span.start < span.end else day + timedelta(days=1)
                ends.append(at_local(last, span.end, self.timezone))
        return max(ends, default=None)

    def next_hold_end(self, wall: datetime) -> datetime | None:
        """When holding hours end for the first time after `wall`."""
        return self._next(tuple(span.end for span in self._holding()), wall)

    def next_hold(self, wall: datetime) -> datetime | None:
        """When holding hours begin for the first time after `wall`."""
        return self._next(tuple(span.start for span in self._holding()), wall)

    def _holding(self) -> tuple[QuietSpan, ...]:
        return tuple(span for span in self.spans if span.mode is QuietMode.HOLD)

    def _next(self, times: tuple[time, ...], wall: datetime) -> datetime | None:
        return next_local(times, wall, self.timezone) if times else None
