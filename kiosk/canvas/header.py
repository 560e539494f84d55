"""What a picture file says of itself before it is decoded, so that nothing huge or foreign ever is.

Only PNG, JPEG, WebP and GIF are let in, by what the file begins with, never by its name.
"""

from __future__ import annotations

import struct
from typing import BinaryIO, NamedTuple

_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_BARE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
_JPEG_END = b"\xff\xd9"  # nowhere within the compressed picture: there a zero follows each 255
_JPEG_EXIF = 0xE1
_EXIF_ORIENTATION = 0x0112
_EXIF_ENTRIES = 64


class Header(NamedTuple):
    """Width and height in px as stored, and how the picture must be turned to stand upright (EXIF's 1 to 8)."""

    width: int
    height: int
    orientation: int = 1


def read_header(file: BinaryIO) -> Header:
    """The header of an open picture file.

    Raises:
        ValueError: the file is none of the four formats, or cut short so that a decoder would make up what is missing.
    """
    head = file.read(30)
    try:
        if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR":
            found = Header(*struct.unpack(">II", head[16:24]))
        elif head[:6] in (b"GIF87a", b"GIF89a"):
            found = Header(*struct.unpack("<HH", head[6:10]))
        elif head[:4] == b"RIFF" and head[8:12] == b"WEBP":
            found = _webp(head)
        elif head.startswith(b"\xff\xd8"):
            file.seek(2)
            found = _jpeg(file)
        else:
            raise ValueError("not a PNG, JPEG, WebP or GIF picture")
    except (struct.error, IndexError) as error:
        raise ValueError("cut short") from error
    if found.width <= 0 or found.height <= 0:
        raise ValueError("has no pixels")
    return found


def _webp(head: bytes) -> Header:
    kind = head[12:16]
    if kind == b"VP8X":
        return Header(int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1)
    if kind == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return Header((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", head[26:30])
        return Header(width & 0x3FFF, height & 0x3FFF)
    raise ValueError("not a known kind of WebP")


def _jpeg(file: BinaryIO) -> Header:
    orientation = 1
    while True:
        byte = file.read(1)
        while byte and byte != b"\xff":
            byte = file.read(1)
        while byte == b"\xff":
            byte = file.read(1)
        marker = byte[0]
        if marker in _JPEG_BARE:
            continue
        (length,) = struct.unpack(">H", file.read(2))
        body = file.read(max(0, length - 2))
        if marker in _JPEG_FRAMES:
            _, height, width = struct.unpack(">BHH", body[:5])
            if _JPEG_END not in file.read():
                raise ValueError("cut short")
            return Header(width, height, orientation)
        if marker == _JPEG_EXIF and body.startswith(b"Exif\0\0"):
            orientation = _orientation(body[6:])


def _orientation(tiff: bytes) -> int:
    """The orientation in EXIF's first directory; 1 where it isn't told, or not in order."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 10:
        return 1
    (start,) = struct.unpack(order + "I", tiff[4:8])
    entries = tiff[start + 2 : start + 2 + 12 * _EXIF_ENTRIES]
    for at in range(0, len(entries) - 11, 12):
        tag, _, _, value = struct.unpack(order + "HHIH", entries[at : at + 10])
        if tag == _EXIF_ORIENTATION:
            return value if 1 <= value <= 8 else 1
    return 1
