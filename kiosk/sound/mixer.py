"""Plays effects, one at a time, on a thread of its own: whoever asks never waits for a device, a disk or a decoder.

The thread owns the device from the first `play` until nothing has sounded for a while: TVs that sleep upset a device
that is held open. It streams the file, so a long one costs no memory, and it is the only place that touches
`pygame.mixer`, which crashes when it is used after it was closed.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

import pygame

from kiosk.assets import asset
from kiosk.config.settings import SoundSettings
from kiosk.sound.device import close_device, open_device

log = logging.getLogger(__name__)

_LOOK_S = 0.1
_CUT_S = 0.05
_TRIM_FADE_S = 1.0


@dataclass(frozen=True, slots=True)
class _Play:
    path: Path
    volume: float


@dataclass(frozen=True, slots=True)
class _Stop:
    fade_s: float


@dataclass(frozen=True, slots=True)
class _Close:
    pass


class Mixer:
    """The sound of one display. Every method may be called from any thread and returns at once, but for `close`.

    Without a device it says so once in the log; what should have sounded is dropped, and a `play` that comes
    `retry_s` later tries again.

    Args:
        volume: 0 to 100.
        device: as SDL names it; None for the default.
        idle_close_s: the device is given back when nothing has sounded for so long.
        longest_s: longer sounds fade out, ending here.
    """

    def __init__(
        self,
        *,
        volume: int = 80,
        device: str | None = None,
        idle_close_s: float = 10,
        retry_s: float = 30,
        longest_s: float = 15,
    ) -> None:
        self._volume = volume / 100
        self._device = device
        self._idle_close_s = idle_close_s
        self._retry_s = retry_s
        self._longest_s = longest_s
        self._orders: SimpleQueue[_Play | _Stop | _Close] = SimpleQueue()
        self._open = False
        self._silent_since = 0.0
        self._fade_at: float | None = None
        self._missing = False
        self._retry_at = 0.0
        self._told: set[Path] = set()
        self._thread = Thread(target=self._run, name="sound", daemon=True)
        self._thread.start()

    def play(self, sound: str, volume: float = 1.0) -> None:
        """Start `default:NAME` or the file at a path, instead of what sounds now; empty and `none` are silent.

        `volume` (0 to 1) is a share of the display's.
        """
        path = sound_path(sound)
        if path is not None:
            self._orders.put(_Play(path, volume))

    def stop(self, fade_s: float = 0.3) -> None:
        """Let what sounds fade away."""
        self._orders.put(_Stop(fade_s))

    def close(self) -> None:
        """Stop and give the device back; a driver that hangs is left behind."""
        self._orders.put(_Close())
        self._thread.join(timeout=0.5)

    # From here on everything is the thread's own.

    def _run(self) -> None:
        while True:
            order = self._next_order()
            match order:
                case _Play():
                    self._start(order)
                case _Stop():
                    self._fade(order.fade_s)
                case _Close():
                    break
            if self._open:
                self._look(time.monotonic())
        self._shut()

    def _next_order(self) -> _Play | _Stop | _Close | None:
        """The next order, or None when it is time to look at the device; of waiting sounds only the last matters."""
        try:
            order = self._orders.get(timeout=_LOOK_S if self._open else None)
            while isinstance(order, _Play) and not self._orders.empty():
                order = self._orders.get()
        except Empty:
            return None
        return order

    def _start(self, order: _Play) -> None:
        if not self._have_device():
            return
        self._silence()
        try:
            if not order.path.is_file():
                raise FileNotFoundError("no such file")
            pygame.mixer.music.load(order.path)
            pygame.mixer.music.set_volume(self._volume * order.volume)
            pygame.mixer.music.play()
        except (pygame.error, OSError, ValueError) as error:
            if order.path not in self._told:
                self._told.add(order.path)
                log.warning("sound %s can't be played: %s", order.path, error)
            return
        self._fade_at = time.monotonic() + max(self._longest_s - _TRIM_FADE_S, 0)

    def _have_device(self) -> bool:
        if self._open or time.monotonic() < self._retry_at:
            return self._open
        try:
            open_device(self._device)
        except pygame.error as error:
            self._retry_at = time.monotonic() + self._retry_s
            if not self._missing:
                log.warning("no sound device, going on in silence: %s", error)
            self._missing = True
            return False
        if self._missing:
            log.info("the sound device is back")
        self._open, self._missing = True, False
        return True

    def _look(self, now: float) -> None:
        """End a sound that has played for long enough; close a device that has been idle for long enough."""
        if pygame.mixer.music.get_busy():
            self._silent_since = now
            if self._fade_at is not None and now >= self._fade_at:
                self._fade(min(_TRIM_FADE_S, self._longest_s))
        elif now - self._silent_since >= self._idle_close_s:
            self._shut()

    def _fade(self, fade_s: float) -> None:
        self._fade_at = None
        if self._open:
            pygame.mixer.music.fadeout(round(fade_s * 1000))

    def _silence(self) -> None:
        """End what sounds now without a click: SDL would wait far longer for a fade than the fade takes."""
        if pygame.mixer.music.get_busy():
            self._fade(_CUT_S)
            until = time.monotonic() + 2 * _CUT_S
            while pygame.mixer.music.get_busy() and time.monotonic() < until:
                time.sleep(_CUT_S / 5)
            pygame.mixer.music.stop()
        self._silent_since = time.monotonic()

    def _shut(self) -> None:
        if self._open:
            self._open = False
            close_device()


class NullMixer:
    """The sound of a display that has none."""

    def play(self, sound: str, volume: float = 1.0) -> None:
        """Nothing."""

    def stop(self, fade_s: float = 0.3) -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing."""


def make_sound(settings: SoundSettings) -> Mixer | NullMixer:
    """The sound that these settings ask for."""
    return Mixer(volume=settings.volume, device=settings.device) if settings.enabled else NullMixer()


def sound_path(sound: str) -> Path | None:
    """Where the sound of this name is: `default:NAME` is a shipped one, `none` and empty are None, the rest a path."""
    if sound in ("", "none"):
        return None
    default = sound.removeprefix("default:")
    return Path(sound) if default == sound else asset("sounds") / f"{default}.wav"
