import subprocess
import sys
import wave
from array import array
from pathlib import Path

import pytest

from kiosk.assets import asset

NAMES = ("bell", "fanfare", "levelup")


@pytest.mark.slow
def test_the_script_makes_the_shipped_bytes_again(tmp_path: Path) -> None:
    subprocess.run([sys.executable, asset("sounds") / "make_sounds.py", tmp_path], check=True, capture_output=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{name}.wav" for name in NAMES]
    for name in NAMES:
        made, shipped = ((folder / f"{name}.wav").read_bytes() for folder in (tmp_path, asset("sounds")))
        assert made == shipped, f"{name}.wav differs: run assets/sounds/make_sounds.py and ship what it makes"


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_sound_is_small_short_below_the_ceiling_and_ends_in_silence(name: str) -> None:
    path = asset("sounds") / f"{name}.wav"
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (48_000, 2, 2)
        assert file.getnframes() <= 3.2 * 48_000
        samples = array("h", file.readframes(file.getnframes()))
    assert path.stat().st_size < 600_000
    assert 8_000 < max(map(abs, samples)) <= 29_204, "audible, and at most -1 dBFS"
    assert max(map(abs, samples[-200:])) < 30
