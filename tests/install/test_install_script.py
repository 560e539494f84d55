import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kiosk.assets import asset

ROOT = Path(__file__).parents[2]
INSTALLER = ROOT / "install.sh"
UNIT = asset("").parent / "systemd" / "kiosk.service"


def run(*arguments: str, at: Path = INSTALLER) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", at, *arguments], capture_output=True, text=True, check=False, timeout=30)


def settings(key: str) -> list[str]:
    return re.findall(rf"^{key}=(.*)$", UNIT.read_text(), re.MULTILINE)


def test_help_tells_how_and_changes_nothing() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: install.sh [--no-start] [PACKAGE]")


def test_an_unknown_option_is_refused_before_anything_is_done() -> None:
    done = run("--now")
    assert done.returncode == 1
    assert "unknown option --now" in done.stderr


def test_alone_without_the_files_it_came_with_it_says_so(tmp_path: Path) -> None:
    alone = Path(shutil.copy(INSTALLER, tmp_path))
    done = run("nothing.whl", at=alone)
    assert done.returncode == 1
    assert "needs root" in done.stderr or "the files that it came with" in done.stderr


def test_unit_and_installer_agree_on_groups_and_places() -> None:
    script = dict(re.findall(r'^readonly (\w+)="?([^"\n]*)"?$', INSTALLER.read_text(), re.MULTILINE))
    assert settings("SupplementaryGroups") == [script["GROUPS_NEEDED"]]
    assert settings("User") == [script["KIOSK_USER"]]
    (start,) = settings("ExecStart")
    assert start == f"{script['HOME_DIR']}/bin/kiosk run --config {script['CONFIG_DIR']}/config.yaml"
    assert "XDG_STATE_HOME=/var/lib" in settings("Environment")
    assert settings("StateDirectory") == [Path(script["STATE_DIR"]).name]


def test_the_unit_restarts_whatever_happens_and_is_watched() -> None:
    assert settings("Type") == ["notify"]
    assert settings("Restart") == ["always"]
    assert settings("StartLimitIntervalSec") == ["0"]
    assert int(settings("WatchdogSec")[0]) <= 30


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    text = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", UNIT.read_text(), flags=re.MULTILINE)
    unit = tmp_path / UNIT.name
    unit.write_text(text)
    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
