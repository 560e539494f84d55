"""The records of one request to an inbox: all of them, or a sentence on why none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from kiosk.domain.record import Record
from kiosk.feed.fault import RowError
from kiosk.feed.json_text import decoded, item_cells
from kiosk.feed.shape import Shape

MAX_ITEMS = 2_000
"""Items of one request."""

AHEAD = timedelta(minutes=5)
"""How far a sender's clock may be ahead of ours."""


def read_batch(body: bytes, *, by_line: bool, shape: Shape, now: datetime | None) -> list[Record]:
    """The records of a JSON object, of an array, or of JSON lines.

    Args:
        body: what was sent.
        by_line: these are JSON lines.
        shape: how an item becomes a record.
        now: records more than `AHEAD` of it are refused; None where the clock isn't trusted.

    Raises:
        RowError: one of them is none, or there are too many; the message names which.
    """
    items = _items(body, by_line=by_line)
    if len(items) > MAX_ITEMS:
        raise RowError(f"these are {len(items):,} records; at most {MAX_ITEMS:,} go into one request")
    records = []
    for number, item in enumerate(items, 1):
        try:
            records.append(_record(item, shape, now))
        except RowError as error:
            raise RowError(f"record {number}: {error}") from None
    return records


def _items(body: bytes, *, by_line: bool) -> Sequence[object]:
    if not by_line:
        item = decoded(body)
        return item if isinstance(item, list) else [item]
    items = []
    for number, line in enumerate(body.splitlines(), 1):
        if not line.strip():
            continue
        try:
            items.append(decoded(line))
        except RowError as error:
            raise RowError(f"line {number}: {error}") from None
    return items


def _record(item: object, shape: Shape, now: datetime | None) -> Record:
    record = shape.record(item_cells(item, shape.wanted))
    if record is None:
        raise RowError("it has no time")
    if now is not None and record.occurred_at > now + AHEAD:
        raise RowError(f"its time, {record.occurred_at.isoformat()}, is in the future")
    return record
