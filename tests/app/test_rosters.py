"""Several rosters, one list of people."""

from __future__ import annotations

from dataclasses import replace

from desk import MAX, WEST, ZOE

from kiosk.app.rosters import RULES_FILE, Rosters
from kiosk.domain.fact import PlayerPut, TeamPut
from kiosk.domain.organisation import Player, Team


def test_the_first_roster_puts_everybody_teams_first() -> None:
    assert Rosters().put("list", [ZOE, MAX], [WEST]) == [TeamPut(WEST), PlayerPut(ZOE), PlayerPut(MAX)]


def test_only_what_changed_is_put() -> None:
    rosters = Rosters()
    rosters.put("list", [ZOE, MAX], [WEST])
    moved = replace(MAX, teams=("west",))
    assert rosters.put("list", [ZOE, moved], [WEST]) == [PlayerPut(moved)]
    assert rosters.put("list", [ZOE, moved], [WEST]) == []
    assert rosters.put("list", [ZOE, moved], [Team("west", "Far West")]) == [TeamPut(Team("west", "Far West"))]


def test_the_rules_file_adds_a_photo_to_a_player_of_a_roster() -> None:
    rosters = Rosters()
    rosters.put(RULES_FILE, [Player("zoe", "Zoë", photo="zoe.jpg", aliases=("ZN",))], [])
    (put,) = rosters.put("list", [replace(ZOE, photo="other.jpg", aliases=("Zo",))], [])
    assert put == PlayerPut(Player("zoe", "Zoë", ("west",), ("ZN", "Zo"), photo="zoe.jpg"))


def test_a_player_of_two_rosters_is_in_the_teams_of_both() -> None:
    rosters = Rosters()
    rosters.put("a", [ZOE], [])
    assert rosters.put("b", [replace(ZOE, teams=("east", "west"))], []) == [
        PlayerPut(replace(ZOE, teams=("west", "east")))
    ]


def test_who_leaves_one_of_two_rosters_keeps_the_teams_of_the_other() -> None:
    rosters = Rosters()
    rosters.put("a", [ZOE], [])
    rosters.put("b", [replace(ZOE, teams=("east",))], [])
    assert rosters.put("b", [], []) == [PlayerPut(ZOE)]


def test_who_leaves_every_roster_stays_known() -> None:
    rosters = Rosters()
    rosters.put("a", [ZOE], [WEST])
    assert rosters.put("a", [], []) == []
    assert rosters.put("a", [ZOE], [WEST]) == []


def test_who_hides_anywhere_hides() -> None:
    rosters = Rosters()
    rosters.put("a", [ZOE], [])
    assert rosters.put("b", [replace(ZOE, hidden=True)], []) == [PlayerPut(replace(ZOE, hidden=True))]


def test_a_repeated_roster_is_known_as_such() -> None:
    rosters = Rosters()
    assert not rosters.says("a", [], [])
    rosters.put("a", [ZOE], [WEST])
    assert rosters.says("a", [ZOE], [WEST])
    assert not rosters.says("a", [ZOE], [])
    assert not rosters.says("b", [ZOE], [WEST])
