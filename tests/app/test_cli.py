"""The command line as its users meet it: clear sentences, right exit codes, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pygame
import pytest

from kiosk.cli import main

CRM = Path(__file__).resolve().parents[1] / "data" / "crm"


def _kiosk(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"}}
    command = [sys.executable, "-m", "kiosk", *args]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**clean, **env}, timeout=60)


def test_a_demo_without_a_screen_says_so_in_one_sentence_and_how_to_see_it_anyway() -> None:
    answer = _kiosk("demo")
    assert answer.returncode == 2
    (sentence,) = answer.stderr.splitlines()
    assert "no screen" in sentence
    assert "kiosk shot" in sentence
    assert "xvfb-run" in sentence


def test_a_demo_ends_by_itself() -> None:
    answer = _kiosk("demo", "--window", "320x180", "--seconds", "1", SDL_VIDEODRIVER="dummy", SDL_AUDIODRIVER="dummy")
    assert (answer.returncode, answer.stdout) == (0, "")
    assert "on screen: cycle:1" in answer.stderr


def test_a_misspelt_command_is_answered_with_the_nearest() -> None:
    answer = _kiosk("reply", "x.yaml")
    assert answer.returncode == 2
    assert 'did you mean "replay"?' in answer.stderr


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("demo", "--window", "big"), "no size such as 1280x720"),
        (("demo", "--speed", "0"), "no speed"),
        (("demo", "--seconds", "-1"), "no number of seconds"),
        (("replay", "x.yaml", "--until", "soon"), "no date such as 2018-01-01"),
    ],
)
def test_a_wrong_value_is_told_with_a_right_one(args: tuple[str, ...], words: str) -> None:
    answer = _kiosk(*args)
    assert answer.returncode == 2
    assert words in answer.stderr


def test_check_tells_good_files_and_every_error_of_bad_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(CRM / "rules.yaml")]) == 0
    assert capsys.readouterr().out.strip().endswith("good rules")
    bad = tmp_path / "rules.yaml"
    metrics = "metrics:\n  - {id: m, record: deal, agregate: count}\n"
    bad.write_text("organisation: {name: A, timezone: Mars/Base}\n" + metrics)
    assert main(["check", str(bad)]) == 1
    out = capsys.readouterr().out
    assert "rules.yaml:1: organisation.timezone" in out
    assert "rules.yaml:3: metrics[0].agregate" in out
    assert 'did you mean "aggregate"' in out


def test_replay_of_a_missing_file_is_a_sentence() -> None:
    answer = _kiosk("replay", "nowhere.yaml")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "nowhere.yaml" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_replay_ends_quietly_when_its_reader_has_read_enough() -> None:
    command = f"{sys.executable} -m kiosk replay {CRM / 'rules.yaml'} --until 2018-01-01 | head -n 1"
    answer = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert json.loads(answer.stdout)["achievement"] == "biggest-ever"
    assert "Traceback" not in answer.stderr
    assert "Broken" not in answer.stderr


@pytest.mark.parametrize("screen", ["leaderboard", "celebration", "announcement", "clock", "idle", "teams"])
def test_a_shot_of_each_screen_is_a_picture_of_its_size(screen: str, tmp_path: Path) -> None:
    path = tmp_path / "shot.png"
    date = "2026-11-18T15:30"
    assert main(["shot", screen, "-o", str(path), "--size", "480x270", "--date", date]) == 0
    assert pygame.image.load(path).get_size() == (480, 270)


def test_the_same_shot_has_the_same_pixels(tmp_path: Path) -> None:
    one, two = tmp_path / "one.png", tmp_path / "two.png"
    for path in (one, two):
        assert main(["shot", "celebration", "-o", str(path), "--size", "480x270", "--date", "2026-11-18T15:30"]) == 0
    assert one.read_bytes() == two.read_bytes()


def test_a_shot_of_the_sample_shows_its_last_win(tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text(f"rules: {CRM / 'rules.yaml'}\nstate: {tmp_path}\n")
    path = tmp_path / "shot.png"
    args = ["shot", "celebration", "-o", str(path), "--config", str(config), "--size", "480x270"]
    assert main([*args, "--date", "2017-06-01"]) == 0
    assert path.exists()


def test_a_shot_of_what_is_not_there_names_what_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["shot", "leaderbord", "-o", str(tmp_path / "x.png")]) == 2
    assert "there are leaderboard, announcement, clock, celebration" in capsys.readouterr().err
    assert main(["shot", "idle", "-o", str(tmp_path / "nowhere" / "x.png")]) == 2
    assert "can't be written" in capsys.readouterr().err
    assert main(["shot", "idle", "--theme", "neon", "-o", str(tmp_path / "x.png")]) == 2
    assert "there is no theme" in capsys.readouterr().err
