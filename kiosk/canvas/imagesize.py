"""The size of a picture read from its header, so that nothing huge is ever decoded.

Only PNG, JPEG, WebP and GIF are let in, by what the file begins with, never by its name.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_BARE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length


def image_size(file: BinaryIO) -> tuple[int, int]:
    """Width and height in px.

    Raises:
        ValueError: the file is none of the four formats, or cut short.
    """
    head = file.read(30)
    try:
        if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR":
            width, height = struct.unpack(">II", head[16:24])
        elif head[:6] in (b"GIF87a", b"GIF89a"):
            width, height = struct.unpack("<HH", head[6:10])
        elif head[:4] == b"RIFF" and head[8:12] == b"WEBP":
            width, height = _webp(head)
        elif head.startswith(b"\xff\xd8"):
            file.seek(2)
            width, height = _jpeg(file)
        else:
            raise ValueError("not a PNG, JPEG, WebP or GIF picture")
    except (struct.error, IndexError) as error:
        raise ValueError("cut short") from error
    if width <= 0 or height <= 0:
        raise ValueError("has no pixels")
    return width, height


def _webp(head: bytes) -> tuple[int, int]:
    kind = head[12:16]
    if kind == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", head[26:30])
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError("not a known kind of WebP")


def _jpeg(file: BinaryIO) -> tuple[int, int]:
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
        if marker in _JPEG_FRAMES:
            _, height, width = struct.unpack(">BHH", file.read(5))
            return width, height
        if length < 2:
            raise ValueError("not a well-formed JPEG")
        file.seek(length - 2, 1)
