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
    """The cells of a board and the rules that are judged on each record.

    Attributes:
        cells: by the period's start, then by subject; a cell has at least one record.
        changes: grows whenever a cell changes.
        entries: for periods whose end is still to be judged by single records, each record's value by its key, by the
            period's start and subject; None if no rule asks for it.
    """

    def __init__(self, metric: Metric, unit: Unit, kind: Kind, calendar: Calendar, ledger: Ledger) -> None:
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
        self._ledger = ledger

    def count(self, arrival: Arrival, period: Period, value: Number, former: Former = UNCORRECTED) -> list[Unlock]:
        """Add a record to its subjects' cells, then judge them.

        Args:
            arrival: the record.
            period: of this board's unit, containing the record's time.
            value: the record's value under the metric.
            former: V before the body that this record corrects was withdrawn.
        """
        cells = self.cells.get(period.start)
        if cells is None:
            cells = self._open(period)
        self.changes += 1
        reached: list[str] = []
        subjects = arrival.subjects[self.kind]
        for subject in subjects:
            cell = cells.get(subject)
            if cell is None:
                cell = cells[subject] = self._cell()
            if cell.add(value):
                reached.append(subject)
        ...
        return []
