"""Standings: everybody of one kind, ranked by one metric or flow in one period."""

from __future__ import annotations

from kiosk.domain.board import Board
from kiosk.domain.cell import Cell
from kiosk.domain.directory import Directory
from kiosk.domain.number import percent_of
from kiosk.domain.period import Period
from kiosk.domain.rules import Scaling
from kiosk.domain.standing import Standing
from kiosk.domain.target import Targets
from kiosk.domain.unlock import Number


class Leaderboard:
    """A board as screens show it.

    Args:
        board: of the metric; of a flow the step divided by.
        result: of a flow the board of the step that is divided, whose value is then a percent; else None.
    """

    def __init__(self, board: Board, result: Board | None, targets: Targets, directory: Directory) -> None:
        self._board = board
        self._result = result
        self._targets = targets
        self._directory = directory

    @property
    def changes(self) -> int:
        """Grows whenever standings may have changed."""
        return self._directory.version + self._board.changes + (self._result.changes if self._result else 0)

    def standings(self, period: Period) -> tuple[Standing, ...]:
        """Everybody, best first; equal values share a rank, and stand in the order of their names.

        Who has no counting record has the value 0 and stands last.
        """
        values = self._values(period)
        lines = [
            (subject not in values, values.get(subject, 0), name, subject)
            for subject, name in self._directory.everybody(self._board.kind)
        ]
        lines.sort(key=lambda line: line[2:])
        lines.sort(key=lambda line: line[1], reverse=True)
        lines.sort(key=lambda line: line[0])
        standings: list[Standing] = []
        for place, (_, value, name, subject) in enumerate(lines, start=1):
            ties = bool(standings) and standings[-1].value == value
            rank = standings[-1].rank if ties else place
            standings.append(Standing(subject, name, value, rank, self._target(subject, period)))
        return tuple(standings)

    def _values(self, period: Period) -> dict[str, Number]:
        """The value of each subject that has one."""
        cells = self._board.cells_of(period)
        if self._result is None:
            return {subject: cell.value() for subject, cell in cells.items()}
        results = self._result.cells_of(period)
        return {subject: _hit_rate(cell, results.get(subject)) for subject, cell in cells.items() if cell.value() > 0}

    def _target(self, subject: str, period: Period) -> Number | None:
        if self._result is not None:
            return None
        return self._targets.amount(self._board.metric.id, subject, period, Scaling.STANDARD)


def _hit_rate(attempts: Cell, successes: Cell | None) -> Number:
    """In percent."""
    return percent_of(successes.value(), attempts.value()) if successes else 0
