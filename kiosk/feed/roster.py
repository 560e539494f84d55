"""Players and teams from a roster file (docs/rules.md, section 9)."""

from __future__ import annotations

from kiosk.config.source import RosterSource
from kiosk.domain.organisation import Player, Team, slug
from kiosk.feed.content import content
from kiosk.feed.csv_text import CsvText
from kiosk.feed.document import placed
from kiosk.feed.encoding import lines_of, plain_bytes
from kiosk.feed.fault import Faults, RowError, SourceError, excerpt
from kiosk.feed.reading import FeedFault, RosterRead
from kiosk.feed.shape import MAX_NAME


def read_roster(source: RosterSource) -> tuple[RosterRead, FeedFault]:
    """Everybody in the roster, in its order, and what is wrong with it; nobody where it can't be read at all."""
    try:
        return parse_roster(source, content(source.path)[0])
    except SourceError as error:
        return RosterRead(source.id, (), ()), FeedFault(source.id, error.messages)


def parse_roster(source: RosterSource, data: bytes) -> tuple[RosterRead, FeedFault]:
    """As `read_roster`, from the file's bytes.

    Raises:
        SourceError: nothing can be read, with the file's name.
    """
    name = source.path.name
    columns = (source.player,) if source.team is None else (source.player, source.team)
    faults = Faults()
    player_ids, team_ids = _Ids(), _Ids()
    members: dict[str, list[str]] = {}
    try:
        body, _, codec = plain_bytes(data, source.encoding)
        lines = lines_of(body, codec)
        text = CsvText(columns, source.delimiter)
        start = text.begin(lines.texts, final=True) or 0
        for row in text.rows(lines.texts, start, final=True):
            if row.cells is None:
                faults.add(f"{name}:{row.first + 1}: {row.error}")
                continue
            try:
                player = player_ids.of("player", row.cells.get(source.player, ""))
                teams = members.setdefault(player, [])
                team = row.cells.get(source.team, "").strip() if source.team else ""
                if team and (team_id := team_ids.of("team", team)) not in teams:
                    teams.append(team_id)
            except RowError as error:
                faults.add(f"{name}:{row.first + 1}: {error}")
    except SourceError as error:
        raise SourceError(*(placed(name, message) for message in error.messages)) from None
    players = tuple(Player(player, player_ids.names[player], tuple(teams)) for player, teams in members.items())
    teams_read = tuple(Team(team, team_name) for team, team_name in team_ids.names.items())
    return RosterRead(source.id, players, teams_read), FeedFault(source.id, faults.messages())


class _Ids:
    """Ids made from names, each of one name only."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def of(self, what: str, text: str) -> str:
        name = " ".join(text.split())
        if len(name) > MAX_NAME:
            raise RowError(f"the {what}'s name {excerpt(name)} is longer than {MAX_NAME} characters")
        if "\0" in name:
            raise RowError(f"the {what}'s name holds a NUL byte")
        made = slug(name)
        if not made:
            raise RowError(f"no id can be made from the {what}'s name {excerpt(name)}: list it with an `id`")
        if self.names.setdefault(made, name) != name:
            raise RowError(
                f"{excerpt(name)} and {excerpt(self.names[made])} both make the id {made!r}: give one an `id`"
            )
        return made
