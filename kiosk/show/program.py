"""The program of one display: what is on at every instant, and why.

`step` takes what happened and returns the next show with what the world has to do. `cue_at` answers what is on,
`next_change` when that may change. All are pure: the same show, event and instant give the same answer.

**The truth is the last turn.** A show holds the showing on the stage with its end. Until then nothing but an event
puts something else there, so that `cue_at` needs no frame counted and no tick sent in time. A tick does what time
asks for: it counts what was visible as shown, drops what expired, asks for the next start, turns pages that have
ended. `cue_at(show, now)` is what a tick at `now` would leave on the stage; a loop that was held up for a minute
comes out where it would have been.

**Interrupts** are asked for (`CommitStart`) and begin with the journal's answer (`StartCommitted`). One question is
open at a time. A page that ends meanwhile stays for at most `ANSWER_NS`, so that an interrupt at a page's end
follows the page and not a flicker of the next one; then the cycle goes on, and the interrupt cuts in when the answer
comes. What was withdrawn meanwhile isn't shown.

**Events that race** with others are ignored where they come too late: `Presented` and `Failed` of a showing that is
over, `Withdrawn` of an unlock that isn't known, `Earned` of one that is. The answer to a question that was not asked,
or was answered, can't be late: it raises `IllegalEvent`, and the show that was given still stands.

**Wall and monotonic time.** Durations are monotonic. Lifetimes, hours and quiet hours are the wall's, which may be
set or run faster than the monotonic clock, and `Now` does not tell its speed. So `next_change` takes the difference
to the next wall boundary as if both ran alike, but never more than `WALL_REACH_NS` ahead: exact where they do run
alike, and at most that late where they don't.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from kiosk.show.celebrations import Celebrations, Entry, Phase, Place, plays
from kiosk.show.cue import Cue, Reason
from kiosk.show.cycle import SECOND_NS, Cycle, Page, slots_of
from kiosk.show.design import Interrupt
from kiosk.show.effects import CommitStart, Effect, PlaySound, StopSound
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
from kiosk.show.interruptions import HOUR_NS, Interruptions
from kiosk.show.merge import merged
from kiosk.show.now import Now
from kiosk.show.playlist import Channel
from kiosk.show.quiet import Quiet, QuietSpan
from kiosk.show.settings import AfterInterrupt, ShowSettings
from kiosk.show.showing import Showing

ANSWER_NS = SECOND_NS
WALL_REACH_NS = SECOND_NS
FADE_S = 0.5
WORTH_RESUMING_NS = SECOND_NS


class IllegalEvent(ValueError):  # noqa: N818 - an illegal event is what it is
    """An answer to a question that is not open."""


@dataclass(frozen=True, slots=True)
class Question:
    """A start that the journal was asked to commit; `ids` lose what is withdrawn meanwhile."""

    cue_key: str
    ids: tuple[str, ...]
    asked_ns: int


@dataclass(frozen=True, slots=True)
class Aside:
    """A showing of the cycle that was cut into, to be resumed."""

    showing: Showing
    cut_ns: int


@dataclass(frozen=True, slots=True)
class Show:
    """Everything that decides what is on.

    Attributes:
        channels: ids of those that are played.
        count: showings so far; makes keys unique.
        muted_until_ns: monotonic; None while not muted.
    """

    settings: ShowSettings
    channels: frozenset[str]
    quiet: Quiet
    celebrations: Celebrations
    cycle: Cycle
    stage: Showing
    count: int
    question: Question | None = None
    aside: Aside | None = None
    interruptions: Interruptions = Interruptions()
    muted_until_ns: int | None = None

    @property
    def within(self) -> timedelta:
        """How long a celebration may interrupt from when it is due."""
        return timedelta(seconds=self.settings.interrupt_within_s)

    @property
    def busy(self) -> Collection[str]:
        """Unlocks on the stage or about to be."""
        return (*self.stage.ids, *(self.question.ids if self.question else ()))

    def is_silent(self, now: Now) -> bool:
        """Whether no sound may start."""
        muted = self.muted_until_ns is not None and now.mono_ns < self.muted_until_ns
        return muted or (now.trusted and self.quiet.is_quiet(now.wall))

    def places(self, now: Now) -> tuple[Place, ...]:
        """The celebrations that have a place in the cycle."""
        return self.celebrations.places(now, self.within, self.channels, self.settings.celebrations_per_pass)


def begin(
    settings: ShowSettings, channels: tuple[Channel, ...], quiet: tuple[QuietSpan, ...], timezone: tzinfo, now: Now
) -> Show:
    """The show of a display that starts now, with its first page; `timezone` is of hours and quiet hours."""
    cycle, page = Cycle(slots_of(channels), timezone, sync=settings.sync).turn(now, ())
    return Show(
        settings=settings,
        channels=_ids(channels),
        quiet=Quiet(quiet, timezone),
        celebrations=Celebrations(),
        cycle=cycle,
        stage=_showing(page, 1, now),
        count=1,
    )


def step(show: Show, event: Event, now: Now) -> tuple[Show, tuple[Effect, ...]]:
    """What becomes of the show, and what is to be done in the world, in this order.

    Raises:
        IllegalEvent: `StartCommitted` without its question.
    """
    effects: list[Effect] = []
    show = _settle(show, now, effects)
    if not isinstance(event, Tick | ClockTrusted):
        show = _settle(_apply(show, event, now, effects), now, effects)
    return show, tuple(effects)


def cue_at(show: Show, now: Now) -> Cue:
    """What is on at `now`, as a tick would leave it."""
    stage = show.stage
    if stage.cue.until_ns is not None and now.mono_ns < stage.cue.until_ns:
        return stage.cue
    return _settle(show, now, []).stage.cue


def next_change(show: Show, now: Now) -> int | None:
    """The earliest monotonic time at which `cue_at` or a tick may differ; None: not without an event.

    At most `now.mono_ns` where a tick is due already.
    """
    if _settle(show, now, []) is not show:
        return now.mono_ns
    changes = [*_mono_changes(show, now)]
    if now.trusted:
        changes += (_reach_ns(instant, now) for instant in _wall_changes(show, now) if instant > now.wall)
    return min(changes, default=None)


def _apply(show: Show, event: Event, now: Now, effects: list[Effect]) -> Show:
    match event:
        case Earned(celebration):
            celebrations, commits = show.celebrations.admit(celebration, show.quiet)
            effects += commits
            return replace(show, celebrations=celebrations)
        case Restored(rows):
            celebrations, commits = show.celebrations.restore(rows, show.quiet)
            effects += commits
            return replace(show, celebrations=celebrations)
        case Withdrawn(id_):
            return _withdraw(show, id_, now, effects)
        case StartCommitted(cue_key):
            return _interrupt(show, cue_key, now, effects)
        case Presented(cue_key):
            return _present(show, now, effects) if cue_key == show.stage.cue.key else show
        case Failed(cue_key):
            return _fail(show, cue_key, now, effects)
        case ChannelsChanged(channels):
            return _change_channels(show, channels, now, effects)
        case Muted(until_ns):
            show = replace(show, muted_until_ns=until_ns)
            if show.stage.sounded and show.is_silent(now):
                effects.append(StopSound(FADE_S))
            return show
        case _:
            return show


# What time asks for


def _settle(show: Show, now: Now, effects: list[Effect]) -> Show:
    """All that is due at `now`. Gives the same object back where nothing is."""
    show = _keep(_count_as_shown(show, now, effects), now, effects)
    while True:
        show = _ask(show, now, effects)
        if not _page_ends(show, now):
            return show
        until_ns = show.stage.cue.until_ns
        show = _turn(show, now if until_ns is None else _back(now, until_ns), effects)


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
    return show if celebrations is show.celebrations else replace(show, celebrations=celebrations)


def _ask(show: Show, now: Now, effects: list[Effect]) -> Show:
    """Asks the journal to commit the start of whom is next, if anybody may interrupt now."""
    waiting = _waiting(show, now)
    first = next((entry for entry in waiting if _may_interrupt(show, entry, now)), None)
    if first is None:
        return show
    group = [first, *(each for each in waiting if each is not first and _same_achievement(each, first))]
    ids = tuple(entry.id for entry in group) if len(group) > show.settings.merge_over else (first.id,)
    question = Question(f"interrupt:{first.id}:{first.starts + 1}", ids, now.mono_ns)
    effects.append(CommitStart(ids, question.cue_key))
    return replace(show, question=question)


def _waiting(show: Show, now: Now) -> list[Entry]:
    """Who waits to interrupt, the next first; nobody while a question is open."""
    if show.question is not None:
        return []
    busy = show.busy
    waiting = [
        entry
        for entry in show.celebrations.in_phase(Phase.WAITING, now, show.within)
        if entry.id not in busy and plays(entry.celebration, show.channels)
    ]
    waiting.sort(key=lambda entry: (-entry.celebration.priority, entry.due, entry.id))
    return waiting


def _may_interrupt(show: Show, entry: Entry, now: Now) -> bool:
    from_ns = _free_from(show, entry, now)
    return from_ns is not None and from_ns <= now.mono_ns


def _free_from(show: Show, entry: Entry, now: Now) -> int | None:
    """The earliest monotonic time at which `entry` may cut in; None: not while this showing is on, or never."""
    stage, celebration = show.stage, entry.celebration
    ended = stage.has_ended(now.mono_ns)
    cuts = celebration.critical and celebration.interrupt is Interrupt.NOW
    if not ended and stage.cue.until_ns is not None:
        if celebration.interrupt is Interrupt.NEXT:
            return None
        if stage.is_interrupt and not (cuts and stage.cue.celebration and not stage.cue.celebration.critical):
            return None
    interruptions = show.interruptions
    if stage.is_interrupt:
        interruptions = interruptions.add(stage.from_ns, now.mono_ns)
    from_ns = now.mono_ns
    if interruptions.last_end_ns is not None and not cuts:
        from_ns = max(from_ns, interruptions.last_end_ns + round(show.settings.gap_s * SECOND_NS))
    length_ns = round(celebration.first_show_s * SECOND_NS)
    return interruptions.free_from(from_ns, length_ns, round(show.settings.interrupt_share * HOUR_NS))


def _page_ends(show: Show, now: Now) -> bool:
    if show.stage.cue.until_ns is None:
        ends = not show.cycle.is_idle(now, show.places(now))
    else:
        ends = show.stage.has_ended(now.mono_ns)
    return ends and (show.question is None or now.mono_ns >= show.question.asked_ns + ANSWER_NS)


def _turn(show: Show, at: Now, effects: list[Effect]) -> Show:
    """Ends what is on the stage, and puts there what was cut into, or the cycle's next page."""
    show = _end(show, at, effects)
    count, aside = show.count + 1, show.aside
    show = replace(show, count=count, aside=None)
    if aside is not None and _can_resume(show, aside, at):
        return replace(show, stage=aside.showing.resumed(f"cycle:{count}", aside.cut_ns, at.mono_ns))
    cycle, page = show.cycle.turn(at, show.places(at))
    return replace(show, cycle=cycle, stage=_showing(page, count, at))


def _end(show: Show, at: Now, effects: list[Effect]) -> Show:
    """Everything that the end of a showing brings; the stage has to be set anew."""
    stage = show.stage
    logged = stage.logged(at)
    if logged is not None:
        effects.append(logged)
    if stage.sounded:
        effects.append(StopSound(FADE_S))
    if not stage.is_interrupt:
        return show
    return replace(show, interruptions=show.interruptions.add(stage.from_ns, at.mono_ns))


def _can_resume(show: Show, aside: Aside, at: Now) -> bool:
    showing = aside.showing
    slot = showing.cue.slot
    if slot is not None:
        return slot in show.cycle.slots and show.cycle.is_open(slot, at)
    return bool(showing.ids) and all(id_ in show.celebrations.entries for id_ in showing.ids)


# What events ask for


def _interrupt(show: Show, cue_key: str, now: Now, effects: list[Effect]) -> Show:
    question = show.question
    if question is None or question.cue_key != cue_key:
        raise IllegalEvent(f"{cue_key} was not asked for")
    celebrations = show.celebrations.start(question.ids)
    show = replace(show, celebrations=celebrations, question=None)
    entries = [celebrations.entries[id_] for id_ in question.ids]
    entries = [entry for entry in entries if entry.phase(now, show.within) is not Phase.OVER]
    if not entries:
        return show
    celebration = merged(tuple(entry.celebration for entry in entries))
    aside = show.aside if show.stage.is_interrupt else _aside(show, now)
    show = _end(show, now, effects)
    until_ns = now.mono_ns + round(celebration.first_show_s * SECOND_NS)
    cue = Cue(cue_key, Reason.INTERRUPT, now.mono_ns, until_ns, celebration=celebration)
    return replace(show, stage=Showing(cue, now.mono_ns, tuple(entry.id for entry in entries)), aside=aside)


def _aside(show: Show, now: Now) -> Aside | None:
    """What is worth resuming after an interrupt that begins now; in step the wall says where to go on."""
    until_ns = show.stage.cue.until_ns
    resumes = show.settings.after_interrupt is AfterInterrupt.RESUME and not (show.settings.sync and now.trusted)
    if not resumes or until_ns is None or until_ns - now.mono_ns < WORTH_RESUMING_NS:
        return None
    return Aside(show.stage, now.mono_ns)


def _present(show: Show, now: Now, effects: list[Effect]) -> Show:
    stage, celebration = show.stage, show.stage.cue.celebration
    if stage.presented is not None:
        return show
    sounds = stage.is_interrupt and celebration is not None and bool(celebration.sound) and not show.is_silent(now)
    if sounds and celebration is not None:
        effects.append(PlaySound(celebration.id, celebration.sound, stage.cue.key))
    return replace(show, stage=replace(stage, presented=now, sounded=sounds))


def _withdraw(show: Show, id_: str, now: Now, effects: list[Effect]) -> Show:
    celebrations, commits = show.celebrations.withdraw(id_)
    if not commits:
        return show
    effects += commits
    show = replace(show, celebrations=celebrations)
    if show.question is not None:
        ids = tuple(each for each in show.question.ids if each != id_)
        show = replace(show, question=replace(show.question, ids=ids))
    if id_ not in show.stage.ids:
        return show
    rest = tuple(each for each in show.stage.ids if each != id_)
    # The others' moment goes on; their next showing doesn't name it any more.
    return replace(show, stage=replace(show.stage, ids=rest)) if rest else _turn(show, now, effects)


def _fail(show: Show, cue_key: str, now: Now, effects: list[Effect]) -> Show:
    if show.question is not None and show.question.cue_key == cue_key:
        return replace(show, celebrations=show.celebrations.silence(show.question.ids), question=None)
    stage = show.stage
    if stage.cue.key != cue_key or stage.cue.reason is Reason.IDLE:
        return show
    celebrations = show.celebrations.silence(stage.ids)
    cycle = show.cycle
    if stage.cue.slot is not None:
        cycle = cycle.failed(f"slot:{stage.cue.slot.id}", now.mono_ns)
    for id_ in stage.ids:
        cycle = cycle.failed(f"celebration:{celebrations.entries[id_].into or id_}", now.mono_ns)
    return _turn(replace(show, celebrations=celebrations, cycle=cycle), now, effects)


def _change_channels(show: Show, channels: tuple[Channel, ...], now: Now, effects: list[Effect]) -> Show:
    show = replace(show, channels=_ids(channels), cycle=show.cycle.with_channels(channels))
    cue = show.stage.cue
    gone = cue.slot is not None and cue.slot not in show.cycle.slots
    idle = cue.reason is Reason.IDLE and not show.cycle.is_idle(now, ())
    return _turn(show, now, effects) if gone or idle else show


# When the answer may change


def _mono_changes(show: Show, now: Now) -> list[int]:
    stage, question = show.stage, show.question
    changes = []
    if question is not None and stage.has_ended(now.mono_ns):
        changes.append(question.asked_ns + ANSWER_NS)
    elif stage.cue.until_ns is not None:
        changes.append(stage.cue.until_ns)
    else:
        changes.append(show.cycle.wakes_ns(now))
    changes.append(stage.visible_ns)
    changes += (_free_from(show, entry, now) for entry in _waiting(show, now))
    return [change for change in changes if change is not None]


def _wall_changes(show: Show, now: Now) -> list[datetime]:
    """Instants at which the wall may change the show; those that have passed are no matter."""
    busy = show.busy
    changes = []
    hold = show.quiet.next_hold(now.wall)
    for entry in show.celebrations.entries.values():
        if entry.seen or entry.id in busy:
            continue
        changes += (entry.due, entry.ends, entry.due + show.within)
        if entry.may_start and hold is not None:
            changes.append(hold)
    if show.stage.cue.until_ns is None:
        opens = show.cycle.wakes_at(now)
        changes += () if opens is None else (opens,)
    return changes


def _reach_ns(instant: datetime, now: Now) -> int:
    ahead_ns = (instant - now.wall) // timedelta(microseconds=1) * 1000
    return now.mono_ns + min(ahead_ns, WALL_REACH_NS)


# Small change


def _showing(page: Page, count: int, at: Now) -> Showing:
    began_ns = at.mono_ns - page.passed_ns
    until_ns = None if page.length_ns is None else began_ns + page.length_ns
    ids = page.place.ids if page.place is not None else ()
    if page.slot is None and page.place is None:
        return Showing(Cue(f"idle:{count}", Reason.IDLE, began_ns, until_ns), at.mono_ns)
    celebration = page.place.celebration if page.place is not None else None
    cue = Cue(f"cycle:{count}", Reason.CYCLE, began_ns, until_ns, page.slot, celebration, page.visit)
    return Showing(cue, at.mono_ns, ids)


def _back(now: Now, mono_ns: int) -> Now:
    """The instant `mono_ns`, which has passed, as the clocks of `now` tell it."""
    return replace(now, mono_ns=mono_ns, wall=now.wall - timedelta(microseconds=(now.mono_ns - mono_ns) // 1000))


def _ids(channels: tuple[Channel, ...]) -> frozenset[str]:
    return frozenset(channel.id for channel in channels)


def _same_achievement(one: Entry, other: Entry) -> bool:
    return one.celebration.achievement == other.celebration.achievement
