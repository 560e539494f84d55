"""One file's content, read as it grows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.config.source import CsvSource, JsonlSource, Reading
from kiosk.domain.organisation import Organisation
from kiosk.domain.record import Record
from kiosk.feed.document import Document
from kiosk.feed.fault import SourceError

BERLIN = Organisation("Acme", ZoneInfo("Europe/Berlin"))
COLUMNS = Reading("deal", "id", "owner", "time", {"amount": "amount"})
HEADER = "id,owner,time,amount\n"


def csv_document(columns: Reading = COLUMNS, **rest: str) -> Document:
    return Document(CsvSource("crm", Path("deals.csv"), columns, **rest), BERLIN)


def jsonl_document(columns: Reading = COLUMNS) -> Document:
    return Document(JsonlSource("crm", Path("deals.jsonl"), columns), BERLIN)


def read(document: Document, text: str | bytes, *, final: bool = False) -> list[Record]:
    return list(document.read(text if isinstance(text, bytes) else text.encode(), final=final))


def keys(records: list[Record]) -> list[str]:
    return [record.id for record in records]


def test_a_row_becomes_a_record() -> None:
    (record,) = read(csv_document(), HEADER + " d1 , Zoe ,2017-03-01,1054\n")
    assert record == Record(
        source="crm",
        id="d1",
        revision=0,
        type="deal",
        occurred_at=datetime(2017, 2, 28, 23, tzinfo=UTC),
        owner="Zoe",
        fields={"amount": "1054"},
        date_only=True,
    )


def test_without_a_mapping_every_column_is_a_field() -> None:
    columns = Reading("deal", "id", "owner", "time")
    (record,) = read(csv_document(columns), "id,owner,time,stage,,note\n1,Zoe,2017-03-01T10:00,Won,?,\n")
    assert record.fields == {"id": "1", "owner": "Zoe", "time": "2017-03-01T10:00", "stage": "Won"}
    assert not record.date_only


def test_json_lines_are_read_by_dotted_paths() -> None:
    columns = Reading("deal", "id", "owner.name", "closed.at", {"amount": "value.amount", "won": "won", "gone": "no"})
    line = (
        '{"id": 7, "owner": {"name": "Zoe"}, "closed": {"at": "2017-03-01"}, "value": {"amount": 10.50}, "won": true}\n'
    )
    (record,) = read(jsonl_document(columns), line)
    assert (record.id, record.owner, record.fields) == ("7", "Zoe", {"amount": "10.50", "won": "true"})


def test_a_decimal_comma_is_read_as_a_point() -> None:
    columns = Reading("deal", "id", "owner", "time", {"amount": "amount"}, decimal=",", time_format="%d.%m.%Y")
    (record,) = read(csv_document(columns, delimiter=";"), "id;owner;time;amount\n1;Zoe;01.03.2017;1.234,50\n")
    assert record.fields == {"amount": "1234.50"}


def test_rows_with_an_empty_time_are_skipped_and_counted() -> None:
    document = csv_document()
    assert keys(read(document, HEADER + "1,Zoe,,5\n2,Zoe,2017-03-01,5\n3,Zoe, ,5\n")) == ["2"]
    assert document.skipped == 2
    assert document.faults() == ()


def test_a_file_in_which_no_row_has_a_time_is_a_fault() -> None:
    document = jsonl_document()
    read(document, '{"id": 1, "owner": "Zoe", "closed": "2017-03-01"}\n')
    assert document.faults() == ("deals.jsonl: no row has a time in 'time'",)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("2,Zoe,soon,5", "deals.csv:3: the time 'soon' is not ISO 8601"),
        (",Zoe,2017-03-01,5", "deals.csv:3: the key, 'id', is empty"),
        ("x" * 201 + ",Zoe,2017-03-01,5", "longer than 200 characters"),
        ("2," + "Z" * 4_000 + ",2017-03-01,5", "deals.csv:3: the owner"),
        ("2,Zoe,2017-03-01," + "5" * 70_000, "deals.csv:3: a cell is longer than 65,536 characters"),
        ("2,Zoe,2017-03-01," + "5" * 200_000, "deals.csv:3: a cell is too long"),
        ("2,Zoe,2017-03-01,5\x00", "deals.csv:3: a cell holds a NUL byte"),
        ('"a\nb",Zoe,2017-03-01,5', "deals.csv:3: the key 'a\\nb' holds a control character"),
        ("1,Zoe,2017-03-01,6", "deals.csv:3: the key '1' is there already, with another content: that stands"),
    ],
)
def test_a_broken_row_is_a_fault_and_the_rest_goes_on(row: str, fault: str) -> None:
    document = csv_document()
    rows = read(document, f"{HEADER}1,Zoe,2017-03-01,5\n{row}\n3,Zoe,2017-03-01,7\n")
    assert keys(rows) == ["1", "3"]
    assert len(document.faults()) == 1
    assert fault in document.faults()[0]


def test_a_broken_number_stays_text() -> None:
    (record,) = read(csv_document(), HEADER + "1,Zoe,2017-03-01,a lot\n")
    assert record.fields == {"amount": "a lot"}


def test_the_same_row_twice_is_one_record_and_no_fault() -> None:
    document = csv_document()
    assert keys(read(document, HEADER + "1,Zoe,2017-03-01,5\n" * 2)) == ["1"]
    assert document.faults() == ()


def test_revisions_of_one_key_are_all_records() -> None:
    columns = Reading("deal", "id", "owner", "time", {"amount": "amount"}, revision="rev")
    document = csv_document(columns)
    told = ("5,0", "6,1", "7,1", "7,x")
    rows = "id,owner,time,amount,rev\n" + "".join(f"1,Zoe,2017-03-01,{end}\n" for end in told)
    assert [record.revision for record in read(document, rows)] == [0, 1]
    assert [fault.split(":")[1] for fault in document.faults()] == ["4", "5"]


def test_only_what_was_added_is_given_again() -> None:
    document = csv_document()
    content = HEADER + "1,Zoe,2017-03-01,5\n"
    assert keys(read(document, content)) == ["1"]
    content += "2,Zoe,2017-03-01,5\n3,Zoe,soon,5\n"
    assert keys(read(document, content)) == ["2"]
    assert document.faults()[0].startswith("deals.csv:4:")
    assert keys(read(document, content)) == []


def test_a_row_changed_anywhere_is_given_again_even_if_rows_were_added() -> None:
    document = csv_document()
    rows = [f"{number},Zoe,2017-03-01,5\n" for number in range(1, 50)]
    read(document, HEADER + "".join(rows))
    rows[3] = "4,Zoe,2017-03-01,6\n"
    rows.append("50,Zoe,2017-03-01,5\n")
    assert keys(read(document, HEADER + "".join(rows))) == ["4", "50"]


def test_a_row_added_under_a_key_that_is_there_is_no_correction() -> None:
    document = csv_document()
    content = HEADER + "1,Zoe,2017-03-01,5\n"
    read(document, content)
    assert read(document, content + "1,Zoe,2017-03-01,6\n") == []
    assert "deals.csv:3: the key '1' is there already" in document.faults()[0]


def test_a_row_that_went_is_forgotten_and_given_again_when_it_comes_back() -> None:
    document = csv_document()
    content = HEADER + "1,Zoe,2017-03-01,5\n2,Zoe,2017-03-01,5\n"
    read(document, content)
    assert read(document, HEADER + "2,Zoe,2017-03-01,5\n") == []
    assert [record.id for record in read(document, content)] == ["1"]
    assert keys(read(document, content.replace("1,Zoe,2017-03-01,5", "1,Zoe,2017-03-01,9"))) == ["1"]


def test_a_last_row_without_its_lines_end_waits_until_nobody_writes() -> None:
    document = csv_document()
    content = HEADER + "1,Zoe,2017-03-01,5\n2,Zoe,2017-03-01,10"
    assert keys(read(document, content)) == ["1"]
    assert document.pending
    assert keys(read(document, content, final=True)) == ["2"]
    assert not document.pending
    (grown,) = read(document, content + "54\n")
    assert (grown.id, grown.fields["amount"]) == ("2", "1054")
    assert document.faults() == ()


def test_empty_lines_at_the_end_are_not_waited_for() -> None:
    document = csv_document()
    read(document, HEADER + "1,Zoe,2017-03-01,5\n\n\n")
    assert not document.pending


def test_a_header_that_is_wrong_stops_the_reading_and_a_mended_one_starts_it() -> None:
    document = csv_document()
    with pytest.raises(SourceError) as caught:
        read(document, "id,owner,time,amuont\n1,Zoe,2017-03-01,5\n")
    assert caught.value.messages == ("deals.csv:1: no column 'amount'; did you mean 'amuont'?",)
    assert keys(read(document, HEADER + "1,Zoe,2017-03-01,5\n")) == ["1"]


def test_utf_16_as_excel_writes_it_is_read_and_grows() -> None:
    document = csv_document()
    text = "id\towner\ttime\tamount\n1\tJosé\t2017-03-01\t5\n"
    assert [record.owner for record in read(document, text.encode("utf-16"))] == ["José"]
    assert keys(read(document, (text + "2\tJosé\t2017-03-01\t5\n").encode("utf-16"))) == ["2"]


def test_binary_junk_is_a_fault() -> None:
    with pytest.raises(SourceError) as caught:
        read(csv_document(), bytes(range(256)) * 8, final=True)
    assert caught.value.messages[0].startswith("deals.csv:")


ROWS = st.lists(
    st.tuples(
        st.integers(1, 6),
        st.text('ab",;\n é', max_size=4),
        st.sampled_from(["2017-03-01", "2017-03-02T10:00", "", "never"]),
    ),
    max_size=6,
)


def written(rows: list[tuple[int, str, str]]) -> bytes:
    quoted = ('"' + note.replace('"', '""') + '"' for _, note, _ in rows)
    return (HEADER + "".join(f"{n},Zoe,{at},{q}\n" for (n, _, at), q in zip(rows, quoted, strict=True))).encode()


@given(ROWS, st.lists(st.integers(0, 10_000), max_size=4))
@settings(max_examples=150)
def test_a_file_read_in_parts_gives_what_it_gives_at_once(rows: list[tuple[int, str, str]], cuts: list[int]) -> None:
    data = written(rows)
    document, whole = csv_document(), csv_document()
    told: list[Record] = []
    for cut in sorted(cut % (len(data) + 1) for cut in cuts):
        if cut:
            told += read(document, data[:cut])
    told += read(document, data)
    at_once = read(whole, data)
    assert told == at_once
    assert sorted(document.faults()) == sorted(whole.faults())
    assert document.skipped == whole.skipped


@given(st.binary(max_size=150), st.booleans())
@settings(max_examples=150)
def test_any_bytes_give_records_faults_or_a_source_error(data: bytes, final: bool) -> None:
    for document, start in ((csv_document(), HEADER.encode()), (jsonl_document(), b'{"id": 1, "time": "2017-03-01"')):
        try:
            for record in read(document, start + data, final=final):
                assert record.occurred_at.tzinfo is UTC
        except SourceError:
            pass


def test_reading_needs_only_the_file(csv_source: Callable[..., CsvSource]) -> None:
    source = csv_source(HEADER)
    assert list(Document(source, BERLIN).read(source.path.read_bytes(), final=True)) == []
