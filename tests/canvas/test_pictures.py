"""Picture files: cropped, turned, refused, noticed when they change."""

from __future__ import annotations

import logging
import os
import struct
import threading
import zlib
from pathlib import Path

import pygame
import pytest

from kiosk.canvas.header import Header, read_header
from kiosk.canvas.images import Pictures

RED, BLUE = (255, 0, 0), (0, 0, 255)


@pytest.fixture
def now() -> Pictures:
    return Pictures(background=False)


def halves(path: Path, size: tuple[int, int] = (40, 20)) -> str:
    """A picture file that is red on the left and blue on the right."""
    surface = pygame.Surface(size, 0, 32)
    surface.fill(RED)
    surface.fill(BLUE, (size[0] // 2, 0, size[0], size[1]))
    pygame.image.save(surface, path)
    return str(path)


def at(surface: pygame.Surface | None, x: int, y: int) -> tuple[int, ...]:
    assert surface
    return tuple(surface.get_at((x, y)))


def test_a_picture_covers_its_box_around_its_centre(now: Pictures, tmp_path: Path) -> None:
    made = now.get(halves(tmp_path / "a.png"), (20, 20))
    assert made
    assert made.get_size() == (20, 20)
    assert at(made, 0, 10) == (*RED, 255)
    assert at(made, 19, 10) == (*BLUE, 255)


def test_a_contained_picture_keeps_its_shape(now: Pictures, tmp_path: Path) -> None:
    made = now.get(halves(tmp_path / "a.png"), (20, 20), contain=True)
    assert made
    assert made.get_size() == (20, 10)


def test_round_corners_are_cut(now: Pictures, tmp_path: Path) -> None:
    made = now.get(halves(tmp_path / "a.png"), (20, 20), radius=10)
    assert at(made, 0, 0) == (0, 0, 0, 0)
    assert at(made, 3, 10)[3] == 255


@pytest.mark.parametrize("suffix", ["png", "jpg"])
def test_headers_tell_the_size(suffix: str, tmp_path: Path) -> None:
    with Path(halves(tmp_path / f"a.{suffix}", (33, 17))).open("rb") as file:
        assert read_header(file) == Header(33, 17)


@pytest.mark.parametrize(
    "head",
    [
        b"GIF89a" + struct.pack("<HH", 33, 17),
        b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + (32).to_bytes(3, "little") + (16).to_bytes(3, "little"),
        b"RIFF\0\0\0\0WEBPVP8L" + bytes(4) + b"\x2f" + (32 | 16 << 14).to_bytes(4, "little") + bytes(5),
        b"RIFF\0\0\0\0WEBPVP8 " + bytes(7) + b"\x9d\x01\x2a" + struct.pack("<HH", 33, 17),
    ],
    ids=["gif", "webp extended", "webp lossless", "webp"],
)
def test_other_headers_tell_the_size_too(head: bytes, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(head)
    with (tmp_path / "a").open("rb") as file:
        assert read_header(file)[:2] == (33, 17)


@pytest.mark.parametrize(
    ("orientation", "corner"), [(1, "left"), (2, "right"), (3, "right"), (5, "top"), (6, "top"), (8, "bottom")]
)
def test_photos_of_turned_cameras_stand_upright(now: Pictures, tmp_path: Path, orientation: int, corner: str) -> None:
    path = Path(halves(tmp_path / "a.jpg", (64, 32)))
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01" + struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0) + bytes(4)
    segment = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    path.write_bytes(b"\xff\xd8" + segment + path.read_bytes()[2:])
    made = now.get(str(path), (60, 60))
    spot = {"left": (5, 30), "right": (54, 30), "top": (30, 5), "bottom": (30, 54)}[corner]
    red, _, blue, _ = at(made, *spot)
    assert red > 200
    assert blue < 60


@pytest.mark.parametrize("share", [0.4, 0.98])
def test_a_photo_that_is_not_whole_is_refused(
    share: float, now: Pictures, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = Path(halves(tmp_path / "a.jpg", (400, 300)))
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
    assert now.get(str(path), (20, 20)) is None
    assert "cut short" in caplog.text


def test_a_huge_picture_is_refused_by_its_header(
    now: Pictures, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    header = struct.pack(">IIBBBBB", 10_000, 10_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    path = tmp_path / "bomb.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk)
    assert now.get(str(path), (10, 10)) is None
    assert "10000x10000" in caplog.text


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\x00\x01", b"BM" + bytes(100), b"<svg/>"],
)
def test_a_file_that_is_no_picture_is_told_once_and_painted_as_nothing(
    now: Pictures, tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    path = tmp_path / "bad.png"
    path.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert now.get(str(path), (10, 10)) is None
        assert now.get(str(path), (20, 20)) is None
        assert now.get(str(path), (10, 10)) is None
    assert len(caplog.records) == 1
    assert str(path) in caplog.text


def test_a_picture_is_loaded_beside_and_tells_when_it_is_ready(tmp_path: Path) -> None:
    ready = threading.Event()
    pictures = Pictures(ready=ready.set)
    path = halves(tmp_path / "a.png")
    assert pictures.get(path, (20, 20)) is None
    assert ready.wait(10)
    assert pictures.generation == 1
    assert at(pictures.get(path, (20, 20)), 0, 0) == (*RED, 255)
    pictures.close()


def test_a_changed_file_is_loaded_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.canvas.images._RECHECK_S", 0)
    ready = threading.Event()
    pictures = Pictures(ready=ready.set)
    path = tmp_path / "a.png"
    path.write_bytes(b"not yet")
    pictures.get(str(path), (20, 20))
    assert ready.wait(10)
    assert pictures.get(str(path), (20, 20)) is None
    ready.clear()
    halves(path)
    os.utime(path, ns=(1, 1))
    while not ready.wait(0.01):
        pictures.get(str(path), (20, 20))
    assert at(pictures.get(str(path), (20, 20)), 0, 0) == (*RED, 255)
    pictures.close()


def test_see_through_pixels_do_not_bleed_their_colour(now: Pictures, tmp_path: Path) -> None:
    surface = pygame.Surface((40, 40), pygame.SRCALPHA, 32)
    surface.fill((255, 0, 0, 0))
    surface.fill((0, 0, 255, 255), (20, 0, 20, 40))
    pygame.image.save(surface, tmp_path / "a.png")
    made = now.get(str(tmp_path / "a.png"), (13, 13))
    assert made
    assert max(made.get_at((x, 6)).r for x in range(13)) == 0
    assert at(made, 12, 6)[2] > 250
    assert at(made, 0, 6)[3] == 0
