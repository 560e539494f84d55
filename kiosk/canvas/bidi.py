"""Which pieces of a line run from right to left, and in which order they stand.

The parts of Unicode's bidirectional algorithm that names, titles and numbers need: one paragraph level, right-to-left
words, and numbers within them. Explicit embeddings are stripped before (see `clusters.cleaned`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import Protocol, TypeVar


class Levelled(Protocol):
    """Something with an embedding level: even runs to the right, odd to the left."""

    @property
    def level(self) -> int: ...  # noqa: D102


Piece = TypeVar("Piece", bound=Levelled)

_STRONG = {"L": "L", "R": "R", "AL": "R", "EN": "N", "AN": "N"}
_WITHIN_NUMBERS = {"CS", "ES", "ET"}


def base_level(text: str) -> int:
    """1 if the first letter that has a direction runs to the left, else 0."""
    if text.isascii():
        return 0
    for sign in text:
        kind = _STRONG.get(unicodedata.bidirectional(sign))
        if kind in ("L", "R"):
            return 1 if kind == "R" else 0
    return 0


def levels(clusters: Sequence[str], base: int) -> list[int]:
    """The embedding level of each cluster of one line."""
    kinds = [unicodedata.bidirectional(cluster[0]) for cluster in clusters]
    if base == 0 and not any(kind in ("R", "AL", "AN") for kind in kinds):
        return [0] * len(clusters)
    around = "R" if base else "L"
    resolved = _numbers(kinds, around)
    result: list[int] = []
    before = around
    for place, kind in enumerate(resolved):
        if kind == "":
            after = next((later for later in resolved[place:] if later), around)
            sides = {"R" if side == "N" else side for side in (before, after)}
            kind = sides.pop() if len(sides) == 1 else around  # noqa: PLW2901
            result.append(1 if kind == "R" else 2 * base)
            continue
        before = kind
        result.append(2 if kind == "N" else 1 if kind == "R" else 2 * base)
    return result


def visual(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces in reading order put into the order in which they stand from left to right."""
    order = list(pieces)
    highest = max((piece.level for piece in order), default=0)
    for level in range(highest, 0, -1):
        turned: list[Piece] = []
        for inside, run in groupby(order, key=lambda piece: piece.level >= level):
            members = list(run)
            turned += reversed(members) if inside else members
        order = turned
    return order


def _numbers(kinds: Sequence[str], around: str) -> list[str]:
    """Each cluster as L, R, N (a number among right-to-left letters) or "" (takes its neighbours' direction)."""
    resolved = [_STRONG.get(kind, "") for kind in kinds]
    for place, kind in enumerate(kinds):
        if kind in _WITHIN_NUMBERS:
            beside = {resolved[place - 1] if place else "", resolved[place + 1] if place + 1 < len(kinds) else ""}
            if beside == {"N"} or (kind == "ET" and "N" in beside):
                resolved[place] = "N"
    last = around
    for place, kind in enumerate(resolved):
        if kind in ("L", "R"):
            last = kind
        elif kind == "N" and last == "L":
            resolved[place] = "L"
    return resolved
