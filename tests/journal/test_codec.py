"""Values to JSON and back."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.organisation import Player, Team
from kiosk.domain.record import Record
from kiosk.domain.unlock import Unlock
from kiosk.journal.codec import CodecError, codec
from kiosk.journal.entry import Published, RecordLogged, RosterLogged
from kiosk.show.celebration import Celebration, Winner
from kiosk.show.design import Interrupt

NOON = datetime(2024, 5, 7, 12, tzinfo=UTC)
MORE = settings(max_examples=60)

# Every text that Python can hold, half a surrogate pair included.
texts = st.text(st.characters(), max_size=20)
optional_texts = st.none() | texts
instants = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=st.timezones())
dates = st.none() | st.dates()
finite = st.floats(allow_nan=False, allow_infinity=False)
numbers = st.integers() | st.decimals(allow_nan=False, allow_infinity=False) | st.fractions()

records = st.builds(
    Record, texts, texts, st.integers(), texts, instants, texts, st.dictionaries(texts, texts), st.booleans()
)
players = st.builds(
    Player,
    texts,
    texts,
    st.lists(texts).map(tuple),
    st.lists(texts).map(tuple),
    optional_texts,
    optional_texts,
    dates,
    dates,
    st.booleans(),
)
teams = st.builds(Team, texts, texts)
winners = st.builds(Winner, texts, texts, texts, st.integers(), optional_texts)
celebrations = st.builds(
    Celebration,
    **dict.fromkeys(("id", "achievement", "title", "message", "description", "motivation"), texts),
    **dict.fromkeys(("value_text", "points_text", "badge", "animation", "background", "sound"), texts),
    winners=st.lists(winners, max_size=3).map(tuple),
    **dict.fromkeys(("first_show_s", "show_s", "lifetime_s"), finite | st.integers()),
    channels=st.lists(texts, max_size=3).map(tuple),
    interrupt=st.sampled_from(Interrupt),
    priority=st.integers(),
    critical=st.booleans(),
    unlocked_at=instants,
    starts_at=instants,
)
unlocks = st.builds(
    Unlock,
    texts,
    texts,
    texts,
    instants,
    st.none() | numbers,
    st.none() | numbers,
    st.none() | st.integers(),
    st.lists(texts, max_size=3).map(tuple),
    st.integers(),
    st.booleans(),
    st.booleans(),
)


def exact(value: object) -> str:
    """What a value says, in UTC: Python takes no time in a repeated hour for equal to one of another zone."""
    if isinstance(value, Record):
        value = replace(value, occurred_at=value.occurred_at.astimezone(UTC), fields=dict(value.fields))
    if isinstance(value, Unlock):
        value = replace(value, at=value.at.astimezone(UTC))
    if isinstance(value, Celebration):
        value = replace(value, unlocked_at=value.unlocked_at.astimezone(UTC), starts_at=value.starts_at.astimezone(UTC))
    return repr(value)


@MORE
@given(records)
def test_records_come_back_as_they_were(record: Record) -> None:
    assert exact(codec(Record).read(codec(Record).write(record))) == exact(record)


@MORE
@given(players, st.lists(teams).map(tuple))
def test_rosters_come_back_as_they_were(player: Player, listed: tuple[Team, ...]) -> None:
    roster = RosterLogged("list", (player,), listed, NOON)
    assert codec(RosterLogged).read(codec(RosterLogged).write(roster)) == roster


@MORE
@given(celebrations)
def test_celebrations_come_back_as_they_were(celebration: Celebration) -> None:
    assert exact(codec(Celebration).read(codec(Celebration).write(celebration))) == exact(celebration)


@MORE
@given(unlocks)
def test_unlocks_come_back_with_their_exact_numbers_and_the_same_id(unlock: Unlock) -> None:
    again = codec(Unlock).read(codec(Unlock).write(unlock))
    assert exact(again) == exact(unlock)
    assert type(again.value) is type(unlock.value)


def test_decimals_keep_their_digits_and_never_become_floats() -> None:
    unlock = Unlock("a", "s", "o", NOON, Decimal("12.50"), Fraction(2, 3), None, (), 0, celebrate=True)
    said = json.loads(codec(Unlock).write(unlock))
    assert (said["value"], said["threshold"]) == ("12.50", "2/3")


def test_times_are_written_in_utc() -> None:
    noon_in_berlin = datetime(2024, 5, 7, 12, tzinfo=timezone(timedelta(hours=2)))
    assert json.loads(codec(Published).write(Published("a", noon_in_berlin)))["at"] == "2024-05-07T10:00:00+00:00"


def test_what_an_older_kiosk_wrote_is_read_with_the_defaults_of_new_fields() -> None:
    assert codec(Player).read('{"id": "zoe", "name": "Zoë"}') == Player("zoe", "Zoë")


RECORD = Record("crm", "1", 0, "deal", NOON, "zoe", {"amount": "1"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("revision", "0"),
        ("revision", 1.5),
        ("revision", True),
        ("occurred_at", "2024-05-07T12:00:00"),
        ("occurred_at", "2024-05-07T12:00:00+02:00"),
        ("occurred_at", 5),
        ("fields", {"amount": 1}),
        ("fields", ["amount"]),
        ("date_only", 0),
        ("owner", None),
        ("colour", "red"),
    ],
)
def test_what_is_not_of_the_type_is_refused(name: str, value: object) -> None:
    said = json.loads(codec(RecordLogged).write(RecordLogged(RECORD, NOON)))
    said["record"][name] = value
    with pytest.raises(CodecError):
        codec(RecordLogged).read(json.dumps(said))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "7", '{"id": "zoe"}', "[" * 100_000])
def test_what_is_no_such_object_is_refused(text: str) -> None:
    with pytest.raises(CodecError):
        codec(Player).read(text)


@pytest.mark.parametrize("text", ['"1/0"', '"NaN"', '"1_000"', '" 1"', "1.5", "true", '"٣"', "[1]"])
def test_what_is_no_exact_number_is_refused(text: str) -> None:
    unlock = Unlock("a", "s", "o", NOON, 1, None, None, (), 0, celebrate=True)
    said = codec(Unlock).write(unlock).replace('"value":1,', f'"value":{text},')
    with pytest.raises(CodecError):
        codec(Unlock).read(said)


@pytest.mark.parametrize(
    "record",
    [
        replace(RECORD, occurred_at=datetime(2024, 5, 7, 12)),
        replace(RECORD, occurred_at=datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))),
        replace(RECORD, revision=None),  # type: ignore[arg-type]
        replace(RECORD, fields={"amount": 7}),  # type: ignore[dict-item]
        replace(RECORD, fields=None),  # type: ignore[arg-type]
        "no record",
    ],
)
def test_what_could_not_be_read_again_is_not_written(record: Record) -> None:
    with pytest.raises(CodecError):
        codec(Record).write(record)


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), 1.5, True])
def test_a_number_that_is_not_exact_is_not_written(value: object) -> None:
    with pytest.raises(CodecError):
        codec(Unlock).write(Unlock("a", "s", "o", NOON, value, None, None, (), 0, celebrate=True))  # type: ignore[arg-type]


class Mood(StrEnum):
    GOOD = "good"


@dataclass(frozen=True)
class Odd:
    mood: Mood = Mood.GOOD
    born: date | None = None
    names: tuple[str, ...] = ()


@pytest.mark.parametrize("odd", [Odd(mood="good"), Odd(born=NOON), Odd(names=["a"])])  # type: ignore[arg-type]
def test_a_field_of_another_type_is_not_written(odd: Odd) -> None:
    with pytest.raises(CodecError):
        codec(Odd).write(odd)


@pytest.mark.parametrize("text", ['{"mood": "bad"}', '{"mood": 1}', '{"born": "May"}', '{"born": 7}', '{"names": "a"}'])
def test_a_field_of_another_type_is_not_read(text: str) -> None:
    with pytest.raises(CodecError):
        codec(Odd).read(text)


def test_a_type_without_a_json_form_is_an_error_at_once() -> None:
    @dataclass(frozen=True)
    class Wrong:
        what: timedelta

    with pytest.raises(TypeError):
        codec(Wrong)
