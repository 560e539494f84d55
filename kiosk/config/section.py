"""Reading a document's parts by pydantic models, part by part, so that every error is told at once.

A list's item that doesn't fit is left out, and the others are still read and checked against each other. Of an item
with a wrong key the rest is read without that key, as long as it can do without it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, ValidationInfo, model_validator
from pydantic_core import ErrorDetails

from kiosk.config.document import Tree
from kiosk.config.fields import is_nothing, said
from kiosk.config.problem import Place, Report
from kiosk.config.wording import did_you_mean, nearest_or_all, quoted

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
M = TypeVar("M", bound="Strict")


class Strict(BaseModel):
    """A mapping with known keys only. A key without a value (`channels:`) counts as left out."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """The keys as they stand in YAML."""
        return tuple(field.alias or name for name, field in cls.model_fields.items())

    @model_validator(mode="before")
    @classmethod
    def _take(cls, tree: Any, info: ValidationInfo) -> Any:
        if not isinstance(tree, dict):
            raise said("must hold keys, each with its value")
        if info.context is not None:
            info.context[id(tree)] = cls  # whose keys these are, for the suggestion at an unknown one
        known = cls.keys()
        return {key: value for key, value in tree.items() if not (is_nothing(value) and key in known)}


@dataclass(frozen=True, slots=True)
class Item(Generic[T_co]):
    """A part that could be read, and where it stands.

    `broken` has the keys that stand there but couldn't be read; they have been told already.
    """

    place: Place
    value: T_co
    broken: frozenset[str] = frozenset()

    def at(self, *parts: str | int) -> Place:
        """The place of something inside."""
        return (*self.place, *parts)


class Sections:
    """The top-level keys of a document."""

    def __init__(self, tree: Tree, model: type[Strict], report: Report) -> None:
        self.report = report
        self._tree: dict[str, Tree] = {}
        if not isinstance(tree, dict):
            report.error((), "must hold keys, each with its value")
            return
        known = model.keys()
        for key, value in tree.items():
            if key not in known:
                report.error((key,), f"unknown key{did_you_mean(key, known)}")
            elif not is_nothing(value):
                self._tree[key] = value
        for name, field in model.model_fields.items():
            if field.is_required() and (field.alias or name) not in self._tree:
                report.error((field.alias or name,), "is missing")

    def has(self, key: str) -> bool:
        """Whether the key stands there with a value."""
        return key in self._tree

    def one(self, key: str, kind: type[M]) -> Item[M] | None:
        """A section that is one mapping; None where it is left out or can't be read."""
        if key not in self._tree:
            return None
        return self._read((key,), self._tree[key], kind)

    def value(self, key: str, kind: Any, default: T) -> T:
        """A section that is one value."""
        if key not in self._tree:
            return default
        item: Item[T] | None = self._read((key,), self._tree[key], kind)
        return item.value if item else default

    def items(self, key: str, kind: Any) -> tuple[Item[Any], ...]:
        """The readable items of a section that is a list, each read as `kind`."""
        trees = self._tree.get(key, [])
        if not isinstance(trees, list):
            self.report.error((key,), "must be a list: each item on its own line after `- `")
            return ()
        return self.inner((key,), trees, kind)

    def inner(self, place: Place, trees: list[Tree], kind: Any) -> tuple[Item[Any], ...]:
        """The readable items of a list somewhere inside."""
        read = (self._read((*place, i), tree, kind) for i, tree in enumerate(trees))
        return tuple(item for item in read if item is not None)

    def named(self, key: str, name: str = "id") -> tuple[str, ...]:
        """What the items of a list are called, those that can't be read included."""
        trees = self._tree.get(key, [])
        named = (tree.get(name) for tree in trees if isinstance(tree, dict)) if isinstance(trees, list) else ()
        return tuple(str(each) for each in named if isinstance(each, str))

    def _read(self, place: Place, tree: Tree, kind: Any) -> Item[Any] | None:
        broken: set[str] = set()
        for _ in range(2):
            models: dict[int, type[Strict]] = {}
            try:
                return Item(place, _adapter(kind).validate_python(tree, context=models), frozenset(broken))
            except ValidationError as error:
                found = [_explain(each, tree, models) for each in error.errors(include_url=False, include_input=False)]
            if broken:  # the second time tells nothing new
                return None
            for inner, message in found:
                self.report.error((*place, *inner), message)
            broken = {str(inner[0]) for inner, _ in found if inner}
            if not isinstance(tree, dict) or not broken:
                return None
            tree = {key: value for key, value in tree.items() if key not in broken}
        return None


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _walk(loc: Iterable[int | str], tree: Tree) -> tuple[Place, Tree]:
    """Pydantic's place without the names of union members, and the deepest value that exists there."""
    place: Place = ()
    parts = tuple(loc)
    for i, part in enumerate(parts):
        inside = (isinstance(tree, dict) and part in tree) or (
            isinstance(tree, list) and isinstance(part, int) and part < len(tree)
        )
        if inside:
            tree = tree[part]  # type: ignore[index] # just looked
            place = (*place, part)
        elif i == len(parts) - 1 and isinstance(tree, dict):
            place = (*place, part)
    return place, tree


def _explain(detail: ErrorDetails, tree: Tree, models: dict[int, type[Strict]]) -> tuple[Place, str]:
    place, _ = _walk(detail["loc"], tree)
    context = detail.get("ctx", {})
    match detail["type"]:
        case "said":
            return (*place, *context.get("at", ())), str(context["sentence"])
        case "missing":
            return place, "is missing"
        case "extra_forbidden":
            _, holder = _walk(detail["loc"][:-1], tree)
            keys = models[id(holder)].keys() if id(holder) in models else ()
            near = did_you_mean(str(place[-1]), keys)
            if not near and isinstance(holder, dict) and holder[str(place[-1])] == "":
                # `{title: over 5,000}` has a key `000` without a value.
                near = " without a value: between braces a text with a comma must be in quotes"
            return place, f"unknown key{near}"
        case "union_tag_not_found":
            return (*place, context["discriminator"].strip("'")), "is missing"
        case "union_tag_invalid":
            key = context["discriminator"].strip("'")
            known = [tag.strip("'") for tag in context["expected_tags"].split(", ")]
            told = str(context["tag"])
            return (*place, key), f"{quoted(told)} is unknown{nearest_or_all(told, known)}"
        case "tuple_type":
            return place, "must be a list, such as [one, two]"
        case "dict_type" | "model_attributes_type":
            return place, "must hold keys, each with its value"
        case _:
            return place, _lowered(detail["msg"])


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
