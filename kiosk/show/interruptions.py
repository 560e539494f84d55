"""How much of the last hour was interrupts, and when the next one may begin."""

from __future__ import annotations

from dataclasses import dataclass

HOUR_NS = 3_600_000_000_000

_KEPT = 256
"""Spans kept apart; beyond it the oldest two are counted as one, the pause between them included."""


@dataclass(frozen=True, slots=True)
class Interruptions:
    """The interrupts of the last hour as half-open monotonic spans, oldest first; they never overlap."""

    spans: tuple[tuple[int, int], ...] = ()

    @property
    def last_end_ns(self) -> int | None:
        """When the latest one ended; None if there was none in the hour before it."""
        return self.spans[-1][1] if self.spans else None

    def add(self, began_ns: int, ended_ns: int) -> Interruptions:
        """With one more, and without those that no hour from now on can contain."""
        spans = [span for span in self.spans if span[1] > ended_ns - HOUR_NS]
        spans.append((began_ns, ended_ns))
        if len(spans) > _KEPT:
            spans[:2] = [(spans[0][0], spans[1][1])]
        return Interruptions(tuple(spans))

    def free_from(self, now_ns: int, length_ns: int, budget_ns: int) -> int | None:
        """The earliest instant, not before `now_ns`, to begin an interrupt of `length_ns`.

        No hour may then hold more than `budget_ns` of interrupts. The fullest hour that contains the new one is the
        hour that ends with it, so that this hour alone decides. None if it is too long for any hour.
        """
        room_ns = budget_ns - length_ns
        if room_ns < 0:
            return None
        hour_begins_ns = now_ns + length_ns - HOUR_NS
        for began_ns, ended_ns in reversed(self.spans):
            if ended_ns - max(began_ns, hour_begins_ns) > room_ns:
                return ended_ns - room_ns + HOUR_NS - length_ns
            room_ns -= max(0, ended_ns - max(began_ns, hour_begins_ns))
        return now_ns
