"""`kiosk check`: every error of a config or rules file at once, and what its rosters would say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from kiosk.config.load import Kind, check, load_config, load_rules
from kiosk.config.source import RosterSource
from kiosk.config.wording import quoted
from kiosk.feed.roster import read_roster


def report(path: Path, out: TextIO) -> int:
    """Print each problem on a line of its own; the exit code is 1 if any of them is an error."""
    kind, problems = check(path)
    errors = [problem for problem in problems if not problem.warning]
    for problem in problems:
        print(f"warning: {problem}" if problem.warning else problem, file=out)
    if errors:
        print(f"{len(errors)} error{'s' if len(errors) > 1 else ''}", file=out)
        return 1
    for warning in _of_rosters(path, kind):
        print(f"warning: {warning}", file=out)
    print(f"{path}: good {kind}", file=out)
    return 0


def _of_rosters(path: Path, kind: Kind) -> Iterator[str]:
    """What is wrong with the rosters that are there; a player who is listed under another id would stand twice."""
    rules = load_rules(path) if kind == "rules" else load_config(path)[1]
    ids = {name: player.id for player in reversed(rules.rules.players) for name in (player.name, *player.aliases)}
    for source in rules.sources:
        if not isinstance(source, RosterSource) or not source.path.exists():
            continue
        roster, fault = read_roster(source)
        yield from fault.messages
        for player in roster.players:
            listed = ids.get(player.name, player.id)
            if listed != player.id:
                yield (
                    f"{source.path.name}: {quoted(player.name)} is {quoted(player.id)} here and {quoted(listed)} "
                    f"under players: two players, and records of this name go to {quoted(listed)}"
                )
