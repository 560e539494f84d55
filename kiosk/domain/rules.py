"""Everything an organisation asks for: targets, achievements, and the whole set of rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from kiosk.domain.metric import Condition, Flow, Metric
from kiosk.domain.organisation import Organisation, Player, Team


class Unit(StrEnum):
    """Kinds of period (docs/rules.md, section 1)."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ALL_TIME = "all_time"
    CUSTOM = "custom"


class Kind(StrEnum):
    """Kinds of subject."""

    PLAYER = "player"
    TEAM = "team"
    COMPANY = "company"


class Type(StrEnum):
    """Achievement types (docs/rules.md, section 5)."""

    TARGET = "target"
    TIME = "time"
    SINGLE_RECORD_GOAL = "single_record_goal"
    COMBINED_RECORDS_GOAL = "combined_records_goal"
    PERIOD_PROGRESSION = "period_progression"
    SINGLE_RECORD_HIGH_SCORE = "single_record_high_score"
    COMBINED_RECORDS_HIGH_SCORE = "combined_records_high_score"
    COMBINED_RECORDS_MVP = "combined_records_mvp"
    AVERAGE_MVP = "average_mvp"
    SINGLE_RECORD_MVP = "single_record_mvp"
    TARGET_MVP = "target_mvp"
    HIT_RATE_MVP = "hit_rate_mvp"
    STREAK = "streak"
    MANUAL = "manual"


MVP_TYPES = frozenset(t for t in Type if t.value.endswith("_mvp"))


class Within(StrEnum):
    """Whom a high score or ranking compares with."""

    COMPANY = "company"
    TEAM = "team"
    SELF = "self"


class Scaling(StrEnum):
    """How a target becomes the amount of another period (docs/rules.md, section 3)."""

    STANDARD = "standard"
    CALENDAR = "calendar"
    WORKING_DAYS = "working_days"


class Status(StrEnum):
    """Only published achievements are evaluated."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class OncePer(StrEnum):
    """How often one subject may earn an achievement."""

    RECORD = "record"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    PERIOD = "period"
    EVER = "ever"


class OnCorrection(StrEnum):
    """What becomes of an unlock whose ground has gone."""

    KEEP = "keep"
    RETRACT = "retract"


@dataclass(frozen=True, slots=True)
class Target:
    """What a subject should reach in each period of `every`.

    `subject` is `player:ID`, `team:ID`, `company`, `player:*` or `team:*`. In force for a period that starts
    at `start` or later and before `end` (None: unbounded).
    """

    metric: str
    subject: str
    every: Unit
    amount: Decimal
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """What unlocks; the config guarantees that the fields set fit the type."""

    at_least: Decimal | None = None
    more_than: Decimal | None = None
    at_least_percent: Decimal | None = None
    more_than_percent: Decimal | None = None
    top: int | None = None


@dataclass(frozen=True, slots=True)
class Eligible:
    """`teams` and `players` admit (both empty: everybody), `exclude` (ids of either) removes."""

    teams: frozenset[str] = frozenset()
    players: frozenset[str] = frozenset()
    exclude: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CustomPeriod:
    """Local dates, half-open; `every` repeats its own length until `until`."""

    start: date
    end: date
    repeat: bool = False
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Achievement:
    """A rule with what it is worth; its celebration stands beside it in the rules file."""

    id: str
    type: Type
    title: str
    description: str
    subject: Kind = Kind.PLAYER
    name: str = ""
    status: Status = Status.PUBLISHED
    metric: str | None = None
    flow: str | None = None
    period: Unit | None = None
    custom: CustomPeriod | None = None
    require: Requirement = Requirement()
    where: tuple[Condition, ...] = ()
    between: tuple[time, time] | None = None
    within: Within = Within.COMPANY
    eligible: Eligible = Eligible()
    once_per: OncePer | None = None
    minimum_records: int = 1
    minimum_attempts: int = 1
    allow_empty_previous: bool = False
    target_scaling: Scaling = Scaling.STANDARD
    of: str | None = None
    length: int | None = None
    points: int = 0
    celebrate_within: timedelta = timedelta(hours=24)
    celebrate_at: time = time(9)
    on_correction: OnCorrection = OnCorrection.KEEP
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """A whole organisation as its rules file tells it; ids are unique within each tuple."""

    organisation: Organisation
    players: tuple[Player, ...] = ()
    teams: tuple[Team, ...] = ()
    metrics: tuple[Metric, ...] = ()
    flows: tuple[Flow, ...] = ()
    targets: tuple[Target, ...] = ()
    achievements: tuple[Achievement, ...] = field(default=())
