"""Combined high scores: V of a subject in a period beats every other one up to that period (docs/rules.md, section 5).

Two rows of bests are kept up as V changes: of each period over everybody, and of each period of each subject, both with
the best of all periods before. A record below the bar of earlier periods, as nearly every one is, costs one comparison;
only above it the other subjects of the same period are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from kiosk.domain.bests import Bests
from kiosk.domain.cell import Cell
from kiosk.domain.directory import Directory
from kiosk.domain.eligibility import is_eligible
from kiosk.domain.ledger import Ledger
from kiosk.domain.period import Period
from kiosk.domain.rule import Arrival, Rule
from kiosk.domain.rules import Kind, Within
from kiosk.domain.unlock import Number, Unlock

Cells = Mapping[str, Cell]


class HighScores:
    """The rules of this type on one board, and the bars that are to be beaten."""

    def __init__(self, kind: Kind, ledger: Ledger, directory: Directory) -> None:
        self._kind = kind
        self._ledger = ledger
        self._directory = directory
        self._rules: dict[Within, list[Rule]] = {}
        self._leaders: dict[date, tuple[str, Number]] = {}
        """Who has the best V of each period."""
        self._everybody = Bests()
        self._own: dict[str, Bests] = {}

    def add(self, rule: Rule) -> None:
        """One more rule, in the order of the file."""
        self._rules.setdefault(self._within(rule), []).append(rule)

    def note(self, subject: str, period: Period, cells: Cells) -> None:
        """V of `subject` in `period` has changed, or is gone with its last record; `cells` are the period's."""
        cell = cells.get(subject)
        value = cell.value() if cell else None
        if Within.COMPANY in self._rules:
            self._note_leader(subject, period.start, value, cells)
        if Within.TEAM in self._rules or Within.SELF in self._rules:
            if value is None:
                self._own[subject].drop(period.start)
            else:
                own = self._own.get(subject)
                if own is None:
                    own = self._own[subject] = Bests()
                own.put(period.start, value)

    def judge(self, arrival: Arrival, subject: str, period: Period, cells: Cells) -> list[Unlock]:
        """What `subject` unlocks with its V as noted."""
        unlocks: list[Unlock] = []
        value = cells[subject].value()
        for within, rules in self._rules.items():
            least = self._least(within, subject, period.start)
            if least is not None and value <= least:
                continue
            open_rules = [rule for rule in rules if self._is_open(rule, subject, period)]
            bar = self._bar(within, subject, period, cells) if open_rules else None
            if bar is None or value <= bar:
                continue
            for rule in open_rules:
                occurrence = rule.occurrences.of_period(period)
                unlocks += self._ledger.by_record(rule, subject, occurrence, arrival, value=value, threshold=bar)
        return unlocks

    def holds(self, rule: Rule, subject: str, period: Period, cells: Cells) -> bool:
        """Whether `subject` has the high score of `rule` with its V in `period`."""
        bar = self._bar(self._within(rule), subject, period, cells)
        return bar is not None and cells[subject].value() > bar

    def _within(self, rule: Rule) -> Within:
        """A team or the company has no other team members but itself."""
        within = rule.achievement.within
        return Within.SELF if within is Within.TEAM and self._kind is not Kind.PLAYER else within

    def _is_open(self, rule: Rule, subject: str, period: Period) -> bool:
        return (
            not self._ledger.is_waiting(rule)
            and not self._ledger.is_over(rule, subject, period)
            and is_eligible(rule.achievement.eligible, subject, self._directory)
        )

    def _least(self, within: Within, subject: str, start: date) -> Number | None:
        """A number that V must surely exceed, found without looking at others; None where there is none."""
        if within is Within.COMPANY:
            return self._everybody.before(start)
        return self._own[subject].before(start)

    def _bar(self, within: Within, subject: str, period: Period, cells: Cells) -> Number | None:
        """The best other V up to `period`; None as long as no earlier period has one."""
        match within:
            case Within.SELF:
                return self._own[subject].before(period.start)
            case Within.COMPANY:
                earlier = self._everybody.before(period.start)
                rivals: Iterable[str] = cells
            case Within.TEAM:
                rivals = self._directory.teammates(subject.partition(":")[2])
                befores = [self._own[rival].before(period.start) for rival in rivals if rival in self._own]
                earlier = max((best for best in befores if best is not None), default=None)
        if earlier is None:
            return None
        present = (cells[rival].value() for rival in rivals if rival in cells and rival != subject)
        return max((earlier, *present))

    def _note_leader(self, subject: str, start: date, value: Number | None, cells: Cells) -> None:
        """Keep up who leads the period."""
        leader = self._leaders.get(start)
        if value is not None and (leader is None or value > leader[1]):
            self._lead(start, subject, value)
        elif leader is not None and leader[0] == subject and value != leader[1]:
            best = max(cells, key=lambda other: cells[other].value(), default=None)
            if best is None:
                del self._leaders[start]
                self._everybody.drop(start)
            else:
                self._lead(start, best, cells[best].value())

    def _lead(self, start: date, subject: str, value: Number) -> None:
        self._leaders[start] = (subject, value)
        self._everybody.put(start, value)
