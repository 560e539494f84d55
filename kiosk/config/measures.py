"""Metrics, flows and targets."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from kiosk.config.document import Plain
from kiosk.config.fields import FilledText, Id, Text, filled_text, flag, number, read_as, said, text, within, word_of
from kiosk.config.people import Ids
from kiosk.config.problem import Report
from kiosk.config.section import Item, Strict
from kiosk.config.times import LocalDate
from kiosk.config.wording import did_you_mean, quoted
from kiosk.domain.metric import Aggregate, Condition, ConditionValue, Flow, Format, Metric, Operator
from kiosk.domain.rules import Target, Unit

_LISTS = frozenset((Operator.IN, Operator.NOT_IN))
_TEXTS = frozenset((Operator.CONTAINS, Operator.STARTS_WITH))
UNITS = (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR)


def _value(value: Any) -> Any:
    """A condition's value: unquoted numbers are numbers, everything else is text; `exists` takes true or false."""
    if isinstance(value, list):
        if not value:
            raise said("needs at least one value")
        return tuple(_element(each) for each in value)
    return _element(value)


def _element(value: Any) -> Decimal | str | bool:
    if isinstance(value, Plain) and value.lower() in {"true", "false"}:
        return flag(value)
    if isinstance(value, Plain) and read_as(value) == "a number":
        return number(value)
    return text(value)


class ConditionModel(Strict):
    """One of a metric's or an achievement's `where`."""

    field: FilledText
    op: Annotated[Operator, word_of(Operator)]
    value: Annotated[Any, BeforeValidator(_value)] = None

    def build(self, item: Item[Any], place: tuple[str | int, ...], report: Report) -> Condition:
        """The condition, its value fitting its operator."""
        value: ConditionValue | None = self.value
        where = item.at(*place, "value")
        if self.op is Operator.EXISTS:
            value = True if value is None else value
            if not isinstance(value, bool):
                report.error(where, "exists takes true or false")
        elif value is None:
            report.error(where, "is missing")
        elif isinstance(value, bool) or (isinstance(value, tuple) and any(isinstance(v, bool) for v in value)):
            report.error(where, 'true and false are truth values to YAML: write them in quotes, such as "true"')
        elif (self.op in _LISTS) != isinstance(value, tuple):
            kind = "a list, such as [Won, Paid]" if self.op in _LISTS else "one value, not a list"
            report.error(where, f"{self.op} takes {kind}")
        elif self.op in _TEXTS and not isinstance(value, str):
            report.error(where, f"{self.op} compares texts: write the value in quotes")
        return Condition(self.field, self.op, value if value is not None else "")


class MetricModel(Strict):
    """One of `metrics:`."""

    id: Id
    name: FilledText | None = None
    record: Id
    owner: FilledText | None = None
    where: tuple[ConditionModel, ...] = ()
    aggregate: Annotated[Aggregate, word_of(Aggregate)]
    field: FilledText | None = None
    format: Annotated[Format, word_of(Format)] = Format.NUMBER
    unit: Text = ""


class FlowModel(Strict):
    """One of `flows:`."""

    id: Id
    name: FilledText | None = None
    steps: tuple[Id, ...]
    start: Id | None = Field(default=None, alias="from")
    end: Id | None = Field(default=None, alias="to")


def _subject(value: Any) -> str:
    read = filled_text(value)
    kind, _, name = read.partition(":")
    if read == "company" or (kind in {"player", "team"} and name):
        return read
    raise said(
        f"{quoted(read)} is no subject: it is company, player:ID, team:ID, or for everybody "
        f'"player:*" or "team:*"{did_you_mean(read, ("player:*", "team:*", "company"))}'
    )


class TargetModel(Strict):
    """One of `targets:`."""

    metric: Id
    subject: Annotated[str, BeforeValidator(_subject)]
    every: Annotated[
        Unit,
        word_of(
            Unit,
            {
                "all_time": "a target needs a period that ends: day, week, month, quarter or year",
                "custom": "custom periods are not supported yet by this version",
            },
        ),
    ]
    amount: Annotated[Decimal, within(0)]
    start: LocalDate | None = Field(default=None, alias="from")
    end: LocalDate | None = Field(default=None, alias="to")


def readable(identity: str) -> str:
    """A name for people made from an id.

    >>> readable("close-rate"), readable("won.deals_net")
    ('Close rate', 'Won deals net')
    """
    words = identity.replace("-", " ").replace("_", " ").replace(".", " ").strip()
    return words[:1].upper() + words[1:]


def build_metrics(items: tuple[Item[MetricModel], ...], ids: Ids, report: Report) -> tuple[Metric, ...]:
    """The metrics, each with a field if its aggregate needs one."""
    metrics = []
    for item in items:
        model = item.value
        ids.take(item, model.id)
        if model.aggregate is Aggregate.COUNT and model.field is not None:
            report.error(item.at("field"), "count counts records and reads no field: leave it out, or use sum")
        elif model.aggregate is not Aggregate.COUNT and model.field is None and "field" not in item.broken:
            report.error(item.at("field"), f"is missing: {model.aggregate} needs the field that it reads")
        metrics.append(
            Metric(
                id=model.id,
                name=model.name or readable(model.id),
                record=model.record,
                aggregate=model.aggregate,
                field=model.field,
                where=build_where(model.where, item, report),
                owner=model.owner,
                format=model.format,
                unit=model.unit,
            )
        )
    return tuple(metrics)


def build_where(models: tuple[ConditionModel, ...], item: Item[Any], report: Report) -> tuple[Condition, ...]:
    """The conditions of a metric or an achievement."""
    return tuple(model.build(item, ("where", i), report) for i, model in enumerate(models))


def build_flows(
    items: tuple[Item[FlowModel], ...], metrics: Iterable[str], ids: Ids, report: Report
) -> tuple[Flow, ...]:
    """The flows; their steps are known metrics."""
    known = tuple(metrics)
    flows = []
    for item in items:
        model = item.value
        ids.take(item, model.id)
        for i, step in enumerate(model.steps):
            known_metric(step, known, item.at("steps", i), report)
        for key, step_or_none in (("from", model.start), ("to", model.end)):
            if step_or_none is not None:
                known_metric(step_or_none, known, item.at(key), report)
        if len(model.steps) < 2:
            report.error(item.at("steps"), "needs at least two metrics, first to last")
            continue
        first, last = model.start or model.steps[0], model.end or model.steps[-1]
        flows.append(Flow(model.id, model.name or readable(model.id), model.steps, first, last))
    return tuple(flows)


def known_metric(named: str, known: Iterable[str], place: tuple[str | int, ...], report: Report) -> None:
    """Tell a metric that isn't there, with the nearest one."""
    metrics = tuple(known)
    if named not in metrics:
        report.error(place, f"no metric {quoted(named)}{report.meant(named, metrics)}")


def build_targets(
    items: tuple[Item[TargetModel], ...],
    metrics: Iterable[str],
    subjects: dict[str, tuple[str, ...] | None],
    report: Report,
) -> tuple[Target, ...]:
    """The targets in the order of the file, which decides between equal ones.

    `subjects` has the known ids of `player` and of `team`; None where a roster may add to them.
    """
    known = tuple(metrics)
    targets = []
    for item in items:
        model = item.value
        known_metric(model.metric, known, item.at("metric"), report)
        kind, _, name = model.subject.partition(":")
        ids = subjects.get(kind)
        if name not in {"", "*"} and ids is not None and name not in ids:
            report.error(item.at("subject"), f"no {kind} {quoted(name)}{report.meant(name, ids)}")
        if model.start and model.end and model.end <= model.start:
            report.error(item.at("to"), "must be after from: the target is never in force")
        targets.append(Target(model.metric, model.subject, model.every, model.amount, model.start, model.end))
    return tuple(targets)
