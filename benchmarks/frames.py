"""Milliseconds a frame at 1920x1080 of the real screens: drawn, painted by damage, and presented.

The peer, in the same run, is the usual way of a pygame program: the same scenes by the same painter, everything
repainted and presented every frame.

    python benchmarks/frames.py                      # SDL's dummy driver: drawing and painting alone
    xvfb-run -s '-screen 0 1920x1080x24' python benchmarks/frames.py --driver x11

For each film: the first frame (it makes all sprites), then median, p95 and maximum of a frame, how many frames
painted anything, how much of the screen, and the peer's median over ours.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--driver", default="dummy", choices=["dummy", "x11", "wayland", "kmsdrm"])
parser.add_argument("--frames", type=int, default=300)
parser.add_argument("--theme", default="dark")
ASKED = parser.parse_args()
os.environ["SDL_VIDEODRIVER"] = ASKED.driver  # read when SDL starts

from kiosk.canvas.painter import Painter  # noqa: E402
from kiosk.canvas.window import Window  # noqa: E402
from kiosk.scene.moment import Moment  # noqa: E402
from kiosk.scene.shapes import Scene  # noqa: E402
from kiosk.scene.theme import theme  # noqa: E402
from kiosk.screens.registry import draw  # noqa: E402
from kiosk.screens.view import BoardRow, BoardView, CelebrationView, View  # noqa: E402
from kiosk.show.celebration import Celebration, Winner  # noqa: E402
from kiosk.show.design import Interrupt  # noqa: E402

THEME = theme(ASKED.theme)
NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
NAMES = [
    "Zoë Okafor",
    "Ольга Петрова",
    "Tomáš Dvořák",
    "José Núñez",
    "Amara Diallo",
    "Priya Raman",
    "Hana Suzuki",
    "Bo",
]


def _board(values: list[int], was: tuple[str, ...] = (), moved_at_s: float | None = None) -> BoardView:
    order = sorted(range(len(values)), key=lambda n: -values[n])
    rows = tuple(
        BoardRow(f"player:{n}", place, NAMES[n], NAMES[n][:1], n, None, f"€{values[n]:,}", values[n] / 50_000, moved=0)
        for place, n in enumerate(order, 1)
    )
    return BoardView("Revenue", "This week · 16–22 Nov 2026", rows, was=was, moved_at_s=moved_at_s)


VALUES = [38_390 - 1_700 * n for n in range(8)]
WIN = Celebration(
    id="x",
    achievement="big-fish",
    title="Big fish",
    message="Hana Suzuki won a deal of €12,500",
    description="Win a deal over €5,000",
    motivation="",
    winners=(Winner("player:hana", "Hana Suzuki", "HS", 3),),
    value_text="€12,500",
    points_text="50 points",
    badge="fish",
    animation="confetti",
    background="theme",
    sound="",
    first_show_s=60,
    show_s=45,
    lifetime_s=60,
    channels=(),
    interrupt=Interrupt.NOW,
    priority=0,
    critical=False,
    unlocked_at=NOON,
    starts_at=NOON,
)


def still(_: float) -> View:
    """Made anew each time, always equal."""
    return _board(VALUES)


def one_row(second: float) -> View:
    """One value counts up, in place."""
    return _board([*VALUES[:4], VALUES[4] + int(second * 200), *VALUES[5:]])


def rank_change(second: float) -> View:
    """Every second the last but one overtakes three others, or falls back."""
    up = [*VALUES[:6], VALUES[3] + 10, VALUES[7]]
    before, after = (VALUES, up) if int(second) % 2 else (up, VALUES)
    was = tuple(row.subject for row in _board(before).rows)
    return _board(after, was, 10 + int(second))


def celebration(_: float) -> View:
    """A first show from its first frame: the entrance, 300 papers and their fall."""
    return CelebrationView(WIN)


FILMS: dict[str, Callable[[float], View]] = {
    "still board": still,
    "one changed row": one_row,
    "rank changes": rank_change,
    "celebration, 300 papers": celebration,
}


def scene(film: Callable[[float], View], second: float) -> Scene:
    """One picture of the film; boards have been on for ten seconds, so that their bars stand."""
    begun = 0 if film is celebration else 10
    return draw(film(second), Moment(begun + second, 60, 10 + second, NOON, seed=5), THEME)


def frames(film: Callable[[float], View], window: Window, *, everything: bool) -> tuple[list[float], list[float]]:
    """Milliseconds of each frame, and the share of the screen that it repainted."""
    painter = Painter(window.surface)
    painter.prepare(scene(film, 0))
    taken, shares = [], []
    for number in range(ASKED.frames):
        began = time.perf_counter()
        picture = scene(film, number / 60)
        if everything:
            painter.forget()
        damage = painter.paint(picture)
        window.present(damage)
        taken.append((time.perf_counter() - began) * 1000)
        shares.append(min(1.0, sum(rect.w * rect.h for rect in damage) / (1920 * 1080)))
        window.pump()
    return taken, shares


def main() -> None:
    """Prints one line for each film."""
    window = Window((1920, 1080), "frames")
    print(f"driver {window.driver}, 1920x1080, {ASKED.frames} frames, ms a frame:")
    print(
        f"{'':24}{'first':>8}{'median':>8}{'p95':>8}{'max':>8}{'painted':>9}{'area':>7}{'peer median':>13}{'ratio':>8}"
    )
    for name, film in FILMS.items():
        ours, shares = frames(film, window, everything=False)
        peer, _ = frames(film, window, everything=True)
        first, later = ours[0], sorted(ours[1:])
        painted = [share for share in shares[1:] if share]
        area = statistics.mean(painted) if painted else 0.0
        median, theirs = statistics.median(later), statistics.median(peer[1:])
        print(
            f"{name:24}{first:8.1f}{median:8.2f}{later[int(len(later) * 0.95)]:8.2f}{later[-1]:8.1f}"
            f"{len(painted):9}{area:7.0%}{theirs:13.2f}{theirs / median:7.1f}x"
        )
    window.close()


if __name__ == "__main__":
    main()
