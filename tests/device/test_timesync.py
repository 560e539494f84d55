"""Which clocks can be trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.device.timesync import is_set


@pytest.fixture
def board(tmp_path: Path) -> Path:
    """The files of a board without battery and network."""
    (tmp_path / "proc/device-tree").mkdir(parents=True)
    (tmp_path / "proc/device-tree/model").write_text("Raspberry Pi 4 Model B\0")
    return tmp_path


def _rtc(root: Path, text: str) -> None:
    (root / "sys/class/rtc/rtc0").mkdir(parents=True)
    (root / "sys/class/rtc/rtc0/since_epoch").write_text(text)


def test_a_pc_keeps_time(tmp_path: Path) -> None:
    assert is_set(tmp_path)


def test_a_board_without_a_battery_waits_for_the_network(board: Path) -> None:
    assert not is_set(board)
    (board / "run/systemd/timesync").mkdir(parents=True)
    (board / "run/systemd/timesync/synchronized").touch()
    assert is_set(board)


@pytest.mark.parametrize(("told", "trusted"), [("1795000000\n", True), ("3600\n", False), ("", False), ("?", False)])
def test_a_boards_battery_clock_counts_if_it_tells_a_plausible_time(board: Path, told: str, trusted: bool) -> None:
    _rtc(board, told)
    assert is_set(board) is trusted


def test_this_machine_is_asked_without_harm() -> None:
    assert is_set() in (True, False)
