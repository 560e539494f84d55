"""Files that others write, watched."""

from __future__ import annotations

import logging
import os
import random
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.config.source import CsvSource, RosterSource
from kiosk.domain.organisation import Organisation
from kiosk.feed import worker
from kiosk.feed.reading import Feed, Receipt, RecordsRead
from kiosk.feed.watch import RecordFile, RosterFile

HEADER = "id,owner,time,amount\n"
POLL_S = 0.01
Taker = Any
Run = Callable[[Feed], Feed]
Source = Callable[..., CsvSource]


@pytest.fixture
def watch(organisation: Organisation, running: Run, taker: Taker) -> Callable[[CsvSource], Feed]:
    return lambda source: running(RecordFile(source, organisation, taker, POLL_S))


def append(source: CsvSource, text: str) -> None:
    with source.path.open("a") as file:
        file.write(text)


def test_the_first_reading_is_everything_in_chunks_the_last_one_whole(
    csv_source: Source, watch: Callable[[CsvSource], Feed], taker: Taker
) -> None:
    watch(csv_source(HEADER + "".join(f"{n},Zoe,2017-03-01,5\n" for n in range(4_500))))
    taker.until(lambda t: t.whole)
    assert [len(reading.records) for reading in taker.readings] == [2_000, 2_000, 500]
    assert [reading.whole for reading in taker.readings] == [False, False, True]
    assert all(reading.snapshot for reading in taker.readings)


def test_an_empty_file_with_a_header_is_whole_at_once(
    csv_source: Source, watch: Callable[[CsvSource], Feed], taker: Taker
) -> None:
    watch(csv_source(HEADER))
    taker.until(lambda t: t.whole)
    assert taker.readings == [RecordsRead("crm", (), snapshot=True, whole=True)]


def test_an_appended_row_and_a_changed_row_are_given_and_nothing_else(
    csv_source: Source, watch: Callable[[CsvSource], Feed], taker: Taker
) -> None:
    source = csv_source(HEADER + "1,Zoe,2017-03-01,5\n2,Zoe,2017-03-01,5\n")
    watch(source)
    taker.until(lambda t: t.whole)
    append(source, "3,Zoe,2017-03-01,5\n")
    taker.until(lambda t: len(t.records) == 3)
    source.path.write_text(source.path.read_text().replace("1,Zoe,2017-03-01,5", "1,Zoe,2017-03-01,500"))
    taker.until(lambda t: t.amounts["1"] == "500")
    assert [record.id for record in taker.records] == ["1", "2", "3", "1"]


def test_a_file_replaced_by_another_is_read_like_a_changed_one(
    csv_source: Source, watch: Callable[[CsvSource], Feed], taker: Taker, tmp_path: Path
) -> None:
    source = csv_source(HEADER + "1,Zoe,2017-03-01,5\n")
    watch(source)
    taker.until(lambda t: t.whole)
    (tmp_path / "new").write_text(HEADER + "1,Zoe,2017-03-01,5\n2,Zoe,2017-03-01,5\n")
    (tmp_path / "new").replace(source.path)
    taker.until(lambda t: len(t.records) == 2)
    assert [record.id for record in taker.records] == ["1", "2"]


def test_a_change_that_the_stamp_does_not_tell_is_found_a_little_later(
    csv_source: Source, watch: Callable[[CsvSource], Feed], taker: Taker
) -> None:
    source = csv_source(HEADER + "1,Zoe,2017-03-01,5\n")
    watch(source)
    taker.until(lambda t: t.whole)
    before = source.path.stat()
    source.path.write_text(source.path.read_text().replace(",5", ",6"))
    os.utime(source.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    taker.until(lambda t: t.amounts["1"] == "6")


def test_half_a_row_is_given_once_it_is_whole(
    csv_source: Source, watch: Callable[[CsvSource], Feed], taker: Taker
) -> None:
    source = csv_source(HEADER + "1,Zoe,2017-03-01,5\n2,Zoe,2017-03-01,10")
    watch(source)
    taker.until(lambda t: t.whole)
    append(source, "54\n3,Zoe,2017-03-01,5\n")
    taker.until(lambda t: t.amounts.get("2") == "1054" and "3" in t.amounts)


def test_the_first_reading_is_not_whole_before_its_last_row_is(
    csv_source: Source, watch: Callable[[CsvSource], Feed], taker: Taker
) -> None:
    watch(csv_source(HEADER + "1,Zoe,2017-03-01,5\n2,Zoe,2017-03-01,10"))
    taker.until(lambda t: t.whole)
    assert taker.amounts == {"1": "5", "2": "10"}
    assert [reading.whole for reading in taker.readings] == [False, True]


def test_a_file_that_is_gone_and_comes_back_says_so_and_keeps_what_was_given(
    csv_source: Source, watch: Callable[[CsvSource], Feed], taker: Taker, caplog: pytest.LogCaptureFixture
) -> None:
    source = csv_source(HEADER + "1,Zoe,2017-03-01,5\n")
    with caplog.at_level(logging.WARNING):
        watch(source)
        taker.until(lambda t: t.whole)
        aside = source.path.rename(source.path.with_name("aside"))
        taker.until(lambda t: t.faults)
        aside.rename(source.path)
        taker.until(lambda t: len(t.faults) == 2)
    assert taker.faults[0][0].startswith("deals.csv: no such file")
    assert taker.faults[1] == ()
    assert len(taker.records) == 1
    assert [record.message for record in caplog.records] == [taker.faults[0][0]]


def test_a_file_emptied_and_written_anew_is_no_fault(
    csv_source: Source, organisation: Organisation, running: Run, taker: Taker
) -> None:
    source = csv_source(HEADER + "1,Zoe,2017-03-01,5\n")
    running(RecordFile(source, organisation, taker, 0.05))
    taker.until(lambda t: t.whole)
    source.path.write_text("")
    source.path.write_text(HEADER + "1,Zoe,2017-03-01,5\n2,Zoe,2017-03-01,5\n")
    taker.until(lambda t: len(t.records) == 2)
    assert taker.faults == []


def test_a_file_written_in_pieces_and_cut_while_it_is_read_never_gives_half_a_row(
    csv_source: Source, watch: Callable[[CsvSource], Feed], taker: Taker
) -> None:
    chance = random.Random(7)
    rows = HEADER + "".join(f'{n},Zoe,2017-03-01,"{n * 1_111}"\n' for n in range(100, 300))
    source = csv_source(HEADER)
    watch(source)
    taker.until(lambda t: t.whole)
    for cut in (*(chance.randrange(len(rows)) for _ in range(12)), len(rows)):
        with source.path.open("w") as file:
            for start in range(0, cut, 61):
                file.write(rows[start : min(start + 61, cut)])
                file.flush()
    taker.until(lambda t: len(t.amounts) == 200 and (not t.faults or t.faults[-1] == ()))
    assert {record.fields["amount"] == str(int(record.id) * 1_111) for record in taker.records} == {True}
    assert len(taker.records) == 200


def test_a_file_that_comes_later_is_a_first_reading(
    csv_source: Source, watch: Callable[[CsvSource], Feed], taker: Taker
) -> None:
    source = csv_source("")
    source.path.unlink()
    watch(source)
    taker.until(lambda t: t.faults)
    source.path.write_text(HEADER + "1,Zoe,2017-03-01,5\n")
    taker.until(lambda t: t.whole and t.faults[-1] == ())


def test_a_broken_row_is_told_and_mended(csv_source: Source, watch: Callable[[CsvSource], Feed], taker: Taker) -> None:
    source = csv_source(HEADER + "1,Zoe,soon,5\n2,Zoe,2017-03-01,5\n")
    watch(source)
    taker.until(lambda t: t.faults)
    assert taker.faults[0][0].startswith("deals.csv:2: the time 'soon'")
    source.path.write_text(source.path.read_text().replace("soon", "2017-03-01"))
    taker.until(lambda t: t.faults[-1] == ())
    assert taker.amounts == {"1": "5", "2": "5"}


def test_nothing_more_is_given_before_what_was_given_is_durable(
    csv_source: Source, watch: Callable[[CsvSource], Feed], taker: Taker
) -> None:
    taker.held = True
    source = csv_source(HEADER + "".join(f"{n},Zoe,2017-03-01,5\n" for n in range(2_001)))
    watch(source)
    taker.until(lambda t: t.readings)
    append(source, "new,Zoe,2017-03-01,5\n")
    assert len(taker.readings) == 1
    taker.release()
    taker.until(lambda t: len(t.records) == 2_002)


def test_what_could_not_be_taken_is_given_again(
    csv_source: Source, watch: Callable[[CsvSource], Feed], taker: Taker, caplog: pytest.LogCaptureFixture
) -> None:
    taker.broken = True
    with caplog.at_level(logging.ERROR):
        watch(csv_source(HEADER + "1,Zoe,2017-03-01,5\n"))
        while not caplog.records:
            threading.Event().wait(0.01)
        taker.broken = False
        taker.until(lambda t: t.whole)
    assert "could not be taken" in caplog.records[0].message


def test_a_refused_revision_is_a_fault(csv_source: Source, watch: Callable[[CsvSource], Feed], taker: Taker) -> None:
    taker.receipt = Receipt.CONFLICT
    watch(csv_source(HEADER + "1,Zoe,2017-03-01,5\n"))
    taker.until(lambda t: t.faults)
    assert taker.faults == [("crm: '1' came again as revision 0 with another content: the first stands",)]


def test_stop_returns_though_nothing_is_ever_durable(
    csv_source: Source, organisation: Organisation, taker: Taker
) -> None:
    taker.held = True
    feed = RecordFile(csv_source(HEADER + "1,Zoe,2017-03-01,5\n"), organisation, taker, POLL_S)
    feed.start()
    taker.until(lambda t: t.readings)
    feed.stop()
    assert not any(thread.name == "feed crm" for thread in threading.enumerate())


def test_a_feed_that_never_started_can_be_stopped(csv_source: Source, organisation: Organisation, taker: Taker) -> None:
    RecordFile(csv_source(HEADER), organisation, taker).stop()


def test_a_roster_is_given_whole_whenever_it_changes(tmp_path: Path, running: Run, taker: Taker) -> None:
    path = tmp_path / "people.csv"
    path.write_text("name,team\nZoe,North\n")
    running(RosterFile(RosterSource("people", path, "name", "team"), taker, POLL_S))
    taker.until(lambda t: t.rosters)
    path.write_text("name,team\nZoe,South\nMax,North\n")
    taker.until(lambda t: len(t.rosters) == 2)
    assert [[player.id for player in roster.players] for roster in taker.rosters] == [["zoe"], ["zoe", "max"]]
    path.write_text("name,team\nZoe,South\n\nMax,North\n!,North\n")
    taker.until(lambda t: t.faults)
    assert len(taker.rosters) == 2
    assert taker.faults[0][0].startswith("people.csv:5: no id can be made")


def test_a_roster_whose_column_went_keeps_the_people(tmp_path: Path, running: Run, taker: Taker) -> None:
    path = tmp_path / "people.csv"
    path.write_text("name\nZoe\n")
    running(RosterFile(RosterSource("people", path, "name"), taker, POLL_S))
    taker.until(lambda t: t.rosters)
    path.write_text("names\nMax\n")
    taker.until(lambda t: t.faults)
    path.write_text("name\nMax\n")
    taker.until(lambda t: len(t.rosters) == 2 and t.faults[-1] == ())
    assert len(taker.faults) == 2


def test_a_fault_of_ours_is_told_and_the_feed_begins_anew(
    csv_source: Source,
    organisation: Organisation,
    running: Run,
    taker: Taker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker, "_AGAIN_S", 0.01)
    feed = RecordFile(csv_source(HEADER + "1,Zoe,2017-03-01,5\n"), organisation, taker, POLL_S)
    work, failures = feed.work, iter((True, True, False))
    monkeypatch.setattr(feed, "work", lambda: 1 / 0 if next(failures) else work())
    running(feed)
    taker.until(lambda t: t.whole and t.faults[-1] == ())
    assert taker.faults[0] == ("crm: the feed failed and begins anew; the log says why",)


def test_once_it_was_told_to_leave_nothing_more_is_handed_over(
    csv_source: Source, organisation: Organisation, taker: Taker
) -> None:
    source = csv_source(HEADER + "1,Zoe,2017-03-01,5\n")
    feed = RecordFile(source, organisation, taker, POLL_S)
    feed.start()
    taker.until(lambda t: t.records)
    feed.leave()
    source.path.write_text(HEADER + "1,Zoe,2017-03-01,5\n2,Zoe,2017-03-01,5\n")
    feed.stop()
    assert [record.id for record in taker.records] == ["1"]
