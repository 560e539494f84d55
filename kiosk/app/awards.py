"""What an unlock sets going: its row in the ledger, and its celebration."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from kiosk.app import messages
from kiosk.app.celebrate import Celebrations, People
from kiosk.config.settings import RulesFile
from kiosk.domain.organisation import Player
from kiosk.domain.rules import Kind
from kiosk.domain.unlock import Unlock
from kiosk.journal.entry import RecordLogged
from kiosk.journal.journal import Journal
from kiosk.show.ledger import State

Told = messages.Earned | messages.Withdrawn


class Awards:
    """Writes unlocks into the journal, each within the transaction of the entry that made it."""

    def __init__(self, rules_file: RulesFile, journal: Journal) -> None:
        self._celebrations = Celebrations(rules_file)
        self._journal = journal

    def earn(self, unlock: Unlock, seq: int, now: datetime, people: People) -> Iterator[Told]:
        """Note a new unlock, made by entry `seq`, unless it is as silent as the record that completed it."""
        evidence = self._evidence(unlock)
        if evidence is not None and evidence.silent:
            return
        made = self._celebrations.of(unlock, None if evidence is None else evidence.record, people, now)
        is_new = self._journal.ledger.pending(unlock, made, seq=seq, unlocked_at=now)
        if made is not None and is_new:
            yield messages.Earned(made)

    def hide(self, player: Player, now: datetime) -> Iterator[Told]:
        """Withdraw every celebration of a player who hides from screens now."""
        for row in self._journal.ledger.live(now, f"{Kind.PLAYER}:{player.id}"):
            self._journal.ledger.set_state((row.celebration.id,), State.WITHDRAWN, now)
            yield messages.Withdrawn(row.celebration.id)

    def _evidence(self, unlock: Unlock) -> RecordLogged | None:
        """The record that completed it; None for what a period's end decides."""
        if unlock.period_end or not unlock.records:
            return None
        source, _, id_ = unlock.records[-1].partition(":")
        stored = self._journal.records.stored(source, id_)
        return None if stored is None else self._journal.log.record(stored.seq)
