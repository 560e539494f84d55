"""The mixer in a process of its own, with SDL's disk driver: what would have sounded is a file."""

import math
import os
import subprocess
import sys
import textwrap
import wave
from array import array
from pathlib import Path

import pytest

from kiosk.assets import asset
from kiosk.config.settings import SoundSettings
from kiosk.sound.mixer import NullMixer, make_sound, sound_path

PRELUDE = """
import logging, os, sys, time
from pathlib import Path
logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="log: %(levelname)s %(message)s")
from kiosk.sound.mixer import Mixer
import pygame

output = Path(os.environ["SDL_DISKAUDIOFILE"])

def wait(condition):
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.005)

def raw():
    return output.read_bytes() if output.exists() else b""

def wait_for(tone):
    played = tone.read_bytes()[44:].strip(b"\\0")
    wait(lambda: played in raw())

def wait_for_sound():
    wait(lambda: raw().strip(b"\\0"))

def wait_for_silence():
    wait(lambda: raw().strip(b"\\0") and not raw()[-20000:].strip(b"\\0"))
"""


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Where the disk driver writes what it plays."""
    return tmp_path / "played.raw"


def run(output: Path, script: str, *, driver: str = "disk", **names: Path) -> list[str]:
    """Run the script, with `names` at hand, in a process with this audio driver; returns the lines that it logged."""
    given = "".join(f"{name} = Path({str(path)!r})\n" for name, path in names.items())
    done = subprocess.run(
        [sys.executable, "-c", PRELUDE + given + textwrap.dedent(script)],
        env={
            **os.environ,
            "SDL_AUDIODRIVER": driver,
            "SDL_DISKAUDIOFILE": str(output),
            "PYGAME_HIDE_SUPPORT_PROMPT": "1",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [line.removeprefix("log: ") for line in done.stderr.splitlines() if line.startswith("log: ")]


def tone(path: Path, seconds: float, hertz: float = 440) -> Path:
    """A WAV file as the device wants it, so that it is played sample by sample."""
    count = round(seconds * 48_000)
    left = (round(20_000 * math.sin(2 * math.pi * hertz * i / 48_000)) for i in range(count))
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, 48_000, 0, "NONE", ""))
        file.writeframes(array("h", [sample for value in left for sample in (value, value)]).tobytes())
    return path


def sounding(raw: bytes) -> bytes:
    return raw.strip(b"\0")


def samples(raw: bytes) -> "memoryview[int]":
    return memoryview(raw[: len(raw) // 4 * 4]).cast("h")


def test_a_sound_is_played_exactly_once_and_promptly(output: Path, tmp_path: Path) -> None:
    bell = asset("sounds") / "bell.wav"
    log = run(
        output,
        """
        mixer = Mixer(volume=100)
        mixer.play("default:bell")
        wait_for_silence()
        mixer.close()
        """,
    )
    raw = output.read_bytes()
    assert sounding(raw) == sounding(bell.read_bytes()[44:])
    assert raw.index(sounding(raw)) <= 4 * 1024 * 4, "within four buffers from the opening of the device"
    assert log == []


def test_volume_and_share_make_it_quieter(output: Path, tmp_path: Path) -> None:
    run(
        output,
        """
        mixer = Mixer(volume=50)
        mixer.play(str(beep), volume=0.5)
        wait_for_silence()
        mixer.close()
        """,
        beep=tone(tmp_path / "beep.wav", 0.2),
    )
    assert 0.23 < max(samples(output.read_bytes())) / 20_000 < 0.27


def test_a_longer_sound_is_faded_out_at_the_limit(output: Path, tmp_path: Path) -> None:
    run(
        output,
        """
        mixer = Mixer(volume=100, longest_s=0.3)
        mixer.play(str(drone))
        wait_for_silence()
        mixer.close()
        """,
        drone=tone(tmp_path / "drone.wav", 20),
    )
    played = sounding(output.read_bytes())
    assert len(played) < 10 * 48_000 * 4
    assert max(samples(played[:1000])) > 1_500
    assert max(samples(played[-800:])) < 2_000, "it ends in a fade, not in a click"


def test_a_new_sound_takes_the_place_of_the_one_that_plays(output: Path, tmp_path: Path) -> None:
    drone, beep = tone(tmp_path / "drone.wav", 20), tone(tmp_path / "beep.wav", 0.2, 880)
    run(
        output,
        """
        mixer = Mixer(volume=100)
        mixer.play(str(drone))
        wait_for_sound()
        mixer.play(str(beep))
        wait_for(beep)
        wait_for_silence()
        mixer.close()
        """,
        drone=drone,
        beep=beep,
    )
    raw = output.read_bytes()
    assert raw.count(sounding(beep.read_bytes()[44:])) == 1
    assert len(sounding(raw)) < 10 * 48_000 * 4


def test_stop_fades_and_an_idle_device_is_given_back_and_taken_again(output: Path, tmp_path: Path) -> None:
    log = run(
        output,
        """
        mixer = Mixer(idle_close_s=0.05)
        for _ in range(3):
            output.unlink(missing_ok=True)
            mixer.play(str(drone))
            wait_for_sound()
            mixer.stop(0.01)
            wait(lambda: pygame.mixer.get_init() is None)
        mixer.stop()
        mixer.close()
        """,
        drone=tone(tmp_path / "drone.wav", 20),
    )
    assert log == []


def test_without_a_device_it_says_so_once_and_goes_on_and_finds_it_later(output: Path, tmp_path: Path) -> None:
    warning, back = run(
        output,
        """
        mixer = Mixer(retry_s=0, volume=100)
        for _ in range(3):
            mixer.play(str(beep))
            wait(mixer._orders.empty)
            mixer.stop()
        os.environ["SDL_AUDIODRIVER"] = "disk"
        mixer.play(str(beep))
        wait_for(beep)
        mixer.close()
        """,
        driver="bogus",
        beep=tone(tmp_path / "beep.wav", 0.2),
    )
    assert warning.startswith("WARNING no sound device")
    assert back == "INFO the sound device is back"


def test_between_retries_a_missing_device_is_left_alone(output: Path) -> None:
    run(
        output,
        """
        mixer = Mixer(retry_s=1000)
        mixer.play("default:bell")
        wait(lambda: mixer._missing)
        os.environ["SDL_AUDIODRIVER"] = "disk"
        mixer.play("default:bell")
        mixer.close()
        """,
        driver="bogus",
    )
    assert not output.exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"RIFF\x10\0\0\0WAVEfmt ", b"<html>no sound</html>", None],
    ids=["empty", "truncated", "another kind", "missing"],
)
def test_a_bad_file_is_told_once_and_the_next_sound_plays(output: Path, tmp_path: Path, content: bytes | None) -> None:
    bad, beep = tmp_path / "bad.wav", tone(tmp_path / "beep.wav", 0.2)
    if content is not None:
        bad.write_bytes(content)
    (line,) = run(
        output,
        """
        mixer = Mixer(volume=100)
        for _ in range(3):
            mixer.play(str(bad))
            wait(mixer._orders.empty)
        mixer.play(str(beep))
        wait_for(beep)
        mixer.close()
        """,
        bad=bad,
        beep=beep,
    )
    assert line.startswith(f"WARNING sound {bad} can't be played")


def test_names_are_shipped_sounds_and_the_rest_are_paths() -> None:
    assert sound_path("default:bell") == asset("sounds") / "bell.wav"
    assert sound_path("/somewhere/gong.ogg") == Path("/somewhere/gong.ogg")
    assert sound_path("none") is None
    assert sound_path("") is None


def test_a_display_without_sound_takes_every_order() -> None:
    sound = make_sound(SoundSettings(enabled=False))
    assert isinstance(sound, NullMixer)
    sound.play("default:bell")
    sound.stop()
    sound.close()
