"""A celebration: the winner in the light at the left, the win in words at the right; several winners in one row.

The first show enters with pops and three salvos of confetti; later ones stand at once, under one gentle throw. Every
part is a `Group`, and the papers fly above all of them, so that no text is rasterised again while they fall.
"""

from __future__ import annotations

import math
from functools import lru_cache

from kiosk.scene.layout import CANVAS, centred, grown, square
from kiosk.scene.moment import Moment
from kiosk.scene.particles import LIFE_S, confetti, sparks
from kiosk.scene.shapes import Align, Box, Polygon, Scene, Shape, Text, Weight
from kiosk.scene.theme import Theme
from kiosk.screens.badges import badge
from kiosk.screens.column import Line, column
from kiosk.screens.entrance import LENGTH_S, Layer, Motion
from kiosk.screens.face import face
from kiosk.screens.outline import circle
from kiosk.screens.pill import pill, pill_width
from kiosk.screens.stage import stage
from kiosk.screens.view import CelebrationView
from kiosk.show.celebration import Celebration

FACES = 6
"""So many of a merged celebration's winners are shown as faces; all are named."""

_GENTLE_COUNT = 110
_HERO_X, _HERO_R = 494, 226
_PILL_H, _PILL_SIZE = 84, 46
_ROW_Y = 566


def celebration(view: CelebrationView, moment: Moment, theme: Theme) -> Scene:
    """The celebration at this moment: entering, under confetti, or at rest."""
    what = view.celebration
    x, y, layers = _composed(what, theme)
    t = max(0.0, moment.elapsed_s)
    lively = view.first and not moment.reduced_motion
    settled_s = max(layer.at_s for layer in layers) + LENGTH_S if lively else 0.0
    burst = sparks(moment.seed, t, (x, y), (theme.gold, theme.triumph, theme.accent)) if lively else None
    shapes: list[Shape] = [burst] if burst else []
    for layer in layers:
        shapes += layer.at(t if lively else math.inf)
    if what.animation == "confetti" and not moment.reduced_motion:
        settled_s = max(settled_s, LIFE_S)
        count = {} if view.first else {"count": _GENTLE_COUNT}
        papers = confetti(moment.seed, t, theme.confetti, gentle=not view.first, **count)
        shapes += [papers] if papers else []
    return Scene(stage(what.background, x, y, theme), tuple(shapes), 0 if t < settled_s else None)


@lru_cache(maxsize=4)
def _composed(what: Celebration, theme: Theme) -> tuple[float, float, tuple[Layer, ...]]:
    """Where the light comes from, and the layers: composed once for all frames of a showing."""
    x, y, layers = _crowd(what, theme) if len(what.winners) > 1 else _hero(what, theme)
    return x, y, tuple(layers)


def _hero(what: Celebration, theme: Theme) -> tuple[float, float, list[Layer]]:
    """One winner: where the light comes from, and the layers."""
    winner = what.winners[0] if what.winners else None
    named = winner is None or winner.name in what.message
    y = 540 if named else 474
    layers = []
    if winner is None:
        layers.append(
            Layer(square(_HERO_X, y, 300), badge(what.badge, square(_HERO_X, y, 270), theme), Motion.POP, 0.1)
        )
    else:
        frame = square(_HERO_X, y, _HERO_R + 44)
        pinned = square(_HERO_X + 0.8 * _HERO_R, y + 0.8 * _HERO_R, 134)
        layers += [
            Layer(frame, (*_frame(_HERO_X, y, _HERO_R, theme), *face(_HERO_X, y, _HERO_R, winner, theme)),
                  Motion.POP, 0.1),
            Layer(grown(pinned, 4), badge(what.badge, pinned, theme), Motion.POP, 0.55),
        ]  # fmt: skip
        if not named:
            caption = Box(_HERO_X - 390, y + _HERO_R + 84, 780, 156)
            name = Text(
                caption, winner.name, 66, theme.text, Weight.BOLD, Align.MIDDLE, Align.START, max_lines=3, min_size=40
            )
            layers.append(Layer(caption, (name,), Motion.RISE, 0.5))
    words = Box(900, 84, CANVAS.w - 900 - theme.space.margin_x, CANVAS.h - 168)
    return _HERO_X, y, [*layers, *_words(what, words, theme)]


def _words(what: Celebration, box: Box, theme: Theme) -> list[Layer]:
    """The column at the right: title, message, value, description, motivation, points."""
    foot = _PILL_H + 40 if what.points_text else 0
    lines = (
        Line(what.title, theme.type.display, theme.text, Weight.BOLD, max_lines=2, long_size=104),
        Line(what.message, 62, theme.text, Weight.SEMIBOLD, max_lines=2, long_size=58, gap=16),
        Line(what.value_text, 160, theme.triumph, Weight.BOLD, gap=18, least=0.3),
        Line(what.description, 38, theme.muted, max_lines=2, gap=14),
        Line(what.motivation, 42, theme.accent, Weight.SEMIBOLD, max_lines=2, gap=26),
    )
    texts, bottom = column(lines, box, foot=foot)
    layers = [Layer(text.box, (text,), Motion.RISE, 0.4 + 0.14 * i) for i, text in enumerate(texts)]
    if what.points_text:
        width = pill_width(what.points_text, _PILL_SIZE, box.w)
        layers.append(_points(what.points_text, Box(box.x, bottom + 40, width, _PILL_H), 1.2, theme))
    return layers


def _points(text: str, box: Box, at_s: float, theme: Theme) -> Layer:
    return Layer(grown(box, 2), pill(box, text, _PILL_SIZE, theme.gold, theme.on_medal), Motion.POP, at_s)


def _crowd(what: Celebration, theme: Theme) -> tuple[float, float, list[Layer]]:
    """Several winners: badge and title above, faces in a row, everybody's name, the message below."""
    x = CANVAS.w / 2
    top = square(x, 138, 108)
    title = Box(140, 250, CANVAS.w - 280, 136)
    layers = [
        Layer(grown(top, 4), badge(what.badge, top, theme), Motion.POP, 0.1),
        Layer(title, (Text(title, what.title, 104, theme.text, Weight.BOLD, Align.MIDDLE, min_size=60),),
              Motion.RISE, 0.3),
    ]  # fmt: skip
    shown = what.winners[:FACES]
    pitch = min(430.0, (CANVAS.w - 160) / len(shown))
    radius = min(136.0, 0.38 * pitch)
    captioned = len(shown) == len(what.winners)
    for i, winner in enumerate(shown):
        cx, cy = x + (i - (len(shown) - 1) / 2) * pitch, _ROW_Y
        layer = square(cx, cy, radius + 26)
        portrait = (*_frame(cx, cy, radius, theme), *face(cx, cy, radius, winner, theme))
        layers.append(Layer(layer, portrait, Motion.POP, 0.5 + 0.1 * i))
        if captioned:
            caption = Box(cx - pitch / 2 + 8, cy + radius + 30, pitch - 16, 106)
            name = Text(caption, winner.name, 42, theme.text, Weight.SEMIBOLD, Align.MIDDLE, Align.START, 2, 40)
            layers.append(Layer(caption, (name,), Motion.RISE, 0.7 + 0.1 * i))
    if not captioned:
        box = Box(150, 720, CANVAS.w - 300, 112)
        names = Text(box, ", ".join(w.name for w in what.winners), 44, theme.text, Weight.SEMIBOLD, Align.MIDDLE,
                     max_lines=2, min_size=34)  # fmt: skip
        layers.append(Layer(box, (names,), Motion.RISE, 1.0))
    return x, _ROW_Y, [*layers, *_below(what, Box(160, 846, CANVAS.w - 320, 176), theme)]


def _below(what: Celebration, box: Box, theme: Theme) -> list[Layer]:
    """What stands under the faces: the description or message, and the points."""
    foot = _PILL_H + 18 if what.points_text else 0
    lines = (Line(what.description or what.motivation, 40, theme.muted, max_lines=2),)
    texts, bottom = column(lines, box, Align.MIDDLE, foot)
    layers = [Layer(text.box, (text,), Motion.RISE, 1.1) for text in texts]
    if what.points_text:
        width = pill_width(what.points_text, _PILL_SIZE, box.w)
        layers.append(_points(what.points_text, centred(Box(box.x, bottom + 18, box.w, _PILL_H), width, _PILL_H), 1.3,
                              theme))  # fmt: skip
    return layers


def _frame(x: float, y: float, radius: float, theme: Theme) -> tuple[Shape, ...]:
    """Gold around a winner's face."""
    wide = max(8, round(0.06 * radius))
    return (
        Polygon(circle(x, y, radius + 2.4 * wide, 120), theme.gold.alpha(0.28)),
        Polygon(circle(x, y, radius + wide, 120), theme.gold),
    )
