"""Sounds that are blown."""

from __future__ import annotations

import math
from random import Random

from synthesis.noise import cymbal, skin
from synthesis.room import reverberated
from synthesis.stereo import RATE, Signal, Stereo, cents, faded, pitch, smooth
from synthesis.voices import TABLE, brass

Note = tuple[float, float, tuple[str, ...]]
"""When a chord begins, how long it is held (both in seconds), and its notes from the lowest to the leading one."""


def play(room: Stereo, score: list[Note]) -> None:
    """A brass section plays: two players a note, the leading one in the middle."""
    for at_s, length_s, chord in score:
        for part, name in enumerate(chord):
            lead = part == len(chord) - 1
            place = 0.0 if lead else (-0.55, 0.55, -0.3, 0.3, 0.1)[part % 5]
            vibrato_at_s = 0.35 if length_s > 0.8 else None
            for detune, side, late_s in ((-5.0, -0.25, 0.0), (4.0, 0.25, 0.009)):
                tone = brass(pitch(name), length_s, detune, vibrato_at_s)
                room.add(tone, at_s + late_s, 0.5 if lead else 0.3, max(-1.0, min(1.0, place + side)))


def fanfare() -> Stereo:
    """Three pickups, a step up, and a held chord of B flat for a small brass section."""
    room = Stereo.silence(3.0)
    pickups = [(at, 0.1, ("Bb3", "D4", "F4")) for at in (0.0, 0.15, 0.3)]
    final = ("Bb2", "Bb3", "F4", "Bb4", "D5", "F5")
    play(room, [*pickups, (0.45, 0.3, ("Bb3", "F4", "Bb4")), (0.82, 0.14, ("A3", "F4", "C5")), (1.0, 1.35, final)])
    wet = reverberated(room, 0.32, 1.1)
    return Stereo(faded(wet.left, 0.35), faded(wet.right, 0.35))


def triumph() -> Stereo:
    """A larger section climbs through three chords to E flat; kettledrum and cymbal crown the last."""
    room = Stereo.silence(3.0)
    pickups = [(at, 0.08, ("Bb3", "Eb4", "G4")) for at in (0.0, 0.11, 0.22)]
    climb = [
        (0.33, 0.27, ("Eb3", "Bb3", "G4", "Bb4")),
        (0.67, 0.1, ("Eb3", "Bb3", "G4", "Bb4")),
        (0.8, 0.27, ("Ab2", "C4", "Ab4", "C5")),
        (1.14, 0.1, ("Ab2", "C4", "Ab4", "C5")),
        (1.27, 0.24, ("Bb2", "D4", "F4", "Bb4", "D5")),
        (1.58, 0.9, ("Eb2", "Eb3", "Bb3", "Eb4", "G4", "Bb4", "Eb5")),
    ]
    play(room, [*pickups, *climb])
    room.add(skin(pitch("Eb2"), 1.2, 1.3, 1.4), 1.585, 1.3, -0.15)
    room.add(cymbal(Random(5), 1.4), 1.58, 0.34, 0.35)
    wet = reverberated(room, 0.34, 1.3)
    return Stereo(faded(wet.left, 0.4), faded(wet.right, 0.4))


def reed(frequency: float, length_s: float) -> Signal:
    """A horn driven by air: many strong overtones, and a pitch that climbs as the pressure does."""
    table = [0.0] * (TABLE + 1)
    for number in range(1, int(7500 / frequency)):
        amplitude = number**-0.75 / (1 + (number * frequency / 2600) ** 2)
        for i in range(TABLE + 1):
            table[i] += amplitude * math.sin(2 * math.pi * number * i / TABLE + 0.7 * number * number)
    peak = max(map(abs, table))
    tone, phase = [], 0.0
    for i in range(round((length_s + 0.09) * RATE)):
        t = i / RATE
        pressure = smooth(t / 0.03) * (1 - smooth((t - length_s) / 0.09))
        phase = (phase + frequency * (1 - 0.035 * math.exp(-t * 45) - 0.02 * (1 - pressure)) * TABLE / RATE) % TABLE
        tone.append(table[int(phase)] / peak * pressure)
    return tone


def horn() -> Stereo:
    """A train's horn of five trumpets: short, then long."""
    room = Stereo.silence(1.3)
    for at_s, length_s in ((0.0, 0.13), (0.22, 0.64)):
        for name, gain, pan in (
            ("D4", 0.5, -0.6), ("F#4", 0.5, 0.5), ("A4", 0.45, -0.25), ("B4", 0.4, 0.25), ("D5", 0.4, 0.0)
        ):  # fmt: skip
            for detune, side, late_s in ((-4.0, -0.2, 0.0), (5.0, 0.2, 0.011)):
                room.add(reed(pitch(name) * cents(detune), length_s), at_s + late_s, gain, pan + side)
    wet = reverberated(room, 0.3, 1.0)
    return Stereo(faded(wet.left, 0.3), faded(wet.right, 0.3))
