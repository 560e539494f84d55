"""Bytes to lines."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.feed.encoding import lines_of, plain_bytes
from kiosk.feed.fault import SourceError

TEXT = "id,who\n1,José\n2,Łukasz\n"


def read(data: bytes, encoding: str | None = None) -> str:
    body, _, codec = plain_bytes(data, encoding)
    return "".join(lines_of(body, codec).texts)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
    ],
)
def test_a_byte_order_mark_says_the_encoding(data: bytes) -> None:
    assert read(data) == TEXT


def test_a_line_that_is_no_utf_8_is_windows_1252() -> None:
    assert read("1,Łukasz\n".encode() + "2,José €\n".encode("cp1252")) == "1,Łukasz\n2,José €\n"


def test_a_given_encoding_is_obeyed() -> None:
    assert read(TEXT.replace("é", "e").encode("iso-8859-2"), "iso-8859-2") == TEXT.replace("é", "e")
    assert read(TEXT.encode("utf-16-le"), "utf-16-le") == TEXT
    assert read(codecs.BOM_UTF8 + TEXT.encode(), "utf-8") == TEXT


def test_bytes_that_are_not_of_the_given_encoding_are_named_by_line() -> None:
    lines = lines_of("1,a\n2,é\n".encode("latin-1"), "utf-8")
    assert lines.texts == ("1,a\n", "2,\ufffd\n")
    assert lines.broken == (1,)


@pytest.mark.parametrize("encoding", ["klingon", "hex", "undefined"])
def test_an_unknown_encoding_is_a_fault(encoding: str) -> None:
    with pytest.raises(SourceError, match="unknown encoding"):
        plain_bytes(b"id\n", encoding)


def test_an_excel_file_is_told_from_text() -> None:
    with pytest.raises(SourceError, match="an Excel or zip file"):
        plain_bytes(b"PK\x03\x04\x14\x00", None)


@given(st.binary(max_size=120), st.sampled_from([None, "utf-8", "cp1252", "utf-16", "shift_jis", "utf-7"]))
@settings(max_examples=300)
def test_any_bytes_are_lines_or_a_fault(data: bytes, encoding: str | None) -> None:
    try:
        body, _, codec = plain_bytes(data, encoding)
        lines = lines_of(body, codec)
    except SourceError:
        return
    assert len(lines.texts) == len(lines.sizes)
    assert sum(lines.sizes) == len(body)
