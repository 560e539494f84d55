"""Faults while reading: sentences for IT staff, each with its place, never too many of them."""

from __future__ import annotations

LIMIT = 20
"""Messages kept of one source; the rest is counted."""

_EXCERPT = 40


class RowError(ValueError):
    """One row or item can't become a record; the message is a sentence without a place."""


class SourceError(Exception):
    """Nothing of a source can be read; the message is whole, with its place."""

    def __init__(self, *messages: str) -> None:
        super().__init__(*messages)
        self.messages = messages


class Faults:
    """A bounded list of messages, and the count of those beyond it."""

    def __init__(self) -> None:
        self._messages: list[str] = []
        self._more = 0

    def add(self, message: str) -> None:
        """Keep `message`, or only count it."""
        if len(self._messages) < LIMIT:
            self._messages.append(message)
        else:
            self._more += 1

    def messages(self) -> tuple[str, ...]:
        """What was kept, and how many more there were."""
        if not self._more:
            return tuple(self._messages)
        return (*self._messages, f"… and {self._more} more")


def excerpt(text: str) -> str:
    """`text` in quotes, shortened so that a message stays one readable line.

    >>> excerpt("31.02.2017")
    "'31.02.2017'"
    """
    return repr(text if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "…")
