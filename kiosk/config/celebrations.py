"""The design of each achievement's celebration: its own fields over a named, reusable one's."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from kiosk.config.assets import background, badge, sound
from kiosk.config.fields import FilePath, FilledText, Flag, Id, Text, whole, word_of
from kiosk.config.problem import Place, Report
from kiosk.config.section import Item, Strict
from kiosk.config.times import duration
from kiosk.config.wording import quoted
from kiosk.show import tags
from kiosk.show.design import Design, Interrupt

ANIMATIONS = ("none", "confetti")
_TAGGED = ("title", "message", "description", "motivation")


class DesignModel(Strict):
    """What a celebration looks and sounds like; every key may be left out."""

    message: Text = ""
    badge: FilePath = ""
    motivation: Text = ""
    animation: Annotated[str, word_of(ANIMATIONS)] = ""
    background: FilePath = ""
    sound: FilePath = ""
    first_show_s: Annotated[float, duration(1, 3600)] = 0
    show_s: Annotated[float, duration(1, 3600)] = 0
    lifetime: Annotated[float, duration(0, 366 * 86400)] = 0
    channels: tuple[Id, ...] = ()
    interrupt: Annotated[Interrupt, word_of(Interrupt)] = Interrupt.NOW
    priority: Annotated[int, whole(-1000, 1000)] = 0
    critical: Flag = False
    screen: Flag = True


class CelebrationModel(DesignModel):
    """One of `celebrations:`, a design that achievements name."""

    id: Id
    title: FilledText = ""
    description: Text = ""


_EXISTING = f": there are {', '.join('{' + name + '}' for name in tags.KNOWN)}"
DESIGN_KEYS = tuple(DesignModel.model_fields)
_RENAMED = {"lifetime": "lifetime_s"}


def design_fields(model: DesignModel, item: Item[Any], folder: Path, report: Report) -> dict[str, Any]:
    """The fields of `Design` that the model sets, checked."""
    fields: dict[str, Any] = {}
    for name in (*DESIGN_KEYS, *(("title", "description") if isinstance(model, CelebrationModel) else ())):
        if name not in model.model_fields_set:
            continue
        value = getattr(model, name)
        place = item.at(name)
        match name:
            case "badge":
                value = badge(value, folder, place, report)
            case "background":
                value = background(value, folder, place, report)
            case "sound":
                value = sound(value, folder, place, report)
        if name in _TAGGED:
            check_tags(value, place, report)
        fields[_RENAMED.get(name, name)] = value
    return fields


def check_tags(text: str, place: Place, report: Report) -> None:
    """Tell each unknown tag of a text with the nearest known one."""
    for unknown, near in tags.unknown(text):
        meant = f", did you mean {quoted('{' + near + '}')}?" if near else _EXISTING
        report.error(place, f"unknown tag {quoted('{' + unknown + '}')}{meant}")


class Designs:
    """The reusable designs, by id."""

    def __init__(
        self, items: tuple[Item[CelebrationModel], ...], named: tuple[str, ...], folder: Path, report: Report
    ) -> None:
        self._named = named
        self._folder = folder
        self._report = report
        self._fields = {item.value.id: design_fields(item.value, item, folder, report) for item in items}

    def design(self, model: DesignModel, named: str | None, title: str, description: str, item: Item[Any]) -> Design:
        """An achievement's design. A title or description of the named celebration stands before the achievement's."""
        base: dict[str, Any] = {}
        if named is not None:
            if named not in self._named:
                self._report.error(
                    item.at("celebration"), f"no celebration {quoted(named)}{self._report.meant(named, self._named)}"
                )
            base = self._fields.get(named, {})
        own = design_fields(model, item, self._folder, self._report)
        return Design(**{"title": title, "description": description, **base, **own})
