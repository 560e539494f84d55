"""Who may earn an achievement (docs/rules.md, section 4)."""

from __future__ import annotations

from kiosk.domain.directory import Directory
from kiosk.domain.rules import Eligible, Kind


def is_eligible(eligible: Eligible, subject: str, directory: Directory) -> bool:
    """Whether `subject` is judged and ranked, by the teams it is in now."""
    if not (eligible.teams or eligible.players or eligible.exclude):
        return True
    kind, _, name = subject.partition(":")
    player = directory.player(name) if kind == Kind.PLAYER else None
    groups = {name, *(player.teams if player else ())}
    if not groups.isdisjoint(eligible.exclude):
        return False
    if not eligible.teams and not eligible.players:
        return True
    if player is None:
        return kind == Kind.TEAM and name in eligible.teams
    return name in eligible.players or not eligible.teams.isdisjoint(player.teams)
