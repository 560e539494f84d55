"""Who has earned what: what was unlocked or spent never unlocks again (docs/rules.md, sections 5 and 6)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from kiosk.domain.period import Period
from kiosk.domain.rule import Arrival, Rule, Winner
from kiosk.domain.unlock import Number, Unlock


class Ledger:
    """What was unlocked, what was spent, and which rules wait to be published.

    Attributes:
        waiting: ids of achievements that aren't judged yet.
        unlocked: (subject, occurrence) pairs, by achievement.
        spent: (subject, the period's start) pairs that held when the achievement was published, by achievement.
    """

    def __init__(self, waiting: Collection[str]) -> None:
        self.waiting = set(waiting)
        self.unlocked: dict[str, set[tuple[str, str]]] = {}
        self.spent: dict[str, set[tuple[str, date]]] = {}

    def is_waiting(self, rule: Rule) -> bool:
        """Whether the rule isn't published yet."""
        return rule.id in self.waiting

    def spend(self, rule: Rule, subject: str, period: Period) -> None:
        """What already holds can't unlock the rule."""
        self.spent.setdefault(rule.id, set()).add((subject, period.start))

    def is_spent(self, rule: Rule, subject: str, period: Period) -> bool:
        """Whether the rule held for `subject` in `period` when it was published."""
        return (subject, period.start) in self.spent.get(rule.id, ())

    def is_over(self, rule: Rule, subject: str, period: Period) -> bool:
        """Whether `subject` can't earn the rule in `period` any more, whatever happens."""
        return self.is_spent(rule, subject, period) or (
            subject,
            rule.occurrences.of_period(period),
        ) in self.unlocked.get(rule.id, ())

    def by_record(
        self, rule: Rule, subject: str, occurrence: str, arrival: Arrival, *, value: Number, threshold: Number | None
    ) -> list[Unlock]:
        """What the arrival of a record unlocks: one unlock, none if this occurrence had been earned."""
        if not self._is_new(rule, subject, occurrence):
            return []
        achievement = rule.achievement
        return [
            Unlock(
                achievement=achievement.id,
                subject=subject,
                occurrence=occurrence,
                at=arrival.at,
                value=value,
                threshold=threshold,
                rank=None,
                records=(arrival.record.key,),
                points=achievement.points,
                celebrate=arrival.age <= achievement.celebrate_within,
            )
        ]

    def by_period_end(self, rule: Rule, winner: Winner, period: Period, threshold: Number | None) -> list[Unlock]:
        """What the end of a period unlocks: one unlock, none if this occurrence had been earned."""
        occurrence = rule.occurrences.of_period(period)
        if not self._is_new(rule, winner.subject, occurrence):
            return []
        achievement = rule.achievement
        return [
            Unlock(
                achievement=achievement.id,
                subject=winner.subject,
                occurrence=occurrence,
                at=period.end_at,
                value=winner.value,
                threshold=threshold,
                rank=winner.rank,
                records=winner.records,
                points=achievement.points,
                celebrate=True,
                period_end=True,
            )
        ]

    def _is_new(self, rule: Rule, subject: str, occurrence: str) -> bool:
        earned = self.unlocked.setdefault(rule.id, set())
        if (subject, occurrence) in earned:
            return False
        earned.add((subject, occurrence))
        return True
