"""Tells the render loop what the evaluator knows: boards, faults and how fresh the numbers are, never too often."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import date, datetime

from kiosk.app import messages
from kiosk.app.faultlist import FaultList
from kiosk.clock import Clock
from kiosk.domain.calendar import Calendar
from kiosk.domain.engine import Engine
from kiosk.domain.organisation import Organisation
from kiosk.domain.standing import BoardKey

log = logging.getLogger(__name__)

EVERY_NS = 200_000_000
"""Boards and faults are told no more often than this."""


class Teller:
    """Posts what has changed since it was told.

    Attributes:
        faults: what each place has to say now.
    """

    def __init__(
        self,
        organisation: Organisation,
        boards: Iterable[BoardKey],
        clock: Clock,
        post: Callable[[messages.Message], None],
    ) -> None:
        self.faults = FaultList()
        self._lost: dict[str, datetime] = {}
        self._told_lost_at: datetime | None = None
        self._boards = tuple(boards)
        self._calendar = Calendar(organisation)
        self._clock = clock
        self._post_out = post
        self._told_ns = clock.mono_ns() - EVERY_NS
        self._told_faults: tuple[str, ...] = ()
        self._told_boards: dict[BoardKey, tuple[int, date]] = {}

    def source(self, source: str, *, is_lost: bool, since: datetime) -> None:
        """Whether a source can be read at all; if not, what it told is as old as `since`."""
        if is_lost:
            self._lost.setdefault(source, since)
        else:
            self._lost.pop(source, None)

    def post(self, message: messages.Message) -> None:
        """Hand over one message; whatever becomes of it, the evaluator goes on."""
        try:
            self._post_out(message)
        except Exception:
            log.exception("a message to the screen is lost: %s", type(message).__name__)

    @property
    def is_resting(self) -> bool:
        """Whether something was told so lately that what came since has to wait."""
        return self._clock.mono_ns() - self._told_ns < EVERY_NS

    def tell(self, engine: Engine, now: datetime) -> None:
        """Post what has changed, unless it `is_resting`."""
        if self.is_resting:
            return
        lost_at = min(self._lost.values(), default=None)
        if lost_at != self._told_lost_at:
            self._told_lost_at = lost_at
            self._post(messages.DataLost(lost_at))
        for key in self._boards:
            self._tell_board(key, engine, now)
        self.tell_faults()

    def tell_faults(self) -> None:
        """Post the faults, if they are others than before."""
        lines = self.faults.lines()
        if lines != self._told_faults:
            self._told_faults = lines
            self._post(messages.Faults(lines))

    def _tell_board(self, key: BoardKey, engine: Engine, now: datetime) -> None:
        state = engine.changes(key), self._calendar.period_of(key.unit, now).start
        if self._told_boards.get(key) != state:
            self._told_boards[key] = state
            self._post(messages.Standings(key, now, engine.standings(key, now)))

    def _post(self, message: messages.Message) -> None:
        self._told_ns = self._clock.mono_ns()
        self.post(message)
