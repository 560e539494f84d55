"""Signals: lists of samples in full scale, their places left and right, and their shapes in time."""

from __future__ import annotations

import math
from dataclasses import dataclass

RATE = 48_000
"""Samples a second."""

Signal = list[float]


@dataclass(frozen=True)
class Stereo:
    """Left and right, of one length, in full scale."""

    left: Signal
    right: Signal

    @staticmethod
    def silence(seconds: float) -> Stereo:
        count = round(seconds * RATE)
        return Stereo([0.0] * count, [0.0] * count)

    def add(self, tone: Signal, at_s: float, gain: float, pan: float) -> None:
        """Mix `tone` in from `at_s`; `pan` from -1 (left) to 1, of equal power."""
        angle = (pan + 1) * math.pi / 4
        begin = round(at_s * RATE)
        count = min(len(tone), len(self.left) - begin)
        for channel, side in ((self.left, math.cos(angle) * gain), (self.right, math.sin(angle) * gain)):
            channel[begin : begin + count] = [
                old + new * side for old, new in zip(channel[begin : begin + count], tone, strict=False)
            ]


def pitch(name: str) -> float:
    """Hertz of a note such as `Bb4`, in equal temperament from A4 = 440."""
    steps = {"C": -9, "D": -7, "E": -5, "F": -4, "G": -2, "A": 0, "B": 2}[name[0]] - name.count("b") + name.count("#")
    return 440.0 * 2 ** ((steps + 12 * (int(name[-1]) - 4)) / 12)


def cents(amount: float) -> float:
    """The factor of a pitch difference of `amount` hundredths of a semitone."""
    return 2.0 ** (amount / 1200)


def smooth(x: float) -> float:
    """An s-shaped rise from 0 to 1."""
    x = min(1.0, max(0.0, x))
    return x * x * (3 - 2 * x)


def faded(tone: Signal, seconds: float) -> Signal:
    """The same with its end faded to nothing."""
    count = min(len(tone), round(seconds * RATE))
    for i in range(count):
        tone[-1 - i] *= smooth(i / count)
    return tone
