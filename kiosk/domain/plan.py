"""The rules laid out for judging: which boards there are, and what is judged on each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.domain.agenda import Agenda
from kiosk.domain.board import Board
from kiosk.domain.calendar import Calendar
from kiosk.domain.directory import Directory
from kiosk.domain.goals import Goals
from kiosk.domain.highscore import HighScores
from kiosk.domain.leaderboard import Leaderboard
from kiosk.domain.ledger import Ledger
from kiosk.domain.metric import Metric
from kiosk.domain.mvp import Mvp
from kiosk.domain.occurrence import Occurrences
from kiosk.domain.route import Routes, narrowed, routes
from kiosk.domain.rule import Rule
from kiosk.domain.rules import MVP_TYPES, Achievement, Kind, Rules, Status, Type, Unit
from kiosk.domain.single import SingleRecords
from kiosk.domain.standing import BoardKey
from kiosk.domain.target import Targets

_PLAYERS_ONLY = frozenset({Type.TIME, Type.SINGLE_RECORD_GOAL})
_BY_RECORD = frozenset({Type.TIME, Type.SINGLE_RECORD_GOAL, Type.SINGLE_RECORD_HIGH_SCORE})
_LATER = frozenset({Type.STREAK, Type.MANUAL})


@dataclass(frozen=True, slots=True)
class Ground:
    """What rules stand on: the calendar, the people, what was earned, what is due."""

    calendar: Calendar
    directory: Directory
    ledger: Ledger
    agenda: Agenda


class Plan:
    """All that a set of rules needs to be judged, made once.

    Attributes:
        rules: the published achievements, by id.
        boards: each once, by its metric's id, unit and kind.
        lanes: of each metric its boards by unit, so that a record's period is looked up once for each unit.
        singles: of each metric what single records unlock.
        mvps: of each unit what is judged when a period ends, in the order of the file.
        homes: of each rule that is judged by V on each record its board.
    """

    def __init__(self, rules: Rules, ground: Ground) -> None:
        self._ground = ground
        self._targets = Targets(rules.targets, ground.calendar)
        self._metrics = {metric.id: metric for metric in rules.metrics}
        self._flows = {flow.id: flow for flow in rules.flows}
        self._leaderboards: dict[BoardKey, Leaderboard] = {}
        self.rules: dict[str, Rule] = {}
        self.boards: dict[tuple[str, Unit, Kind], Board] = {}
        self.lanes: dict[str, dict[Unit, list[Board]]] = {}
        self.singles: dict[str, SingleRecords] = {}
        self.mvps: dict[Unit, list[Mvp]] = {}
        self.homes: dict[str, Board] = {}
        self._counted: dict[str, Metric] = {}
        for target in rules.targets:
            if target.every is Unit.CUSTOM:
                raise ValueError(
                    f"the target of {target.subject} for {target.metric}: custom periods can't be judged yet"
                )
        for place, achievement in enumerate(rules.achievements):
            if achievement.status is Status.PUBLISHED:
                self._add(self._rule(achievement, place))

    def routes(self) -> Mapping[str, Mapping[str | None, Routes]]:
        """How records find the metrics that something is judged or shown by."""
        return routes(self._counted.values())

    def add_leaderboard(self, key: BoardKey) -> Leaderboard:
        """The leaderboard of `key`, with boards of its own where no rule has them.

        Raises:
            KeyError: there is no such metric or flow.
        """
        first, result = self._measured(key.measure)
        board = self._board(first, key.unit, key.kind)
        over = self._board(result, key.unit, key.kind) if result else None
        return self._leaderboards.setdefault(key, Leaderboard(board, over, self._targets, self._ground.directory))

    def leaderboard(self, key: BoardKey) -> Leaderboard:
        """The leaderboard of `key`, whose boards exist.

        Raises:
            KeyError: there is no such board.
        """
        if key not in self._leaderboards:
            for metric in self._measured(key.measure):
                if metric is not None and (metric.id, key.unit, key.kind) not in self.boards:
                    raise KeyError(key)
            self.add_leaderboard(key)
        return self._leaderboards[key]

    def _measured(self, measure: str) -> tuple[Metric, Metric | None]:
        """The metric of this id; of a flow of this id the steps that its hit rate divides by and divides."""
        if measure in self._metrics:
            return self._metrics[measure], None
        flow = self._flows[measure]
        return self._metrics[flow.first], self._metrics[flow.last]

    def _rule(self, achievement: Achievement, place: int) -> Rule:
        _check(achievement)
        metric, result = self._judged(achievement)
        return Rule(
            achievement=achievement,
            place=place,
            metric=narrowed(metric, achievement.where, achievement.id),
            result=narrowed(result, achievement.where, achievement.id) if result else None,
            occurrences=Occurrences(achievement, _own_unit(achievement), self._ground.calendar),
        )

    def _judged(self, achievement: Achievement) -> tuple[Metric, Metric | None]:
        """What the achievement counts; of a flow the steps that its hit rate divides by and divides."""
        try:
            if achievement.type is Type.HIT_RATE_MVP:
                flow = self._flows[achievement.flow or ""]
                return self._metrics[flow.first], self._metrics[flow.last]
            return self._metrics[achievement.metric or ""], None
        except KeyError as missing:
            raise ValueError(f"{achievement.id}: there is no metric or flow {missing}") from None

    def _add(self, rule: Rule) -> None:
        achievement = rule.achievement
        self.rules[achievement.id] = rule
        if achievement.type in _BY_RECORD:
            self._single(rule.metric).add(rule)
            return
        assert achievement.period is not None
        board = self._board(rule.metric, achievement.period, achievement.subject)
        if achievement.type in MVP_TYPES:
            self._add_mvp(rule, board)
            return
        self.homes[rule.id] = board
        ground = self._ground
        if achievement.type is Type.COMBINED_RECORDS_HIGH_SCORE:
            board.high_scores = board.high_scores or HighScores(board.kind, ground.ledger, ground.directory)
            board.high_scores.add(rule)
        else:
            board.goals = board.goals or Goals(self._targets, ground.ledger, ground.directory)
            board.goals.add(rule)

    def _add_mvp(self, rule: Rule, board: Board) -> None:
        board.agenda = self._ground.agenda
        if rule.achievement.type is Type.SINGLE_RECORD_MVP and board.entries is None:
            board.entries = {}
        result = self._board(rule.result, board.unit, board.kind) if rule.result else None
        mvp = Mvp(rule, board, result, self._targets, self._ground.directory)
        self.mvps.setdefault(board.unit, []).append(mvp)

    def _single(self, metric: Metric) -> SingleRecords:
        self._counted[metric.id] = metric
        if metric.id not in self.singles:
            ground = self._ground
            self.singles[metric.id] = SingleRecords(ground.ledger, ground.directory, ground.calendar)
        return self.singles[metric.id]

    def _board(self, metric: Metric, unit: Unit, kind: Kind) -> Board:
        if unit is Unit.CUSTOM:
            raise ValueError(f"a board of {metric.id}: custom periods can't be counted yet")
        self._counted[metric.id] = metric
        key = (metric.id, unit, kind)
        if key not in self.boards:
            board = self.boards[key] = Board(metric, unit, kind, self._ground.calendar)
            self.lanes.setdefault(metric.id, {}).setdefault(unit, []).append(board)
        return self.boards[key]


def _own_unit(achievement: Achievement) -> Unit | None:
    """The unit of the type's own occurrence; None for the record."""
    if achievement.type is Type.TIME:
        return Unit.DAY
    return None if achievement.type in _BY_RECORD else achievement.period


def _check(achievement: Achievement) -> None:
    """Refuse what can't be judged; the config has told people in clearer words.

    Raises:
        ValueError: the achievement has a type, period or subject that does not go together or is not built yet.
    """
    kind = achievement.type
    if kind in _LATER or achievement.period is Unit.CUSTOM:
        what = "custom periods" if achievement.period is Unit.CUSTOM else f"the type {kind}"
        raise ValueError(f"{achievement.id}: {what} can't be judged yet")
    require = achievement.require
    if kind is Type.COMBINED_RECORDS_GOAL and require.at_least is None and require.more_than is None:
        raise ValueError(f"{achievement.id}: the type {kind} needs `require` with a number")
    if kind is Type.TARGET and require.at_least_percent is None and require.more_than_percent is None:
        raise ValueError(f"{achievement.id}: the type {kind} needs `require` with a percent")
    if kind not in _BY_RECORD and achievement.period is None:
        raise ValueError(f"{achievement.id}: the type {kind} needs a period")
    if kind in _PLAYERS_ONLY and achievement.subject is not Kind.PLAYER:
        raise ValueError(f"{achievement.id}: the type {kind} is for players only")
    if kind is Type.TIME and achievement.between is None:
        raise ValueError(f"{achievement.id}: the type {kind} needs `between`")
    if kind in MVP_TYPES and (achievement.period is Unit.ALL_TIME or achievement.subject is Kind.COMPANY):
        raise ValueError(f"{achievement.id}: the type {kind} ranks players or teams in periods that end")
