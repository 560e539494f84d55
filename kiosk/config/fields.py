"""What a field takes: how the text of a YAML scalar becomes a value, and what is said where it can't.

Each reader gets `Plain` (unquoted) or `str` (quoted) text, a list or a mapping. YAML 1.1's traps, such as an
unquoted `NO` or `18:00`, are told where a text is wanted, whatever YAML version the writer had in mind.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from kiosk.config.document import Plain
from kiosk.config.wording import nearest_or_all, quoted

NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_OCTAL = re.compile(r"[-+]?0[0-9_]*[0-9]|[-+]?0o[0-7]+")
_MAX_DIGITS = 30
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
_TRAPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"true|True|TRUE|yes|Yes|YES|on|On|ON"), "true"),
    (re.compile(r"false|False|FALSE|no|No|NO|off|Off|OFF"), "false"),
    (re.compile(r"[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"), "a number of base 60"),
    (_OCTAL, "an octal number"),
    (NUMBER, "a number"),
    (re.compile(r"[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?"), "a number"),
    (re.compile(r"[-+]?0x[0-9a-fA-F_]+|[-+]?0b[01_]+"), "a number"),
    (re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"), "a number"),
)
_UNSEEN = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp"))
"""Unicode's categories of controls, joiners, marks of direction, and blanks."""
_ID = re.compile(r"[^\W_][\w.-]*")


def said(sentence: str) -> PydanticCustomError:
    """An error in our own words."""
    return PydanticCustomError("said", "{sentence}", {"sentence": sentence})


def said_at(sentence: str, *at: str | int) -> PydanticCustomError:
    """As `said`, of something inside of what is read."""
    return PydanticCustomError("said", "{sentence}", {"sentence": sentence, "at": at})


def is_nothing(value: object) -> bool:
    """Whether a key stands without a value, as in `channels:`."""
    return isinstance(value, Plain) and value in _NOTHING


def read_as(value: Plain) -> str | None:
    """What YAML 1.1 or 1.2 takes an unquoted scalar for, where that is no text.

    >>> read_as(Plain("NO")), read_as(Plain("18:00")), read_as(Plain("Oslo"))
    ('false', 'a number of base 60', None)
    """
    return next((kind for pattern, kind in _TRAPS if pattern.fullmatch(value)), None)


def text(value: Any) -> str:
    """A text; what YAML takes for something else must be in quotes."""
    if isinstance(value, Plain):
        if value in _NOTHING:
            raise said("has no value")
        kind = read_as(value)
        if kind is not None:
            raise said(f"{value[:60]} unquoted is {kind} to YAML: write it in quotes, {quoted(value)}")
    if not isinstance(value, str):
        raise said("must be a text")
    return str(value)


def filled_text(value: Any) -> str:
    """A text of which something can be seen."""
    read = text(value)
    if not read.strip():
        raise said("is empty")
    if all(unicodedata.category(sign) in _UNSEEN for sign in read):
        raise said(f"{quoted(read)} has nothing that can be seen")
    return read


def identifier(value: Any) -> str:
    """An id: letters and digits of any script, with `-`, `_` and `.` inside."""
    read = text(value)
    if len(read) > 100 or not _ID.fullmatch(read):
        raise said(
            f"{quoted(read)} is no id: letters and digits, then also `-`, `_` and `.`, no spaces, such as big-fish"
        )
    return read


def file_path(value: Any) -> str:
    """A path as written; relative ones are relative to the file that names them."""
    read = filled_text(value)
    if not read.isprintable():
        raise said(f"{quoted(read)} is no path")
    return read


def number(value: Any) -> Decimal:
    """An exact number, read by its text."""
    if not isinstance(value, Plain):
        hint = ": write it without quotes" if isinstance(value, str) and NUMBER.fullmatch(value.strip()) else ""
        raise said(f"must be a number{hint}")
    if _OCTAL.fullmatch(value):
        raise said(f"{value[:60]} may be octal to YAML: write it without the leading zero")
    if not NUMBER.fullmatch(value):
        raise said(f"must be a number: digits and a point, such as 2500 or 0.5, not {quoted(value)}")
    try:
        read = Decimal(value)
    except InvalidOperation:
        raise said(f"{quoted(value)} is too large a number") from None
    exponent = read.as_tuple().exponent
    assert isinstance(exponent, int)
    if read.adjusted() >= _MAX_DIGITS or exponent < -_MAX_DIGITS:
        raise said(f"{quoted(value)} has too many digits: at most {_MAX_DIGITS} before and after the point")
    return read


def within(least: Decimal | int | None, most: Decimal | int | None = None) -> BeforeValidator:
    """A number between two bounds, both included."""

    def read(value: Any) -> Decimal:
        return _bounded(number(value), least, most)

    return BeforeValidator(read)


def whole(least: int, most: int) -> BeforeValidator:
    """A whole number between two bounds, both included."""

    def read(value: Any) -> int:
        exact = number(value)
        if exact != exact.to_integral_value():
            raise said(f"must be a whole number, not {quoted(str(value))}")
        return int(_bounded(exact, least, most))

    return BeforeValidator(read)


def _bounded(exact: Decimal, least: Decimal | int | None, most: Decimal | int | None) -> Decimal:
    if least is not None and exact < least:
        raise said(f"must be at least {least}, not {exact}")
    if most is not None and exact > most:
        raise said(f"must be at most {most}, not {exact}")
    return exact


def flag(value: Any) -> bool:
    """`true` or `false`."""
    if isinstance(value, Plain):
        if value.lower() == "true":
            return True
        if value.lower() == "false":
            return False
    shown = f", not {quoted(value)}" if isinstance(value, str) else ""
    raise said(f"must be true or false{shown}")


def word_of(kind: type[Enum] | Iterable[str], later: Mapping[str, str] | None = None) -> BeforeValidator:
    """One word of a closed list; `later` has words that this version refuses, each with the sentence to say."""
    words: dict[str, Any]
    if isinstance(kind, type):
        words = {str(member.value): member for member in kind}
    else:
        words = {each: each for each in kind}
    refused = later or {}
    offered = tuple(each for each in words if each not in refused)

    def read(value: Any) -> Any:
        if not isinstance(value, str):
            raise said(f"must be a word{nearest_or_all('', offered)}")
        if is_nothing(value):
            raise said(f"has no value{nearest_or_all('', offered)}")
        if value in refused:
            raise said(refused[value])
        if value not in words:
            raise said(f"{quoted(value)} is unknown{nearest_or_all(value, offered)}")
        return words[value]

    return BeforeValidator(read)


def _listed(value: Any) -> Any:
    if not isinstance(value, list):
        raise said("must be a list, such as [one, two]")
    return value


def filled_list(value: Any) -> Any:
    """A list with something in it."""
    if not _listed(value):
        raise said("needs at least one")
    return value


Text = Annotated[str, BeforeValidator(text)]
FilledText = Annotated[str, BeforeValidator(filled_text)]
Id = Annotated[str, BeforeValidator(identifier)]
FilePath = Annotated[str, BeforeValidator(file_path)]
Number = Annotated[Decimal, BeforeValidator(number)]
Flag = Annotated[bool, BeforeValidator(flag)]
Unread = Annotated[list[Any], BeforeValidator(_listed)]
"""A list whose items are read one by one, so that one that doesn't fit leaves the others standing."""
