"""Makes the default sounds of celebrations: `python assets/sounds/make_sounds.py [FOLDER [NAME ...]]`.

Synthesis with the standard library only: tones are sums of sines and noises are filtered chance, each with an envelope
of its own, played by slightly detuned voices across the stereo picture, in one small room. Each sound is levelled to
the same loudness (ITU-R BS.1770, gated) under a soft ceiling. The same Python code always writes the same bytes.

Beside the sounds stands `accents.json`: of each the instant of its loudest hit, in seconds, for what moves with it.
"""

from __future__ import annotations

import json
import math
import sys
import wave
from array import array
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from synthesis.brass import fanfare, horn, triumph
from synthesis.drums import drum_roll, rocket
from synthesis.level import accent, levelled, loudness
from synthesis.metal import bell, cash_register, chimes, gong, levelup
from synthesis.people import applause, crowd
from synthesis.stereo import RATE, Stereo

SOUNDS: dict[str, Callable[[], Stereo]] = {
    "fanfare": fanfare,
    "triumph": triumph,
    "horn": horn,
    "gong": gong,
    "bell": bell,
    "chimes": chimes,
    "levelup": levelup,
    "cash-register": cash_register,
    "drum-roll": drum_roll,
    "rocket": rocket,
    "applause": applause,
    "crowd": crowd,
}


def write(sound: Stereo, path: Path) -> None:
    """A WAV file, 16 bits."""
    samples = array("h")
    for pair in zip(sound.left, sound.right, strict=True):
        samples.extend(round(sample * 32767) for sample in pair)
    if sys.byteorder == "big":
        samples.byteswap()
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, RATE, 0, "NONE", ""))
        file.writeframes(samples.tobytes())


def make(name: str, folder: Path) -> float:
    """Write one sound; its accent."""
    sound = levelled(SOUNDS[name]())
    write(sound, folder / f"{name}.wav")
    peak = 20 * math.log10(max(map(abs, (*sound.left, *sound.right))))
    hit_s = accent(sound)
    length_s = len(sound.left) / RATE
    print(f"{name}: {length_s:.2f} s, {loudness(sound):.1f} LUFS, peak {peak:.1f} dBFS, hit at {hit_s:.3f} s")
    return hit_s


def main(folder: Path, names: list[str]) -> None:
    """Write these sounds, several at a time, and their accents beside those that stand there."""
    table = folder / "accents.json"
    accents: dict[str, float] = json.loads(table.read_text(encoding="utf-8")) if table.exists() else {}
    with ProcessPoolExecutor() as processes:
        accents.update(zip(names, processes.map(make, names, [folder] * len(names)), strict=True))
    ordered = {name: accents[name] for name in SOUNDS if name in accents}
    table.write_text(json.dumps(ordered, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent, sys.argv[2:] or list(SOUNDS))
