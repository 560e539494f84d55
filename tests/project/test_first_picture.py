"""The first picture waits for nothing that it doesn't need."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import json, os, sys
os.environ.update(SDL_VIDEODRIVER="dummy", SDL_AUDIODRIVER="dummy")
from kiosk.app import loop
from kiosk.cli import main
seen = []
start = loop.Loop.run
def run(self, until_ns=None):
    tell = self._first_picture
    def first():
        seen.append(sorted({name.partition(".")[0] for name in sys.modules}))
        tell()
    self._first_picture = first
    start(self, until_ns)
loop.Loop.run = run
code = main(["run", "--config", sys.argv[1], "--window", "640x360", "--seconds", "0.5"])
assert code == 0 and seen, (code, seen)
print(json.dumps(seen[0]))
"""


def test_the_first_picture_needs_no_network_terminal_or_video_library(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(
        "organisation: {name: Acme, timezone: Europe/Berlin}\n"
        "sources:\n"
        "  - {id: web, type: http, url: 'http://127.0.0.1:9/x', record: deal, key: id, owner: who, time: at}\n"
        "metrics: [{id: deals, record: deal, aggregate: count}]\n"
    )
    config = tmp_path / "config.yaml"
    config.write_text(f"rules: rules.yaml\nstate: {tmp_path}/state\n")
    answer = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(config)], capture_output=True, text=True, check=False, timeout=60
    )
    assert answer.returncode == 0, answer.stderr
    imported = set(json.loads(answer.stdout.splitlines()[-1]))
    assert "pygame" in imported
    assert not imported & {"av", "requests", "websockets", "typer", "rich", "urllib3"}
