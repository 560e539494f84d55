"""Which metrics a record counts under, found without asking every metric.

Metrics are looked up by the record's type and, where one of their conditions is that a cell equals a text, by that
cell: a hundred metrics told apart by `stage` or `product` cost one look-up for each field, not a hundred conditions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from kiosk.domain.condition import Cells, all_hold
from kiosk.domain.metric import Aggregate, Condition, Metric, Operator
from kiosk.domain.number import parse_number
from kiosk.domain.record import Record
from kiosk.domain.unlock import Number

Held = tuple[Metric, Callable[[Cells], bool]]
"""A metric and what is left to ask of a record."""


class Routes:
    """The metrics of one record type that take their owner from one field."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._always: list[Held] = []
        self._by_cell: dict[str, dict[str, list[Held]]] = {}
        for metric in metrics:
            key = next((condition for condition in metric.where if _is_key(condition)), None)
            if key is None:
                self._always.append((metric, all_hold(metric.where)))
                continue
            rest = all_hold(condition for condition in metric.where if condition is not key)
            assert isinstance(key.value, str)
            self._by_cell.setdefault(key.field, {}).setdefault(key.value, []).append((metric, rest))

    def metrics_of(self, cells: Cells) -> list[Metric]:
        """The metrics whose conditions all hold."""
        found = [metric for metric, holds in self._always if holds(cells)]
        for field, by_value in self._by_cell.items():
            found += [metric for metric, holds in by_value.get(cells.get(field, ""), ()) if holds(cells)]
        return found


def value_of(metric: Metric, record: Record) -> Number | None:
    """The record's own value under the metric: 1 for a count, else its field; None if that is no number."""
    if metric.aggregate is Aggregate.COUNT:
        return 1
    assert metric.field is not None
    return parse_number(record.fields.get(metric.field, ""))


def narrowed(metric: Metric, where: tuple[Condition, ...], name: str) -> Metric:
    """The metric under further conditions, under a name of its own; the metric itself if there are none."""
    return replace(metric, id=f"{metric.id}/{name}", where=metric.where + where) if where else metric


def routes(metrics: Iterable[Metric]) -> Mapping[str, Mapping[str | None, Routes]]:
    """All routes, by the record type and then by the field of the owner (None: the source's own)."""
    groups: dict[str, dict[str | None, list[Metric]]] = {}
    for metric in metrics:
        groups.setdefault(metric.record, {}).setdefault(metric.owner, []).append(metric)
    return {
        record: {owner: Routes(members) for owner, members in by_owner.items()} for record, by_owner in groups.items()
    }


def _is_key(condition: Condition) -> bool:
    return condition.op is Operator.EQ and isinstance(condition.value, str) and condition.value != ""
