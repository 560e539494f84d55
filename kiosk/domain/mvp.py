"""Most valuable players: who ranks best when a period ends (docs/rules.md, section 5)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from kiosk.domain.board import Board
from kiosk.domain.directory import Directory
from kiosk.domain.eligibility import is_eligible
from kiosk.domain.number import percent_of
from kiosk.domain.period import Period
from kiosk.domain.ranking import ranks
from kiosk.domain.rule import Rule, Winner
from kiosk.domain.rules import Kind, Requirement, Type, Within
from kiosk.domain.target import Targets
from kiosk.domain.unlock import Number


class Mvp:
    """One MVP rule, with the boards that it ranks.

    Args:
        rule: of an MVP type.
        board: of the rule's metric; of a flow the step divided by.
        result: of a flow the board of the step that is divided, else None.
    """

    def __init__(self, rule: Rule, board: Board, result: Board | None, targets: Targets, directory: Directory) -> None:
        self.rule = rule
        self._board = board
        self._result = result
        self._targets = targets
        self._directory = directory

    @property
    def threshold(self) -> Number | None:
        """The number beside `top` that a winner meets; None where only the rank counts."""
        return threshold(self.rule.achievement.require)

    def winners(self, period: Period) -> list[Winner]:
        """Who unlocks the rule at the end of `period`, in the order of their subjects."""
        achievement = self.rule.achievement
        scores: dict[str, Number] = {}
        for subject in self._board.cells_of(period):
            if is_eligible(achievement.eligible, subject, self._directory):
                score = self._score(subject, period)
                if score is not None and score > 0:
                    scores[subject] = score
        ranked = self._ranked(scores)
        top = achievement.require.top
        if top is None and self.threshold is None:
            top = 1
        return [
            Winner(subject, scores[subject], ranked[subject], self._evidence(subject, period))
            for subject in sorted(ranked)
            if (top is None or ranked[subject] <= top) and _meets(achievement.require, scores[subject])
        ]

    def _score(self, subject: str, period: Period) -> Number | None:
        """The number that is ranked; None where a minimum is missed or there is no such number."""
        achievement = self.rule.achievement
        cell = self._board.cells_of(period)[subject]
        if cell.count < achievement.minimum_records:
            return None
        match achievement.type:
            case Type.COMBINED_RECORDS_MVP:
                return cell.value()
            case Type.AVERAGE_MVP:
                return Fraction(cell.value()) / cell.count
            case Type.SINGLE_RECORD_MVP:
                return max(self._entries(subject, period).values())
            case Type.TARGET_MVP:
                assert achievement.metric is not None
                amount = self._targets.amount(achievement.metric, subject, period, achievement.target_scaling)
                return None if amount is None else percent_of(cell.value(), amount)
            case _:
                assert self._result is not None
                attempts = cell.value()
                if attempts <= 0 or attempts < achievement.minimum_attempts:
                    return None
                successes = self._result.cells_of(period).get(subject)
                return None if successes is None else percent_of(successes.value(), attempts)

    def _ranked(self, scores: Mapping[str, Number]) -> dict[str, int]:
        """The rank of each subject, of a player in several teams its best one."""
        achievement = self.rule.achievement
        if achievement.within is not Within.TEAM or achievement.subject is not Kind.PLAYER:
            return ranks(scores)
        best: dict[str, int] = {}
        for team in self._directory.team_ids():
            members = self._directory.members(team)
            for subject, rank in ranks({s: score for s, score in scores.items() if s in members}).items():
                best[subject] = min(rank, best.get(subject, rank))
        return best

    def _entries(self, subject: str, period: Period) -> Mapping[str, Number]:
        assert self._board.entries is not None
        return self._board.entries[period.start][subject]

    def _evidence(self, subject: str, period: Period) -> tuple[str, ...]:
        """The largest record, of equal ones the first that arrived."""
        if self.rule.achievement.type is not Type.SINGLE_RECORD_MVP:
            return ()
        entries = self._entries(subject, period)
        return (max(entries, key=lambda key: entries[key]),)


def threshold(require: Requirement) -> Number | None:
    """The number that a requirement compares with, percent or not; None if it has none."""
    numbers = (require.at_least, require.more_than, require.at_least_percent, require.more_than_percent)
    return next((number for number in numbers if number is not None), None)


def _meets(require: Requirement, score: Number) -> bool:
    least = require.at_least if require.at_least is not None else require.at_least_percent
    more = require.more_than if require.more_than is not None else require.more_than_percent
    return (least is None or score >= least) and (more is None or score > more)
