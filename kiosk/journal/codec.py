"""Frozen values to JSON and back, exactly.

The dataclass's own types are the format, so that a value and its JSON can't drift apart. Reading is strict: an
unknown key, a missing one without a default or a wrong type raises. A field that was added later, with a default,
is read from older JSON as that default.

Times are written in UTC, decimals and fractions as text (`"12.50"`, `"2/3"`): none goes through a binary float.
"""

from __future__ import annotations

import json
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")

_DECIMAL = re.compile(r"[+-]?\d+(\.\d+)?(E[+-]?\d+)?", re.ASCII)
_FRACTION = re.compile(r"-?\d+/[1-9]\d*", re.ASCII)


class CodecError(ValueError):
    """A value that can't be written exactly, or JSON that isn't what the type says."""


@dataclass(frozen=True, slots=True)
class Codec(Generic[T]):
    """How values of one type become JSON values and are made of them again."""

    to_json: Callable[[T], Any]
    from_json: Callable[[Any], T]

    def write(self, value: T) -> str:
        """The value as compact JSON text, in ASCII: even text that is no valid Unicode survives."""
        return json.dumps(self.to_json(value), separators=(",", ":"), allow_nan=False)

    def read(self, text: str) -> T:
        """The value that `write` wrote.

        Raises:
            CodecError: the text is not JSON of this type.
        """
        try:
            return self.from_json(json.loads(text))
        except (json.JSONDecodeError, RecursionError) as error:
            raise CodecError(f"not JSON: {error}") from error


def codec(kind: type[T]) -> Codec[T]:
    """The codec of a frozen dataclass, made once by whoever needs it."""
    return _dataclass_codec(kind)


def _codec(kind: Any) -> Codec[Any]:
    if kind in _PLAIN:
        return _PLAIN[kind]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (types.UnionType, Union):
        return _union_codec(arguments)
    if origin is tuple and arguments[1:] == (...,):
        return _tuple_codec(_codec(arguments[0]))
    if origin is Mapping and arguments[0] is str:
        return _mapping_codec(_codec(arguments[1]))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _enum_codec(kind)
    if is_dataclass(kind):
        return codec(kind)  # type: ignore[arg-type]
    raise TypeError(f"{kind} has no JSON form")


def _dataclass_codec(kind: Any) -> Codec[Any]:
    hints = get_type_hints(kind)
    parts = {field.name: _codec(hints[field.name]) for field in fields(kind)}
    needed = {f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}
    writers = [(name, part.to_json) for name, part in parts.items()]

    def to_json(value: Any) -> dict[str, Any]:
        if type(value) is not kind:
            raise CodecError(f"expected {kind.__name__}, not {value!r}")
        return {name: write(getattr(value, name)) for name, write in writers}

    def from_json(given: Any) -> Any:
        if not isinstance(given, dict):
            raise CodecError(f"{kind.__name__} is an object, not {given!r}")
        if not needed <= given.keys() <= parts.keys():
            raise CodecError(f"{kind.__name__} has the keys {', '.join(parts)}, not {', '.join(given)}")
        return kind(**{name: parts[name].from_json(value) for name, value in given.items()})

    return Codec(to_json, from_json)


def _union_codec(members: tuple[Any, ...]) -> Codec[Any]:
    """Tells the members apart by the value itself; the first that takes it has it."""
    codecs = [_codec(member) for member in members]

    def first(converters: list[Callable[[Any], Any]]) -> Callable[[Any], Any]:
        def convert(value: Any) -> Any:
            for converter in converters:
                try:
                    return converter(value)
                except CodecError:
                    continue
            raise CodecError(f"{value!r} is none of {members}")

        return convert

    return Codec(first([c.to_json for c in codecs]), first([c.from_json for c in codecs]))


def _tuple_codec(item: Codec[Any]) -> Codec[Any]:
    def to_json(value: Any) -> list[Any]:
        if not isinstance(value, tuple):
            raise CodecError(f"expected a tuple, not {value!r}")
        return [item.to_json(part) for part in value]

    def from_json(given: Any) -> tuple[Any, ...]:
        if not isinstance(given, list):
            raise CodecError(f"expected a list, not {given!r}")
        return tuple(item.from_json(part) for part in given)

    return Codec(to_json, from_json)


def _mapping_codec(item: Codec[Any]) -> Codec[Any]:
    def to_json(value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise CodecError(f"expected a mapping, not {value!r}")
        return {_TEXT.to_json(name): item.to_json(part) for name, part in value.items()}

    def from_json(given: Any) -> dict[str, Any]:
        if not isinstance(given, dict):
            raise CodecError(f"expected an object, not {given!r}")
        return {name: item.from_json(part) for name, part in given.items()}

    return Codec(to_json, from_json)


def _enum_codec(kind: type[StrEnum]) -> Codec[Any]:
    def from_json(given: Any) -> StrEnum:
        try:
            return kind(given)
        except ValueError as error:
            raise CodecError(str(error)) from error

    def to_json(value: Any) -> Any:
        if type(value) is not kind:
            raise CodecError(f"expected a {kind.__name__}, not {value!r}")
        return value.value

    return Codec(to_json, from_json)


def _same(*kinds: type) -> Codec[Any]:
    """JSON has the very type; `type() in` because a bool is an int to `isinstance`."""

    def same(value: Any) -> Any:
        if type(value) in kinds:
            return value
        raise CodecError(f"expected {kinds[0].__name__}, not {value!r}")

    return Codec(same, same)


def _datetime_to_json(value: Any) -> str:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise CodecError(f"expected an aware time, not {value!r}")
    try:
        return value.astimezone(UTC).isoformat()
    except OverflowError as error:
        raise CodecError(f"{value} is out of range") from error


def _datetime_from_json(given: Any) -> datetime:
    try:
        value = datetime.fromisoformat(given)
    except (TypeError, ValueError) as error:
        raise CodecError(f"not a time: {given!r}") from error
    if value.tzinfo is not UTC:
        raise CodecError(f"not a time in UTC: {given!r}")
    return value


def _date_to_json(value: Any) -> str:
    if type(value) is not date:
        raise CodecError(f"expected a date, not {value!r}")
    return value.isoformat()


def _date_from_json(given: Any) -> date:
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError) as error:
        raise CodecError(f"not a date: {given!r}") from error


def _decimal_to_json(value: Any) -> str:
    if isinstance(value, Decimal) and value.is_finite():
        return str(value)
    raise CodecError(f"expected a finite decimal, not {value!r}")


def _decimal_from_json(given: Any) -> Decimal:
    if isinstance(given, str) and _DECIMAL.fullmatch(given):
        return Decimal(given)
    raise CodecError(f"not a decimal: {given!r}")


def _fraction_to_json(value: Any) -> str:
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    raise CodecError(f"expected a fraction, not {value!r}")


def _fraction_from_json(given: Any) -> Fraction:
    if isinstance(given, str) and _FRACTION.fullmatch(given):
        return Fraction(given)
    raise CodecError(f"not a fraction: {given!r}")


_TEXT = _same(str)
_PLAIN: dict[Any, Codec[Any]] = {
    str: _TEXT,
    int: _same(int),
    float: _same(float, int),
    bool: _same(bool),
    types.NoneType: _same(types.NoneType),
    datetime: Codec(_datetime_to_json, _datetime_from_json),
    date: Codec(_date_to_json, _date_from_json),
    Decimal: Codec(_decimal_to_json, _decimal_from_json),
    Fraction: Codec(_fraction_to_json, _fraction_from_json),
}
