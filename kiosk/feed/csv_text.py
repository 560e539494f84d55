"""CSV as real offices export it: rows from lines, never half a row."""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.feed.fault import SourceError
from kiosk.feed.row import Row

DELIMITERS = ",;\t|"
MAX_COLUMNS = 2_000

_STRAY_QUOTES = 100
"""How many rows of one reading are tried anew from their second line, after a quote that never closed."""

_SEPARATOR_LINE = re.compile(r'\s*"?sep=([^\w"\s]|\t)"?\s*', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Split:
    """Cells of one row, from line `first` to before line `end`; `error` says why there are none."""

    first: int
    end: int
    cells: list[str]
    error: str = ""


def split(lines: Sequence[str], delimiter: str, start: int = 0, *, final: bool) -> Iterator[Split]:
    """The rows of `lines` from `start` on, empty ones left out.

    Unless `final`, a last row that lacks its line's end, or the end of its quotes, is still being written: it isn't
    given. A row with a stray quote costs only itself, not what the quote swallowed.
    """
    at = start
    ended = False

    def feed() -> Iterator[str]:
        nonlocal at, ended
        while at < len(lines):
            at += 1
            yield lines[at - 1]
        ended = True

    stray = 0
    reader = csv.reader(feed(), delimiter=delimiter, strict=True)
    while True:
        first = at
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if ended and not final:
                return
            yield Split(first, first + 1, [], _sentence(error))
            stray += 1
            if stray <= _STRAY_QUOTES:
                at = first + 1
            ended = False
            reader = csv.reader(feed(), delimiter=delimiter, strict=True)
            continue
        if not final and at == len(lines) and not lines[-1].endswith("\n"):
            return
        if any(cells):
            yield Split(first, at, cells)


class CsvText:
    """The header of one CSV file, and its rows as cells by column.

    Args:
        wanted: the columns that must be there; only they are given.
        everything: give all columns.
        delimiter: None for detected.
    """

    def __init__(self, wanted: Sequence[str], delimiter: str | None = None, *, everything: bool = False) -> None:
        self._wanted = tuple(wanted)
        self._everything = everything
        self._given = delimiter
        self._delimiter = ","
        self._width = 0
        self._columns: tuple[tuple[str, int], ...] = ()

    def begin(self, lines: Sequence[str], *, final: bool) -> int | None:
        """Read the header; returns the number of lines it took, None if it isn't complete yet.

        Raises:
            SourceError: with sentences that lack the file's name: there is none, or columns are missing.
        """
        start = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
        delimiters = self._given or DELIMITERS
        if start < len(lines) and (told := _SEPARATOR_LINE.fullmatch(lines[start])):
            start, delimiters = start + 1, self._given or told[1]
        candidates = [
            (self._worth(row.cells), row, delimiter)
            for delimiter in delimiters
            for row in (next(split(lines, delimiter, start, final=final), None),)
            if row is not None
        ]
        if not candidates:
            if final or not lines:
                raise SourceError("the file is empty" if start >= len(lines) else "there is no header")
            return None
        _, row, self._delimiter = max(candidates, key=lambda candidate: candidate[0])
        if row.error:
            raise SourceError(f"{row.first + 1}: the header can't be read: {row.error}")
        self._read_header(row)
        return row.end

    def rows(self, lines: Sequence[str], start: int = 0, *, final: bool) -> Iterator[Row]:
        """The rows below the header."""
        last = len(lines) - 1
        for row in split(lines, self._delimiter, start, final=final):
            unterminated = row.end > last and not lines[-1].endswith(("\n", "\r"))
            error = row.error or self._misfit(row.cells, unterminated=unterminated)
            yield Row(row.first, row.end, None if error else self._cells(row.cells), error)

    def _cells(self, cells: list[str]) -> dict[str, str]:
        width = len(cells)
        return {name: cells[i] for name, i in self._columns if i < width and cells[i]}

    def _misfit(self, cells: list[str], *, unterminated: bool) -> str:
        # Exporters leave out empty cells at a row's end; a row without its line's end may have lost full ones.
        if len(cells) < self._width and unterminated:
            return f"the row ends after {len(cells)} of {self._width} cells"
        if len(cells) > self._width and any(cells[self._width :]):
            return f"the row has {len(cells)} cells, the header has {self._width}: is a {self._delimiter!r} unquoted?"
        return ""

    def _worth(self, cells: list[str]) -> tuple[int, int]:
        names = {cell.strip() for cell in cells}
        return sum(name in names for name in self._wanted), len(cells)

    def _read_header(self, row: Split) -> None:
        place = row.first + 1
        header = [cell.strip() for cell in row.cells]
        if any("\0" in name for name in header):
            raise SourceError(f"{place}: the header holds NUL bytes: this is no text, or its `encoding` is another")
        if len(header) > MAX_COLUMNS:
            raise SourceError(f"{place}: the header has more than {MAX_COLUMNS:,} columns")
        missing = [f"{place}: {_missing(name, header)}" for name in self._wanted if name not in header]
        twice = [
            f"{place}: column {name!r} appears {header.count(name)} times"
            for name in self._wanted
            if header.count(name) > 1
        ]
        if missing or twice:
            raise SourceError(*missing, *twice)
        names = [name for name in header if name] if self._everything else self._wanted
        self._columns = tuple((name, header.index(name)) for name in dict.fromkeys(names))
        self._width = len(header)


def _missing(name: str, header: Sequence[str]) -> str:
    folded = {column.casefold(): column for column in header if column}
    near = difflib.get_close_matches(name.casefold(), folded, n=1)
    if near:
        return f"no column {name!r}; did you mean {folded[near[0]]!r}?"
    shown = ", ".join(column for column in header[:12] if column)
    return f"no column {name!r}; there are: {shown[:200]}"


def _sentence(error: csv.Error) -> str:
    text = str(error)
    if "unexpected end" in text:
        return "a quote is opened and never closed"
    if "field limit" in text:
        return "a cell is too long: is a quote never closed?"
    if "expected after" in text:
        return "text stands between a closing quote and the next delimiter"
    return f"this is no CSV row: {text}"
