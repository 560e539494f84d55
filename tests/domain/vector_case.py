"""Conformance cases: what tests/vectors/*.yaml hold, read (the form is told in tests/vectors/README.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from kiosk.config.document import Document, Plain, Tree, read_document
from kiosk.config.rules_file import ReadRules, read_rules
from kiosk.domain.fact import AchievementPublished, ClockReached, Fact, PlayerPut, RecordPut
from kiosk.domain.organisation import Player
from kiosk.domain.record import Record

FOLDER = Path(__file__).parent.parent / "vectors"

Line = Mapping[str, Tree]
"""A fact or an expected unlock as the file has it."""

_RECORD_KEYS = frozenset(("record", "at", "owner", "arrived", "source", "type"))
_UNLOCK_KEYS = frozenset(("achievement", "subject", "occurrence", "at", "value", "threshold", "rank", "celebrate"))
_WORDS: Line = {"title": Plain("Title"), "description": Plain("Text")}


@dataclass(frozen=True, slots=True)
class Expected:
    """An unlock as far as cases tell it; `value` and `threshold` are exact."""

    achievement: str
    subject: str
    occurrence: str
    at: datetime
    value: Fraction
    threshold: Fraction | None
    rank: int | None
    celebrate: bool


@dataclass(frozen=True, slots=True)
class Case:
    """One case.

    Attributes:
        rules: a whole rules file but for its sources.
        facts: in the order in which they are applied.
        unlocks: every one, in the order of application.
        faults: how many faults are told.
        errors: paths of the errors for which the rules are refused; then there are no facts.
    """

    group: str
    name: str
    why: str
    rules: Mapping[str, Tree]
    facts: tuple[Line, ...]
    unlocks: tuple[Line, ...]
    faults: int
    errors: tuple[str, ...]

    def __str__(self) -> str:
        """As pytest names it."""
        return f"{self.group}: {self.name}"

    @property
    def zone(self) -> ZoneInfo:
        """The organisation's, in which local times are read."""
        return ZoneInfo(str(cast("Line", self.rules["organisation"])["timezone"]))

    def read_rules(self) -> ReadRules:
        """The rules as the real models read them."""
        return read_rules(Document(f"{self.group}.yaml", dict(self.rules), {}), FOLDER / f"{self.group}.yaml")

    def expected(self) -> list[Expected]:
        """What the facts must unlock."""
        return [self._expected(line) for line in self.unlocks]

    def waiting(self) -> set[str]:
        """Achievements that are published by a fact, so not from the start."""
        return {str(line["publish"]) for line in self.facts if "publish" in line}

    def applied(self) -> Iterator[Fact]:
        """The facts as the engine takes them."""
        for line in self.facts:
            yield self._fact(line)

    @property
    def is_replayable(self) -> bool:
        """Whether sources alone can say it: records in the order of their times, arriving at once."""
        if any(not {"record", "clock"} & set(line) or "arrived" in line for line in self.facts):
            return False
        times = [self._time(line.get("at", line.get("clock"))) for line in self.facts]
        return all(one <= two for one, two in pairwise(times))

    def replay_until(self) -> datetime | None:
        """Where the clock stops, None for the last record."""
        last = self.facts[-1]
        return self._time(last["clock"]) if "clock" in last else None

    def write(self, folder: Path) -> Path:
        """Write the rules and their sources into `folder`; the path of the rules."""
        lines: dict[tuple[str, str], list[str]] = {}
        for line in self.facts:
            if "record" in line:
                row = {"id": line["record"], "when": str(line["at"]).replace(" ", "T"), "who": line["owner"]}
                of_source = lines.setdefault((_source(line), _type(line)), [])
                of_source.append(json.dumps({**row, **_cells(line)}) + "\n")
        sources: list[Tree] = []
        for (source, record), rows in lines.items():
            path = folder / f"{source}.jsonl"
            path.write_text("".join(rows), encoding="utf-8")
            reading: Mapping[str, Tree] = {"record": record, "key": "id", "owner": "who", "time": "when"}
            sources.append({"id": source, "type": "jsonl", "path": path.name, **reading})
        rules = folder / "rules.yaml"
        rules.write_text(_yaml({**self.rules, "sources": sources}), encoding="utf-8")
        return rules

    def _fact(self, line: Line) -> Fact:
        match line:
            case {"record": id_, "at": at, "owner": owner}:
                date_only = len(str(at)) == len("2024-03-04")
                occurred_at = self._time(at)
                record = Record(
                    _source(line), str(id_), 0, _type(line), occurred_at, str(owner), _cells(line), date_only
                )
                return RecordPut(record, self._time(line["arrived"]) if "arrived" in line else occurred_at)
            case {"player": id_, "name": name, **others} if set(others) <= {"teams", "aliases"}:
                teams, aliases = (
                    tuple(map(str, cast("list[str]", others.get(key, [])))) for key in ("teams", "aliases")
                )
                return PlayerPut(Player(str(id_), str(name), teams, aliases))
            case {"publish": achievement, **others} if not others:
                return AchievementPublished(str(achievement))
            case {"clock": at, **others} if not others:
                return ClockReached(self._time(at))
        raise ValueError(f"{self}: {line} is no fact")

    def _expected(self, line: Line) -> Expected:
        if not set(line) <= _UNLOCK_KEYS:
            raise ValueError(f"{self}: {line} is no unlock")
        return Expected(
            achievement=str(line["achievement"]),
            subject=str(line["subject"]),
            occurrence=str(line["occurrence"]),
            at=self._time(line["at"]),
            value=Fraction(str(line["value"])),
            threshold=Fraction(str(line["threshold"])) if "threshold" in line else None,
            rank=int(str(line["rank"])) if "rank" in line else None,
            celebrate={"true": True, "false": False}[str(line.get("celebrate", "true"))],
        )

    def _time(self, text: Tree | None) -> datetime:
        """A local time, of two the first; or one with an offset. In UTC, where times compare by what they are."""
        moment = datetime.fromisoformat(str(text))
        return (moment if moment.tzinfo else moment.replace(tzinfo=self.zone)).astimezone(UTC)


def read_cases() -> list[Case]:
    """The cases of all files, in their order."""
    return [case for path in sorted(FOLDER.glob("*.yaml")) for case in _cases_of(path)]


def _cases_of(path: Path) -> Iterator[Case]:
    document = read_document(path.name, path.read_text(encoding="utf-8"))
    if document.problems:
        raise ValueError("\n".join(map(str, document.problems)))
    tree = cast("dict[str, Tree]", document.tree)
    if set(tree) != {"rules", "cases"}:
        raise ValueError(f"{path.name} must hold rules and cases")
    for item in cast("list[dict[str, Tree]]", tree["cases"]):
        yield _case(path.stem, cast("dict[str, Tree]", tree["rules"]), item)


def _case(group: str, shared: dict[str, Tree], item: dict[str, Tree]) -> Case:
    known = {"name", "why", "rules", "facts", "unlocks", "faults", "errors"}
    if not set(item) <= known:
        raise ValueError(f"{group}: {item.get('name')}: unknown {set(item) - known}")
    errors = tuple(map(str, cast("list[str]", item.get("errors", []))))
    rules = {**shared, **cast("dict[str, Tree]", item.get("rules", {}))}
    if not errors:
        rules["achievements"] = [{**_WORDS, **each} for each in cast("list[dict[str, Tree]]", rules["achievements"])]
    return Case(
        group=group,
        name=str(item["name"]),
        why=str(item["why"]),
        rules=rules,
        facts=tuple(cast("list[Line]", item.get("facts", []))),
        unlocks=tuple(cast("list[Line]", item.get("unlocks", []))),
        faults=int(str(item.get("faults", "0"))),
        errors=errors,
    )


def _source(line: Line) -> str:
    return str(line.get("source", "crm"))


def _type(line: Line) -> str:
    return str(line.get("type", "deal"))


def _cells(line: Line) -> dict[str, str]:
    """The record's fields; an empty one is missing."""
    return {key: str(value) for key, value in line.items() if key not in _RECORD_KEYS and value != ""}


def _yaml(tree: Tree) -> str:
    """The tree as YAML text that is read as the same tree: unquoted stays unquoted."""
    match tree:
        case dict():
            return "{" + ", ".join(f"{json.dumps(key)}: {_yaml(value)}" for key, value in tree.items()) + "}"
        case list():
            return "[" + ", ".join(map(_yaml, tree)) + "]"
        case Plain():
            return str(tree)
        case _:
            return json.dumps(tree)
