"""Confetti as a pure function of (seed, t): the same papers at the same places on every TV and at any frame rate.

Each paper is thrown from a lower corner and flies with drag proportional to its speed, which has a closed form:

    position(t) = origin + (v0 - vT) / k * (1 - exp(-k t)) + vT * t

where `v0` is the throw, `vT` the speed at which it sinks at last and `k` the drag. Once slow it sways and tumbles as
paper does. Constants are per paper, drawn from a small integer hash; nothing is kept between frames.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kiosk.scene.shapes import HEIGHT, WIDTH, Colour, Particle, Particles

LIFE_S = 9.0
"""No paper is left from then on."""

COUNT = 300
"""The most papers at any time."""

SPARKS_S = 1.3
"""How long a burst of sparks lasts."""

_FADE_S = 1.2
_SALVOS_S = (0.0, 0.55, 1.15)
_MASK = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class _Paper:
    """One paper's constants: where and when it is thrown, how it flies, how it flutters."""

    x: float
    vx: float
    vy: float
    sink: float
    drag: float
    wait: float
    sway: float
    sway_hz: float
    phase: float
    size: float
    turn: float
    tumble_hz: float
    colour: Colour


def _shares(seed: int) -> Iterator[float]:
    """An endless run of numbers in [0, 1) that depends on the seed alone (splitmix64)."""
    state = seed & _MASK
    while True:
        state = (state + 0x9E3779B97F4A7C15) & _MASK
        z = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        yield (z ^ (z >> 31)) / (_MASK + 1)


@lru_cache(maxsize=4)
def _papers(seed: int, count: int, colours: tuple[Colour, ...], gentle: bool) -> tuple[_Paper, ...]:
    """The constants of all papers of one burst."""
    draw = _shares(seed)

    def between(low: float, high: float) -> float:
        return low + (high - low) * next(draw)

    papers = []
    for i in range(count):
        side = 1 if i % 2 else -1
        strength = between(0.42, 1.0) * (0.8 if gentle else 1)
        lean = math.radians(between(5, 54))
        speed = 3350 * strength
        salvo = 0.0 if gentle else _SALVOS_S[i * len(_SALVOS_S) // count]
        papers.append(
            _Paper(
                x=WIDTH / 2 + side * WIDTH / 2,
                vx=-side * speed * math.sin(lean),
                vy=-speed * math.cos(lean),
                sink=between(190, 330),
                drag=between(1.7, 2.2),
                wait=salvo + between(0, 0.22),
                sway=between(14, 52),
                sway_hz=between(0.35, 0.8),
                phase=between(0, math.tau),
                size=between(16, 32),
                turn=between(-230, 230),
                tumble_hz=between(0.5, 1.5),
                colour=colours[int(next(draw) * len(colours))],
            )
        )
    return tuple(papers)


def _at(paper: _Paper, t: float) -> Particle | None:
    """Where the paper is `t` seconds into the burst, None while it isn't on the canvas."""
    age = t - paper.wait
    if age <= 0:
        return None
    spent = 1 - math.exp(-paper.drag * age)
    swing = math.sin(math.tau * paper.sway_hz * age + paper.phase)
    x = paper.x + paper.vx / paper.drag * spent + paper.sway * swing * spent
    y = HEIGHT + (paper.vy - paper.sink) / paper.drag * spent + paper.sink * age
    half = paper.size / 2
    if not (-half < x < WIDTH + half and -half < y < HEIGHT + half):
        return None
    left = min(1.0, (LIFE_S - t) / _FADE_S)
    return Particle(
        x=round(x, 1),
        y=round(y, 1),
        size=round(paper.size, 1),
        angle=round((paper.turn * age + 22 * swing) % 360, 1),
        tip=round(0.88 * abs(math.sin(math.pi * paper.tumble_hz * age + paper.phase)), 2),
        colour=paper.colour if left >= 1 else paper.colour.alpha(left),
    )


def confetti(
    seed: int, t: float, colours: Sequence[Colour], count: int = COUNT, *, gentle: bool = False
) -> Particles | None:
    """The papers in the air `t` seconds after the burst; None once (and before) there are any.

    Args:
        seed: the same seed gives the same burst.
        t: seconds, any number: a late frame only finds the papers further on.
        colours: what the papers are cut from.
        count: how many are thrown.
        gentle: one low throw instead of three salvos.
    """
    if not 0 <= t < LIFE_S:
        return None
    seen = (_at(paper, t) for paper in _papers(seed, count, tuple(colours), gentle))
    items = tuple(particle for particle in seen if particle is not None)
    return Particles(items) if items else None


def sparks(
    seed: int, t: float, origin: tuple[float, float], colours: Sequence[Colour], count: int = 64
) -> Particles | None:
    """Sparks that shoot out of the origin to all sides and slow down and fade; None before and after.

    Args:
        seed: the same seed gives the same burst.
        t: seconds since the burst.
        origin: where they come from.
        colours: of the sparks.
        count: how many.
    """
    if not 0 < t < SPARKS_S:
        return None
    x, y = origin
    draw = _shares(seed ^ 0x5B)
    left = 1 - t / SPARKS_S
    items = []
    for i in range(count):
        angle = math.tau * (i + next(draw)) / count
        reach = (300 + 320 * next(draw)) * (1 - math.exp(-4.2 * t))
        size = (10 + 14 * next(draw)) * (0.4 + 0.6 * left)
        px, py = x + reach * math.cos(angle), y + reach * math.sin(angle) + 60 * t * t
        colour = colours[i % len(colours)].alpha(min(1.0, 1.6 * left))
        if -size / 2 < px < WIDTH + size / 2 and -size / 2 < py < HEIGHT + size / 2:
            items.append(Particle(round(px, 1), round(py, 1), round(size, 1), round(math.degrees(angle)), 0.55, colour))
    return Particles(tuple(items))
