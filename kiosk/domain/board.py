"""A board: one metric counted for all subjects of one kind in the periods of one unit.

Everything that needs these numbers shares the board, achievements and screens alike: each record is added once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kiosk.domain.agenda import Agenda
from kiosk.domain.calendar import Calendar
from kiosk.domain.cell import ANYTHING, CELLS, NOTHING, Cell
from kiosk.domain.goals import Goals
from kiosk.domain.highscore import HighScores
from kiosk.domain.ledger import Ledger
from kiosk.domain.metric import Metric
from kiosk.domain.period import Period
from kiosk.domain.rule import Arrival, Rule
from kiosk.domain.rules import Kind, Type, Unit
from kiosk.domain.unlock import Number, Unlock

Former = Mapping[tuple[str, date], Number]
"""V of subjects, by the period's start, before a corrected record was taken out."""

UNCORRECTED: Former = {}
_NO_CELLS: Mapping[str, Cell] = {}


class Board:
    """The cells of a board, and the rules that are judged on each record that changes them.

    Attributes:
        cells: by the period's start, then by subject; a cell has at least one record.
        changes: grows whenever a cell changes.
        entries: of periods whose end will be judged by single records: each record's value by the record's key, by the
            period's start and the subject. None if no rule asks for it.
        agenda: to be told of periods that must be closed; None if no rule is judged at a period's end.
    """

    def __init__(self, metric: Metric, unit: Unit, kind: Kind, calendar: Calendar) -> None:
        self.metric = metric
        self.unit = unit
        self.kind = kind
        self.cells: dict[date, dict[str, Cell]] = {}
        self.changes = 0
        self.entries: dict[date, dict[str, dict[str, Number]]] | None = None
        self.agenda: Agenda | None = None
        self.goals: Goals | None = None
        self.high_scores: HighScores | None = None
        self._cell = CELLS[metric.aggregate]
        self._calendar = calendar

    def cells_of(self, period: Period | None) -> Mapping[str, Cell]:
        """The cells of a period of this unit, by subject; of no period, none."""
        return _NO_CELLS if period is None else self.cells.get(period.start, _NO_CELLS)

    def count(self, arrival: Arrival, period: Period, value: Number, former: Former = UNCORRECTED) -> list[Unlock]:
        """Add a record to its subjects' cells, then judge these.

        Args:
            arrival: the record.
            period: the one of this unit that contains the record's time.
            value: the record's own value under the metric.
            former: V as it was before the body that this record corrects was withdrawn.
        """
        cells = self.cells.get(period.start)
        if cells is None:
            cells = self._open(period)
        self.changes += 1
        subjects = arrival.subjects[self.kind]
        reached: list[str] = []
        for subject in subjects:
            cell = cells.get(subject)
            if cell is None:
                cell = cells[subject] = self._cell()
            if cell.add(value):
                reached.append(subject)
        if self.entries is not None and period.start in self.entries:
            for subject in subjects:
                self.entries[period.start].setdefault(subject, {})[arrival.record.key] = value
        unlocks: list[Unlock] = []
        if reached:
            unlocks += self._judge_goals(arrival, period, value, reached, former)
        if self.goals is not None and self.goals.looks_back:
            self._look_again(self._calendar.following(period), subjects)
        if self.high_scores is not None:
            for subject in subjects:
                self.high_scores.note(subject, period, cells)
            for subject in subjects:
                if not _fell(cells[subject], value, former.get((subject, period.start))):
                    unlocks += self.high_scores.judge(arrival, subject, period, cells)
        return unlocks

    def withdraw(self, arrival: Arrival, period: Period, value: Number, former: dict[tuple[str, date], Number]) -> None:
        """Take a record out of its subjects' cells again; what V was goes into `former`."""
        cells = self.cells.get(period.start)
        if cells is None:
            return
        self.changes += 1
        subjects = arrival.subjects[self.kind]
        for subject in subjects:
            cell = cells.get(subject)
            if cell is None:
                continue
            former[subject, period.start] = cell.value()
            cell.remove(value)
            if cell.count == 0:
                del cells[subject]
            if self.entries is not None:
                self.entries.get(period.start, {}).get(subject, {}).pop(arrival.record.key, None)
            if self.high_scores is not None:
                self.high_scores.note(subject, period, cells)
        if not cells:
            del self.cells[period.start]
        if self.goals is not None and self.goals.looks_back:
            self._look_again(self._calendar.following(period), subjects)

    def publish(self, rule: Rule, ledger: Ledger) -> None:
        """`rule` is judged from now on; wherever it holds already it is spent."""
        for start, cells in self.cells.items():
            period = self._calendar.period_starting(self.unit, start)
            for subject, cell in cells.items():
                if self._holds(rule, subject, period, cells):
                    ledger.spend(rule, subject, period)
                cell.guard = ANYTHING
        if self.goals is not None:
            self.goals.publish()

    def close(self, period: Period) -> None:
        """The end of `period` was judged: single records are not needed any more."""
        if self.entries is not None:
            self.entries.pop(period.start, None)

    def look_again(self, subject: str) -> None:
        """What `subject` may earn has changed."""
        for cells in self.cells.values():
            if subject in cells:
                cells[subject].guard = ANYTHING

    def _open(self, period: Period) -> dict[str, Cell]:
        cells = self.cells[period.start] = {}
        if self.agenda is not None and self.agenda.open(period) and self.entries is not None:
            self.entries.setdefault(period.start, {})
        return cells

    def _judge_goals(
        self, arrival: Arrival, period: Period, value: Number, reached: list[str], former: Former
    ) -> list[Unlock]:
        cells = self.cells[period.start]
        if self.goals is None:
            for subject in reached:
                cells[subject].guard = NOTHING
            return []
        previous = self.cells_of(self._calendar.previous(period)) if self.goals.looks_back else _NO_CELLS
        unlocks: list[Unlock] = []
        for subject in reached:
            cell = cells[subject]
            if not _fell(cell, value, former.get((subject, period.start))):
                unlocks += self.goals.judge(arrival, subject, period, cell, previous)
        return unlocks

    def _look_again(self, following: Period | None, subjects: tuple[str, ...]) -> None:
        """The period before `following` has changed, which its thresholds come from."""
        later = self.cells_of(following)
        for subject in subjects if later else ():
            if subject in later:
                later[subject].guard = ANYTHING

    def _holds(self, rule: Rule, subject: str, period: Period, cells: Mapping[str, Cell]) -> bool:
        match rule.achievement.type:
            case Type.COMBINED_RECORDS_HIGH_SCORE:
                return self.high_scores is not None and self.high_scores.holds(rule, subject, period, cells)
            case Type.TARGET | Type.COMBINED_RECORDS_GOAL | Type.PERIOD_PROGRESSION:
                previous = self.cells_of(self._calendar.previous(period))
                return self.goals is not None and self.goals.holds(rule, subject, period, cells[subject], previous)
            case _:
                return False


def _fell(cell: Cell, value: Number, former: Number | None) -> bool:
    """Whether V went down with the record of `value`: such a record unlocks nothing (docs/rules.md, section 5)."""
    return cell.fell_by(value) if former is None else cell.value() < former
