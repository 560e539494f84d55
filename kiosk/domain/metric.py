"""How records become a number, and chains of such numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Operator(StrEnum):
    """How a condition compares a cell (docs/rules.md, section 3)."""

    EQ = "eq"
    NE = "ne"
    GT = "gt"
    GE = "ge"
    LT = "lt"
    LE = "le"
    IN = "in"
    NOT_IN = "not_in"
    CONTAINS = "contains"
    STARTS_WITH = "starts_with"
    EXISTS = "exists"


ConditionValue = str | Decimal | bool | tuple[str | Decimal, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """Data, never code. A Decimal value reads the cell as a number, a str as text, `exists` takes a bool."""

    field: str
    op: Operator
    value: ConditionValue


class Aggregate(StrEnum):
    """How the counting records of a subject and period become V."""

    COUNT = "count"
    SUM = "sum"
    AVERAGE = "average"
    MAXIMUM = "maximum"
    MINIMUM = "minimum"


class Format(StrEnum):
    """How values of a metric are printed."""

    NUMBER = "number"
    CURRENCY = "currency"
    PERCENT = "percent"
    DURATION = "duration"


@dataclass(frozen=True, slots=True)
class Metric:
    """`aggregate` over `field` of the records of type `record` for which all of `where` hold."""

    id: str
    name: str
    record: str
    aggregate: Aggregate
    field: str | None = None
    where: tuple[Condition, ...] = ()
    owner: str | None = None
    """The field that says whose the record is; None for the source's owner."""
    format: Format = Format.NUMBER
    unit: str = ""
    """A word printed behind the number, such as `calls`."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A chain of metrics read as a hit rate: value of `last` / value of `first`."""

    id: str
    name: str
    steps: tuple[str, ...]
    first: str
    last: str
