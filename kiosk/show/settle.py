"""What time asks of a show, and when it asks next."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.show.cycle import SECOND_NS
from kiosk.show.effects import Effect
from kiosk.show.interrupt import ask, next_interrupt_ns
from kiosk.show.now import Now
from kiosk.show.show import Show
from kiosk.show.turn import turn

ANSWER_NS = SECOND_NS
"""So long a page that has ended waits for the journal's answer."""
WALL_REACH_NS = SECOND_NS
"""So far ahead, at most, a wall boundary is reckoned on the monotonic clock."""


def settle(show: Show, now: Now, effects: list[Effect]) -> Show:
    """The show after all that is due at `now`: counted, kept, asked and turned. Settling again changes nothing."""
    show = _count_as_shown(show, now, effects)
    while True:
        show = ask(_keep(show, now, effects), now, effects)
        if not _page_ends(show, now):
            break
        until_ns = show.stage.cue.until_ns
        show = turn(show, now if until_ns is None else _back(now, until_ns), effects)
    return replace(show, due_ns=_due_ns(show, now), trusted=now.trusted)


def _count_as_shown(show: Show, now: Now, effects: list[Effect]) -> Show:
    visible_ns = show.stage.visible_ns
    if visible_ns is None or now.mono_ns < visible_ns:
        return show
    celebrations, commits = show.celebrations.show(show.stage.ids)
    effects += commits
    return replace(show, celebrations=celebrations, stage=replace(show.stage, shown=True))


def _keep(show: Show, now: Now, effects: list[Effect]) -> Show:
    celebrations, commits = show.celebrations.keep(now, show.within, show.quiet, show.busy)
    effects += commits
    return replace(show, celebrations=celebrations)


def _page_ends(show: Show, now: Now) -> bool:
    if show.stage.cue.until_ns is None:
        ends = not show.cycle.is_idle(now, show.places(now))
    else:
        ends = show.stage.is_open(now.mono_ns)
    return ends and (show.question is None or now.mono_ns >= show.question.asked_ns + ANSWER_NS)


def _back(now: Now, mono_ns: int) -> Now:
    """The instant `mono_ns`, which has passed, as the clocks of `now` tell it."""
    return replace(now, mono_ns=mono_ns, wall=now.wall - timedelta(microseconds=(now.mono_ns - mono_ns) // 1000))


def _due_ns(show: Show, now: Now) -> int | None:
    """The earliest monotonic time at which settling may change the show; it has been settled at `now`."""
    stage = show.stage
    times = [stage.visible_ns, next_interrupt_ns(show, now)]
    if show.question is not None and now.mono_ns < show.question.asked_ns + ANSWER_NS:
        times.append(show.question.asked_ns + ANSWER_NS)
    if stage.cue.until_ns is None:
        times.append(show.cycle.wakes_ns(now))
    elif now.mono_ns < stage.cue.until_ns:
        times.append(stage.cue.until_ns)
    if now.trusted:
        times += [_reach_ns(instant, now) for instant in _wall_boundaries(show, now) if instant > now.wall]
    return min((time for time in times if time is not None), default=None)


def _wall_boundaries(show: Show, now: Now) -> list[datetime]:
    """Instants at which the wall may change the show; some may have passed."""
    instants: list[datetime] = []
    busy = show.busy
    hold = show.quiet.next_hold(now.wall)
    for entry in show.celebrations.entries.values():
        if not entry.seen and entry.id not in busy:
            instants += (entry.due, entry.due + show.within, entry.ends)
            if entry.may_start and hold is not None:
                instants.append(hold)
    if show.stage.cue.until_ns is None:
        instants += show.cycle.edges(now)
    return instants


def _reach_ns(instant: datetime, now: Now) -> int:
    ahead_ns = (instant - now.wall) // timedelta(microseconds=1) * 1000
    return now.mono_ns + min(ahead_ns, WALL_REACH_NS)
