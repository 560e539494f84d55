"""Motion as a function of time: each takes and gives a share from 0 (begun) to 1 (arrived)."""

from __future__ import annotations


def clamp(x: float, low: float = 0, high: float = 1) -> float:
    """`x` kept within `low` and `high`."""
    return min(max(x, low), high)


def progress(t: float, start: float, length: float) -> float:
    """How much of a motion that begins at `start` and takes `length` seconds is over at `t`, 0 to 1.

    >>> progress(1.5, 1, 2)
    0.25
    """
    if length <= 0:
        return float(t >= start)
    return clamp((t - start) / length)


def ease_out_cubic(p: float) -> float:
    """Fast, then gently coming to rest."""
    return 1 - (1 - p) ** 3


def back(p: float, overshoot: float = 1.7) -> float:
    """Shoots a little over the mark (a tenth at the default) and comes back: things that pop."""
    q = p - 1
    return 1 + (overshoot + 1) * q**3 + overshoot * q**2


def lerp(start: float, end: float, share: float) -> float:
    """The value at `share` of the way from `start` to `end`."""
    return start + (end - start) * share
