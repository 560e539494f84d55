"""What an inbox answers to one request; no sockets here."""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from email.message import Message
from http import HTTPStatus
from pathlib import Path
from threading import Event, Lock

from kiosk.clock import Clock
from kiosk.config.source import InboxSource
from kiosk.domain.organisation import Organisation
from kiosk.domain.record import Record
from kiosk.feed.batch import read_batch
from kiosk.feed.delivery import ended
from kiosk.feed.fault import RowError, SourceError
from kiosk.feed.rate import Rate
from kiosk.feed.reading import Deliver, Receipt, RecordsRead
from kiosk.feed.secret import open_to_others, read_secret
from kiosk.feed.shape import Shape

MAX_BODY = 1024 * 1024
LEAST_KEY = 16
"""The shortest key, in characters."""

_BY_LINE = frozenset({"application/x-ndjson", "application/ndjson", "application/jsonl"})
_TYPES = _BY_LINE | {"application/json"}
_TAKEN_S = 10.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, a JSON body, and further headers."""

    status: HTTPStatus
    body: Mapping[str, object]
    headers: Mapping[str, str] = field(default_factory=dict)


def refused(status: HTTPStatus, sentence: str, **headers: str) -> Answer:
    """An answer that says why not."""
    return Answer(status, {"error": sentence}, {name.replace("_", "-"): value for name, value in headers.items()})


class Desk:
    """Checks requests, hands over their records, and words the answers. Used from several threads."""

    def __init__(
        self, source: InboxSource, organisation: Organisation, deliver: Deliver, clock: Clock, stopped: Event
    ) -> None:
        self._source = source
        self._shape = Shape(source.id, source.reading, organisation)
        self._deliver = deliver
        self._clock = clock
        self._stopped = stopped
        self._rate = Rate()
        self._lock = Lock()

    def admit(self, address: str, headers: Message[str, str]) -> Answer | int:
        """Whether a `POST /records` may send its body: its length in bytes, or the refusal."""
        with self._lock:
            allowed = self._rate.allows(address, self._clock.mono_ns())
        if not allowed:
            return refused(HTTPStatus.TOO_MANY_REQUESTS, "too many requests", Retry_After="1")
        if not self._knows(headers.get("Authorization", "")):
            return refused(HTTPStatus.UNAUTHORIZED, "the key is missing or wrong", WWW_Authenticate="Bearer")
        if _media_type(headers) not in _TYPES:
            return refused(
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
                "the Content-Type must be application/json or application/x-ndjson",
            )
        length = headers.get("Content-Length", "")
        if "Transfer-Encoding" in headers or not (length.isascii() and length.isdigit()):
            return refused(HTTPStatus.LENGTH_REQUIRED, "a Content-Length is needed")
        if len(length) > 9 or int(length) > MAX_BODY:
            return refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"a request takes {MAX_BODY // 2**20} MiB at most")
        return int(length)

    def take(self, headers: Message[str, str], body: bytes) -> Answer:
        """Hand over the records in `body`, and answer once they are durable."""
        now = self._clock.wall() if self._clock.trusted else None
        by_line = _media_type(headers) in _BY_LINE
        try:
            records = read_batch(body, by_line=by_line, shape=self._shape, now=now)
        except RowError as error:
            return refused(HTTPStatus.UNPROCESSABLE_ENTITY, f"{error}; nothing was taken")
        if not records:
            return refused(HTTPStatus.UNPROCESSABLE_ENTITY, "there are no records in it")
        receipts = self._receipts(records)
        if receipts is None:
            return refused(HTTPStatus.SERVICE_UNAVAILABLE, "it could not be taken now; send it again", Retry_After="5")
        results = [
            {"key": record.id, "status": receipt.value} for record, receipt in zip(records, receipts, strict=True)
        ]
        return Answer(_status(receipts), {"results": results})

    def trouble(self) -> tuple[str, ...]:
        """What is wrong with the key's file."""
        path = self._source.key_file
        try:
            self._key()
        except SourceError as error:
            return (f"{self._source.id}: {error}; nothing is taken",)
        if open_to_others(path):
            return (f"{self._source.id}: {path.name}: other accounts can read the key: chmod 600 it",)
        return ()

    def _key(self) -> str:
        path: Path = self._source.key_file
        key = read_secret(path)
        if len(key) < LEAST_KEY:
            raise SourceError(f"{path.name}: the key is shorter than {LEAST_KEY} characters")
        return key

    def _knows(self, authorization: str) -> bool:
        scheme, _, told = authorization.partition(" ")
        try:
            key = self._key()
        except SourceError:
            return False
        # Digests have one length, so that the comparison tells nothing about the key's.
        same = hmac.compare_digest(_digest(told.strip()), _digest(key))
        return same and scheme.casefold() == "bearer"

    def _receipts(self, records: Sequence[Record]) -> tuple[Receipt, ...] | None:
        reading = RecordsRead(self._source.id, tuple(records), snapshot=False, whole=True)
        try:
            future = self._deliver(reading)
            if ended(future, self._stopped, _TAKEN_S):
                receipts = future.result()
                return receipts if len(receipts) == len(records) else None
        except CancelledError:
            pass  # nobody takes anything any more, as at the end of the program
        except Exception:
            log.exception("%s: posted records could not be taken", self._source.id)
        return None


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()


def _media_type(headers: Message[str, str]) -> str:
    return headers.get("Content-Type", "").partition(";")[0].strip().casefold()


def _status(receipts: Sequence[Receipt]) -> HTTPStatus:
    if Receipt.CONFLICT in receipts:
        return HTTPStatus.CONFLICT
    if Receipt.WAITING in receipts:
        return HTTPStatus.ACCEPTED
    if all(receipt in {Receipt.DUPLICATE, Receipt.STALE} for receipt in receipts):
        return HTTPStatus.OK
    return HTTPStatus.CREATED
