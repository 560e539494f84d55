"""A feed's thread."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from abc import ABC, abstractmethod

from kiosk.feed.delivery import Delivery, StoppedError
from kiosk.feed.reading import Deliver

log = logging.getLogger(__name__)
_PATIENCE_S = 0.8
_AGAIN_S = 5.0


class Worker(ABC):
    """Runs `work` in a thread of its own until it is stopped; a fault of ours doesn't end it.

    Subclasses say what the work is. It may wait only through `self.delivery` and through calls that end by
    themselves: what still waits a second after `leave` is left to end alone, and hands over nothing.
    """

    def __init__(self, source: str, deliver: Deliver) -> None:
        self.stopped = threading.Event()
        self.delivery = Delivery(source, deliver, self.stopped)
        self._left_s = 0.0
        self._thread = threading.Thread(target=self._run, name=f"feed {source}", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def leave(self) -> None:
        """Hand over nothing more; returns at once."""
        if not self.stopped.is_set():
            self._left_s = time.monotonic()
            self.stopped.set()

    def stop(self) -> None:
        """Leave, and wait for the end of what is on its way; returns within a second of `leave`."""
        self.leave()
        if self._thread.ident is not None and self._thread is not threading.current_thread():
            self._thread.join(max(0.0, self._left_s + _PATIENCE_S - time.monotonic()))

    @abstractmethod
    def work(self) -> None:
        """Read and hand over for ever; ends by `StoppedError`."""

    def _run(self) -> None:
        while not self.stopped.is_set():
            try:
                self.work()
            except StoppedError:
                return
            except Exception:
                log.exception("%s: the feed failed and begins anew", self.delivery.source)
                self._tell()
                self.stopped.wait(_AGAIN_S)

    def _tell(self) -> None:
        with contextlib.suppress(StoppedError):
            self.delivery.faults((f"{self.delivery.source}: the feed failed and begins anew; the log says why",))
