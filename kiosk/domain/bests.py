"""The best V of each period in a row, and the best of all periods before any of them."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date

from kiosk.domain.unlock import Number


class Bests:
    """One number for each period that has one, in the order of the periods.

    To put the latest period's number, which is nearly every time, costs the same however long the row is.
    """

    __slots__ = ("_before", "_starts", "_values")

    def __init__(self) -> None:
        self._starts: list[date] = []
        self._values: list[Number] = []
        self._before: list[Number | None] = []
        """For each period the largest value of all earlier ones; None for the first."""

    def put(self, start: date, value: Number) -> None:
        """The best of the period that starts on `start` is `value` now."""
        place = self._place(start)
        if place == len(self._starts) or self._starts[place] != start:
            self._starts.insert(place, start)
            self._values.insert(place, value)
            self._before.insert(place, self._upto(place))
        else:
            self._values[place] = value
        self._refresh(place + 1)

    def drop(self, start: date) -> None:
        """The period that starts on `start` has no number any more."""
        place = self._place(start)
        if place < len(self._starts) and self._starts[place] == start:
            del self._starts[place], self._values[place], self._before[place]
            self._refresh(place)

    def before(self, start: date) -> Number | None:
        """The largest value of all periods that start before `start`; None if there is none."""
        return self._upto(self._place(start))

    def _place(self, start: date) -> int:
        """The index of the first period that starts on `start` or later."""
        if self._starts and start > self._starts[-1]:
            return len(self._starts)
        if self._starts and start == self._starts[-1]:
            return len(self._starts) - 1
        return bisect_left(self._starts, start)

    def _upto(self, place: int) -> Number | None:
        """The largest of the values in front of `place`."""
        if place == 0:
            return None
        earlier, value = self._before[place - 1], self._values[place - 1]
        return value if earlier is None or value > earlier else earlier

    def _refresh(self, place: int) -> None:
        """Carry a change in front of `place` to the periods behind it, as far as it makes a difference."""
        while place < len(self._starts):
            best = self._upto(place)
            if best == self._before[place]:
                return
            self._before[place] = best
            place += 1
