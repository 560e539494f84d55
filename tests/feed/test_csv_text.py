"""CSV: rows, never half a row."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.feed.csv_text import CsvText, split
from kiosk.feed.encoding import lines_of, plain_bytes
from kiosk.feed.fault import SourceError


def lines(text: str) -> tuple[str, ...]:
    return tuple(io.StringIO(text, newline=""))


def cells(text: str, *, final: bool = True) -> list[list[str]]:
    return [row.cells for row in split(lines(text), ",", final=final)]


def test_a_quoted_cell_may_hold_newlines_and_quotes() -> None:
    assert cells('a,"b\r\nc","d ""e"""\r\n') == [["a", "b\r\nc", 'd "e"']]


def test_a_row_without_its_lines_end_waits() -> None:
    assert cells("a,b\nc,d", final=False) == [["a", "b"]]
    assert cells("a,b\nc,d") == [["a", "b"], ["c", "d"]]


def test_a_row_within_quotes_waits() -> None:
    assert cells('a,b\nc,"d\n', final=False) == [["a", "b"]]


def test_a_stray_quote_costs_one_row() -> None:
    rows = list(split(lines('1,"two\n3,4\n5,6\n'), ",", final=True))
    assert [row.cells for row in rows] == [[], ["3", "4"], ["5", "6"]]
    assert rows[0].error == "a quote is opened and never closed"


def test_text_behind_a_closing_quote_costs_one_row() -> None:
    rows = list(split(lines('1,"two"x\n3,4\n'), ",", final=True))
    assert [row.cells for row in rows] == [[], ["3", "4"]]


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=6), min_size=2, max_size=3), max_size=5))
@settings(max_examples=150)
def test_what_a_csv_writer_writes_is_read_back(table: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(table)
    assert cells(out.getvalue()) == [row for row in table if any(row)]


@given(
    st.lists(st.lists(st.text('ab",;\n\r é', max_size=6), min_size=2, max_size=3), max_size=5),
    st.data(),
)
@settings(max_examples=150)
def test_a_torn_file_never_gives_half_a_row(table: list[list[str]], data: st.DataObject) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(table)
    whole = out.getvalue().encode()
    torn = whole[: data.draw(st.integers(0, len(whole)))]
    told = [row.cells for row in split(lines_of(torn, None).texts, ",", final=False)]
    assert told == [row for row in table if any(row)][: len(told)]


@given(st.binary(max_size=200), st.booleans())
@settings(max_examples=200)
def test_any_bytes_are_rows_or_faults(data: bytes, final: bool) -> None:
    text = CsvText(("id", "time"))
    try:
        body, _, codec = plain_bytes(b"id,time\n" + data, None)
        read = lines_of(body, codec)
        for row in text.rows(read.texts, text.begin(read.texts, final=final) or 0, final=final):
            assert (row.cells is None) == bool(row.error)
    except SourceError:
        pass  # bytes of a header that was none


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    text = CsvText(("id", "amount"))
    rows = lines(
        f"id{delimiter}note, or so{delimiter}amount\n".replace(", or so", "") + f"1{delimiter}x{delimiter}2,5\n"
    )
    if delimiter != ",":
        start = text.begin(rows, final=True)
        assert [dict(row.cells or {}) for row in text.rows(rows, start or 0, final=True)] == [
            {"id": "1", "amount": "2,5"}
        ]


def test_excels_own_line_names_the_delimiter() -> None:
    text = CsvText(("id", "amount"))
    rows = lines("sep=;\nid;amount\n1;2,5\n")
    start = text.begin(rows, final=True)
    assert start == 2
    assert [dict(row.cells or {}) for row in text.rows(rows, start, final=True)] == [{"id": "1", "amount": "2,5"}]


def test_a_missing_column_names_the_nearest() -> None:
    with pytest.raises(SourceError) as caught:
        CsvText(("id", "close_dat", "colour")).begin(lines("ID,close_date,x\n"), final=True)
    assert caught.value.messages == (
        "1: no column 'id'; did you mean 'ID'?",
        "1: no column 'close_dat'; did you mean 'close_date'?",
        "1: no column 'colour'; there are: ID, close_date, x",
    )


def test_a_column_that_is_there_twice_is_ambiguous() -> None:
    with pytest.raises(SourceError, match="'id' appears 2 times"):
        CsvText(("id",)).begin(lines("id,id\n"), final=True)


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_a_file_without_a_header_is_empty(text: str) -> None:
    with pytest.raises(SourceError, match="the file is empty"):
        CsvText(("id",)).begin(lines(text), final=True)


def test_a_header_still_being_written_waits() -> None:
    assert CsvText(("id", "time")).begin(lines("id,ti"), final=False) is None


def test_a_row_may_end_early_only_where_its_line_ends() -> None:
    text = CsvText(("id", "a", "b"))
    rows = lines("id,a,b\n1,2\n3,4")
    start = text.begin(rows, final=True) or 0
    first, second = text.rows(rows, start, final=True)
    assert first.cells == {"id": "1", "a": "2"}
    assert second.error == "the row ends after 2 of 3 cells"


def test_a_row_with_cells_beyond_the_header_is_a_fault() -> None:
    text = CsvText(("id", "a"))
    rows = lines("id,a\n1,2,\n1,2,3\n")
    first, second = text.rows(rows, text.begin(rows, final=True) or 0, final=True)
    assert first.cells == {"id": "1", "a": "2"}
    assert second.error == "the row has 3 cells, the header has 2: is a ',' unquoted?"
