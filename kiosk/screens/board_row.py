"""One line of a leaderboard: rank, movement, face, name, bar, value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.scene.colour import mix
from kiosk.scene.ease import clamp
from kiosk.scene.layout import at_left, columns, room_for
from kiosk.scene.shapes import Align, Box, Colour, Disc, Polygon, Rect, Shape, Text, Weight
from kiosk.scene.theme import Theme
from kiosk.screens.face import face
from kiosk.screens.view import BoardRow

_ARROW = 13
_NAME, _VALUE, _SMALL = 44.0, 48.0, 28.0


@dataclass(frozen=True, slots=True)
class _Places:
    """The columns of one row."""

    rank: Box
    moved: Box
    face: Box
    name: Box
    bar: Box
    value: Box


def _scale(box: Box) -> float:
    """How much larger texts are than in a row of eight on a page."""
    return clamp(box.h / 84, 0.92, 1.4)


def _places(box: Box) -> _Places:
    height = box.h
    _, rank, moved, portrait, name, bar, value, _ = columns(
        box, (8, 92, 84, clamp(0.9 * height, 56, 120), None, 384, 324 * max(1, _scale(box)), 14), gap=16
    )
    return _Places(rank, moved, portrait, name, bar, value)


def value_size(rows: Iterable[BoardRow], box: Box) -> float:
    """The size at which every row's value fits, so that all rows have one."""
    longest = max(room_for(row.value_text, 1) for row in rows)
    return clamp(_places(box).value.w / longest, 44, _VALUE * _scale(box))


def row_shapes(row: BoardRow, box: Box, value_size: float, theme: Theme) -> tuple[Shape, ...]:
    """All that stands still while the bar grows."""
    places = _places(box)
    scale = _scale(box)
    radius = min(theme.radius, box.h / 3)
    cx, cy = places.face.x + places.face.w / 2, box.y + box.h / 2
    track = bar_box(row, box)
    shapes: list[Shape] = [
        Rect(box, theme.row(row.rank), radius=radius),
        Rect(box, _edge(row.rank, theme), radius=radius, outline=2),
        *_rank(row.rank, places.rank, scale, theme),
        *_movement(row.moved, places.moved, theme),
        *face(cx, cy, min(0.45 * places.face.w, 0.46 * box.h), row, theme),
        Text(places.name, row.name, _NAME * scale, theme.text, Weight.SEMIBOLD, at_left(row.name), min_size=40),
        Rect(track, theme.track, radius=track.h / 2),
        Text(places.value, row.value_text, value_size, theme.text, Weight.BOLD, Align.END, min_size=44, tabular=True),
    ]
    if row.target_text and _has_room(box):
        caption = Box(track.x, box.y + 0.1 * box.h, track.w, track.y - box.y - 0.1 * box.h)
        shapes.append(Text(caption, row.target_text, _SMALL * min(scale, 1.15), theme.muted, align=Align.END))
    return tuple(shapes)


def bar_shapes(row: BoardRow, box: Box, theme: Theme, grown: float, opacity: float) -> tuple[Shape, ...]:
    """The bar in its track at `grown` (0 to 1) of its length, over the row at `box`."""
    track = bar_box(row, box)
    length = track.w * clamp(row.share) * grown
    if length <= 0:
        return ()
    reached = bool(row.target_text) and row.share >= 1
    fill = theme.bar_done if reached else theme.bar
    faded = fill._replace(start=fill.start.alpha(opacity), end=fill.end.alpha(opacity))
    return (Rect(track._replace(w=max(track.h, length)), faded, radius=track.h / 2),)


def bar_box(row: BoardRow, box: Box) -> Box:
    """The bar's track."""
    column = _places(box).bar
    height = clamp(0.2 * box.h, 12, 22)
    middle = 0.7 if row.target_text and _has_room(box) else 0.5
    return Box(column.x, column.y + middle * column.h - height / 2, column.w, height)


def _has_room(box: Box) -> bool:
    """Whether a line of text fits above the bar."""
    return box.h >= 76


def _edge(rank: int, theme: Theme) -> Colour:
    medal = theme.medal(rank)
    return theme.edge if medal is None else mix(theme.edge, medal, 0.45)


def _rank(rank: int, box: Box, scale: float, theme: Theme) -> tuple[Shape, ...]:
    """A medal for the first three ranks, a plain number for all others."""
    medal = theme.medal(rank)
    colour, weight = (theme.muted, Weight.SEMIBOLD) if medal is None else (theme.on_medal, Weight.BOLD)
    number = Text(box, str(rank), 40 * scale, colour, weight, Align.MIDDLE, tabular=True)
    if medal is None:
        return (number,)
    return (Disc(box.x + box.w / 2, box.y + box.h / 2, min(0.38 * box.h, 46), medal), number)


def _movement(moved: int | None, box: Box, theme: Theme) -> tuple[Shape, ...]:
    """An arrow and the places gained or lost; a dash for none; a spark for newcomers."""
    x, y = box.x + 18, box.y + box.h / 2
    if moved is None:
        return (_spark(x + 10, y, theme.accent),)
    if moved == 0:
        return (Rect(Box(x - 2, y - 3, 24, 6), theme.muted.alpha(0.55), radius=3),)
    up = moved > 0
    colour = theme.good if up else theme.bad
    tip = -_ARROW if up else _ARROW
    arrow = Polygon(((x, y + tip), (x + 1.15 * _ARROW, y - tip), (x - 1.15 * _ARROW, y - tip)), colour)
    number = Text(
        Box(x + 20, box.y, box.x + box.w - x - 20, box.h), str(abs(moved)), 32, colour, Weight.SEMIBOLD, tabular=True
    )
    return arrow, number


def _spark(x: float, y: float, colour: Colour) -> Shape:
    """A four-pointed star."""
    long, short = 15, 4
    return Polygon(
        (
            (x, y - long),
            (x + short, y - short),
            (x + long, y),
            (x + short, y + short),
            (x, y + long),
            (x - short, y + short),
            (x - long, y),
            (x - short, y - short),
        ),
        colour,
    )
