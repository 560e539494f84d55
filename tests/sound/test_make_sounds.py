import json
import math
import re
import subprocess
import sys
import wave
from array import array
from pathlib import Path

import pytest

from kiosk.assets import asset
from kiosk.config.assets import SOUNDS

RATE = 48_000


def samples_of(name: str) -> tuple[list[float], list[float]]:
    """Left and right, in full scale."""
    with wave.open(str(asset("sounds") / f"{name}.wav")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 2, 2)
        samples = array("h", file.readframes(file.getnframes()))
    if sys.byteorder == "big":
        samples.byteswap()
    return [s / 32768 for s in samples[::2]], [s / 32768 for s in samples[1::2]]


def powers(name: str, step_s: float, *, weighted: bool) -> list[float]:
    """The power of both sides in each step, K-weighted (BS.1770) or as it is."""
    step = round(step_s * RATE)
    sides = samples_of(name)
    if weighted:
        sides = (k_weighted(sides[0]), k_weighted(sides[1]))
    squares = [left * left + right * right for left, right in zip(*sides, strict=True)]
    return [sum(squares[i : i + step]) / step for i in range(0, len(squares) - step + 1, step)]


def k_weighted(side: list[float]) -> list[float]:
    """A shelf for the head and a high pass, as the recommendation's tables 1 and 2 give them for 48 kHz."""
    for b0, b1, b2, a1, a2 in (
        (1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585),
        (1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621),
    ):
        x1 = x2 = y1 = y2 = 0.0
        out = []
        for x in side:
            y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
            x2, x1, y2, y1 = x1, x, y1, y
            out.append(y)
        side = out
    return side


def lufs(power: float) -> float:
    return -0.691 + 10 * math.log10(max(power, 1e-12))


def integrated(name: str) -> float:
    """Loudness of blocks of 400 ms that overlap by three quarters, behind an absolute and a relative gate."""
    tenths = powers(name, 0.1, weighted=True)
    blocks = [sum(tenths[i : i + 4]) / 4 for i in range(len(tenths) - 3)]
    loud = [block for block in blocks if lufs(block) > -70]
    gate = lufs(sum(loud) / len(loud)) - 10
    heard = [block for block in loud if lufs(block) > gate]
    return lufs(sum(heard) / len(heard))


@pytest.mark.slow
def test_the_script_makes_the_shipped_bytes_again(tmp_path: Path) -> None:
    script = asset("sounds") / "make_sounds.py"
    subprocess.run([sys.executable, "-B", script, tmp_path], check=True, capture_output=True)
    files = ["accents.json", *(f"{name}.wav" for name in SOUNDS)]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(files)
    for name in files:
        made, shipped = ((folder / name).read_bytes() for folder in (tmp_path, asset("sounds")))
        assert made == shipped, f"{name} differs: run assets/sounds/make_sounds.py and ship what it makes"


def test_the_shipped_sounds_are_those_that_can_be_named_and_small() -> None:
    files = [path for path in asset("sounds").iterdir() if path.suffix == ".wav"]
    assert sorted(path.stem for path in files) == sorted(SOUNDS)
    assert sum(path.stat().st_size for path in files) < 5_000_000


@pytest.mark.parametrize("name", SOUNDS)
def test_a_shipped_sound_is_short_below_the_ceiling_and_begins_and_ends_without_a_click(name: str) -> None:
    sides = samples_of(name)
    assert 1 <= len(sides[0]) / RATE <= 5
    assert max(abs(s) for side in sides for s in side) <= 10 ** (-1 / 20), "at most -1 dBFS"
    for side in sides:
        assert abs(side[0]) < 0.001
        assert max(map(abs, side[-200:])) < 0.001


@pytest.mark.parametrize("name", SOUNDS)
def test_the_table_of_sounds_tells_how_long_each_is(name: str) -> None:
    length_s = len(samples_of(name)[0]) / RATE
    table = (asset("sounds") / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^\| `{name}\.wav` \| .+ \| {length_s:.1f} s \|$", table, re.MULTILINE)


@pytest.mark.parametrize("name", SOUNDS)
def test_shipped_sounds_are_equally_loud(name: str) -> None:
    assert integrated(name) == pytest.approx(-16, abs=0.5)


@pytest.mark.parametrize("name", SOUNDS)
def test_the_accent_is_where_a_loud_moment_begins(name: str) -> None:
    accents = json.loads((asset("sounds") / "accents.json").read_text(encoding="utf-8"))
    hundredths = powers(name, 0.01, weighted=False)
    before_and_after = 10
    hit = round(accents[name] * 100)
    loudest = max(sum(hundredths[i : i + before_and_after]) for i in range(len(hundredths)))
    before = sum(hundredths[max(0, hit - before_and_after) : hit])
    after = sum(hundredths[hit : hit + before_and_after])
    assert after > 1.2 * before
    assert after > 0.4 * loudest
