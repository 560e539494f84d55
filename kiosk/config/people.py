"""Players and teams, as the rules file lists them beside or instead of a roster."""

from __future__ import annotations

from pathlib import Path

from kiosk.config.assets import picture, sound
from kiosk.config.fields import FilePath, FilledText, Flag, Id
from kiosk.config.problem import Report
from kiosk.config.section import Item, Strict
from kiosk.config.times import LocalDate
from kiosk.config.wording import quoted
from kiosk.domain.organisation import Player, Team, slug


class TeamModel(Strict):
    """One of `teams:`."""

    id: Id | None = None
    name: FilledText


class PlayerModel(Strict):
    """One of `players:`."""

    id: Id | None = None
    name: FilledText
    team: FilledText | None = None
    teams: tuple[FilledText, ...] = ()
    aliases: tuple[FilledText, ...] = ()
    photo: FilePath | None = None
    sound: FilePath | None = None
    birthday: LocalDate | None = None
    joined: LocalDate | None = None
    hidden: Flag = False


class Ids:
    """The ids of one kind, each given once."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._places: dict[str, tuple[int, str]] = {}

    def take(self, item: Item[object], given: str | None, name: str = "") -> str | None:
        """The item's id, made from its name if none is given; None (and told) where there can't be one."""
        made = given or slug(name)
        if not made:
            self._report.error(item.at("name"), f"no id can be made from the name {quoted(name)}: add an id")
            return None
        if made in self._places:
            line, other = self._places[made]
            if given:
                self._report.error(item.at("id"), f"the id {quoted(made)} stands twice, first in line {line}")
            else:
                self._report.error(
                    item.at("name"),
                    f"{quoted(name)} gets the same id as {quoted(other)} in line {line} ({made}): add an id",
                )
            return None
        self._places[made] = (self._report.line(item.place), name or made)
        return made


def build_teams(items: tuple[Item[TeamModel], ...], report: Report) -> tuple[Team, ...]:
    """The listed teams."""
    ids = Ids(report)
    taken = ((ids.take(item, item.value.id, item.value.name), item.value.name) for item in items)
    return tuple(Team(id, name) for id, name in taken if id is not None)  # noqa: A001 - it is one


def build_players(
    items: tuple[Item[PlayerModel], ...], teams: tuple[Team, ...], folder: Path, report: Report, *, closed: bool
) -> tuple[tuple[Player, ...], tuple[Team, ...]]:
    """The listed players, and the teams with those that only a player names.

    If `closed`, a team that isn't listed is an error: there is a list, and no roster may add to it.
    """
    known = {team.id: team for team in teams}
    by_name = {team.name: team.id for team in teams}
    ids = Ids(report)
    players: list[Player] = []
    names: dict[str, tuple[str, int]] = {}
    for item in items:
        model = item.value
        taken = ids.take(item, model.id, model.name)
        mine: list[str] = []
        named = [(("team",), model.team)] if model.team is not None else []
        for at, name in (*named, *((("teams", i), name) for i, name in enumerate(model.teams))):
            team = name if name in known else by_name.get(name, slug(name))
            if team not in known:
                if closed or not team:
                    report.error(item.at(*at), f"no team {quoted(name)}{report.meant(name, (*known, *by_name))}")
                    continue
                known[team] = Team(team, name)
            mine.append(team)
        if taken is None:
            continue
        _names(item, taken, names, report)
        players.append(
            Player(
                id=taken,
                name=model.name,
                teams=tuple(dict.fromkeys(mine)),
                aliases=model.aliases,
                photo=picture(model.photo, folder, item.at("photo"), report),
                sound=sound(model.sound, folder, item.at("sound"), report) if model.sound else None,
                birthday=model.birthday,
                joined=model.joined,
                hidden=model.hidden,
            )
        )
    return tuple(players), tuple(known.values())


def _names(item: Item[PlayerModel], player: str, names: dict[str, tuple[str, int]], report: Report) -> None:
    """An owner is found by id, name or alias, so none of them may lead to two players."""
    line = report.line(item.place)
    for at, name in (("id", player), ("name", item.value.name), *((("aliases"), each) for each in item.value.aliases)):
        other, first = names.setdefault(name, (player, line))
        if other != player:
            report.error(item.at(at), f"{quoted(name)} also leads to the player {quoted(other)} in line {first}")
