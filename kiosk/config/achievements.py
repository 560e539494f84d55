"""The achievements section: each entry is a rule together with the design of its celebration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from kiosk.config.achievement_model import AchievementModel
from kiosk.config.celebrations import Designs, check_tags
from kiosk.config.measures import build_where, known_metric
from kiosk.config.people import Ids
from kiosk.config.problem import Report
from kiosk.config.section import Item
from kiosk.config.type_table import FITS, Fit, is_finer
from kiosk.config.wording import one_of, quoted
from kiosk.domain.rules import (
    MVP_TYPES,
    Achievement,
    Eligible,
    Kind,
    OncePer,
    Requirement,
    Status,
    Target,
    Type,
    Unit,
    Within,
)
from kiosk.show.design import Design


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What achievements may refer to: ids of measures, and of subjects (None where a roster may add to them)."""

    metrics: tuple[str, ...]
    flows: tuple[str, ...]
    subjects: Mapping[str, tuple[str, ...] | None]
    targets: tuple[Target, ...]
    timezone: ZoneInfo


def build_achievements(
    items: tuple[Item[AchievementModel], ...], around: Surroundings, designs: Designs, report: Report
) -> tuple[tuple[Achievement, ...], Mapping[str, Design]]:
    """The achievements, and each one's design by its id."""
    ids = Ids(report)
    achievements: list[Achievement] = []
    celebrated: dict[str, Design] = {}
    for item in items:
        model = item.value
        ids.take(item, model.id)
        fit = FITS[model.type]
        _check_keys(item, fit, report)
        _check_words(item, fit, report)
        _check_measure(item, fit, around, report)
        _check_eligible(item, around, report)
        _check_publishable(item, report)
        achievements.append(_achievement(item, around.timezone, report))
        celebrated[model.id] = designs.design(model, model.celebration, model.title, model.description, item)
    return tuple(achievements), MappingProxyType(celebrated)


def _has(item: Item[AchievementModel], key: str) -> bool:
    return key in item.value.model_fields_set or key in item.broken


def _check_keys(item: Item[AchievementModel], fit: Fit, report: Report) -> None:
    """Keys that only some types have, and a `require` that fits."""
    model, kind = item.value, item.value.type
    for key in sorted({key for other in FITS.values() for key in other.own} - fit.own):
        if _has(item, key):
            having = one_of(sorted(other.value for other, its in FITS.items() if key in its.own))
            report.error(item.at(key), f"does not fit the type {kind}, only {having}")
    for key in sorted(fit.needs):
        if not _has(item, key):
            report.error(item.at(key), f"is missing: {kind} needs it")
    required = model.require.model_fields_set
    for key in sorted(required - fit.require):
        fitting = f", which takes {one_of(sorted(fit.require))}" if fit.require else ", which takes no require"
        report.error(item.at("require", key), f"does not fit the type {kind}{fitting}")
    for one, other in (("at_least", "more_than"), ("at_least_percent", "more_than_percent")):
        if {one, other} <= required & fit.require:
            report.error(item.at("require", other), f"can't stand beside {one}: keep one of them")
    if fit.needs_require and not required and "require" not in item.broken:
        report.error(item.at("require"), f"is missing: {kind} needs {one_of(sorted(fit.require))}")


def _check_words(item: Item[AchievementModel], fit: Fit, report: Report) -> None:
    """Subject, period, within and once_per."""
    model, kind = item.value, item.value.type
    if model.subject not in fit.subjects:
        fitting = one_of(each.value for each in Kind if each in fit.subjects)
        report.error(item.at("subject"), f"{kind} can't be for a {model.subject}: it is for a {fitting}")
    if not fit.periods:
        if _has(item, "period"):
            report.error(item.at("period"), f"does not fit the type {kind}, which looks at single records")
    elif not _has(item, "period"):
        fitting = one_of(each.value for each in Unit if each in fit.periods)
        report.error(item.at("period"), f"is missing: {kind} needs {fitting}")
    elif model.period is not None and model.period not in fit.periods:
        fitting = one_of(each.value for each in Unit if each in fit.periods)
        report.error(item.at("period"), f"{model.period} does not fit the type {kind}, which needs {fitting}")
    if not fit.within and _has(item, "within"):
        report.error(item.at("within"), f"does not fit the type {kind}, which compares with nobody")
    elif fit.within and model.within not in fit.within:
        fitting = one_of(each.value for each in Within if each in fit.within)
        report.error(item.at("within"), f"{model.within} does not fit the type {kind}: it is {fitting}")
    elif model.within is Within.TEAM and model.subject is not Kind.PLAYER:
        report.error(item.at("within"), f"team is for players: a {model.subject} is in no team")
    _check_once_per(item, fit, report)


def _check_once_per(item: Item[AchievementModel], fit: Fit, report: Report) -> None:
    """No finer than what the type is earned for."""
    model, kind = item.value, item.value.type
    if model.once_per is OncePer.PERIOD and not fit.periods:
        report.error(item.at("once_per"), f"period does not fit the type {kind}, which has no period")
    elif model.once_per is not None and is_finer(model.once_per, fit, model.period):
        default = fit.once_per if fit.once_per is not OncePer.PERIOD else model.period
        report.error(
            item.at("once_per"), f"{model.once_per} is finer than what {kind} is earned for: {default} or coarser"
        )


def _check_measure(item: Item[AchievementModel], fit: Fit, around: Surroundings, report: Report) -> None:
    """The metric or flow, and that a target can be reached at all."""
    model, kind = item.value, item.value.type
    other = "flow" if fit.measure == "metric" else "metric"
    if _has(item, other):
        report.error(item.at(other), f"does not fit the type {kind}, which measures a {fit.measure}")
    if not _has(item, fit.measure):
        report.error(item.at(fit.measure), f"is missing: {kind} needs a {fit.measure}")
    if fit.measure == "metric" and model.metric is not None:
        known_metric(model.metric, around.metrics, item.at("metric"), report)
    if fit.measure == "flow" and model.flow is not None and model.flow not in around.flows:
        report.error(item.at("flow"), f"no flow {quoted(model.flow)}{report.meant(model.flow, around.flows)}")
    if model.type in {Type.TARGET, Type.TARGET_MVP} and model.metric in around.metrics:
        fitting = (t for t in around.targets if t.metric == model.metric)
        if not any(target.subject.partition(":")[0] == model.subject for target in fitting):
            report.warn(item.at("metric"), f"no {model.subject} has a target of {model.metric}: nobody can earn this")


def _check_eligible(item: Item[AchievementModel], around: Surroundings, report: Report) -> None:
    """Teams and players that exist, and only where they make sense."""
    model = item.value
    if model.subject is Kind.COMPANY:
        if _has(item, "eligible"):
            report.error(item.at("eligible"), "makes no sense for the company: it is always everybody")
        return
    if model.subject is Kind.TEAM and model.eligible.players:
        report.error(item.at("eligible", "players"), "makes no sense for teams: name teams, or except")
    teams, players = around.subjects["team"], around.subjects["player"]
    either = None if teams is None or players is None else (*teams, *players)
    excluded = teams if model.subject is Kind.TEAM else either
    lists = (("teams", "team", teams), ("players", "player", players), ("except", "team or player", excluded))
    for key, noun, known in lists:
        named = model.eligible.exclude if key == "except" else getattr(model.eligible, key)
        for i, each in enumerate(named):
            if known is not None and each not in known:
                report.error(item.at("eligible", key, i), f"no {noun} {quoted(each)}{report.meant(each, known)}")


def _check_publishable(item: Item[AchievementModel], report: Report) -> None:
    """A published achievement needs words; tags in them are known in any state."""
    model = item.value
    for key in ("title", "description"):
        written: str = getattr(model, key)
        if model.status is Status.PUBLISHED and not written.strip() and key not in item.broken:
            report.error(item.at(key), "is missing: a published achievement needs it (or `status: draft`)")
        check_tags(written, item.at(key), report)


def _achievement(item: Item[AchievementModel], timezone: ZoneInfo, report: Report) -> Achievement:
    model = item.value
    require = model.require
    return Achievement(
        id=model.id,
        type=model.type,
        title=model.title,
        description=model.description,
        subject=model.subject,
        name=model.name or model.title or model.id,
        status=model.status,
        metric=model.metric,
        flow=model.flow,
        period=model.period,
        require=Requirement(
            at_least=require.at_least,
            more_than=require.more_than,
            at_least_percent=require.at_least_percent,
            more_than_percent=require.more_than_percent,
            top=1 if model.type in MVP_TYPES and not require.model_fields_set else require.top,
        ),
        where=build_where(model.where, item, report),
        between=model.between,
        within=model.within,
        eligible=Eligible(
            frozenset(model.eligible.teams), frozenset(model.eligible.players), frozenset(model.eligible.exclude)
        ),
        once_per=model.once_per,
        minimum_records=model.minimum_records,
        minimum_attempts=model.minimum_attempts,
        allow_empty_previous=model.allow_empty_previous,
        target_scaling=model.target_scaling,
        points=model.points,
        celebrate_within=timedelta(seconds=model.celebrate_within),
        celebrate_at=model.celebrate_at,
        on_correction=model.on_correction,
        published_at=_aware(model.published_at, timezone),
    )


def _aware(moment: datetime | None, timezone: ZoneInfo) -> datetime | None:
    """A time without offset is local."""
    return moment.replace(tzinfo=timezone) if moment is not None and moment.tzinfo is None else moment
