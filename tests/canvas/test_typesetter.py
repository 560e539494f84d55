"""Texts stay in their boxes, whatever they say."""

from __future__ import annotations

import pygame
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kiosk.canvas.clusters import cleaned, clusters
from kiosk.canvas.fonts import Fonts
from kiosk.canvas.text import Typesetter
from kiosk.scene.shapes import Align, Box, Colour, Text, Weight

SHARED = Typesetter()
WHITE = Colour(255, 255, 255)


def text(words: str, width: float = 600, height: float = 80, **how: object) -> Text:
    return Text(Box(0, 0, width, height), words, **{"size": 60, "colour": WHITE, **how})  # type: ignore[arg-type]


def ink(shape: Text, scale: float = 1) -> pygame.Rect:
    """What is really coloured, in px from the box's corner."""
    sprite = SHARED.sprite(shape, scale)
    assert sprite
    return sprite.surface.get_bounding_rect().move(sprite.x, sprite.y)


hard = st.one_of(
    st.text(max_size=60),
    st.text(st.characters(categories=["Lo", "Mn", "So", "Cf", "Cc", "Cs", "Co", "Cn", "Zs"]), max_size=40),
    st.text(st.sampled_from("aé漢א👩🏽‍🚀🇩🇪1️⃣ \n\t\u202e\u200fمح,12%(\u0301\u0e33"), max_size=40),
)


@given(
    hard,
    st.sampled_from([(0, 0), (1, 1), (30, 200), (300, 20), (500, 120)]),
    st.sampled_from([4.0, 28.0, 90.0]),
    st.integers(1, 4),
    st.tuples(st.sampled_from(Align), st.sampled_from(Align), st.booleans()),
)
@settings(max_examples=250, deadline=None)
@example("\ud800\x00\x07", (500, 120), 28.0, 1, (Align.START, Align.MIDDLE, False))
@example("a" + "\u0301" * 3000, (500, 120), 28.0, 2, (Align.END, Align.END, True))
def test_any_text_is_painted_inside_its_box(
    words: str, size: tuple[int, int], em: float, lines: int, how: tuple[Align, Align, bool]
) -> None:
    align, valign, tabular = how
    shape = text(
        words, *size, size=em, max_lines=lines, align=align, valign=valign, tabular=tabular, min_size=min(em, 10)
    )
    for scale in (0.25, 1):
        sprite = SHARED.sprite(shape, scale)
        if sprite:
            box = pygame.Rect(0, 0, int(size[0] * scale + 0.5), int(size[1] * scale + 0.5))
            assert box.contains((sprite.x, sprite.y, *sprite.surface.get_size()))
        assert len(SHARED.lines(shape, scale)[0]) <= lines


def test_a_text_that_fits_keeps_its_size() -> None:
    assert SHARED.lines(text("Jane Doe")) == (["Jane Doe"], 60)


def test_a_text_too_wide_shrinks_just_so_far_that_it_fits() -> None:
    shape = text("Maximiliane Schmidt-Rottluff")
    lines, px = SHARED.lines(shape)
    assert lines == ["Maximiliane Schmidt-Rottluff"]
    assert 28 < px < 60
    assert 570 < ink(shape).w <= 600


def test_a_text_too_long_at_its_smallest_size_ends_with_an_ellipsis() -> None:
    lines, px = SHARED.lines(text("word " * 40))
    assert (len(lines), px) == (1, 28)
    assert lines[0].startswith("word word")
    assert lines[0].endswith("…")
    assert ink(text("word " * 40)).right <= 600


def test_wrapping_comes_before_shrinking_and_an_ellipsis_last() -> None:
    lines, px = SHARED.lines(text("Congratulations to everybody in the northern team", 600, 160, max_lines=2))
    assert len(lines) == 2
    assert px > 40
    lines, px = SHARED.lines(text("Congratulations " * 20, 600, 160, max_lines=2))
    assert (len(lines), px) == (2, 28)
    assert not lines[0].endswith("…")
    assert lines[1].endswith("…")


def test_a_long_word_is_broken_only_where_it_must_be() -> None:
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    lines, px = SHARED.lines(text(word, 600, 300, max_lines=4))
    assert px == 28
    assert "".join(lines) == word


def test_line_ends_split_lines_only_where_there_may_be_several() -> None:
    assert SHARED.lines(text("one\ntwo\n", 600, 200, max_lines=3))[0] == ["one", "two"]
    assert SHARED.lines(text("one\r\ntwo"))[0] == ["one two"]


def test_centred_lines_are_even_in_length() -> None:
    lines, _ = SHARED.lines(text("one two three four five six seven", 700, 200, max_lines=2, align=Align.MIDDLE))
    assert lines == ["one two three", "four five six seven"]


def test_scripts_without_spaces_are_wrapped() -> None:
    lines, px = SHARED.lines(text("漢字仮名交じり文は空白なしで書かれる", 300, 400, max_lines=4))
    assert px == 60
    assert len(lines) > 1
    assert all(lines)


def test_a_name_of_4000_letters_is_bounded_before_it_is_measured() -> None:
    setter = Typesetter()
    lines, _ = setter.lines(text("x" * 4000 + " " + "y" * 4000))
    assert lines[0].endswith("…")
    measured = sum(len(key[0]) for key in setter._widths._values)
    assert measured < 4000


def test_digits_of_one_width_stand_still_while_they_change() -> None:
    one, eight = (SHARED.sprite(text(number, tabular=True, align=Align.END), 1) for number in ("1,111", "8,888"))
    assert one
    assert eight
    assert one.surface.get_width() == eight.surface.get_width()
    assert SHARED._width("1,111", _style(tabular=False)) < SHARED._width("8,888", _style(tabular=False))


def _style(*, tabular: bool) -> object:
    from kiosk.canvas.text import _Style

    return _Style(60, Weight.REGULAR, tabular)


def test_capitals_are_centred_in_the_box_whatever_the_size() -> None:
    for em in (30, 44, 60):
        found = ink(text("HEX", 600, 90, size=em))
        assert abs(found.centery - 45) <= 1


def test_texts_of_mixed_scripts_share_a_baseline() -> None:
    assert abs(ink(text("HH")).bottom - ink(text("HЖΩ")).bottom) <= 1


def test_the_start_of_a_text_that_runs_to_the_left_is_on_the_right() -> None:
    assert ink(text("שלום")).right > 580
    assert ink(text("שלום", align=Align.END)).x < 20
    assert ink(text("Hello")).x < 10


def test_a_see_through_text_has_its_opacity() -> None:
    sprite = SHARED.sprite(text("█", colour=Colour(255, 255, 255, 100)), 1)
    assert sprite
    surface = sprite.surface
    assert max(surface.get_at((x, surface.get_height() // 2)).a for x in range(surface.get_width())) in (99, 100)


def test_the_same_text_elsewhere_is_not_made_again() -> None:
    here = text("Jane")
    there = Text(here.box.moved(333, 44), "Jane", 60, WHITE)
    assert SHARED.sprite(here, 1) is SHARED.sprite(there, 1)


@pytest.mark.parametrize(
    "sign",
    ["🎉", "👩🏽‍🚀", "👨‍🍳", "🇩🇪", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "❤️"],
    ids=["plain", "joined", "cook", "flag", "keycap", "tags", "heart"],
)
def test_an_emoji_is_one_coloured_sign(sign: str) -> None:
    assert clusters(cleaned(sign, lines=False)) == [sign]
    sprite = SHARED.sprite(text(sign), 1)
    assert sprite
    assert sprite.surface.get_width() < 90
    colours = {tuple(sprite.surface.get_at((x, y)))[:3] for x in range(10, 60, 4) for y in range(10, 60, 4)}
    assert any(max(colour) - min(colour) > 40 for colour in colours)


def test_inter_covers_latin_cyrillic_and_greek_and_boxes_stand_for_what_nothing_covers() -> None:
    fonts = Fonts()
    own = fonts.typeface("a", Weight.BOLD)
    assert own.path
    assert own.path.name == "Inter-Bold.otf"
    assert all(fonts.typeface(sign, Weight.BOLD) == own for sign in "éßŁžЖщҐΩπάİğ€–…·→")
    assert fonts.typeface("\U0010fffd", Weight.BOLD) == own
    assert ink(text("\U0010fffd")).w > 5


def test_fonts_that_are_missing_are_replaced(tmp_path: pytest.TempPathFactory) -> None:
    setter = Typesetter(Fonts(folder=tmp_path))  # type: ignore[arg-type]
    assert setter.sprite(text("Jane 🎉 漢字"), 1)
