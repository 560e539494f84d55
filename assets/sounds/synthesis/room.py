"""The room that a sound is heard in."""

from __future__ import annotations

from synthesis.stereo import RATE, Signal, Stereo


def reverberated(dry: Stereo, wet: float, room_s: float) -> Stereo:
    """Four damped combs and two all-passes a side (Schroeder's room), of other lengths left and right."""
    return Stereo(*(_room(side, wet, room_s, offset) for side, offset in ((dry.left, 0), (dry.right, 37))))


def _room(side: Signal, wet: float, room_s: float, offset: int) -> Signal:
    echo = [0.0] * len(side)
    for milliseconds in (29.7, 37.1, 41.1, 43.7):
        length = round(milliseconds * RATE / 1000) + offset
        feedback = 10 ** (-3 * length / (room_s * RATE))
        line, low, position = [0.0] * length, 0.0, 0
        for i, sample in enumerate(side):
            out = line[position]
            low = out * 0.62 + low * 0.38
            line[position] = sample + low * feedback
            position = position + 1 if position + 1 < length else 0
            echo[i] += out * 0.25
    for milliseconds in (5.0, 1.7):
        length = round(milliseconds * RATE / 1000) + offset // 5
        line, position = [0.0] * length, 0
        for i, sample in enumerate(echo):
            held = line[position]
            line[position] = sample + held * 0.6
            echo[i] = held - line[position] * 0.6
            position = position + 1 if position + 1 < length else 0
    return [dry + wet * late for dry, late in zip(side, echo, strict=True)]
