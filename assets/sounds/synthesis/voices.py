"""Tones: struck bodies and blown notes, as sums of sines."""

from __future__ import annotations

import math
from collections.abc import Iterable

from synthesis.stereo import RATE, Signal, cents, faded, smooth


def ring(frequency: float, length_s: float, partials: Iterable[tuple[float, float, float]], attack_s: float) -> Signal:
    """A struck body: partials of (ratio, amplitude, seconds to fall by 60 dB), each a pair of sines.

    The weaker of a pair is a little sharp, so that they beat slowly and never cancel.
    """
    count = round(length_s * RATE)
    tone = [0.0] * count
    for ratio, amplitude, fall_s in partials:
        decay = math.exp(-6.908 / (fall_s * RATE))
        for spread, share in ((0.0, 0.74), (2.4, 0.26)):
            hertz = frequency * ratio * cents(spread)
            if hertz > 16_000:
                continue
            # A sine by rotation: two numbers, no call a sample.
            step = 2 * math.pi * hertz / RATE
            turn_cos, turn_sin = math.cos(step) * decay, math.sin(step) * decay
            real, imaginary = amplitude * share, 0.0
            for i in range(count):
                tone[i] += imaginary
                real, imaginary = real * turn_cos - imaginary * turn_sin, real * turn_sin + imaginary * turn_cos
    attack = round(attack_s * RATE)
    for i in range(min(attack, count)):
        tone[i] *= smooth(i / attack)
    return faded(tone, 0.08)


TABLE = 2048


def harmonics(frequency: float, brightness: float) -> Signal:
    """One period of a brass tone: harmonics that fall off faster the softer it is blown, strongest near 1.1 kHz."""
    table = [0.0] * (TABLE + 1)
    number = 1
    while frequency * number < 11_000 and number <= 24:
        hertz = frequency * number
        formant = 1 + 0.9 * math.exp(-(((hertz - 1100) / 700) ** 2))
        amplitude = formant * math.exp(-(number - 1) * (1.25 - brightness)) / math.sqrt(number)
        for i in range(TABLE + 1):
            table[i] += amplitude * math.sin(2 * math.pi * number * i / TABLE)
        number += 1
    peak = max(table)
    return [value / peak for value in table]


def brass(frequency: float, length_s: float, detune: float, vibrato_at_s: float | None = None) -> Signal:
    """A blown note: it scoops up into its pitch, and its overtones rise and fall with the breath."""
    soft, bright = harmonics(frequency, 0.25), harmonics(frequency, 0.95)
    release_s = 0.05 if length_s < 0.2 else 0.14
    count = round((length_s + release_s) * RATE)
    tone, phase = [0.0] * count, 0.0
    base = frequency * cents(detune) * TABLE / RATE
    for i in range(count):
        t = i / RATE
        breath = smooth(t / 0.045) * (0.82 + 0.18 * math.exp(-t * 9)) * (1 - smooth((t - length_s) / release_s))
        bend = -28 * math.exp(-t * 60)
        if vibrato_at_s is not None and t > vibrato_at_s:
            swell = smooth((t - vibrato_at_s) / 0.5)
            bend += 7 * swell * math.sin(2 * math.pi * 5.3 * (t - vibrato_at_s))
            breath *= 1 + 0.18 * swell
        phase += base * (1 + bend * 0.000_577_8)
        phase %= TABLE
        whole = int(phase)
        part = phase - whole
        dull = soft[whole] + (soft[whole + 1] - soft[whole]) * part
        clear = bright[whole] + (bright[whole + 1] - bright[whole]) * part
        edge = breath * breath * 0.75
        tone[i] = breath * (dull + (clear - dull) * edge)
    return tone
