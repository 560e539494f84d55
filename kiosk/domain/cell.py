"""Cells: what the counting records of one subject in one period add up to, kept up record by record.

A cell takes a value in, and takes it out again when a correction asks for it, without looking at other records. It also
holds its place on the ladder of what its subject can reach next: `guard` is a number below which nothing can happen, so
that most records cost one comparison (docs/rules.md, section 3).
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from kiosk.domain.rung import Rung
from kiosk.domain.metric import Aggregate
from kiosk.domain.number import EXACT
from kiosk.domain.unlock import Number

ANYTHING = Decimal("-Infinity")
"""The guard of a cell whose ladder must be looked up: every V passes."""

NOTHING = Decimal("Infinity")
"""The guard of a cell that has nothing left to reach: no V passes."""


class Cell:
    """The base of all cells. A cell that exists has at least one record; without any there is no V.

    Attributes:
        count: how many records count.
        guard: what V must at least be to reach the next rung.
        ladder: the rungs, lowest first; empty as long as `guard` is `ANYTHING`.
        step: how many of them are behind it.
    """

    __slots__ = ("count", "guard", "ladder", "step")

    def __init__(self) -> None:
        self.count = 0
        self.guard = ANYTHING
        self.ladder: tuple[Rung, ...] = ()
        self.step = 0

    def add(self, value: Number) -> bool:
        """Count one record's value; True if V may have reached the next rung."""
        raise NotImplementedError

    def remove(self, value: Number) -> None:
        """Take one record's value out again."""
        raise NotImplementedError

    def value(self) -> Number:
        """V."""
        raise NotImplementedError

    def fell_by(self, value: Number) -> bool:
        """Whether `value`, which was added last, made V smaller than it was."""
        raise NotImplementedError


class CountCell(Cell):
    """V is the number of records."""

    __slots__ = ()

    def add(self, value: Number) -> bool:  # noqa: ARG002 - a record is one, whatever its value
        self.count += 1
        return self.count >= self.guard

    def remove(self, value: Number) -> None:  # noqa: ARG002
        self.count -= 1

    def value(self) -> Number:
        return self.count

    def fell_by(self, value: Number) -> bool:  # noqa: ARG002
        return False


class SumCell(Cell):
    """V is the sum of the values."""

    __slots__ = ("total",)

    def __init__(self) -> None:
        super().__init__()
        self.total = Decimal(0)

    def add(self, value: Number) -> bool:
        self.count += 1
        assert isinstance(value, Decimal)
        self.total = total = EXACT.add(self.total, value)
        return total >= self.guard

    def remove(self, value: Number) -> None:
        self.count -= 1
        assert isinstance(value, Decimal)
        self.total = EXACT.subtract(self.total, value)

    def value(self) -> Number:
        return self.total

    def fell_by(self, value: Number) -> bool:
        return value < 0 and self.count > 1


class AverageCell(SumCell):
    """V is the sum divided by the number of records."""

    __slots__ = ()

    def add(self, value: Number) -> bool:
        super().add(value)
        return self.value() >= self.guard

    def value(self) -> Number:
        return Fraction(self.total) / self.count

    def fell_by(self, value: Number) -> bool:
        return value < self.value()


class LargestCell(Cell):
    """V is the largest value. It keeps how often each value occurred: the largest may be taken out again."""

    __slots__ = ("best", "times")

    def __init__(self) -> None:
        super().__init__()
        self.times: dict[Number, int] = {}
        self.best: Number = ANYTHING

    def add(self, value: Number) -> bool:
        self.count += 1
        self.times[value] = self.times.get(value, 0) + 1
        if self.count == 1 or self.beats(value, self.best):
            self.best = value
        return self.best >= self.guard

    def remove(self, value: Number) -> None:
        if value not in self.times:
            return  # it was never counted here
        self.count -= 1
        self.times[value] -= 1
        if self.times[value] == 0:
            del self.times[value]
            if value == self.best and self.times:
                self.best = self.best_of(self.times)

    def value(self) -> Number:
        return self.best

    def fell_by(self, value: Number) -> bool:  # noqa: ARG002 - a maximum can't fall by a record
        return False

    def beats(self, one: Number, other: Number) -> bool:
        """Whether V is rather `one` than `other`."""
        return one > other

    def best_of(self, values: dict[Number, int]) -> Number:
        """V of these values, of which there is at least one."""
        return max(values)


class SmallestCell(LargestCell):
    """V is the smallest value."""

    __slots__ = ()

    def beats(self, one: Number, other: Number) -> bool:
        return one < other

    def best_of(self, values: dict[Number, int]) -> Number:
        return min(values)

    def fell_by(self, value: Number) -> bool:
        return self.count > 1 and value == self.best and self.times[value] == 1


CELLS: dict[Aggregate, type[Cell]] = {
    Aggregate.COUNT: CountCell,
    Aggregate.SUM: SumCell,
    Aggregate.AVERAGE: AverageCell,
    Aggregate.MAXIMUM: LargestCell,
    Aggregate.MINIMUM: SmallestCell,
}
