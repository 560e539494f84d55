"""One file's content, read as it grows: what was parsed is not parsed again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from kiosk.config.source import CsvSource, JsonlSource
from kiosk.domain.organisation import Organisation
from kiosk.domain.record import Record
from kiosk.feed.changes import Change, Changes
from kiosk.feed.csv_text import CsvText
from kiosk.feed.encoding import Lines, lines_of, plain_bytes
from kiosk.feed.fault import Faults, RowError, SourceError, excerpt
from kiosk.feed.json_text import JsonlText
from kiosk.feed.row import Row
from kiosk.feed.shape import Shape


class Document:
    """The records of one file, and what is wrong with its rows.

    Where the file still begins with exactly what was read before, only the rest is parsed; else all of it is. Bytes
    are compared by their hash, all of them: an office program that saves a file anew may have changed any row.

    Attributes:
        skipped: rows whose time is empty.
        pending: a last row waits for its line's end (or for `final`).
    """

    def __init__(self, source: CsvSource | JsonlSource, organisation: Organisation) -> None:
        self._name = source.path.name
        self._encoding = source.encoding if isinstance(source, CsvSource) else None
        self._shape = Shape(source.id, source.reading, organisation)
        self._text: CsvText | JsonlText
        if isinstance(source, CsvSource):
            everything = self._shape.wanted is None
            self._text = CsvText(self._shape.required, source.delimiter, everything=everything)
        else:
            self._text = JsonlText(self._shape.wanted)
        self._time = source.reading.time
        self._changes = Changes()
        self._offset = 0
        """Bytes parsed for good; 0 where the next reading must start anew."""
        self._begin()

    def read(self, data: bytes, *, final: bool) -> Iterator[Record]:
        """Records that are new or changed since the last call, in the file's order; to be taken to the end.

        Args:
            data: the whole content.
            final: nobody is writing: a last row without its line's end counts too.

        Raises:
            SourceError: nothing can be read; what was read before stands.
        """
        try:
            if self._grew(data):
                yield from self._added(data, lines_of(data[self._offset :], self._codec), 0, final=final)
            else:
                yield from self._from_start(data, final=final)
        except SourceError as error:
            self._offset = 0
            raise SourceError(*(placed(self._name, message) for message in error.messages)) from None

    def faults(self) -> tuple[str, ...]:
        """What is wrong with rows of the present content, with their places; not too many."""
        if self.skipped and self.skipped == self._rows:
            return (*self._faults.messages(), f"{self._name}: no row has a time in {self._time!r}")
        return self._faults.messages()

    def _begin(self) -> None:
        self.skipped = 0
        self.pending = False
        self._rows = 0
        self._faults = Faults()
        self._codec: str | None = None
        self._line = 0
        self._offset = 0
        self._prefix = hashlib.blake2b()
        """Of those bytes."""

    def _grew(self, data: bytes) -> bool:
        if not self._offset or len(data) < self._offset:
            return False
        return hashlib.blake2b(memoryview(data)[: self._offset]).digest() == self._prefix.digest()

    def _from_start(self, data: bytes, *, final: bool) -> Iterator[Record]:
        self._begin()
        body, mark, self._codec = plain_bytes(data, self._encoding)
        lines = lines_of(body, self._codec)
        header = self._text.begin(lines.texts, final=final)
        if header is None:
            self.pending = True
            return
        self._changes.begin_reading()
        yield from self._added(data, lines, header, final=final, mark=mark)
        if mark < 0:
            self._offset = 0  # bytes can't be told apart by line: each reading starts anew

    def _added(self, data: bytes, lines: Lines, start: int, *, final: bool, mark: int = 0) -> Iterator[Record]:
        """Parse `lines`, that follow what was parsed for good, from `start` on."""
        done = start
        for row in self._text.rows(lines.texts, start, final=final):
            done = row.end
            record = self._record(row)
            if record is not None:
                yield record
        while done < len(lines.texts) and lines.texts[done].isspace() and lines.texts[done].endswith("\n"):
            done += 1
        for index in lines.broken:
            if index < done:
                self._fault(index, f"it holds bytes that are not {self._codec}; they are read as �")
        self.pending = done < len(lines.texts) and not final
        if final and lines.texts and not lines.texts[-1].endswith("\n"):
            self._offset = 0  # that last row may yet grow
            return
        parsed = self._offset + max(mark, 0) + sum(lines.sizes[:done])
        self._prefix.update(memoryview(data)[self._offset : parsed])
        self._offset = parsed
        self._line += done

    def _record(self, row: Row) -> Record | None:
        """The record of `row` if it is news."""
        if row.cells is None:
            self._fault(row.first, row.error)
            return None
        self._rows += 1
        try:
            record = self._shape.record(row.cells)
        except RowError as error:
            self._fault(row.first, str(error))
            return None
        if record is None:
            self.skipped += 1
            return None
        change = self._changes.sift(record)
        if change is Change.CLASH:
            self._fault(row.first, f"the key {excerpt(record.id)} is there already, with another content: that stands")
        return record if change is Change.NEW else None

    def _fault(self, index: int, sentence: str) -> None:
        self._faults.add(f"{self._name}:{self._line + index + 1}: {sentence}")


def placed(name: str, sentence: str) -> str:
    """`sentence`, which may begin with its line, behind the name of its file."""
    return f"{name}:{sentence}" if sentence[:1].isdigit() else f"{name}: {sentence}"
