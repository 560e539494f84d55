"""What waits for the evaluator's thread: what the show wants written, which goes first, and what feeds deliver."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from kiosk.feed.reading import Reading, Receipt
from kiosk.show.effects import Effect


@dataclass(slots=True, eq=False)
class Delivery:
    """A reading, how far it was taken, and who waits for the receipts.

    Attributes:
        careful: one of its records made the engine fail, so they are taken one by one.
    """

    reading: Reading
    future: Future[tuple[Receipt, ...]] = field(default_factory=Future)
    receipts: list[Receipt] = field(default_factory=list)
    careful: bool = False


class Inbox:
    """Thread-safe; whatever is put in wakes the one thread that takes out."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._effects: deque[tuple[Effect, ...]] = deque()
        self._deliveries: deque[Delivery] = deque()
        self._closed = False
        self._woken = False

    @property
    def closed(self) -> bool:
        """Whether nothing more comes in."""
        return self._closed

    def put_effects(self, effects: tuple[Effect, ...]) -> None:
        """The effects of one step, to be written together; dropped where nobody writes any more."""
        with self._changed:
            if not self._closed:
                self._effects.append(effects)
                self._wake()

    def put_reading(self, reading: Reading) -> Future[tuple[Receipt, ...]]:
        """A reading; the future of its receipts, cancelled if nothing more is taken."""
        delivery = Delivery(reading)
        with self._changed:
            if self._closed:
                delivery.future.cancel()
            else:
                self._deliveries.append(delivery)
                self._wake()
        return delivery.future

    def close(self) -> None:
        """Nothing more comes in; what is in here can still be taken out."""
        with self._changed:
            self._closed = True
            self._wake()

    def take_effects(self) -> list[tuple[Effect, ...]]:
        """All effects that wait, oldest first."""
        with self._changed:
            effects, self._effects = list(self._effects), deque()
        return effects

    def first_delivery(self, may_go: Callable[[Reading], bool]) -> Delivery | None:
        """The oldest delivery that may go now; it stays in here until its `answer`."""
        with self._changed:
            return next((delivery for delivery in self._deliveries if may_go(delivery.reading)), None)

    def answer(self, delivery: Delivery, error: Exception | None = None) -> None:
        """Give a delivery its receipts, or the error that kept it out."""
        with self._changed:
            self._deliveries.remove(delivery)
        if delivery.future.set_running_or_notify_cancel():
            if error is None:
                delivery.future.set_result(tuple(delivery.receipts))
            else:
                delivery.future.set_exception(error)

    def cancel_deliveries(self) -> None:
        """Tell everybody who waits that nothing more is taken."""
        with self._changed:
            left, self._deliveries = list(self._deliveries), deque()
        for delivery in left:
            delivery.future.cancel()

    def wait(self, seconds: float) -> None:
        """Until something comes in that came after the last wait, but no longer than `seconds`."""
        with self._changed:
            self._changed.wait_for(lambda: self._woken, seconds)
            self._woken = False

    def _wake(self) -> None:
        self._woken = True
        self._changed.notify()
