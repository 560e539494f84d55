"""Polled URLs, asked over real sockets."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from kiosk.clock import Clock
from kiosk.config.source import HttpSource, Reading
from kiosk.domain.organisation import Organisation
from kiosk.feed import page
from kiosk.feed.backoff import asked_wait_s, backoff_s
from kiosk.feed.poll import PolledUrl
from kiosk.feed.reading import Feed

COLUMNS = Reading("deal", "id", "owner", "time", {"amount": "amount"})
Taker = Any
Run = Callable[[Feed], Feed]


@dataclass
class Crm:
    """A server whose answers a test sets; it keeps what it was asked."""

    answer: Callable[[str, dict[str, str], Message], tuple[int, dict[str, str], bytes]]
    asked: list[tuple[str, Message]] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def serve() -> Iterator[Callable[[Any], Crm]]:
    servers: list[ThreadingHTTPServer] = []

    def run(answer: Any) -> Crm:
        crm = Crm(answer)

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                crm.asked.append((self.path, self.headers))
                parts = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                status, headers, body = crm.answer(parts.path, query, self.headers)
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        servers.append(server)
        crm.url = f"http://127.0.0.1:{server.server_address[1]}/deals"
        return crm

    yield run
    for server in servers:
        server.shutdown()
        server.server_close()


def deal(key: int, amount: object = 5) -> dict[str, object]:
    return {"id": key, "owner": "Zoe", "time": "2017-03-01", "amount": amount}


def body(value: object) -> tuple[int, dict[str, str], bytes]:
    return 200, {}, json.dumps(value).encode()


@pytest.fixture
def poll(organisation: Organisation, running: Run, taker: Taker) -> Callable[..., Feed]:
    def make(url: str, **rest: Any) -> Feed:
        source = HttpSource("crm", url, rest.pop("reading", COLUMNS), rest.pop("every_s", 0.05), **rest)
        return running(PolledUrl(source, organisation, taker, Clock()))

    return make


def test_new_and_changed_items_are_given(serve: Any, poll: Callable[..., Feed], taker: Taker) -> None:
    crm = serve(lambda *_: body({"data": {"deals": [deal(1), deal(2)]}}))
    poll(crm.url, items="data.deals")
    taker.until(lambda t: t.whole)
    crm.answer = lambda *_: body({"data": {"deals": [deal(1), deal(2, "7.50"), deal(3)]}})
    taker.until(lambda t: "3" in t.amounts)
    assert [record.id for record in taker.records] == ["1", "2", "2", "3"]
    assert taker.amounts["2"] == "7.50"
    assert taker.readings[0].snapshot


def test_numbers_keep_their_text(serve: Any, poll: Callable[..., Feed], taker: Taker) -> None:
    crm = serve(lambda *_: (200, {}, b'[{"id": 1, "owner": "Zoe", "time": "2017-03-01", "amount": 10.10}]'))
    poll(crm.url)
    taker.until(lambda t: t.whole)
    assert taker.amounts == {"1": "10.10"}


def test_items_with_revisions_are_no_snapshot(serve: Any, poll: Callable[..., Feed], taker: Taker) -> None:
    crm = serve(lambda *_: body([deal(1) | {"rev": 4}]))
    poll(crm.url, reading=Reading("deal", "id", "owner", "time", revision="rev"))
    taker.until(lambda t: t.whole)
    assert not taker.readings[0].snapshot
    assert taker.records[0].revision == 4


def test_pages_are_followed_to_the_last(serve: Any, poll: Callable[..., Feed], taker: Taker) -> None:
    pages = {"": ([deal(1)], "b"), "b": ([deal(2)], 3), "3": ([deal(3)], None)}

    def answer(path: str, query: dict[str, str], headers: Message) -> tuple[int, dict[str, str], bytes]:
        items, following = pages[query.get("after", "")]
        return body({"items": items, "paging": {"next": following}})

    crm = serve(answer)
    poll(crm.url + "?size=1", items="items", cursor="after", next="paging.next", every_s=60)
    taker.until(lambda t: t.whole)
    assert [record.id for record in taker.records] == ["1", "2", "3"]
    assert [path for path, _ in crm.asked] == ["/deals?size=1", "/deals?size=1&after=b", "/deals?size=1&after=3"]


def test_a_page_that_fails_loses_nothing_of_the_others(serve: Any, poll: Callable[..., Feed], taker: Taker) -> None:
    def broken(path: str, query: dict[str, str], headers: Message) -> tuple[int, dict[str, str], bytes]:
        return body({"items": [deal(1)], "next": "b"}) if not query else (500, {}, b"")

    crm = serve(broken)
    poll(crm.url, items="items", cursor="after", next="next")
    taker.until(lambda t: t.faults)
    assert taker.whole == 0
    crm.answer = lambda *_: body({"items": [deal(1), deal(2)], "next": ""})
    taker.until(lambda t: t.whole)
    assert [record.id for record in taker.records] == ["1", "2"]


def test_paging_in_a_circle_is_a_fault(serve: Any, poll: Callable[..., Feed], taker: Taker) -> None:
    crm = serve(lambda *_: body({"items": [deal(1)], "next": "b"}))
    poll(crm.url, items="items", cursor="after", next="next")
    taker.until(lambda t: t.faults)
    assert taker.faults[0][0].endswith("it pages in a circle")


def test_an_unchanged_answer_is_not_sent_again(serve: Any, poll: Callable[..., Feed], taker: Taker) -> None:
    def answer(path: str, query: dict[str, str], headers: Message) -> tuple[int, dict[str, str], bytes]:
        if headers["If-None-Match"] == '"v1"':
            return 304, {"Content-Length": "0"}, b""
        return 200, {"ETag": '"v1"'}, json.dumps([deal(1)]).encode()

    crm = serve(answer)
    poll(crm.url)
    taker.until(lambda t: t.whole >= 3)
    assert len(taker.records) == 1
    assert [headers["If-None-Match"] for _, headers in crm.asked][:3] == [None, '"v1"', '"v1"']


def test_the_secret_is_read_anew_and_told_to_nobody(
    serve: Any, poll: Callable[..., Feed], taker: Taker, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def answer(path: str, query: dict[str, str], headers: Message) -> tuple[int, dict[str, str], bytes]:
        return body([deal(1)]) if headers["Authorization"] == "Bearer right-one" else (401, {}, b"")

    secret = tmp_path / "token.txt"
    secret.write_text("wrong-one\n")
    crm = serve(answer)
    with caplog.at_level(logging.DEBUG):
        poll(crm.url + "?key=hush", secret_file=secret)
        taker.until(lambda t: t.faults)
        secret.write_text("right-one\n")
        taker.until(lambda t: t.whole)
    told = "\n".join(record.getMessage() for record in caplog.records) + str(taker.faults)
    assert taker.faults[0] == (f"crm: {crm.url}: the server answered 401: is the secret right?",)
    assert not any(word in told for word in ("wrong-one", "right-one", "hush"))


def test_a_missing_secret_is_a_fault(poll: Callable[..., Feed], taker: Taker, tmp_path: Path) -> None:
    poll("http://127.0.0.1:9/deals", secret_file=tmp_path / "token.txt")
    taker.until(lambda t: t.faults)
    assert taker.faults[0] == ("crm: token.txt: the secret can't be read (No such file or directory)",)


def test_the_secret_stays_with_its_host(serve: Any, poll: Callable[..., Feed], taker: Taker, tmp_path: Path) -> None:
    elsewhere = serve(lambda *_: body([deal(1)]))
    crm = serve(lambda *_: (302, {"Location": elsewhere.url}, b""))
    (tmp_path / "token.txt").write_text("secret-secret")
    poll(crm.url, secret_file=tmp_path / "token.txt")
    taker.until(lambda t: t.whole)
    assert crm.asked[0][1]["Authorization"] == "Bearer secret-secret"
    assert elsewhere.asked[0][1]["Authorization"] is None


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ((500, {}, b""), "the server answered 500"),
        ((404, {}, b""), "the server answered 404: is the path right?"),
        ((200, {}, b"<html>"), "this is no JSON: Expecting value at character 1"),
        ((200, {}, b'{"deals": []}'), "the answer is no list; it has deals: set `items`"),
        ((200, {}, b"[" * 100_000), "this JSON is nested too deeply"),
        ((200, {"Content-Encoding": "gzip"}, b"no gzip"), "the answer broke off"),
        ((200, {"Content-Length": "500"}, b"[]"), "the answer broke off"),
        ((302, {"Location": "/deals"}, b""), "it only redirects"),
        ((302, {"Location": "ftp://x/"}, b""), "this is no http or https URL"),
    ],
)
def test_an_answer_that_does_not_help_is_a_fault(
    answer: tuple[int, dict[str, str], bytes], fault: str, serve: Any, poll: Callable[..., Feed], taker: Taker
) -> None:
    crm = serve(lambda *_: answer)
    poll(crm.url + "?token=hush")
    taker.until(lambda t: t.faults)
    assert taker.faults[0] == (f"crm: {crm.url}: {fault}",)


def test_an_answer_without_end_is_cut(
    serve: Any, poll: Callable[..., Feed], taker: Taker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "MAX_BYTES", 1024 * 1024)
    crm = serve(lambda *_: (200, {}, b" " * (1024 * 1024 + 1)))
    poll(crm.url)
    taker.until(lambda t: t.faults)
    assert "larger than 1 MiB" in taker.faults[0][0]


def test_nobody_there_is_a_fault_that_ends(serve: Any, poll: Callable[..., Feed], taker: Taker) -> None:
    poll("http://127.0.0.1:9/deals?token=hush")
    taker.until(lambda t: t.faults)
    assert taker.faults == [("crm: http://127.0.0.1:9/deals: no connection",)]


def test_a_broken_item_is_a_fault_and_the_rest_goes_on(serve: Any, poll: Callable[..., Feed], taker: Taker) -> None:
    crm = serve(lambda *_: body([deal(1), "x", deal(2) | {"time": "soon"}, deal(3) | {"time": None}, deal(1, 6)]))
    poll(crm.url)
    taker.until(lambda t: t.faults)
    assert [record.id for record in taker.records] == ["1"]
    assert [message.split(":")[1] for message in taker.faults[0]] == [" item 2", " item 3", " item 5"]


def test_stop_returns_while_a_server_says_nothing(serve: Any, organisation: Organisation, taker: Taker) -> None:
    asked, leave = threading.Event(), threading.Event()

    def silent(*_: object) -> tuple[int, dict[str, str], bytes]:
        asked.set()
        leave.wait(20)
        return body([deal(1)])

    crm = serve(silent)
    feed = PolledUrl(HttpSource("crm", crm.url, COLUMNS), organisation, taker, Clock())
    feed.start()
    assert asked.wait(20)
    feed.stop()
    leave.set()
    for thread in threading.enumerate():
        if thread.name == "feed crm":
            thread.join(20)
    assert taker.readings == []


def test_the_wait_doubles_and_is_shared_out_by_chance() -> None:
    assert [backoff_s(failures, 1.0) for failures in (1, 2, 3, 20, 5_000)] == [2.0, 4.0, 8.0, 300.0, 300.0]
    assert backoff_s(5, 0.0) == 0.25
    assert all(0.25 <= backoff_s(3) <= 8.0 for _ in range(50))


def test_what_a_server_asks_for_is_waited() -> None:
    now = datetime(2017, 3, 1, 12, tzinfo=UTC)
    assert asked_wait_s("120", now) == 120
    assert asked_wait_s("Wed, 01 Mar 2017 12:01:00 GMT", now) == 60
    assert asked_wait_s("Wed, 01 Mar 2017 11:00:00 GMT", now) == 0
    assert asked_wait_s("9" * 400, now) == 3_600
    assert asked_wait_s("soon", now) == asked_wait_s(None, now) == asked_wait_s("Wed, 01 Mar 2017 12:01:00", now) == 0
