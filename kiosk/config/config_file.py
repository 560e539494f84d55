"""A whole config file, checked together with the rules file that it names."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, Field

from kiosk.config.assets import resolved
from kiosk.config.channels import ChannelModel, build_channels, default_channels
from kiosk.config.document import Document, open_document
from kiosk.config.fields import (
    DayTime,
    FilePath,
    FilledText,
    Flag,
    Id,
    duration,
    filled_text,
    number,
    said,
    whole,
    within,
    word_of,
)
from kiosk.config.problem import Problem
from kiosk.config.rules_file import ReadRules, read_rules
from kiosk.config.section import Sections, Strict
from kiosk.config.settings import Config, DisplaySettings, SoundSettings
from kiosk.config.wording import did_you_mean, quoted
from kiosk.domain.rules import Status
from kiosk.show.playlist import Channel
from kiosk.show.quiet import QuietMode, QuietSpan
from kiosk.show.settings import AfterInterrupt, ShowSettings, Transition

M = TypeVar("M", bound=Strict)
_SIZE = re.compile(r"([0-9]{3,5})\s*[x×]\s*([0-9]{3,5})")


def _window(value: Any) -> tuple[int, int] | None:
    read = filled_text(value)
    if read == "fullscreen":
        return None
    match = _SIZE.fullmatch(read)
    if not match or not all(160 <= int(side) <= 7680 for side in match.groups()):
        raise said(f"must be fullscreen, or a size such as 1280x720, not {quoted(read)}")
    return int(match[1]), int(match[2])


def _rotation(value: Any) -> int:
    degrees = number(value)
    if degrees not in {0, 90, 180, 270}:
        raise said(f"must be 0, 90, 180 or 270 degrees clockwise, not {degrees}")
    return int(degrees)


class DisplayModel(Strict):
    """`display:`, the window."""

    window: Annotated[tuple[int, int] | None, BeforeValidator(_window)] = None
    rotation: Annotated[Literal[0, 90, 180, 270], BeforeValidator(_rotation)] = 0
    overscan: Annotated[float, within(0, 15)] = 0
    theme: Annotated[Literal["dark", "light"], word_of(("dark", "light"))] = "dark"
    reduced_motion: Flag = False
    fps: Annotated[int, whole(10, 120)] = 60

    def build(self) -> DisplaySettings:
        """The kiosk's value."""
        return DisplaySettings(
            size=self.window,
            rotation=self.rotation,
            overscan=float(self.overscan),
            theme=self.theme,
            reduced_motion=self.reduced_motion,
            fps=self.fps,
        )


class SoundModel(Strict):
    """`sound:`, the loudspeakers."""

    enabled: Flag = True
    volume: Annotated[int, whole(0, 100)] = 80
    device: FilledText | None = None

    def build(self) -> SoundSettings:
        """The kiosk's value."""
        return SoundSettings(self.enabled, self.volume, self.device)


class ShowModel(Strict):
    """`show:`, how celebrations and pages take turns."""

    after_interrupt: Annotated[AfterInterrupt, word_of(AfterInterrupt)] = AfterInterrupt.NEXT
    gap_s: Annotated[float, duration(0, 3600)] = 5
    interrupt_share: Annotated[float, within(0, 1)] = 0.5
    merge_over: Annotated[int, whole(1, 1000)] = 3
    celebrations_per_pass: Annotated[int, whole(0, 100)] = 5
    interrupt_within: Annotated[float, duration()] = 900
    sync: Flag = False
    transition: Annotated[Transition, word_of(Transition)] = Transition.FADE
    transition_s: Annotated[float, duration(0, 5)] = 0.4

    def build(self) -> ShowSettings:
        """The show's value."""
        return ShowSettings(
            after_interrupt=self.after_interrupt,
            gap_s=self.gap_s,
            interrupt_share=self.interrupt_share,
            merge_over=self.merge_over,
            celebrations_per_pass=self.celebrations_per_pass,
            interrupt_within_s=self.interrupt_within,
            sync=self.sync,
            transition=self.transition,
            transition_s=self.transition_s,
        )


class QuietModel(Strict):
    """One of `quiet_hours:`."""

    start: DayTime = Field(alias="from")
    end: DayTime = Field(alias="to")
    mode: Annotated[Literal["mute", "hold"], word_of(("mute", "hold"))] = "mute"


class ClockModel(Strict):
    """`clock:`, whether this computer's time is believed."""

    trust: Annotated[Literal["auto", "always"], word_of(("auto", "always"))] = "auto"


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
    """Read what a document holds, and the rules file that it names."""
    report = document.report()
    folder = path.absolute().parent
    sections = Sections(document.tree if document.tree is not None else {}, ConfigModel, report)
    named = sections.value("rules", FilePath, "")
    rules, rules_problems = _read_rules(named, path) if named else (None, ())
    channels, defined = _channels(sections, rules, folder)
    played = _played(sections, channels, defined)
    if rules is not None:
        _check_channels(rules, defined, played)
        rules_problems = (*rules_problems, *rules.report.problems)
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
    return ReadConfig(config, rules, (*report.problems, *rules_problems))


def default_state() -> Path:
    """Where the journal lives if the config doesn't say: never relative to where the kiosk was started."""
    written = os.environ.get("XDG_STATE_HOME", "")
    base = written if os.path.isabs(written) else os.path.expanduser("~/.local/state")  # noqa: PTH117,PTH111
    return Path(base) / "achievement-kiosk"


def _read_rules(named: str, config: Path) -> tuple[ReadRules | None, tuple[Problem, ...]]:
    """The rules file as the config names it, and what is wrong with its YAML."""
    path = resolved(named, config.absolute().parent)
    document = open_document(path, str(path if named.startswith(("/", "~")) else config.parent / named))
    return read_rules(document, path) if document.tree is not None else None, document.problems


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
            sections.report.error(("play", i), f"no channel {quoted(each)}{did_you_mean(each, defined)}")
        if each in play[:i]:
            sections.report.error(("play", i), f"{quoted(each)} is played already")
    by_id = {channel.id: channel for channel in channels}
    return tuple(by_id[each] for each in play if each in by_id)


def _check_channels(rules: ReadRules, defined: tuple[str, ...], played: tuple[Channel, ...]) -> None:
    """Tell celebrations of unknown channels, and warn of those that this display never shows."""
    for place, channel in rules.channels:
        if channel not in defined:
            rules.report.error(place, f"no channel {quoted(channel)}{did_you_mean(channel, defined)}")
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
        hours.append(QuietSpan(item.value.start, item.value.end, QuietMode(item.value.mode)))
    return tuple(hours)
