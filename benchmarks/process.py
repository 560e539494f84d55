"""What a kiosk with a still board costs: start to first picture, CPU and memory (PSS), beside a bare pygame window.

The peer is the smallest pygame program that shows one picture and waits: the floor under any kiosk made with it.

    python benchmarks/process.py [--seconds 20]            # SDL's dummy driver
    xvfb-run -s '-screen 0 1920x1080x24' python benchmarks/process.py --driver x11
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

PEER = """
import pygame
pygame.display.init()
surface = pygame.display.set_mode((1920, 1080))
surface.fill((20, 20, 60))
pygame.display.flip()
print("on screen:", flush=True)
while True:
    pygame.event.wait(250)
"""
RULES = """
organisation: {name: Bench, timezone: UTC, currency: USD}
sources:
  - {id: crm, type: csv, path: deals.csv, record: deal, key: id, owner: who, time: at, fields: {amount: amount}}
players:
PLAYERS
metrics: [{id: revenue, record: deal, aggregate: sum, field: amount, format: currency}]
"""
CONFIG = """
rules: rules.yaml
state: state
channels: [{id: main, slots: [{screen: leaderboard, metric: revenue, period: month, dwell_s: 3600, top: 8}]}]
"""


def _folder() -> Path:
    folder = Path(tempfile.mkdtemp())
    names = [f"Player Number {n}" for n in range(35)]
    players = "\n".join(f"  - {{id: p{n}, name: {name}}}" for n, name in enumerate(names))
    (folder / "rules.yaml").write_text(RULES.replace("PLAYERS", players))
    (folder / "config.yaml").write_text(CONFIG)
    first = datetime.now(UTC) - timedelta(minutes=200)
    rows = [f"d{n},p{n % 35},{(first + timedelta(seconds=n)).isoformat()},{100 + n}" for n in range(8800)]
    (folder / "deals.csv").write_text("id,who,at,amount\n" + "\n".join(rows) + "\n")
    return folder


def _pss_mib(process: psutil.Process) -> float:
    text = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    assert found
    return int(found[1]) / 1024


def _measure(name: str, spawn: Callable[[], subprocess.Popen[str]], seconds: float) -> tuple[float, float, float]:
    before = time.perf_counter()
    child = spawn()
    assert child.stdout is not None
    while "on screen:" not in (line := child.stdout.readline()):
        assert line, f"{name} ended"
    first_s = time.perf_counter() - before
    process = psutil.Process(child.pid)
    time.sleep(8)  # the first load and the bars' entrance are over
    start, used = time.perf_counter(), process.cpu_times()
    time.sleep(seconds)
    now = process.cpu_times()
    cpu = (now.user + now.system - used.user - used.system) / (time.perf_counter() - start) * 100
    pss = _pss_mib(process)
    child.kill()
    child.wait()
    child.stdout.close()
    print(f"{name:14} first picture {first_s * 1000:6.0f} ms   still: {cpu:5.2f} % of a core   PSS {pss:6.1f} MiB")
    return first_s, cpu, pss


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--driver", default="dummy")
    args = parser.parse_args()
    env = {**os.environ, "SDL_VIDEODRIVER": args.driver, "SDL_AUDIODRIVER": "dummy"}
    folder = _folder()

    def run(command: list[str]) -> Callable[[], subprocess.Popen[str]]:
        return lambda: subprocess.Popen(
            command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    kiosk = [sys.executable, "-m", "kiosk", "run", "--config", "config.yaml", "--window", "1920x1080"]
    run([sys.executable, "-c", "import kiosk.app.display"])().wait()  # both from a warm file cache
    peer = _measure("bare pygame", run([sys.executable, "-c", PEER]), args.seconds)
    ours = _measure("kiosk", run(kiosk), args.seconds)
    names = ("first picture", "CPU", "PSS")
    ratios = (f"{name} {a / b:.2f}x" if b else f"{name} -" for name, a, b in zip(names, ours, peer, strict=True))
    print("kiosk / bare pygame: " + ", ".join(ratios))


if __name__ == "__main__":
    main()
