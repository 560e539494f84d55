"""Writes into the journal what the show asks for, and answers its starts."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.app import messages
from kiosk.clock import Clock
from kiosk.journal.error import JournalError
from kiosk.journal.journal import Journal
from kiosk.show import effects
from kiosk.show.ledger import State

RETRY_NS = 1_000_000_000
"""What can't be written is tried again so often."""

MOST_LINES = 1000
"""Lines of the play log that are kept while they can't be written; of more the oldest are lost."""


class Scribe:
    """The ledger's and the play log's writer. Belongs to the journal's thread.

    The effects of one step go into one transaction. If it fails, its starts are refused at once, because the show
    waits for them; everything else is kept, in order, until it can be written. Only what fails for another reason than
    the journal would fail for ever, and is dropped.
    """

    def __init__(self, journal: Journal, clock: Clock, post: Callable[[messages.Message], None]) -> None:
        self._journal = journal
        self._clock = clock
        self._post = post
        self._kept: tuple[effects.Effect, ...] = ()
        self._again_ns = 0

    @property
    def is_behind(self) -> bool:
        """Whether something is still to be written."""
        return bool(self._kept)

    def write(self, steps: list[tuple[effects.Effect, ...]], *, at_last: bool = False) -> None:
        """Write the effects of these steps, and those kept from earlier ones if it is time to try again.

        Args:
            steps: oldest first.
            at_last: there is no later: try what was kept now.

        Raises:
            JournalError: something could not be written; all steps have been dealt with nevertheless.
        """
        failed: Exception | None = None
        if self._kept and (at_last or self._clock.mono_ns() >= self._again_ns):
            steps = [self._kept, *steps]
            self._kept = ()
        for step in steps:
            starts = [effect for effect in step if isinstance(effect, effects.CommitStart)]
            try:
                self._write(step)
            except Exception as error:  # noqa: BLE001 - raised again when every start has its answer
                failed = error
                if isinstance(error, JournalError):
                    self._keep(step)
                for start in starts:
                    self._post(messages.StartFailed(start.ids, start.cue_key))
            else:
                for start in starts:
                    self._post(messages.StartCommitted(start.ids, start.cue_key))
        if failed is not None:
            raise failed

    def _keep(self, step: tuple[effects.Effect, ...]) -> None:
        kept = [*self._kept, *(effect for effect in step if not isinstance(effect, effects.CommitStart))]
        lines = [effect for effect in kept if isinstance(effect, effects.LogShowing)]
        for line in lines[:-MOST_LINES]:
            kept.remove(line)
        self._kept = tuple(kept)
        self._again_ns = self._clock.mono_ns() + RETRY_NS

    def _write(self, step: tuple[effects.Effect, ...]) -> None:
        now = self._clock.wall()
        ledger = self._journal.ledger
        with self._journal.transaction():
            for effect in step:
                match effect:
                    case effects.CommitStart(ids):
                        ledger.start(ids, now)
                    case effects.CommitShown(ids):
                        ledger.set_state(ids, State.SHOWN, now)
                    case effects.CommitState(ids, state, into):
                        ledger.set_state(ids, state, now, into)
                    case effects.LogShowing():
                        self._journal.play_log.add(effect)
