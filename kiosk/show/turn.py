"""How one showing ends and the next begins."""

from __future__ import annotations

from dataclasses import replace

from kiosk.show.cue import Cue, Reason
from kiosk.show.cycle import Page
from kiosk.show.effects import Effect, StopSound
from kiosk.show.now import Now
from kiosk.show.show import Aside, Show
from kiosk.show.showing import Showing

FADE_S = 0.5
"""A sound never outlives its showing: it fades away in so many seconds."""


def turn(show: Show, at: Now, effects: list[Effect]) -> Show:
    """Ends what is on the stage, and puts there what was cut into, or else the cycle's next page."""
    show = end(show, at, effects)
    aside, count = show.aside, show.count + 1
    show = replace(show, aside=None, count=count)
    if aside is not None and _can_resume(show, aside, at):
        return replace(show, stage=aside.showing.resumed(f"cycle:{count}", aside.cut_ns, at.mono_ns))
    cycle, page = show.cycle.turn(at, show.places(at))
    stage = showing(page, count, at)
    seen = all(show.celebrations.entries[id_].seen for id_ in stage.ids)
    return replace(show, cycle=cycle, stage=replace(stage, shown=seen))


def end(show: Show, at: Now, effects: list[Effect]) -> Show:
    """All that the end of a showing brings; what comes next is the caller's."""
    stage = show.stage
    logged = stage.logged(at)
    if logged is not None:
        effects.append(logged)
    if stage.sounded:
        effects.append(StopSound(FADE_S))
    if not stage.is_interrupt:
        return show
    return replace(show, interruptions=show.interruptions.add(stage.from_ns, at.mono_ns))


def showing(page: Page, count: int, at: Now) -> Showing:
    """A page of the cycle, the display's showing number `count`, that begins now."""
    began_ns = at.mono_ns - page.passed_ns
    until_ns = None if page.length_ns is None else began_ns + page.length_ns
    if page.place is not None:
        cue = Cue(f"cycle:{count}", Reason.CYCLE, began_ns, until_ns, celebration=page.place.celebration)
        return Showing(cue, at.mono_ns, page.place.ids)
    if page.slot is not None:
        return Showing(Cue(f"cycle:{count}", Reason.CYCLE, began_ns, until_ns, page.slot, visit=page.visit), at.mono_ns)
    return Showing(Cue(f"idle:{count}", Reason.IDLE, began_ns, until_ns), at.mono_ns)


def _can_resume(show: Show, aside: Aside, at: Now) -> bool:
    stage = aside.showing
    if stage.cue.slot is not None:
        return stage.cue.slot in show.cycle.slots and show.cycle.is_open(stage.cue.slot, at)
    return bool(stage.ids) and all(id_ in show.celebrations.entries for id_ in stage.ids)
