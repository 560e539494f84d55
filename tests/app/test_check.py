"""`kiosk check` looks at the rosters too."""

from __future__ import annotations

import io
from pathlib import Path

from kiosk.app.check import report

RULES = """\
organisation: {name: Acme, timezone: UTC}
sources: [{id: team, type: roster, path: team.csv, player: name, team: office}]
players: [%s]
"""


def said(folder: Path, players: str, roster: str | None) -> tuple[int, list[str]]:
    rules = folder / "rules.yaml"
    rules.write_text(RULES % players)
    if roster is not None:
        (folder / "team.csv").write_text(roster)
    out = io.StringIO()
    return report(rules, out), out.getvalue().splitlines()


def test_a_player_of_the_roster_under_another_id_is_a_warning(tmp_path: Path) -> None:
    code, (warning, good) = said(tmp_path, "{id: ada, name: Ada Berg}", "name,office\nAda Berg,Oslo\nBo Lind,Oslo\n")
    assert code == 0
    assert warning.startswith('warning: team.csv: "Ada Berg" is "ada-berg" here and "ada" under players')
    assert good.endswith("good rules")


def test_an_alias_that_the_roster_has_as_a_name_is_a_warning(tmp_path: Path) -> None:
    code, lines = said(tmp_path, "{name: Ada Berg, aliases: [A. Berg]}", "name,office\nA. Berg,Oslo\n")
    assert (code, len(lines)) == (0, 2)


def test_a_row_of_the_roster_without_an_id_is_a_warning(tmp_path: Path) -> None:
    code, (warning, _) = said(tmp_path, "", "name,office\n!!!,Oslo\n")
    assert code == 0
    assert warning.startswith("warning: team.csv:2: no id can be made")


def test_the_same_player_in_both_is_good(tmp_path: Path) -> None:
    code, lines = said(tmp_path, "{name: Ada Berg, aliases: [ada@acme.test]}", "name,office\nAda Berg,Oslo\n")
    assert (code, len(lines)) == (0, 1)


def test_a_roster_that_is_not_there_yet_is_told_once(tmp_path: Path) -> None:
    code, lines = said(tmp_path, "", None)
    assert code == 0
    assert sum("team.csv" in line for line in lines) <= 1
    assert lines[-1].endswith("good rules")
