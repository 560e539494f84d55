"""The whole way, from a row in a file to the screen, in a real process that is really killed."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kiosk_process import KioskProcess

from kiosk.domain.unlock import unlock_id

KILLS = 50


def _wait_until(condition: Callable[[], bool], what: str, timeout_s: float = 60) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.05)


def _unlock(key: str) -> str:
    return unlock_id("deal", "player:ann", f"record:crm:{key}")


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[KioskProcess]:
    kiosk = KioskProcess(tmp_path)
    yield kiosk
    kiosk.terminate()


def test_an_appended_row_becomes_a_celebration_on_the_screen(kiosk: KioskProcess) -> None:
    kiosk.start()
    kiosk.wait_for_first_load()
    kiosk.append("one")
    assert _unlock("one") in kiosk.wait_for("on screen: interrupt:")
    _wait_until(lambda: kiosk.ledger().get(_unlock("one")) == ("shown", 1), "shown once")


def test_rows_that_were_there_at_first_are_silent_and_later_ones_are_not(kiosk: KioskProcess) -> None:
    kiosk.append("before")
    kiosk.start()
    kiosk.wait_for_first_load()
    kiosk.append("after")
    assert _unlock("after") in kiosk.wait_for("on screen: interrupt:")
    assert set(kiosk.ledger()) <= {_unlock("after")}


def test_a_row_appended_while_it_was_off_is_celebrated_at_the_next_start(kiosk: KioskProcess) -> None:
    kiosk.start()
    kiosk.wait_for_first_load()
    kiosk.append("first")
    kiosk.wait_for("on screen: interrupt:")
    assert kiosk.terminate() == 0
    kiosk.append("meanwhile")
    kiosk.start()
    assert _unlock("meanwhile") in kiosk.wait_for(f"interrupt:{_unlock('meanwhile')}")


@pytest.mark.slow
def test_killed_at_any_moment_every_win_starts_at_least_once_and_at_most_twice(tmp_path: Path) -> None:
    dice = random.Random(7)
    kiosk = KioskProcess(tmp_path)
    kiosk.start()
    kiosk.wait_for_first_load()
    keys = []
    for n in range(KILLS):
        keys.append(f"deal{n}")
        kiosk.append(keys[-1])
        time.sleep(dice.uniform(0, 2.9))
        kiosk.kill()
        kiosk.start()
    ids = {_unlock(key) for key in keys}
    _wait_until(
        lambda: (rows := kiosk.ledger()).keys() >= ids and all(rows[i][0] == "shown" or rows[i][1] == 2 for i in ids),
        "every win shown",
        240,
    )
    assert kiosk.terminate() == 0
    rows = kiosk.ledger()
    assert set(rows) == ids
    assert all(1 <= starts <= 2 for _, starts in rows.values())
    seen = Counter(re.findall(r"on screen: interrupt:(\w+)", "\n".join(kiosk.logged)))
    assert set(seen) <= ids
    assert all(times <= 2 for times in seen.values())
