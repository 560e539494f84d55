"""The keys of an achievement, its celebration's among them; whether they fit each other is told elsewhere."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, model_validator

from kiosk.config.celebrations import DesignModel
from kiosk.config.fields import FilledText, Flag, Id, Text, said_at, whole, within, word_of
from kiosk.config.measures import ConditionModel
from kiosk.config.section import Strict
from kiosk.config.times import DayTime, Instant, Window, duration
from kiosk.config.type_table import CUSTOM_LATER, LATER, RETRACT_LATER
from kiosk.domain.rules import (
    Kind,
    OncePer,
    OnCorrection,
    Scaling,
    Status,
    Type,
    Unit,
    Within,
)

_MOST = Decimal(10) ** 30


class RequireModel(Strict):
    """`require:` of an achievement."""

    at_least: Annotated[Decimal | None, within(-_MOST, _MOST)] = None
    more_than: Annotated[Decimal | None, within(-_MOST, _MOST)] = None
    at_least_percent: Annotated[Decimal | None, within(0, 1_000_000)] = None
    more_than_percent: Annotated[Decimal | None, within(0, 1_000_000)] = None
    top: Annotated[int | None, whole(1, 1000)] = None


class EligibleModel(Strict):
    """`eligible:` of an achievement."""

    teams: tuple[Id, ...] = ()
    players: tuple[Id, ...] = ()
    exclude: tuple[Id, ...] = Field(default=(), alias="except")


class AchievementModel(DesignModel):
    """One of `achievements:`."""

    id: Id
    type: Annotated[Type, word_of(Type, LATER)]
    subject: Annotated[Kind, word_of(Kind)] = Kind.PLAYER
    status: Annotated[Status, word_of(Status)] = Status.PUBLISHED
    title: FilledText = ""
    description: Text = ""
    name: FilledText = ""
    metric: Id | None = None
    flow: Id | None = None
    period: Annotated[Unit | None, word_of(Unit, {"custom": CUSTOM_LATER})] = None
    require: RequireModel = RequireModel()
    where: tuple[ConditionModel, ...] = ()
    between: Window | None = None
    within: Annotated[Within, word_of(Within)] = Within.COMPANY
    eligible: EligibleModel = EligibleModel()
    once_per: Annotated[OncePer | None, word_of(OncePer)] = None
    minimum_records: Annotated[int, whole(1, 1_000_000)] = 1
    minimum_attempts: Annotated[int, whole(1, 1_000_000)] = 1
    allow_empty_previous: Flag = False
    target_scaling: Annotated[Scaling, word_of(Scaling)] = Scaling.STANDARD
    points: Annotated[int, whole(-1_000_000_000, 1_000_000_000)] = 0
    celebrate_within: Annotated[float, duration()] = 86400
    celebrate_at: DayTime = time(9)
    on_correction: Annotated[OnCorrection, word_of(OnCorrection, RETRACT_LATER)] = OnCorrection.KEEP
    published_at: Instant | None = None
    celebration: Id | None = None

    @model_validator(mode="before")
    @classmethod
    def _is_supported(cls, tree: Any) -> Any:
        """Of a type that isn't built yet only that is told, not that its keys are unknown."""
        kind = tree.get("type") if isinstance(tree, dict) else None
        if isinstance(kind, str) and kind in LATER:
            raise said_at(LATER[kind], "type")
        return tree
