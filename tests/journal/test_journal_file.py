"""The journal's file: opened, migrated, guarded, and moved aside when it is damaged."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.journal import lock, schema
from kiosk.journal.entry import PeriodsClosed
from kiosk.journal.error import DamagedError, JournalError
from kiosk.journal.file import move_aside
from kiosk.journal.journal import Journal
from kiosk.journal.stamp import stamp

NOON = datetime(2024, 5, 7, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal.sqlite"


@pytest.fixture
def filled(path: Path) -> Iterator[Path]:
    with closing(Journal(path)) as journal, journal.transaction():
        append(journal, 2000)
    return path


def append(journal: Journal, times: int = 1) -> None:
    for _ in range(times):
        journal.log.append(PeriodsClosed(NOON))


def append_and_fail(journal: Journal) -> None:
    append(journal)
    raise ZeroDivisionError


def pragma(journal: Journal, name: str) -> object:
    return journal._connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_new_file_is_made_with_its_folder_and_read_again(path: Path) -> None:
    for at in (NOON, NOON.replace(hour=13)):
        with closing(Journal(path)) as journal, journal.transaction():
            journal.set_loaded("crm", at)
    with closing(Journal(path)) as again:
        assert again.loaded_sources() == {"crm"}
        assert again._connection.execute("SELECT first_load_at FROM source").fetchall() == [(stamp(NOON),)]


def test_a_commit_is_on_the_disk_and_relations_are_checked(path: Path) -> None:
    with closing(Journal(path)) as journal:
        assert pragma(journal, "journal_mode") == "wal"
        assert pragma(journal, "synchronous") == 2  # FULL
        assert pragma(journal, "foreign_keys") == 1
        assert pragma(journal, "user_version") == len(schema.MIGRATIONS)


def test_without_a_path_it_is_in_memory() -> None:
    with closing(Journal(None)) as journal, journal.transaction():
        assert journal.log.append(PeriodsClosed(NOON)) == 1


def test_an_older_file_is_migrated_step_by_step(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Journal(path).close()
    step = "CREATE TABLE more (id TEXT); INSERT INTO more VALUES ('kept');"
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, step))
    for _ in range(2):
        with closing(Journal(path)) as journal:
            assert journal._connection.execute("SELECT id FROM more").fetchall() == [("kept",)]


def test_a_step_that_fails_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Journal(path).close()
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, "CREATE TABLE more (id TEXT); NONSENSE;"))
    with pytest.raises(JournalError):
        Journal(path)
    monkeypatch.undo()
    with closing(Journal(path)) as journal:
        names = journal._connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    assert ("more",) not in names


def test_the_file_of_a_newer_kiosk_is_refused_and_left_alone(path: Path) -> None:
    Journal(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(JournalError, match="newer kiosk") as refused:
        Journal(path)
    assert not isinstance(refused.value, DamagedError)


def test_two_kiosks_cannot_have_one_journal(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE_S", 0)
    with closing(Journal(path)), pytest.raises(JournalError, match="in use by another kiosk"):
        Journal(path)
    Journal(path).close()


def test_a_journal_is_free_when_its_kiosk_ends(path: Path) -> None:
    first = Journal(path)
    threading.Timer(0.02, first._lock.close).start()  # type: ignore[union-attr]
    Journal(path).close()
    first.close()


def test_anybody_may_read_while_the_kiosk_writes(path: Path) -> None:
    with closing(Journal(path)) as journal, closing(sqlite3.connect(path)) as reader:
        for count in range(3):
            assert reader.execute("SELECT count(*) FROM log").fetchone() == (count,)
            with journal.transaction():
                append(journal)


def test_a_folder_that_cannot_be_made_is_an_error_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(JournalError, match=r"journal\.sqlite can't be opened"):
        Journal(tmp_path / "file" / "journal.sqlite")


@pytest.mark.parametrize("content", [b"no database at all, but long enough" * 100, b"SQLite format 3\0" + bytes(5000)])
def test_what_is_no_database_is_damage(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(DamagedError, match="damaged"):
        Journal(path)
    assert path.read_bytes() == content


def test_a_file_that_was_cut_short_is_damage(filled: Path) -> None:
    content = filled.read_bytes()
    filled.write_bytes(content[: len(content) // 2])
    with pytest.raises(DamagedError):
        Journal(filled)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 10**9), noise=st.binary(min_size=1, max_size=4096))
def test_whatever_is_in_the_file_it_opens_or_says_what_is_wrong(filled: Path, at: int, noise: bytes) -> None:
    spoilt = filled.with_name("spoilt.sqlite")
    content = bytearray(filled.read_bytes())
    at %= len(content)
    content[at : at + len(noise)] = noise
    spoilt.write_bytes(content)
    with suppress(JournalError), closing(Journal(spoilt)) as journal:
        assert all(isinstance(entry, PeriodsClosed) for _, entry in journal.log.entries())


def test_a_text_that_is_no_text_is_damage(path: Path) -> None:
    with closing(Journal(path)) as journal:
        with journal.transaction():
            append(journal)
            journal._connection.execute("UPDATE log SET body = CAST(x'7bff7d' AS TEXT)")
        with pytest.raises(DamagedError, match="UTF-8"):
            list(journal.log.entries())


def test_a_damaged_file_is_moved_aside_with_what_lies_beside_it_and_never_over_another(path: Path) -> None:
    path.parent.mkdir()
    for content in (b"first", b"second"):
        path.write_bytes(content)
        path.with_name(path.name + "-wal").write_bytes(content + b" wal")
        aside = move_aside(path)
        assert aside.name.startswith("journal.sqlite.damaged-20")
        assert aside.read_bytes() == content
        assert aside.with_name(aside.name + "-wal").read_bytes() == content + b" wal"
        assert not path.exists()
    assert len(list(path.parent.iterdir())) == 4


def test_what_cannot_be_moved_is_an_error(path: Path) -> None:
    with pytest.raises(JournalError, match="can't be moved aside"):
        move_aside(path)


def test_a_transaction_that_raises_leaves_nothing_behind(path: Path) -> None:
    with closing(Journal(path)) as journal:
        with pytest.raises(ZeroDivisionError), journal.transaction():
            append_and_fail(journal)
        with journal.transaction():
            assert journal.log.append(PeriodsClosed(NOON)) == 1


def test_a_full_disk_is_a_clear_error_and_nothing_is_half_written(path: Path) -> None:
    with closing(Journal(path)) as journal:
        pages = pragma(journal, "page_count")
        journal._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(JournalError, match=r"journal\.sqlite can't be written: .*full"), journal.transaction():
            append(journal, 10_000)
        assert list(journal.log.entries()) == []
        with journal.transaction():
            append(journal)


def test_a_file_that_may_only_be_read_is_a_clear_error(path: Path) -> None:
    with closing(Journal(path)) as journal:
        journal._connection.execute("PRAGMA query_only = ON")
        with pytest.raises(JournalError, match="readonly"), journal.transaction():
            append(journal)
