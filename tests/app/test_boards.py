"""Standings become boards for people."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from kiosk.app import messages
from kiosk.app.boards import Boards
from kiosk.domain.metric import Aggregate, Flow, Format, Metric
from kiosk.domain.organisation import Organisation, Player
from kiosk.domain.rules import Kind, Rules, Unit
from kiosk.domain.standing import BoardKey, Standing
from kiosk.screens.view import BoardView
from kiosk.show.playlist import Channel, Slot

WEEK = BoardKey("revenue", Unit.WEEK, Kind.PLAYER)
WEDNESDAY = datetime(2026, 11, 18, 15, tzinfo=UTC)
RULES = Rules(
    organisation=Organisation("Acme", ZoneInfo("Europe/Berlin"), currency="EUR", locale="en_GB"),
    players=(Player("ann", "Ann", photo="ann.png"), Player("bob", "Bob"), Player("eve", "Eve", hidden=True)),
    metrics=(Metric("revenue", "Revenue", "deal", Aggregate.SUM, "amount", format=Format.CURRENCY),),
    flows=(Flow("rate", "Close rate", ("calls", "deals"), "calls", "deals"),),
)


def _slot(id_: str = "board", **options: object) -> Slot:
    given = {"measure": "revenue", "period": Unit.WEEK, "subject": Kind.PLAYER, "per_page": 8, **options}
    return Slot(id_, "leaderboard", 20, given)


def _boards(*slots: Slot) -> Boards:
    return Boards(RULES, (Channel("main", "Main", slots or (_slot(),)),))


def _standings(*values: tuple[str, int], target: int | None = None) -> tuple[Standing, ...]:
    ordered = sorted(values, key=lambda pair: -pair[1])
    return tuple(
        Standing(f"player:{id_}", id_.title(), Decimal(value), rank, Decimal(target) if target else None)
        for rank, (id_, value) in enumerate(ordered, 1)
    )


def _view(boards: Boards, standings: tuple[Standing, ...], at: datetime = WEDNESDAY, mono_s: float = 0) -> BoardView:
    return boards.views(messages.Standings(WEEK, at, standings), mono_s).views["board"]


def test_values_and_period_are_worded_for_the_organisation() -> None:
    view = _view(_boards(), _standings(("ann", 1200), ("bob", 300)))
    assert (view.title, view.subtitle) == ("Revenue", "This week · 16–22 Nov 2026")
    assert [(row.name, row.value_text, row.initials, row.photo) for row in view.rows] == [
        ("Ann", "€1,200", "A", "ann.png"),
        ("Bob", "€300", "B", None),
    ]


def test_bars_go_to_the_target_and_without_one_to_the_leader() -> None:
    assert [row.share for row in _view(_boards(), _standings(("ann", 1200), ("bob", 300))).rows] == [1, 0.25]
    with_target = _view(_boards(), _standings(("ann", 1200), ("bob", 300), target=600)).rows
    assert [(row.share, row.target_text) for row in with_target] == [(2, "€600"), (0.5, "€600")]


def test_a_board_below_zero_has_empty_bars() -> None:
    assert [row.share for row in _view(_boards(), _standings(("ann", -5), ("bob", -9))).rows] == [0, 0]


def test_hidden_players_stand_on_no_board() -> None:
    view = _view(_boards(), _standings(("ann", 10), ("eve", 20)))
    assert [row.name for row in view.rows] == ["Ann"]


def test_top_cuts_the_board_and_a_title_of_its_own_stands() -> None:
    view = _view(_boards(_slot(top=1, title="Best")), _standings(("ann", 10), ("bob", 20)))
    assert (view.title, [row.name for row in view.rows]) == ("Best", ["Bob"])


def test_two_slots_of_one_board_are_both_told() -> None:
    boards = _boards(_slot("one"), _slot("two", title="Again"))
    told = boards.views(messages.Standings(WEEK, WEDNESDAY, _standings(("ann", 1))), 0)
    assert {id_: view.title for id_, view in told.views.items()} == {"one": "Revenue", "two": "Again"}
    assert boards.keys == (WEEK,)


def test_arrows_compare_with_the_end_of_yesterday_within_the_period() -> None:
    boards = _boards()
    _view(boards, _standings(("ann", 10), ("bob", 20)), WEDNESDAY)
    thursday = _view(boards, _standings(("ann", 30), ("bob", 20)), WEDNESDAY.replace(day=19))
    assert [(row.name, row.moved) for row in thursday.rows] == [("Ann", 1), ("Bob", -1)]
    friday = _view(boards, _standings(("ann", 30), ("zoe", 9), ("max", 0)), WEDNESDAY.replace(day=20))
    assert [(row.name, row.moved) for row in friday.rows] == [("Ann", 0), ("Zoe", None), ("Max", 0)]
    next_week = _view(boards, _standings(("ann", 1), ("bob", 2)), WEDNESDAY.replace(day=25))
    assert [row.moved for row in next_week.rows] == [0, 0]


def test_a_changed_order_is_stamped_and_an_unchanged_one_goes_on_moving() -> None:
    boards = _boards()
    first = _view(boards, _standings(("ann", 10), ("bob", 20)), mono_s=1)
    assert first.moved_at_s is None
    second = _view(boards, _standings(("ann", 30), ("bob", 20)), mono_s=5)
    assert (second.was, second.moved_at_s) == (("player:bob", "player:ann"), 5)
    third = _view(boards, _standings(("ann", 31), ("bob", 20)), mono_s=6)
    assert (third.was, third.moved_at_s) == (second.was, 5)


def test_the_first_values_of_a_period_appear_without_a_movement() -> None:
    boards = _boards()
    _view(boards, _standings(("ann", 0), ("bob", 0)), mono_s=1)
    full = _view(boards, _standings(("ann", 1), ("bob", 2)), mono_s=2)
    assert full.moved_at_s is None


def test_a_flow_is_shown_in_percent() -> None:
    key = BoardKey("rate", Unit.WEEK, Kind.PLAYER)
    boards = _boards(_slot(measure="rate"))
    standing = replace(_standings(("ann", 75))[0])
    view = boards.views(messages.Standings(key, WEDNESDAY, (standing,)), 0).views["board"]
    assert (view.title, view.rows[0].value_text) == ("Close rate", "75%")
