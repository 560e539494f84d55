"""What is wrong with a file, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kiosk.config.wording import did_you_mean, quoted
from kiosk.refusal import Refusal

Place = tuple[str | int, ...]
"""Keys and list positions from the top of a file to a value, such as `("metrics", 2, "field")`."""

_SUGGESTIONS = 100


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend.

    Attributes:
        file: the file's path as the user gave it, or as the file that names it leads to it.
        line: counted from 1; 0 where no line can be told.
        path: such as `achievements[3].require.at_least`; list positions count from 0. Empty for the whole file.
        message: what is wrong and, where something is near, `did you mean "…"?`; one line.
        warning: nothing is refused because of it.
    """

    file: str
    line: int
    path: str
    message: str
    warning: bool = False

    def __str__(self) -> str:
        """`file:line: path: message`, without what it doesn't have."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(filter(None, (where, self.path, self.message)))


class ConfigError(Refusal):
    """A file can't be used; `problems` holds every error at once, and no warnings."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class Report:
    """Gathers the problems of one file, finding each line by its place."""

    def __init__(self, file: str, lines: Mapping[Place, int], found: Iterable[Problem] = ()) -> None:
        self.file = file
        self._lines = lines
        self._found = dict.fromkeys(found)

    def error(self, place: Place, message: str) -> None:
        """Add what makes the file unusable."""
        self._found[Problem(self.file, self.line(place), dotted(place), message)] = None

    def warn(self, place: Place, message: str) -> None:
        """Add what the user should know, though the file can be used."""
        self._found[Problem(self.file, self.line(place), dotted(place), message, warning=True)] = None

    def meant(self, word: str, known: Iterable[str]) -> str:
        """`, did you mean "…"?`, for the first problems: in a file full of them looking for each would take minutes."""
        return did_you_mean(word, known) if len(self._found) < _SUGGESTIONS else ""

    def line(self, place: Place) -> int:
        """The line of a place; of a missing key, the line of what should hold it."""
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines.get(place, 1)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything found, in the order of the file."""
        return tuple(sorted(self._found, key=lambda problem: problem.line))


def dotted(place: Place) -> str:
    """A place as people write it.

    >>> dotted(("achievements", 3, "require", "at_least")), dotted(("fields", "close date"))
    ('achievements[3].require.at_least', 'fields."close date"')
    """
    text = ""
    for part in place:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            plain = all(c.isalnum() or c in "_-" for c in part) and 0 < len(part) <= 60
            text += f"{'.' if text else ''}{part if plain else quoted(part)}"
    return text
