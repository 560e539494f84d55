"""Sounds of struck metal."""

from __future__ import annotations

from random import Random

from synthesis.filters import band_pass, low_pass
from synthesis.noise import hiss, scaled, skin, struck
from synthesis.room import reverberated
from synthesis.stereo import Stereo, cents, faded, pitch
from synthesis.voices import ring

HAND_BELL = ((0.5, 0.22, 2.6), (1, 1.0, 2.8), (2, 0.5, 1.8), (2.51, 0.14, 1.0), (3.01, 0.34, 1.1), (4.17, 0.16, 0.6),
             (5.43, 0.09, 0.35), (6.8, 0.05, 0.2))  # fmt: skip
BARS = ((1, 1.0, 1.7), (2, 0.18, 0.9), (3, 0.08, 0.6), (4.0, 0.22, 0.4), (9.9, 0.05, 0.08))
TUBE = ((1, 1.0, 2.2), (2.01, 0.12, 1.0), (2.76, 0.42, 1.1), (5.4, 0.16, 0.5), (8.93, 0.05, 0.2))
SHOP_BELL = ((1, 1.0, 1.2), (1.51, 0.3, 0.9), (2.02, 0.5, 0.8), (2.74, 0.35, 0.5), (3.76, 0.2, 0.3), (4.9, 0.1, 0.2))
GONG = ((1, 0.8, 5.5), (1.49, 0.5, 4.6), (2.0, 0.8, 4.8), (2.43, 0.45, 4.4), (2.98, 0.5, 4.2))
GONG_SHIMMER = ((3.37, 0.4, 3.8), (3.96, 0.45, 3.6), (4.71, 0.42, 3.4), (5.53, 0.4, 3.2), (6.42, 0.36, 3.0),
                (7.58, 0.34, 2.8), (8.81, 0.3, 2.6), (10.4, 0.27, 2.4), (12.7, 0.23, 2.2), (15.1, 0.19, 2.0),
                (18.2, 0.15, 1.8), (22.3, 0.12, 1.6), (27.6, 0.09, 1.4), (33.1, 0.06, 1.2))  # fmt: skip


def bell() -> Stereo:
    """Two hand bells, a fourth apart."""
    room = Stereo.silence(2.1)
    for at_s, name, gain, pan in ((0.0, "A5", 0.8, -0.3), (0.19, "D6", 0.9, 0.3)):
        room.add(ring(pitch(name), 2.1 - at_s, HAND_BELL, 0.002), at_s, gain, pan)
    wet = reverberated(room, 0.22, 1.2)
    return Stereo(faded(wet.left, 0.4), faded(wet.right, 0.4))


def levelup() -> Stereo:
    """A quick run up a chord on metal bars, and the chord itself, shimmering."""
    room = Stereo.silence(1.6)
    run = ("G4", "C5", "E5", "G5", "C6")
    for index, name in enumerate(run):
        at_s = index * 0.075
        room.add(ring(pitch(name), 0.7, BARS, 0.003), at_s, 0.55 + 0.07 * index, -0.5 + 0.25 * index)
    for name, gain, pan in (
        ("C5", 0.5, -0.4),
        ("E5", 0.4, 0.4),
        ("G5", 0.4, -0.15),
        ("E6", 0.35, 0.2),
        ("C7", 0.12, 0),
    ):
        room.add(ring(pitch(name), 1.1, BARS, 0.004), 0.42, gain, pan)
    wet = reverberated(room, 0.26, 0.9)
    return Stereo(faded(wet.left, 0.35), faded(wet.right, 0.35))


def gong() -> Stereo:
    """A large gong, hit softly: the body at once, the shimmer blooming after it, beating left against right."""
    length_s = 2.9
    room = Stereo.silence(length_s)
    for detune, pan in ((-4.0, -0.6), (5.0, 0.6)):
        base = 138.6 * cents(detune)
        room.add(ring(base, length_s, GONG, 0.006), 0.0, 0.8, pan)
        room.add(ring(base * cents(detune), length_s, GONG_SHIMMER, 0.3), 0.0, 1.0, pan)
    room.add(skin(87, 1.8, 0.5, 0.4), 0.0, 0.7, 0.0)
    room.add(struck(scaled(low_pass(hiss(Random(2), 0.12), 900), 1.6), 0.002, 0.12), 0.0, 0.5, 0.0)
    wet = reverberated(room, 0.3, 1.8)
    return Stereo(faded(wet.left, 1.1), faded(wet.right, 1.1))


def chimes() -> Stereo:
    """A hand sweeps up a row of hanging tubes; the last ones ring on."""
    length_s = 2.0
    room = Stereo.silence(length_s)
    random = Random(11)
    names = ("D5", "E5", "G5", "A5", "B5", "D6", "E6", "G6", "A6", "B6", "D7")
    at_s = 0.0
    for index, name in enumerate(names):
        gain = 0.42 + 0.1 * random.random()
        room.add(ring(pitch(name), min(1.6, length_s - at_s), TUBE, 0.002), at_s, gain, -0.7 + 1.4 * index / len(names))
        at_s += 0.05 + 0.016 * random.random()
    for name, gain, pan in (("G5", 0.6, -0.35), ("D6", 0.55, 0.35), ("B6", 0.3, 0.0)):
        room.add(ring(pitch(name), length_s - at_s - 0.03, TUBE, 0.003), at_s + 0.03, gain, pan)
    wet = reverberated(room, 0.3, 1.4)
    return Stereo(faded(wet.left, 0.5), faded(wet.right, 0.5))


def cash_register() -> Stereo:
    """A lever and its spring, the drawer rolling out, the bell, and coins settling."""
    room = Stereo.silence(1.2)
    random = Random(4)
    for at_s, hertz, gain in ((0.0, 620, 1.7), (0.055, 1150, 1.2), (0.13, 420, 2.2)):
        knock = struck(hiss(random, 0.07), 0.0008, 0.06)
        room.add(scaled(band_pass(knock, hertz, 1.4), 1.8), at_s, gain, -0.2)
        room.add(struck(band_pass(hiss(random, 0.04), 3300, 2.0), 0.0006, 0.03), at_s, gain * 0.45, -0.1)
    drawer = struck(band_pass(hiss(random, 0.3), 1700, 0.8), 0.1, 0.5)
    room.add(drawer, 0.06, 0.14, 0.1)
    for at_s, name, gain, pan in ((0.19, "C7", 0.8, 0.15), (0.197, "E7", 0.45, 0.35), (0.3, "C7", 0.22, 0.15)):
        room.add(ring(pitch(name), 1.2 - at_s, SHOP_BELL, 0.0015), at_s, gain, pan)
    for index in range(7):
        coin = ring(4300 + 1900 * random.random(), 0.2, ((1, 1.0, 0.16), (1.63, 0.6, 0.1), (2.4, 0.3, 0.06)), 0.001)
        room.add(coin, 0.42 + index * 0.062 * (1 - index * 0.05), 0.16 * 0.86**index, 0.7 * (random.random() * 2 - 1))
    wet = reverberated(room, 0.2, 0.8)
    return Stereo(faded(wet.left, 0.3), faded(wet.right, 0.3))
