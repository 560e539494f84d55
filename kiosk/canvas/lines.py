"""How a text is broken into lines of at most a width. Pure: it measures through a function it is given."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from kiosk.canvas.clusters import clusters

ELLIPSIS = "…"

Measure = Callable[[str], float]


class Word(NamedTuple):
    """What is never broken while it fits on a line; `gap` says whether a space stands before it."""

    text: str
    gap: bool


def words(paragraph: str) -> list[Word]:
    """The words of a paragraph; signs of scripts that put no spaces are words of their own."""
    found: list[Word] = []
    for part in paragraph.split(" "):
        gap = True
        if part.isascii():
            if part:
                found.append(Word(part, gap))
            continue
        word = ""
        for cluster in clusters(part):
            if _stands_alone(cluster):
                if word:
                    found.append(Word(word, gap))
                    gap = False
                found.append(Word(cluster, gap))
                word, gap = "", False
            else:
                word += cluster
        if word:
            found.append(Word(word, gap))
    return found


def wrap(paragraphs: list[list[Word]], width: float, measure: Measure, *, cut: bool = False) -> list[str] | None:
    """The lines of the paragraphs; None if a word is wider than `width`, unless `cut` allows to break it."""
    space = measure(" ")
    lines: list[str] = []
    for paragraph in paragraphs:
        line, used = "", 0.0
        for word in paragraph:
            pieces = [word]
            wide = measure(word.text)
            if wide > width:
                if not cut:
                    return None
                pieces = _broken(word, width, measure)
            for piece in pieces:
                wide = measure(piece.text)
                gap = space if piece.gap and line else 0
                if line and used + gap + wide > width:
                    lines.append(line)
                    line, used = piece.text, wide
                else:
                    line, used = line + (" " if gap else "") + piece.text, used + gap + wide
        lines.append(line)
    return lines


def shortened(line: str, width: float, measure: Measure) -> str:
    """The longest beginning of the line that has room for an ellipsis after it."""
    signs = clusters(line)
    low, high = 0, len(signs)
    while low < high:
        middle = (low + high + 1) // 2
        if measure("".join(signs[:middle]).rstrip() + ELLIPSIS) <= width:
            low = middle
        else:
            high = middle - 1
    return "".join(signs[:low]).rstrip(" ,;:.-–—") + ELLIPSIS


def _broken(word: Word, width: float, measure: Measure) -> list[Word]:
    """A word too wide for a line as pieces that each fit, at least one sign in each."""
    pieces: list[Word] = []
    signs = clusters(word.text)
    gap = word.gap
    while signs:
        low, high = 1, len(signs)
        while low < high:
            middle = (low + high + 1) // 2
            if measure("".join(signs[:middle])) <= width:
                low = middle
            else:
                high = middle - 1
        pieces.append(Word("".join(signs[:low]), gap))
        signs, gap = signs[low:], False
    return pieces


def _stands_alone(cluster: str) -> bool:
    return unicodedata.east_asian_width(cluster[0]) == "W" and unicodedata.category(cluster[0]) == "Lo"
