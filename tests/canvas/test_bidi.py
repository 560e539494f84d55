"""Right-to-left text: capitals stand for Hebrew letters in the drawings."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import pytest

from kiosk.canvas.bidi import base_level, levels, visual


@dataclass(frozen=True)
class Piece:
    text: str
    level: int


def shown(drawing: str, base: int | None = None) -> str:
    """How a line looks from left to right."""
    line = "".join(chr(ord("א") + ord(sign) - ord("A")) if "A" <= sign <= "Z" else sign for sign in drawing)
    base = base_level(line) if base is None else base
    found = levels(line, base)
    runs = [
        Piece("".join(drawing[place] for place, _ in run), level)
        for level, run in groupby(enumerate(found), key=lambda pair: pair[1])
        for run in [list(run)]
    ]
    return "".join(run.text[::-1] if run.level % 2 else run.text for run in visual(runs))


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("hello 123", "hello 123"),
        ("ABC", "CBA"),
        ("ABC DEF", "FED CBA"),
        ("he said ABC DEF ok", "he said FED CBA ok"),
        ("ABC hello DEF", "FED hello CBA"),
        ("ABC 123", "123 CBA"),
        ("ABC 1,234.5 DEF", "FED 1,234.5 CBA"),
        ("ABC 50%", "50% CBA"),
        ("won 5 ABC", "won 5 CBA"),
        ("ABC.", ".CBA"),
        ("", ""),
    ],
)
def test_a_line_stands_as_its_readers_expect(line: str, seen: str) -> None:
    assert shown(line) == seen


def test_the_first_letter_with_a_direction_decides() -> None:
    assert base_level("123 שלום abc") == 1
    assert base_level("123 abc שלום") == 0
    assert base_level("123") == 0
