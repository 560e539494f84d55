"""Small pictures to look at. Update with `pytest tests/canvas --update-goldens` and look at each one full size."""

from __future__ import annotations

import random
from collections.abc import Callable

import pygame

from kiosk.canvas.png import surface
from kiosk.scene.shapes import (
    Align,
    Box,
    Colour,
    Disc,
    Gradient,
    Group,
    Particle,
    Particles,
    Polygon,
    Rect,
    Scene,
    Shape,
    Text,
    Weight,
)

SIZE = (480, 270)
WHITE, GREY, GOLD = Colour(245, 247, 250), Colour(150, 160, 175), Colour(255, 200, 80)
NIGHT = (Rect(Box(0, 0, 1920, 1080), Gradient(Colour(18, 22, 34), Colour(34, 30, 60))),)

Golden = Callable[[pygame.Surface, str], None]


def row(place: int, name: str, value: str, share: float) -> list[Shape]:
    top = 200 + place * 140
    return [
        Rect(Box(80, top, 1760, 120), WHITE.alpha(0.08), radius=28),
        Disc(160, top + 60, 44, Colour(60, 140, 220)),
        Text(Box(120, top, 80, 120), name[0], 44, WHITE, Weight.BOLD, Align.MIDDLE),
        Text(Box(240, top, 700, 120), name, 64, WHITE, Weight.SEMIBOLD),
        Rect(Box(980, top + 50, 440, 20), WHITE.alpha(0.15), radius=10),
        Rect(
            Box(980, top + 50, 440 * share, 20), Gradient(Colour(80, 200, 255), Colour(150, 100, 255), True), radius=10
        ),
        Text(Box(1460, top, 340, 120), value, 64, WHITE, Weight.BOLD, Align.END, tabular=True),
    ]


def test_board(assert_golden: Golden) -> None:
    """Look at: names level with values, digits in columns, round bar ends, the last name cut with an ellipsis."""
    rows = [
        *row(0, "Åsa Öberg 🎉", "$98,110", 1),
        *row(1, "Игорь Щукин", "$91,111", 0.8),
        *row(2, "Ελένη Παππά", "$70,707", 0.5),
        *row(3, "Bartholomäus Wolfeschlegelsteinhausenbergerdorff", "$8", 0.05),
    ]
    title = Text(Box(80, 50, 1760, 120), "Revenue this month", 84, WHITE, Weight.BOLD)
    assert_golden(surface(Scene(NIGHT, (title, *rows)), SIZE), "board")


def test_celebration(assert_golden: Golden) -> None:
    """Look at: a smooth star and ring, two even lines, papers of four colours, some edge-on, none cut off."""
    chance = random.Random(7)
    colours = [Colour(255, 90, 90), Colour(90, 200, 255), GOLD, Colour(120, 230, 140)]
    papers = [
        Particle(
            chance.uniform(0, 1920),
            chance.uniform(0, 1080),
            chance.uniform(24, 44),
            chance.uniform(0, 360),
            chance.random(),
            chance.choice(colours),
        )
        for _ in range(70)
    ]
    star = ((960, 190), (990, 265), (1070, 270), (1008, 320), (1030, 398), (960, 354), (890, 398), (912, 320))
    star += ((850, 270), (930, 265))
    card = Box(360, 100, 1200, 880)
    shapes = (
        Rect(card, WHITE, radius=60),
        Rect(card.inset(20), Colour(90, 80, 200), radius=44, outline=8),
        Disc(960, 300, 150, GOLD),
        Disc(960, 300, 180, GOLD.alpha(0.5), outline=12),
        Polygon(star, WHITE),
        Text(
            Box(420, 520, 1080, 240),
            "Congratulations to Jane on the biggest deal",
            110,
            Colour(20, 20, 40),
            Weight.BOLD,
            Align.MIDDLE,
            max_lines=2,
        ),
        Text(Box(420, 800, 1080, 100), "Win a deal over $5,000", 60, Colour(90, 90, 110), align=Align.MIDDLE),
    )
    party = (Group(card, shapes, scale=0.95), Particles(tuple(papers)))
    assert_golden(surface(Scene(NIGHT, party), SIZE), "celebration")


def test_upright(assert_golden: Golden) -> None:
    """Look at: the whole picture lies on its side in a band (turn your head to the right), black all around it."""
    shapes = (
        Text(Box(60, 60, 1800, 160), "Upright", 120, WHITE, Weight.BOLD, Align.MIDDLE),
        Rect(Box(60, 300, 860, 700), GREY, radius=40),
        Rect(Box(1000, 300, 860, 700), GOLD, radius=200),
    )
    backdrop = (Rect(Box(0, 0, 1920, 1080), Colour(30, 40, 90)),)
    assert_golden(surface(Scene(backdrop, shapes), SIZE, rotation=90, overscan=3), "upright")
