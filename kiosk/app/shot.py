"""`kiosk shot`: a screen into a PNG, painted by the very code that paints the TV."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from kiosk.app import messages
from kiosk.app.boards import Boards
from kiosk.app.celebrate import Celebrations
from kiosk.app.demo import demo_files
from kiosk.app.history import FaultPrinter, facts, instant, people, records
from kiosk.app.stage import Stage
from kiosk.canvas.png import png
from kiosk.clock import Clock
from kiosk.config.load import load_config
from kiosk.config.settings import Config, RulesFile
from kiosk.domain.calendar import Calendar
from kiosk.domain.engine import Engine
from kiosk.domain.fact import RecordPut
from kiosk.domain.record import Record
from kiosk.domain.rules import Unit
from kiosk.domain.unlock import Unlock
from kiosk.feed.script import history
from kiosk.refusal import Refusal
from kiosk.scene.moment import Moment
from kiosk.scene.theme import THEMES, theme
from kiosk.screens.registry import SCREENS
from kiosk.show.celebration import Celebration
from kiosk.show.cue import Cue, Reason
from kiosk.show.playlist import Slot

SECOND_NS = 1_000_000_000


def shot(
    screen: str,
    output: Path,
    *,
    config: Path | None,
    at_s: float,
    size: tuple[int, int],
    date: datetime | None,
    theme_name: str | None,
) -> int:
    """Paint a screen into `output`; returns the exit code.

    Args:
        screen: a screen's name, or the id of a slot of the config.
        output: the PNG's path.
        config: whose channels and sources to show; None for the demo's.
        at_s: seconds that it has been on.
        size: in px.
        date: the wall time; None for now.
        theme_name: None for the config's.

    Raises:
        Refusal: the config can't be read, or has nothing of this kind to show.
    """
    settings, rules = demo_files() if config is None else load_config(config)
    chosen = theme_name or settings.display.theme
    if chosen not in THEMES:
        raise Refusal(f"there is no theme {chosen!r}: there are {', '.join(THEMES)}")
    zone = rules.rules.organisation.timezone
    wall = Clock().wall() if date is None else instant(date, zone)
    past = _Past(settings, rules, wall, is_demo=config is None)
    stage = Stage(rules.rules.organisation, settings.channels, theme(chosen))
    stage.ready()
    for told in past.boards():
        stage.show_boards(told.views)
    cue = _cue(screen, settings, past)
    moment = Moment(
        elapsed_s=at_s,
        duration_s=((cue.until_ns or 0) - cue.began_ns) / SECOND_NS,
        mono_s=at_s,
        local=wall.astimezone(zone),
        seed=1,
        reduced_motion=settings.display.reduced_motion,
    )
    try:
        png(stage.scene(cue, moment), size, output)
    except OSError as error:
        raise Refusal(f"{output} can't be written: {error.strerror or error}") from None
    return 0


class _Past:
    """What the sources say happened until `wall`: the boards as they stood, and who earned something last."""

    def __init__(self, settings: Config, rules: RulesFile, wall: datetime, *, is_demo: bool) -> None:
        self._boards = Boards(rules.rules, settings.channels)
        self._celebrations = Celebrations(rules)
        self._engine = Engine(rules.rules, self._boards.keys)
        self._wall = wall
        printer = FaultPrinter(sys.stderr)
        for fact in people(rules, printer):
            self._engine.apply(fact)
        zone = rules.rules.organisation.timezone
        found = history(wall.astimezone(zone)) if is_demo else records(rules, printer)
        self._found = sorted((record for record in found if record.occurred_at <= wall), key=lambda r: r.occurred_at)
        self._today = Calendar(rules.rules.organisation).period_of(Unit.DAY, wall).start_at
        self._last: tuple[Unlock, Record | None] | None = None

    def boards(self) -> Iterator[messages.Boards]:
        """Every board as it stood at the end of yesterday, and then as it stands: so arrows have what to compare."""
        before = [record for record in self._found if record.occurred_at < self._today]
        self._apply(before, self._today)
        last_instant = self._today.astimezone(UTC) - datetime.resolution
        yield from self._stand(last_instant)
        self._apply(self._found[len(before) :], self._wall)
        yield from self._stand(self._wall)

    def last_celebration(self) -> Celebration | None:
        """The latest unlock that is celebrated."""
        if self._last is None:
            return None
        unlock, record = self._last
        return self._celebrations.of(unlock, record, self._engine, unlock.at)

    def _apply(self, found: list[Record], end: datetime) -> None:
        for fact in facts(self._engine, found, end):
            record = fact.record if isinstance(fact, RecordPut) else None
            for outcome in self._engine.apply(fact):
                if isinstance(outcome, Unlock) and self._celebrations.of(outcome, record, self._engine, outcome.at):
                    self._last = outcome, record

    def _stand(self, at: datetime) -> Iterator[messages.Boards]:
        for key in self._boards.keys:
            yield self._boards.views(messages.Standings(key, at, self._engine.standings(key, at)), mono_s=-60)


def _cue(screen: str, settings: Config, past: _Past) -> Cue:
    slots = [slot for channel in settings.channels for slot in channel.slots]
    if screen == "celebration":
        celebration = past.last_celebration()
        if celebration is None:
            raise Refusal("nobody has earned anything until then that could be celebrated")
        until_ns = int(celebration.first_show_s * SECOND_NS)
        return Cue("shot", Reason.INTERRUPT, 0, until_ns, celebration=celebration)
    if screen == "idle":
        return Cue("shot", Reason.IDLE, 0, None)
    slot = next((s for s in slots if s.id == screen), None) or next((s for s in slots if s.screen == screen), None)
    if slot is None:
        raise Refusal(_no_slot(screen, slots))
    return Cue("shot", Reason.CYCLE, 0, int(slot.dwell_s * SECOND_NS), slot=slot)


def _no_slot(screen: str, slots: list[Slot]) -> str:
    known = dict.fromkeys([*(slot.screen for slot in slots), "celebration", "idle", *(slot.id for slot in slots)])
    what = "no slot of these channels shows" if screen in SCREENS else "there is no screen or slot"
    return f"{what} {screen!r}: there are {', '.join(known)}"
