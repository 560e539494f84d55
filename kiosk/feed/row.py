"""One row of a file, before it is a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A row that begins on line `first` and ends before line `end`, both counted from 0 in the lines given.

    `cells` are the columns (or paths) asked for that aren't empty; None for a row that is none, with its `error`.
    """

    first: int
    end: int
    cells: Mapping[str, str] | None
    error: str = ""
