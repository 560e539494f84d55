"""Noises: hands, drums, cymbals and wind, from shaped randomness that is the same each time."""

from __future__ import annotations

import math
from random import Random

from synthesis.filters import band_pass, high_pass, low_pass
from synthesis.stereo import RATE, Signal, faded, smooth


def hiss(random: Random, length_s: float) -> Signal:
    """White noise."""
    return [random.random() * 2 - 1 for _ in range(round(length_s * RATE))]


def struck(tone: Signal, attack_s: float, fall_s: float) -> Signal:
    """The same with the envelope of a blow: up in `attack_s`, then down by 60 dB in `fall_s`."""
    decay, level = math.exp(-6.908 / (fall_s * RATE)), 1.0
    shaped = []
    for i, sample in enumerate(tone):
        shaped.append(sample * level * smooth(i / (attack_s * RATE)))
        level *= decay
    return faded(shaped, 0.01)


def scaled(tone: Signal, gain: float) -> Signal:
    """The same, louder by `gain`."""
    return [sample * gain for sample in tone]


def mixed(*tones: Signal) -> Signal:
    """Their sum, as long as the longest."""
    total = [0.0] * max(map(len, tones))
    for tone in tones:
        for i, sample in enumerate(tone):
            total[i] += sample
    return total


def clap(random: Random) -> Signal:
    """One pair of hands: a short burst around the pitch of the hollow between them."""
    hollow = 850 * 2.6 ** random.random()
    burst = struck(hiss(random, 0.05), 0.0006, 0.028 + 0.03 * random.random())
    return mixed(scaled(band_pass(burst, hollow, 1.6), 1.5), scaled(low_pass(high_pass(burst, 2400), 7500), 0.24))


def skin(hertz: float, drop: float, length_s: float, fall_s: float) -> Signal:
    """A drum's skin: a sine that starts `drop` times too high and settles within a few hundredths of a second."""
    tone, phase = [], 0.0
    for i in range(round(length_s * RATE)):
        phase += hertz * (1 + (drop - 1) * math.exp(-i / RATE * 38)) / RATE
        tone.append(math.sin(2 * math.pi * phase))
    return struck(tone, 0.002, fall_s)


def snare(random: Random) -> Signal:
    """One stroke on a snare drum."""
    wires = struck(band_pass(high_pass(hiss(random, 0.2), 1300), 3800, 0.5), 0.0012, 0.19)
    return mixed(scaled(wires, 0.9), scaled(skin(196, 1.25, 0.14, 0.13), 0.5), scaled(skin(331, 1.15, 0.1, 0.08), 0.22))


def cymbal(random: Random, length_s: float) -> Signal:
    """A crash: bright noise with a few rings of metal in it."""
    noise = hiss(random, length_s)
    rings = [scaled(band_pass(noise, hertz, 14), 0.9) for hertz in (3150, 4420, 5870, 7640, 9300)]
    return struck(mixed(scaled(high_pass(noise, 4200), 0.4), *rings), 0.003, length_s * 1.1)


def thunder(random: Random, length_s: float) -> Signal:
    """A low, soft boom."""
    rumble = low_pass(low_pass(hiss(random, length_s), 260), 420)
    return mixed(struck(scaled(rumble, 5.0), 0.006, length_s), scaled(skin(72, 2.2, length_s, length_s * 0.8), 0.9))


def rush(random: Random, length_s: float, low_hertz: float, high_hertz: float) -> Signal:
    """Wind that rises in pitch and strength: noise through a band that climbs."""
    low = band = 0.0
    tone = []
    count = round(length_s * RATE)
    for i in range(count):
        part = i / count
        reach = 2 * math.sin(math.pi * low_hertz * (high_hertz / low_hertz) ** part / RATE)
        low += reach * band
        band += reach * (random.random() * 2 - 1 - low - 0.55 * band)
        tone.append(band * (0.12 + 0.88 * part * part) * smooth(part * 12))
    return faded(tone, 0.03)
