"""systemd hears the loop, and nothing else."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.device.watchdog import Watchdog

SECOND = 1_000_000_000


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(5)
        yield listening


def test_it_tells_ready_beats_and_stopping(manager: socket.socket) -> None:
    watchdog = Watchdog(manager.getsockname(), 20)
    watchdog.ready()
    assert manager.recv(100).startswith(b"READY=1")
    watchdog.beat(0)
    assert manager.recv(100) == b"WATCHDOG=1"
    watchdog.stopping()
    assert manager.recv(100) == b"STOPPING=1"


def test_it_beats_at_a_third_of_the_time_that_is_left_to_it(manager: socket.socket) -> None:
    watchdog = Watchdog(manager.getsockname(), 18)
    for now_s in range(19):
        watchdog.beat(now_s * SECOND)
    watchdog.stopping()
    told = list(iter(lambda: manager.recv(100), b"STOPPING=1"))
    assert told == [b"WATCHDOG=1"] * 4


def test_outside_systemd_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    watchdog = Watchdog.of_environment()
    watchdog.ready()
    watchdog.beat(0)
    watchdog.stopping()


def test_a_manager_that_has_gone_or_does_not_read_never_stops_the_loop(manager: socket.socket) -> None:
    watchdog = Watchdog(manager.getsockname(), 0.003)
    for n in range(5000):
        watchdog.beat(n * SECOND)
    manager.close()
    watchdog.beat(10_000 * SECOND)
    watchdog.stopping()


def test_a_manager_that_was_never_there_does_not_keep_the_kiosk_from_starting(tmp_path: Path) -> None:
    watchdog = Watchdog(str(tmp_path / "nobody"), 20)
    watchdog.ready()
    watchdog.beat(0)
    watchdog.stopping()
