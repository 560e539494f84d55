"""How messages quote what a file says and suggest what it may mean."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_LONGEST = 60


def quoted(text: str) -> str:
    r"""The text in quotes: one line, shortened, with control characters made visible.

    >>> quoted("two\nlines")
    '"two\\nlines"'
    """
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return '"' + "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in short) + '"'


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`, did you mean "…"?`, or nothing where no known word is near.

    >>> did_you_mean("requier", ("require", "period"))
    ', did you mean "require"?'
    """
    if len(word) > _LONGEST:
        return ""
    by_folded = {each.casefold(): each for each in known}
    near = get_close_matches(word.casefold(), by_folded, 1)
    return f", did you mean {quoted(by_folded[near[0]])}?" if near else ""


def one_of(known: Iterable[str]) -> str:
    """The words as a list to choose from.

    >>> one_of(("now", "next", "never"))
    'now, next or never'
    """
    *firsts, last = known
    return f"{', '.join(firsts)} or {last}" if firsts else last


def nearest_or_all(word: str, known: Iterable[str]) -> str:
    """The nearest known word, or all of them where none is near: for short closed lists."""
    words = tuple(known)
    return did_you_mean(word, words) or f": it is {one_of(words)}"
