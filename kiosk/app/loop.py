"""The render loop: the only `while True` of the display. It never waits for network, disk or a decoder, and never dies.

Messages come in, the program steps, its cue becomes a scene, the painter paints what differs. Then it sleeps
until the program or the screen says that something changes, or a message comes.

**When something fails.** A page that can't be made or painted is skipped and rests; where nothing else can be shown
either, the safe screen is. Any other fault ends only its round: the safe screen comes and the next round tries again.
Each fault is logged once. A round that failed is no sign of life for the watchdog, so that a display that can't help
itself is started anew.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Protocol

from kiosk.app import messages
from kiosk.app.stage import Stage
from kiosk.canvas.painter import Painter
from kiosk.canvas.window import Window
from kiosk.clock import Clock
from kiosk.device.watchdog import Watchdog
from kiosk.scene.moment import Moment
from kiosk.show import effects, events
from kiosk.show.cue import Cue, Reason
from kiosk.show.now import Now
from kiosk.show.program import cue_at, next_change, step
from kiosk.show.settings import ShowSettings, Transition
from kiosk.show.show import Show

log = logging.getLogger(__name__)

PUMP_NS = 250_000_000
"""The window is asked at least so often: a key is answered within it."""

PREPARE_NS = 500_000_000
"""A moment is still if nothing moves for so long."""

AGAIN_NS = 1_000_000_000
"""What failed and has nothing in its place is tried again so often."""

MOST_FAILED = 200
"""Faults that are logged; in months of uptime others may never end."""

_NEVER = 1 << 62


class Player(Protocol):
    """What the loop needs of the sound."""

    def play(self, sound: str) -> None:
        """Start a sound, now, elsewhere."""

    def stop(self, fade_s: float) -> None:
        """Let the sound that plays fade away."""


class Loop:
    """One display at work, until somebody leaves.

    Args:
        commit: hands the effects of one step to the journal's thread and returns at once.
        inbox: messages of the evaluator's thread.
        first_picture: called once, after the first frame is on the screen.
    """

    def __init__(
        self,
        *,
        window: Window,
        painter: Painter,
        sound: Player,
        stage: Stage,
        show: Show,
        settings: ShowSettings,
        clock: Clock,
        inbox: SimpleQueue[messages.Message],
        commit: Callable[..., None],
        watchdog: Watchdog,
        first_picture: Callable[[], None],
        fps: int = 60,
        reduced_motion: bool = False,
    ) -> None:
        self._window = window
        self._painter = painter
        self._sound = sound
        self._stage = stage
        self._show = show
        self._clock = clock
        self._inbox = inbox
        self._commit = commit
        self._watchdog = watchdog
        self._first_picture: Callable[[], None] | None = first_picture
        self._frame_ns = 1_000_000_000 // fps
        self._reduced_motion = reduced_motion
        self._fade_ns = int(settings.transition_s * 1e9) if settings.transition is Transition.FADE else 0
        self._leaving = False
        self._cue: Cue | None = None
        self._presented = ""
        self._faded_until_ns = 0
        self._painted_version = -1
        self._redraw_ns = 0
        self._frame_due_ns = 0
        self._prepared = ""
        self._failed: set[str] = set()

    def leave(self) -> None:
        """End `run` soon; may be called from a signal handler."""
        self._leaving = True

    def run(self, until_ns: int | None = None) -> None:
        """Show until `leave`, until the window is closed, or until monotonic `until_ns`."""
        message: messages.Message | None = None
        while True:
            now = self._now()
            try:
                wake_ns = self._round(message, now)
            except Exception as error:  # noqa: BLE001 - the loop outlives whatever is wrong with us; it is logged, shown
                self._tell_once(f"a round of the loop failed: {error!r:.200}", error)
                wake_ns = self._save_face(now)
            else:
                self._watchdog.beat(now.mono_ns)
            if self._leaving or (until_ns is not None and now.mono_ns >= until_ns):
                break
            message = self._wait(wake_ns if until_ns is None else min(wake_ns, until_ns))
        self._watchdog.stopping()

    def _round(self, message: messages.Message | None, now: Now) -> int:
        """Take what came, show what is on; the monotonic time at which there is something to do again."""
        self._look_at_window()
        if message is not None:
            self._receive(message, now)
        self._take_messages(now)
        self._stage.look_at_clock(now.wall)
        self._step(events.Tick(), now)
        self._draw(now)
        self._prepare(now)
        change_ns = next_change(self._show, now)
        return min(
            now.mono_ns + PUMP_NS,
            max(self._redraw_ns, self._frame_due_ns),
            _NEVER if change_ns is None else change_ns,
        )

    def _now(self) -> Now:
        return Now(self._clock.mono_ns(), self._clock.wall(), self._clock.trusted)

    def _look_at_window(self) -> None:
        seen = self._window.pump()
        if seen.quit:
            self._leaving = True
        if seen.exposed:
            self._painter.forget()
            self._redraw_ns = 0
        if self._painter.pictures_changed():
            self._redraw_ns = 0

    def _take_messages(self, now: Now) -> None:
        while True:
            try:
                message = self._inbox.get_nowait()
            except Empty:
                return
            self._receive(message, now)

    def _receive(self, message: messages.Message, now: Now) -> None:
        match message:
            case messages.Boards(views):
                self._stage.show_boards(views)
            case messages.Ready(rows):
                self._stage.ready()
                self._step(events.Restored(rows), now)
            case messages.Earned(celebration):
                self._step(events.Earned(celebration), now)
            case messages.Withdrawn(unlock):
                self._step(events.Withdrawn(unlock), now)
            case messages.StartCommitted(ids, cue_key):
                self._step(events.StartCommitted(ids, cue_key), now)
            case messages.StartFailed(_, cue_key):
                self._step(events.Failed(cue_key), now)
            case messages.DataLost(at):
                self._stage.data_lost(at)
            case messages.ClockSet():
                self._step(events.ClockTrusted(), self._now())
            case messages.Faults(texts):
                self._stage.show_faults(texts)

    def _step(self, event: events.Event, now: Now) -> None:
        self._show, asked = step(self._show, event, now)
        commits = [effect for effect in asked if not isinstance(effect, effects.PlaySound | effects.StopSound)]
        if commits:
            self._commit(*commits)
        for effect in asked:
            match effect:
                case effects.PlaySound(sound=sound):
                    self._sound.play(sound)
                case effects.StopSound(fade_s):
                    self._sound.stop(fade_s)

    def _draw(self, now: Now) -> None:
        cue = cue_at(self._show, now)
        if self._cue is None or cue.key != self._cue.key:
            self._turn_to(cue, now)
        wanted = now.mono_ns >= self._redraw_ns or self._painted_version != self._stage.version
        if not wanted or now.mono_ns < self._frame_due_ns:
            return
        self._frame_due_ns = max(self._frame_due_ns + self._frame_ns, now.mono_ns)
        fading = now.mono_ns < self._faded_until_ns
        fade = 1 - (self._faded_until_ns - now.mono_ns) / self._fade_ns if fading else 1.0
        try:
            scene = self._stage.scene(cue, self._moment(cue, now))
            damage = self._painter.paint(scene, fade)
        except Exception as error:  # noqa: BLE001 - as above
            self._skip(cue, now, error)
            return
        self._window.present(damage)
        self._painted_version = self._stage.version
        if fading:
            self._redraw_ns = 0
        elif scene.next_s is None:
            self._redraw_ns = _NEVER
        else:
            # What changes with the wall, such as a clock's minute, comes sooner when the wall runs faster.
            self._redraw_ns = now.mono_ns + int(scene.next_s * 1e9 / max(1.0, self._clock.speed))
        if self._presented != cue.key:
            self._presented = cue.key
            log.info("on screen: %s", cue.key)
            self._step(events.Presented(cue.key), now)
        if self._first_picture is not None:
            tell, self._first_picture = self._first_picture, None
            self._watchdog.ready()
            tell()

    def _prepare(self, now: Now) -> None:
        """Use a still moment of each showing to have the ground of a celebration ready: it must cut in at once."""
        if self._cue is None or self._prepared == self._cue.key or self._redraw_ns - now.mono_ns < PREPARE_NS:
            return
        self._prepared = self._cue.key
        try:
            self._painter.prepare(self._stage.next_celebration())
        except Exception as error:  # noqa: BLE001 - then it comes a little later
            self._tell_once("a celebration can't be prepared", error)

    def _turn_to(self, cue: Cue, now: Now) -> None:
        # An interrupt cuts in; everything else gives way softly.
        if self._cue is not None and cue.reason is not Reason.INTERRUPT and self._fade_ns:
            self._painter.begin_transition()
            self._faded_until_ns = now.mono_ns + self._fade_ns
        else:
            self._faded_until_ns = 0
        self._cue = cue
        self._redraw_ns = 0
        self._frame_due_ns = 0

    def _moment(self, cue: Cue, now: Now) -> Moment:
        elapsed_ns = max(0, now.mono_ns - cue.began_ns)
        duration_ns = elapsed_ns if cue.until_ns is None else cue.until_ns - cue.began_ns
        return Moment(
            elapsed_s=elapsed_ns / 1e9,
            duration_s=duration_ns / 1e9,
            mono_s=now.mono_ns / 1e9,
            local=now.wall.astimezone(self._stage.timezone) if now.trusted else None,
            visit=cue.visit,
            seed=zlib.crc32(cue.key.encode()),
            reduced_motion=self._reduced_motion,
        )

    def _skip(self, cue: Cue, now: Now, error: Exception) -> None:
        """The page of this cue can't be shown: something else has its turn, or the safe screen if nothing has."""
        self._tell_once(f"the screen of {_place(cue)} failed and is skipped", error)
        self._painter.forget()
        self._step(events.Failed(cue.key), now)
        self._redraw_ns = 0 if cue_at(self._show, now).key != cue.key else self._save_face(now)

    def _save_face(self, now: Now) -> int:
        """Show the safe screen, or at least what was on; the monotonic time at which to try again."""
        self._redraw_ns = 0
        try:
            self._painter.forget()
            self._window.present(self._painter.paint(self._stage.safe()))
        except Exception as error:  # noqa: BLE001 - nothing is left to fall back on
            self._tell_once(f"the safe screen failed: {error!r:.200}", error)
        return now.mono_ns + AGAIN_NS

    def _tell_once(self, sentence: str, error: Exception) -> None:
        """Log an error, once for each sentence."""
        if sentence not in self._failed and len(self._failed) < MOST_FAILED:
            self._failed.add(sentence)
            log.error("%s", sentence, exc_info=error)

    def _wait(self, wake_ns: int) -> messages.Message | None:
        """Until a message comes, which is returned, but no longer than until monotonic `wake_ns`."""
        left_ns = wake_ns - self._clock.mono_ns()
        if left_ns <= 0:
            return None
        try:
            return self._inbox.get(timeout=left_ns / 1e9)
        except Empty:
            return None


def _place(cue: Cue) -> str:
    """What has failed, by a name that comes again with the next showing."""
    if cue.slot is not None:
        return cue.slot.id
    return "the idle screen" if cue.celebration is None else f"celebration {cue.celebration.achievement}"
