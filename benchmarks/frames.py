"""Milliseconds a frame of the painter: still board, one changed row, rank changes, celebration, transition.

    python benchmarks/frames.py                      # the dummy driver: painting alone
    xvfb-run -s "-screen 0 1920x1080x24" python benchmarks/frames.py --driver x11     # and presenting

For each film: the first frame (it makes all sprites), then what `Painter.paint` takes, what the driver takes to
bring the damage to the screen, how many frames were painted at all, and how much of the screen they repainted.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--driver", default="dummy", choices=["dummy", "x11", "wayland", "kmsdrm"])
parser.add_argument("--frames", type=int, default=300)
parser.add_argument("--size", default="1920x1080", metavar="WxH")
ASKED = parser.parse_args()
os.environ["SDL_VIDEODRIVER"] = ASKED.driver  # read when SDL starts
WIDE, TALL = (int(part) for part in ASKED.size.split("x"))

from kiosk.canvas.painter import Painter  # noqa: E402
from kiosk.canvas.window import Window  # noqa: E402
from kiosk.scene.shapes import (  # noqa: E402
    Align,
    Box,
    Colour,
    Disc,
    Gradient,
    Group,
    Particle,
    Particles,
    Rect,
    Scene,
    Shape,
    Text,
    Weight,
)

WHITE = Colour(245, 247, 250)
PAPERS = [Colour(255, 90, 90), Colour(90, 200, 255), Colour(255, 210, 80), Colour(120, 230, 140)]
NIGHT = (Rect(Box(0, 0, 1920, 1080), Gradient(Colour(18, 22, 34), Colour(34, 30, 60))),)
PARTY = (Rect(Box(0, 0, 1920, 1080), Gradient(Colour(60, 20, 90), Colour(14, 12, 40))),)
NAMES = ["Ada", "Björn", "Chloé", "Дмитрий", "Ελένη", "Fatima", "Grace", "Hiro", "Ingrid", "José"]


def row(top: float, name: str, value: int) -> tuple[Shape, ...]:
    """A row of a board."""
    return (
        Rect(Box(80, top, 1760, 80), WHITE.alpha(0.07), radius=20),
        Disc(140, top + 40, 30, Colour(60, 140, 220)),
        Text(Box(110, top, 60, 80), name[0], 30, WHITE, Weight.BOLD, Align.MIDDLE),
        Text(Box(200, top, 700, 80), f"{name} Lindqvist", 42, WHITE, Weight.SEMIBOLD),
        Rect(Box(960, top + 33, 460, 14), WHITE.alpha(0.15), radius=7),
        Rect(Box(960, top + 33, max(14, value / 250), 14), Colour(80, 200, 255), radius=7),
        Text(Box(1460, top, 340, 80), f"${value:,}", 44, WHITE, Weight.BOLD, Align.END, tabular=True),
    )


def board(values: list[int], slide: float = 0) -> Scene:
    """Ten rows; `slide` (0 to 1) moves the third and the fourth past each other."""
    shapes: list[Shape] = [Text(Box(80, 30, 1200, 100), "Revenue this month", 72, WHITE, Weight.BOLD)]
    for place, value in enumerate(values):
        off = {2: slide, 3: -slide}.get(place, 0) * 92
        cells = row(140 + place * 92, NAMES[place], value)
        shapes.append(Group(Box(80, 140 + place * 92, 1760, 80), cells, dy=off))
    return Scene(NIGHT, tuple(shapes))


VALUES = [110_000 - place * 9_876 for place in range(10)]


def still(_: float) -> Scene:
    """Made anew each time, always equal."""
    return board(VALUES)


def one_row(second: float) -> Scene:
    """One value counts up."""
    return board([*VALUES[:4], VALUES[4] + int(second * 6000), *VALUES[5:]])


def rank_change(second: float) -> Scene:
    """Two rows change places."""
    return board(VALUES, slide=(1 - math.cos(second * 4)) / 2)


def papers(second: float, count: int = 300) -> Particles:
    """Confetti over the whole screen."""
    chance = random.Random(5)
    fallen = []
    for _ in range(count):
        x, y, speed = chance.uniform(0, 1920), chance.uniform(0, 1080), chance.uniform(120, 360)
        size, turn = chance.uniform(14, 26), chance.uniform(0, 360)
        tip = abs(math.sin(second * 3 + turn))
        sway = 40 * math.sin(second * 2 + turn)
        place = (x + sway, (y + speed * second) % 1080)
        fallen.append(Particle(*place, size, turn + 200 * second, tip, chance.choice(PAPERS)))
    return Particles(tuple(fallen))


def celebration(second: float, count: int = 300) -> Scene:
    """A card that pops up, 15 shapes, and 300 papers."""
    card = Box(360, 140, 1200, 800)
    inside = (
        Rect(card, WHITE, radius=60),
        Disc(960, 340, 140, Colour(255, 190, 60)),
        Text(Box(900, 280, 120, 120), "JD", 90, WHITE, Weight.BOLD, Align.MIDDLE),
        Text(Box(420, 520, 1080, 140), "Jane Doe: Big fish!", 110, Colour(20, 20, 40), Weight.BOLD, Align.MIDDLE),
        Text(Box(420, 680, 1080, 80), "Won a deal of $12,500", 60, Colour(90, 90, 110), align=Align.MIDDLE),
    )
    pop = min(1.0, second / 0.6)
    rays = tuple(Disc(960, 540, 200 + ring * 20, WHITE.alpha(0.08), outline=6) for ring in range(8))
    shapes = (*rays, Group(card, inside, scale=0.7 + 0.3 * pop, opacity=pop), papers(second, count))
    return Scene(PARTY, shapes)


def few_papers(second: float) -> Scene:
    """The same with the last 20 papers."""
    return celebration(second, 20)


def transition(second: float) -> Scene:
    """A board and a party take turns twice a second, cross-faded."""
    return board(VALUES) if int(second * 2) % 2 else celebration(1, 0)


FILMS: dict[str, Callable[[float], Scene]] = {
    "still board": still,
    "one changed row": one_row,
    "rank change": rank_change,
    "celebration, 300 papers": celebration,
    "celebration, 20 papers": few_papers,
    "transition": transition,
}


def measure(name: str, film: Callable[[float], Scene], window: Window) -> None:
    """Paints and presents a film at 60 frames a second of its own time, and prints what it took."""
    painter = Painter(window.surface)
    painted: list[float] = []
    presented: list[float] = []
    shares: list[float] = []
    scenes = [film(number / 60) for number in range(ASKED.frames)]
    for number, scene in enumerate(scenes):
        fading = film is transition
        if fading and number % 30 == 0:
            painter.begin_transition()
        began = time.perf_counter()
        damage = painter.paint(replace(scene), (number % 30 + 1) / 30 if fading else 1)
        done = time.perf_counter()
        window.present(damage)
        shown = time.perf_counter()
        window.pump()
        painted.append((done - began) * 1000)
        presented.append((shown - done) * 1000)
        shares.append(sum(rect.w * rect.h for rect in damage) / (WIDE * TALL))
    later = [share for share in shares[1:] if share]
    print(
        f"{name:24}{painted[0]:7.1f}"
        f"{min(painted[1:]):8.3f}{statistics.median(painted[1:]):8.3f}{p95(painted[1:]):8.3f}{max(painted[1:]):8.2f}"
        f"{statistics.median(presented[1:]):9.3f}{p95(presented[1:]):8.3f}"
        f"{len(later):6}{statistics.mean(later) if later else 0:7.0%}"
    )


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return sorted(values)[int(len(values) * 0.95)]


def main() -> None:
    """Prints one line for each film."""
    window = Window((WIDE, TALL), "frames")
    print(f"driver {window.driver}, {WIDE}x{TALL}, {ASKED.frames} frames, ms:")
    print(
        f"{'':24}{'first':>7}{'min':>8}{'median':>8}{'p95':>8}{'max':>8}{'present':>9}{'p95':>8}{'drawn':>6}{'area':>7}"
    )
    for name, film in FILMS.items():
        measure(name, film, window)
    window.close()


if __name__ == "__main__":
    main()
