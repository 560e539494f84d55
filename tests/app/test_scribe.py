"""What the show asks for is written, or kept, and every start is answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kiosk.app import messages
from kiosk.app.scribe import MOST_LINES, Scribe
from kiosk.clock import Clock
from kiosk.journal.error import JournalError
from kiosk.journal.journal import Journal
from kiosk.show.cue import Reason
from kiosk.show.effects import CommitStart, Effect, LogShowing

NOON = datetime(2024, 5, 7, 12, tzinfo=UTC)
LINE = LogShowing("cycle:1", Reason.CYCLE, "leaderboard", "week", (), NOON, 20.0, with_sound=False)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture
def journal() -> Iterator[Journal]:
    journal = Journal(None)
    yield journal
    journal.close()


@pytest.fixture
def told() -> list[messages.Message]:
    return []


@pytest.fixture
def scribe(journal: Journal, told: list[messages.Message]) -> Scribe:
    return Scribe(journal, Clock(), told.append)


def cues(journal: Journal) -> list[str]:
    return [line.cue_key for line in journal.play_log.since(LONG_AGO)]


def read_only(journal: Journal, on: bool) -> None:
    journal._connection.execute(f"PRAGMA query_only = {on}")


def test_a_step_that_can_never_be_written_is_dropped_and_its_start_is_answered(
    scribe: Scribe, journal: Journal, told: list[messages.Message]
) -> None:
    naive = replace(LINE, began=datetime(2024, 5, 7))
    with pytest.raises(ValueError, match="time zone"):
        scribe.write([(naive, CommitStart(("win",), "interrupt:win:1")), (LINE,)])
    assert told == [messages.StartFailed(("win",), "interrupt:win:1")]
    assert cues(journal) == ["cycle:1"]
    assert not scribe.is_behind


def test_what_was_kept_is_tried_at_last_whatever_the_time(scribe: Scribe, journal: Journal) -> None:
    read_only(journal, True)
    with pytest.raises(JournalError):
        scribe.write([(LINE,)])
    read_only(journal, False)
    scribe.write([])
    assert cues(journal) == [], "it is too early to try again"
    scribe.write([], at_last=True)
    assert cues(journal) == ["cycle:1"]


def test_a_disk_that_is_full_for_a_year_does_not_fill_the_memory(scribe: Scribe, journal: Journal) -> None:
    read_only(journal, True)
    lines: list[tuple[Effect, ...]] = [(replace(LINE, cue_key=f"cycle:{n}"),) for n in range(MOST_LINES + 50)]
    with pytest.raises(JournalError):
        scribe.write(lines)
    read_only(journal, False)
    scribe.write([], at_last=True)
    assert cues(journal) == [f"cycle:{n}" for n in range(50, MOST_LINES + 50)]
