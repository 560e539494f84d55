"""What fits each achievement type (docs/rules.md, "Types"): the table that `achievements` is checked by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kiosk.domain.rules import Kind, OncePer, Type, Unit, Within

_EVERYBODY = frozenset(Kind)
_PLAYERS = frozenset((Kind.PLAYER,))
_RANKED = frozenset((Kind.PLAYER, Kind.TEAM))
_REPEATING = frozenset((Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR))
_NUMBERS = frozenset(("at_least", "more_than"))
_PERCENTS = frozenset(("at_least_percent", "more_than_percent"))
_TOP = frozenset(("top",))
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fit:
    """What an achievement of one type may and must have.

    Attributes:
        subjects: whom it can be for.
        periods: the periods it can be of; empty where it has none.
        require: the comparisons that fit.
        needs_require: one of them must be there.
        within: whom it can compare with; empty where it compares with nobody.
        own: the keys that only some types have.
        needs: the ones among them that must be there.
        once_per: the default occurrence, `period` for (subject, period).
        measure: the key that says what is measured, `metric` or `flow`.
    """

    subjects: frozenset[Kind]
    periods: frozenset[Unit] = frozenset()
    require: frozenset[str] = _NOTHING
    needs_require: bool = False
    within: frozenset[Within] = frozenset()
    own: frozenset[str] = _NOTHING
    needs: frozenset[str] = _NOTHING
    once_per: OncePer = OncePer.PERIOD
    measure: str = "metric"


def _mvp(require: frozenset[str] = _TOP, own: frozenset[str] = _NOTHING, measure: str = "metric") -> Fit:
    within = frozenset((Within.COMPANY, Within.TEAM))
    return Fit(_RANKED, _REPEATING, require, within=within, own=own, measure=measure)


FITS: Mapping[Type, Fit] = MappingProxyType(
    {
        Type.TARGET: Fit(_EVERYBODY, _REPEATING, _PERCENTS, needs_require=True, own=frozenset(("target_scaling",))),
        Type.TIME: Fit(_PLAYERS, own=frozenset(("between",)), needs=frozenset(("between",)), once_per=OncePer.DAY),
        Type.SINGLE_RECORD_GOAL: Fit(_PLAYERS, require=_NUMBERS, once_per=OncePer.RECORD),
        Type.COMBINED_RECORDS_GOAL: Fit(_EVERYBODY, _REPEATING | {Unit.ALL_TIME}, require=_NUMBERS, needs_require=True),
        Type.PERIOD_PROGRESSION: Fit(_EVERYBODY, _REPEATING, own=frozenset(("allow_empty_previous",))),
        Type.SINGLE_RECORD_HIGH_SCORE: Fit(_EVERYBODY, within=frozenset(Within), once_per=OncePer.RECORD),
        Type.COMBINED_RECORDS_HIGH_SCORE: Fit(_EVERYBODY, _REPEATING, within=frozenset(Within)),
        Type.COMBINED_RECORDS_MVP: _mvp(),
        Type.AVERAGE_MVP: _mvp(own=frozenset(("minimum_records",))),
        Type.SINGLE_RECORD_MVP: _mvp(),
        Type.TARGET_MVP: _mvp(_TOP | _PERCENTS, own=frozenset(("target_scaling",))),
        Type.HIT_RATE_MVP: _mvp(_TOP | _PERCENTS, own=frozenset(("minimum_attempts",)), measure="flow"),
    }
)

LATER: Mapping[str, str] = MappingProxyType(
    {
        "streak": "streaks are not supported yet by this version",
        "manual": "manual awards are not supported yet by this version",
    }
)
"""Types of the rule language that this version refuses."""

RETRACT_LATER = {"retract": "taking an unlock back is not supported yet by this version: keep"}
CUSTOM_LATER = "custom periods are not supported yet by this version"

_LENGTHS = {
    each: length
    for length, each in enumerate(
        (OncePer.RECORD, OncePer.DAY, OncePer.WEEK, OncePer.MONTH, OncePer.QUARTER, OncePer.YEAR, OncePer.EVER)
    )
}


def is_finer(once_per: OncePer, fit: Fit, period: Unit | None) -> bool:
    """Whether `once_per` is finer than the type's default occurrence, which is an error.

    >>> is_finer(OncePer.DAY, FITS[Type.TARGET], Unit.WEEK), is_finer(OncePer.EVER, FITS[Type.TARGET], Unit.WEEK)
    (True, False)
    """
    default = fit.once_per
    if default is OncePer.PERIOD:
        if period not in fit.periods or once_per is OncePer.PERIOD:
            return False
        default = OncePer.EVER if period is Unit.ALL_TIME else OncePer(period.value)
    return _LENGTHS[once_per] < _LENGTHS[default]
