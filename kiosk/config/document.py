"""YAML text to a tree of texts with the line of everything in it.

Nothing is resolved here. An unquoted scalar is kept as `Plain` text, and the field that takes it decides what it
means: so `0.1` is never a binary float, `points: off` is the word it looks like, and `NO` is not quietly false.
Only mappings, lists and scalars exist. Tags, merge keys, duplicate keys, several documents, aliases that multiply
and nesting deeper than any rules file are refused, each with its line.

The parser's events are read instead of its nodes: they don't recurse, so that depth is bounded by us and not by the
stack.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from kiosk.config.problem import Place, Problem, Report
from kiosk.config.syntax import explain_syntax
from kiosk.config.wording import quoted

_MAX_BYTES = 4_000_000
_MAX_DEPTH = 24
_MAX_NODES = 300_000
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where the wheel has it: ten times faster


class Plain(str):
    """An unquoted scalar, as its text."""

    __slots__ = ()


Tree = str | list["Tree"] | dict[str, "Tree"]


@dataclass(frozen=True, slots=True)
class Document:
    """A file's tree (None where it couldn't be read) and what is wrong with its YAML."""

    file: str
    tree: Tree | None
    lines: Mapping[Place, int]
    problems: tuple[Problem, ...] = ()

    def report(self) -> Report:
        """A report that knows this document's lines, and what is wrong with its YAML."""
        return Report(self.file, self.lines, self.problems)


def open_document(path: Path, file: str | None = None) -> Document:
    """Read a file; whatever is wrong with it is in the document's problems.

    Args:
        path: where it is.
        file: what messages call it, if not `path`.
    """
    name = str(path) if file is None else file
    try:
        kind = path.stat()
        if stat.S_ISDIR(kind.st_mode):
            return _refused(name, "this is a directory, not a file")
        if not stat.S_ISREG(kind.st_mode):
            return _refused(name, "this is not an ordinary file")
        if kind.st_size > _MAX_BYTES:
            return _refused(
                name, f"{kind.st_size / 1e6:.0f} MB are too many: at most {_MAX_BYTES // 1_000_000} are read"
            )
        raw = path.read_bytes()
    except FileNotFoundError:
        return _refused(name, "no such file")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        return _refused(name, f"can't be read: {(reason or str(error)).lower()}")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _refused(name, "this is UTF-16 text: save it as UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return _refused(name, f"this is not UTF-8 text (byte 0x{raw[error.start]:02x}): save it as UTF-8", line)
    return read_document(name, text)


def read_document(file: str, text: str) -> Document:
    """Read YAML text; never raises for what it says."""
    unprintable = _UNPRINTABLE.search(text)
    if unprintable:
        line = text.count("\n", 0, unprintable.start()) + 1
        code = ord(unprintable[0])
        return _refused(file, f"not text: there is a control character (U+{code:04X})", line)
    composer = _Composer(file)
    try:
        node = composer.compose(text)
        tree, lines = composer.expand(node)
    except _Refused as refusal:
        return _refused(file, refusal.message, refusal.line, composer.problems)
    except yaml.MarkedYAMLError as error:
        line, message = explain_syntax(error, text)
        return _refused(file, message, line, composer.problems)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        return _refused(file, f"not YAML: {str(error).splitlines()[0]}", 1, composer.problems)
    return Document(file, tree, MappingProxyType(lines), composer.problems)


def _refused(file: str, message: str, line: int = 0, before: tuple[Problem, ...] = ()) -> Document:
    return Document(file, None, MappingProxyType({}), (*before, Problem(file, line, "", message)))


class _Refused(Exception):  # noqa: N818 - a refusal ends the reading, it never leaves this file
    def __init__(self, message: str, line: int) -> None:
        self.message, self.line = message, line


@dataclass(slots=True, eq=False)
class _Node:
    """A value before aliases are written out; a mapping holds each key with its line."""

    line: int
    value: str | list[_Node] | dict[str, tuple[int, _Node]]
    whole: bool = True


class _Composer:
    """Events to nodes, nodes to a tree."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._problems: list[Problem] = []
        self._anchors: dict[str, _Node] = {}
        self._events: Iterator[Any] = iter(())
        self._lines: dict[Place, int] = {}
        self._nodes = 0

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(self._problems)

    def _problem(self, line: int, message: str) -> None:
        self._problems.append(Problem(self._file, line, "", message))

    def compose(self, text: str) -> _Node:
        self._events = iter(yaml.parse(text, Loader=_LOADER))
        next(self._events)  # the stream's start
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise _Refused("the file is empty", 1)
        node = self._node(next(self._events), 0)
        next(self._events)  # the document's end
        more = next(self._events)
        if not isinstance(more, yaml.StreamEndEvent):
            raise _Refused("a second document starts here: one file holds one", more.start_mark.line + 1)
        return node

    def _node(self, event: Any, depth: int) -> _Node:
        line = event.start_mark.line + 1
        self._nodes += 1
        if self._nodes > _MAX_NODES:
            raise _Refused(f"more than {_MAX_NODES} values", line)
        if depth > _MAX_DEPTH:
            raise _Refused(f"nested deeper than {_MAX_DEPTH} levels", line)
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                raise _Refused(f"no anchor &{event.anchor} stands before this alias", line)
            node = self._anchors[event.anchor]
            if not node.whole:
                raise _Refused(f"the alias *{event.anchor} holds itself", line)
            return node
        if event.tag is not None:
            self._problem(line, f"tags such as {quoted(event.tag)} are not read: leave it out")
        if isinstance(event, yaml.ScalarEvent):
            node = _Node(line, Plain(event.value) if event.implicit[0] else event.value)
            self._remember(event, node)
            return node
        node = _Node(line, [] if isinstance(event, yaml.SequenceStartEvent) else {}, whole=False)
        self._remember(event, node)
        if isinstance(node.value, list):
            while not isinstance(item := next(self._events), yaml.SequenceEndEvent):
                node.value.append(self._node(item, depth + 1))
        else:
            while not isinstance(key := next(self._events), yaml.MappingEndEvent):
                self._entry(key, node, depth)
        node.whole = True
        return node

    def _remember(self, event: Any, node: _Node) -> None:
        if event.anchor is not None:
            self._anchors[event.anchor] = node

    def _entry(self, event: Any, node: _Node, depth: int) -> None:
        assert isinstance(node.value, dict)
        line = event.start_mark.line + 1
        key = self._node(event, depth + 1).value
        value = self._node(next(self._events), depth + 1)
        if not isinstance(key, str):
            self._problem(line, "a key must be a text")
        elif key == "<<" and isinstance(key, Plain):
            self._problem(line, "merge keys (<<) are not read: write the keys out")
        elif key in node.value:
            self._problem(line, f"the key {quoted(key)} stands twice, first in line {node.value[key][0]}")
        else:
            node.value[str(key)] = (line, value)

    def expand(self, root: _Node) -> tuple[Tree, dict[Place, int]]:
        """The tree with aliases written out, and the line of every place in it."""
        return self._expand(root, (), root.line), self._lines

    def _expand(self, node: _Node, place: Place, line: int) -> Tree:
        self._lines[place] = line
        if len(self._lines) > _MAX_NODES:
            raise _Refused(f"more than {_MAX_NODES} values: aliases multiply what they name", line)
        if len(place) > _MAX_DEPTH:
            raise _Refused(f"nested deeper than {_MAX_DEPTH} levels", line)
        if isinstance(node.value, str):
            return node.value
        if isinstance(node.value, list):
            return [self._expand(item, (*place, i), item.line) for i, item in enumerate(node.value)]
        return {key: self._expand(item, (*place, key), at) for key, (at, item) in node.value.items()}
