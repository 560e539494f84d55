"""How often each address may ask."""

from __future__ import annotations

from collections import OrderedDict

PER_SECOND = 20.0
BURST = 60.0
_ADDRESSES = 256


class Rate:
    """A bucket of `BURST` requests for each address, refilled by `PER_SECOND`; only so many addresses are kept."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def allows(self, address: str, now_ns: int) -> bool:
        """Take one request of this address, at this moment of the monotonic clock."""
        left, since_ns = self._buckets.pop(address, (BURST, now_ns))
        left = min(BURST, left + (now_ns - since_ns) / 1e9 * PER_SECOND)
        allowed = left >= 1
        self._buckets[address] = (left - 1 if allowed else left, now_ns)
        if len(self._buckets) > _ADDRESSES:
            self._buckets.popitem(last=False)
        return allowed
