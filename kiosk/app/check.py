"""`kiosk check`: every error of a config or rules file at once."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from kiosk.config.load import check


def report(path: Path, out: TextIO) -> int:
    """Print each problem on a line of its own; the exit code is 1 if any of them is an error."""
    kind, problems = check(path)
    errors = [problem for problem in problems if not problem.warning]
    for problem in problems:
        print(f"warning: {problem}" if problem.warning else problem, file=out)
    if errors:
        print(f"{len(errors)} error{'s' if len(errors) > 1 else ''}", file=out)
        return 1
    print(f"{path}: good {kind}", file=out)
    return 0
