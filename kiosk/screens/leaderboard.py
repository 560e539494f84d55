"""The leaderboard, style `list`: everybody in order, page by page; rows glide when ranks change."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.scene.ease import clamp, ease_out_cubic, lerp, progress
from kiosk.scene.layout import CANVAS, grown, rows
from kiosk.scene.moment import Moment
from kiosk.scene.shapes import Align, Box, Group, Rect, Scene, Shape, Text, Weight
from kiosk.scene.theme import Theme
from kiosk.screens.badges import badge
from kiosk.screens.board_row import RowStyle, bar_shapes, row_shapes
from kiosk.screens.header import BOTTOM, age_mark, header, page_marks
from kiosk.screens.paging import Page, page_at
from kiosk.screens.view import BoardRow, BoardView

GLIDE_S = 0.8
"""How long rows take to their new places."""

STALE = 0.55
"""How much of an old board shows."""

_ENTER_S, _STAGGER_S = 0.62, 0.045
_TALLEST = 132
_LIST_BOTTOM = 1004


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row on its way: its place, how far off it still is, how much of it shows, how far its bar has grown."""

    row: BoardRow
    box: Box
    dy: float
    opacity: float
    bar: float
    rising: float


def leaderboard(view: BoardView, moment: Moment, theme: Theme) -> Scene:
    """The page that is on, on its way in, gliding or at rest."""
    page = page_at(len(view.rows), view.per_page, moment)
    backdrop = (Rect(CANVAS, theme.backdrop),)
    head = (
        *header(view.title, view.subtitle, theme, marked=page.count > 1 or bool(view.age_text)),
        *page_marks(page.index, page.count, theme),
        *age_mark(view.age_text, theme),
    )
    if not view.rows:
        return Scene(backdrop, (*head, *_empty(view.empty_text, theme)))
    placed, moving = _placed(view, page, moment)
    strength = STALE if view.age_text else 1.0
    style = RowStyle.of(view.rows, placed[0].box.h)
    shapes = [shape for p in placed for shape in _row(p, style, strength, theme)]
    return Scene(backdrop, (*head, *shapes), 0 if moving else page.next_s)


def _placed(view: BoardView, page: Page, moment: Moment) -> tuple[list[_Placed], bool]:
    """The page's rows where they are at this moment, risers last so that they pass in front; and whether any moves."""
    fit = min(view.per_page, len(view.rows))
    area = Box(CANVAS.x, BOTTOM, CANVAS.w, _LIST_BOTTOM - BOTTOM).inset(92, 0)
    gap = 12 if fit <= 9 else 8
    height = min(_TALLEST, (area.h - gap * (fit - 1)) / fit)
    boxes = rows(area, fit, gap, height)
    glide = _glide(view, moment)
    former = {subject: i for i, subject in enumerate(view.was)} if glide < 1 else {}
    still = moment.reduced_motion
    placed, moving = [], False
    for slot, row in enumerate(view.rows[page.first : page.last]):
        enter = 1.0 if still else ease_out_cubic(progress(page.age_s, slot * _STAGGER_S, _ENTER_S))
        place, opacity, rising = float(slot), enter, 0.0
        if former and former.get(row.subject) != page.first + slot:
            at = former.get(row.subject)
            start = float(fit if at is None else clamp(at - page.first, -0.6, fit - 0.4))
            place = lerp(start, slot, glide)
            shows = at is not None and page.first <= at < page.last
            opacity *= 1.0 if shows else glide
            rising = 1 - glide if start > slot else 0.0
            moving = True
        moving = moving or enter < 1
        dy = (place - slot) * (height + gap) + (1 - enter) * 28
        placed.append(_Placed(row, boxes[slot], dy, opacity, 0.25 * enter + 0.75 * enter**2, rising))
    return sorted(placed, key=lambda p: p.rising), moving


def _glide(view: BoardView, moment: Moment) -> float:
    """How far the rows are on their way from their former places, 1 at rest."""
    if view.moved_at_s is None or moment.reduced_motion:
        return 1.0
    return ease_out_cubic(progress(moment.mono_s, view.moved_at_s, GLIDE_S))


def _row(placed: _Placed, style: RowStyle, strength: float, theme: Theme) -> tuple[Shape, ...]:
    opacity = placed.opacity * strength
    if opacity <= 0:
        return ()
    box = placed.box
    body = Group(grown(box, 2), row_shapes(placed.row, box, style, theme), dy=placed.dy, opacity=opacity)
    seen = box.moved(0, placed.dy)
    bar = bar_shapes(placed.row, seen, style, theme, grown=placed.bar, opacity=opacity)
    if not placed.rising:
        return (body, *bar)
    green = theme.good.alpha(clamp(placed.rising * 1.5) * opacity)
    ring = Rect(seen, green, radius=min(theme.radius, box.h / 3), outline=4)
    return (body, *bar, ring)


def _empty(text: str, theme: Theme) -> tuple[Shape, ...]:
    """The board that is to come, faintly, and a sentence."""
    ghosts = rows(Box(92, BOTTOM, CANVAS.w - 184, 0), 6, 12, _TALLEST)
    shapes: list[Shape] = []
    for i, box in enumerate(ghosts):
        faint = (0.42, 0.34, 0.26, 0.18, 0.11, 0.06)[i]
        shapes += [
            Rect(box, theme.surface.alpha(faint), radius=theme.radius),
            Rect(Box(box.x + 250, box.y + 48, 330 - 30 * i, 22), theme.track.alpha(faint), radius=11),
            Rect(Box(box.x + 1000, box.y + 48, 640, 22), theme.track.alpha(faint), radius=11),
        ]
    shapes += badge("chart", Box(960 - 120, 400, 240, 240), theme)
    shapes.append(
        Text(Box(260, 670, 1400, 150), text, theme.type.heading, theme.text, Weight.SEMIBOLD, Align.MIDDLE, max_lines=2)
    )
    return tuple(shapes)
