"""Who cuts in, when, for how long, with which sound; what the cycle does afterwards."""

from __future__ import annotations

from datetime import time

import pytest
from playhouse import Playhouse, assert_showing, assert_shown, celebration, channel, ns, slot

from kiosk.show.cue import Reason
from kiosk.show.design import Interrupt
from kiosk.show.effects import CommitStart, CommitState, PlaySound
from kiosk.show.events import ChannelsChanged, Failed, Muted, StartCommitted
from kiosk.show.ledger import State
from kiosk.show.playlist import Hours
from kiosk.show.program import IllegalEvent, next_change, step
from kiosk.show.settings import AfterInterrupt, ShowSettings

NO_GAP = ShowSettings(gap_s=0)
RESUME = ShowSettings(after_interrupt=AfterInterrupt.RESUME)


def test_a_new_unlock_cuts_in_at_once_for_its_first_show_and_the_next_slot_follows() -> None:
    house = Playhouse()
    house.until(7)
    house.earn(celebration(at=7))
    assert_showing(house, "interrupt:win", at=7)
    assert_showing(house, "interrupt:win", at=16.999)
    assert_showing(house, "month", at=17)
    assert_showing(house, "week", at=37)
    assert_showing(house, "cycle:win", at=77)


def test_nothing_of_a_start_is_on_the_screen_before_the_journal_has_it() -> None:
    house = Playhouse(answers=False)
    house.until(3)
    house.earn(celebration(at=3))
    assert house.of(CommitStart) == [CommitStart(("win",), "interrupt:win:1")]
    assert_showing(house, "week", at=10)
    house.answer()
    assert_showing(house, "interrupt:win", at=10)
    assert house.cue.until_ns == ns(20)


def test_a_page_that_ends_while_the_journal_is_asked_waits_a_second_for_the_answer() -> None:
    house = Playhouse(answers=False)
    house.until(19.5)
    house.earn(celebration(at=19.5))
    assert_showing(house, "week", at=20.499)
    assert_showing(house, "month", at=20.5)
    house.answer()
    assert_showing(house, "interrupt:win", at=20.5)


def test_an_interrupt_set_to_next_waits_for_the_end_of_the_page_and_no_other_page_flickers_between() -> None:
    house = Playhouse()
    house.until(3)
    house.earn(celebration(at=3, interrupt=Interrupt.NEXT))
    assert_showing(house, "week", at=19.999)
    assert_showing(house, "interrupt:win", at=20)
    assert_showing(house, "month", at=30)
    assert_shown(house, ["week", "interrupt:win", "month"])


def test_an_interrupt_set_to_next_does_not_wait_on_an_idle_screen() -> None:
    house = Playhouse(channels=())
    house.earn(celebration(interrupt=Interrupt.NEXT))
    assert_showing(house, "interrupt:win", at=0)


def test_an_interrupt_set_to_never_only_takes_part_in_the_cycle() -> None:
    house = Playhouse()
    house.earn(celebration(interrupt=Interrupt.NEVER))
    house.until(45)
    assert_shown(house, ["week", "month", "cycle:win", "week"])
    assert house.of(CommitStart, PlaySound) == []


def test_nobody_sees_a_celebration_twice_in_a_row() -> None:
    for channels in ((), (channel(slot("week", 20)),)):
        house = Playhouse(channels=channels)
        house.earn(celebration())
        house.until(40)
        page = "week" if channels else "idle"
        assert_shown(house, [page, "interrupt:win", page, "cycle:win", page])


def test_resume_goes_on_with_the_remaining_time_as_if_none_had_passed() -> None:
    house = Playhouse(RESUME)
    house.until(12)
    house.earn(celebration(at=12))
    assert_showing(house, "week", at=22)
    resumed = house.cue
    assert (resumed.began_ns, resumed.until_ns, resumed.visit) == (ns(10), ns(30), 0)
    assert_showing(house, "month", at=30)
    assert len({cue.key for _, cue in house.showings}) == len(house.showings)


def test_a_page_with_hardly_a_moment_left_is_not_resumed() -> None:
    house = Playhouse(RESUME)
    house.until(19.5)
    house.earn(celebration(at=19.5))
    assert_showing(house, "month", at=29.5)


def test_a_slot_that_was_removed_meanwhile_is_not_resumed() -> None:
    house = Playhouse(RESUME)
    house.earn(celebration())
    house.until(5)
    house.send(ChannelsChanged((channel(slot("month"), slot("year")),)))
    assert_showing(house, "month", at=10)


def test_a_slot_whose_hours_have_ended_meanwhile_is_not_resumed() -> None:
    noon = slot("noon", hours=Hours(between=(time(12), time(12, 0, 8))))
    house = Playhouse(RESUME, channels=(channel(noon, slot("week")),))
    house.earn(celebration())
    assert_showing(house, "week", at=10)


def test_a_celebration_of_the_cycle_that_was_withdrawn_meanwhile_is_not_resumed() -> None:
    house = Playhouse(RESUME)
    house.earn(celebration("old", interrupt=Interrupt.NEVER))
    assert_showing(house, "cycle:old", at=41)
    house.earn(celebration("new", at=41))
    house.withdraw("old")
    assert_showing(house, "week", at=51)


def test_two_interrupts_in_a_row_resume_what_the_first_cut_into() -> None:
    house = Playhouse(ShowSettings(gap_s=0, after_interrupt=AfterInterrupt.RESUME))
    house.until(5)
    house.earn(celebration("a", at=5), celebration("b", at=5))
    house.until(25)
    assert_shown(house, ["week", "interrupt:a", "interrupt:b", "week"])
    assert house.cue.until_ns == ns(40)


def test_the_queue_goes_by_priority_then_by_time() -> None:
    house = Playhouse(NO_GAP)
    house.earn(celebration("running"))
    house.until(3)
    house.earn(celebration("late", at=2), celebration("early", at=1), celebration("vip", at=3, priority=1))
    house.until(39)
    assert_shown(house, ["week", "interrupt:running", "interrupt:vip", "interrupt:early", "interrupt:late"])


def test_between_two_interrupts_there_is_a_gap_in_which_the_cycle_goes_on() -> None:
    house = Playhouse(ShowSettings(gap_s=5))
    house.earn(celebration("a"), celebration("b"))
    assert_showing(house, "month", at=10)
    assert_showing(house, "month", at=14.999)
    assert_showing(house, "interrupt:b", at=15)


def test_one_celebration_never_cuts_another_unless_it_is_critical() -> None:
    house = Playhouse()
    house.earn(celebration("plain"))
    house.until(5)
    house.earn(celebration("vip", at=5, priority=9))
    assert_showing(house, "interrupt:plain", at=6)
    house.earn(celebration("fire", at=6, critical=True))
    assert_showing(house, "interrupt:fire", at=6)
    house.earn(celebration("fire2", at=6, critical=True))
    assert_showing(house, "interrupt:fire", at=15.999)


def test_a_celebration_that_was_cut_before_two_seconds_has_its_second_start() -> None:
    house = Playhouse(NO_GAP)
    house.earn(celebration("plain"))
    house.until(1)
    house.earn(celebration("fire", at=1, critical=True))
    assert_showing(house, "interrupt:plain", at=11)
    house.until(12)
    house.earn(celebration("fire2", at=12, critical=True))
    house.until(120)
    assert house.titles().count("interrupt:plain") == 2
    assert "cycle:plain" in house.titles()
    assert house.ledger.rows["plain"].starts == 2


def test_interrupts_take_no_more_than_their_share_of_any_hour() -> None:
    house = Playhouse(ShowSettings(gap_s=0, interrupt_share=0.01, interrupt_within_s=7200))
    house.earn(*(celebration(f"w{number}", lifetime_s=9999) for number in range(5)))
    house.until(3593.999)
    assert [title for title in house.titles() if title.startswith("interrupt")] == [f"interrupt:w{n}" for n in range(3)]
    # 36 s of an hour are free again for 10 s when 4 s of the first have left the hour that ends with the next.
    began = {cue.key: at for at, cue in house.showings if cue.reason is Reason.INTERRUPT}
    assert began["interrupt:w2:1"] == 20
    house.until(3600)
    assert house.showings[-1][0] == 3594
    assert house.titles()[-1] == "interrupt:w3"


def test_one_that_is_too_long_for_the_share_goes_to_the_cycle_and_blocks_nobody() -> None:
    house = Playhouse(ShowSettings(gap_s=0, interrupt_share=0.01, interrupt_within_s=60))
    house.earn(celebration("long", first_show_s=40), celebration("short", at=0.001))
    assert_showing(house, "interrupt:short", at=1)
    house.until(200)
    assert "cycle:long" in house.titles()
    assert "interrupt:long" not in house.titles()


def test_what_waits_longer_than_it_may_interrupt_goes_to_the_cycle_in_silence() -> None:
    house = Playhouse(ShowSettings(interrupt_within_s=900))
    house.until(901)
    house.earn(celebration("old", at=0), celebration("fresh", at=1))
    house.until(1000)
    assert "interrupt:fresh" in house.titles()
    assert "cycle:old" in house.titles()
    assert "interrupt:old" not in house.titles()
    assert [sound.celebration_id for sound in house.of(PlaySound)] == ["fresh"]


def test_what_expires_while_it_waits_is_dropped_and_told() -> None:
    house = Playhouse()
    house.earn(celebration("a"), celebration("b", lifetime_s=12.25))
    house.until(20)
    assert (12.25, CommitState(("b",), State.EXPIRED)) in house.effects
    house.until(200)
    assert "interrupt:b" not in house.titles()
    assert "cycle:b" not in house.titles()


def test_what_expires_while_the_journal_is_asked_is_not_shown() -> None:
    house = Playhouse(answers=False)
    house.earn(celebration(lifetime_s=2))
    house.until(5)
    assert house.state("win") == "pending"
    house.answer()
    house.until(100)
    assert house.state("win") == "expired"
    assert set(house.titles()) == {"week", "month"}


def test_what_starts_in_the_future_is_held_until_then() -> None:
    house = Playhouse()
    house.earn(celebration(at=0, starts=1800, lifetime_s=100))
    house.until(1799.999)
    assert set(house.titles()) == {"week", "month"}
    assert_showing(house, "interrupt:win", at=1800)
    assert house.showings[-1][0] == 1800


def test_what_never_reached_the_screen_is_not_shown_and_starts_at_most_twice() -> None:
    house = Playhouse(NO_GAP, presents=False)
    house.earn(celebration())
    house.until(300)
    assert house.titles().count("interrupt:win") == 2
    assert house.state("win") == "started"
    assert house.ledger.log == []


def test_a_failing_celebration_gives_way_and_is_tried_again_in_the_cycle_only() -> None:
    house = Playhouse()
    house.earn(celebration())
    house.fail()
    assert_showing(house, "month", at=0)
    house.until(200)
    assert house.titles().count("interrupt:win") == 1
    assert [at for at, cue in house.showings if cue.celebration][1:][0] == 60


def test_a_start_that_the_journal_cannot_write_leaves_the_celebration_to_the_cycle() -> None:
    house = Playhouse(answers=False)
    house.earn(celebration())
    house.send(Failed("interrupt:win:1"))
    house.until(45)
    assert_shown(house, ["week", "month", "cycle:win", "week"])
    assert house.state("win") == "shown"


def test_a_withdrawn_unlock_is_never_shown() -> None:
    house = Playhouse(answers=False)
    house.earn(celebration("asked"), celebration("waiting"))
    house.withdraw("asked")
    house.withdraw("waiting")
    house.withdraw("unknown")
    house.answer()
    house.until(100)
    assert set(house.titles()) == {"week", "month"}
    assert house.of(CommitStart) == [CommitStart(("asked",), "interrupt:asked:1")]


def test_whom_the_journal_leaves_out_does_not_interrupt() -> None:
    house = Playhouse(answers=False)
    house.earn(celebration("gone"))
    asked = house.unanswered.pop()
    house.send(StartCommitted((), asked.cue_key))
    house.until(10)
    assert_shown(house, ["week"])
    assert house.unanswered == []


def test_an_answer_without_its_question_is_illegal_and_changes_nothing() -> None:
    house = Playhouse(answers=False)
    with pytest.raises(IllegalEvent):
        step(house.show, StartCommitted(("win",), "interrupt:win:1"), house.now)
    house.earn(celebration())
    asked = house.unanswered[0]
    house.answer()
    before = house.show
    with pytest.raises(IllegalEvent):
        step(house.show, StartCommitted(asked.ids, asked.cue_key), house.now)
    assert house.show is before


def test_the_same_win_seen_twice_is_one_win() -> None:
    house = Playhouse()
    house.earn(celebration())
    house.send(house.ledger.restored())
    house.earn(celebration())
    house.until(60)
    assert house.titles().count("interrupt:win") == 1


def test_a_journal_that_is_silent_stops_neither_the_cycle_nor_the_sleep_and_its_question_stays_open() -> None:
    house = Playhouse(channels=(), answers=False)
    house.earn(celebration())
    house.until(1000)
    house.send(Muted(None))
    house.until(2000)
    assert_shown(house, ["idle"])
    assert next_change(house.show, house.now) is None
    house.answer()
    assert_showing(house, "interrupt:win", at=2000)


def test_what_nobody_saw_is_dropped_when_its_showing_ends_after_its_lifetime() -> None:
    house = Playhouse(channels=(), presents=False)
    house.earn(celebration(lifetime_s=5))
    house.until(9.999)
    assert house.state("win") == "started"
    house.until(10)
    assert house.state("win") == "expired"
