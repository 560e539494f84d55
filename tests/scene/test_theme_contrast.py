"""Every text of every theme is legible on every ground it may stand on (WCAG AA: 4.5)."""

from __future__ import annotations

import itertools

import pytest

from kiosk.scene.colour import contrast, mix, over, rgb
from kiosk.scene.shapes import Colour, Gradient
from kiosk.scene.theme import THEMES, Theme, theme

AA = 4.5
LARGE = 3.0  # AA for texts from 24 px on, which all of ours are: asked where the ground is anybody's picture

each_theme = pytest.mark.parametrize("name", list(THEMES))


def _steps(gradient: Gradient, steps: int = 8) -> list[Colour]:
    return [mix(gradient.start, gradient.end, i / steps) for i in range(steps + 1)]


def _assert_legible(texts: dict[str, Colour], grounds: list[Colour], least: float = AA) -> None:
    for (name, text), ground in itertools.product(texts.items(), grounds):
        assert contrast(text, ground) >= least, f"{name} {text} on {ground}: {contrast(text, ground)}"


def _plain(look: Theme) -> dict[str, Colour]:
    return {
        "text": look.text,
        "muted": look.muted,
        "accent": look.accent,
        "good": look.good,
        "bad": look.bad,
        "warning": look.warning,
    }


def test_a_theme_is_found_by_its_name() -> None:
    assert {"dark", "light"} <= set(THEMES)
    assert all(theme(name).name == name for name in THEMES)


def test_an_unknown_theme_is_an_error() -> None:
    with pytest.raises(KeyError):
        theme("beige")


@each_theme
def test_texts_are_legible_on_backdrop_and_surfaces(name: str) -> None:
    look = theme(name)
    _assert_legible(_plain(look), [*_steps(look.backdrop), look.surface])


@each_theme
@pytest.mark.parametrize("rank", [1, 2, 3, 4])
def test_texts_are_legible_on_a_row_of_any_rank(name: str, rank: int) -> None:
    look = theme(name)
    _assert_legible(_plain(look), _steps(look.row(rank)))


@each_theme
def test_ranks_are_legible_on_their_medals(name: str) -> None:
    look = theme(name)
    _assert_legible({"on_medal": look.on_medal}, [look.gold, look.silver, look.bronze])


@each_theme
def test_initials_are_legible_on_everybodys_colour(name: str) -> None:
    look = theme(name)
    assert len(set(look.people)) == 12
    for number in range(24):
        _assert_legible({"initials": look.on_people}, _steps(look.person(number)))


@each_theme
def test_celebrations_are_legible_under_any_spotlight(name: str) -> None:
    look = theme(name)
    texts = {"text": look.text, "muted": look.muted, "accent": look.accent, "triumph": look.triumph}
    for ground in _steps(look.stage):
        lit = [ground, *(over(ray, ground) for ray in look.rays)]
        halo = [over(look.halo, colour) for colour in lit]
        _assert_legible(texts, [*lit, *halo, *(over(look.halo, colour) for colour in halo)])


@each_theme
@pytest.mark.parametrize("picture", ["#FFFFFF", "#000000", "#808080", "#FF0000", "#0000FF", "#FFFF00"])
def test_celebrations_are_legible_over_any_picture(name: str, picture: str) -> None:
    look = theme(name)
    ground = over(look.scrim, rgb(picture))
    _assert_legible({"text": look.text}, [ground])
    _assert_legible({"muted": look.muted, "accent": look.accent, "triumph": look.triumph}, [ground], LARGE)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(rgb("#FFFFFF"), rgb("#767676")) == pytest.approx(4.54)
    assert contrast(rgb("#123456"), rgb("#123456")) == 1


def test_a_translucent_colour_over_a_ground_is_between_both() -> None:
    assert over(rgb("#FFFFFF").alpha(0.5), rgb("#000000")) == Colour(128, 128, 128)
