"""The whole way, from a row in a file to the screen, in a real process that is really killed."""

from __future__ import annotations

import os
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from kiosk_process import KioskProcess

from kiosk.domain.unlock import unlock_id

KILLS = int(os.environ.get("KIOSK_TEST_KILLS", "50"))


def _unlock(key: str) -> str:
    return unlock_id("deal", "player:ann", f"record:crm:{key}")


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[KioskProcess]:
    kiosk = KioskProcess(tmp_path)
    kiosk.start()
    kiosk.wait_for_first_load()
    yield kiosk
    kiosk.kill()


def test_an_appended_row_becomes_a_celebration_on_the_screen_once(kiosk: KioskProcess) -> None:
    kiosk.append("one")
    assert _unlock("one") in kiosk.wait_for("on screen: interrupt:")
    kiosk.wait_for("on screen: cycle:")
    assert kiosk.terminate() == 0
    assert kiosk.ledger() == {_unlock("one"): ("shown", 1)}


def test_a_row_that_was_there_at_first_is_silent(tmp_path: Path) -> None:
    kiosk = KioskProcess(tmp_path)
    kiosk.append("before")
    kiosk.start()
    kiosk.wait_for_first_load()
    kiosk.append("after")
    assert _unlock("after") in kiosk.wait_for("on screen: interrupt:")
    kiosk.terminate()
    assert set(kiosk.ledger()) == {_unlock("after")}


def test_a_row_appended_while_it_was_off_is_celebrated_at_the_next_start(kiosk: KioskProcess) -> None:
    assert kiosk.terminate() == 0
    kiosk.append("meanwhile")
    kiosk.start()
    assert _unlock("meanwhile") in kiosk.wait_for("on screen: interrupt:")


def test_a_file_that_goes_and_a_broken_row_are_told_and_the_rest_goes_on(kiosk: KioskProcess) -> None:
    with kiosk.deals.open("a") as file:
        file.write("bad,Ann Lee,yesterday,5\n")
    kiosk.append("good")
    assert "deals.csv:2" in kiosk.wait_for("yesterday")
    kiosk.wait_for(f"on screen: interrupt:{_unlock('good')}")
    kept = kiosk.deals.read_text()
    kiosk.deals.unlink()
    kiosk.wait_for("no such file")
    kiosk.deals.write_text(kept)
    kiosk.append("again")
    kiosk.wait_for(f"on screen: interrupt:{_unlock('again')}")


@pytest.mark.slow
def test_killed_at_any_moment_every_win_starts_at_least_once_and_at_most_twice(tmp_path: Path) -> None:
    dice = random.Random(7)
    kiosk = KioskProcess(tmp_path)
    kiosk.start()
    kiosk.wait_for_first_load()
    ids = set()
    for n in range(KILLS):
        kiosk.append(f"deal{n}")
        ids.add(_unlock(f"deal{n}"))
        # From before the row is read until after the win was fully visible.
        time.sleep(dice.uniform(0, 2.9))
        kiosk.kill()
        kiosk.start()
    # Whatever still waits comes first; a place in the cycle's next pass means that nothing waits any more.
    kiosk.wait_for_first_load()
    while "interrupt:" in kiosk.wait_for("on screen: ", 60):
        pass
    while "interrupt:" in kiosk.wait_for("on screen: ", 60):
        pass
    assert kiosk.terminate() == 0
    rows = kiosk.ledger()
    assert set(rows) == ids
    assert all(1 <= starts <= 2 for _, starts in rows.values()), rows
    seen = Counter(re.findall(r"on screen: interrupt:(\w+)", "\n".join(kiosk.logged)))
    assert set(seen) <= ids
    assert max(seen.values()) <= 2
    assert len(seen) >= KILLS - 2, "nearly every start must have reached the screen"
