"""A real `kiosk run` in a process of its own, without a screen, and what its journal says of it."""

from __future__ import annotations

import os
import queue
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

RULES = """
organisation: {name: Test, timezone: UTC}
sources:
  - {id: crm, type: csv, path: deals.csv, record: deal, key: id, owner: who, time: at, fields: {amount: amount}}
players: [{id: ann, name: Ann Lee}, {id: bob, name: Bob}]
metrics: [{id: revenue, record: deal, aggregate: sum, field: amount}]
achievements:
  - id: deal
    type: single_record_goal
    metric: revenue
    title: A deal
    description: Any deal
    first_show_s: 2.5
    show_s: 1
    lifetime: 10 min
"""
CONFIG = "rules: rules.yaml\nstate: state\nshow: {gap_s: 0, interrupt_share: 1, merge_over: 1000}\n"


class KioskProcess:
    """Started anew as often as wanted on the same folder; `logged` is all that it said, in all its lives."""

    def __init__(self, folder: Path, rules: str = RULES, config: str = CONFIG) -> None:
        self.folder = folder
        self.deals = folder / "deals.csv"
        (folder / "rules.yaml").write_text(rules)
        (folder / "config.yaml").write_text(config)
        self.deals.write_text("id,who,at,amount\n")
        self.lines: queue.Queue[str] = queue.Queue()
        self.logged: list[str] = []
        self._process: subprocess.Popen[str] | None = None
        self._reader = threading.Thread()

    def start(self) -> None:
        command = [sys.executable, "-m", "kiosk", "run", "--config", "config.yaml", "--window", "320x180"]
        env = {**os.environ, "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
        self._process = subprocess.Popen(
            command, cwd=self.folder, env=env, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        )
        self.lines = queue.Queue()
        self._reader = threading.Thread(target=self._read, args=(self._process, self.lines), daemon=True)
        self._reader.start()

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def terminate(self) -> int:
        return self._end(signal.SIGTERM)

    def append(self, key: str, owner: str = "Ann Lee", amount: str = "5") -> None:
        with self.deals.open("a") as file:
            file.write(f"{key},{owner},{datetime.now(UTC).isoformat()},{amount}\n")

    def wait_for(self, text: str, timeout_s: float = 30) -> str:
        """The next logged line that holds `text`."""
        deadline = time.monotonic() + timeout_s
        while True:
            try:
                line = self.lines.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"never logged {text!r}: {self.logged[-20:]}") from None
            if text in line:
                return line

    def wait_for_first_load(self) -> None:
        """Until rows are news."""
        self.wait_for("all sources are read")

    def ledger(self) -> dict[str, tuple[str, int]]:
        """State and starts of each celebrated unlock; while it runs the journal is its own."""
        connection = sqlite3.connect(self.folder / "state" / "journal.sqlite")
        rows = connection.execute("SELECT id, state, starts FROM ledger WHERE state IS NOT NULL").fetchall()
        connection.close()
        return {id_: (state, starts) for id_, state, starts in rows}

    def _read(self, process: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
        assert process.stderr is not None
        for line in process.stderr:
            self.logged.append(line.rstrip())
            lines.put(line)

    def _end(self, number: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(number)
        code = self._process.wait(30)
        self._reader.join()
        assert self._process.stderr is not None
        self._process.stderr.close()
        return code
