"""Who is known: players, their teams, and the texts by which sources call them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kiosk.domain.organisation import Player, Team
from kiosk.domain.rules import Kind

COMPANY = Kind.COMPANY.value
"""The one subject of its kind, as unlocks and standings name it."""


def player_subject(player: str) -> str:
    """A player as a subject: `player:ID`."""
    return f"{Kind.PLAYER}:{player}"


def team_subject(team: str) -> str:
    """A team as a subject: `team:ID`."""
    return f"{Kind.TEAM}:{team}"


class Directory:
    """Players and teams in the order in which they were first put.

    `version` grows with every change, so that what was made from it can be made anew.
    """

    def __init__(self, company: str, players: Iterable[Player], teams: Iterable[Team]) -> None:
        self.version = 0
        self._company = company
        self._players: dict[str, Player] = {}
        self._teams: dict[str, Team] = {}
        self._named: dict[str, str] | None = None
        self._subjects: dict[str, Mapping[Kind, tuple[str, ...]]] = {}
        self._members: dict[str, set[str]] = {}
        for team in teams:
            self.put_team(team)
        for player in players:
            self.put_player(player)

    def player(self, player: str) -> Player | None:
        """The player of this id."""
        return self._players.get(player)

    def team(self, team: str) -> Team | None:
        """The team of this id."""
        return self._teams.get(team)

    def put_team(self, team: Team) -> None:
        """The team appeared or changed its name."""
        if self._teams.get(team.id) != team:
            self._teams[team.id] = team
            self.version += 1

    def put_player(self, player: Player) -> None:
        """The player appeared or changed; a team that was not known gets its id as its name."""
        former = self._players.get(player.id)
        if former == player:
            return
        subject = player_subject(player.id)
        for team in former.teams if former else ():
            self._members[team].discard(subject)
        for team in player.teams:
            if team not in self._teams:
                self.put_team(Team(team, team))
            self._members.setdefault(team, set()).add(subject)
        self._players[player.id] = player
        self._subjects[player.id] = {
            Kind.PLAYER: (subject,),
            Kind.TEAM: tuple(team_subject(team) for team in dict.fromkeys(player.teams)),
            Kind.COMPANY: (COMPANY,),
        }
        self._named = None
        self.version += 1

    def find(self, owner: str) -> Player | None:
        """Whom a source means by `owner`: exactly an id, else a name, else an alias; of equals the first put."""
        if self._named is None:
            named: dict[str, str] = {}
            for player in self._players.values():
                for alias in player.aliases:
                    named.setdefault(alias, player.id)
            for player in reversed(self._players.values()):
                named[player.name] = player.id
            named.update((player, player) for player in self._players)
            self._named = named
        player_id = self._named.get(owner)
        return None if player_id is None else self._players[player_id]

    def subjects_of(self, player: str) -> Mapping[Kind, tuple[str, ...]]:
        """For each kind, the subjects for whom a record of this player counts now."""
        return self._subjects[player]

    def teammates(self, player: str) -> set[str]:
        """The subjects of all players who share a team with this one, itself among them; none without a team."""
        return set().union(*(self._members[team] for team in self._players[player].teams))

    def team_ids(self) -> list[str]:
        """Ids of all teams, in the order in which they were first put."""
        return list(self._teams)

    def members(self, team: str) -> frozenset[str]:
        """The subjects of a team's players."""
        return frozenset(self._members.get(team, ()))

    def everybody(self, kind: Kind) -> list[tuple[str, str]]:
        """Subject and name of everyone of this kind."""
        match kind:
            case Kind.PLAYER:
                return [(player_subject(player.id), player.name) for player in self._players.values()]
            case Kind.TEAM:
                return [(team_subject(team.id), team.name) for team in self._teams.values()]
            case Kind.COMPANY:
                return [(COMPANY, self._company)]
