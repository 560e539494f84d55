"""Reading files once: records and rosters."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.config.source import CsvSource, JsonlSource, Reading, RosterSource
from kiosk.domain.organisation import Organisation, Player, Team
from kiosk.feed import content
from kiosk.feed.file import read_counted, read_file
from kiosk.feed.roster import read_roster

CRM = Path(__file__).parents[1] / "data" / "crm"


def test_the_crm_sample_is_read_whole(organisation: Organisation) -> None:
    fields = {"amount": "close_value", "stage": "deal_stage", "product": "product"}
    columns = Reading("deal", "opportunity_id", "sales_agent", "close_date", fields)
    read, fault, skipped = read_counted(CsvSource("crm", CRM / "opportunities.csv", columns), organisation)
    assert (len(read.records), skipped, fault.messages) == (6_711, 2_089, ())
    assert (read.snapshot, read.whole) == (True, True)
    won = [int(record.fields["amount"]) for record in read.records if record.fields["stage"] == "Won"]
    assert (len(won), sum(won)) == (4_238, 10_005_534)


def test_a_last_row_without_its_lines_end_counts(
    csv_source: Callable[..., CsvSource], organisation: Organisation
) -> None:
    read, _ = read_file(csv_source("id,owner,time,amount\n1,Zoe,2017-03-01,5"), organisation)
    assert [record.id for record in read.records] == ["1"]


def test_records_with_revisions_are_no_snapshot(
    jsonl_source: Callable[..., JsonlSource], organisation: Organisation
) -> None:
    columns = Reading("deal", "id", "owner", "time", revision="rev")
    source = jsonl_source('{"id": 1, "owner": "Zoe", "time": "2017-03-01", "rev": 3}\n', columns)
    assert not read_file(source, organisation)[0].snapshot


def folder(path: Path) -> None:
    path.mkdir()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def loop(path: Path) -> None:
    path.symlink_to(path)


def spreadsheet(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + bytes(500))


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(content.MAX_BYTES + 1)


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (lambda path: None, "deals.csv: no such file in "),
        (folder, "deals.csv: this is a folder, not a file"),
        (pipe, "deals.csv: this is not a plain file"),
        (loop, "deals.csv: this can't be read ("),
        (spreadsheet, "deals.csv: this is an Excel or zip file, not text: export it as CSV"),
        (huge, "deals.csv: the file is larger than 32 MiB"),
        (Path.touch, "deals.csv: the file is empty"),
    ],
)
def test_a_file_that_is_none_is_a_fault(
    make: Callable[[Path], None], fault: str, tmp_path: Path, organisation: Organisation
) -> None:
    path = tmp_path / "deals.csv"
    make(path)
    read, told = read_file(CsvSource("crm", path, Reading("deal", "id", "owner", "time")), organisation)
    assert read.records == ()
    assert len(told.messages) == 1
    assert told.messages[0].startswith(fault)
    roster, told = read_roster(RosterSource("team", path, "player"))
    assert roster.players == ()
    assert told.messages[0].startswith(fault)


def roster_of(
    tmp_path: Path, text: str, team: str | None = "team"
) -> tuple[tuple[Player, ...], tuple[Team, ...], tuple[str, ...]]:
    path = tmp_path / "people.csv"
    path.write_text(text)
    read, fault = read_roster(RosterSource("people", path, "name", team))
    return read.players, read.teams, fault.messages


def test_a_roster_gives_players_and_teams_with_ids_of_their_names(tmp_path: Path) -> None:
    players, teams, faults = roster_of(tmp_path, "name,team\nJosé Núñez,North East\nZoe  Li,\nJosé Núñez,South\n")
    assert players == (Player("jose-nunez", "José Núñez", ("north-east", "south")), Player("zoe-li", "Zoe Li"))
    assert teams == (Team("north-east", "North East"), Team("south", "South"))
    assert faults == ()


def test_a_roster_may_have_no_teams(tmp_path: Path) -> None:
    assert roster_of(tmp_path, "name\nZoe\n", team=None)[:2] == ((Player("zoe", "Zoe"),), ())


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("!!,North", "people.csv:3: no id can be made from the player's name '!!'"),
        (",North", "people.csv:3: no id can be made from the player's name ''"),
        ("ZOE,North", "people.csv:3: 'ZOE' and 'Zoe' both make the id 'zoe': give one an `id`"),
        ("Zoe,NORTH", "people.csv:3: 'NORTH' and 'North' both make the id"),
        ("Z" * 4_000 + ",North", "people.csv:3: the player's name"),
        ("Z\x00,North", "people.csv:3: the player's name holds a NUL byte"),
        ("a,b,c", "people.csv:3: the row has 3 cells"),
    ],
)
def test_a_broken_roster_row_is_a_fault_and_the_rest_goes_on(row: str, fault: str, tmp_path: Path) -> None:
    players, teams, faults = roster_of(tmp_path, f"name,team\nZoe,North\n{row}\nMax,North\n")
    assert [player.id for player in players] == ["zoe", "max"]
    assert [team.id for team in teams] == ["north"]
    assert len(faults) == 1
    assert faults[0].startswith(fault)


def test_a_roster_without_its_column_names_the_nearest(tmp_path: Path) -> None:
    assert roster_of(tmp_path, "names,team\nZoe,North\n")[2] == (
        "people.csv:1: no column 'name'; did you mean 'names'?",
    )
