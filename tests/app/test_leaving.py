"""Told to end at any moment, a kiosk ends well: exit code 0, and a journal that was closed."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from kiosk_process import RULES, KioskProcess

HANGS = """
  - {{id: hangs, type: http, url: "http://127.0.0.1:{port}/", record: deal, key: id, owner: who, time: at}}
players:"""


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[KioskProcess]:
    """One of whose sources takes connections, and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        kiosk = KioskProcess(tmp_path, RULES.replace("\nplayers:", HANGS.format(port=silent.getsockname()[1])))
        kiosk.start()
        yield kiosk
        kiosk.kill()


def closed(kiosk: KioskProcess) -> bool:
    """SQLite removes its log when a file is closed in order."""
    return not (kiosk.folder / "state" / "journal.sqlite-wal").exists()


@pytest.mark.parametrize("moment", ["on screen: cycle:1", "crm: read"])
def test_it_ends_well_though_a_source_hangs(kiosk: KioskProcess, moment: str) -> None:
    kiosk.wait_for(moment, 60)
    assert kiosk.terminate() == 0
    assert closed(kiosk)


def test_it_ends_well_in_the_midst_of_a_celebration(tmp_path: Path) -> None:
    kiosk = KioskProcess(tmp_path)
    kiosk.start()
    kiosk.wait_for_first_load()
    kiosk.append("one")
    kiosk.wait_for("on screen: interrupt:")
    assert kiosk.terminate() == 0
    assert closed(kiosk)


def test_it_ends_well_before_it_shows_anything() -> None:
    told = "import os, signal; from kiosk import cli; cli._leave_when_told(); os.kill(os.getpid(), signal.SIGTERM)"
    ended = subprocess.run([sys.executable, "-c", f"{told}; raise SystemExit(7)"], check=False)
    assert ended.returncode == 0
