"""What comes on the screen and what it costs, beside the usual way of an office TV: a page in a browser in kiosk mode.

Both run in turn on the same virtual 1920x1080 screen without a GPU, and `meter.py` counts what is really on it: a
still board first, then a celebration of 300 papers, whose first five seconds are counted. Ours is `kiosk run` with a
config and rules; a row appended to its file makes the celebration. The peer is Debian's Chromium with `peer.html`,
which shows the same. Each was started once before, so that both find a warm file cache and a used profile.

    python benchmarks/presented.py [--pictures FOLDER]     # needs xvfb and chromium; at most 90 s

Processor and memory (PSS) are of the whole process tree; the X server's work for each is told apart. In five seconds
the kernel's clock tells processor time in steps of 0.2 %: `process.py` measures a still board longer. PSS counts shared
pages in parts, so that other Python programs at work make ours smaller. Ratios are the peer's figure over ours.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil
from meter import LOOKS, Missing, Screen, Watched, virtual_screen

MOST_S = 90
SETTLE_S = 4.0
"""From the first picture until the board stands still and everything is loaded."""
STILL_S = 5.0
MOVING_S = 5.0
PEER_CELEBRATES_S = SETTLE_S + STILL_S + 4
"""After its page was loaded: later than the still part ends."""

RULES = """
organisation: {name: Bench, timezone: UTC, currency: USD}
sources:
  - {id: crm, type: csv, path: deals.csv, record: deal, key: id, owner: who, time: at, fields: {amount: amount}}
players:
  - {id: p0, name: Zoë Okafor}
  - {id: p1, name: Ольга Петрова}
  - {id: p2, name: Tomáš Dvořák}
  - {id: p3, name: José Núñez}
  - {id: p4, name: Amara Diallo}
  - {id: p5, name: Priya Raman}
  - {id: p6, name: Hana Suzuki}
  - {id: p7, name: Bo Lind}
metrics: [{id: revenue, name: Revenue, record: deal, aggregate: sum, field: amount, format: currency}]
achievements:
  - id: fish
    type: single_record_goal
    metric: revenue
    require: {more_than: 10000}
    title: Big fish
    description: Win a deal over $10,000
"""
CONFIG = """
rules: rules.yaml
state: state
channels: [{id: main, slots: [{screen: leaderboard, metric: revenue, period: month, dwell_s: 3600, top: 8}]}]
show: {gap_s: 0, interrupt_share: 1}
clock: {trust: always}
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one program showed and cost; CPU in percent of a core, PSS in MiB.

    Attributes:
        first_s: from its start until the screen was no longer empty; `rest_s`: until the whole board stood still.
    """

    first_s: float
    rest_s: float
    still: Watched
    moving: Watched
    still_cpu: float
    moving_cpu: float
    still_server_cpu: float
    moving_server_cpu: float
    still_pss: float
    moving_pss: float


class Tree:
    """A process and all that it started."""

    def __init__(self, pid: int) -> None:
        self._root = psutil.Process(pid)

    def cpu_s(self) -> float:
        """User and system time so far, of those who live."""
        times = []
        for process in self._all():
            with suppress(psutil.NoSuchProcess):
                times.append(process.cpu_times())
        return float(sum(t.user + t.system for t in times))

    def pss_mib(self) -> float:
        total = 0
        for process in self._all():
            with suppress(OSError):
                text = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
                total += sum(map(int, re.findall(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)))
        return total / 1024

    def end(self) -> None:
        """Politely, then not."""
        everybody = self._all()
        with suppress(psutil.NoSuchProcess):
            self._root.terminate()
        _, left = psutil.wait_procs(everybody, timeout=3)
        for process in left:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(left, timeout=3)

    def _all(self) -> list[psutil.Process]:
        try:
            return [self._root, *self._root.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []


class Costs:
    """What a program and the X server use from one question to the next, in percent of a core."""

    def __init__(self, tree: Tree, screen: Screen) -> None:
        self._trees = tree, Tree(screen.pid)
        self._before = self._now()

    def since(self) -> tuple[float, float]:
        """Of the program, of the server."""
        before, self._before = self._before, self._now()
        at, *used = (b - a for a, b in zip(before, self._before, strict=True))
        return used[0] / at * 100, used[1] / at * 100

    def _now(self) -> tuple[float, float, float]:
        return time.monotonic(), self._trees[0].cpu_s(), self._trees[1].cpu_s()


@contextmanager
def started(command: list[str], screen: Screen, folder: Path) -> Iterator[Tree]:
    """The program on the screen; with the block it and all its children end."""
    env = {**os.environ, "DISPLAY": screen.name, "SDL_VIDEODRIVER": "x11", "SDL_AUDIODRIVER": "dummy"}
    env.pop("WAYLAND_DISPLAY", None)
    with (folder / "log").open("a") as log:
        child = subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log)
    tree = Tree(child.pid)
    try:
        yield tree
    finally:
        tree.end()
        child.wait()
        _wait_until_empty(screen)


def _wait_until_empty(screen: Screen) -> None:
    """The X server has taken away what the program has left."""
    until = time.monotonic() + 5
    while not screen.is_empty():
        if time.monotonic() > until:
            raise TimeoutError("the screen is never empty again")
        time.sleep(0.02)


class Ours:
    """`kiosk run` on a month of deals."""

    name = "kiosk"

    def __init__(self, folder: Path) -> None:
        self._deals = folder / "deals.csv"
        (folder / "rules.yaml").write_text(RULES)
        (folder / "config.yaml").write_text(CONFIG)
        self._deals.write_text("id,who,at,amount\n")
        for n in range(400):
            self._append(f"d{n}", n % 8, 100 - 5 * (n % 8))
        self.command = [sys.executable, "-m", "kiosk", "run", "--config", "config.yaml"]

    def celebrate(self) -> None:
        """A deal over 10,000."""
        self._append("big", 6, 12_500)

    def _append(self, key: str, who: int, amount: int) -> None:
        with self._deals.open("a") as file:
            file.write(f"{key},p{who},{datetime.now(UTC).isoformat()},{amount}\n")


class Peer:
    """Chromium with the page beside this file.

    Raises:
        Missing: it isn't installed.
    """

    name = "chromium"

    def __init__(self, folder: Path) -> None:
        found = shutil.which("chromium")
        if found is None:
            raise Missing("chromium is missing: `apt-get install chromium` brings the peer that is measured beside us.")
        page = Path(__file__).with_name("peer.html").resolve().as_uri()
        self.command = [
            found, "--kiosk", f"--user-data-dir={folder}", "--ozone-platform=x11", "--disable-gpu",
            "--window-position=0,0", "--window-size=1920,1080", "--no-first-run", "--no-default-browser-check",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-breakpad",
            "--hide-crash-restore-bubble", "--password-store=basic", "--allow-file-access-from-files",
        ]  # fmt: skip
        if os.geteuid() == 0:
            self.command += ["--no-sandbox", "--test-type"]  # its sandbox refuses root; the other hides the warning
        self.command.append(f"{page}#{PEER_CELEBRATES_S:.0f}")

    def celebrate(self) -> None:
        """The page does it by itself, by the clock."""


def measure(program: Ours | Peer, screen: Screen, folder: Path, picture: Callable[[str], None]) -> Figures:
    """One whole run: start, still board, celebration."""
    began = time.monotonic()
    with started(program.command, screen, folder) as tree:
        first_s = screen.wait_for_picture(20) - began
        settling = screen.watch(SETTLE_S)
        rest_s = max(settling.shown, default=first_s + began) - began
        picture(f"{program.name}-still.png")
        costs = Costs(tree, screen)
        still = screen.watch(STILL_S)
        still_cpu, still_server_cpu = costs.since()
        still_pss = tree.pss_mib()
        program.celebrate()
        screen.wait_for_change(PEER_CELEBRATES_S)
        costs.since()
        moving = screen.watch(MOVING_S)
        moving_cpu, moving_server_cpu = costs.since()
        picture(f"{program.name}-celebration.png")
        return Figures(first_s, rest_s, still, moving, still_cpu, moving_cpu, still_server_cpu, moving_server_cpu,
                       still_pss, tree.pss_mib())  # fmt: skip


def tell(ours: Figures, peer: Figures) -> None:
    """Prints the table."""
    rows: list[tuple[str, Callable[[Figures], float], str]] = [
        ("start to first picture, ms", lambda f: f.first_s * 1000, ".0f"),
        ("start to board at rest, ms", lambda f: f.rest_s * 1000, ".0f"),
        ("still: pictures a second", lambda f: f.still.fps, ".1f"),
        ("still: CPU, % of a core", lambda f: f.still_cpu, ".1f"),
        ("still: X server, %", lambda f: f.still_server_cpu, ".1f"),
        ("still: PSS, MiB", lambda f: f.still_pss, ".1f"),
        ("moving: pictures a second", lambda f: f.moving.fps, ".1f"),
        ("moving: p95 a picture stood, ms", lambda f: f.moving.gap_ms(95), ".1f"),
        ("moving: longest it stood, ms", lambda f: f.moving.gap_ms(100), ".1f"),
        ("moving: CPU, % of a core", lambda f: f.moving_cpu, ".1f"),
        ("moving: X server, %", lambda f: f.moving_server_cpu, ".1f"),
        ("moving: PSS, MiB", lambda f: f.moving_pss, ".1f"),
    ]
    print(f"{'1920x1080, no GPU':34}{Ours.name:>10}{Peer.name:>10}{'ratio':>9}")
    for name, figure, form in rows:
        one, other = figure(ours), figure(peer)
        ratio = f"{other / one:.2f}x" if one else "-"
        print(f"{name:34}{one:10{form}}{other:10{form}}{ratio:>9}")
    late = max(watched.late_ms for f in (ours, peer) for watched in (f.still, f.moving))
    print(f"meter: {LOOKS} looks a second, at worst {late:.1f} ms without one")


def _save(screen: Screen, path: Path) -> None:
    """The screen as a PNG."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    import pygame  # noqa: PLC0415 - only where pictures are asked for

    size = screen.width, screen.height
    pygame.image.save(pygame.image.frombuffer(screen.pixels(), size, "BGRA"), str(path))


def _end(number: int, _: object) -> None:
    raise SystemExit(f"took longer than {MOST_S} s" if number == signal.SIGALRM else 128 + number)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=Path, help="a folder for what was on the screen, as PNG files")
    folder = parser.parse_args().pictures
    for number in (signal.SIGALRM, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    signal.alarm(MOST_S)
    figures = []
    with tempfile.TemporaryDirectory() as scratch, virtual_screen() as screen:

        def picture(name: str) -> None:
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)
                _save(screen, folder / name)

        for make in (Ours, Peer):
            place = Path(scratch) / make.name
            place.mkdir()
            program = make(place)
            with started(program.command, screen, place):
                screen.wait_for_picture(20)
                time.sleep(1)
            figures.append(measure(program, screen, place, picture))
        tell(*figures)
        print(f"meter: {screen.cost_s / (2 * (STILL_S + MOVING_S)):.1%} of a core while it watched")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Missing as missing:
        print(missing, file=sys.stderr)
        sys.exit(2)
