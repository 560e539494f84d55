"""What a source still shows is remembered, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

from kiosk.domain.record import Record
from kiosk.feed.changes import Change, Changes


def deal(number: int) -> Record:
    return Record("crm", str(number), 0, "deal", datetime(2017, 3, 1, tzinfo=UTC), "zoe", {})


def test_a_list_of_the_latest_deals_does_not_add_up_over_the_years() -> None:
    changes = Changes()
    for latest in range(1000):
        changes.begin_reading()
        for number in range(latest, latest + 5):
            changes.sift(deal(number))
    assert len(changes._bodies) <= 6


def test_what_is_shown_again_is_the_same_also_after_an_answer_without_anything() -> None:
    changes = Changes()
    changes.begin_reading()
    assert changes.sift(deal(1)) is Change.NEW
    changes.begin_reading()
    changes.begin_reading()
    assert changes.sift(deal(1)) is Change.SAME
