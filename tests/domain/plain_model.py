"""The rules read literally: every number is computed from all records each time it is asked for.

Slow and plain, written against docs/rules.md and not against the engine; they share only values, calendar and target
scaling, which have tests of their own.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from kiosk.domain.calendar import Calendar
from kiosk.domain.fact import AchievementPublished, ClockReached, Fact, PlayerPut, RecordPut
from kiosk.domain.metric import Aggregate, Metric
from kiosk.domain.organisation import Player
from kiosk.domain.period import Period
from kiosk.domain.record import Record
from kiosk.domain.rules import MVP_TYPES, Achievement, Kind, Rules, Type, Unit, Within
from kiosk.domain.target import Targets
from kiosk.domain.unlock import Unlock

UNITS = [Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR]
SINGLE = {Type.TIME, Type.SINGLE_RECORD_GOAL, Type.SINGLE_RECORD_HIGH_SCORE}


class Counted(NamedTuple):
    """A record with the subjects it counted for when it arrived."""

    record: Record
    subjects: frozenset[str]


class PlainModel:
    """Applies the same facts as the engine; owners are ids of known players, conditions are `eq`."""

    def __init__(self, rules: Rules, waiting: Collection[str] = ()) -> None:
        self.rules = rules
        self.waiting = set(waiting)
        self.players = {player.id: player for player in rules.players}
        self.calendar = Calendar(rules.organisation)
        self.targets = Targets(rules.targets, self.calendar)
        self.metrics = {metric.id: metric for metric in rules.metrics}
        self.flows = {flow.id: flow for flow in rules.flows}
        self.log: list[Counted] = []
        self.unlocked: set[tuple[str, str, str]] = set()
        self.spent: set[tuple[str, str, date]] = set()
        self.reached: datetime | None = None

    def apply(self, fact: Fact) -> list[Unlock]:
        match fact:
            case RecordPut():
                return self._put(fact)
            case ClockReached():
                return self._reach(fact.at)
            case PlayerPut():
                self.players[fact.player.id] = fact.player
            case AchievementPublished():
                self._publish(fact.id)
        return []

    # What counts

    def subjects(self, kind: Kind) -> list[str]:
        match kind:
            case Kind.PLAYER:
                return [f"player:{name}" for name in self.players]
            case Kind.TEAM:
                return [f"team:{team.id}" for team in self.rules.teams]
            case _:
                return ["company"]

    def period(self, unit: Unit, moment: datetime) -> Period:
        return self.calendar.period_of(unit, moment.astimezone(UTC))

    def value_of(self, metric: Metric, record: Record) -> Fraction | None:
        if any(record.fields.get(condition.field) != condition.value for condition in metric.where):
            return None
        if metric.aggregate is Aggregate.COUNT:
            return Fraction(1)
        try:
            return Fraction(Decimal(record.fields.get(metric.field or "", "")))
        except ArithmeticError:
            return None

    def values(self, metric: Metric, subject: str, period: Period) -> list[Fraction]:
        own = (counted.record for counted in self.log if subject in counted.subjects)
        inside = (r for r in own if period.start_at <= r.occurred_at.astimezone(UTC) < period.end_at)
        return [value for value in (self.value_of(metric, record) for record in inside) if value is not None]

    def total(self, metric: Metric, subject: str, period: Period | None) -> Fraction | None:
        values = self.values(metric, subject, period) if period else []
        if not values:
            return None
        match metric.aggregate:
            case Aggregate.COUNT:
                return Fraction(len(values))
            case Aggregate.SUM:
                return sum(values, Fraction(0))
            case Aggregate.AVERAGE:
                return sum(values, Fraction(0)) / len(values)
            case Aggregate.MAXIMUM:
                return max(values)
            case Aggregate.MINIMUM:
                return min(values)

    def periods(self, metric: Metric, unit: Unit) -> list[Period]:
        """All periods with a counting record."""
        counting = [c.record for c in self.log if self.value_of(metric, c.record) is not None]
        found = {self.period(unit, record.occurred_at) for record in counting}
        return sorted(found, key=lambda period: period.start)

    def teammates(self, subject: str) -> list[str]:
        teams = set(self.players[subject.removeprefix("player:")].teams)
        return [f"player:{player.id}" for player in self.players.values() if teams & set(player.teams)]

    def eligible(self, rule: Achievement, subject: str) -> bool:
        kind, _, name = subject.partition(":")
        teams = set(self.players[name].teams) if kind == "player" else set()
        asked = rule.eligible
        if name in asked.exclude or teams & asked.exclude:
            return False
        if not asked.teams and not asked.players:
            return True
        return name in asked.players or bool(teams & asked.teams) or (kind == "team" and name in asked.teams)

    # What is judged on a record

    def _put(self, fact: RecordPut) -> list[Unlock]:
        record = fact.record
        if fact.previous == record:
            return []
        before = {
            (rule.id, subject): self._total_at(rule, subject, record)
            for rule in self.rules.achievements
            for subject in self.subjects(rule.subject)
        }
        if fact.previous is not None:
            self.log = [counted for counted in self.log if counted.record.key != record.key]
        earlier = list(self.log)
        player = self.players[record.owner]
        self.log.append(Counted(record, frozenset(subjects_of(player))))
        unlocks: list[Unlock] = []
        for rule in self.rules.achievements:
            if rule.id in self.waiting or rule.type in MVP_TYPES:
                continue
            for subject in subjects_of(player):
                if subject.partition(":")[0] == rule.subject and self.eligible(rule, subject):
                    unlocks += self._judge(rule, subject, fact, earlier, before[rule.id, subject])
        return unlocks

    def _total_at(self, rule: Achievement, subject: str, record: Record) -> Fraction | None:
        if rule.type in SINGLE or rule.type in MVP_TYPES or rule.period is None:
            return None
        return self.total(self.metrics[rule.metric or ""], subject, self.period(rule.period, record.occurred_at))

    def _judge(
        self, rule: Achievement, subject: str, fact: RecordPut, earlier: list[Counted], before: Fraction | None
    ) -> list[Unlock]:
        record, metric = fact.record, self.metrics[rule.metric or ""]
        own = self.value_of(metric, record)
        if own is None:
            return []
        if rule.type in SINGLE:
            met, value, period = self._single(rule, subject, record, own, earlier), own, None
        else:
            period = self.period(rule.period or Unit.DAY, record.occurred_at)
            total = self.total(metric, subject, period)
            assert total is not None
            if (before is not None and total < before) or (rule.id, subject, period.start) in self.spent:
                return []
            met, value = self._combined(rule, subject, period, total), total
        if met is None:
            return []
        occurrence = self._occurrence(rule, record, period)
        if not self._first(rule, subject, occurrence):
            return []
        happened = self.period(Unit.DAY, record.occurred_at).end_at if record.date_only else record.occurred_at
        return [
            Unlock(
                achievement=rule.id,
                subject=subject,
                occurrence=occurrence,
                at=record.occurred_at.astimezone(UTC),
                value=value,
                threshold=met[0],
                rank=None,
                records=(record.key,),
                points=rule.points,
                celebrate=fact.arrived_at - happened <= rule.celebrate_within,
            )
        ]

    def _single(
        self, rule: Achievement, subject: str, record: Record, own: Fraction, earlier: list[Counted]
    ) -> tuple[Fraction | None] | None:
        """What the value was compared with, in a tuple; None where it does not unlock."""
        if rule.type is Type.SINGLE_RECORD_HIGH_SCORE:
            kind, _, name = subject.partition(":")
            match rule.within:
                case Within.COMPANY:
                    scopes = {"company"}
                case Within.TEAM if kind == "player":
                    scopes = {f"team:{team}" for team in self.players[name].teams}
                case _:
                    scopes = {subject}
            metric = self.metrics[rule.metric or ""]
            values = [self.value_of(metric, c.record) for c in earlier if scopes & c.subjects]
            bar = max((value for value in values if value is not None), default=None)
            return (bar,) if bar is not None and own > bar else None
        if rule.type is Type.TIME:
            assert rule.between is not None
            start, end = rule.between
            clock = self.calendar.local(record.occurred_at).time()
            if not (start <= clock < end if start < end else clock >= start or clock < end):
                return None
        return met(own, rule.require.at_least, rule.require.more_than)

    def _combined(self, rule: Achievement, subject: str, period: Period, total: Fraction) -> tuple[Fraction] | None:
        metric = self.metrics[rule.metric or ""]
        match rule.type:
            case Type.COMBINED_RECORDS_GOAL:
                return met(total, rule.require.at_least, rule.require.more_than)
            case Type.TARGET:
                amount = self.targets.amount(rule.metric or "", subject, period, rule.target_scaling)
                if amount is None:
                    return None
                percents = (rule.require.at_least_percent, rule.require.more_than_percent)
                least, more = (None if p is None else amount * Fraction(p) / 100 for p in percents)
                return met(total, least, more)
            case Type.PERIOD_PROGRESSION:
                former = self.total(metric, subject, self.calendar.previous(period))
                if rule.allow_empty_previous:
                    former = former if former is not None else Fraction(0)
                elif former is None or former <= 0:
                    return None
                return (former,) if total > former else None
            case _:
                return self._high_score(rule, subject, period, total)

    def _high_score(self, rule: Achievement, subject: str, period: Period, total: Fraction) -> tuple[Fraction] | None:
        metric = self.metrics[rule.metric or ""]
        rivals = self.subjects(rule.subject)
        if rule.within is Within.SELF or (rule.within is Within.TEAM and rule.subject is not Kind.PLAYER):
            rivals = [subject]
        elif rule.within is Within.TEAM:
            rivals = self.teammates(subject)
        others: list[Fraction] = []
        has_earlier = False
        for other in self.periods(metric, period.unit):
            for rival in rivals:
                value = self.total(metric, rival, other) if other.start <= period.start else None
                if value is not None and (rival, other) != (subject, period):
                    others.append(value)
                    has_earlier |= other.start < period.start
        return (max(others),) if has_earlier and total > max(others) else None

    def _occurrence(self, rule: Achievement, record: Record, period: Period | None) -> str:
        once = rule.once_per
        moment = period.start_at if period else record.occurred_at.astimezone(UTC)
        if rule.type is Type.TIME:
            assert rule.between is not None
            start, end = rule.between
            day = self.period(Unit.DAY, moment)
            if start > end and self.calendar.local(moment).time() < end:
                day = self.period(Unit.DAY, day.start_at - timedelta(microseconds=1))
            period, moment = day, day.start_at
        if once == "ever":
            return "ever"
        if once in set(UNITS):
            return self.period(Unit(once or ""), moment).occurrence
        return period.occurrence if period else f"record:{record.key}"

    def _first(self, rule: Achievement, subject: str, occurrence: str) -> bool:
        size = len(self.unlocked)
        self.unlocked.add((rule.id, subject, occurrence))
        return len(self.unlocked) > size

    def _publish(self, name: str) -> None:
        rule = next(rule for rule in self.rules.achievements if rule.id == name)
        if name not in self.waiting:
            return
        self.waiting.discard(name)
        if rule.type in SINGLE or rule.type in MVP_TYPES:
            return
        metric = self.metrics[rule.metric or ""]
        for period in self.periods(metric, rule.period or Unit.DAY):
            for subject in self.subjects(rule.subject):
                total = self.total(metric, subject, period)
                if total is not None and self._combined(rule, subject, period, total):
                    self.spent.add((rule.id, subject, period.start))

    # What is judged when periods end

    def _reach(self, moment: datetime) -> list[Unlock]:
        unlocks: list[Unlock] = []
        due = {
            self.period(unit, counted.record.occurred_at): None
            for counted in self.log
            for unit in UNITS
            if self.reached is None or self.period(unit, counted.record.occurred_at).end_at > self.reached
        }
        for period in sorted(due, key=lambda period: (period.end_at, UNITS.index(period.unit))):
            if period.end_at <= moment:
                for rule in self.rules.achievements:
                    if rule.type in MVP_TYPES and rule.period is period.unit and rule.id not in self.waiting:
                        unlocks += self._mvp(rule, period)
        self.reached = moment if self.reached is None else max(self.reached, moment)
        return unlocks

    def _mvp(self, rule: Achievement, period: Period) -> list[Unlock]:
        scores: dict[str, Fraction] = {}
        for subject in self.subjects(rule.subject):
            score = self._score(rule, subject, period) if self.eligible(rule, subject) else None
            if score is not None and score > 0:
                scores[subject] = score
        if rule.within is Within.TEAM and rule.subject is Kind.PLAYER:
            groups = [
                [s for s in scores if team in self.players[s.removeprefix("player:")].teams]
                for team in sorted({team for player in self.players.values() for team in player.teams})
            ]
        else:
            groups = [list(scores)]
        unlocks: list[Unlock] = []
        percent = rule.require.at_least_percent
        top = rule.require.top or (None if percent is not None else 1)
        for subject in sorted(scores):
            ranks = [1 + sum(scores[s] > scores[subject] for s in group) for group in groups if subject in group]
            if not ranks or (top is not None and min(ranks) > top):
                continue
            if percent is not None and scores[subject] < percent:
                continue
            if self._first(rule, subject, period.occurrence):
                unlocks.append(
                    Unlock(
                        achievement=rule.id,
                        subject=subject,
                        occurrence=period.occurrence,
                        at=period.end_at,
                        value=scores[subject],
                        threshold=percent,
                        rank=min(ranks),
                        records=self._largest(rule, subject, period),
                        points=rule.points,
                        celebrate=True,
                        period_end=True,
                    )
                )
        return unlocks

    def _score(self, rule: Achievement, subject: str, period: Period) -> Fraction | None:
        if rule.type is Type.HIT_RATE_MVP:
            flow = self.flows[rule.flow or ""]
            tries = self.total(self.metrics[flow.first], subject, period)
            hits = self.total(self.metrics[flow.last], subject, period) or Fraction(0)
            return None if tries is None or tries < max(rule.minimum_attempts, 1) else hits * 100 / tries
        metric = self.metrics[rule.metric or ""]
        values = self.values(metric, subject, period)
        total = self.total(metric, subject, period)
        if total is None or len(values) < rule.minimum_records:
            return None
        match rule.type:
            case Type.AVERAGE_MVP:
                return total / len(values)
            case Type.SINGLE_RECORD_MVP:
                return max(values)
            case Type.TARGET_MVP:
                amount = self.targets.amount(rule.metric or "", subject, period, rule.target_scaling)
                return None if amount is None else total * 100 / amount
            case _:
                return total

    def _largest(self, rule: Achievement, subject: str, period: Period) -> tuple[str, ...]:
        if rule.type is not Type.SINGLE_RECORD_MVP:
            return ()
        metric = self.metrics[rule.metric or ""]
        best = max(self.values(metric, subject, period))
        inside = (
            counted.record
            for counted in self.log
            if subject in counted.subjects and self.period(period.unit, counted.record.occurred_at) == period
        )
        return (next(record.key for record in inside if self.value_of(metric, record) == best),)


def subjects_of(player: Player) -> list[str]:
    return [f"player:{player.id}", *(f"team:{team}" for team in player.teams), "company"]


def met(
    value: Fraction, least: Decimal | Fraction | None, more: Decimal | Fraction | None
) -> tuple[Fraction | None] | None:
    """The number that `value` meets, in a tuple; None where it does not."""
    if least is not None:
        return (Fraction(least),) if value >= least else None
    if more is not None:
        return (Fraction(more),) if value > more else None
    return (None,)
