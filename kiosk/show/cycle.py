"""The cycle: every channel's slots in their order, then the live celebrations, and again.

`Cycle` knows what was on last; `turn` says what comes next, from which time on and for how long. Between two turns
nothing happens, so that what is on is a function of the last turn and the time.

- A slot takes part while its hours say so at the instant of its turn; a page that has begun is finished.
- A celebration that cut in during this pass has had its turn in it: nobody sees it twice in a row.
- A pass without any slot shows the idle screen before its celebrations, so that one celebration alone never fills
  the screen for hours; without celebrations either the idle screen stays until there is something else.
- A page whose screen failed rests for `REST_NS`, then it may try again.
- In step (`sync`) the wall, once trusted, says which page is on and how much of it has passed, the pages of a pass
  laid end to end since 1970: displays with the same channels and celebrations turn together without a word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from types import MappingProxyType

from kiosk.show.celebrations import Place
from kiosk.show.hours import is_open, next_edge
from kiosk.show.now import Now
from kiosk.show.playlist import Channel, Slot

SECOND_NS = 1_000_000_000
IDLE_NS = 20 * SECOND_NS
REST_NS = 60 * SECOND_NS

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NO_COUNTS: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Page:
    """One turn of the cycle: a slot, a celebration's place, or neither: the idle screen.

    Attributes:
        length_ns: how long it is on in all; None until something else has a turn.
        passed_ns: how much of that has passed when it begins; 0 but in step.
        visit: how often this slot had its turn before.
    """

    slot: Slot | None = None
    place: Place | None = None
    length_ns: int | None = None
    passed_ns: int = 0
    visit: int = 0


@dataclass(frozen=True, slots=True)
class Cycle:
    """Where the cycle is.

    Attributes:
        slots: of all channels, in order.
        sync: whether pages turn in step with the wall, while it is trusted.
        next_slot: index of the slot whose turn it is next; `len(slots)` when the celebrations are.
        rest: labels of the celebrations that still have a turn in this pass; None when they are not drawn yet.
        had: unlocks that cut in during this pass.
        visits: of slots, by id.
        resting: when failed pages may try again, monotonic, by slot id or celebration label.
    """

    slots: tuple[Slot, ...]
    timezone: tzinfo
    sync: bool = False
    next_slot: int = 0
    rest: tuple[str, ...] | None = None
    had: frozenset[str] = frozenset()
    visits: Mapping[str, int] = field(default_factory=lambda: _NO_COUNTS)
    resting: Mapping[str, int] = field(default_factory=lambda: _NO_COUNTS)

    def with_channels(self, channels: tuple[Channel, ...]) -> Cycle:
        """With other slots: it goes on with the next slot of the old ones that is still there, else with the first."""
        slots = slots_of(channels)
        index = {slot.id: number for number, slot in reversed(tuple(enumerate(slots)))}
        coming = [slot.id for slot in self.slots[self.next_slot :] if slot.id in index]
        at_the_end = self.next_slot >= len(self.slots) and self.rest is not None
        next_slot = index[coming[0]] if coming else len(slots) if at_the_end else 0
        visits = {id_: count for id_, count in self.visits.items() if id_ in index}
        return replace(self, slots=slots, next_slot=next_slot, visits=visits)

    def cut_by(self, ids: tuple[str, ...]) -> Cycle:
        """With these unlocks celebrated in this pass."""
        return replace(self, had=self.had.union(ids))

    def failed(self, page: str, now_ns: int) -> Cycle:
        """With this page at rest: a slot's id or a celebration's label."""
        resting = {each: until_ns for each, until_ns in self.resting.items() if until_ns > now_ns}
        return replace(self, resting={**resting, page: now_ns + REST_NS})

    def is_open(self, slot: Slot, at: Now) -> bool:
        """Whether this slot could have a turn now. Hours don't count while the wall isn't trusted."""
        return self._is_rested(slot.id, at) and (not at.trusted or is_open(slot.hours, at.wall, self.timezone))

    def is_idle(self, at: Now, places: tuple[Place, ...]) -> bool:
        """Whether nothing could have a turn now."""
        return not self._rested(places, at) and not any(self.is_open(slot, at) for slot in self.slots)

    def wakes_ns(self, at: Now) -> int | None:
        """When a page ends its rest for the first time, monotonic."""
        return min((until_ns for until_ns in self.resting.values() if until_ns > at.mono_ns), default=None)

    def edges(self, at: Now) -> tuple[datetime, ...]:
        """When the hours of a slot may open it; aware."""
        return tuple(next_edge(slot.hours, at.wall, self.timezone) for slot in self.slots if slot.hours is not None)

    def turn(self, at: Now, places: tuple[Place, ...]) -> tuple[Cycle, Page]:
        """The next page, which begins at `at`; `places` are the live celebrations, the newest first."""
        places = self._rested(places, at)
        if self.sync and at.trusted:
            return self._in_step(at, places)
        slot = self._open_slot(self.next_slot, at)
        if slot is not None:
            return self._to_slot(slot, self.had)
        live = {place.label: place for place in places if self.had.isdisjoint(place.ids)}
        labels = tuple(live) if self.rest is None else tuple(label for label in self.rest if label in live)
        if labels:
            place = live[labels[0]]
            return replace(self, next_slot=len(self.slots), rest=labels[1:]), _page_of(place)
        slot = self._open_slot(0, at)
        if slot is not None:
            return self._to_slot(slot, frozenset())
        idle = Page(length_ns=IDLE_NS if places else None)
        return replace(self, next_slot=len(self.slots), rest=None, had=frozenset()), idle

    def _open_slot(self, first: int, at: Now) -> int | None:
        return next((number for number in range(first, len(self.slots)) if self.is_open(self.slots[number], at)), None)

    def _to_slot(self, number: int, had: frozenset[str]) -> tuple[Cycle, Page]:
        slot = self.slots[number]
        visit = self.visits.get(slot.id, 0)
        visits = {**self.visits, slot.id: visit + 1}
        cycle = replace(self, next_slot=number + 1, rest=None, had=had, visits=visits)
        return cycle, Page(slot, length_ns=_length_ns(slot.dwell_s), visit=visit)

    def _in_step(self, at: Now, places: tuple[Place, ...]) -> tuple[Cycle, Page]:
        opened = [number for number, slot in enumerate(self.slots) if self.is_open(slot, at)]
        pages = [Page(self.slots[number], length_ns=_length_ns(self.slots[number].dwell_s)) for number in opened]
        if not pages and not places:
            return self, Page()
        pages = [*(pages or [Page(length_ns=IDLE_NS)]), *map(_page_of, places)]
        lengths = [page.length_ns or 0 for page in pages]
        passes, passed_ns = divmod((at.wall - _EPOCH) // timedelta(microseconds=1) * 1000, sum(lengths))
        number = 0
        while passed_ns >= lengths[number]:
            passed_ns -= lengths[number]
            number += 1
        # Clocks are slewed: what has hardly a moment left was on already, and its successor takes that moment too.
        if lengths[number] - passed_ns < SECOND_NS // 2:
            passed_ns -= lengths[number]
            number += 1
            passes += number // len(pages)
            number %= len(pages)
        page = replace(pages[number], passed_ns=passed_ns, visit=passes if pages[number].slot is not None else 0)
        # Should the wall lose its trust, the order goes on from here.
        following = opened[number] + 1 if page.slot is not None else len(self.slots)
        return replace(self, next_slot=following, rest=None if page.slot is not None else (), had=frozenset()), page

    def _rested(self, places: tuple[Place, ...], at: Now) -> tuple[Place, ...]:
        return tuple(place for place in places if self._is_rested(place.label, at))

    def _is_rested(self, page: str, at: Now) -> bool:
        return self.resting.get(page, at.mono_ns) <= at.mono_ns


def slots_of(channels: tuple[Channel, ...]) -> tuple[Slot, ...]:
    """Every slot of these channels, in order."""
    return tuple(slot for channel in channels for slot in channel.slots)


def _page_of(place: Place) -> Page:
    return Page(place=place, length_ns=_length_ns(place.celebration.show_s))


def _length_ns(seconds: float) -> int:
    """A page is on for a second at least, whatever its settings say."""
    return max(round(seconds * SECOND_NS), SECOND_NS)
