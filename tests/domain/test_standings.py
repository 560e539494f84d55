from __future__ import annotations

from fractions import Fraction

import pytest
from domain_builders import Office, at, goal, target

from kiosk.domain.fact import TeamPut
from kiosk.domain.organisation import Player, Team
from kiosk.domain.rules import Kind, Unit
from kiosk.domain.standing import BoardKey, Standing

WEEK = BoardKey("revenue", Unit.WEEK, Kind.PLAYER)
TEAMS = BoardKey("revenue", Unit.WEEK, Kind.TEAM)
COMPANY = BoardKey("revenue", Unit.ALL_TIME, Kind.COMPANY)
RATE = BoardKey("close-rate", Unit.MONTH, Kind.PLAYER)


def office(**fields: object) -> Office:
    return Office(boards=[WEEK, TEAMS, COMPANY, RATE], **fields)


def test_everybody_stands_on_a_board_best_first() -> None:
    board = office()
    board.deal("cy", "10")
    board.deal("bo", "300")
    assert board.standings("revenue", Unit.WEEK, "2024-03-06") == [
        ("player:bo", 300, 1),
        ("player:cy", 10, 2),
        ("player:ann", 0, 3),
        ("player:di", 0, 3),
    ]


def test_equal_values_share_a_rank_in_the_order_of_their_names() -> None:
    board = office()
    for name in ("di", "cy", "ann"):
        board.deal(name, "10")
    board.deal("bo", "5")
    lines = board.standings("revenue", Unit.WEEK, "2024-03-06")
    assert [(subject, rank) for subject, _, rank in lines] == [
        ("player:ann", 1),
        ("player:cy", 1),
        ("player:di", 1),
        ("player:bo", 4),
    ]


def test_who_has_no_record_stands_behind_those_below_zero() -> None:
    board = office()
    board.deal("cy", "-10")
    lines = board.standings("revenue", Unit.WEEK, "2024-03-06")
    assert [subject for subject, _, _ in lines] == ["player:cy", "player:ann", "player:bo", "player:di"]


def test_standings_are_of_the_period_that_contains_the_moment() -> None:
    board = office()
    board.deal("cy", "10", "2024-03-10 23:59")
    assert board.standings("revenue", Unit.WEEK, "2024-03-10 23:59")[0][1] == 10
    assert board.standings("revenue", Unit.WEEK, "2024-03-11 00:00")[0][1] == 0


def test_teams_and_the_company_have_standings() -> None:
    board = office()
    board.deal("bo", "10")
    board.deal("di", "5")
    assert board.standings("revenue", Unit.WEEK, "2024-03-06", Kind.TEAM) == [
        ("team:east", 10, 1),
        ("team:west", 10, 1),
    ]
    assert board.standings("revenue", Unit.ALL_TIME, "2030-01-01", Kind.COMPANY) == [("company", 15, 1)]
    assert board.engine.standings(COMPANY, at("2024-01-01"))[0].name == "Acme"


def test_a_flow_is_ranked_by_its_hit_rate_in_percent() -> None:
    board = office()
    for name, stage in (("ann", "Won"), ("ann", "Lost"), ("ann", "Lost"), ("bo", "Lost"), ("cy", "Won")):
        board.deal(name, stage=stage)
    assert board.standings("close-rate", Unit.MONTH, "2024-03-06") == [
        ("player:cy", 100, 1),
        ("player:ann", Fraction(100, 3), 2),
        ("player:bo", 0, 3),
        ("player:di", 0, 3),
    ]


def test_a_line_has_its_target_scaled_to_the_period() -> None:
    board = office(targets=[target("4000"), target("0", "player:bo")])
    lines = {line.subject: line.target for line in board.engine.standings(WEEK, at("2024-03-06"))}
    assert lines == {"player:ann": 1000, "player:bo": None, "player:cy": 1000, "player:di": 1000}


def test_boards_of_achievements_can_be_shown_and_others_can_not() -> None:
    board = Office(goal("5", Unit.DAY))
    assert len(board.engine.standings(BoardKey("revenue", Unit.DAY, Kind.PLAYER), at("2024-03-06"))) == 4
    with pytest.raises(KeyError):
        board.engine.standings(WEEK, at("2024-03-06"))
    with pytest.raises(KeyError):
        board.engine.changes(BoardKey("nothing", Unit.DAY, Kind.PLAYER))
    with pytest.raises(KeyError):
        Office(boards=[BoardKey("nothing", Unit.DAY, Kind.PLAYER)])


def test_changes_grow_with_what_standings_show_and_with_nothing_else() -> None:
    board = office()
    before = {key: board.engine.changes(key) for key in (WEEK, RATE)}
    board.deal("ann", amount="oops")  # counts for the flow, not for revenue
    assert board.engine.changes(WEEK) == before[WEEK]
    assert board.engine.changes(RATE) > before[RATE]
    board.deal("ann")
    board.clock("2024-03-05")
    after = board.engine.changes(WEEK)
    assert after > before[WEEK]
    board.player(Player("ann", "Ann Lee", ("east",), ("AL",)))  # as it was
    assert board.engine.changes(WEEK) == after
    board.player(Player("ann", "Anna Lee", ("east",), ("AL",)))
    assert board.engine.changes(WEEK) > after


def test_people_appear_on_boards_when_they_are_put() -> None:
    board = office()
    board.player(Player("zoe", "Zoe", ("south",), hidden=True))
    board.engine.apply(TeamPut(Team("north", "The North")))
    assert Standing("player:zoe", "Zoe", 0, 1) in board.engine.standings(WEEK, at("2024-03-06"))
    assert board.engine.team("south") == Team("south", "south")
    assert [line.name for line in board.engine.standings(TEAMS, at("2024-03-06"))] == [
        "East",
        "The North",
        "West",
        "south",
    ]
    assert board.engine.player("zoe") is not None
    assert board.engine.player("nobody") is None
