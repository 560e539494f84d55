"""A whole config file, checked together with the rules file that it names."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeVar

from kiosk.config.assets import resolved
from kiosk.config.channels import ChannelModel, build_channels, default_channels
from kiosk.config.display_model import ClockModel, DisplayModel, QuietModel, ShowModel, SoundModel
from kiosk.config.document import Document, open_document
from kiosk.config.fields import FilePath, Id
from kiosk.config.problem import Problem
from kiosk.config.rules_file import ReadRules, read_rules
from kiosk.config.section import Sections, Strict
from kiosk.config.settings import Config
from kiosk.config.times import duration
from kiosk.config.wording import quoted
from kiosk.domain.rules import Status
from kiosk.show.playlist import Channel
from kiosk.show.quiet import QuietSpan

M = TypeVar("M", bound=Strict)

Stale = Annotated[float, duration(10)]


class ConfigModel(Strict):
    """The top level of a config file."""

    rules: FilePath
    state: FilePath | None = None
    channels: tuple[ChannelModel, ...] = ()
    play: tuple[Id, ...] = ()
    display: DisplayModel = DisplayModel()
    sound: SoundModel = SoundModel()
    show: ShowModel = ShowModel()
    quiet_hours: tuple[QuietModel, ...] = ()
    stale_after: Stale = 600
    clock: ClockModel = ClockModel()


@dataclass(frozen=True, slots=True)
class ReadConfig:
    """A config file as far as it could be read; usable only if no problem is an error."""

    value: Config
    rules: ReadRules | None
    problems: tuple[Problem, ...]


def read_config(document: Document, path: Path) -> ReadConfig:
    """Read what a document that has a tree holds, and the rules file that it names."""
    assert document.tree is not None
    report = document.report()
    folder = path.absolute().parent
    sections = Sections(document.tree, ConfigModel, report)
    named = sections.value("rules", FilePath, "")
    rules, unreadable = _read_rules(named, path) if named else (None, ())
    channels, defined = _channels(sections, rules, folder)
    played = _played(sections, channels, defined)
    if rules is not None:
        _check_channels(rules, defined, played)
    state = sections.value("state", FilePath, "")
    config = Config(
        path=path,
        rules=resolved(named, folder),
        state=resolved(state, folder) if state else default_state(),
        channels=played,
        display=_section(sections, "display", DisplayModel).build(),
        sound=_section(sections, "sound", SoundModel).build(),
        show=_section(sections, "show", ShowModel).build(),
        quiet_hours=_quiet_hours(sections),
        stale_after_s=sections.value("stale_after", Stale, 600.0),
        trust_clock=_section(sections, "clock", ClockModel).trust,
    )
    return ReadConfig(config, rules, (*report.problems, *(rules.problems if rules else unreadable)))


def default_state() -> Path:
    """Where the journal lives if the config doesn't say: never relative to where the kiosk was started."""
    written = os.environ.get("XDG_STATE_HOME", "")
    base = written if os.path.isabs(written) else os.path.expanduser("~/.local/state")  # noqa: PTH117,PTH111
    return Path(base) / "achievement-kiosk"


def _read_rules(named: str, config: Path) -> tuple[ReadRules | None, tuple[Problem, ...]]:
    """The rules file as the config names it, or why it can't be read."""
    path = resolved(named, config.absolute().parent)
    document = open_document(path, str(path if named.startswith(("/", "~")) else config.parent / named))
    return (None, document.problems) if document.tree is None else (read_rules(document, path), ())


def _section(sections: Sections, key: str, kind: type[M]) -> M:
    item = sections.one(key, kind)
    return item.value if item else kind()


def _channels(sections: Sections, rules: ReadRules | None, folder: Path) -> tuple[tuple[Channel, ...], tuple[str, ...]]:
    """The channels, and all ids of channels, those included that couldn't be read."""
    if not sections.has("channels"):
        channels = default_channels(rules.measures["metric"] if rules else {})
        return channels, tuple(channel.id for channel in channels)
    channels = build_channels(sections, folder, rules.measures if rules else {})
    return channels, sections.named("channels")


def _played(sections: Sections, channels: tuple[Channel, ...], defined: tuple[str, ...]) -> tuple[Channel, ...]:
    """The channels that `play` names, in its order; without it, all."""
    if not sections.has("play"):
        return channels
    play: tuple[str, ...] = sections.value("play", tuple[Id, ...], ())
    for i, each in enumerate(play):
        if each not in defined:
            sections.report.error(("play", i), f"no channel {quoted(each)}{sections.report.meant(each, defined)}")
        if each in play[:i]:
            sections.report.error(("play", i), f"{quoted(each)} is played already")
    by_id = {channel.id: channel for channel in channels}
    return tuple(by_id[each] for each in play if each in by_id)


def _check_channels(rules: ReadRules, defined: tuple[str, ...], played: tuple[Channel, ...]) -> None:
    """Tell celebrations of unknown channels, and warn of those that this display never shows."""
    for place, channel in rules.channels:
        if channel not in defined:
            rules.report.error(place, f"no channel {quoted(channel)}{rules.report.meant(channel, defined)}")
    playing = {channel.id for channel in played}
    for achievement in rules.value.rules.achievements:
        design = rules.value.designs[achievement.id]
        if achievement.status is not Status.PUBLISHED or not design.screen or not design.channels:
            continue
        if not playing & set(design.channels):
            named = ", ".join(design.channels)
            rules.report.warn(
                rules.achievements[achievement.id],
                f"{quoted(achievement.id)} is never shown here: this display plays none of its channels ({named})",
            )


def _quiet_hours(sections: Sections) -> tuple[QuietSpan, ...]:
    hours = []
    for item in sections.items("quiet_hours", QuietModel):
        if item.value.start == item.value.end:
            sections.report.error(item.at("to"), "is the same as from")
        hours.append(QuietSpan(item.value.start, item.value.end, item.value.mode))
    return tuple(hours)
