"""The program of one display: what is on at every instant, and why.

`step` takes what happened and returns the next show with what the world has to do. `cue_at` answers what is on,
`next_change` when that may change. All are pure: the same show, event and instant give the same answer.

**The truth is the last turn.** A show holds the showing on the stage with its end. Until then nothing but an event
puts something else there, so that no frame has to be counted and no tick has to be in time. A tick does what time
asks for: it counts what was visible as shown, drops what expired, asks for the next start, turns pages that have
ended. `cue_at(show, now)` is what a tick at `now` would leave on the stage; a loop that was held up for a minute
comes out where it would have been.

**Interrupts** are asked for (`CommitStart`) and begin with the journal's answer (`StartCommitted`). One question is
open at a time. A page that ends meanwhile stays for at most `ANSWER_NS`, so that an interrupt at a page's end
follows the page and not a flicker of the next one; then the cycle goes on, and the interrupt cuts in when the answer
comes. What was withdrawn meanwhile isn't shown. `Failed` answers the question too: those won't interrupt any more.

**Events that race** with others are ignored where they come too late: `Presented` and `Failed` of a showing that is
over, `Withdrawn` of an unlock that isn't known, `Earned` of one that is. The answer to a question that was not asked,
or was answered, can't be late: it raises `IllegalEvent`, and the show that was given still stands.

**Wall and monotonic time.** Durations are monotonic. Lifetimes, hours and quiet hours are the wall's, which may be
set or run faster than the monotonic clock, and `Now` does not tell its speed. So the difference to the next wall
boundary is taken as if both ran alike, but never for more than `WALL_REACH_NS`: a tick comes in time where they do
run alike, and at most that late where they don't. While no wall boundary matters, no such tick is asked for.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import tzinfo

from kiosk.show.celebrations import Celebrations
from kiosk.show.cue import Cue, Reason
from kiosk.show.cycle import Cycle, slots_of
from kiosk.show.effects import Effect, PlaySound, StopSound
from kiosk.show.events import (
    ChannelsChanged,
    ClockTrusted,
    Earned,
    Event,
    Failed,
    Muted,
    Presented,
    Restored,
    StartCommitted,
    Tick,
    Withdrawn,
)
from kiosk.show.interrupt import answer
from kiosk.show.now import Now
from kiosk.show.playlist import Channel
from kiosk.show.quiet import Quiet, QuietSpan
from kiosk.show.settings import ShowSettings
from kiosk.show.settle import settle
from kiosk.show.show import Show
from kiosk.show.turn import FADE_S, showing, turn


class IllegalEvent(ValueError):  # noqa: N818 - an illegal event is what it is
    """An answer to a question that is not open."""


def begin(
    settings: ShowSettings, channels: tuple[Channel, ...], quiet: tuple[QuietSpan, ...], timezone: tzinfo, now: Now
) -> Show:
    """The show of a display that starts now, with its first page; `timezone` is of hours and quiet hours."""
    cycle, page = Cycle(slots_of(channels), timezone, sync=settings.sync).turn(now, ())
    show = Show(
        settings=settings,
        channels=_ids(channels),
        quiet=Quiet(quiet, timezone),
        celebrations=Celebrations(),
        cycle=cycle,
        stage=showing(page, 1, now),
        count=1,
    )
    return settle(show, now, [])


def step(show: Show, event: Event, now: Now) -> tuple[Show, tuple[Effect, ...]]:
    """What becomes of the show, and what is to be done in the world, in this order.

    Raises:
        IllegalEvent: `StartCommitted` without its question.
    """
    effects: list[Effect] = []
    if show.is_due(now):
        show = settle(show, now, effects)
    if not isinstance(event, Tick | ClockTrusted):
        show = settle(_apply(show, event, now, effects), now, effects)
    return show, tuple(effects)


def cue_at(show: Show, now: Now) -> Cue:
    """What is on at `now`, as a tick would leave it."""
    return (settle(show, now, []) if show.is_due(now) else show).stage.cue


def next_change(show: Show, now: Now) -> int | None:
    """The earliest monotonic time at which `cue_at` may differ or a tick may do something.

    `now.mono_ns` where a tick is due already; None if nothing changes without an event.
    """
    return now.mono_ns if show.is_due(now) else show.due_ns


def _apply(show: Show, event: Event, now: Now, effects: list[Effect]) -> Show:
    match event:
        case Earned(celebration):
            return replace(show, celebrations=show.celebrations.admit(celebration))
        case Restored(rows):
            return replace(show, celebrations=show.celebrations.restore(rows, show.quiet))
        case Withdrawn(id_):
            return _withdraw(show, id_, now, effects)
        case StartCommitted(ids, cue_key):
            if show.question is None or show.question.cue_key != cue_key:
                raise IllegalEvent(f"the start of {cue_key} was not asked for")
            return answer(show, show.question, ids, now, effects)
        case Presented(cue_key):
            return _present(show, now, effects) if cue_key == show.stage.cue.key else show
        case Failed(cue_key):
            return _fail(show, cue_key, now, effects)
        case ChannelsChanged(channels):
            return _change_channels(show, channels, now, effects)
        case Muted(until_ns):
            return _mute(show, until_ns, now, effects)
        case Tick() | ClockTrusted():
            return show


def _present(show: Show, now: Now, effects: list[Effect]) -> Show:
    stage, celebration = show.stage, show.stage.cue.celebration
    if stage.presented is not None:
        return show
    sounds = celebration is not None and celebration.sound and stage.is_interrupt and not show.is_silent(now)
    if celebration is not None and sounds:
        effects.append(PlaySound(celebration.id, celebration.sound, stage.cue.key))
    return replace(show, stage=replace(stage, presented=now, sounded=bool(sounds)))


def _mute(show: Show, until_ns: int | None, now: Now, effects: list[Effect]) -> Show:
    show = replace(show, muted_until_ns=until_ns)
    if show.stage.sounded and show.is_silent(now):
        effects.append(StopSound(FADE_S))
    return show


def _withdraw(show: Show, id_: str, now: Now, effects: list[Effect]) -> Show:
    celebrations, commits = show.celebrations.withdraw(id_)
    effects += commits
    show = replace(show, celebrations=celebrations)
    if show.question is not None:
        ids = tuple(each for each in show.question.ids if each != id_)
        show = replace(show, question=replace(show.question, ids=ids))
    if id_ not in show.stage.ids:
        return show
    # Of several the others' moment goes on; only their next showing doesn't name this one any more.
    rest = tuple(each for each in show.stage.ids if each != id_)
    return replace(show, stage=replace(show.stage, ids=rest)) if rest else turn(show, now, effects)


def _fail(show: Show, cue_key: str, now: Now, effects: list[Effect]) -> Show:
    if show.question is not None and show.question.cue_key == cue_key:
        return replace(show, celebrations=show.celebrations.silence(show.question.ids), question=None)
    stage, cycle = show.stage, show.cycle
    if stage.cue.key != cue_key or stage.cue.reason is Reason.IDLE:
        return show
    if stage.cue.slot is not None:
        cycle = cycle.failed(stage.cue.slot.id, now.mono_ns)
    for id_ in stage.ids:
        cycle = cycle.failed(show.celebrations.entries[id_].label, now.mono_ns)
    return turn(replace(show, celebrations=show.celebrations.silence(stage.ids), cycle=cycle), now, effects)


def _change_channels(show: Show, channels: tuple[Channel, ...], now: Now, effects: list[Effect]) -> Show:
    show = replace(show, channels=_ids(channels), cycle=show.cycle.with_channels(channels))
    cue = show.stage.cue
    gone = cue.slot is not None and cue.slot not in show.cycle.slots
    idle = cue.reason is Reason.IDLE and not show.cycle.is_idle(now, ())
    return turn(show, now, effects) if gone or idle else show


def _ids(channels: tuple[Channel, ...]) -> frozenset[str]:
    return frozenset(channel.id for channel in channels)
