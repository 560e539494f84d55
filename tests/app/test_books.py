"""Engine and journal stay in step, whatever fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from desk import BIG_FISH, BOARD, NOON, WEEK_20K, deal, office

from kiosk.app.books import Batch, Books
from kiosk.domain.record import Record
from kiosk.feed.reading import Receipt
from kiosk.journal.error import JournalError
from kiosk.journal.journal import Journal

RULES = office(BIG_FISH, WEEK_20K)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with closing(Journal(tmp_path / "journal.sqlite")) as journal:
        yield journal


def books_of(journal: Journal) -> Books:
    books = Books(RULES, journal, [BOARD], NOON)
    books.judge(NOON)
    return books


def take(books: Books, *records: Record, enough: bool = False) -> tuple[list[Receipt], int]:
    """The receipts of these live records, and how many celebrations they earned."""
    batch = Batch("crm", records, snapshot=True, silent=False, last=False)
    receipts, told = books.take(batch, NOON, lambda: enough)
    return receipts, len(told)


def values(books: Books) -> dict[str, object]:
    return {standing.subject: standing.value for standing in books.engine.standings(BOARD, NOON)}


def test_when_it_has_had_enough_it_stops_after_a_record(journal: Journal) -> None:
    books = books_of(journal)
    assert take(books, deal("1"), deal("2"), enough=True) == ([Receipt.CREATED], 1)


def test_a_transaction_that_fails_leaves_the_engine_as_it_was(journal: Journal) -> None:
    books = books_of(journal)
    take(books, deal("1", 15000))
    journal._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(JournalError):
        take(books, deal("2", 5000))
    assert values(books) == {"player:zoe": 15000, "player:max": 0}
    journal._connection.execute("PRAGMA query_only = OFF")
    assert take(books, deal("2", 5000)) == ([Receipt.CREATED], 1)


def test_a_record_that_comes_after_one_that_failed_is_not_written_with_it(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = books_of(journal)
    put = journal.records.put

    def failing(record: Record, seq: int) -> None:
        if record.id == "2":
            raise ZeroDivisionError
        put(record, seq)

    monkeypatch.setattr(journal.records, "put", failing)
    with pytest.raises(ZeroDivisionError):
        take(books, deal("1"), deal("2"))
    monkeypatch.undo()
    assert journal.records.stored("crm", "1") is None
    assert values(books) == {"player:zoe": 0, "player:max": 0}
    assert take(books, deal("1"), deal("2")) == ([Receipt.CREATED] * 2, 2)


def test_an_engine_that_could_not_be_built_again_is_built_before_the_next_records(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = books_of(journal)
    take(books, deal("1", 100))

    def unreadable() -> None:
        raise JournalError("the disk is away")

    monkeypatch.setattr(journal.log, "entries", unreadable)
    monkeypatch.setattr(journal.records, "put", unreadable)
    with pytest.raises(TypeError):
        take(books, deal("2", 200))
    monkeypatch.undo()
    take(books, deal("2", 200))
    assert values(books) == {"player:zoe": 300, "player:max": 0}


def test_an_engine_built_again_has_the_same_state(journal: Journal) -> None:
    books = books_of(journal)
    for n in range(20):
        take(books, deal(str(n % 7), n * 311, owner=("zoe", "max", "nobody")[n % 3]))
    again = books_of(journal)
    assert values(again) == values(books)
    assert again.faults == books.faults != ()
    assert again.last_arrival == books.last_arrival == NOON


def test_records_that_were_due_when_the_disk_was_full_are_still_due(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = books_of(journal)
    later = NOON + timedelta(hours=1)
    assert take(books, deal("1", at=later), deal("2", at=later)) == ([Receipt.WAITING] * 2, 0)
    put = journal.records.put

    def full(record: Record, seq: int) -> None:
        put(record, seq)
        if record.id == "2":
            raise JournalError("the disk is full")

    monkeypatch.setattr(journal.records, "put", full)
    with pytest.raises(JournalError):
        books.advance(later, lambda: False)
    monkeypatch.undo()
    assert books.has_waiting
    assert journal.records.stored("crm", "1") is None
    assert len(books.advance(later, lambda: False)) == 2
    assert not books.has_waiting
