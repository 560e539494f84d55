"""Slots in their order, hours, the idle screen, celebrations at the end of a pass, step with the wall."""

from __future__ import annotations

from datetime import UTC, date, time
from zoneinfo import ZoneInfo

import pytest
from playhouse import Playhouse, assert_showing, assert_shown, celebration, channel, instant, ns, slot

from kiosk.domain.organisation import WORKING_WEEK, Weekday
from kiosk.show.cue import Reason
from kiosk.show.design import Interrupt
from kiosk.show.events import ChannelsChanged, ClockTrusted, Failed
from kiosk.show.now import Now
from kiosk.show.playlist import Hours
from kiosk.show.program import begin, cue_at, next_change
from kiosk.show.settings import AfterInterrupt, ShowSettings


def silent(id_: str, at: float = 0, **more: object) -> object:
    return celebration(id_, at=at, interrupt=Interrupt.NEVER, **more)


def test_slots_of_all_channels_follow_each_other_with_their_dwell() -> None:
    house = Playhouse(channels=(channel(slot("a", 20), slot("b", 5)), channel(slot("c", 1), id_="hall")))
    assert_showing(house, "a", at=0)
    assert_showing(house, "a", at=19.999)
    assert_showing(house, "b", at=20)
    assert_showing(house, "c", at=25)
    assert_showing(house, "a", at=26)


def test_a_cue_tells_how_often_its_slot_had_its_turn() -> None:
    house = Playhouse(channels=(channel(slot("a", 10), slot("b", 10)),))
    house.until(45)
    assert [(cue.slot.id, cue.visit) for _, cue in house.showings if cue.slot] == [
        ("a", 0), ("b", 0), ("a", 1), ("b", 1), ("a", 2),
    ]  # fmt: skip


def test_a_display_that_was_held_up_shows_what_it_would_have_shown() -> None:
    channels = (channel(slot("a", 20), slot("b", 7)),)
    ticking, stuck = Playhouse(channels=channels), Playhouse(channels=channels)
    ticking.until(1000)
    assert cue_at(stuck.show, ticking.now) == ticking.cue


def test_without_slots_the_idle_screen_stays_and_nothing_wakes_the_loop() -> None:
    house = Playhouse(channels=())
    assert_showing(house, "idle", at=0)
    assert house.cue.reason is Reason.IDLE
    assert next_change(house.show, house.now) is None


def test_the_idle_screen_gives_way_as_soon_as_a_slot_opens() -> None:
    house = Playhouse(channels=(channel(slot("tea", hours=Hours(between=(time(12, 1), time(13))))),))
    assert_showing(house, "idle", at=59.999)
    assert_showing(house, "tea", at=60)
    assert house.showings[-1][0] == 60


def test_a_slot_takes_part_within_its_hours_only_and_a_page_that_has_begun_is_finished() -> None:
    lunch = slot("lunch", hours=Hours(between=(time(12), time(12, 0, 30))))
    house = Playhouse(channels=(channel(lunch, slot("week")),))
    assert_showing(house, "lunch", at=0)
    assert_showing(house, "week", at=20)
    assert_showing(house, "week", at=40)
    assert "lunch" not in house.titles()[1:]


def test_a_page_outlasts_the_end_of_its_hours() -> None:
    house = Playhouse(channels=(channel(slot("lunch", hours=Hours(between=(time(12), time(12, 0, 5)))), slot("week")),))
    assert_showing(house, "lunch", at=19)
    assert_showing(house, "week", at=20)


def test_dates_are_half_open_and_weekdays_are_local() -> None:
    def on(hours: Hours, seconds: float = 0) -> str:
        house = Playhouse(channels=(channel(slot("x", hours=hours)),), timezone=ZoneInfo("Pacific/Kiritimati"))
        house.until(seconds)
        return house.titles()[-1]

    # Noon in UTC on Tuesday the 7th is two in the morning of Wednesday the 8th on Kiritimati.
    assert on(Hours(start=date(2024, 5, 8), end=date(2024, 5, 9))) == "x"
    assert on(Hours(start=date(2024, 5, 7), end=date(2024, 5, 8))) == "idle"
    assert on(Hours(weekdays=frozenset({Weekday.WEDNESDAY}))) == "x"
    assert on(Hours(weekdays=WORKING_WEEK - {Weekday.WEDNESDAY})) == "idle"
    assert on(Hours(start=date(2024, 5, 9))) == "idle"


def test_without_trust_in_the_wall_hours_and_dates_do_not_apply() -> None:
    never = slot("past", hours=Hours(end=date(2000, 1, 1)))
    house = Playhouse(channels=(channel(never, slot("week")),), trusted=False)
    assert_showing(house, "past", at=0)
    house.trusted = True
    house.send(ClockTrusted())
    house.until(100)
    assert "past" not in house.titles()[1:]


def test_a_failing_slot_is_skipped_and_tried_again_after_its_rest() -> None:
    house = Playhouse(channels=(channel(slot("broken"), slot("week")),))
    house.fail()
    assert_showing(house, "week", at=0)
    house.until(59)
    assert "broken" not in house.titles()[1:]
    assert_showing(house, "broken", at=60)


def test_when_every_slot_fails_the_idle_screen_rests_with_them() -> None:
    house = Playhouse(channels=(channel(slot("a"), slot("b")),))
    house.fail()
    house.fail()
    assert_showing(house, "idle", at=0)
    assert_showing(house, "idle", at=59.999)
    assert_showing(house, "a", at=60)


def test_a_failure_that_comes_too_late_or_of_the_idle_screen_changes_nothing() -> None:
    house = Playhouse()
    old = house.cue.key
    house.until(25)
    house.send(Failed(old))
    assert_shown(house, ["week", "month"])
    empty = Playhouse(channels=())
    empty.fail()
    assert_shown(empty, ["idle"])


def test_live_celebrations_follow_the_slots_of_each_pass_the_newest_first() -> None:
    house = Playhouse(channels=(channel(slot("week", 20)),))
    house.earn(silent("old", at=0), silent("new", at=1))
    house.until(54.9)
    assert_shown(house, ["week", "cycle:new", "cycle:old", "week", "cycle:new"])


def test_a_pass_has_so_many_celebrations_and_no_more() -> None:
    house = Playhouse(ShowSettings(celebrations_per_pass=2), channels=(channel(slot("week", 20)),))
    house.earn(*(silent(f"w{number}", at=number / 10) for number in range(4)))
    house.until(31)
    assert_shown(house, ["week", "cycle:w3", "cycle:w2", "week"])


def test_a_celebration_takes_part_only_where_one_of_its_channels_is_played() -> None:
    house = Playhouse(channels=(channel(slot("week", 20)),))
    house.earn(silent("here", channels=("office", "roof")), silent("elsewhere", channels=("roof",)))
    house.earn(celebration("loud", channels=("roof",)))
    house.until(41)
    assert_shown(house, ["week", "cycle:here", "week"])


def test_a_celebration_leaves_the_cycle_with_its_lifetime_but_is_finished_if_it_has_begun() -> None:
    house = Playhouse(channels=(channel(slot("week", 20)),))
    house.earn(silent("short", lifetime_s=22))
    assert_showing(house, "cycle:short", at=20)
    assert_showing(house, "cycle:short", at=24.9)
    house.until(100)
    assert house.titles().count("cycle:short") == 1


def test_celebrations_without_slots_alternate_with_the_idle_screen() -> None:
    house = Playhouse(channels=())
    house.earn(silent("win"))
    house.until(49)
    assert_shown(house, ["idle", "cycle:win", "idle", "cycle:win", "idle"])


def test_celebrations_of_the_cycle_are_silent_and_count_as_shown_after_two_seconds() -> None:
    house = Playhouse(channels=(channel(slot("week", 20)),))
    house.earn(silent("win"))
    house.until(21.9)
    assert house.state("win") == "pending"
    house.until(22)
    assert house.state("win") == "shown"
    house.until(100)
    assert {type(effect).__name__ for _, effect in house.effects} == {"LogShowing", "CommitShown"}


def test_changed_channels_leave_a_slot_that_is_still_there_on_the_screen() -> None:
    house = Playhouse(channels=(channel(slot("a"), slot("b")),))
    house.until(5)
    house.send(ChannelsChanged((channel(slot("new"), slot("a"), slot("b"), slot("c")),)))
    house.until(61)
    assert_shown(house, ["a", "b", "c", "new"])


def test_a_slot_that_was_removed_or_changed_gives_way_at_once() -> None:
    house = Playhouse(channels=(channel(slot("a"), slot("b"), slot("c")),))
    house.until(5)
    house.send(ChannelsChanged((channel(slot("a", 30), slot("c")),)))
    assert_showing(house, "c", at=5)
    assert_showing(house, "a", at=25)
    house.send(ChannelsChanged(()))
    assert_showing(house, "idle", at=25)
    house.send(ChannelsChanged((channel(slot("d")),)))
    assert_showing(house, "d", at=25)


def test_the_first_slot_ends_an_idle_screen_that_waits_for_celebrations() -> None:
    house = Playhouse(channels=())
    house.earn(silent("win"))
    assert_showing(house, "idle", at=7)
    house.send(ChannelsChanged((channel(slot("week")),)))
    assert_showing(house, "week", at=7)


SYNC = ShowSettings(sync=True)


def test_in_step_displays_that_start_at_different_times_show_the_same_page_at_the_same_moment() -> None:
    channels = (channel(slot("a", 20), slot("b", 15), slot("c", 5)),)
    early = Playhouse(SYNC, channels)
    late = Playhouse(SYNC, channels)
    late.seconds = 33.7
    late.restart()
    for seconds in (34, 41, 60, 77.5, 79, 80.5, 999):
        early.until(seconds)
        late.until(seconds)
        assert early.cue.slot == late.cue.slot
        assert (early.cue.began_ns, early.cue.visit) == (late.cue.began_ns, late.cue.visit)


@pytest.mark.parametrize("after", AfterInterrupt)
def test_in_step_the_wall_says_where_to_go_on_after_an_interrupt(after: AfterInterrupt) -> None:
    channels = (channel(slot("a", 20), slot("b", 20), slot("c", 20)),)
    alone = Playhouse(SYNC, channels)
    interrupted = Playhouse(ShowSettings(sync=True, after_interrupt=after), channels)
    interrupted.until(5)
    interrupted.earn(celebration(at=5, lifetime_s=10))
    assert_showing(interrupted, "interrupt:win", at=14)
    for seconds in (16, 22, 47):
        alone.until(seconds)
        interrupted.until(seconds)
        assert interrupted.cue.slot == alone.cue.slot


def test_in_step_a_clock_that_is_slightly_early_does_not_flash_the_page_that_has_just_ended() -> None:
    # 12:00:00 is a page boundary of this cycle; this display starts 40 ms before it.
    show = begin(SYNC, (channel(slot("a", 30), slot("b", 30)),), (), UTC, Now(ns(0), instant(-0.04)))
    cue = cue_at(show, Now(ns(0), instant(-0.04)))
    assert cue.slot is not None
    assert cue.slot.id == "a"
    assert cue.until_ns == ns(30.04)


def test_in_step_is_in_order_until_the_wall_is_trusted() -> None:
    house = Playhouse(SYNC, (channel(slot("a", 7), slot("b", 11)),), trusted=False)
    house.until(19)
    assert_shown(house, ["a", "b", "a"])


@pytest.mark.parametrize("dwell_s", [0, -5])
def test_a_page_stays_for_a_second_whatever_its_settings_say(dwell_s: float) -> None:
    house = Playhouse(channels=(channel(slot("a", dwell_s), slot("b", dwell_s)),))
    assert_showing(house, "a", at=0.999)
    assert_showing(house, "b", at=1)
