"""The screen when everything else fails: it needs no view, no moment, no configuration."""

from __future__ import annotations

from kiosk.scene.layout import CANVAS
from kiosk.scene.shapes import Align, Box, Rect, Scene, Text, Weight
from kiosk.scene.theme import Theme
from kiosk.screens.mark import mark

SENTENCE = "One moment, please: the board is coming back."


def safe(theme: Theme, sentence: str = SENTENCE) -> Scene:
    """The mark and one sentence; it stands still."""
    words = Text(
        Box(200, 600, CANVAS.w - 400, 150), sentence, 52, theme.text, Weight.SEMIBOLD, Align.MIDDLE, max_lines=2
    )
    return Scene((Rect(CANVAS, theme.backdrop),), (*mark(Box(860, 360, 200, 200), theme), words))
