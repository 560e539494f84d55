"""The channels section: slots, each a screen with its options."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from kiosk.config.assets import picture
from kiosk.config.fields import FilePath, FilledText, Id, Text, Unread, filled_list, whole, word_of
from kiosk.config.organisation import Day
from kiosk.config.people import Ids
from kiosk.config.problem import Place, Report
from kiosk.config.section import Item, Sections, Strict
from kiosk.config.times import LocalDate, Window, duration
from kiosk.config.type_table import CUSTOM_LATER
from kiosk.config.wording import quoted
from kiosk.domain.rules import Kind, Unit
from kiosk.show.playlist import Channel, Hours, Slot

Measures = Mapping[str, Mapping[str, str]]
"""Names by id, of `metric` and of `flow`; empty where the rules can't be read."""


class HoursModel(Strict):
    """When a slot takes part."""

    start: LocalDate | None = Field(default=None, alias="from")
    end: LocalDate | None = Field(default=None, alias="to")
    weekdays: Annotated[tuple[Day, ...], BeforeValidator(filled_list)] | None = None
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

    def options(self, item: Item[Any], folder: Path, measures: Measures, report: Report) -> dict[str, Any]:  # noqa: ARG002
        """The screen's options, its measure known."""
        named = {kind: value for kind, value in (("metric", self.metric), ("flow", self.flow)) if value is not None}
        if not named and not item.broken.isdisjoint(("metric", "flow")):
            return {}  # told already
        if len(named) != 1:
            say = "needs a metric or a flow" if not named else "shows a metric or a flow, not both"
            report.error(item.place, f"a leaderboard {say}")
            return {}
        ((kind, measure),) = named.items()
        known = measures.get(kind, {})
        if measures and measure not in known:
            report.error(item.at(kind), f"no {kind} {quoted(measure)}{report.meant(measure, known)}")
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

    def options(self, item: Item[Any], folder: Path, measures: Measures, report: Report) -> dict[str, Any]:  # noqa: ARG002
        """The screen's options, the picture's path absolute."""
        shown = picture(self.picture, folder, item.at("picture"), report)
        return {"title": self.title, "text": self.text, "picture": shown}


class ClockModel(SlotModel):
    """A slot with the time."""

    screen: Literal["clock"]
    title: Text = ""

    def options(self, item: Item[Any], folder: Path, measures: Measures, report: Report) -> dict[str, Any]:  # noqa: ARG002
        """The screen's options."""
        return {"title": self.title}


AnySlot = Annotated[LeaderboardModel | AnnouncementModel | ClockModel, Field(discriminator="screen")]
"""One of a channel's `slots:`."""


class ChannelModel(Strict):
    """One of `channels:`."""

    id: Id
    name: FilledText | None = None
    slots: Unread


def build_channels(sections: Sections, folder: Path, measures: Measures) -> tuple[Channel, ...]:
    """The channels as listed; slot ids are unique on the display and default to `CHANNEL-N`."""
    report = sections.report
    ids = Ids(report)
    slot_places: dict[str, Place] = {}
    channels = []
    items: tuple[Item[ChannelModel], ...] = sections.items("channels", ChannelModel)
    for item in items:
        model = item.value
        ids.take(item, model.id)
        if not model.slots and "slots" not in item.broken:
            report.error(item.at("slots"), "needs at least one slot")
        slots = []
        for inner in sections.inner(item.at("slots"), model.slots, AnySlot):
            slot, place = inner.value, inner.place
            slot_id = slot.id or f"{model.id}-{int(place[-1]) + 1}"
            first = slot_places.setdefault(slot_id, place)
            if first != place:
                line = report.line(first)
                report.error(inner.at("id"), f"the id {quoted(slot_id)} stands twice, first in line {line}")
            slots.append(
                Slot(
                    id=slot_id,
                    screen=slot.screen,
                    dwell_s=slot.dwell_s,
                    options=MappingProxyType(slot.options(inner, folder, measures, report)),
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
