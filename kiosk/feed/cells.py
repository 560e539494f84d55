"""Cells as text: what a cell of a CSV row or a value of a JSON item says (docs/rules.md, sections 3 and 9)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kiosk.feed.fault import RowError

MAX_CELL = 65_536
"""The longest cell, in characters."""

MAX_KEYS = 500
"""The most cells taken from one JSON item that names none."""

_GROUPING = re.compile(r"[.' \u00a0\u202f]")
_COMMA_NUMBER = re.compile(
    rf"\s*[+-]?(?:[0-9]+|[0-9]{{1,3}}(?:{_GROUPING.pattern}[0-9]{{3}})+)(?:,[0-9]+)?(?:[eE][+-]?[0-9]+)?\s*"
)


class NumberText(str):
    """The text of a JSON number: its decimal mark is a point, whatever the source's is."""

    __slots__ = ()


def with_point(text: str, decimal: str) -> str:
    """A number written with `decimal` as its mark, written with a point; other text as it is.

    Where the mark is a comma, what stands between groups of three digits only groups them.

    >>> with_point("1.234,50", ","), with_point("12,5", ","), with_point("a, b", ","), with_point("12,5", ".")
    ('1234.50', '12.5', 'a, b', '12,5')
    """
    if decimal == "." or isinstance(text, NumberText) or not _COMMA_NUMBER.fullmatch(text):
        return text
    return _GROUPING.sub("", text.strip()).replace(",", ".")


def checked(text: str) -> str:
    """`text` if it can be a cell: not too long, no NUL; a lone half of a surrogate pair becomes `�`.

    Raises:
        RowError: it can't.
    """
    if len(text) > MAX_CELL:
        raise RowError(f"a cell is longer than {MAX_CELL:,} characters")
    if "\0" in text:
        raise RowError("a cell holds a NUL byte")
    if not text.isascii():
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def at_path(item: object, path: str) -> object:
    """What stands at the dotted `path` of a decoded JSON value; None where nothing does.

    A name that itself holds a dot is found too; a number picks from a list.

    >>> at_path({"a": {"b": [5, 6]}, "c.d": 7}, "a.b.1"), at_path({"c.d": 7}, "c.d"), at_path({}, "x.y")
    (6, 7, None)
    """
    if not path:
        return item
    if isinstance(item, Mapping):
        if path in item:
            return item[path]
        name, _, rest = path.partition(".")
        return at_path(item.get(name), rest) if rest else None
    if isinstance(item, Sequence) and not isinstance(item, str):
        name, _, rest = path.partition(".")
        if name.isascii() and name.isdigit() and len(name) < 10 and int(name) < len(item):
            return at_path(item[int(name)], rest)
    return None


def as_cell(value: object, path: str) -> str:
    """The text of a JSON value: numbers by their own text, `true` and `false`, nothing for null.

    Raises:
        RowError: it is a list or an object.
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case _:
            raise RowError(f"{path} is a {'list' if isinstance(value, list) else 'nested object'}, not a single value")


def flattened(item: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    """Every single value of a JSON object under its dotted path; lists are left out.

    Raises:
        RowError: there are too many.
    """
    cells: dict[str, str] = {}
    for name, value in item.items():
        path = checked(f"{prefix}{name}")
        if isinstance(value, Mapping):
            cells |= flattened(value, f"{path}.")
        elif not isinstance(value, list):
            cells[path] = as_cell(value, path)
        if len(cells) > MAX_KEYS:
            raise RowError(f"it has more than {MAX_KEYS} values: name those you need under `fields`")
    return cells
