"""Unlocks as `kiosk replay` prints them: JSON lines, or a table for people."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Context, Decimal
from fractions import Fraction
from typing import TextIO
from zoneinfo import ZoneInfo

from kiosk.domain.directory import COMPANY
from kiosk.domain.engine import Engine
from kiosk.domain.rules import Achievement, Rules, Type
from kiosk.domain.unlock import Number, Unlock

_PRINTED = Context(prec=12)
_LONGEST_PLAIN = 30


def print_lines(unlocks: Iterable[Unlock], zone: ZoneInfo, out: TextIO) -> None:
    """One JSON object a line, with the fields of docs/rules.md, section 8; times in `zone`."""
    out.writelines(as_json(unlock, zone) + "\n" for unlock in unlocks)


def as_json(unlock: Unlock, zone: ZoneInfo) -> str:
    """One unlock as a JSON object."""
    # Built by hand because the json module has no way to write a decimal by its digits.
    fields = {
        "id": _text(unlock.id),
        "achievement": _text(unlock.achievement),
        "subject": _text(unlock.subject),
        "occurrence": _text(unlock.occurrence),
        "at": _text(unlock.at.astimezone(zone).isoformat()),
        "value": number_text(unlock.value),
        "threshold": number_text(unlock.threshold),
        "rank": number_text(unlock.rank),
        "records": json.dumps(unlock.records, ensure_ascii=False),
        "points": number_text(unlock.points),
        "celebrate": "true" if unlock.celebrate else "false",
    }
    return "{" + ", ".join(f'"{name}": {value}' for name, value in fields.items()) + "}"


def number_text(number: Number | None) -> str:
    """A number as JSON, with at most 12 significant digits.

    >>> number_text(Decimal("1054.00")), number_text(Fraction(200, 3)), number_text(None)
    ('1054', '66.6666666667', 'null')
    """
    if number is None:
        return "null"
    exact = Fraction(number)
    rounded = _PRINTED.divide(Decimal(exact.numerator), Decimal(exact.denominator)).normalize(_PRINTED)
    return f"{rounded:f}" if rounded.adjusted() > -_LONGEST_PLAIN else str(rounded)


def print_table(unlocks: Iterable[Unlock], rules: Rules, engine: Engine, out: TextIO) -> None:
    """A table: when, who, what and how much, by the names that people know."""
    # Slow to import, and the lines above don't need them.
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from kiosk.show.wording import percent_text, value_text  # noqa: PLC0415

    organisation = rules.organisation
    achievements = {achievement.id: achievement for achievement in rules.achievements}
    metrics = {metric.id: metric for metric in rules.metrics}

    def value(unlock: Unlock, achievement: Achievement) -> str:
        if unlock.value is None:
            return ""
        if achievement.type in {Type.TARGET_MVP, Type.HIT_RATE_MVP}:
            return percent_text(unlock.value, organisation)
        metric = metrics[achievement.metric or ""]
        return value_text(unlock.value, metric.format, organisation, metric.unit)

    table = Table("When", "Who", "Achievement", box=None, pad_edge=False)
    table.add_column("Value", justify="right", no_wrap=True)
    for unlock in unlocks:
        achievement = achievements[unlock.achievement]
        at = unlock.at.astimezone(organisation.timezone)
        # As Text: names are people's words, never markup.
        cells = (f"{at:%Y-%m-%d %H:%M}", _name(unlock.subject, rules, engine), achievement.title)
        table.add_row(*map(Text, (*cells, value(unlock, achievement))))
    Console(file=out, highlight=False).print(table)


def _name(subject: str, rules: Rules, engine: Engine) -> str:
    if subject == COMPANY:
        return rules.organisation.name
    kind, _, id_ = subject.partition(":")
    known = engine.player(id_) if kind == "player" else engine.team(id_)
    return known.name if known else id_


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
