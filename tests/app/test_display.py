"""One display, wired up."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import replace

import pytest

from kiosk.app.demo import demo_files
from kiosk.app.display import Display
from kiosk.clock import Clock
from kiosk.config.settings import SoundSettings
from kiosk.feed.reading import Deliver, Feed


@pytest.fixture(autouse=True)
def signals() -> Iterator[None]:
    """A display takes them over; pytest needs them back."""
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_kiosk_whose_feeds_cannot_be_made_still_shows_what_it_has(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def make_feeds(deliver: Deliver) -> tuple[Feed, ...]:
        raise ModuleNotFoundError("No module named 'requests'")

    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    config, rules = demo_files()
    silent = replace(config, sound=SoundSettings(enabled=False))
    Display(silent, rules, Clock(), None, make_feeds).run(window=(320, 180), seconds=0.2)
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [
        "the feeds can't be made"
    ]
