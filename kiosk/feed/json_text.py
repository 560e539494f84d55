"""JSON as sources send it, numbers kept by their own text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from kiosk.feed.cells import NumberText, as_cell, at_path, flattened
from kiosk.feed.fault import RowError
from kiosk.feed.row import Row


def decoded(text: str | bytes) -> object:
    """A JSON value; numbers (and NaN, which is none) are `NumberText`.

    Raises:
        RowError: it is no JSON.
    """
    try:
        value: object = json.loads(text, parse_float=NumberText, parse_int=NumberText, parse_constant=NumberText)
    except RecursionError:
        raise RowError("this JSON is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise RowError(f"this is no JSON: {error.msg} at character {error.pos + 1}") from None
    except ValueError:
        raise RowError("this is no JSON in UTF-8") from None
    return value


def item_cells(item: object, wanted: Sequence[str] | None) -> dict[str, str]:
    """The cells of one decoded item by their dotted path: those `wanted`, or all.

    Raises:
        RowError: it is no object, or what is wanted is no single value.
    """
    if not isinstance(item, Mapping):
        raise RowError("this is no JSON object")
    if wanted is None:
        try:
            return flattened(item)
        except RecursionError:
            raise RowError("this JSON is nested too deeply") from None
    return {path: as_cell(at_path(item, path), path) for path in wanted}


class JsonlText:
    """JSON lines: one object a line.

    Args:
        wanted: the dotted paths to give; None for all.
    """

    def __init__(self, wanted: Sequence[str] | None) -> None:
        self._wanted = wanted

    def begin(self, lines: Sequence[str], *, final: bool) -> int:  # noqa: ARG002 - as of CSV
        """There is no header."""
        return 0

    def rows(self, lines: Sequence[str], start: int = 0, *, final: bool) -> Iterator[Row]:
        """One row for each line that isn't empty; without `final` a last line without its end is left for later."""
        for i in range(start, len(lines)):
            if not final and i == len(lines) - 1 and not lines[i].endswith("\n"):
                return
            if lines[i].strip():
                yield self._row(i, lines[i])

    def _row(self, i: int, line: str) -> Row:
        try:
            return Row(i, i + 1, item_cells(decoded(line), self._wanted))
        except RowError as error:
            return Row(i, i + 1, None, str(error))
