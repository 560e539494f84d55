"""Filters of second order, as the Audio EQ Cookbook writes them."""

from __future__ import annotations

import math

from synthesis.stereo import RATE, Signal


def biquad(side: Signal, b0: float, b1: float, b2: float, a1: float, a2: float) -> Signal:
    """Filtered: `b` weigh what came in, `a` what went out, each the sample before and the one before that."""
    x1 = x2 = y1 = y2 = 0.0
    out = []
    for x in side:
        y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
        x2, x1, y2, y1 = x1, x, y1, y
        out.append(y)
    return out


def band_pass(side: Signal, hertz: float, q: float) -> Signal:
    """What is near `hertz`, `q` times narrower than it is high."""
    cos, alpha = _turn(hertz, q)
    over = 1 + alpha
    return biquad(side, alpha / over, 0.0, -alpha / over, -2 * cos / over, (1 - alpha) / over)


def low_pass(side: Signal, hertz: float, q: float = 0.707) -> Signal:
    """What is below `hertz`."""
    cos, alpha = _turn(hertz, q)
    over = 1 + alpha
    half = (1 - cos) / 2 / over
    return biquad(side, half, 2 * half, half, -2 * cos / over, (1 - alpha) / over)


def high_pass(side: Signal, hertz: float, q: float = 0.707) -> Signal:
    """What is above `hertz`."""
    cos, alpha = _turn(hertz, q)
    over = 1 + alpha
    half = (1 + cos) / 2 / over
    return biquad(side, half, -2 * half, half, -2 * cos / over, (1 - alpha) / over)


def _turn(hertz: float, q: float) -> tuple[float, float]:
    angle = 2 * math.pi * hertz / RATE
    return math.cos(angle), math.sin(angle) / (2 * q)
