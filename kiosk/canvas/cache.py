"""A cache that forgets what was used longest ago once it holds too many bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Cache(Generic[Value]):
    """Values by key, least recently used first out.

    Args:
        limit: how much it may hold, in the unit of `weigh`.
        weigh: what one value costs, such as its bytes. A value heavier than half of `limit` isn't kept: one giant
            must not push out everything else.
    """

    def __init__(self, limit: int, weigh: Callable[[Value], int]) -> None:
        self.limit = limit
        self.held = 0
        self._weigh = weigh
        self._values: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Hashable) -> Value | None:
        """The value under `key`, or None."""
        found = self._values.get(key)
        if found is None:
            return None
        self._values.move_to_end(key)
        return found[0]

    def put(self, key: Hashable, value: Value) -> Value:
        """Keeps `value`, unless it is too heavy, and gives it back."""
        self.drop(key)
        weight = self._weigh(value)
        if weight * 2 > self.limit:
            return value
        self._values[key] = (value, weight)
        self.held += weight
        while self.held > self.limit:
            _, (_, gone) = self._values.popitem(last=False)
            self.held -= gone
        return value

    def drop(self, key: Hashable) -> None:
        """Forgets the value under `key`, if there is one."""
        found = self._values.pop(key, None)
        if found is not None:
            self.held -= found[1]

    def clear(self) -> None:
        """Forgets everything."""
        self._values.clear()
        self.held = 0
