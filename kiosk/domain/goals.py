"""Goals, targets and progressions: V of a subject in a period reaches a threshold (docs/rules.md, section 5).

The three differ only in where the threshold comes from: the rule, the subject's target, or its previous period. So each
cell has one ladder of rungs, climbed upwards only: a rung behind is earned or spent. A cell looks its ladder up when it
is new, and again (its guard set back to `ANYTHING`) when a threshold or the set of rules has changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from kiosk.domain.cell import ANYTHING, NOTHING, Cell
from kiosk.domain.directory import Directory
from kiosk.domain.eligibility import is_eligible
from kiosk.domain.ledger import Ledger
from kiosk.domain.period import Period
from kiosk.domain.rule import Arrival, Rule
from kiosk.domain.rules import Type
from kiosk.domain.rung import Rung, rung
from kiosk.domain.target import Targets
from kiosk.domain.unlock import Number, Unlock

Cells = Mapping[str, Cell]
"""The cells of one period, by subject."""


class Goals:
    """The rules of these types on one board."""

    def __init__(self, targets: Targets, ledger: Ledger, directory: Directory) -> None:
        self._targets = targets
        self._ledger = ledger
        self._directory = directory
        self._rules: list[Rule] = []
        self._own: list[Rule] = []
        """Published rules whose threshold differs between subjects or periods."""
        self._shared: tuple[Rung, ...] | None = None
        """The rungs of all other published rules; None until they are asked for."""
        self._of_targets: dict[tuple[Rule, Fraction], Rung] = {}
        """Rungs by the target's amount: subjects that share a target share them."""
        self.looks_back = False
        """Whether a threshold comes from the previous period."""

    def add(self, rule: Rule) -> None:
        """One more rule, in the order of the file."""
        self._rules.append(rule)
        self.looks_back |= rule.achievement.type is Type.PERIOD_PROGRESSION

    def judge(self, arrival: Arrival, subject: str, period: Period, cell: Cell, previous: Cells) -> list[Unlock]:
        """What `subject` unlocks now that V has reached the cell's guard."""
        if cell.guard == ANYTHING:
            cell.ladder, cell.step = self._ladder(subject, period, previous), 0
        unlocks: list[Unlock] = []
        value = cell.value()
        while cell.step < len(cell.ladder) and cell.ladder[cell.step].is_met_by(value):
            reached = cell.ladder[cell.step]
            unlocks += self._unlock(reached, arrival, subject, period, value)
            cell.step += 1
        cell.guard = cell.ladder[cell.step].guard if cell.step < len(cell.ladder) else NOTHING
        return unlocks

    def publish(self) -> None:
        """The set of published rules has changed: what ladders share is made anew."""
        self._shared = None

    def holds(self, rule: Rule, subject: str, period: Period, cell: Cell, previous: Cells) -> bool:
        """Whether `subject` meets the rule."""
        own = self._rung(rule, subject, period, previous)
        return own is not None and own.is_met_by(cell.value())

    def _unlock(self, reached: Rung, arrival: Arrival, subject: str, period: Period, value: Number) -> list[Unlock]:
        rule = reached.rule
        if not is_eligible(rule.achievement.eligible, subject, self._directory):
            return []
        if self._ledger.is_spent(rule, subject, period):
            return []
        occurrence = rule.occurrences.of_period(period)
        return self._ledger.by_record(rule, subject, occurrence, arrival, value=value, threshold=reached.threshold)

    def _ladder(self, subject: str, period: Period, previous: Cells) -> tuple[Rung, ...]:
        """The rungs of all published rules; one tuple for all subjects and periods where they don't differ."""
        if self._shared is None:
            published = [rule for rule in self._rules if not self._ledger.is_waiting(rule)]
            fixed = [self._rung(rule, subject, period, previous) for rule in published if _is_fixed(rule)]
            self._shared = tuple(sorted(filter(None, fixed)))
            self._own = [rule for rule in published if not _is_fixed(rule)]
        own = [self._rung(rule, subject, period, previous) for rule in self._own]
        present = list(filter(None, own))
        return tuple(sorted((*self._shared, *present))) if present else self._shared

    def _rung(self, rule: Rule, subject: str, period: Period, previous: Cells) -> Rung | None:
        """Where the rule's threshold stands for this subject and period; None if it has none."""
        achievement = rule.achievement
        require = achievement.require
        match achievement.type:
            case Type.COMBINED_RECORDS_GOAL:
                if require.at_least is not None:
                    return rung(rule, require.at_least, strict=False)
                assert require.more_than is not None
                return rung(rule, require.more_than, strict=True)
            case Type.TARGET:
                assert achievement.metric is not None
                amount = self._targets.amount(achievement.metric, subject, period, achievement.target_scaling)
                if amount is None:
                    return None
                return self._rung_of_target(rule, amount)
            case _:
                former = previous.get(subject)
                if achievement.allow_empty_previous:
                    return rung(rule, former.value() if former else 0, strict=True)
                if former is None or former.value() <= 0:
                    return None
                return rung(rule, former.value(), strict=True)

    def _rung_of_target(self, rule: Rule, amount: Fraction) -> Rung:
        key = (rule, amount)
        if key not in self._of_targets:
            require = rule.achievement.require
            percent = require.at_least_percent
            strict = percent is None
            if percent is None:
                percent = require.more_than_percent
            assert percent is not None
            self._of_targets[key] = rung(rule, amount * Fraction(percent) / 100, strict=strict)
        return self._of_targets[key]


def _is_fixed(rule: Rule) -> bool:
    return rule.achievement.type is Type.COMBINED_RECORDS_GOAL
