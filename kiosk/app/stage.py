"""What the screens of this display have to show now: the last word of the evaluator, by slot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, tzinfo

from kiosk.domain.organisation import Organisation
from kiosk.scene.moment import Moment
from kiosk.scene.shapes import Scene
from kiosk.scene.theme import Theme
from kiosk.screens.registry import draw
from kiosk.screens.safe import safe
from kiosk.screens.status import next_turn_s, status
from kiosk.screens.view import (
    AnnouncementView,
    BoardView,
    CelebrationView,
    ClockView,
    IdleView,
    StatusView,
    View,
)
from kiosk.show import wording
from kiosk.show.celebration import Celebration, Winner
from kiosk.show.cue import Cue, Reason
from kiosk.show.design import Interrupt
from kiosk.show.playlist import Channel, Slot

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_SOMEBODY_WINS = Celebration(
    id="",
    achievement="",
    title="Title",
    message="Name",  # it names the winner, as it does by default: where the light stands depends on it
    description="",
    motivation="",
    winners=(Winner("player:", "Name", "N", 0),),
    value_text="",
    points_text="",
    badge="star",
    animation="none",
    background="theme",
    sound="",
    first_show_s=60,
    show_s=45,
    lifetime_s=60,
    channels=(),
    interrupt=Interrupt.NOW,
    priority=0,
    critical=False,
    unlocked_at=_LONG_AGO,
    starts_at=_LONG_AGO,
)


class Stage:
    """Holds views and makes the scene of a cue. `version` grows whenever some scene may have changed."""

    def __init__(
        self, organisation: Organisation, channels: tuple[Channel, ...], theme: Theme, stale_after_s: float = 600
    ) -> None:
        self.version = 0
        self.timezone: tzinfo = organisation.timezone
        self._organisation = organisation
        self._theme = theme
        self._status = StatusView()
        self._loading = True
        self._lost_at: datetime | None = None
        self._stale_after_s = stale_after_s
        self._age_text = ""
        self._boards: dict[str, BoardView] = {}
        self._fixed: dict[str, View] = {}
        for slot in (slot for channel in channels for slot in channel.slots):
            view = self._fixed_view(slot)
            if view is not None:
                self._fixed[slot.id] = view

    def ready(self) -> None:
        """The journal has been read: from now on an empty board is an empty board."""
        self._loading = False
        self.version += 1

    def show_boards(self, views: Mapping[str, BoardView]) -> None:
        """Put new views under their slots' ids."""
        self._boards.update(views)
        self.version += 1

    def show_faults(self, faults: tuple[str, ...]) -> None:
        """What the status overlay says is wrong; nothing where there are none."""
        if faults != self._status.faults:
            self._status = replace(self._status, faults=faults)
            self.version += 1

    def data_lost(self, at: datetime | None) -> None:
        """A source can't be read since `at`, so that boards grow old; None: all can."""
        self._lost_at = at

    def look_at_clock(self, wall: datetime) -> None:
        """An old board never looks current: its age is told once it is older than `stale_after_s`."""
        age_s = 0.0 if self._lost_at is None else (wall - self._lost_at).total_seconds()
        text = wording.age_text(age_s) if age_s > self._stale_after_s else ""
        if text != self._age_text:
            self._age_text = text
            self.version += 1

    def next_celebration(self) -> Scene:
        """A celebration like those to come, to be made ready for."""
        moment = Moment(elapsed_s=0, duration_s=60, mono_s=0, local=None)
        return draw(CelebrationView(_SOMEBODY_WINS), moment, self._theme)

    def safe(self) -> Scene:
        """What is shown when nothing else can be."""
        return safe(self._theme)

    def scene(self, cue: Cue, moment: Moment) -> Scene:
        """The picture of this cue at this moment, with the status overlay."""
        scene = draw(self._view(cue), moment, self._theme)
        overlay = status(self._status, self._theme, moment.mono_s)
        if not overlay:
            return scene
        changes_s = [s for s in (scene.next_s, next_turn_s(self._status, moment.mono_s)) if s is not None]
        return replace(scene, shapes=scene.shapes + overlay, next_s=min(changes_s, default=None))

    def _view(self, cue: Cue) -> View:
        if cue.celebration is not None:
            return CelebrationView(cue.celebration, first=cue.reason is Reason.INTERRUPT)
        if cue.slot is None:
            return self._idle("No channel has a screen to show now.")
        if cue.slot.id in self._fixed:
            return self._fixed[cue.slot.id]
        board = self._boards.get(cue.slot.id)
        return self._idle() if board is None else replace(board, age_text=self._age_text)

    def _idle(self, *missing: str) -> IdleView:
        said = ("Reading records …",) if self._loading else missing
        return IdleView(self._organisation.name, said, self._organisation.locale)

    def _fixed_view(self, slot: Slot) -> View | None:
        """Screens whose view is all in their options."""
        options = slot.options
        match slot.screen:
            case "announcement":
                return AnnouncementView(options["title"], options.get("text", ""), options.get("picture"))
            case "clock":
                return ClockView(self._organisation.locale, options.get("title", ""))
            case _:
                return None
