"""Which part of a picture differs when one list of shapes follows another.

Shapes are values, so this needs no painting: a pixel keeps its colour if the same shapes cover it in the same order.
Shapes that aren't part of a common run of both lists damage what they cover.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

import pygame

from kiosk.scene.shapes import Shape

MOST_RECTS = 12
_SLACK_PX = 64 * 64  # a join may add this much: painting one more rectangle costs more


def kept(old: Sequence[Shape], new: Sequence[Shape]) -> Iterator[tuple[int, int]]:
    """Pairs of places in both lists that hold equal shapes, rising in both: what needs no painting."""
    start = 0
    least = min(len(old), len(new))
    while start < least and old[start] == new[start]:
        start += 1
    end = 0
    while end < least - start and old[-1 - end] == new[-1 - end]:
        end += 1
    yield from ((place, place) for place in range(start))
    yield from _longest_rise(old, new, start, end)
    yield from ((len(old) - back, len(new) - back) for back in range(end, 0, -1))


def merged(rects: Iterable[pygame.Rect], within: pygame.Rect) -> list[pygame.Rect]:
    """At most `MOST_RECTS` rectangles that cover all of `rects` inside `within`, joined where that wastes little."""
    joined: list[pygame.Rect] = []
    for rect in rects:
        wanted = rect.clip(within)
        if not wanted.w or not wanted.h:
            continue
        while (other := _worth_joining(wanted, joined)) is not None:
            wanted = wanted.union(joined.pop(other))
        joined.append(wanted)
    while len(joined) > MOST_RECTS:
        first, second = min(
            ((a, b) for b in range(len(joined)) for a in range(b)),
            key=lambda pair: _waste(joined[pair[0]], joined[pair[1]]),
        )
        joined[first] = joined[first].union(joined.pop(second))
    return joined


def area(rects: Iterable[pygame.Rect]) -> int:
    """Pixels in all rectangles together."""
    return sum(rect.w * rect.h for rect in rects)


def _longest_rise(old: Sequence[Shape], new: Sequence[Shape], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The longest run of equal shapes between the first `start` and the last `end`, where each occurs once."""
    places: dict[Shape, list[int]] = {}
    for place in range(len(new) - end - 1, start - 1, -1):
        places.setdefault(new[place], []).append(place)
    pairs = [(place, found.pop()) for place in range(start, len(old) - end) if (found := places.get(old[place]))]
    tails: list[int] = []  # of runs of each length, the least last place in `new`
    ends: list[int] = []  # and the pair that holds it
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(tails, place)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [place]
        ends[length : length + 1] = [number]
    run = []
    number = ends[-1] if ends else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    yield from reversed(run)


def _waste(one: pygame.Rect, other: pygame.Rect) -> int:
    union = one.union(other)
    return union.w * union.h - one.w * one.h - other.w * other.h


def _worth_joining(rect: pygame.Rect, others: Sequence[pygame.Rect]) -> int | None:
    for place, other in enumerate(others):
        if _waste(rect, other) <= _SLACK_PX:
            return place
    return None
