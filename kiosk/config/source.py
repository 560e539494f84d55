"""Where records and rosters come from, as the rules file names them (docs/rules.md, section 9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class RosterSource:
    """A CSV of players and their teams; several rows of one player mean several teams."""

    id: str
    path: Path
    player: str
    team: str | None = None
    delimiter: str | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a row or item becomes a record: which column (or JSON path) is what.

    Attributes:
        record: the record type it yields.
        fields: the record's field names, each with its column; empty: every column under its own name.
        decimal: the decimal mark of numbers, `.` or `,`.
        time_format: a `strptime` format; None for ISO 8601.
        timezone: of times without offset; None for the organisation's.
        revision: the column of the revision, if there is one.
    """

    record: str
    key: str
    owner: str
    time: str
    fields: Mapping[str, str] = field(default_factory=lambda: _NONE, hash=False)
    decimal: str = "."
    time_format: str | None = None
    timezone: ZoneInfo | None = None
    revision: str | None = None


@dataclass(frozen=True, slots=True)
class CsvSource:
    """A watched CSV file; None for delimiter and encoding means detected."""

    id: str
    path: Path
    reading: Reading
    delimiter: str | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class JsonlSource:
    """A watched file of JSON lines."""

    id: str
    path: Path
    reading: Reading


@dataclass(frozen=True, slots=True)
class HttpSource:
    """A polled URL. `items` is the dotted path of the list in the answer; `cursor` and `next` page through it."""

    id: str
    url: str
    reading: Reading
    every_s: float = 60
    items: str = ""
    cursor: str | None = None
    """The query parameter that takes the next page's cursor."""
    next: str | None = None
    """The dotted path of the next page's cursor in the answer."""
    secret_file: Path | None = None
    """Holds the bearer token."""


@dataclass(frozen=True, slots=True)
class InboxSource:
    """Records posted to this display on the LAN (`POST /records`), each under the key in `key_file`."""

    id: str
    reading: Reading
    key_file: Path
    host: str = "0.0.0.0"  # noqa: S104 - an inbox is for the LAN; the key guards it
    port: int = 8787


RecordSource = CsvSource | JsonlSource | HttpSource | InboxSource
Source = RosterSource | RecordSource
