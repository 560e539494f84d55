"""A config that can't be read is on the screen, until it is mended."""

from __future__ import annotations

from pathlib import Path

from kiosk_process import KioskProcess

CONFIG = "rules: rules.yaml\nstate: state\n"


def test_a_broken_config_is_told_and_a_mended_one_starts_by_itself(tmp_path: Path) -> None:
    kiosk = KioskProcess(tmp_path, config=CONFIG + "shw: {}\n")
    kiosk.start()
    assert 'did you mean "show"' in kiosk.wait_for("config.yaml:3")
    (tmp_path / "config.yaml").write_text(CONFIG)
    kiosk.wait_for("on screen: cycle:1")
    assert kiosk.terminate() == 0


def test_it_leaves_when_told_to(tmp_path: Path) -> None:
    kiosk = KioskProcess(tmp_path, config="rules: nowhere.yaml\n")
    kiosk.start()
    kiosk.wait_for("nowhere.yaml")
    assert kiosk.terminate() == 0
