"""`kiosk run`: the kiosk of this TV."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from kiosk.app.display import Display
from kiosk.app.problem import show_problems
from kiosk.clock import Clock
from kiosk.config.load import ConfigError, load_config
from kiosk.config.settings import RulesFile
from kiosk.config.source import CsvSource, JsonlSource
from kiosk.device.timesync import is_set
from kiosk.feed.file import read_file
from kiosk.feed.reading import Deliver, Feed
from kiosk.refusal import Refusal


def run(
    path: Path,
    *,
    window: tuple[int, int] | None = None,
    seconds: float | None = None,
    speed: float | None = None,
    start: datetime | None = None,
) -> int:
    """Show the channels of this config until somebody leaves, or for `seconds`; returns the exit code.

    With `speed` its dated files are replayed as if they happened live, from `start` (default: the first record),
    that many times as fast, with a journal in memory: a rehearsal leaves no trace.

    A config that can't be read is shown on the screen, with file and line, until it is mended.

    Raises:
        Refusal: there is no screen, or nothing to replay.
    """
    try:
        config, rules = load_config(path)
    except ConfigError as error:
        return show_problems(path, error, window=window, seconds=seconds)
    if speed is None and start is None:
        clock, journal = Clock(trusted=config.trust_clock == "always" or is_set()), config.state / "journal.sqlite"
    else:
        clock, journal = Clock(_begin(start, rules), speed or 1.0), None

    # How late a celebration may be is meant for people, in real seconds, however fast the wall runs.
    show = replace(config.show, interrupt_within_s=config.show.interrupt_within_s * clock.speed)
    config = replace(config, show=show)

    def make_feeds(deliver: Deliver) -> tuple[Feed, ...]:
        from kiosk.feed.make import make_feed  # noqa: PLC0415 - after the first picture

        return tuple(make_feed(source, rules.rules.organisation, deliver, clock) for source in rules.sources)

    Display(config, rules, clock, journal, make_feeds).run(window=window, seconds=seconds)
    return 0


def _begin(start: datetime | None, rules: RulesFile) -> datetime:
    """Where a replay begins: as asked, in the organisation's zone if it names none, or with the first record."""
    organisation = rules.rules.organisation
    if start is not None:
        return start if start.tzinfo else start.replace(tzinfo=organisation.timezone)
    files = [source for source in rules.sources if isinstance(source, CsvSource | JsonlSource)]
    times = [record.occurred_at for source in files for record in read_file(source, organisation)[0].records]
    if not times:
        raise Refusal(f"{rules.path} has no dated records to replay: --from TIME says where to begin")
    return min(times)
