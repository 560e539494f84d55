"""Sounds of many people."""

from __future__ import annotations

import math
from random import Random

from synthesis.filters import band_pass
from synthesis.noise import clap, hiss, scaled
from synthesis.room import reverberated
from synthesis.stereo import RATE, Signal, Stereo, faded, smooth
from synthesis.voices import TABLE

VOWELS = (((750, 1.0, 110), (1180, 0.6, 130), (2600, 0.18, 200)),
          ((620, 1.0, 100), (1750, 0.45, 150), (2550, 0.22, 200)),
          ((460, 1.0, 90), (850, 0.5, 110), (2500, 0.1, 200)))  # fmt: skip
"""The resonances of an open mouth, as (hertz, strength, width), in `ah`, `eh` and `oh`."""


def hands(room: Stereo, random: Random, people: int, begin_s: float, end_s: float, gain: float) -> None:
    """People clap, each at a pace, a place and a distance of their own; they stop one after the other."""
    claps = [clap(random) for _ in range(24)]
    for _ in range(people):
        place, near = 0.95 * (random.random() * 2 - 1), 0.35 + 0.65 * random.random() ** 2
        pace_s = 0.17 + 0.11 * random.random()
        at_s = begin_s + 0.4 * random.random()
        stop_s = end_s - 0.55 * (end_s - begin_s) * random.random() ** 2
        pair = random.randrange(24)
        while at_s < stop_s:
            ebb = 1 - 0.8 * smooth((at_s - begin_s - 0.55 * (end_s - begin_s)) / (0.45 * (end_s - begin_s)))
            room.add(claps[pair], at_s, gain * near * ebb * (0.75 + 0.5 * random.random()), place)
            pair = (pair + random.randrange(2)) % 24
            at_s += pace_s * (0.9 + 0.2 * random.random())


def shout(random: Random, length_s: float) -> Signal:
    """One voice: a vowel that leaps up, wavers and sinks."""
    hertz = 170 * 2.1 ** random.random()
    table = [0.0] * (TABLE + 1)
    vowel = VOWELS[random.randrange(3)]
    size = 0.95 + 0.25 * random.random()
    for number in range(1, int(4500 / hertz)):
        here = number * hertz
        strength = sum(s / (1 + ((here - centre * size) / width) ** 2) for centre, s, width in vowel) + 0.03
        turn = 6.283 * random.random()
        for i in range(TABLE + 1):
            table[i] += strength * number**-0.3 * math.sin(2 * math.pi * number * i / TABLE + turn)
    peak = max(map(abs, table))
    leap, sink, shake_hertz, phase = (
        0.1 + 0.2 * random.random(),
        0.15 + 0.25 * random.random(),
        4.5 + 2 * random.random(),
        0.0,
    )
    drift, tone = 0.0, []
    for i in range(round(length_s * RATE)):
        part = i / (length_s * RATE)
        drift = drift * 0.9995 + 0.00012 * (random.random() * 2 - 1)
        bend = 1 - leap + leap * smooth(part * 5) - sink * smooth((part - 0.35) / 0.65) + drift
        bend += 0.012 * math.sin(2 * math.pi * shake_hertz * i / RATE)
        phase = (phase + hertz * bend * TABLE / RATE) % TABLE
        tone.append(table[int(phase)] / peak * smooth(part * 7) * (1 - smooth((part - 0.55) / 0.45)))
    return tone


def applause() -> Stereo:
    """A hall of people clapping, that ebbs away."""
    room = Stereo.silence(2.4)
    hands(room, Random(3), 64, 0.0, 2.2, 0.5)
    wet = reverberated(room, 0.3, 1.0)
    return Stereo(faded(wet.left, 0.6), faded(wet.right, 0.6))


def crowd() -> Stereo:
    """A crowd cheers: many voices up and down, breath, a few hands and two whistles."""
    room = Stereo.silence(2.1)
    random = Random(7)
    for index in range(26):
        at_s = 0.0 if index < 9 else 0.34 * random.random()
        length_s = 1.1 + 0.6 * random.random()
        room.add(
            shout(random, min(length_s, 2.0 - at_s)),
            at_s,
            0.16 + 0.12 * random.random(),
            0.9 * (random.random() * 2 - 1),
        )
    for pan in (-0.7, 0.7):
        breath = [s * smooth(i / 9600) * (1 - smooth((i / RATE - 0.6) / 1.3)) for i, s in enumerate(hiss(random, 2.0))]
        room.add(scaled(band_pass(breath, 1300, 0.5), 1.0), 0.0, 0.3, pan)
    hands(room, random, 12, 0.25, 1.9, 0.35)
    for at_s, hertz, pan in ((0.42, 2050.0, -0.5), (0.8, 2500.0, 0.6)):
        room.add(fingers(hertz), at_s, 0.12, pan)
    wet = reverberated(room, 0.34, 1.2)
    return Stereo(faded(wet.left, 0.5), faded(wet.right, 0.5))


def fingers(hertz: float) -> Signal:
    """Somebody whistles through their fingers: up, and down."""
    tone, phase, length_s = [], 0.0, 0.55
    for i in range(round(length_s * RATE)):
        part = i / (length_s * RATE)
        phase += hertz * (0.8 + 0.35 * smooth(part / 0.45) - 0.3 * smooth((part - 0.5) / 0.5)) / RATE
        tone.append(math.sin(2 * math.pi * phase) * smooth(part * 8) * (1 - smooth((part - 0.8) / 0.2)))
    return tone
