"""Records of the future, in the order in which they become due."""

from __future__ import annotations

from datetime import timedelta

import pytest
from desk import NOON, deal
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.app import waiting
from kiosk.app.waiting import Waiting
from kiosk.domain.record import Record

HOUR = timedelta(hours=1)


def drained(kept: Waiting) -> list[Record]:
    records = []
    while kept.next_due() is not None:
        records.append(kept.pop()[0])
    return records


def test_the_earliest_comes_first_and_equal_times_in_the_order_of_sources_then_of_arrival() -> None:
    kept = Waiting({"crm": 0, "phone": 1})
    call = deal("a", source="phone")
    late, first, second = deal("late", at=NOON + HOUR), deal("1"), deal("2")
    for record in (late, call, first, second):
        assert kept.put(record, snapshot=True)
    assert kept.next_due() == NOON
    assert drained(kept) == [first, second, call, late]


def test_a_newer_body_replaces_the_older_one() -> None:
    kept = Waiting({})
    kept.put(deal("1", 1), snapshot=True)
    kept.put(deal("1", 2, at=NOON + HOUR), snapshot=False)
    assert len(kept) == 1
    assert kept.next_due() == NOON + HOUR
    assert kept.pop() == (deal("1", 2, at=NOON + HOUR), False)


def test_what_was_dropped_does_not_come() -> None:
    kept = Waiting({})
    kept.put(deal("1"), snapshot=True)
    kept.drop("crm", "1")
    kept.drop("crm", "unknown")
    assert kept.next_due() is None


def test_there_is_a_bound_and_those_within_it_can_still_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "LIMIT", 2)
    kept = Waiting({})
    assert kept.put(deal("1"), snapshot=True)
    assert kept.put(deal("2"), snapshot=True)
    assert not kept.put(deal("3"), snapshot=True)
    assert kept.put(deal("2", 5), snapshot=True)
    assert drained(kept) == [deal("1"), deal("2", 5)]


def test_corrections_without_end_take_no_more_room() -> None:
    kept = Waiting({})
    for amount in range(10_000):
        kept.put(deal("1", amount), snapshot=True)
    assert len(kept._heap) < 2_000
    assert drained(kept) == [deal("1", 9_999)]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9))))
def test_each_key_comes_once_as_it_was_put_last_and_never_before_an_earlier_one(steps: list[tuple[int, int]]) -> None:
    kept = Waiting({})
    newest: dict[str, Record] = {}
    for key, hours in steps:
        record = deal(str(key), hours, at=NOON + hours * HOUR)
        newest[record.id] = record
        kept.put(record, snapshot=True)
    came = drained(kept)
    assert sorted(came, key=lambda r: r.id) == sorted(newest.values(), key=lambda r: r.id)
    assert [r.occurred_at for r in came] == sorted(r.occurred_at for r in came)
