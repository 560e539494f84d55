"""Conditions compiled to one fast test of a record's cells (docs/rules.md, section 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import TypeVar

from kiosk.domain.metric import Condition, Operator
from kiosk.domain.number import parse_number

Cells = Mapping[str, str]
Test = Callable[[str], bool]
"""Asks one cell that isn't empty."""

_Compared = TypeVar("_Compared", str, Decimal)


def all_hold(conditions: Iterable[Condition]) -> Callable[[Cells], bool]:
    """A test that is true of the cells for which every condition holds; without conditions, of all.

    Raises:
        ValueError: a condition's value does not fit its operator.
    """
    parts = tuple(_holds(condition) for condition in conditions)
    if not parts:
        return _always
    if len(parts) == 1:
        return parts[0]
    return lambda cells: all(part(cells) for part in parts)


def _always(_: Cells) -> bool:
    return True


def _holds(condition: Condition) -> Callable[[Cells], bool]:
    field = condition.field
    if condition.op is Operator.EXISTS:
        if not isinstance(condition.value, bool):
            raise ValueError(f"`exists` on {field} takes true or false, not {condition.value!r}")
        wanted = condition.value
        return lambda cells: bool(cells.get(field)) is wanted
    test = _test(condition)

    def holds(cells: Cells) -> bool:
        cell = cells.get(field, "")
        return cell != "" and test(cell)  # an empty cell is missing: false whatever the operator

    return holds


def _test(condition: Condition) -> Test:
    op, value = condition.op, condition.value
    if op in (Operator.IN, Operator.NOT_IN):
        if not isinstance(value, tuple):
            raise ValueError(f"`{op}` on {condition.field} takes a list, not {value!r}")
        if op is Operator.IN:
            equal = tuple(_comparison(Operator.EQ, element) for element in value)
            return lambda cell: any(test(cell) for test in equal)
        unequal = tuple(_comparison(Operator.NE, element) for element in value)
        return lambda cell: all(test(cell) for test in unequal)
    if isinstance(value, bool | tuple):
        raise ValueError(f"`{op}` on {condition.field} takes a text or a number, not {value!r}")  # noqa: TRY004
    if op in (Operator.CONTAINS, Operator.STARTS_WITH):
        if not isinstance(value, str):
            raise ValueError(f"`{op}` on {condition.field} takes a text, not {value!r}")
        text = value
        return (lambda cell: text in cell) if op is Operator.CONTAINS else (lambda cell: cell.startswith(text))
    return _comparison(op, value)


def _comparison(op: Operator, value: str | Decimal) -> Test:
    """A text compares by code point; a number reads the cell as a number, and is false on a cell that is none."""
    if isinstance(value, str):
        return _compare(op, value)
    compare = _compare(op, value)

    def of_number(cell: str) -> bool:
        number = parse_number(cell)
        return number is not None and compare(number)

    return of_number


def _compare(op: Operator, value: _Compared) -> Callable[[_Compared], bool]:
    match op:
        case Operator.EQ:
            return lambda cell: cell == value
        case Operator.NE:
            return lambda cell: cell != value
        case Operator.GT:
            return lambda cell: cell > value
        case Operator.GE:
            return lambda cell: cell >= value
        case Operator.LT:
            return lambda cell: cell < value
        case Operator.LE:
            return lambda cell: cell <= value
        case _:
            raise ValueError(f"`{op}` compares no single value")
