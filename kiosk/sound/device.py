"""The audio device, opened and closed without holding up the rest of the program.

pygame keeps the interpreter's lock while it opens a device (100 ms and more where there is none), which would stop the
picture just when a celebration begins. So the same library is asked directly, through ctypes, which lets go of the
lock; pygame then finds the device open and only counts it. Used by one thread.
"""

from __future__ import annotations

import ctypes
from functools import cache
from pathlib import Path

import pygame
import pygame.mixer

RATE = 48_000
FRAMES = 1024
"""Of one buffer, 21 ms: short enough to be prompt, long enough for a busy board."""

_SIGNED_16 = -16
_AUDIO_S16LSB = 0x8010
_MAPS = Path("/proc/self/maps")


def open_device(name: str | None) -> None:
    """Open the device of this SDL name, or the default one, for 16-bit stereo at `RATE`.

    Raises:
        pygame.error: there is none, or it refuses.
    """
    library = _mixer_library()
    if library is not None:
        encoded = None if name is None else name.encode()
        if library.Mix_OpenAudioDevice(RATE, _AUDIO_S16LSB, 2, FRAMES, encoded, 0) < 0:
            raise pygame.error(pygame.get_error())
    pygame.mixer.init(RATE, _SIGNED_16, 2, FRAMES, devicename=name, allowedchanges=0)


def close_device() -> None:
    """Give the device back; nothing of it may be used afterwards. Without one, nothing happens."""
    pygame.mixer.quit()


@cache
def _mixer_library() -> ctypes.CDLL | None:
    """The SDL_mixer that pygame has loaded; None where it can't be told, then pygame opens the device itself."""
    try:
        loaded = {line.split(maxsplit=5)[-1] for line in _MAPS.read_text().splitlines() if "SDL2_mixer" in line}
        library = ctypes.CDLL(loaded.pop())
        library.Mix_OpenAudioDevice.argtypes = (
            ctypes.c_int, ctypes.c_uint16, ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int,
        )  # fmt: skip
    except (OSError, KeyError, AttributeError):
        return None
    return library
