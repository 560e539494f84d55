"""What a single record can unlock: goals, times of day, high scores (docs/rules.md, section 5)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from kiosk.domain.calendar import Calendar
from kiosk.domain.cell import LargestCell
from kiosk.domain.directory import COMPANY, Directory
from kiosk.domain.eligibility import is_eligible
from kiosk.domain.ledger import Ledger
from kiosk.domain.period import Period
from kiosk.domain.rule import Arrival, Rule
from kiosk.domain.rules import Kind, Type, Unit, Within
from kiosk.domain.unlock import Number, Unlock


class SingleRecords:
    """The rules of these types on one metric, and the bars of its high scores.

    Attributes:
        bars: for each scope (`company`, `team:ID`, `player:ID`) the values of all records counted so far.
    """

    def __init__(self, ledger: Ledger, directory: Directory, calendar: Calendar) -> None:
        self._ledger = ledger
        self._directory = directory
        self._calendar = calendar
        self._goals: list[Rule] = []
        self._times: list[Rule] = []
        self._high_scores: list[Rule] = []
        self._scopes: set[Kind] = set()
        self.bars: dict[str, LargestCell] = {}

    def add(self, rule: Rule) -> None:
        """One more rule, in the order of the file."""
        match rule.achievement.type:
            case Type.SINGLE_RECORD_GOAL:
                self._goals.append(rule)
                self._goals.sort(key=_by_threshold)
            case Type.TIME:
                self._times.append(rule)
            case _:
                self._high_scores.append(rule)
                self._scopes.add(_scope_kind(rule))

    def count(self, arrival: Arrival, value: Number) -> list[Unlock]:
        """What the record unlocks; afterwards its value is part of the bars."""
        unlocks: list[Unlock] = []
        for rule in self._goals:
            threshold = _threshold(rule)
            if threshold is not None and value < threshold:
                break  # those behind it ask for more
            if _meets(rule, value):
                unlocks += self._by_record(rule, arrival, value)
        for rule in self._times:
            if _meets(rule, value):
                unlocks += self._by_time(rule, arrival, value)
        for rule in self._high_scores:
            unlocks += self._by_high_score(rule, arrival, value)
        for kind in self._scopes:
            for scope in arrival.subjects[kind]:
                bar = self.bars.get(scope)
                if bar is None:
                    bar = self.bars[scope] = LargestCell()
                bar.add(value)
        return unlocks

    def withdraw(self, arrival: Arrival, value: Number) -> None:
        """Take a record's value out of the bars again."""
        for kind in self._scopes:
            for scope in arrival.subjects[kind]:
                bar = self.bars.get(scope)
                if bar is not None:
                    bar.remove(value)
                    if bar.count == 0:
                        del self.bars[scope]

    def _by_record(self, rule: Rule, arrival: Arrival, value: Number) -> list[Unlock]:
        """A goal, whose occurrence is the record."""
        subject = arrival.subjects[Kind.PLAYER][0]
        if not self._may_earn(rule, subject):
            return []
        occurrence = rule.occurrences.of_record(arrival.record.key, arrival.at)
        return self._ledger.by_record(rule, subject, occurrence, arrival, value=value, threshold=_threshold(rule))

    def _by_time(self, rule: Rule, arrival: Arrival, value: Number) -> list[Unlock]:
        """A time of day, whose occurrence is the day."""
        subject = arrival.subjects[Kind.PLAYER][0]
        day = self._day_in_window(rule, arrival)
        if day is None or not self._may_earn(rule, subject):
            return []
        occurrence = rule.occurrences.of_period(day)
        return self._ledger.by_record(rule, subject, occurrence, arrival, value=value, threshold=_threshold(rule))

    def _by_high_score(self, rule: Rule, arrival: Arrival, value: Number) -> list[Unlock]:
        """A high score of each of the record's subjects, whose occurrence is the record."""
        unlocks: list[Unlock] = []
        for subject in arrival.subjects[rule.achievement.subject]:
            bar = self._bar(rule, subject, arrival.subjects)
            if bar is None or value <= bar or not self._may_earn(rule, subject):
                continue
            occurrence = rule.occurrences.of_record(arrival.record.key, arrival.at)
            unlocks += self._ledger.by_record(rule, subject, occurrence, arrival, value=value, threshold=bar)
        return unlocks

    def _bar(self, rule: Rule, subject: str, subjects: Mapping[Kind, tuple[str, ...]]) -> Number | None:
        """The best value counted so far; None for the first, which only sets the bar."""
        match _scope_kind(rule):
            case Kind.COMPANY:
                scopes: tuple[str, ...] = (COMPANY,)
            case Kind.TEAM if rule.achievement.subject is Kind.PLAYER:
                scopes = subjects[Kind.TEAM]
            case _:
                scopes = (subject,)
        return max((self.bars[scope].best for scope in scopes if scope in self.bars), default=None)

    def _may_earn(self, rule: Rule, subject: str) -> bool:
        if self._ledger.is_waiting(rule):
            return False
        return is_eligible(rule.achievement.eligible, subject, self._directory)

    def _day_in_window(self, rule: Rule, arrival: Arrival) -> Period | None:
        """The day whose window the record's local time of day falls in; it ends with the window, be it tomorrow."""
        assert rule.achievement.between is not None
        start, end = rule.achievement.between
        time = self._calendar.local(arrival.at).time()
        day = self._calendar.period_of(Unit.DAY, arrival.at)
        if start < end:
            return day if start <= time < end else None
        if time >= start:
            return day
        return self._calendar.previous(day) if time < end else None


def _threshold(rule: Rule) -> Decimal | None:
    """What the record's value is compared with; None where every record will do."""
    require = rule.achievement.require
    return require.at_least if require.at_least is not None else require.more_than


def _meets(rule: Rule, value: Number) -> bool:
    threshold = _threshold(rule)
    if threshold is None:
        return True
    return value >= threshold if rule.achievement.require.at_least is not None else value > threshold


def _by_threshold(rule: Rule) -> tuple[bool, Decimal]:
    threshold = _threshold(rule)
    return (threshold is not None, threshold or Decimal(0))


def _scope_kind(rule: Rule) -> Kind:
    """Whose records set the bar: of everybody, of the owner's teams, or of the subject itself."""
    achievement = rule.achievement
    match achievement.within:
        case Within.COMPANY:
            return Kind.COMPANY
        case Within.TEAM if achievement.subject is Kind.PLAYER:
            return Kind.TEAM
        case _:
            return achievement.subject
