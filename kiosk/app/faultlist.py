"""Everything that IT should mend at present, as one short list."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

LIMIT = 50
"""Lines told at once; the rest is counted."""


class FaultList:
    """What each place has to say now; places are told in the order in which they first said something."""

    def __init__(self) -> None:
        self._said: dict[str, tuple[str, ...]] = {}

    def say(self, place: str, messages: Iterable[str]) -> bool:
        """These in place of what this place said before, none when it is well; whether that is news."""
        said = tuple(messages)
        is_news = self._said.get(place, ()) != said
        self._said[place] = said
        return is_news

    def lines(self) -> tuple[str, ...]:
        """Each message once, at most `LIMIT` of them and a count of the others."""
        different = tuple(dict.fromkeys(chain.from_iterable(self._said.values())))
        if len(different) <= LIMIT:
            return different
        return (*different[:LIMIT], f"… and {len(different) - LIMIT} more")
