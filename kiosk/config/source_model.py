"""The sources section: rosters and record sources."""

from __future__ import annotations

import codecs
import re
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field

from kiosk.config.assets import file
from kiosk.config.fields import FilePath, FilledText, Id, filled_text, said, text, whole, word_of
from kiosk.config.organisation import Zone
from kiosk.config.people import Ids
from kiosk.config.problem import Report
from kiosk.config.section import Item, Strict
from kiosk.config.source import CsvSource, HttpSource, InboxSource, JsonlSource, Reading, RosterSource, Source
from kiosk.config.times import duration
from kiosk.config.wording import quoted

_YEAR = re.compile(r"%[YycxG]")
_SAMPLE = datetime(2017, 3, 14, 15, 9)  # noqa: DTZ001 - only its way through a format is of interest


def _delimiter(value: Any) -> str:
    read = text(value)
    if read in {"\\t", "tab"}:
        return "\t"
    if len(read) != 1 or read.isalnum() or read in '"\r\n.':
        raise said(f'must be one character such as ";" or "\\t", not {quoted(read)}')
    return read


def _encoding(value: Any) -> str:
    read = filled_text(value)
    try:
        if "x".encode(read).decode(read) == "x":
            return codecs.lookup(read).name
    except (LookupError, ValueError, UnicodeError):
        pass
    raise said(f"no encoding {quoted(read)}: such as utf-8, cp1252 or utf-16")


def _time_format(value: Any) -> str:
    read = filled_text(value)
    problem = said(f"{quoted(read)} can't read a date: day, month and year are needed, such as %d.%m.%Y %H:%M")
    if not _YEAR.search(read):
        raise problem
    try:
        back = datetime.strptime(_SAMPLE.strftime(read), read)  # noqa: DTZ007
    except (ValueError, re.error):
        raise problem from None
    if back.date() != _SAMPLE.date():
        raise problem
    return read


def _url(value: Any) -> str:
    read = filled_text(value)
    try:
        parts = urlsplit(read)
        well = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        well = False
    if not well or not read.isprintable() or " " in read:
        raise said(f"{quoted(read)} is no address such as https://example.org/deals")
    return read


Encoding = Annotated[str | None, BeforeValidator(_encoding)]
Delimiter = Annotated[str | None, BeforeValidator(_delimiter)]


class RosterModel(Strict):
    """A CSV of players and their teams."""

    id: Id
    type: Literal["roster"]
    path: FilePath
    player: FilledText
    team: FilledText | None = None
    delimiter: Delimiter = None
    encoding: Encoding = None

    def build(self, item: Item[Any], folder: Path, report: Report) -> Source:
        """The source, its path absolute."""
        path = file(self.path, folder, item.at("path"), report)
        return RosterSource(self.id, path, self.player, self.team, self.delimiter, self.encoding)


class ReadingModel(Strict):
    """The keys that every record source has: which column, or JSON path, is what."""

    id: Id
    record: Id
    key: FilledText
    owner: FilledText
    time: FilledText
    fields: dict[FilledText, FilledText] = {}  # noqa: RUF012 - pydantic copies it
    decimal: Annotated[Literal[".", ","], word_of((".", ","))] = "."
    time_format: Annotated[str | None, BeforeValidator(_time_format)] = None
    timezone: Zone | None = None
    revision: FilledText | None = None

    def reading(self) -> Reading:
        """How a row becomes a record."""
        zone: ZoneInfo | None = self.timezone
        return Reading(
            record=self.record,
            key=self.key,
            owner=self.owner,
            time=self.time,
            fields=MappingProxyType(dict(self.fields)),
            decimal=self.decimal,
            time_format=self.time_format,
            timezone=zone,
            revision=self.revision,
        )


class CsvModel(ReadingModel):
    """A watched CSV file."""

    type: Literal["csv"]
    path: FilePath
    delimiter: Delimiter = None
    encoding: Encoding = None

    def build(self, item: Item[Any], folder: Path, report: Report) -> Source:
        """The source, its path absolute."""
        if self.delimiter == self.decimal == ",":
            report.error(item.at("decimal"), "can't be the delimiter too")
        path = file(self.path, folder, item.at("path"), report)
        return CsvSource(self.id, path, self.reading(), self.delimiter, self.encoding)


class JsonlModel(ReadingModel):
    """A watched file of JSON lines."""

    type: Literal["jsonl"]
    path: FilePath

    def build(self, item: Item[Any], folder: Path, report: Report) -> Source:
        """The source, its path absolute."""
        return JsonlSource(self.id, file(self.path, folder, item.at("path"), report), self.reading())


class HttpModel(ReadingModel):
    """A polled URL."""

    type: Literal["http"]
    url: Annotated[str, BeforeValidator(_url)]
    every_s: Annotated[float, duration(1, 86400)] = 60
    items: FilledText = ""
    cursor: FilledText | None = None
    next: FilledText | None = None
    secret_file: FilePath | None = None

    def build(self, item: Item[Any], folder: Path, report: Report) -> Source:
        """The source, the path of its secret absolute."""
        for one, other in (("cursor", self.next), ("next", self.cursor)):
            if getattr(self, one) is not None and other is None:
                report.error(item.at(one), "paging needs both cursor and next")
        secret = self.secret_file and file(self.secret_file, folder, item.at("secret_file"), report)
        return HttpSource(
            id=self.id,
            url=self.url,
            reading=self.reading(),
            every_s=self.every_s,
            items=self.items,
            cursor=self.cursor,
            next=self.next,
            secret_file=secret or None,
        )


class InboxModel(ReadingModel):
    """Records posted to this display."""

    type: Literal["inbox"]
    key_file: FilePath
    host: FilledText = "0.0.0.0"  # noqa: S104 - as InboxSource
    port: Annotated[int, whole(1, 65535)] = 8787

    def build(self, item: Item[Any], folder: Path, report: Report) -> Source:
        """The source, the path of its key absolute."""
        key_file = file(self.key_file, folder, item.at("key_file"), report)
        return InboxSource(self.id, self.reading(), key_file, self.host, self.port)


SourceModel = Annotated[RosterModel | CsvModel | JsonlModel | HttpModel | InboxModel, Field(discriminator="type")]
AnySource = RosterModel | CsvModel | JsonlModel | HttpModel | InboxModel


def build_sources(items: tuple[Item[AnySource], ...], folder: Path, report: Report) -> tuple[Source, ...]:
    """The sources in the order of the file; ids are unique, and no two inboxes share a port."""
    ids = Ids(report)
    ports: dict[int, str] = {}
    sources = []
    for item in items:
        ids.take(item, item.value.id)
        source = item.value.build(item, folder, report)
        if isinstance(source, InboxSource):
            other = ports.setdefault(source.port, source.id)
            if other != source.id:
                report.error(item.at("port"), f"the inbox {quoted(other)} already listens on port {source.port}")
        sources.append(source)
    return tuple(sources)
