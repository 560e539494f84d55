"""Milliseconds a frame of the painter at 1920x1080: still board, one changed row, rank changes, celebration, fade.

    python benchmarks/frames.py                      # the dummy driver: painting alone
    xvfb-run -s "-screen 0 1920x1080x24" python benchmarks/frames.py --driver x11   # and presenting

`paint` is the painter, `present` what the driver takes to bring it to the screen; `damage` is the share of the
screen that was painted.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

SIZE = (1920, 1080)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--driver", default="dummy", choices=["dummy", "x11", "wayland", "kmsdrm"])
    parser.add_argument("--frames", type=int, default=300)
    asked = parser.parse_args()
    os.environ["SDL_VIDEODRIVER"] = asked.driver

    from kiosk.canvas.painter import Painter
    from kiosk.canvas.window import Window

    window = Window(SIZE, "frames")
    print(f"driver {window.driver}, {SIZE[0]}x{SIZE[1]}, {asked.frames} frames")
    print(f"{'':22}{'paint min':>10}{'median':>8}{'p95':>8}{'max':>8}{'present p95':>13}{'damage':>8}")
    for name, film in FILMS.items():
        measure(name, film, Painter(window.surface), window, asked.frames)
    window.close()


def measure(name: str, film: Callable[[float], Scene], painter: Painter, window: Window, frames: int) -> None:
    """Paints and presents a film, and prints what it took."""
    painted, presented, shares = [], [], []
    fading = film is fade
    for number in range(frames):
        scene = film(number / 60)
        if fading and number % 30 == 0:
            painter.begin_transition()
        began = time.perf_counter()
        damage = painter.paint(scene, (number % 30 + 1) / 30 if fading else 1.0)
        done = time.perf_counter()
        window.present(damage)
        shown = time.perf_counter()
        window.pump()
        if number:  # the first frame makes all sprites: a start, not a frame
            painted.append((done - began) * 1000)
            presented.append((shown - done) * 1000)
            shares.append(sum(rect.w * rect.h for rect in damage) / (SIZE[0] * SIZE[1]))
        else:
            first = (done - began) * 1000
    print(
        f"{name:22}{min(painted):10.3f}{statistics.median(painted):8.3f}{p95(painted):8.3f}{max(painted):8.3f}"
        f"{p95(presented):13.3f}{statistics.mean(shares):8.0%}   first {first:.0f} ms"
    )


def p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]
