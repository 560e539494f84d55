"""What a showing brings: its sound, what counts as shown, its line of the play log."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from playhouse import Playhouse, assert_showing, celebration, ns

from kiosk.show.cue import Reason
from kiosk.show.effects import CommitShown, LogShowing, PlaySound, StopSound
from kiosk.show.events import Muted, Presented


def test_the_sound_starts_with_the_first_frame_and_only_once_a_start() -> None:
    house = Playhouse(presents=False)
    house.earn(celebration())
    house.until(1)
    assert house.of(PlaySound) == []
    house.send(Presented(house.cue.key))
    house.send(Presented(house.cue.key))
    assert house.of(PlaySound) == [PlaySound("win", "default:fanfare", "interrupt:win:1")]


def test_a_celebration_without_a_sound_plays_none() -> None:
    house = Playhouse()
    house.earn(celebration(sound=""))
    house.until(60)
    assert house.of(PlaySound, StopSound) == []


def test_a_sound_never_outlives_its_showing() -> None:
    house = Playhouse()
    house.earn(celebration())
    house.until(3)
    house.withdraw("win")
    assert [seconds for seconds, effect in house.effects if isinstance(effect, StopSound)] == [3]
    assert_showing(house, "month", at=3)


def test_muted_celebrations_interrupt_in_silence() -> None:
    house = Playhouse()
    house.send(Muted(ns(5)))
    house.earn(celebration("a"))
    assert_showing(house, "interrupt:a", at=1)
    house.until(20)
    house.earn(celebration("b", at=20))
    house.until(50)
    house.send(Muted(ns(500)))
    house.send(Muted(None))
    house.earn(celebration("c", at=50))
    assert [sound.celebration_id for sound in house.of(PlaySound)] == ["b", "c"]


def test_a_mute_silences_what_plays() -> None:
    house = Playhouse()
    house.earn(celebration())
    house.send(Muted(ns(60)))
    assert house.of(PlaySound, StopSound)[-1] == StopSound(0.5)


def test_an_unlock_counts_as_shown_after_two_seconds_on_the_screen() -> None:
    house = Playhouse()
    house.earn(celebration())
    house.until(1.999)
    assert house.state("win") == "started"
    house.until(2)
    assert house.state("win") == "shown"
    assert house.of(CommitShown) == [CommitShown(("win",))]


def test_a_first_show_shorter_than_two_seconds_counts_when_it_was_seen_to_its_end() -> None:
    house = Playhouse()
    house.earn(celebration(first_show_s=1))
    house.until(1)
    assert house.state("win") == "shown"


def test_the_play_log_tells_what_was_on_when_how_long_why_and_with_sound() -> None:
    house = Playhouse()
    house.until(7)
    house.earn(celebration(at=7))
    house.until(40)
    lines = [(line.cue_key, line.reason, line.screen, line.slot) for line in house.ledger.log]
    assert lines == [
        ("cycle:1", Reason.CYCLE, "leaderboard", "week"),
        ("interrupt:win:1", Reason.INTERRUPT, "celebration", None),
        ("cycle:2", Reason.CYCLE, "leaderboard", "month"),
    ]
    interrupt = house.of(LogShowing)[1]
    assert isinstance(interrupt, LogShowing)
    assert (interrupt.began.second, interrupt.duration_s, interrupt.with_sound) == (7, 10, True)
    assert interrupt.celebrations == ("win",)


def test_the_play_log_reckons_back_a_wall_that_was_not_trusted_when_it_began() -> None:
    house = Playhouse()
    then = house.now
    house.until(12)
    wrong = replace(then, wall=then.wall - timedelta(days=9000), trusted=False)
    line = replace(house.show.stage, presented=wrong).logged(house.now)
    assert line is not None
    assert line.began == then.wall
