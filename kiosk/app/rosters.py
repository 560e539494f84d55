"""Who is who: the people of the rules file and of every roster, as one list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from kiosk.domain.fact import PlayerPut, TeamPut
from kiosk.domain.organisation import Player, Team

P = TypeVar("P", Player, Team)

RULES_FILE = ""
"""Stands for the rules file's own people; no source has an empty id."""


class Rosters:
    """Joins what several sources say of the same people.

    A player has the teams and aliases of all of them. Of everything else the first that says something is right,
    in the order in which the sources first came; the rules file is told first. Who left every roster stays known,
    with the teams of the last one, because past records are still theirs.
    """

    def __init__(self) -> None:
        self._players: dict[str, dict[str, Player]] = {}
        self._teams: dict[str, dict[str, Team]] = {}
        self._known_players: dict[str, Player] = {}
        self._known_teams: dict[str, Team] = {}

    def says(self, source: str, players: Iterable[Player], teams: Iterable[Team]) -> bool:
        """Whether that is what `source` has said already."""
        return self._players.get(source) == _by_id(players) and self._teams.get(source) == _by_id(teams)

    def put(self, source: str, players: Iterable[Player], teams: Iterable[Team]) -> list[TeamPut | PlayerPut]:
        """The whole roster of a source, in place of its earlier one; what that changes, teams first."""
        left_players, left_teams = self._players.get(source, {}), self._teams.get(source, {})
        self._players[source], self._teams[source] = _by_id(players), _by_id(teams)
        return [
            *self._changed_teams(left_teams | self._teams[source]),
            *self._changed_players(left_players | self._players[source]),
        ]

    def _changed_teams(self, ids: Iterable[str]) -> Iterator[TeamPut]:
        for id_ in ids:
            team = next((said[id_] for said in self._teams.values() if id_ in said), None)
            if team is not None and self._known_teams.get(id_) != team:
                self._known_teams[id_] = team
                yield TeamPut(team)

    def _changed_players(self, ids: Iterable[str]) -> Iterator[PlayerPut]:
        for id_ in ids:
            said = [players[id_] for players in self._players.values() if id_ in players]
            if said and self._known_players.get(id_) != (player := _joined(said)):
                self._known_players[id_] = player
                yield PlayerPut(player)


def _by_id(people: Iterable[P]) -> dict[str, P]:
    return {one.id: one for one in people}


def _joined(said: list[Player]) -> Player:
    """One player of what several sources say, the first before the others."""
    first = said[0]
    return replace(
        first,
        teams=tuple(dict.fromkeys(team for one in said for team in one.teams)),
        aliases=tuple(dict.fromkeys(alias for one in said for alias in one.aliases)),
        photo=next((one.photo for one in said if one.photo), None),
        sound=next((one.sound for one in said if one.sound), None),
        birthday=next((one.birthday for one in said if one.birthday), None),
        joined=next((one.joined for one in said if one.joined), None),
        hidden=any(one.hidden for one in said),
    )
