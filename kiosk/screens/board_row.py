"""One line of a leaderboard: rank, movement, face, name, bar, value."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.scene.colour import mix
from kiosk.scene.ease import clamp
from kiosk.scene.layout import at_left, columns, room_for
from kiosk.scene.shapes import Align, Box, Colour, Disc, Rect, Shape, Text, Weight
from kiosk.scene.theme import Theme
from kiosk.screens.face import face
from kiosk.screens.movement import movement
from kiosk.screens.view import BoardRow

_NAME, _VALUE, _SMALL = 44.0, 48.0, 28.0
_LEAST_NAME, _LEAST_VALUE = 40.0, 44.0
_BAR_W, _SHORTEST_BAR_W = 384.0, 160.0
_EYE_W = 36.0  # the bull's eye before a target
_VALUE_W, _WIDEST_VALUE_W = 220.0, 620.0
_TABULAR = 1.1  # digits of one width, in bold, are wider than a text is guessed to be


@dataclass(frozen=True, slots=True)
class RowStyle:
    """What all rows of a board share, so that columns and sizes stand in line.

    Attributes:
        scale: how much larger texts are than in a row of eight on a page.
        value_size: at which the longest value fits.
        value_w, bar_w: widths of their columns; the bar gives way to long values, as far as targets allow.
        marked: whether anybody's former rank is known; without that nobody is a newcomer.
    """

    scale: float
    value_size: float
    value_w: float
    bar_w: float
    marked: bool

    @staticmethod
    def of(rows: tuple[BoardRow, ...], height: float) -> RowStyle:
        """The style of a board of these rows, each `height` px high."""
        scale = clamp(height / 84, 0.92, 1.4)
        longest = _TABULAR * max(room_for(row.value_text, 1) for row in rows)
        value_w = clamp(longest * _VALUE * scale, _VALUE_W, _WIDEST_VALUE_W)
        captions = max(room_for(row.target_text, _SMALL) for row in rows) + _EYE_W
        return RowStyle(
            scale,
            value_size=clamp(value_w / longest if longest else _VALUE, _LEAST_VALUE, _VALUE * scale),
            value_w=value_w,
            bar_w=max(_SHORTEST_BAR_W, captions, _BAR_W - max(0.0, value_w - 2 * _VALUE_W)),
            marked=any(row.moved is not None for row in rows),
        )


@dataclass(frozen=True, slots=True)
class _Places:
    """The columns of one row."""

    rank: Box
    moved: Box
    face: Box
    name: Box
    bar: Box
    value: Box

    @staticmethod
    def of(box: Box, style: RowStyle) -> _Places:
        face_w = clamp(0.9 * box.h, 56, 120)
        _, *places, _ = columns(box, (8, 92, 84, face_w, None, style.bar_w, style.value_w, 14), gap=16)
        return _Places(*places)


def row_shapes(row: BoardRow, box: Box, style: RowStyle, theme: Theme) -> tuple[Shape, ...]:
    """All that stands still while the bar grows."""
    places = _Places.of(box, style)
    radius = min(theme.radius, box.h / 3)
    cx, cy = places.face.x + places.face.w / 2, box.y + box.h / 2
    track = _track(row, box, style)
    name = Text(
        places.name,
        row.name,
        _NAME * style.scale,
        theme.text,
        Weight.SEMIBOLD,
        at_left(row.name),
        min_size=_LEAST_NAME,
    )
    value = Text(
        places.value,
        row.value_text,
        style.value_size,
        theme.text,
        Weight.BOLD,
        Align.END,
        min_size=_LEAST_VALUE,
    )
    return (
        Rect(box, theme.row(row.medal), radius=radius),
        Rect(box, _edge(row.medal, theme), radius=radius, outline=2),
        *_rank(row, places.rank, style.scale, theme),
        *(movement(row.moved, places.moved, theme) if style.marked else ()),
        *face(cx, cy, min(0.45 * places.face.w, 0.46 * box.h), row, theme),
        name,
        Rect(track, theme.track, radius=track.h / 2),
        *_target(row, box, track, style, theme),
        value,
    )


def bar_shapes(
    row: BoardRow, box: Box, style: RowStyle, theme: Theme, *, grown: float, opacity: float
) -> tuple[Shape, ...]:
    """The bar in its track at `grown` (0 to 1) of its length, over the row at `box`."""
    track = _track(row, box, style)
    length = track.w * clamp(row.share) * grown
    if length <= 0:
        return ()
    fill = theme.bar_done if _reached(row) else theme.bar
    faded = fill._replace(start=fill.start.alpha(opacity), end=fill.end.alpha(opacity))
    return (Rect(track._replace(w=max(track.h, length)), faded, radius=track.h / 2),)


def _track(row: BoardRow, box: Box, style: RowStyle) -> Box:
    """Where the bar runs: in the row's middle, or lower where the target stands above it."""
    column = _Places.of(box, style).bar
    height = clamp(0.2 * box.h, 12, 22)
    middle = 0.7 if _tells_target(row, box) else 0.5
    return Box(column.x, column.y + middle * column.h - height / 2, column.w, height)


def _tells_target(row: BoardRow, box: Box) -> bool:
    """Whether there is a target, and room for a line of text above the bar."""
    return bool(row.target_text) and box.h >= 76


def _reached(row: BoardRow) -> bool:
    return bool(row.target_text) and row.share >= 1


def _target(row: BoardRow, box: Box, track: Box, style: RowStyle, theme: Theme) -> tuple[Shape, ...]:
    """The target at the bar's end, behind a little bull's eye."""
    if not _tells_target(row, box):
        return ()
    colour = theme.good if _reached(row) else theme.muted
    line = Box(track.x, box.y + 0.1 * box.h, track.w, track.y - box.y - 0.1 * box.h)
    x, y = line.x + 13, line.y + line.h / 2
    size = _SMALL * min(style.scale, 1.15)
    return (
        Disc(x, y, 12, colour, outline=3),
        Disc(x, y, 5, colour),
        Text(Box(line.x + _EYE_W, line.y, line.w - _EYE_W, line.h), row.target_text, size, colour),
    )


def _edge(rank: int, theme: Theme) -> Colour:
    medal = theme.medal(rank)
    return theme.edge if medal is None else mix(theme.edge, medal, 0.45)


def _rank(row: BoardRow, box: Box, scale: float, theme: Theme) -> tuple[Shape, ...]:
    """A medal for the first three ranks, a plain number for all others."""
    medal = theme.medal(row.medal)
    colour, weight = (theme.muted, Weight.SEMIBOLD) if medal is None else (theme.on_medal, Weight.BOLD)
    number = Text(box, str(row.rank), 40 * scale, colour, weight, Align.MIDDLE, tabular=True)
    if medal is None:
        return (number,)
    return (Disc(box.x + box.w / 2, box.y + box.h / 2, min(0.38 * box.h, 46), medal), number)
