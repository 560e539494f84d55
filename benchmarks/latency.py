"""From a row appended to a watched file, and from a fact, to the first frame of its celebration on the screen.

The real loop, journal, watcher and painter run in one process on SDL's dummy driver (or the driver that
`SDL_VIDEODRIVER` names); only the screen is missing. The peer is what the same machine needs to notice the same append
with inotify's own tool, where `inotifywait` is installed: the floor under any watcher.

    python benchmarks/latency.py [--runs 30]
"""

from __future__ import annotations

import argparse
import logging
import os
import statistics
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

from kiosk.app.display import Display
from kiosk.clock import Clock
from kiosk.config.load import load_config
from kiosk.domain.record import Record
from kiosk.feed.make import make_feed
from kiosk.feed.reading import Deliver, Feed, RecordsRead

RULES = """
organisation: {name: Bench, timezone: UTC}
sources:
  - {id: crm, type: csv, path: deals.csv, record: deal, key: id, owner: who, time: at, fields: {amount: amount}}
players: [{id: ann, name: Ann}]
metrics: [{id: revenue, record: deal, aggregate: sum, field: amount}]
achievements:
  - {id: deal, type: single_record_goal, metric: revenue, title: A deal, description: Any deal,
     first_show_s: 1, show_s: 1, lifetime: 1 s}
"""
CONFIG = """
rules: rules.yaml
state: state
show: {gap_s: 0, interrupt_share: 1, merge_over: 1000}
"""


class Seen(logging.Handler):
    """Notes when the first frame of an interrupt was on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0
        self.event = threading.Event()

    def emit(self, record: logging.LogRecord) -> None:
        if "interrupt:" in record.getMessage():
            self.at = time.perf_counter()
            self.event.set()


def _line(name: str, times_s: list[float]) -> str:
    ms = sorted(t * 1000 for t in times_s)
    p95 = ms[min(len(ms) - 1, round(0.95 * len(ms)))]
    return f"{name:32} n={len(ms):3}  min {ms[0]:7.1f}  median {statistics.median(ms):7.1f}  p95 {p95:7.1f} ms"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=30)
    runs = parser.parse_args().runs
    folder = Path(tempfile.mkdtemp())
    deals = folder / "deals.csv"
    (folder / "rules.yaml").write_text(RULES)
    (folder / "config.yaml").write_text(CONFIG)
    deals.write_text("id,who,at,amount\n")
    config, rules = load_config(folder / "config.yaml")
    logging.getLogger("kiosk").setLevel(logging.INFO)
    seen = Seen()
    logging.getLogger("kiosk.app.loop").addHandler(seen)
    given: list[Deliver] = []
    appended: list[float] = []
    told: list[float] = []

    def make_feeds(deliver: Deliver) -> tuple[Feed, ...]:
        given.append(deliver)
        return tuple(make_feed(source, rules.rules.organisation, deliver) for source in rules.sources)

    def drive() -> None:
        time.sleep(2)
        for n in range(runs):
            seen.event.clear()
            before = time.perf_counter()
            with deals.open("a") as file:
                file.write(f"a{n},Ann,{datetime.now(UTC).isoformat()},5\n")
            assert seen.event.wait(10), "the celebration never came"
            appended.append(seen.at - before)
            time.sleep(1.2 + (n % 10) * 0.02)
        for n in range(runs):
            seen.event.clear()
            record = Record("crm", f"b{n}", 0, "deal", datetime.now(UTC), "Ann", {"amount": "5"})
            before = time.perf_counter()
            given[0](RecordsRead("crm", (record,), snapshot=True, whole=False))
            assert seen.event.wait(10), "the celebration never came"
            told.append(seen.at - before)
            time.sleep(1.2 + (n % 10) * 0.02)

    driver = threading.Thread(target=drive, daemon=True)
    driver.start()
    display = Display(config, rules, Clock(), folder / "state" / "journal.sqlite", make_feeds)
    stop = threading.Thread(target=lambda: (driver.join(), os.kill(os.getpid(), 15)), daemon=True)
    stop.start()
    display.run(window=(1920, 1080), seconds=None)
    print(_line("append to first frame", appended))
    print(_line("fact to first frame", told))


if __name__ == "__main__":
    main()
