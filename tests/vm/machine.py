"""A virtual machine without a desktop: qemu emulates processor, card and screen, and the host looks at the screen."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from image import Image

WIDTH, HEIGHT = 1280, 720


class Machine:
    """One boot of an image; what it writes to its disk is forgotten. A context manager.

    Attributes:
        log: what the first serial port said: kernel, systemd and the kiosk's journal.
    """

    def __init__(self, image: Image, work: Path) -> None:
        self.log = work / "serial.log"
        self._work = work
        self._monitor_path, self._port_path = work / "monitor", work / "port"
        for path in (self._monitor_path, self._port_path, self.log):
            path.unlink(missing_ok=True)
        self._command = (
            "qemu-system-x86_64", "-machine", "q35,accel=tcg", "-cpu", "max", "-smp", "2", "-m", "1536",
            "-nodefaults", "-no-reboot", "-nic", "none", "-display", "none",
            "-device", f"virtio-gpu-pci,xres={WIDTH},yres={HEIGHT}",
            "-device", "virtio-keyboard-pci", "-device", "virtio-rng-pci",
            "-drive", f"file={image.disk},if=virtio,format=raw,snapshot=on",
            "-kernel", image.kernel, "-initrd", image.initrd,
            "-append", "root=/dev/vda rw console=ttyS0 systemd.journald.forward_to_console=1",
            "-serial", f"file:{self.log}",
            "-serial", f"unix:{self._port_path},server=on,wait=off",
            "-qmp", f"unix:{self._monitor_path},server=on,wait=off",
        )  # fmt: skip

    def __enter__(self) -> Self:
        self._qemu = subprocess.Popen([str(part) for part in self._command])
        self.wait(lambda: self._monitor_path.exists() and self._port_path.exists(), 30, "qemu to start")
        self._monitor, self._port = (_connected(path) for path in (self._monitor_path, self._port_path))
        self._replies = self._monitor.makefile()
        self._replies.readline()
        self._order("qmp_capabilities")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._qemu.terminate()
        self._qemu.wait()

    def says(self, text: str) -> bool:
        """Whether the serial port has said this."""
        return self.log.exists() and text in self.log.read_text(errors="replace")

    def type_line(self, line: str) -> None:
        """Send a line to the second serial port."""
        self._port.sendall(line.encode() + b"\n")

    def screen(self) -> Screen:
        """What the emulated screen shows now."""
        path = self._work / "screen.ppm"
        self._order("screendump", filename=str(path))
        return Screen.read(path)

    def wait(self, condition: Callable[[], bool], seconds: float, what: str) -> None:
        """Wait until it holds.

        Raises:
            TimeoutError: it didn't in time, or the machine ended.
        """
        until = time.monotonic() + seconds
        while not condition():
            if self._qemu.poll() is not None:
                raise TimeoutError(f"qemu ended while waiting for {what}")
            if time.monotonic() > until:
                raise TimeoutError(f"waited {seconds:.0f} s in vain for {what}")
            time.sleep(0.5)

    def _order(self, name: str, **arguments: Any) -> None:
        self._monitor.sendall(json.dumps({"execute": name, "arguments": arguments}).encode())
        while True:
            reply = json.loads(self._replies.readline())
            if "error" in reply:
                raise OSError(f"qemu refused {name}: {reply['error']['desc']}")
            if "return" in reply:
                return


def _connected(path: Path) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.connect(str(path))
    return connection


class Screen:
    """A picture of the screen: `pixels` are rows of red, green and blue bytes."""

    def __init__(self, width: int, height: int, pixels: bytes) -> None:
        self.width, self.height, self.pixels = width, height, pixels

    @classmethod
    def read(cls, path: Path) -> Screen:
        """A binary PPM, as qemu writes it."""
        raw = path.read_bytes()
        header = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", raw)
        assert header, "qemu wrote something else than a PPM"
        return cls(int(header[1]), int(header[2]), raw[header.end() :])

    def colours(self) -> int:
        """How many different colours are among a sample of pixels: 1 is a blank screen, a console has about 2."""
        return len({self.pixels[i : i + 3] for i in range(0, len(self.pixels) - 2, 3 * 7)})

    def lit(self) -> float:
        """The share of sampled pixels that are not black."""
        sample = range(0, len(self.pixels) - 2, 3 * 7)
        return sum(max(self.pixels[i : i + 3]) > 12 for i in sample) / len(sample)

    def bright(self) -> float:
        """The share of sampled pixels that are nearly white, as words are."""
        sample = range(0, len(self.pixels) - 2, 3 * 7)
        return sum(min(self.pixels[i : i + 3]) > 200 for i in sample) / len(sample)

    def differs(self, other: Screen) -> float:
        """The share of sampled pixels that clearly differ."""
        if (self.width, self.height) != (other.width, other.height):
            return 1.0
        sample = range(0, len(self.pixels), 7)
        return sum(abs(self.pixels[i] - other.pixels[i]) > 24 for i in sample) / len(sample)

    def save(self, path: Path) -> None:
        """Write a PNG."""
        import pygame

        surface = pygame.image.frombytes(self.pixels, (self.width, self.height), "RGB")
        pygame.image.save(surface, path)
