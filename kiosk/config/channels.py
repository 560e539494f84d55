"""The channels section: slots, each a screen with its options."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import Field

from kiosk.config.assets import picture
from kiosk.config.fields import FilePath, FilledText, Id, LocalDate, Text, Window, duration, whole, word_of
from kiosk.config.organisation import Day
from kiosk.config.people import Ids
from kiosk.config.problem import Place, Report
from kiosk.config.section import Item, Strict
from kiosk.config.type_table import CUSTOM_LATER
from kiosk.config.wording import did_you_mean, quoted
from kiosk.domain.rules import Kind, Unit
from kiosk.show.playlist import Channel, Hours, Slot

Measures = Mapping[str, Mapping[str, str]]
"""Names by id, of `metric` and of `flow`; empty where the rules can't be read."""


class HoursModel(Strict):
    """When a slot takes part."""

    start: LocalDate | None = Field(default=None, alias="from")
    end: LocalDate | None = Field(default=None, alias="to")
    weekdays: Annotated[tuple[Day, ...], Field(min_length=1)] | None = None
    between: Window | None = None

    def build(self, place: Place, report: Report) -> Hours:
        """The show's value."""
        if self.start and self.end and self.end <= self.start:
            report.error((*place, "to"), "must be after from: the slot is never shown")
        days = None if self.weekdays is None else frozenset(self.weekdays)
        return Hours(self.start, self.end, days, self.between)


class SlotModel(Strict):
    """The keys that every slot has."""

    id: Id | None = None
    dwell_s: Annotated[float, duration(2, 86400)] = 20
    hours: HoursModel | None = None


class LeaderboardModel(SlotModel):
    """A slot that ranks everybody."""

    screen: Literal["leaderboard"]
    metric: Id | None = None
    flow: Id | None = None
    period: Annotated[Unit, word_of(Unit, {"custom": CUSTOM_LATER})] = Unit.WEEK
    subject: Annotated[Kind, word_of(Kind, {"company": "the company alone can't be ranked: player or team"})] = (
        Kind.PLAYER
    )
    title: Text = ""
    per_page: Annotated[int, whole(3, 12)] = 8
    top: Annotated[int | None, whole(1, 1000)] = None

    def options(self, place: Place, folder: Path, measures: Measures, report: Report) -> dict[str, Any]:  # noqa: ARG002
        """The screen's options, its measure known."""
        named = {kind: value for kind, value in (("metric", self.metric), ("flow", self.flow)) if value is not None}
        if len(named) != 1:
            say = "needs a metric or a flow" if not named else "shows a metric or a flow, not both"
            report.error(place, f"a leaderboard {say}")
            return {}
        ((kind, measure),) = named.items()
        known = measures.get(kind, {})
        if measures and measure not in known:
            report.error((*place, kind), f"no {kind} {quoted(measure)}{did_you_mean(measure, known)}")
        return {
            "measure": measure,
            "period": self.period,
            "subject": self.subject,
            "title": self.title or known.get(measure, ""),
            "per_page": self.per_page,
            "top": self.top,
        }


class AnnouncementModel(SlotModel):
    """A slot with a notice."""

    screen: Literal["announcement"]
    title: FilledText
    text: Text = ""
    picture: FilePath | None = None

    def options(self, place: Place, folder: Path, measures: Measures, report: Report) -> dict[str, Any]:  # noqa: ARG002
        """The screen's options, the picture's path absolute."""
        shown = picture(self.picture, folder, (*place, "picture"), report)
        return {"title": self.title, "text": self.text, "picture": shown}


class ClockModel(SlotModel):
    """A slot with the time."""

    screen: Literal["clock"]
    title: Text = ""

    def options(self, place: Place, folder: Path, measures: Measures, report: Report) -> dict[str, Any]:  # noqa: ARG002
        """The screen's options."""
        return {"title": self.title}


AnySlot = LeaderboardModel | AnnouncementModel | ClockModel


class ChannelModel(Strict):
    """One of `channels:`."""

    id: Id
    name: FilledText | None = None
    slots: tuple[Annotated[AnySlot, Field(discriminator="screen")], ...]


def build_channels(
    items: tuple[Item[ChannelModel], ...], folder: Path, measures: Measures, report: Report
) -> tuple[Channel, ...]:
    """The channels as listed; slot ids are unique on the display and default to `CHANNEL-N`."""
    ids = Ids(report)
    slot_lines: dict[str, int] = {}
    channels = []
    for item in items:
        model = item.value
        ids.take(item, model.id)
        if not model.slots and "slots" not in item.broken:
            report.error(item.at("slots"), "needs at least one slot")
        slots = []
        for i, slot in enumerate(model.slots):
            place = item.at("slots", i)
            slot_id = slot.id or f"{model.id}-{i + 1}"
            first = slot_lines.setdefault(slot_id, report.line(place))
            if first != report.line(place):
                report.error((*place, "id"), f"the id {quoted(slot_id)} stands twice, first in line {first}")
            slots.append(
                Slot(
                    id=slot_id,
                    screen=slot.screen,
                    dwell_s=slot.dwell_s,
                    options=MappingProxyType(slot.options(place, folder, measures, report)),
                    hours=slot.hours.build((*place, "hours"), report) if slot.hours else None,
                )
            )
        channels.append(Channel(model.id, model.name or model.id, tuple(slots)))
    return tuple(channels)


def default_channels(metrics: Mapping[str, str]) -> tuple[Channel, ...]:
    """What a display without `channels` plays: each metric's week and month, then a clock."""
    boards = (
        Slot(
            id=f"main-{metric}-{period}",
            screen="leaderboard",
            options=MappingProxyType(
                {
                    "measure": metric,
                    "period": period,
                    "subject": Kind.PLAYER,
                    "title": name,
                    "per_page": 8,
                    "top": None,
                }
            ),
        )
        for metric, name in metrics.items()
        for period in (Unit.WEEK, Unit.MONTH)
    )
    clock = Slot(id="main-clock", screen="clock", options=MappingProxyType({"title": ""}))
    return (Channel("main", "Main", (*boards, clock)),)
