"""Standings become the leaderboards of the slots that show them: worded, sorted, and remembering who moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from types import MappingProxyType

from kiosk.app import messages
from kiosk.domain.calendar import Calendar
from kiosk.domain.metric import Format
from kiosk.domain.organisation import Organisation, Player
from kiosk.domain.rules import Kind, Rules, Unit
from kiosk.domain.standing import BoardKey, Standing
from kiosk.screens.view import BoardRow, BoardView
from kiosk.show import wording
from kiosk.show.playlist import Channel, Slot

_UNITS = {
    Unit.DAY: "Today",
    Unit.WEEK: "This week",
    Unit.MONTH: "This month",
    Unit.QUARTER: "This quarter",
    Unit.YEAR: "This year",
    Unit.ALL_TIME: "All time",
}


class Boards:
    """Makes views of standings. Used by one thread: it remembers the order that each slot showed last."""

    def __init__(self, rules: Rules, channels: tuple[Channel, ...]) -> None:
        self._organisation: Organisation = rules.organisation
        self._calendar = Calendar(rules.organisation)
        self._players: dict[str, Player] = {player.id: player for player in rules.players}
        self._measures = {metric.id: (metric.name, metric.format, metric.unit) for metric in rules.metrics}
        self._measures |= {flow.id: (flow.name, Format.PERCENT, "") for flow in rules.flows}
        self._slots: dict[BoardKey, list[Slot]] = {}
        for slot in (slot for channel in channels for slot in channel.slots if slot.screen == "leaderboard"):
            self._slots.setdefault(board_key(slot), []).append(slot)
        self._shown: dict[str, BoardView] = {}
        self._marks: dict[BoardKey, _Marks] = {}

    @property
    def keys(self) -> tuple[BoardKey, ...]:
        """The boards that the channels need."""
        return tuple(self._slots)

    def views(self, told: messages.Standings, mono_s: float) -> messages.Boards:
        """The views of every slot that shows these standings; `mono_s` stamps the start of a rank change."""
        marks = self._marks.setdefault(told.key, _Marks())
        local = told.at.astimezone(self._organisation.timezone)
        marks.turn(self._period_start(told.key.unit, told.at), local.date(), told.standings)
        views = {}
        for slot in self._slots.get(told.key, ()):
            view = self._view(slot, told, marks, local)
            views[slot.id] = self._shown[slot.id] = _moving(self._shown.get(slot.id), view, mono_s)
        return messages.Boards(MappingProxyType(views))

    def _period_start(self, unit: Unit, at: datetime) -> date | None:
        return None if unit is Unit.ALL_TIME else self._calendar.period_of(unit, at.astimezone(UTC)).start

    def _view(self, slot: Slot, told: messages.Standings, marks: _Marks, local: datetime) -> BoardView:
        name, format_, unit = self._measures[told.key.measure]
        visible = [s for s in told.standings if not self._is_hidden(s.subject)][: slot.options.get("top")]
        leader = max((Fraction(s.value) for s in visible), default=Fraction(0))
        start = self._period_start(told.key.unit, local)
        word = _UNITS[told.key.unit]
        period = word if start is None else f"{word} · {wording.period_text(told.key.unit, start, self._organisation)}"
        return BoardView(
            title=slot.options.get("title") or name,
            subtitle=period,
            rows=tuple(self._row(s, leader, format_, unit, marks) for s in visible),
            per_page=slot.options.get("per_page", 8),
        )

    def _row(self, s: Standing, leader: Fraction, format_: Format, unit: str, marks: _Marks) -> BoardRow:
        player = self._players.get(s.subject.partition(":")[2]) if s.subject.startswith("player:") else None
        goal = Fraction(s.target) if s.target else leader
        return BoardRow(
            subject=s.subject,
            rank=s.rank,
            name=s.name,
            initials=wording.initials(s.name),
            colour=wording.colour_of(s.subject),
            photo=player.photo if player else None,
            value_text=wording.value_text(s.value, format_, self._organisation, unit),
            share=max(0.0, float(Fraction(s.value) / goal)) if goal > 0 else 0.0,
            moved=marks.moved(s),
            target_text=wording.value_text(s.target, format_, self._organisation) if s.target else "",
        )

    def _is_hidden(self, subject: str) -> bool:
        player = self._players.get(subject.removeprefix("player:"))
        return player is not None and player.hidden and subject.startswith("player:")


def board_key(slot: Slot) -> BoardKey:
    """What a leaderboard slot ranks."""
    return BoardKey(slot.options["measure"], Unit(slot.options["period"]), Kind(slot.options["subject"]))


class _Marks:
    """The ranks that movement arrows compare with: those at the end of the day before, within one period."""

    def __init__(self) -> None:
        self._period: date | None = None
        self._day: date | None = None
        self._marked: dict[str, int] = {}
        self._latest: dict[str, int] = {}

    def turn(self, period: date | None, day: date, standings: tuple[Standing, ...]) -> None:
        """Note today's ranks; a new day takes yesterday's last ones as its marks, a new period has none."""
        if period != self._period:
            self._period, self._latest, self._marked = period, {}, {}
        elif day != self._day:
            self._marked = self._latest
        self._day = day
        self._latest = {s.subject: s.rank for s in standings if s.value}

    def moved(self, standing: Standing) -> int | None:
        """Places gained since the mark, 0 without a mark or a value; None for whoever wasn't ranked then."""
        if not self._marked or not standing.value:
            return 0
        before = self._marked.get(standing.subject)
        return None if before is None else before - standing.rank


def _moving(before: BoardView | None, view: BoardView, mono_s: float) -> BoardView:
    """The view with its former order, if the order has changed."""
    if before is None or before.subtitle != view.subtitle or not any(row.share for row in before.rows):
        return view
    was = tuple(row.subject for row in before.rows)
    if was == tuple(row.subject for row in view.rows):
        # Nobody moved now; a movement on its way goes on.
        return replace(view, was=before.was, moved_at_s=before.moved_at_s)
    return replace(view, was=was, moved_at_s=mono_s)
