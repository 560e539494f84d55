"""A whole rules file: its sections, checked against each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.config.achievement_model import AchievementModel
from kiosk.config.achievements import Surroundings, build_achievements
from kiosk.config.celebrations import CelebrationModel, Designs
from kiosk.config.document import Document
from kiosk.config.measures import (
    FlowModel,
    MetricModel,
    TargetModel,
    build_flows,
    build_metrics,
    build_targets,
    readable,
)
from kiosk.config.organisation import UNKNOWN, OrganisationModel
from kiosk.config.people import Ids, PlayerModel, TeamModel, build_players, build_teams
from kiosk.config.problem import Place, Problem, Report
from kiosk.config.section import Item, Sections, Strict
from kiosk.config.settings import RulesFile
from kiosk.config.source import RosterSource, Source
from kiosk.config.source_model import SourceModel, build_sources
from kiosk.config.wording import quoted
from kiosk.domain.metric import Flow, Metric
from kiosk.domain.organisation import Player, Team
from kiosk.domain.rules import Rules


class RulesModel(Strict):
    """The top level of a rules file."""

    organisation: OrganisationModel
    sources: tuple[SourceModel, ...] = ()
    players: tuple[PlayerModel, ...] = ()
    teams: tuple[TeamModel, ...] = ()
    metrics: tuple[MetricModel, ...] = ()
    flows: tuple[FlowModel, ...] = ()
    targets: tuple[TargetModel, ...] = ()
    celebrations: tuple[CelebrationModel, ...] = ()
    achievements: tuple[AchievementModel, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadRules:
    """A rules file as far as it could be read: usable only if the report has no errors."""

    value: RulesFile
    report: Report
    measures: Mapping[str, Mapping[str, str]]
    """Names by id, of `metric` and of `flow`, those included that couldn't be read."""
    channels: tuple[tuple[Place, str], ...]
    """Where a channel is named."""
    achievements: Mapping[str, Place]
    """Where each achievement stands."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with the file."""
        return self.report.problems


def read_rules(document: Document, path: Path) -> ReadRules:
    """Read what a document that has a tree holds; relative paths in it start in the folder of `path`."""
    assert document.tree is not None
    report = document.report()
    folder = path.absolute().parent
    sections = Sections(document.tree, RulesModel, report)
    organisation = sections.one("organisation", OrganisationModel)
    sources = build_sources(sections.items("sources", SourceModel), folder, report)
    players, teams, subjects = _people(sections, sources, folder, report)
    measure_ids = Ids(report)
    metric_ids, flow_ids = sections.named("metrics"), sections.named("flows")
    metric_items = sections.items("metrics", MetricModel)
    metrics = build_metrics(metric_items, measure_ids, report)
    _check_yields(metric_items, sources, report)
    flows = build_flows(sections.items("flows", FlowModel), metric_ids, measure_ids, report)
    targets = build_targets(sections.items("targets", TargetModel), metric_ids, subjects, report)
    celebration_items = sections.items("celebrations", CelebrationModel)
    designs = Designs(celebration_items, sections.named("celebrations"), folder, report)
    built = organisation.value.build() if organisation else UNKNOWN
    around = Surroundings(metric_ids, flow_ids, subjects, targets, built.timezone)
    achievement_items = sections.items("achievements", AchievementModel)
    achievements, celebrated = build_achievements(achievement_items, around, designs, report)
    rules = Rules(
        organisation=built,
        players=players,
        teams=teams,
        metrics=metrics,
        flows=flows,
        targets=targets,
        achievements=achievements,
    )
    return ReadRules(
        value=RulesFile(path, rules, sources, celebrated),
        report=report,
        measures={"metric": _names(metric_ids, metrics), "flow": _names(flow_ids, flows)},
        channels=tuple(
            (item.at("channels", i), channel)
            for item in (*celebration_items, *achievement_items)
            for i, channel in enumerate(item.value.channels)
        ),
        achievements={item.value.id: item.place for item in achievement_items},
    )


def _names(ids: tuple[str, ...], measures: Iterable[Metric | Flow]) -> dict[str, str]:
    return {each: readable(each) for each in ids} | {each.id: each.name for each in measures}


def _people(
    sections: Sections, sources: tuple[Source, ...], folder: Path, report: Report
) -> tuple[tuple[Player, ...], tuple[Team, ...], dict[str, tuple[str, ...] | None]]:
    """Listed players and teams, and the ids that may be named: None where a roster may add to them."""
    roster = any(isinstance(source, RosterSource) for source in sources)
    listed = build_teams(sections.items("teams", TeamModel), report)
    items = sections.items("players", PlayerModel)
    players, teams = build_players(items, listed, folder, report, closed=bool(listed) and not roster)
    subjects: dict[str, tuple[str, ...] | None] = {"player": None, "team": None}
    if not roster:
        subjects["player"] = (*(p.id for p in players), *sections.named("players"))
        subjects["team"] = (*(t.id for t in teams), *sections.named("teams"))
    return players, teams, subjects


def _check_yields(items: tuple[Item[MetricModel], ...], sources: tuple[Source, ...], report: Report) -> None:
    """Warn of metrics of a record type or field that no source yields."""
    readings = [source.reading for source in sources if not isinstance(source, RosterSource)]
    types = tuple(dict.fromkeys(reading.record for reading in readings))
    for item in items:
        metric = item.value
        if types and metric.record not in types:
            near = report.meant(metric.record, types)
            report.warn(item.at("record"), f"no source yields records of type {quoted(metric.record)}{near}")
            continue
        fitting = [reading for reading in readings if reading.record == metric.record]
        fields = {field for reading in fitting for field in reading.fields}
        if not fitting or not all(reading.fields for reading in fitting):
            continue  # a source without `fields` yields every column under its own name
        for place, field in _fields(item):
            if field not in fields:
                report.warn(place, f"no source yields the field {quoted(field)}{report.meant(field, fields)}")


def _fields(item: Item[MetricModel]) -> Iterable[tuple[tuple[str | int, ...], str]]:
    for i, condition in enumerate(item.value.where):
        yield item.at("where", i, "field"), condition.field
    for key in ("field", "owner"):
        field = getattr(item.value, key)
        if field is not None:
            yield item.at(key), field
