"""The power is cut, and the ledger says where to go on; wall time that can't be trusted; quiet hours; bounds."""

from __future__ import annotations

from datetime import time
from zoneinfo import ZoneInfo

from playhouse import Playhouse, assert_showing, assert_shown, celebration, channel, instant, ns, slot

from kiosk.show.celebrations import KEPT
from kiosk.show.cue import Reason
from kiosk.show.design import Interrupt
from kiosk.show.effects import CommitStart, CommitState, PlaySound
from kiosk.show.events import ClockTrusted, Restored
from kiosk.show.ledger import LedgerRow, State
from kiosk.show.now import Now
from kiosk.show.quiet import QuietMode, QuietSpan
from kiosk.show.settings import ShowSettings

HOUR = 3600


def test_killed_before_it_was_asked_for_or_before_it_was_seen_it_is_not_missed() -> None:
    house = Playhouse(answers=False)
    house.earn(celebration())
    house.restart(after=3)
    house.answer()
    assert_showing(house, "interrupt:win", at=3)
    house.restart(after=1)
    house.answer()
    assert_showing(house, "interrupt:win", at=4)


def test_after_two_starts_it_is_in_the_cycle_only_in_silence() -> None:
    house = Playhouse()
    house.earn(celebration())
    for _ in range(3):
        house.restart(after=1)
    assert len(house.of(CommitStart)) == 2
    assert len(house.of(PlaySound)) == 2
    assert_showing(house, "week", at=10)
    assert_showing(house, "cycle:win", at=43)
    house.until(100)
    assert house.state("win") == "shown"
    assert len(house.of(PlaySound)) == 2


def test_what_was_shown_rejoins_the_cycle_until_its_lifetime_ends() -> None:
    house = Playhouse(channels=(channel(slot("week", 20)),))
    house.earn(celebration(lifetime_s=100))
    house.until(5)
    house.restart(after=10)
    assert_showing(house, "cycle:win", at=35)
    house.until(300)
    assert house.titles().count("interrupt:win") == 1
    assert max(at for at, cue in house.showings if cue.celebration) < 100


def test_after_an_outage_what_is_old_goes_to_the_cycle_and_what_is_over_is_dropped() -> None:
    house = Playhouse(answers=False)
    house.earn(celebration("old"), celebration("over", lifetime_s=600))
    house.answers = True
    house.restart(after=1000)
    house.until(1100)
    assert house.of(CommitStart)[1:] == []
    assert "cycle:old" in house.titles()
    assert house.state("over") == "expired"


def test_without_trust_in_the_wall_nothing_expires_nothing_waits_and_nothing_is_too_old() -> None:
    house = Playhouse(trusted=False)
    house.seconds = 24 * HOUR
    house.earn(celebration("yesterday"), celebration("tomorrow", at=48 * HOUR))
    house.until(24 * HOUR + 60)
    assert "interrupt:yesterday" in house.titles()
    assert "interrupt:tomorrow" in house.titles()


def test_when_the_wall_becomes_trusted_what_is_over_leaves() -> None:
    house = Playhouse(trusted=False, answers=False)
    house.seconds = 24 * HOUR
    house.earn(celebration("one"), celebration("yesterday"))
    house.trusted = True
    house.send(ClockTrusted())
    assert house.state("yesterday") == "expired"


def test_quiet_hours_that_mute_interrupt_in_silence() -> None:
    house = Playhouse(quiet=(QuietSpan(time(11), time(13)),))
    house.earn(celebration("lunch"))
    assert_showing(house, "interrupt:lunch", at=1)
    house.until(HOUR)
    house.earn(celebration("later", at=HOUR))
    assert [sound.celebration_id for sound in house.of(PlaySound)] == ["later"]


def test_quiet_hours_are_local_and_may_cross_midnight() -> None:
    # Noon in UTC is 22:00 in Sydney.
    house = Playhouse(quiet=(QuietSpan(time(21), time(7)),), timezone=ZoneInfo("Australia/Sydney"))
    house.earn(celebration("night"))
    house.until(8 * HOUR + 59 * 60)
    house.earn(celebration("dawn", at=8 * HOUR + 59 * 60))
    house.until(9 * HOUR)
    house.earn(celebration("day", at=9 * HOUR))
    house.until(9 * HOUR + 60)
    assert [sound.celebration_id for sound in house.of(PlaySound)] == ["day"]


HOLD = (QuietSpan(time(12, 1), time(14), QuietMode.HOLD),)


def test_quiet_hours_that_hold_make_it_wait_for_their_end_with_sound_and_a_whole_lifetime() -> None:
    house = Playhouse(quiet=HOLD)
    house.until(120)
    house.earn(celebration(at=120))
    assert house.state("win") == "held"
    house.until(2 * HOUR - 0.001)
    assert set(house.titles()) == {"week", "month"}
    assert_showing(house, "interrupt:win", at=2 * HOUR)
    assert house.of(PlaySound) != []
    house.until(2 * HOUR + 3590)
    assert house.titles()[-4:].count("cycle:win") >= 1


def test_what_still_waits_when_they_begin_is_held_too_across_a_restart() -> None:
    house = Playhouse(quiet=HOLD)
    house.until(55.3)
    house.earn(celebration("a", at=55), celebration("b", at=55.3))
    house.until(61)
    assert (60, CommitState(("b",), State.HELD)) in house.effects
    # Switched off until five minutes after their end, it is as if they had just ended.
    house.restart(after=2 * HOUR + 300 - house.seconds)
    assert_showing(house, "interrupt:b", at=house.seconds)


def test_a_held_one_interrupts_after_a_restart_at_their_end() -> None:
    house = Playhouse(quiet=HOLD)
    house.until(70)
    house.earn(celebration(at=70))
    house.restart(after=60)
    assert_showing(house, "interrupt:win", at=2 * HOUR)


def test_what_only_takes_part_in_the_cycle_is_not_held() -> None:
    house = Playhouse(quiet=HOLD)
    house.until(70)
    house.earn(celebration(at=70, interrupt=Interrupt.NEVER))
    house.until(130)
    assert house.state("win") == "shown"


def test_final_rows_are_not_restored() -> None:
    house = Playhouse()
    rows = tuple(LedgerRow(celebration(state), State(state)) for state in ("expired", "withdrawn"))
    house.send(Restored(rows))
    house.until(60)
    assert_shown(house, ["week", "month", "week", "month"])


def test_a_flood_is_bounded_and_the_oldest_are_told_to_be_dropped() -> None:
    house = Playhouse(ShowSettings(merge_over=10_000))
    flood = [celebration(f"w{number:03}", at=number / 1000) for number in range(KEPT + 50)]
    rows = []
    for each in flood:
        house.ledger.pending(each)
        rows.append(LedgerRow(each, State.PENDING))
    house.until(1)
    house.send(Restored(tuple(rows)))
    assert len(house.show.celebrations.entries) <= KEPT + 1
    assert house.state("w000") == "expired"
    assert house.state(f"w{KEPT + 49:03}") == "pending"


def test_only_the_newest_seen_ones_are_kept() -> None:
    rows = tuple(LedgerRow(celebration(f"w{n:03}", at=n / 1000), State.SHOWN, 1) for n in range(KEPT + 20))
    house = Playhouse(ShowSettings(celebrations_per_pass=10_000))
    house.send(Restored(rows))
    assert len(house.show.celebrations.entries) == KEPT
    assert "w019" not in house.show.celebrations.entries


class FastWall(Playhouse):
    """A hundred seconds pass on the wall in one."""

    @property
    def now(self) -> Now:
        return Now(ns(self.seconds), instant(self.seconds * 100), self.trusted)


def test_a_wall_that_runs_faster_is_followed_within_a_second() -> None:
    house = FastWall()
    house.earn(celebration(starts=600))
    house.until(10)
    at, cue = house.showings[1]
    assert cue.reason is Reason.INTERRUPT
    assert 6 <= at <= 7
