"""Cells: what the counting records of one subject in one period add up to, kept up record by record.

A cell takes a value in, and out again when a correction asks for it, without looking at other records. It also holds
its place on the ladder of what its subject can reach next: below `guard` nothing can happen, so that most records cost
one comparison (docs/rules.md, section 3).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from decimal import Decimal
from fractions import Fraction

from kiosk.domain.metric import Aggregate
from kiosk.domain.number import EXACT
from kiosk.domain.rung import Rung
from kiosk.domain.unlock import Number

ANYTHING = Decimal("-Infinity")
"""The guard of a cell whose ladder must be looked up: every V passes."""

NOTHING = Decimal("Infinity")
"""The guard of a cell that has nothing left to reach: no V passes."""


class Cell(ABC):
    """The base of all cells. A cell that stands on a board has at least one record; without any there is no V.

    Attributes:
        count: how many records count.
        guard: what V must at least be to reach the next rung.
        ladder: the rungs, lowest first; meaningless while `guard` is `ANYTHING`.
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
        self.count += 1
        self._take_in(value)
        return self.value() >= self.guard

    def remove(self, value: Number) -> None:
        """Take one record's value out again."""
        self.count -= 1
        self._take_out(value)

    @abstractmethod
    def value(self) -> Number:
        """V; meaningless without records."""

    @abstractmethod
    def fell_by(self, value: Number) -> bool:
        """Whether `value`, which was added last, made V smaller than it was before."""

    @abstractmethod
    def _take_in(self, value: Number) -> None:
        """One more value; `count` has it already."""

    @abstractmethod
    def _take_out(self, value: Number) -> None:
        """One value less; `count` has lost it already."""


class CountCell(Cell):
    """V is the number of records."""

    __slots__ = ()

    def value(self) -> Number:
        """V."""
        return self.count

    def fell_by(self, value: Number) -> bool:  # noqa: ARG002 - a record is one, whatever its value
        """Never."""
        return False

    def _take_in(self, value: Number) -> None:
        pass

    def _take_out(self, value: Number) -> None:
        pass


class SumCell(Cell):
    """V is the sum of the values."""

    __slots__ = ("total",)

    def __init__(self) -> None:
        super().__init__()
        self.total = Decimal(0)

    def add(self, value: Number) -> bool:
        """As the base, in one step: most records of most metrics come here."""
        assert isinstance(value, Decimal)
        self.count += 1
        self.total = total = EXACT.add(self.total, value)
        return total >= self.guard

    def value(self) -> Number:
        """V."""
        return self.total

    def fell_by(self, value: Number) -> bool:
        """By a negative value, unless it is the first."""
        return value < 0 and self.count > 1

    def _take_in(self, value: Number) -> None:
        assert isinstance(value, Decimal)
        self.total = EXACT.add(self.total, value)

    def _take_out(self, value: Number) -> None:
        assert isinstance(value, Decimal)
        self.total = EXACT.subtract(self.total, value)


class AverageCell(SumCell):
    """V is the sum of the values divided by their number, exact."""

    __slots__ = ()

    def add(self, value: Number) -> bool:
        """As the base."""
        return Cell.add(self, value)

    def value(self) -> Number:
        """V."""
        return Fraction(self.total) / self.count

    def fell_by(self, value: Number) -> bool:
        """By a value below the average."""
        return value < self.value()


class LargestCell(Cell):
    """V is the largest value.

    It keeps how often each value occurred, because the largest may be taken out again.
    """

    __slots__ = ("best", "times")

    def __init__(self) -> None:
        super().__init__()
        self.times: dict[Number, int] = {}
        self.best: Number = ANYTHING

    def value(self) -> Number:
        """V."""
        return self.best

    def fell_by(self, value: Number) -> bool:  # noqa: ARG002
        """Never by a record."""
        return False

    def _take_in(self, value: Number) -> None:
        self.times[value] = self.times.get(value, 0) + 1
        if self.count == 1 or self._beats(value, self.best):
            self.best = value

    def _take_out(self, value: Number) -> None:
        self.times[value] = self.times.get(value, 0) - 1
        if self.times[value] <= 0:
            del self.times[value]
            if value == self.best and self.times:
                self.best = self._best_of(self.times)

    def _beats(self, one: Number, other: Number) -> bool:
        return one > other

    def _best_of(self, values: dict[Number, int]) -> Number:
        return max(values)


class SmallestCell(LargestCell):
    """V is the smallest value."""

    __slots__ = ()

    def fell_by(self, value: Number) -> bool:
        """By a value that is smaller than all before."""
        return self.count > 1 and value == self.best and self.times[value] == 1

    def _beats(self, one: Number, other: Number) -> bool:
        return one < other

    def _best_of(self, values: dict[Number, int]) -> Number:
        return min(values)


CELLS: dict[Aggregate, type[Cell]] = {
    Aggregate.COUNT: CountCell,
    Aggregate.SUM: SumCell,
    Aggregate.AVERAGE: AverageCell,
    Aggregate.MAXIMUM: LargestCell,
    Aggregate.MINIMUM: SmallestCell,
}
