import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.show.tags import KNOWN, fill, unknown

VALUES = {
    "player.name": "José Núñez",
    "player.first_name": "José",
    "team.name": "North",
    "value": "$21,300",
    "threshold": "$20,000",
    "rank": "1st",
    "period": "March 2017",
    "points": "50 points",
    "record.product": "Sun {value} roof",
}
TEXTS = st.lists(
    st.one_of(
        st.text(alphabet="ab {}.()-,:\n!é", max_size=8),
        st.sampled_from([f"{{{name}}}" for name in (*VALUES, "record.close value", "player.nmae")]),
    ),
    max_size=8,
).map("".join)


def test_every_known_tag_is_filled() -> None:
    for name, value in VALUES.items():
        assert fill(f"<{{{name}}}>", VALUES) == f"<{value}>"


def test_a_record_field_may_have_any_name() -> None:
    assert fill("{record.Größe in m²}", {"record.Größe in m²": "12"}) == "12"


@pytest.mark.parametrize("name", ["{value}", "{0}", "%s", "{player.__class__}", "{record.x}"])
def test_braces_in_values_are_only_braces(name: str) -> None:
    assert fill("{player.name} won {value}", {"player.name": name, "value": "$5"}) == f"{name} won $5"


@pytest.mark.parametrize("text", ["{}", "{ 1 }", ":-{", "{{}", "a } b {", '{"a": 1}', "{!r}"])
def test_braces_that_hold_no_tag_stay(text: str) -> None:
    assert fill(text, VALUES) == text
    assert unknown(text) == ()


def test_doubled_braces_are_a_tag_between_braces() -> None:
    assert fill("{{value}}", VALUES) == "{$21,300}"


@pytest.mark.parametrize(
    ("text", "neat"),
    [
        ("{player.name} sold {value} today", "José sold today"),
        ("Bravo {rank}!", "Bravo!"),
        ("{player.name}, {team.name}", "José"),
        ("{player.name} ({team.name}) did it", "José did it"),
        ("{team.name}: {player.name}", "José"),
        ("{player.name} · {value} · {period}", "José"),
        ("won {value}, {rank}, {points}.", "won."),
        ("{value} {player.name} {rank}", "José"),
        ("first {value}\nsecond", "first\nsecond"),
        ("{value}", ""),
        ("no-{value}thing", "no-thing"),
    ],
)
def test_a_missing_value_goes_with_the_spacing_that_belonged_to_it(text: str, neat: str) -> None:
    assert fill(text, {"player.name": "José", "value": ""}) == neat


def test_closing_a_gap_leaves_a_persons_own_punctuation() -> None:
    assert fill("{player.name}{value} won", {"player.name": "Smith, J. -"}) == "Smith, J. - won"


@pytest.mark.parametrize(
    ("tag", "nearest"),
    [
        ("player.nmae", "player.name"),
        ("Player.Name", "player.name"),
        ("player name", "player.name"),
        ("player.firstname", "player.first_name"),
        ("team", "team.name"),
        ("points_", "points"),
        ("record", "record.FIELD"),
        ("record.", "record.FIELD"),
        ("records.amount", "record.FIELD"),
        ("treshold", "threshold"),
        ("xyzzy", None),
    ],
)
def test_an_unknown_tag_names_the_nearest_one_and_stays(tag: str, nearest: str | None) -> None:
    assert unknown(f"a {{{tag}}} b {{value}}") == ((tag, nearest),)
    assert fill(f"a {{{tag}}} b", VALUES) == f"a {{{tag}}} b"


def test_no_known_tag_is_unknown() -> None:
    assert unknown(" ".join(f"{{{name}}}" for name in KNOWN)) == ()


@given(TEXTS)
@settings(max_examples=200)
def test_with_every_value_there_only_the_tags_change(text: str) -> None:
    values = {**VALUES, "record.close value": "x"}
    expected = text
    for index, name in enumerate(values):
        expected = expected.replace(f"{{{name}}}", chr(0xE000 + index))
    for index, value in enumerate(values.values()):
        expected = expected.replace(chr(0xE000 + index), value)
    assert fill(text, values) == expected


@given(TEXTS, st.text(alphabet="{}value.play ername", max_size=12))
@settings(max_examples=200)
def test_a_value_stands_in_the_text_as_it_is_or_not_at_all(text: str, name: str) -> None:
    tagged = text.replace("{value}", "") + " {player.name}"
    filled = fill(tagged, {"player.name": f"‹{name}›"})
    assert filled.count(f"‹{name}›") == tagged.count("{player.name}")
