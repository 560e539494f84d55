"""The boxes that screens give, measured with the real typefaces: what people usually write is never cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from screen_views import STATES, board, celebrated, moment, row

from kiosk.canvas.text import Typesetter
from kiosk.scene.shapes import Group, Scene, Shape, Text
from kiosk.scene.theme import theme
from kiosk.screens.registry import draw
from kiosk.screens.status import status
from kiosk.screens.view import StatusView

DARK = theme("dark")
ENDLESS = {
    "leaderboard-long-names",
    "celebration-long",
    "celebration-merged-30",
    "announcement-long",
    "idle-untrusted",
    "problem-many",
}


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter()


def _texts(shapes: Iterable[Shape]) -> Iterator[Text]:
    for shape in shapes:
        if isinstance(shape, Text):
            yield shape
        if isinstance(shape, Group):
            yield from _texts(shape.shapes)


def _cut(scene: Scene, typesetter: Typesetter) -> list[str]:
    return [text.text for text in _texts(scene.shapes) if any("…" in line for line in typesetter.lines(text)[0])]


@pytest.mark.parametrize("name", sorted(STATES.keys() - ENDLESS))
def test_nothing_is_cut_in_any_ordinary_state(name: str, typesetter: Typesetter) -> None:
    view, at = STATES[name]
    assert _cut(draw(view, at, DARK), typesetter) == []


@pytest.mark.parametrize("count", [1, 3, 8, 12])
@pytest.mark.parametrize(
    "value",
    ["$1,153,214", "$88,888,888", "1,111.11 hours", "100.0 %", "−$4,000,000,000", "€ 12.345.678,90", "3 h 45 min"],
)
def test_no_value_of_a_board_is_cut(count: int, value: str, typesetter: Typesetter) -> None:
    view = board(rows=tuple(row(i, value_text=value, target_text=value) for i in range(count)), per_page=12)
    assert _cut(draw(view, moment(), DARK), typesetter) == []


@pytest.mark.parametrize("value", ["$1", "€ 12.345.678,90", "1,234,567,890 calls", "100 %"])
def test_no_value_of_a_celebration_is_cut(value: str, typesetter: Typesetter) -> None:
    scene = draw(celebrated(value_text=value, points_text=f"+{value} points"), moment(20), DARK)
    assert _cut(scene, typesetter) == []


def test_all_rows_of_a_board_set_their_values_in_one_size(typesetter: Typesetter) -> None:
    values = ("$10,000,000", "$999,999", "$0")
    view = board(rows=tuple(row(i, value_text=value) for i, value in enumerate(values)))
    texts = [text for text in _texts(draw(view, moment(), DARK).shapes) if text.text in values]
    assert len({typesetter.lines(text)[1] for text in texts}) == 1


@pytest.mark.parametrize(
    "fault", ["illicit", "WWW MMM", "crm.csv: row 17: close_value “12,x” is no number", "文件不见了"]
)
def test_a_fault_fits_its_pill(fault: str, typesetter: Typesetter) -> None:
    assert _cut(Scene((), status(StatusView((fault,)), DARK)), typesetter) == []
