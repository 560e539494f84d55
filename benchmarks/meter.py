"""Counts what is really on a screen: a virtual X screen whose memory is a file, looked at 240 times a second.

A program's own count of frames says what it has sent, not what came. So the meter reads the X server's framebuffer
(`Xvfb -fbdir`, an XWD file), sums every 16th row of it, and compares. A picture counts once it has been seen in two
looks in a row: a look into the middle of a copy sees a mixture that is gone at the next look, and that is no picture.
Up to 120 pictures a second are told apart.
"""

from __future__ import annotations

import mmap
import os
import shutil
import statistics
import struct
import subprocess
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

LOOKS = 240
"""A second; twice as many as pictures could be told apart."""

EVERY_ROW = 16
"""The rows that are summed: what is read from five metres, and every paper of confetti, touches one of them."""

BLANK_ROWS = 4
"""So many different rows may a screen have on which there is no picture yet."""

_HEADER = struct.Struct(">25I")  # XWDFileHeader; Xvfb writes it big-endian on every machine
_COLOUR_BYTES = 12  # XWDColor, one for each entry of the colour map, between header and pixels


class Missing(Exception):  # noqa: N818 - named for what it says
    """A program that the benchmark needs isn't installed; the message is one sentence for people."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What a time of looking has found.

    Attributes:
        seconds: how long it was looked, in fact.
        shown: moments (monotonic, s) at which another picture came on the screen.
        looks: how many there were; `late_ms` is the longest time without one.
    """

    seconds: float
    shown: tuple[float, ...]
    looks: int
    late_ms: float

    @property
    def fps(self) -> float:
        """Other pictures a second."""
        return len(self.shown) / self.seconds

    @property
    def gaps_ms(self) -> list[float]:
        """How long each picture stood, rising; nothing where fewer than two came."""
        return sorted((b - a) * 1000 for a, b in zip(self.shown, self.shown[1:], strict=False))

    def gap_ms(self, percent: int) -> float:
        """How long a picture stood in so many percent of the cases at most; the whole time if none gave way."""
        gaps = self.gaps_ms
        if len(gaps) < 2:
            return self.seconds * 1000
        return gaps[-1] if percent == 100 else statistics.quantiles(gaps, n=100)[percent - 1]


class Screen:
    """The pixels of a running virtual screen.

    Args:
        name: what DISPLAY must be for it.
        pid: of its X server.
        memory: the XWD file that is its framebuffer.

    Attributes:
        cost_s: processor time that looking has taken so far.
    """

    def __init__(self, name: str, pid: int, memory: Path) -> None:
        self.name, self.pid = name, pid
        with memory.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        head = _HEADER.unpack_from(self._map)
        (header_bytes, version), (self.width, self.height) = head[:2], head[4:6]
        bits, self._pitch, colours = head[11], head[12], head[19]
        assert version == 7, f"{memory} is no XWD file of version 7"
        assert bits == 32, f"{memory} has {bits} bits a pixel"
        self._start = header_bytes + colours * _COLOUR_BYTES
        self._view = memoryview(self._map)
        self.cost_s = 0.0

    def close(self) -> None:
        self._view.release()
        self._map.close()

    def pixels(self) -> bytes:
        """The picture, rows from the top, 4 bytes a pixel: blue, green, red, and 255 where X has what it likes."""
        rows = range(self._start, self._start + self.height * self._pitch, self._pitch)
        found = bytearray().join(self._view[at : at + self.width * 4] for at in rows)
        found[3::4] = b"\xff" * (self.width * self.height)
        return bytes(found)

    def is_empty(self) -> bool:
        """Whether there is nothing to see: a bare screen, a blank window with its frame, or a mixture of both."""
        return len({zlib.adler32(self._row(y)) for y in self._rows()}) <= BLANK_ROWS

    def sum(self) -> int:
        """A number that differs when the picture does."""
        began = time.thread_time()
        found = 1
        for y in self._rows():
            found = zlib.adler32(self._row(y), found)
        self.cost_s += time.thread_time() - began
        return found

    def wait_for_picture(self, timeout_s: float) -> float:
        """The moment (monotonic, s) at which the screen was no longer empty."""
        return self._wait(lambda: not self.is_empty(), timeout_s, "nothing came on the screen")

    def wait_for_change(self, timeout_s: float) -> float:
        """The moment (monotonic, s) at which the picture was another one than now."""
        before = self.sum()
        return self._wait(lambda: self.sum() != before, timeout_s, "the picture never changed")

    def watch(self, seconds: float) -> Watched:
        """Looks for so long, and notes each picture that came."""
        began = last = time.monotonic()
        seen = held = self.sum()
        shown: list[float] = []
        since, late, looks = began, 0.0, 1
        with _first_in_line():
            while last < began + seconds:
                _sleep_until(began + looks / LOOKS)
                now = time.monotonic()
                found = self.sum()
                if found != seen:
                    seen, since = found, now
                elif found != held:
                    held = found
                    shown.append(since)
                late, last, looks = max(late, now - last), now, looks + 1
        return Watched(last - began, tuple(shown), looks, late * 1000)

    def _rows(self) -> range:
        return range(EVERY_ROW // 2, self.height, EVERY_ROW)

    def _row(self, y: int) -> memoryview:
        at = self._start + y * self._pitch
        return self._view[at : at + self.width * 4]

    def _wait(self, done: Callable[[], bool], timeout_s: float, otherwise: str) -> float:
        began = time.monotonic()
        for look in range(int(timeout_s * LOOKS)):
            _sleep_until(began + look / LOOKS)
            now = time.monotonic()
            if done():
                return now
        raise TimeoutError(f"{otherwise} for {timeout_s:.0f} s")


@contextmanager
def virtual_screen(width: int = 1920, height: int = 1080) -> Iterator[Screen]:
    """An X server of our own, without a GPU, that ends with the block.

    Raises:
        Missing: Xvfb isn't installed.
    """
    if shutil.which("Xvfb") is None:
        raise Missing("Xvfb is missing: `apt-get install xvfb` brings the virtual screen that is looked at.")
    with tempfile.TemporaryDirectory() as folder:
        told, tell = os.pipe()
        command = ["Xvfb", "-displayfd", str(tell), "-screen", "0", f"{width}x{height}x24", "-fbdir", folder]
        command += ["-nolisten", "tcp", "-nocursor", "-noreset"]
        server = subprocess.Popen(command, pass_fds=(tell,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(tell)
        try:
            with os.fdopen(told) as said:
                number = said.readline().strip()  # once it is ready; nothing if it ended instead
            if not number:
                raise RuntimeError("Xvfb ended at its start")
            screen = Screen(f":{number}", server.pid, Path(folder) / "Xvfb_screen0")
            try:
                yield screen
            finally:
                screen.close()
        finally:
            server.terminate()
            server.wait(10)


def _sleep_until(moment: float) -> None:
    left = moment - time.monotonic()
    if left > 0:
        time.sleep(left)


@contextmanager
def _first_in_line() -> Iterator[None]:
    """Looks come in time however busy the machine is."""
    with suppress(PermissionError):  # only root may; others look as well as the machine lets them
        os.setpriority(os.PRIO_PROCESS, 0, -10)
    try:
        yield
    finally:
        with suppress(PermissionError):
            os.setpriority(os.PRIO_PROCESS, 0, 0)  # what is started from here on inherits it
