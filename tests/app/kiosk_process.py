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
from typing import Any

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
    """Started anew as often as wanted on the same folder; `lines` are what it logs."""

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
        self._reader = threading.Thread(target=self._read, args=(self._process,), daemon=True)
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
        """Until the source is loaded and the achievements are judged: from now on rows are news."""
        deadline = time.monotonic() + 30
        while not self._ask("SELECT id FROM source") or not self._ask("SELECT seq FROM log WHERE kind = 'published'"):
            assert time.monotonic() < deadline, f"never loaded: {self.logged[-20:]}"
            time.sleep(0.05)

    def ledger(self) -> dict[str, tuple[str, int]]:
        """State and starts of each unlock."""
        rows = self._ask("SELECT id, state, starts FROM ledger WHERE state IS NOT NULL")
        return {id_: (state, starts) for id_, state, starts in rows}

    def _ask(self, sql: str) -> list[tuple[Any, ...]]:
        path = self.folder / "state" / "journal.sqlite"
        if not path.exists():
            return []
        connection = sqlite3.connect(path, timeout=10)
        try:
            return connection.execute(sql).fetchall()
        except sqlite3.OperationalError:
            return []  # its tables are still being made
        finally:
            connection.close()

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stderr is not None
        for line in process.stderr:
            self.logged.append(line.rstrip())
            self.lines.put(line)

    def _end(self, number: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(number)
        code = self._process.wait(30)
        self._reader.join()
        assert self._process.stderr is not None
        self._process.stderr.close()
        return code
