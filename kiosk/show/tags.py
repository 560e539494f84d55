"""Tags in texts, such as `{player.name} sold {value}`: a closed list looked up by name.

Never a format string and never a template. A text is read once, so braces inside a filled-in name, or inside a
record's cell, are only braces. `{player.name}` is the subject's name on team and company subjects too. Braces that
hold no tag's form (`{}`, `{ 1 }`, `:-{`) are ordinary characters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

KNOWN = (
    "player.name",
    "player.first_name",
    "team.name",
    "value",
    "threshold",
    "rank",
    "period",
    "points",
    "record.FIELD",
)
"""Every tag; FIELD stands for the name of any of the record's fields."""

_NAMED = frozenset(KNOWN[:-1])
_RECORD = "record."
_TAG = re.compile(r"\{([^\W\d_][^{}\n]{0,63})\}")
# Words and dots: the form of a tag. `record.` may be followed by any column's name.
_FORM = re.compile(r"[\w.\- ]+")
_BEFORE = re.compile(r"\s*(?:[,;:·|/–—-]\s*)?\Z")
_AFTER = re.compile(r"\A\s*(?:[,;:·|/–—-]\s+)?")
_BRACKETS = {"(": ")", "[": "]", "“": "”", "„": "“", "«": "»", '"': '"'}


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its known tags replaced by `values`, which have a tag's name (`player.name`) as their key.

    A tag whose value is missing or empty goes, together with the space, the separator or the brackets that only
    belonged to it. An unknown tag stays as it was written: the config refuses it before it can be seen.

    >>> fill("{player.name} ({team.name}) sold {value}!", {"player.name": "Zoë {value}", "value": "$5"})
    'Zoë {value} sold $5!'
    """
    literals, names = _split(text)
    filled: list[str] = []
    before = literals[0]
    for name, after in zip(names, literals[1:], strict=True):
        value = values.get(name, "")
        if value:
            filled += before, value
            before = after
        else:
            before = _close_gap(before, after, opening=not filled)
    return "".join((*filled, before))


def unknown(text: str) -> tuple[tuple[str, str | None], ...]:
    """Each unknown tag of the text, without braces, with the known one that it is nearest to, if any is near.

    >>> unknown("{player.nmae} earned {points}, {shoe size}")
    (('player.nmae', 'player.name'), ('shoe size', None))
    """
    found = (match[1] for match in _TAG.finditer(text))
    return tuple((name, _nearest(name)) for name in found if not _is_known(name) and _FORM.fullmatch(name))


def _split(text: str) -> tuple[list[str], list[str]]:
    """The literal pieces around the known tags (one more than tags), and the tags' names."""
    literals, names, end = [], [], 0
    for match in _TAG.finditer(text):
        if _is_known(match[1]):
            literals.append(text[end : match.start()])
            names.append(match[1])
            end = match.end()
    return [*literals, text[end:]], names


def _is_known(name: str) -> bool:
    return name in _NAMED or (name.startswith(_RECORD) and len(name) > len(_RECORD))


def _nearest(name: str) -> str | None:
    folded = name.casefold().replace(" ", "_")
    if folded.startswith(_RECORD.rstrip(".")):
        return KNOWN[-1]
    near = get_close_matches(folded, KNOWN, n=1, cutoff=0.5)
    return near[0] if near else None


def _close_gap(before: str, after: str, *, opening: bool) -> str:
    """The author's words around a missing value, joined; `opening`: nothing stands before them."""
    while before and after and _BRACKETS.get(before[-1]) == after[0]:
        before, after = before[:-1], after[1:]
    stem = _BEFORE.sub("", before)
    if opening and not stem:
        return _AFTER.sub("", after)
    return before + after if after[:1].isalnum() else stem + after
