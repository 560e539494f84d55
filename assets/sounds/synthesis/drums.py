"""Sounds of drums, and of what rises and bursts."""

from __future__ import annotations

import math
from random import Random

from synthesis.metal import BARS
from synthesis.noise import cymbal, rush, skin, snare, struck, thunder
from synthesis.room import reverberated
from synthesis.stereo import RATE, Signal, Stereo, faded, pitch, smooth
from synthesis.voices import ring


def drum_roll() -> Stereo:
    """A roll that swells, a breath, and a hit of snare, bass drum and cymbal."""
    room = Stereo.silence(2.3)
    random = Random(1)
    strokes = [snare(random) for _ in range(6)]
    hit_s, at_s, hand = 1.5, 0.0, 0
    while at_s < hit_s - 0.06:
        swell = 0.2 + 0.6 * (at_s / hit_s) ** 1.6
        gain = swell * (0.85 + 0.3 * random.random()) * (1.0 if hand else 0.88)
        room.add(strokes[random.randrange(6)], at_s, gain, 0.22 if hand else -0.22)
        at_s += 0.042 + 0.005 * random.random()
        hand = 1 - hand
    room.add(snare(random), hit_s, 0.95, 0.0)
    room.add(skin(58, 2.4, 0.7, 0.6), hit_s, 0.78, 0.0)
    room.add(cymbal(random, 0.95), hit_s, 0.45, 0.3)
    room.add(cymbal(random, 0.95), hit_s + 0.002, 0.4, -0.4)
    wet = reverberated(room, 0.24, 1.1)
    return Stereo(faded(wet.left, 0.45), faded(wet.right, 0.45))


def whistle(length_s: float, low_hertz: float, high_hertz: float) -> Signal:
    """A thin tone that climbs and flutters."""
    tone, phase = [], 0.0
    for i in range(round(length_s * RATE)):
        t, part = i / RATE, i / (length_s * RATE)
        flutter = 1 + 0.012 * math.sin(2 * math.pi * 13 * t)
        phase += low_hertz * (high_hertz / low_hertz) ** smooth(part) * flutter / RATE
        tone.append((math.sin(2 * math.pi * phase) + 0.2 * math.sin(4 * math.pi * phase)) * smooth(part * 3))
    return faded(tone, 0.03)


def rocket() -> Stereo:
    """A rocket climbs, bursts, and its sparks fall as a chord."""
    room = Stereo.silence(2.0)
    random = Random(9)
    burst_s = 0.85
    room.add(rush(random, burst_s, 240, 3600), 0.0, 0.34, -0.35)
    room.add(rush(random, burst_s, 260, 3300), 0.0, 0.34, 0.35)
    room.add(whistle(burst_s, 420, 1750), 0.0, 0.16, 0.0)
    room.add(thunder(random, 0.8), burst_s, 1.0, 0.0)
    room.add(struck(rush(random, 0.5, 900, 5000)[::-1], 0.002, 0.6), burst_s, 1.1, 0.0)
    for index, name in enumerate(("E7", "C7", "G6", "E6", "C7", "G6", "C6", "E6", "G5", "C6")):
        place = 0.75 * (random.random() * 2 - 1)
        at_s = burst_s + 0.03 + 0.055 * index
        room.add(ring(pitch(name), 2.0 - at_s, BARS, 0.003), at_s, 0.34 * 0.95**index, place)
    wet = reverberated(room, 0.3, 1.2)
    return Stereo(faded(wet.left, 0.4), faded(wet.right, 0.4))
