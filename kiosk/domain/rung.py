"""Rungs: what V must reach for an unlock, in an order in which they can be climbed."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from kiosk.domain.number import lower_bound
from kiosk.domain.rule import Rule
from kiosk.domain.unlock import Number


class Rung(NamedTuple):
    """One threshold of one rule; sorts from the lowest to the highest.

    Attributes:
        guard: at or just below the threshold, cheap to compare; it stands first, so that most rungs sort by it alone.
        threshold: exact; whole numbers, decimals and fractions compare exactly with each other.
        strict: V must be more, not just as much.
        place: the rule's place; makes the order total.
    """

    guard: Decimal
    threshold: Number
    strict: bool
    place: int
    rule: Rule

    def is_met_by(self, value: Number) -> bool:
        """Whether V reaches this rung."""
        return value > self.threshold if self.strict else value >= self.threshold


def rung(rule: Rule, threshold: Number, *, strict: bool) -> Rung:
    """The rung of `rule` at `threshold`."""
    return Rung(lower_bound(threshold), threshold, strict, rule.place, rule)
