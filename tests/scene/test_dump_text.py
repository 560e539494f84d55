"""A scene's text: one line a shape, stable."""

from __future__ import annotations

from kiosk.scene.dump import dump
from kiosk.scene.shapes import (
    Align,
    Box,
    Colour,
    Disc,
    Gradient,
    Group,
    Particle,
    Particles,
    Picture,
    Polygon,
    Rect,
    Scene,
    Text,
    Weight,
)

RED, BLUE = Colour(255, 0, 0), Colour(0, 0, 255)


def test_every_kind_of_shape_has_its_line() -> None:
    scene = Scene(
        backdrop=(Rect(Box(0, 0, 1920, 1080), Gradient(RED, BLUE)),),
        shapes=(
            Rect(Box(1, 2, 3.25, 4), Gradient(RED, BLUE, across=True), radius=5, outline=2),
            Disc(10, 20, 30, RED.alpha(0.5)),
            Polygon(((0, 0), (10, 0), (5, 8)), BLUE),
            Text(Box(0, 0, 100, 50), "Ada 🎉", 44, RED),
            Text(Box(0, 0, 100, 50), "7", 44, RED, Weight.BOLD, Align.END, Align.START, 2, 30, tabular=True),
            Picture(Box(0, 0, 9, 9), "ada.png", contain=True, radius=4),
            Particles((Particle(1, 2, 10, 0, 0, RED), Particle(31, 12, 10, 0, 0, BLUE))),
            Group(Box(0, 0, 10, 10), (Disc(1, 1, 1, RED),), dx=-3, scale=0.5, opacity=0.25),
        ),
        next_s=2.5,
    )
    assert dump(scene) == (
        "backdrop\n"
        "  rect [0 0 1920x1080] #FF0000v#0000FF\n"
        "shapes\n"
        "  rect [1 2 3.2x4] #FF0000>#0000FF radius 5 outline 2\n"
        "  disc 10,20 radius 30 #FF0000/128\n"
        "  polygon 3 corners [0 0 10x8] #0000FF\n"
        "  text [0 0 100x50] size 44 #FF0000 'Ada 🎉'\n"
        "  text [0 0 100x50] size 44 bold #FF0000 end/start 2 lines down to 30 tabular '7'\n"
        "  picture [0 0 9x9] ada.png contain radius 4\n"
        "  particles 2 [1 2 30x10]\n"
        "  group [0 0 10x10] moved -3,0 scale 0.5 opacity 0.25\n"
        "    disc 1,1 radius 1 #FF0000\n"
        "next 2.5 s\n"
    )


def test_a_scene_at_rest_says_so() -> None:
    assert dump(Scene((), ())) == "backdrop\nshapes\nnext never\n"


def test_tiny_differences_of_machines_do_not_show() -> None:
    def drawn(x: float) -> str:
        return dump(Scene((), (Disc(x, -x, 1, RED),)))

    assert drawn(0.1 + 0.2) == drawn(0.3)
    assert drawn(-1e-9) == drawn(1e-9)
