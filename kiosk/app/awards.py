"""What an unlock sets going: its row in the ledger, and its celebration."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from kiosk.app import messages
from kiosk.app.celebrate import celebration
from kiosk.config.settings import RulesFile
from kiosk.domain.organisation import Organisation, Player, Team
from kiosk.domain.rules import Kind
from kiosk.domain.unlock import Unlock
from kiosk.journal.entry import RecordLogged
from kiosk.journal.journal import Journal
from kiosk.show.ledger import State

Told = messages.Earned | messages.Withdrawn


class People(Protocol):
    """Who is who now; the engine knows."""

    def player(self, player: str) -> Player | None:
        """The player of this id."""

    def team(self, team: str) -> Team | None:
        """The team of this id."""


class Awards:
    """Writes unlocks into the journal, each within the transaction of the entry that made it."""

    def __init__(self, rules_file: RulesFile, journal: Journal) -> None:
        self._organisation = rules_file.rules.organisation
        self._achievements = {a.id: a for a in rules_file.rules.achievements}
        self._metrics = {metric.id: metric for metric in rules_file.rules.metrics}
        self._designs = rules_file.designs
        self._journal = journal

    def earn(self, unlock: Unlock, seq: int, now: datetime, people: People) -> Iterator[Told]:
        """Note a new unlock, made by entry `seq`, unless it is as silent as the record that completed it."""
        evidence = self._evidence(unlock)
        if evidence is not None and evidence.silent:
            return
        achievement = self._achievements[unlock.achievement]
        winner, team = self._winner(unlock.subject, people)
        made = celebration(
            unlock,
            achievement,
            self._designs[achievement.id],
            winner,
            organisation=self._organisation,
            unlocked_at=now,
            team=team,
            metric=self._metrics.get(achievement.metric or ""),
            record=None if evidence is None else evidence.record,
        )
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

    def _winner(self, subject: str, people: People) -> tuple[Player | Team | Organisation, Team | None]:
        """Whom `subject` names, and a player's first team."""
        kind, _, id_ = subject.partition(":")
        if kind == Kind.PLAYER:
            player = people.player(id_)
            assert player is not None, f"{subject} unlocked something and is nobody"
            return player, people.team(player.teams[0]) if player.teams else None
        return (people.team(id_) if kind == Kind.TEAM else None) or self._organisation, None
