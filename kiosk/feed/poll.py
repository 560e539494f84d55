"""A polled URL: its list of items, asked for again and again, politely."""

from __future__ import annotations

from concurrent.futures import Future

import requests

from kiosk.clock import Clock
from kiosk.config.source import HttpSource
from kiosk.domain.organisation import Organisation
from kiosk.domain.record import Record
from kiosk.feed.backoff import backoff_s
from kiosk.feed.cells import as_cell, at_path
from kiosk.feed.changes import Change, Changes
from kiosk.feed.fault import Faults, RowError, SourceError
from kiosk.feed.json_text import item_cells
from kiosk.feed.page import FetchError, fetch, plain_url
from kiosk.feed.reading import Deliver, FeedFault, Reading, Receipt, RecordsRead
from kiosk.feed.secret import read_secret
from kiosk.feed.shape import Shape
from kiosk.feed.worker import Worker

MAX_PAGES = 200
"""Pages of one poll."""

_LEAST_S = 0.05


class PolledUrl(Worker):
    """Asks an `http` source every `every_s` seconds, and hands over items that are new or changed.

    Each poll that got through ends with a whole reading, even an empty one: a sign of life.
    """

    def __init__(self, source: HttpSource, organisation: Organisation, deliver: Deliver, clock: Clock) -> None:
        super().__init__(source.id, deliver)
        self._source = source
        self._shape = Shape(source.id, source.reading, organisation)
        self._clock = clock
        self._changes = Changes()
        self._etag: str | None = None
        self.faults: tuple[str, ...] = ()
        """What is wrong with the items of the last poll that got through."""

    def work(self) -> None:
        """Ask, hand over, wait."""
        failures = 0
        with _session() as session:
            while True:
                try:
                    self.poll(session)
                except (FetchError, SourceError) as error:
                    failures += 1
                    asked_s = error.wait_s if isinstance(error, FetchError) else 0.0
                    self.delivery.faults((f"{self._source.id}: {error}",), lost=True)
                    self.delivery.pause(max(backoff_s(failures), asked_s))
                    continue
                failures = 0
                self.delivery.faults(self.faults)
                self.delivery.pause(max(self._source.every_s, _LEAST_S))

    def poll(self, session: requests.Session) -> None:
        """Fetch every page, and hand over each one's news before the next: what came is safe if the next fails.

        Raises:
            FetchError: a page can't be had.
            SourceError: the secret can't be read.
        """
        source = self._source
        token = read_secret(source.secret_file) if source.secret_file is not None else None
        snapshot = source.reading.revision is None
        self._changes.begin_reading()
        faults = Faults()
        params: dict[str, str] = {}
        asked = {""}
        for number in range(1, MAX_PAGES + 1):
            page = fetch(session, source.url, params=params, token=token, etag=self._etag, clock=self._clock)
            if not page.changed:
                self.delivery.records((), snapshot=snapshot, whole=True, empty=True)
                return
            items, cursor = self._items(page.body), self._next_cursor(page.body)
            where = "item" if source.cursor is None else f"page {number}, item"
            news = self._news(items, f"{source.id}: {where}", faults)
            self.delivery.records(news, snapshot=snapshot, whole=not cursor, empty=not cursor)
            if not cursor:
                # A tag tells of one page only.
                self._etag = page.etag if source.cursor is None else None
                self.faults = faults.messages()
                return
            if cursor in asked:
                raise FetchError(f"{plain_url(source.url)}: the next page's cursor comes again: it pages in a circle")
            asked.add(cursor)
            params = {source.cursor or "": cursor}
        raise FetchError(f"{plain_url(source.url)}: there are more than {MAX_PAGES} pages")

    def _news(self, items: list[object], place: str, faults: Faults) -> list[Record]:
        """The new and changed records of one page."""
        news = []
        for index, item in enumerate(items, 1):
            try:
                record = self._shape.record(item_cells(item, self._shape.wanted))
            except RowError as error:
                faults.add(f"{place} {index}: {error}")
                continue
            change = Change.SAME if record is None else self._changes.sift(record)
            if change is Change.CLASH:
                faults.add(f"{place} {index}: its key came already, with another content: that stands")
            elif record is not None and change is Change.NEW:
                news.append(record)
        return news

    def _items(self, body: object) -> list[object]:
        items = at_path(body, self._source.items)
        if isinstance(items, list):
            return items
        what = f"{self._source.items!r} in the answer" if self._source.items else "the answer"
        hint = f"; it has {', '.join(list(body)[:8])[:200]}" if isinstance(body, dict) else ""
        raise FetchError(f"{plain_url(self._source.url)}: {what} is no list{hint}: set `items`")

    def _next_cursor(self, body: object) -> str:
        if self._source.cursor is None or self._source.next is None:
            return ""
        try:
            return as_cell(at_path(body, self._source.next), self._source.next)
        except RowError as error:
            raise FetchError(f"{plain_url(self._source.url)}: {error}") from None


def read_url(source: HttpSource, organisation: Organisation) -> tuple[RecordsRead, FeedFault]:
    """All that the URL answers now, and what is wrong with it; what came before a page failed is in there."""
    records: list[Record] = []

    def take(reading: Reading) -> Future[tuple[Receipt, ...]]:
        if isinstance(reading, RecordsRead):
            records.extend(reading.records)
        future: Future[tuple[Receipt, ...]] = Future()
        future.set_result(())
        return future

    feed = PolledUrl(source, organisation, take, Clock())
    try:
        with _session() as session:
            feed.poll(session)
        messages = feed.faults
    except (FetchError, SourceError) as error:
        messages = (f"{source.id}: {error}",)
    read = RecordsRead(source.id, tuple(records), snapshot=source.reading.revision is None, whole=True)
    return read, FeedFault(source.id, messages)


def _session() -> requests.Session:
    session = requests.Session()
    session.max_redirects = 5
    return session
