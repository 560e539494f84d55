"""Several of one achievement become one celebration that names everybody."""

from __future__ import annotations

from playhouse import Playhouse, assert_showing, assert_shown, celebration, channel, slot

from kiosk.show.effects import CommitStart
from kiosk.show.merge import merged
from kiosk.show.settings import ShowSettings

NO_GAP = ShowSettings(gap_s=0)
BOARD = (channel(slot("week", 20)),)


def crowd(names: str, achievement: str = "fish") -> list[object]:
    return [celebration(name, achievement=achievement, at=number / 1000) for number, name in enumerate(names)]


def crowded(names: str, **more: object) -> Playhouse:
    """A crowd that waits behind a celebration of another achievement, which ends at second 10."""
    house = Playhouse(NO_GAP, BOARD, **more)
    house.earn(celebration("first", lifetime_s=10))
    house.earn(*crowd(names))
    return house


def test_more_than_merge_over_of_one_achievement_merge() -> None:
    house = crowded("abcd")
    assert_showing(house, "interrupt:a", at=10)
    assert house.cue.celebration is not None
    assert [winner.name for winner in house.cue.celebration.winners] == ["A", "B", "C", "D"]
    assert house.of(CommitStart)[-1] == CommitStart(("a", "b", "c", "d"), "interrupt:a:1")
    house.until(12)
    assert [house.state(name) for name in "abcd"] == ["shown", "merged", "merged", "merged"]
    assert {house.ledger.rows[name].into for name in "bcd"} == {"a"}
    assert_showing(house, "week", at=20)


def test_no_more_than_merge_over_are_shown_one_after_the_other() -> None:
    house = crowded("abc")
    house.until(39)
    assert_shown(house, ["week", "interrupt:first", "interrupt:a", "interrupt:b", "interrupt:c"])


def test_other_achievements_do_not_merge_with_them() -> None:
    house = crowded("abcd")
    house.earn(celebration("other", at=1))
    assert_showing(house, "interrupt:a", at=10)
    assert_showing(house, "interrupt:other", at=20)


def test_merged_ones_have_one_place_in_the_cycle_after_a_restart_too() -> None:
    house = crowded("abcd")
    assert_showing(house, "cycle:a", at=40)
    assert house.cue.celebration is not None
    assert len(house.cue.celebration.winners) == 4
    before = house.cue.celebration
    house.restart()
    assert_showing(house, "cycle:a", at=60)
    assert house.cue.celebration == before


def test_a_crowd_that_was_killed_within_two_seconds_starts_together_once_more() -> None:
    house = crowded("abcd")
    assert_showing(house, "interrupt:a", at=11)
    house.restart(after=5)
    assert_showing(house, "interrupt:a", at=16)
    house.until(40)
    assert {house.ledger.rows[name].starts for name in "abcd"} == {2}
    assert house.state("d") == "merged"


def test_a_withdrawn_one_of_a_crowd_does_not_end_the_moment_of_the_others() -> None:
    house = crowded("abcd")
    house.until(11)
    house.withdraw("a")
    assert_showing(house, "interrupt:a", at=19)
    assert_showing(house, "cycle:b", at=40)
    assert house.cue.celebration is not None
    assert [winner.name for winner in house.cue.celebration.winners] == ["B", "C", "D"]


def test_a_merged_celebration_keeps_what_they_have_in_common_and_names_everybody_once() -> None:
    one = celebration("moses", value_text="$5", channels=("office",), priority=1)
    two = celebration("zoe", value_text="$7", channels=("hall",), critical=True)
    both = merged((one, two, one))
    assert both.id == "moses"
    assert both.message == "Moses, Zoe"
    assert (both.value_text, both.points_text) == ("", "50 points")
    assert (both.channels, both.priority, both.critical) == (("office", "hall"), 1, True)
    assert merged((one, celebration("all"))).channels == ()
    assert merged((one,)) is one
