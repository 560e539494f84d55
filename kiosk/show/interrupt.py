"""Who may cut into the cycle, and when; how an interrupt is asked for, and how it begins."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from kiosk.show.celebrations import Entry, Phase, plays
from kiosk.show.cue import Cue, Reason
from kiosk.show.cycle import SECOND_NS
from kiosk.show.design import Interrupt
from kiosk.show.effects import CommitStart, Effect
from kiosk.show.interruptions import HOUR_NS
from kiosk.show.merge import merged
from kiosk.show.now import Now
from kiosk.show.settings import AfterInterrupt
from kiosk.show.show import Aside, Question, Show
from kiosk.show.showing import Showing
from kiosk.show.turn import end

WORTH_RESUMING_NS = SECOND_NS
"""A page with less left than this isn't resumed."""


def ask(show: Show, now: Now, effects: list[Effect]) -> Show:
    """Asks the journal to commit the start of whom is next, if anybody may interrupt now."""
    waiting = _waiting(show, now)
    first = next((entry for entry in waiting if _may_begin(show, entry, now)), None)
    if first is None:
        return show
    same = [entry for entry in waiting if entry.celebration.achievement == first.celebration.achievement]
    merges = len(same) > show.settings.merge_over
    ids = (first.id, *(entry.id for entry in same if entry is not first)) if merges else (first.id,)
    question = Question(f"interrupt:{first.id}:{first.starts + 1}", ids, now.mono_ns)
    effects.append(CommitStart(ids, question.cue_key))
    return replace(show, question=question)


def answer(show: Show, question: Question, committed: Collection[str], now: Now, effects: list[Effect]) -> Show:
    """The journal's answer to the open question: those that it has started are on, if they still should be."""
    started = tuple(id_ for id_ in question.ids if id_ in committed)
    refused = (id_ for id_ in question.ids if id_ not in committed)
    celebrations = show.celebrations.silence(refused).start(started)
    entries = [celebrations.entries[id_] for id_ in started]
    entries = [entry for entry in entries if entry.phase(now, show.within) is not Phase.OVER]
    show = replace(show, celebrations=celebrations, question=None)
    if not entries:
        return show
    aside = show.aside if show.stage.is_interrupt else _aside(show, now)
    show = end(show, now, effects)
    ids = tuple(entry.id for entry in entries)
    celebration = merged(tuple(entry.celebration for entry in entries))
    until_ns = now.mono_ns + round(celebration.first_show_s * SECOND_NS)
    cue = Cue(question.cue_key, Reason.INTERRUPT, now.mono_ns, until_ns, celebration=celebration)
    return replace(show, stage=Showing(cue, now.mono_ns, ids), aside=aside, cycle=show.cycle.cut_by(ids))


def next_interrupt_ns(show: Show, now: Now) -> int | None:
    """The earliest monotonic time at which one that waits may cut into this showing; None if none may."""
    times = (_free_from(show, entry, now) for entry in _waiting(show, now))
    return min((time for time in times if time is not None), default=None)


def _waiting(show: Show, now: Now) -> list[Entry]:
    """Who waits to interrupt, the next first; nobody while a question is open."""
    if show.question is not None:
        return []
    waiting = [
        entry
        for entry in show.celebrations.in_phase(Phase.WAITING, now, show.within)
        if entry.id not in show.stage.ids and plays(entry.celebration, show.channels)
    ]
    return sorted(waiting, key=lambda entry: (-entry.celebration.priority, entry.due, entry.id))


def _may_begin(show: Show, entry: Entry, now: Now) -> bool:
    from_ns = _free_from(show, entry, now)
    return from_ns is not None and from_ns <= now.mono_ns


def _free_from(show: Show, entry: Entry, now: Now) -> int | None:
    """The earliest monotonic time at which it may begin; None: not while this showing is on, or never."""
    stage, celebration, interruptions = show.stage, entry.celebration, show.interruptions
    cuts = celebration.critical and celebration.interrupt is Interrupt.NOW
    if not stage.is_open(now.mono_ns):
        if celebration.interrupt is Interrupt.NEXT:
            return None
        if stage.is_interrupt and (not cuts or (stage.cue.celebration is not None and stage.cue.celebration.critical)):
            return None
    if stage.is_interrupt:
        interruptions = interruptions.add(stage.from_ns, now.mono_ns)
    from_ns = now.mono_ns
    if interruptions.last_end_ns is not None and not cuts:
        from_ns = max(from_ns, interruptions.last_end_ns + round(show.settings.gap_s * SECOND_NS))
    length_ns = round(celebration.first_show_s * SECOND_NS)
    return interruptions.free_from(from_ns, length_ns, round(show.settings.interrupt_share * HOUR_NS))


def _aside(show: Show, now: Now) -> Aside | None:
    """What is worth resuming after an interrupt that begins now; in step the wall says where to go on."""
    until_ns = show.stage.cue.until_ns
    resumes = show.settings.after_interrupt is AfterInterrupt.RESUME and not (show.settings.sync and now.trusted)
    if not resumes or until_ns is None or until_ns - now.mono_ns < WORTH_RESUMING_NS:
        return None
    return Aside(show.stage, now.mono_ns)
