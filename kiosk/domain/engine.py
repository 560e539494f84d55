"""The engine: facts in, outcomes out, in one order (docs/rules.md, section 2).

A deterministic state machine. Nothing is recomputed over history: a record is added to the boards of the metrics that
it counts under, and compared with what its own subjects can reach next. Its state is what the directory, the ledger,
the agenda, the pending records, the boards and the bars of single records hold in plain containers; everything else is
made from the rules.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime

from kiosk.domain.agenda import Agenda
from kiosk.domain.board import UNCORRECTED, Board
from kiosk.domain.calendar import EARLIEST, LATEST, Calendar
from kiosk.domain.complaints import Complaints
from kiosk.domain.directory import Directory, player_subject
from kiosk.domain.fact import AchievementPublished, ClockReached, Fact, PlayerPut, RecordPut, TeamPut
from kiosk.domain.ledger import Ledger
from kiosk.domain.metric import Metric
from kiosk.domain.organisation import Player, Team
from kiosk.domain.pending import PendingRecords
from kiosk.domain.period import Period
from kiosk.domain.plan import Ground, Plan
from kiosk.domain.record import Record
from kiosk.domain.route import value_of
from kiosk.domain.rule import Arrival
from kiosk.domain.rules import Kind, Rules, Unit
from kiosk.domain.standing import BoardKey, Standing
from kiosk.domain.unlock import Number, Outcome, Unlock

Withdrawn = dict[Board, dict[tuple[str, date], Number]]
"""V of boards' subjects before a corrected record was withdrawn."""


class Engine:
    """Applies facts and says what they unlock.

    The same facts in the same order give the same outcomes. Instants in outcomes are in UTC.

    Args:
        rules: what is judged; its players and teams are known from the start.
        boards: boards that screens want, besides those that achievements need.
        waiting: ids of achievements that are not judged until an `AchievementPublished`; one with a `published_at` of
            its own is published when the clock reaches that.

    Raises:
        ValueError: the rules hold something that can't be judged.
        KeyError: a wanted board names no metric or flow.
    """

    def __init__(self, rules: Rules, boards: Iterable[BoardKey] = (), waiting: Collection[str] = ()) -> None:
        self._calendar = Calendar(rules.organisation)
        self._directory = Directory(rules.organisation.name, rules.players, rules.teams)
        self._ledger = Ledger(waiting)
        self._agenda = Agenda()
        self._pending = PendingRecords()
        self._complaints = Complaints()
        self._now = EARLIEST
        self._plan = Plan(rules, Ground(self._calendar, self._directory, self._ledger, self._agenda))
        for key in boards:
            self._plan.add_leaderboard(key)
        self._routes = self._plan.routes()
        self._lanes = {
            metric: tuple((unit, tuple(boards)) for unit, boards in by_unit.items())
            for metric, by_unit in self._plan.lanes.items()
        }
        for rule in self._plan.rules.values():
            at = rule.achievement.published_at
            if at is not None and rule.id not in self._ledger.waiting:
                self._ledger.waiting.add(rule.id)
                self._agenda.publish(rule.id, rule.place, at.astimezone(UTC))

    def apply(self, fact: Fact) -> list[Outcome]:
        """What `fact` brings about, in the order of application.

        What one record unlocks is in the order of the achievements in the file.
        """
        match fact:
            case RecordPut():
                return self._put_record(fact)
            case ClockReached():
                return self._reach(fact.at)
            case PlayerPut():
                return self._put_player(fact.player)
            case TeamPut():
                self._directory.put_team(fact.team)
            case AchievementPublished():
                self._publish(fact.id)
        return []

    def next_boundary(self) -> datetime | None:
        """The earliest instant, in UTC, at which `ClockReached` judges a period or publishes an achievement."""
        return self._agenda.next()

    def standings(self, key: BoardKey, at: datetime) -> tuple[Standing, ...]:
        """Everybody of the board's kind in the period that contains `at`, best first; hidden players too.

        Of a flow the value is the hit rate in percent. Targets are scaled to the period by `standard`.

        Raises:
            KeyError: neither an achievement nor `boards` asked for this board.
        """
        period = self._calendar.period_of(key.unit, at.astimezone(UTC))
        return self._plan.leaderboard(key).standings(period)

    def changes(self, key: BoardKey) -> int:
        """Grows whenever standings of this board may have changed: with its records, and with the people known.

        Raises:
            KeyError: neither an achievement nor `boards` asked for this board.
        """
        return self._plan.leaderboard(key).changes

    def player(self, player: str) -> Player | None:
        """The player of this id, None if unknown."""
        return self._directory.player(player)

    def team(self, team: str) -> Team | None:
        """The team of this id, None if unknown."""
        return self._directory.team(team)

    def _put_record(self, fact: RecordPut) -> list[Outcome]:
        record = fact.record
        self._now = max(self._now, fact.arrived_at.astimezone(UTC))
        if fact.previous == record:
            return []
        former = self._withdraw(fact.previous) if fact.previous is not None else {}
        if not EARLIEST <= record.occurred_at < LATEST:
            return [*self._complaints.no_time(record)]
        outcomes: list[Outcome] = []
        for owner_field in self._routes.get(record.type, ()):
            outcomes += self._arrive(record, owner_field, fact.arrived_at, former)
        return outcomes

    def _arrive(
        self, record: Record, owner_field: str | None, arrived_at: datetime, former: Withdrawn
    ) -> list[Outcome]:
        """Count a record for the owner that `owner_field` names, or keep it until that one is known."""
        owner = _owner(record, owner_field)
        player = self._directory.find(owner)
        if player is None:
            if not self._pending.keep(owner, record, owner_field):
                return [*self._complaints.too_many_pending(record)]
            return [*self._complaints.unknown_owner(record, owner)]
        arrival = self._arrival(record, player, arrived_at)
        faults: list[Outcome] = []
        unlocks: list[Unlock] = []
        for metric in self._routes[record.type][owner_field].metrics_of(record.fields):
            value = value_of(metric, record)
            if value is None:
                faults += self._complaints.no_number(metric, record)
            else:
                unlocks += self._count(metric, arrival, value, former)
        if len(unlocks) > 1:
            unlocks.sort(key=self._place)
        return faults + unlocks

    def _count(self, metric: Metric, arrival: Arrival, value: Number, former: Withdrawn) -> list[Unlock]:
        unlocks: list[Unlock] = []
        single = self._plan.singles.get(metric.id)
        if single is not None:
            unlocks += single.count(arrival, value)
        for unit, boards in self._lanes.get(metric.id, ()):
            period = self._calendar.period_of(unit, arrival.at)
            for board in boards:
                unlocks += board.count(arrival, period, value, former.get(board, UNCORRECTED))
        return unlocks

    def _withdraw(self, record: Record) -> Withdrawn:
        """Take a body that is being corrected out of everything that it was counted in."""
        former: Withdrawn = {}
        if not EARLIEST <= record.occurred_at < LATEST:
            return former
        for owner_field, routes in self._routes.get(record.type, {}).items():
            owner = _owner(record, owner_field)
            player = self._directory.find(owner)
            if self._pending.drop(owner, record, owner_field) or player is None:
                continue
            arrival = self._arrival(record, player, self._now)
            for metric in routes.metrics_of(record.fields):
                value = value_of(metric, record)
                if value is not None:
                    self._withdraw_from(metric, arrival, value, former)
        return former

    def _withdraw_from(self, metric: Metric, arrival: Arrival, value: Number, former: Withdrawn) -> None:
        single = self._plan.singles.get(metric.id)
        if single is not None:
            single.withdraw(arrival, value)
        for unit, boards in self._lanes.get(metric.id, ()):
            period = self._calendar.period_of(unit, arrival.at)
            for board in boards:
                board.withdraw(arrival, period, value, former.setdefault(board, {}))

    def _arrival(self, record: Record, player: Player, arrived_at: datetime) -> Arrival:
        at = record.occurred_at.astimezone(UTC)
        happened_by = self._calendar.period_of(Unit.DAY, at).end_at if record.date_only else at
        return Arrival(record, at, arrived_at - happened_by, self._directory.subjects_of(player.id))

    def _put_player(self, player: Player) -> list[Outcome]:
        former = self._directory.player(player.id)
        self._directory.put_player(player)
        if former is not None and former.teams != player.teams:
            for board in self._plan.boards.values():
                if board.kind is Kind.PLAYER:
                    board.look_again(player_subject(player.id))
        outcomes: list[Outcome] = []
        for pending in self._pending.take(dict.fromkeys((player.id, player.name, *player.aliases))):
            outcomes += self._arrive(pending.record, pending.owner_field, self._now, {})
        return outcomes

    def _publish(self, achievement: str) -> None:
        """Judge a waiting achievement from now on; what is judged already, or unknown, stays as it is."""
        rule = self._plan.rules.get(achievement)
        if rule is None or achievement not in self._ledger.waiting:
            return
        self._ledger.waiting.discard(achievement)
        if achievement in self._plan.homes:
            self._plan.homes[achievement].publish(rule, self._ledger)

    def _reach(self, at: datetime) -> list[Outcome]:
        at = at.astimezone(UTC)
        self._now = max(self._now, at)
        outcomes: list[Outcome] = []
        while (due := self._agenda.take(at)) is not None:
            if due.closing is None:
                self._publish(due.key)
            else:
                outcomes += self._close(due.closing)
        self._agenda.finish(at)
        return outcomes

    def _close(self, period: Period) -> list[Unlock]:
        """Judge what is judged at the end of `period`."""
        unlocks: list[Unlock] = []
        for mvp in self._plan.mvps[period.unit]:
            if not self._ledger.is_waiting(mvp.rule):
                for winner in mvp.winners(period):
                    unlocks += self._ledger.by_period_end(mvp.rule, winner, period, mvp.threshold)
        for board in self._plan.boards.values():
            if board.unit is period.unit:
                board.close(period)
        return unlocks

    def _place(self, unlock: Unlock) -> int:
        return self._plan.rules[unlock.achievement].place


def _owner(record: Record, owner_field: str | None) -> str:
    return record.owner if owner_field is None else record.fields.get(owner_field, "")
