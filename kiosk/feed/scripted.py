"""The demo's feed: a history at once, then made-up records as if people were at work."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from math import inf

from kiosk.clock import Clock
from kiosk.feed.reading import Deliver
from kiosk.feed.script import SOURCE, history, script
from kiosk.feed.worker import Worker


class ScriptedFeed(Worker):
    """Hands over the demo's script in real time, `speed` times as fast.

    Live records happen when they are handed over, by `clock`: never in the future, whatever its pace.

    Args:
        organisation_start: now, in the organisation's zone: its days and weeks are the history's.
        seed: another one tells another story, always the same.
    """

    def __init__(
        self, organisation_start: datetime, deliver: Deliver, clock: Clock, speed: float = 1.0, seed: int = 1
    ) -> None:
        super().__init__(SOURCE, deliver)
        self._clock = clock
        self._speed = speed
        self._past = history(organisation_start, seed)
        self._live = script(organisation_start, inf, seed)

    def work(self) -> None:
        """History first; the script begins when that is durable."""
        self.delivery.records(self._past, snapshot=False, whole=True)
        began_ns = self._clock.mono_ns()
        for offset_s, record in self._live:
            elapsed_s = (self._clock.mono_ns() - began_ns) / 1e9
            self.delivery.pause(max(0.0, offset_s / self._speed - elapsed_s))
            happened = replace(record, occurred_at=self._clock.wall())
            self.delivery.records([happened], snapshot=False, whole=True)
