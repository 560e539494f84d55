"""`kiosk demo`: a built-in organisation that wins something about every 20 seconds."""

from __future__ import annotations

from pathlib import Path

from kiosk.app.display import Display
from kiosk.assets import asset
from kiosk.clock import Clock
from kiosk.config.load import load_config
from kiosk.config.settings import Config, RulesFile
from kiosk.feed.make import make_feed
from kiosk.feed.reading import Deliver, Feed
from kiosk.feed.scripted import ScriptedFeed


def demo_files() -> tuple[Config, RulesFile]:
    """The demo's config and rules, as shipped."""
    return load_config(asset("demo/config.yaml"))


def demo(*, window: tuple[int, int] | None, speed: float, seconds: float | None) -> int:
    """Show the demo until somebody leaves, or for `seconds`; returns the exit code.

    Raises:
        Refusal: there is no screen.
    """
    config, rules = demo_files()
    clock = Clock()
    journal: Path | None = None

    def make_feeds(deliver: Deliver) -> tuple[Feed, ...]:
        rosters = (make_feed(source, rules.rules.organisation, deliver) for source in rules.sources)
        today = clock.wall().astimezone(rules.rules.organisation.timezone)
        return *rosters, ScriptedFeed(today, deliver, clock, speed=speed)

    Display(config, rules, clock, journal, make_feeds).run(window=window, seconds=seconds)
    return 0
