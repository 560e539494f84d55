"""From a source to its feed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kiosk.config.source import CsvSource, HttpSource, InboxSource, JsonlSource, Reading, RosterSource, Source
from kiosk.domain.organisation import Organisation
from kiosk.feed.make import make_feed

COLUMNS = Reading("deal", "id", "owner", "time")


@pytest.mark.parametrize(
    ("source", "feed"),
    [
        (RosterSource("a", Path("a.csv"), "name"), "RosterFile"),
        (CsvSource("a", Path("a.csv"), COLUMNS), "RecordFile"),
        (JsonlSource("a", Path("a.jsonl"), COLUMNS), "RecordFile"),
        (HttpSource("a", "http://127.0.0.1:9/", COLUMNS), "PolledUrl"),
        (InboxSource("a", COLUMNS, Path("key")), "Inbox"),
    ],
)
def test_each_source_has_its_feed(source: Source, feed: str, organisation: Organisation, taker: Any) -> None:
    made = make_feed(source, organisation, taker)
    assert type(made).__name__ == feed
    made.stop()


def test_a_file_needs_no_network_library() -> None:
    script = (
        "import sys, kiosk.feed.make, kiosk.feed.watch, kiosk.feed.reading\n"
        "print(sorted({'requests', 'http.server', 'urllib3'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
