"""The window on the TV."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pygame

from kiosk.refusal import Refusal

_UNSEEN = frozenset({"dummy", "offscreen"})
_WITH_X_OR_WAYLAND = frozenset({"x11", "wayland"})
_WIDEST = (1920, 1080)  # what a board's KMSDRM paints fluently; larger TVs scale it themselves
_OTHERWISE = (
    "`kiosk shot` writes what would be shown into a picture, and `xvfb-run -s '-screen 0 1920x1080x24' kiosk demo` "
    "runs it on a virtual screen"
)


class NoScreen(Refusal):
    """There is no screen to open a window on; the message is one sentence for people."""


@dataclass(frozen=True, slots=True)
class WindowEvents:
    """What has happened at the window since it was last asked.

    Attributes:
        quit: it was closed, or q or Escape was pressed.
        exposed: its pixels may be lost or its size has changed.
    """

    quit: bool = False
    exposed: bool = False


class Window:
    """A window, or the whole screen.

    Args:
        size: of the window in px; None for the whole screen.
        title: what window lists show.

    Attributes:
        driver: SDL's name of how it reaches the screen: x11, wayland, kmsdrm, …

    Raises:
        NoScreen: nothing could be seen. SDL would choose its `offscreen` driver then; that is taken only where
            SDL_VIDEODRIVER asks for it.
    """

    def __init__(self, size: tuple[int, int] | None, title: str) -> None:
        _prepare()
        try:
            pygame.display.init()
        except pygame.error as error:
            raise NoScreen(f"There is no screen here ({error}): {_OTHERWISE}.") from error
        self.driver = pygame.display.get_driver()
        asked = os.environ.get("SDL_VIDEODRIVER", "").split(",")
        if self.driver in _UNSEEN and self.driver not in asked:
            pygame.display.quit()
            raise NoScreen(f"There is no screen here: {_OTHERWISE}.")
        _choose_presentation(self.driver)
        flags = pygame.RESIZABLE if size else pygame.FULLSCREEN
        try:
            self._surface = pygame.display.set_mode(size or _whole_screen(self.driver), flags)
        except pygame.error as error:
            pygame.display.quit()
            raise NoScreen(f"The screen can't be opened ({error}): {_OTHERWISE}.") from error
        self._size = self._surface.get_size()
        pygame.display.set_caption(title)
        pygame.display.set_allow_screensaver(False)
        pygame.mouse.set_visible(False)

    @property
    def surface(self) -> pygame.Surface:
        """What to paint on; it keeps its pixels from frame to frame, and its size follows the window's."""
        return self._surface

    def present(self, rects: Sequence[pygame.Rect]) -> None:
        """Brings the painted places to the screen; nothing happens where there are none."""
        if not rects:
            return
        if self.driver == "kmsdrm":
            pygame.display.flip()  # pages are flipped whole
        else:
            pygame.display.update(list(rects))

    def pump(self) -> WindowEvents:
        """What has happened; must be called a few times a second, or the desktop thinks that we hang."""
        closed = exposed = False
        for event in pygame.event.get():
            if event.type == pygame.QUIT:
                closed = True
            elif event.type == pygame.KEYDOWN:
                closed = closed or event.key in (pygame.K_q, pygame.K_ESCAPE)
            elif event.type in (pygame.VIDEOEXPOSE, pygame.WINDOWEXPOSED, pygame.WINDOWSIZECHANGED):
                exposed = True
        found = pygame.display.get_surface()
        if found is not None and (found is not self._surface or found.get_size() != self._size):
            self._surface, self._size, exposed = found, found.get_size(), True
        return WindowEvents(quit=closed, exposed=exposed)

    def close(self) -> None:
        """Gives the screen back."""
        with contextlib.suppress(pygame.error):
            pygame.display.quit()


def _prepare() -> None:
    """What SDL reads when it starts."""
    for name, value in {
        "SDL_VIDEO_MINIMIZE_ON_FOCUS_LOSS": "0",  # a TV has no other window to show
        "SDL_VIDEO_WAYLAND_ALLOW_LIBDECOR": "0",  # hangs under bare compositors; a TV needs no title bar
        "SDL_RENDER_BATCHING": "1",
    }.items():
        os.environ.setdefault(name, value)
    if not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR")):
        # No desktop: looking for one would only make its libraries complain.
        os.environ.setdefault("SDL_VIDEODRIVER", "kmsdrm")


def _choose_presentation(driver: str) -> None:
    """How SDL brings a surface to the screen, unless the environment says it.

    KMSDRM has no plain framebuffer, and only opengles2 was seen to put pixels on the glass. Without a GPU, X and
    Wayland take pixels from shared memory in a third of the time that a software OpenGL needs.
    """
    if driver == "kmsdrm":
        os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "opengles2")
    elif driver in _WITH_X_OR_WAYLAND and not any(Path("/dev/dri").glob("renderD*")):
        os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")


def _whole_screen(driver: str) -> tuple[int, int]:
    size = pygame.display.get_desktop_sizes()[0]
    if driver == "kmsdrm" and size > _WIDEST and _WIDEST in pygame.display.list_modes():
        return _WIDEST
    return size
