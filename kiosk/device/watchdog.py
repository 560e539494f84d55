"""Tells systemd that the first picture is on the TV, and from then on that the loop lives.

A hang of the render loop must be seen, so the loop itself reports, never a thread. Outside systemd nothing is sent.
"""

from __future__ import annotations

import contextlib
import os
import socket


class Watchdog:
    """The `sd_notify` protocol on a non-blocking socket: a full queue loses a beat rather than a frame.

    Args:
        address: as in `NOTIFY_SOCKET`; empty sends nothing.
        timeout_s: systemd's `WatchdogSec`; beats go out at a third of it. 0 sends none.
    """

    def __init__(self, address: str, timeout_s: float) -> None:
        self._every_ns = int(timeout_s / 3 * 1e9)
        self._next_ns = 0
        self._socket: socket.socket | None = None
        if address:
            self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
            self._socket.setblocking(False)
            with contextlib.suppress(OSError):  # nobody listens there: then nothing is sent, as below
                self._socket.connect("\0" + address[1:] if address.startswith("@") else address)

    @classmethod
    def of_environment(cls) -> Watchdog:
        """The one that the service manager asks for."""
        timeout_s = int(os.environ.get("WATCHDOG_USEC", "0")) / 1e6
        return cls(os.environ.get("NOTIFY_SOCKET", ""), timeout_s)

    def ready(self) -> None:
        """The first picture is on the screen."""
        self._send(b"READY=1\nSTATUS=showing")

    def beat(self, now_ns: int) -> None:
        """The loop came round at monotonic `now_ns`; cheap to call every time."""
        if self._every_ns and now_ns >= self._next_ns:
            self._next_ns = now_ns + self._every_ns
            self._send(b"WATCHDOG=1")

    def stopping(self) -> None:
        """The loop leaves on purpose; nothing is sent after it."""
        self._send(b"STOPPING=1")
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _send(self, message: bytes) -> None:
        if self._socket is None:
            return
        try:
            self._socket.send(message)
        except OSError:
            # A lost beat is made good by the next; a manager that has gone needs none.
            return
