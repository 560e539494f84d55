"""Picture files loaded beside the render thread, cropped, scaled and rounded once."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pygame

from kiosk.canvas.cache import Cache
from kiosk.canvas.coverage import rounded, tint
from kiosk.canvas.header import read_header
from kiosk.scene.shapes import Colour

_log = logging.getLogger(__name__)

_MOST_PIXELS = 50_000_000
_CACHE_BYTES = 64 << 20
_RECHECK_S = 5.0
_MOST_CHECKS = 2000
_WHITE = Colour(255, 255, 255)


class _Wish(NamedTuple):
    """A picture as it is wanted: the file, the box in px, how it fills it."""

    path: str
    width: int
    height: int
    contain: bool
    radius: int


class _Made(NamedTuple):
    """What became of a wish: the picture, or None where the file is no good; and the file's time stamp then."""

    surface: pygame.Surface | None
    stamp_ns: int | None


class Pictures:
    """Pictures by file and size.

    Args:
        background: load on a thread, `get` gives None until then; else `get` loads at once.
        ready: called on that thread whenever a picture has become ready or has changed.

    Attributes:
        generation: counts the pictures that became ready or changed; whoever painted under an older number may
            repaint.
    """

    def __init__(self, *, background: bool = True, ready: Callable[[], None] | None = None) -> None:
        self.generation = 0
        self._background = background
        self._ready = ready
        self._made: Cache[_Made] = Cache(_CACHE_BYTES, _weight)
        self._checked_s: dict[_Wish, float] = {}
        self._asked: set[_Wish] = set()
        self._faults: dict[str, int | None] = {}  # files that were told of, with their stamp then
        self._wishes: queue.SimpleQueue[_Wish | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def get(self, path: str, size: tuple[int, int], *, contain: bool = False, radius: int = 0) -> pygame.Surface | None:
        """The picture with colours multiplied by their opacity, `size` px large (smaller on one side if `contain`).

        None until it is ready, and for a file that is none or too large, until that file changes.
        """
        wish = _Wish(path, max(1, size[0]), max(1, size[1]), contain, radius)
        if not self._background:
            made = self._made.get(wish)
            return (made or self._load(wish)).surface
        with self._lock:
            made = self._made.get(wish)
            now_s = time.monotonic()
            stale = made is None or now_s - self._checked_s.get(wish, 0) > _RECHECK_S
            if stale and wish not in self._asked:
                if len(self._checked_s) > _MOST_CHECKS:
                    self._checked_s.clear()
                self._asked.add(wish)
                self._checked_s[wish] = now_s
                self._wishes.put(wish)
                self._start()
        return made.surface if made else None

    def close(self) -> None:
        """Ends the thread after the file it is at."""
        if self._thread:
            self._wishes.put(None)
            self._thread.join()
            self._thread = None

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="pictures", daemon=True)
            self._thread.start()

    def _serve(self) -> None:
        while (wish := self._wishes.get()) is not None:
            with self._lock:
                before = self._made.get(wish)
            if before is None or before.stamp_ns != _stamp_ns(wish.path):
                self._load(wish)
                self.generation += 1
                if self._ready:
                    self._ready()
            with self._lock:
                self._asked.discard(wish)

    def _load(self, wish: _Wish) -> _Made:
        stamp_ns = _stamp_ns(wish.path)
        surface = None
        try:
            surface = _fitted(wish)
        except Exception as error:  # noqa: BLE001 - whatever a file does to its decoder, the next one gets its turn
            if self._faults.get(wish.path, -1) != stamp_ns:
                self._faults[wish.path] = stamp_ns
                _log.warning("picture %s can't be shown: %s", wish.path, error)
        made = _Made(surface, stamp_ns)
        with self._lock:
            self._made.put(wish, made)
        return made


def _stamp_ns(path: str) -> int | None:
    try:
        return Path(path).stat().st_mtime_ns
    except (OSError, ValueError):
        return None


def _weight(made: _Made) -> int:
    return 100 + (made.surface.get_width() * made.surface.get_height() * 4 if made.surface else 0)


def _fitted(wish: _Wish) -> pygame.Surface:
    """The file decoded, cropped around its centre or fitted inside, scaled, turned upright and rounded.

    Raises:
        OSError, ValueError, pygame.error: it can't be read, or is no picture we take.
    """
    with Path(wish.path).open("rb") as file:
        header = read_header(file)
        if header.width * header.height > _MOST_PIXELS:
            raise ValueError(f"{header.width}x{header.height} px are more than {_MOST_PIXELS:,}")
        file.seek(0)
        source = pygame.image.load(file)
    lying = header.orientation >= 5
    box = (wish.height, wish.width) if lying else (wish.width, wish.height)
    made = _upright(_scaled(source, box, contain=wish.contain), header.orientation)
    if wish.radius > 0:
        mask = tint(rounded(*made.get_size(), wish.radius), _WHITE)
        made.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    return made


def _scaled(source: pygame.Surface, box: tuple[int, int], *, contain: bool) -> pygame.Surface:
    """As large as the box, in the painter's format; a large photo is never held twice in full."""
    width, height = source.get_size()
    if contain:
        scale = min(box[0] / width, box[1] / height)
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
    else:
        scale = max(box[0] / width, box[1] / height)
        size = box
        part = pygame.Rect(0, 0, max(1, min(width, round(box[0] / scale))), max(1, min(height, round(box[1] / scale))))
        part.center = (width // 2, height // 2)
        source = source.subsurface(part.clip(source.get_rect()))
    if source.get_flags() & pygame.SRCALPHA or source.get_bitsize() < 24 or source.get_colorkey() is not None:
        source = _with_alpha(source).premul_alpha()  # see-through px must not bleed their colour
    return _with_alpha(pygame.transform.smoothscale(source, size))


def _with_alpha(source: pygame.Surface) -> pygame.Surface:
    """The same pixels in the format that the painter blends fastest."""
    made = pygame.Surface(source.get_size(), pygame.SRCALPHA, 32)
    made.blit(source, (0, 0))
    return made


def _upright(picture: pygame.Surface, orientation: int) -> pygame.Surface:
    """Mirrored and turned as EXIF's orientation says."""
    if orientation in (2, 4, 5, 7):
        picture = pygame.transform.flip(picture, flip_x=True, flip_y=False)
    turns = {3: 180, 4: 180, 5: 90, 6: -90, 7: -90, 8: 90}.get(orientation, 0)
    return pygame.transform.rotate(picture, turns) if turns else picture
