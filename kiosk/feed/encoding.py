"""Bytes to lines of text, in the encodings that real offices have."""

from __future__ import annotations

import codecs
import io
from dataclasses import dataclass

from kiosk.feed.fault import SourceError

_WIDE_BOMS = (  # the longer first: UTF-32's little-endian one begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = {
    b"PK\x03\x04": "an Excel or zip file",
    b"\xd0\xcf\x11\xe0": "an old Excel file",
    b"\x1f\x8b": "a gzip file",
    b"%PDF": "a PDF file",
}


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a file with their ends.

    Attributes:
        sizes: the bytes of each line in the file; empty where bytes can't be counted by line, as in UTF-16.
        broken: the indices of lines with bytes that are not of the encoding; these bytes became `�`.
    """

    texts: tuple[str, ...]
    sizes: tuple[int, ...]
    broken: tuple[int, ...] = ()


def plain_bytes(data: bytes, encoding: str | None) -> tuple[bytes, int, str | None]:
    """`data` as bytes whose lines end in a newline byte: without its mark, UTF-16 and UTF-32 as UTF-8.

    Returns:
        the bytes, how many bytes of `data` stood before them (-1: their places are not those of `data`), and the
        encoding that they are in now.

    Raises:
        SourceError: with a sentence that lacks the place: it is no text.
    """
    if data.startswith(codecs.BOM_UTF8) and (encoding is None or _is_utf8(encoding)):
        return data[len(codecs.BOM_UTF8) :], len(codecs.BOM_UTF8), "utf-8"
    wide = next((name for bom, name in _WIDE_BOMS if data.startswith(bom)), None) if encoding is None else None
    if encoding is not None and encoding.lower().replace("_", "-").startswith(("utf-16", "utf-32")):
        wide = encoding
    if wide is not None:
        text = _decoded(data, wide).removeprefix("\ufeff")
        return text.encode("utf-8", "replace"), -1, "utf-8"
    for magic, what in _BINARY.items():
        if data.startswith(magic):
            raise SourceError(f"this is {what}, not text: export it as CSV")
    if encoding is not None:
        _decoded(b" ", encoding)
    return data, 0, encoding


def lines_of(data: bytes, encoding: str | None) -> Lines:
    """The lines of `data`, as `plain_bytes` gave it.

    Without an encoding each line is UTF-8 or, if it can't be, Windows-1252. By line, so that what a row says never
    depends on other rows: a single odd byte doesn't garble every name in the file.
    """
    raw = data.splitlines(keepends=True)
    sizes = tuple(map(len, raw))
    try:
        texts = tuple(io.StringIO(data.decode(encoding or "utf-8"), newline=""))
        if len(texts) == len(raw):
            return Lines(texts, sizes)
    except UnicodeError:
        pass
    if encoding is None:
        return Lines(tuple(map(_utf8_or_1252, raw)), sizes)
    texts = tuple(line.decode(encoding, "replace") for line in raw)
    return Lines(texts, sizes, tuple(i for i, text in enumerate(texts) if "\ufffd" in text))


def _utf8_or_1252(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _is_utf8(encoding: str) -> bool:
    return encoding.lower().replace("_", "-") in {"utf-8", "utf8", "utf-8-sig"}


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding, "replace")
    except (LookupError, ValueError):
        raise SourceError(f"unknown encoding {encoding!r}; the usual ones are utf-8, cp1252 and utf-16") from None
