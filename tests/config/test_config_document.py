"""YAML as the config reads it: texts with their lines, and nothing that surprises."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config.document import Document, Plain, open_document, read_document


def problems(text: str) -> list[str]:
    return [str(problem) for problem in read_document("f", text).problems]


def test_scalars_stay_texts_and_remember_whether_they_were_quoted() -> None:
    tree = read_document("f", "a: 0.10\nb: '0.10'\nc: NO\nd: |\n  two\n  lines\n").tree
    assert tree == {"a": "0.10", "b": "0.10", "c": "NO", "d": "two\nlines\n"}
    assert [isinstance(value, Plain) for value in tree.values()] == [True, False, True, False]


def test_every_key_and_item_has_its_line() -> None:
    document = read_document("f", "# comment\na:\n  - x\n  - {b: 1,\n     c: 2}\nd: y\n")
    lines = {("a",): 2, ("a", 0): 3, ("a", 1): 4, ("a", 1, "b"): 4, ("a", 1, "c"): 5, ("d",): 6}
    assert {place: document.lines[place] for place in lines} == lines


def test_a_missing_key_is_told_at_the_line_of_what_should_hold_it() -> None:
    report = read_document("f", "a:\n- b: 1\n").report()
    assert report.line(("a", 0, "c", "d")) == 2
    assert report.line(("x",)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "f:1: the file is empty"),
        ("# only a comment\n", "f:1: the file is empty"),
        ("a: 1\nb: 2\na: 3\n", 'f:3: the key "a" stands twice, first in line 1'),
        ("a: 1\nb: {c: 1, c: 2}\n", 'f:2: the key "c" stands twice, first in line 2'),
        (
            "a: !!python/object:os.system x\n",
            'f:1: tags such as "tag:yaml.org,2002:python/object:os.system" are not read: leave it out',
        ),
        ("a: !env HOME\n", 'f:1: tags such as "!env" are not read: leave it out'),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", "f:3: merge keys (<<) are not read: write the keys out"),
        ("a: *x\n", "f:1: no anchor &x stands before this alias"),
        ("a: &x [*x]\n", "f:1: the alias *x holds itself"),
        ("? [a]\n: b\n", "f:1: a key must be a text"),
        ("a: 1\n---\nb: 2\n", "f:2: a second document starts here: one file holds one"),
        ("a:\n\t- b\n", "f:2: not YAML: a tab indents here, YAML wants spaces"),
        ("a: b\x00\n", "f:1: not text: there is a control character (U+0000)"),
        ("x\n" * 3 + "\ud800", "f:4: not text: there is a control character (U+D800)"),
        ("[" * 100, "f:1: nested deeper than 24 levels"),
        ("[" * 100_000, "f:1: nested deeper than 24 levels"),
        ("- " * 100_000, "f:1: nested deeper than 24 levels"),
        ("{a: " * 100_000, "f:1: nested deeper than 24 levels"),
    ],
)
def test_what_yaml_can_do_beyond_plain_data_is_refused_with_its_line(text: str, expected: str | None) -> None:
    told = problems(text)
    assert len(told) == 1
    assert expected is None or told == [expected]


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("a:\n\t- b\n", 2, "a tab indents here, YAML wants spaces"),
        ("title: Win: now\n", 1, "a second `: ` in one line, or a `:` missing in the line before"),
        ("organisation\nsources: x\n", 2, "a second `: ` in one line, or a `:` missing in the line before"),
        ("a: @x\n", 1, 'no text can begin with "@": write it in quotes'),
        ("a: 1\nb: 'x\nc: y\n", 4, "the quote opened in line 2 is never closed"),
        ('a: "\\d"\n', 1, "a backslash in double quotes begins an escape"),
        ("a: [b\nc: d\n", 2, "in the brackets opened in line 1 a comma, or the closing one, is missing before this"),
        ("a: {b: 1\nc: 2\n", 2, "in the brackets opened in line 1 a comma, or the closing one, is missing before this"),
        ("a:\n  b: 1\n c: 2\n", 3, "this doesn't go on with what began in line 1"),
        ('a: "x" y\n', 1, "this doesn't go on with what began in line 1"),
    ],
)
def test_what_is_no_yaml_is_told_in_words_by_either_parser(
    text: str, line: int, expected: str, loader: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.config.document._LOADER", loader)
    (told,) = read_document("f", text).problems
    assert told.message.startswith(f"not YAML: {expected}")
    assert told.line == line


def test_aliases_are_written_out_with_the_lines_of_their_anchor() -> None:
    document = read_document("f", "a: &x\n  b: 1\nc: *x\n")
    assert document.tree == {"a": {"b": "1"}, "c": {"b": "1"}}
    assert document.lines[("c", "b")] == 2
    assert not document.problems


def test_aliases_that_multiply_are_refused_before_they_fill_the_memory() -> None:
    levels = [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    told = problems("\n".join(["a0: &a0 [x]", *levels]))
    assert told == [told[0]]
    assert "values: aliases multiply what they name" in told[0]


def test_more_values_than_any_rules_file_has_are_refused() -> None:
    assert problems("- \n" * 300_001) == ["f:300000: more than 300000 values"]


def test_a_chain_of_aliases_is_no_way_around_the_depth() -> None:
    links = [f"- &a{i} [*a{i - 1}]" for i in range(1, 5000)]
    assert "nested deeper" in problems("\n".join(["- &a0 x", *links]))[0]


@given(st.text() | st.text(alphabet="[]{}:,-#&*!|>'\"% \n?ab01"))
def test_any_text_is_a_tree_or_a_problem(text: str) -> None:
    document = read_document("f", text)
    assert (document.tree is None) <= bool(document.problems)
    assert all("\n" not in str(problem) and problem.line >= 1 for problem in document.problems)


def read_bytes(folder: Path, content: bytes) -> Document:
    path = folder / "f.yaml"
    path.write_bytes(content)
    return open_document(path, "f")


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, b"\xef\xbb\xbfa: 1\n").tree == {"a": "1"}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a: 1".encode("utf-16"), "f: this is UTF-16 text: save it as UTF-8"),
        (b"a: 1\nb: \xe9\n", "f:2: this is not UTF-8 text (byte 0xe9): save it as UTF-8"),
        (b"\x7fELF\x02\x01\x01\x00", "f:1: not text: there is a control character (U+007F)"),
        (b"a" * 5_000_000, "f: 5 MB are too many: at most 4 are read"),
    ],
)
def test_what_is_no_utf8_text_is_told(tmp_path: Path, content: bytes, expected: str) -> None:
    assert [str(problem) for problem in read_bytes(tmp_path, content).problems] == [expected]
