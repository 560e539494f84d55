from __future__ import annotations

from decimal import Decimal

import pytest
from domain_builders import where

from kiosk.domain.condition import all_hold
from kiosk.domain.metric import ConditionValue

FIVE = Decimal(5)


def holds(cell: str | None, op: str, value: ConditionValue) -> bool:
    return all_hold([where("cell", op, value)])({} if cell is None else {"cell": cell})


@pytest.mark.parametrize(
    ("cell", "op", "value"),
    [
        ("Won", "eq", "Won"),
        ("Lost", "ne", "Won"),
        ("b", "gt", "a"),
        ("10", "lt", "9"),  # a text compares as text
        ("a", "lt", "ä"),
        ("5.0", "eq", FIVE),  # a number reads the cell as a number
        ("6", "gt", FIVE),
        ("5", "ge", FIVE),
        ("10", "gt", Decimal(9)),
        ("4.99", "lt", FIVE),
        ("5", "le", FIVE),
        ("6", "ne", FIVE),
        ("Won", "in", ("Lost", "Won")),
        ("5.00", "in", ("Won", FIVE)),
        ("Open", "not_in", ("Lost", "Won")),
        ("7", "not_in", (FIVE, Decimal(6))),
        ("GTX Pro", "contains", "X P"),
        ("GTX Pro", "starts_with", "GTX"),
        ("x", "exists", True),
        (None, "exists", False),
        ("", "exists", False),
    ],
)
def test_a_condition_holds(cell: str | None, op: str, value: ConditionValue) -> None:
    assert holds(cell, op, value)


@pytest.mark.parametrize(
    ("cell", "op", "value"),
    [
        ("won", "eq", "Won"),
        ("abc", "ne", FIVE),  # a comparison of a number with a cell that is none
        ("abc", "lt", FIVE),
        ("abc", "eq", FIVE),
        ("abc", "not_in", (FIVE,)),
        ("Won", "not_in", ("Won",)),
        ("5", "gt", FIVE),
        ("GTX Pro", "contains", "gtx"),
        ("GTX Pro", "starts_with", "Pro"),
        ("x", "exists", False),
        ("", "exists", True),
        (None, "exists", True),
    ],
)
def test_a_condition_does_not_hold(cell: str | None, op: str, value: ConditionValue) -> None:
    assert not holds(cell, op, value)


@pytest.mark.parametrize("cell", [None, ""])
@pytest.mark.parametrize("op", ["eq", "ne", "gt", "ge", "lt", "le", "contains", "starts_with", "in", "not_in"])
def test_every_operator_but_exists_is_false_on_a_missing_cell(op: str, cell: str | None) -> None:
    assert not holds(cell, op, ("",) if op.endswith("in") else "")


def test_all_conditions_must_hold_and_none_always_does() -> None:
    both = all_hold([where("a", "eq", "1"), where("b", "gt", FIVE)])
    assert both({"a": "1", "b": "6"})
    assert not both({"a": "1", "b": "5"})
    assert not both({"b": "6"})
    assert all_hold([])({})


@pytest.mark.parametrize(
    ("op", "value"),
    [("exists", "yes"), ("in", "Won"), ("eq", ("a",)), ("eq", True), ("contains", FIVE), ("starts_with", FIVE)],
)
def test_a_value_that_does_not_fit_the_operator_is_refused(op: str, value: ConditionValue) -> None:
    with pytest.raises(ValueError, match=op):
        holds("x", op, value)
