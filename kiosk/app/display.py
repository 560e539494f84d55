"""One display: wires evaluator, feeds, show, screens, painter and sound, and runs the loop until it ends."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from kiosk.app import messages
from kiosk.app.boards import Boards
from kiosk.app.evaluator import Evaluator
from kiosk.app.loop import Loop
from kiosk.app.stage import Stage
from kiosk.canvas.painter import Painter
from kiosk.canvas.window import Window
from kiosk.clock import Clock
from kiosk.config.settings import Config, RulesFile
from kiosk.device.timesync import is_set
from kiosk.device.watchdog import Watchdog
from kiosk.feed.reading import Deliver, Feed, FeedFault
from kiosk.scene.theme import theme
from kiosk.show.now import Now
from kiosk.show.program import begin
from kiosk.sound.mixer import make_sound

log = logging.getLogger(__name__)

TIME_POLL_S = 1.0
"""An unset clock is looked at so often."""


@dataclass(frozen=True, slots=True)
class Display:
    """What one display is made of.

    Attributes:
        journal: its SQLite file; None for one in memory.
        make_feeds: called after the first picture, so that what feeds import does not delay it.
    """

    config: Config
    rules: RulesFile
    clock: Clock
    journal: Path | None
    make_feeds: Callable[[Deliver], tuple[Feed, ...]]

    def run(self, *, window: tuple[int, int] | None, seconds: float | None) -> None:
        """Show until somebody leaves, or for `seconds`.

        Raises:
            NoScreen: there is no screen to show on.
        """
        config = self.config
        screen = Window(window or config.display.size, "achievement-kiosk")
        try:
            self._run(screen, seconds)
        finally:
            screen.close()

    def _run(self, screen: Window, seconds: float | None) -> None:
        config, rules = self.config, self.rules.rules
        inbox: SimpleQueue[messages.Message] = SimpleQueue()
        boards = Boards(rules, config.channels)

        def post(message: messages.Message) -> None:
            # On the evaluator's thread: words are made there, so that the render thread only draws.
            if isinstance(message, messages.Standings):
                message = boards.views(message, self.clock.mono_ns() / 1e9)
            inbox.put(message)

        evaluator = Evaluator(self.rules, self.journal, boards.keys, self.clock, post)
        sound = make_sound(config.sound)
        feeds: list[Feed] = []
        ended = threading.Event()

        def first_picture() -> None:
            evaluator.start()
            try:
                feeds.extend(self.make_feeds(evaluator.deliver))
            except Exception:
                # Such as a library that is missing: the boards that the journal has are still worth showing.
                log.exception("the feeds can't be made")
                evaluator.deliver(FeedFault("feeds", ("No source is read: the log says why.",), lost=True))
            for feed in feeds:
                feed.start()
            if not self.clock.trusted:
                threading.Thread(target=wait_for_time, name="time", daemon=True).start()

        def wait_for_time() -> None:
            while not is_set():
                if ended.wait(TIME_POLL_S):
                    return
            self.clock.trusted = True
            inbox.put(messages.ClockSet())

        now = Now(self.clock.mono_ns(), self.clock.wall(), self.clock.trusted)
        loop = Loop(
            window=screen,
            painter=Painter(screen.surface, rotation=config.display.rotation, overscan=config.display.overscan),
            sound=sound,
            stage=Stage(rules.organisation, config.channels, theme(config.display.theme), config.stale_after_s),
            show=begin(config.show, config.channels, config.quiet_hours, rules.organisation.timezone, now),
            settings=config.show,
            clock=self.clock,
            inbox=inbox,
            commit=evaluator.commit,
            watchdog=Watchdog.of_environment(),
            first_picture=first_picture,
            fps=config.display.fps,
            reduced_motion=config.display.reduced_motion,
        )
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: loop.leave())
        try:
            loop.run(None if seconds is None else self.clock.mono_ns() + int(seconds * 1e9))
        finally:
            ended.set()
            for feed in feeds:
                feed.leave()  # all of them first, so that those that hang do so at the same time
            for feed in feeds:
                feed.stop()
            evaluator.stop()
            sound.close()
