"""Records posted over the LAN, to a real port."""

from __future__ import annotations

import http.client
import json
import logging
import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.clock import Clock
from kiosk.config.source import InboxSource, Reading
from kiosk.domain.organisation import Organisation
from kiosk.feed import desk, inbox
from kiosk.feed.inbox import Inbox
from kiosk.feed.rate import BURST, Rate
from kiosk.feed.reading import Feed, Receipt, RecordsRead

KEY = "correct-horse-battery"
COLUMNS = Reading("deal", "id", "owner", "time", {"amount": "amount"})
NOW = datetime(2017, 3, 1, 12, tzinfo=UTC)
Taker = Any
Post = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests needn't wait for the server to look whether it is to stop."""
    monkeypatch.setattr(inbox, "_CHECK_S", 0.01)


@pytest.fixture
def source(tmp_path: Path) -> InboxSource:
    key = tmp_path / "inbox.key"
    key.write_text(KEY + "\n")
    key.chmod(0o600)
    return InboxSource("phone", COLUMNS, key, "127.0.0.1", 0)


@pytest.fixture
def opened(source: InboxSource, organisation: Organisation, taker: Taker, running: Callable[[Feed], Feed]) -> Inbox:
    """An inbox that listens; its clock says noon of 1 March 2017."""
    feed = Inbox(source, organisation, taker, Clock(NOW))
    running(feed)
    wait_for(lambda: feed.port)
    return feed


def wait_for(holds: Callable[[], object]) -> None:
    for _ in range(2_000):
        if holds():
            return
        threading.Event().wait(0.01)
    raise AssertionError("it never held")


@pytest.fixture
def post(opened: Inbox) -> Post:
    def send(
        body: object, *, key: str | None = KEY, kind: str = "application/json", **headers: str
    ) -> tuple[int, dict[str, Any]]:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        connection = http.client.HTTPConnection("127.0.0.1", opened.port or 0, timeout=20)
        named = {"Content-Type": kind} | {name.replace("_", "-"): value for name, value in headers.items()}
        if key is not None:
            named["Authorization"] = f"Bearer {key}"
        try:
            connection.request("POST", "/records", raw, named)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    return send


def deal(key: object, **rest: object) -> dict[str, object]:
    return {"id": key, "owner": "Zoe", "time": "2017-03-01T10:00:00Z", "amount": 5} | rest


def test_an_inbox_begins_with_a_whole_reading_of_nothing(opened: Inbox, taker: Taker) -> None:
    assert taker.readings == [RecordsRead("phone", (), snapshot=False, whole=True)]


def test_an_object_an_array_and_lines_are_taken(post: Post, taker: Taker) -> None:
    assert post(deal("a")) == (201, {"results": [{"key": "a", "status": "created"}]})
    assert post([deal("b"), deal("c")])[0] == 201
    lines = b"\n".join(json.dumps(deal(key)).encode() for key in "de")
    assert post(lines, kind="application/x-ndjson; charset=utf-8")[0] == 201
    assert [record.id for record in taker.records] == ["a", "b", "c", "d", "e"]
    assert not any(reading.snapshot for reading in taker.readings)


@pytest.mark.parametrize(
    ("receipt", "status"),
    [
        (Receipt.CREATED, 201),
        (Receipt.CORRECTED, 201),
        (Receipt.DUPLICATE, 200),
        (Receipt.STALE, 200),
        (Receipt.CONFLICT, 409),
        (Receipt.WAITING, 202),
    ],
)
def test_the_status_says_what_became_of_them(receipt: Receipt, status: int, post: Post, taker: Taker) -> None:
    taker.receipt = receipt
    assert post([deal("a")]) == (status, {"results": [{"key": "a", "status": receipt.value}]})


def test_the_answer_waits_until_the_record_is_durable(post: Post, taker: Taker) -> None:
    taker.held = True
    answers: list[int] = []
    sender = threading.Thread(target=lambda: answers.append(post(deal("a"))[0]))
    sender.start()
    taker.until(lambda t: t.records)
    assert answers == []
    taker.release()
    sender.join(20)
    assert answers == [201]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ([deal("a"), deal("b", time="soon")], "record 2: the time 'soon' is not ISO 8601"),
        (deal("a", time=None), "record 1: it has no time"),
        (deal(""), "record 1: the key, 'id', is empty"),
        (deal("a", time="2017-03-01T12:06:00Z"), "record 1: its time, 2017-03-01T12:06:00+00:00, is in the future"),
        (deal("a", amount=[1]), "record 1: amount is a list, not a single value"),
        (["x"], "record 1: this is no JSON object"),
        (b"{", "this is no JSON"),
        (b"\xff\xfe\xff", "this is no JSON"),
        ([], "there are no records in it"),
        ([deal(n) for n in range(2_001)], "these are 2,001 records; at most 2,000"),
    ],
)
def test_a_bad_item_refuses_the_whole_batch_with_a_sentence(
    body: object, sentence: str, post: Post, taker: Taker
) -> None:
    status, answer = post(body)
    assert status == 422
    assert answer["error"].startswith(sentence)
    assert taker.records == []


def test_a_senders_clock_may_be_a_little_ahead(post: Post) -> None:
    assert post(deal("a", time="2017-03-01T12:04:00Z"))[0] == 201


def test_an_untrusted_clock_refuses_no_time(source: InboxSource, organisation: Organisation, taker: Taker) -> None:
    counter = desk.Desk(source, organisation, taker, Clock(NOW, trusted=False), threading.Event())
    headers = http.client.HTTPMessage()
    headers["Content-Type"] = "application/json"
    assert counter.take(headers, json.dumps(deal("a", time="2030-01-01")).encode()).status == 201


@pytest.mark.parametrize("key", [None, "", "wrong", KEY + "x", "é" * 20, KEY.upper()])
def test_without_the_right_key_nothing_is_taken(key: str | None, post: Post, taker: Taker) -> None:
    assert post(deal("a"), key=None if key is None else key.encode().decode("latin-1"))[0] == 401
    assert taker.records == []


def test_a_changed_key_holds_at_once(post: Post, source: InboxSource) -> None:
    source.key_file.write_text("another-long-key-here")
    assert post(deal("a"))[0] == 401
    assert post(deal("a"), key="another-long-key-here")[0] == 201


def test_a_key_that_is_too_short_lets_nobody_in_and_is_a_fault(post: Post, source: InboxSource, taker: Taker) -> None:
    source.key_file.write_text("short")
    assert post(deal("a"), key="short")[0] == 401
    taker.until(lambda t: t.faults)
    assert taker.faults[0] == ("phone: inbox.key: the key is shorter than 16 characters; nothing is taken",)
    source.key_file.write_text(KEY)
    taker.until(lambda t: t.faults[-1] == ())


def test_a_key_that_others_can_read_is_a_fault(post: Post, source: InboxSource, taker: Taker) -> None:
    source.key_file.chmod(0o644)
    taker.until(lambda t: t.faults)
    assert taker.faults[0] == ("phone: inbox.key: other accounts can read the key: chmod 600 it",)
    assert post(deal("a"))[0] == 201


def test_other_kinds_of_body_are_refused(post: Post) -> None:
    assert post(b"id=1", kind="application/x-www-form-urlencoded")[0] == 415


def test_a_body_that_is_too_large_is_refused_unread(post: Post) -> None:
    assert post(b" " * (desk.MAX_BODY + 1))[0] == 413


def test_a_body_without_a_length_is_refused(post: Post, opened: Inbox) -> None:
    with socket.create_connection(("127.0.0.1", opened.port or 0), 20) as connection:
        connection.sendall(
            f"POST /records HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {KEY}\r\nContent-Type: application/json\r\n"
            "Transfer-Encoding: chunked\r\n\r\n".encode()
        )
        connection.shutdown(socket.SHUT_WR)
        assert connection.makefile("rb").readline().startswith(b"HTTP/1.1 411 ")


def test_curls_expectation_is_met_only_with_the_key(opened: Inbox, taker: Taker) -> None:
    body = json.dumps(deal("a"))

    def first_line(key: str) -> bytes:
        with socket.create_connection(("127.0.0.1", opened.port or 0), 20) as connection:
            connection.sendall(
                f"POST /records HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nExpect: 100-continue\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            )
            with connection.makefile("rb") as answer:
                line = answer.readline()
                if b"100" in line:
                    assert answer.readline() == b"\r\n"
                    connection.sendall(body.encode())
                    return answer.readline()
                return line

    assert first_line(KEY).startswith(b"HTTP/1.1 201 ")
    assert first_line("wrong").startswith(b"HTTP/1.1 401 ")
    assert len(taker.records) == 1


def test_where_nothing_can_be_taken_the_sender_is_told_to_come_again(post: Post, taker: Taker) -> None:
    taker.broken = True
    assert post(deal("a"))[0] == 503
    taker.broken = False
    assert post(deal("a"))[0] == 201


def test_a_deadline_ends_the_wait_for_what_is_never_durable(
    post: Post, taker: Taker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "_TAKEN_S", 0.2)
    taker.held = True
    assert post(deal("a"))[0] == 503


def test_too_many_requests_are_turned_away(post: Post) -> None:
    statuses = [post(deal(n), key="wrong")[0] for n in range(int(BURST) + 40)]
    assert 429 in statuses


def test_the_rate_recovers_and_is_each_addresss_own() -> None:
    rate = Rate()
    assert [rate.allows("a", 0) for _ in range(int(BURST) + 1)][-2:] == [True, False]
    assert rate.allows("b", 0)
    assert rate.allows("a", 1_000_000_000)
    for number in range(1_000):
        rate.allows(f"10.0.0.{number}", 0)
    assert len(rate._buckets) <= 256


def test_more_connections_than_it_serves_are_turned_away(opened: Inbox, post: Post) -> None:
    silent = [socket.create_connection(("127.0.0.1", opened.port or 0), 20) for _ in range(inbox.CONNECTIONS)]
    try:
        with socket.create_connection(("127.0.0.1", opened.port or 0), 20) as late:
            assert late.makefile("rb").readline().startswith(b"HTTP/1.1 503 ")
    finally:
        for connection in silent:
            connection.close()
    wait_for(lambda: get(opened, "/healthz") == 200)


def test_a_connection_that_drips_is_cut(opened: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "LONGEST_S", 0.1)
    with socket.create_connection(("127.0.0.1", opened.port or 0), 20) as connection:
        connection.sendall(b"POST /rec")
        assert connection.recv(100) == b""


def get(opened: Inbox, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", opened.port or 0, timeout=20)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except ConnectionError:
        return 0
    finally:
        connection.close()


def test_health_is_told_and_nothing_else_is_there(opened: Inbox) -> None:
    assert (get(opened, "/healthz"), get(opened, "/records"), get(opened, "/")) == (200, 404, 404)


def test_a_taken_port_is_a_fault(
    source: InboxSource, organisation: Organisation, opened: Inbox, taker: Taker, running: Callable[[Feed], Feed]
) -> None:
    running(Inbox(replace(source, id="second", port=opened.port or 0), organisation, taker, Clock()))
    taker.until(lambda t: t.faults)
    assert taker.faults[0][0].startswith(
        f"second: can't listen on 127.0.0.1 port {opened.port}: Address already in use"
    )


def test_the_key_is_never_logged(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        post(deal("a"))
        post(deal("a"), key="wrong-but-secret")
        post(b"{")
    assert KEY not in caplog.text
    assert "wrong-but-secret" not in caplog.text


def test_stop_closes_the_port(opened: Inbox) -> None:
    port = opened.port
    opened.stop()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port or 0), 20)
