"""docs/sources.md says what is so."""

from __future__ import annotations

import http.client
import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from kiosk.clock import Clock
from kiosk.config.load import load_rules
from kiosk.config.source import InboxSource
from kiosk.domain.organisation import Organisation
from kiosk.feed import batch, cells, content, csv_text, desk, inbox, page, poll, rate, shape
from kiosk.feed.inbox import Inbox
from kiosk.feed.reading import Feed, Receipt

PAGE = (Path(__file__).parents[2] / "docs" / "sources.md").read_text()
NOON = datetime(2026, 3, 1, 13, 5, tzinfo=UTC)
"""When the example's call ended."""

EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def test_every_example_is_a_rules_file_that_loads(tmp_path: Path) -> None:
    types = set()
    for example in EXAMPLES:
        text = "organisation: {name: Acme, timezone: Europe/Berlin}\n" + example
        (tmp_path / "rules.yaml").write_text(text)
        (source,) = load_rules(tmp_path / "rules.yaml").sources
        types.add(yaml.safe_load(example)["sources"][0]["type"])
        assert source.id
    assert types == {"roster", "csv", "jsonl", "http", "inbox"}


def test_every_limit_is_the_one_in_the_code() -> None:
    limits = dict(re.findall(r"^\| (\S.*?) \| (.*\d.*) \|$", PAGE.partition("## Limits")[2], re.MULTILINE))
    numbers = {what: [int(n.replace(",", "")) for n in re.findall(r"[\d,]*\d", most)] for what, most in limits.items()}
    assert numbers == {
        "a file": [content.MAX_BYTES // 2**20],
        "an answer of a URL": [page.MAX_BYTES // 2**20, poll.MAX_PAGES, page.WHOLE_S],
        "a request to an inbox": [
            desk.MAX_BODY // 2**20,
            batch.MAX_ITEMS,
            inbox.CONNECTIONS,
            rate.PER_SECOND,
            rate.BURST,
        ],
        "a cell": [cells.MAX_CELL],
        "a key, an owner, a player's or team's name": [shape.MAX_NAME],
        "columns, or values of a JSON item without `fields`": [csv_text.MAX_COLUMNS, cells.MAX_KEYS],
    }


def test_every_receipt_is_explained() -> None:
    assert all(f"`{receipt.value}`" in PAGE for receipt in Receipt)


@pytest.mark.parametrize("status", ["200", "201", "202", "401", "409", "411", "413", "415", "422", "429", "503"])
def test_every_status_is_explained(status: str) -> None:
    assert re.search(rf"^\| [\d, ]*\b{status}\b", PAGE, re.MULTILINE)


def test_the_example_of_a_post_works(
    tmp_path: Path, organisation: Organisation, taker: Any, running: Callable[[Feed], Feed]
) -> None:
    (tmp_path / "rules.yaml").write_text(
        "organisation: {name: Acme, timezone: Europe/Berlin}\n" + next(e for e in EXAMPLES if "inbox" in e)
    )
    (source,) = load_rules(tmp_path / "rules.yaml").sources
    assert isinstance(source, InboxSource)
    key = tmp_path / "inbox.key"
    key.write_text("correct-horse-battery\n")
    feed = Inbox(InboxSource(source.id, source.reading, key, "127.0.0.1", 0), organisation, taker, Clock(NOON))
    running(feed)
    taker.until(lambda t: t.readings)
    while feed.port is None:
        threading.Event().wait(0.01)
    body = re.search(r"-d '(.*)'", PAGE)
    answer = re.search(r"```json\n(.*)\n```", PAGE)
    assert body is not None
    assert answer is not None
    connection = http.client.HTTPConnection("127.0.0.1", feed.port, timeout=20)
    headers = {"Authorization": "Bearer correct-horse-battery", "Content-Type": "application/json"}
    connection.request("POST", "/records", body[1], headers)
    reply = connection.getresponse()
    assert (reply.status, reply.read().decode().strip()) == (201, answer[1])
    connection.close()
    (record,) = taker.records
    assert (record.owner, dict(record.fields)) == ("Zoe Ann", {"seconds": "310"})
