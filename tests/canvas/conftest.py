"""Tools of the painter's tests: no screen, letter drawings, goldens."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

os.environ["SDL_VIDEODRIVER"] = "dummy"

import pygame

from kiosk.canvas.brush import Brush
from kiosk.canvas.images import Pictures
from kiosk.canvas.placement import Layer
from kiosk.canvas.text import Typesetter
from kiosk.scene.shapes import Shape

HERE = Path(__file__).parent
_PURE = {(0, 0, 0): ".", (255, 255, 255): "#", (255, 0, 0): "R", (0, 255, 0): "G", (0, 0, 255): "B"}
_MOST_OFF = 24  # per channel, for a pixel that counts as the same
_MOST_WRONG = 40  # pixels of a golden that may differ more: other versions of FreeType round edges differently


@pytest.fixture(scope="session")
def typesetter() -> Typesetter:
    return Typesetter()


@pytest.fixture
def brush(typesetter: Typesetter) -> Brush:
    return Brush(typesetter, Pictures(background=False))


@pytest.fixture
def draw(brush: Brush) -> Callable[..., str]:
    """Paints shapes on black and gives a drawing: pure colours as letters, greys as tenths of white."""

    def drawing(shapes: Iterable[Shape], width: int, height: int, scale: float = 1) -> str:
        surface = pygame.Surface((width, height), 0, 32)
        brush.paint(shapes, Layer(surface, 0, 0, scale))
        return letters(surface)

    return drawing


def letters(surface: pygame.Surface) -> str:
    width, height = surface.get_size()
    return "\n".join("".join(_letter(surface.get_at((x, y))) for x in range(width)) for y in range(height))


def _letter(colour: pygame.Color) -> str:
    found = _PURE.get((colour.r, colour.g, colour.b))
    return found or str(min(9, max(colour.r, colour.g, colour.b) * 10 // 255))


@pytest.fixture
def assert_golden(request: pytest.FixtureRequest) -> Callable[[pygame.Surface, str], None]:
    """Compares a picture with `goldens/NAME.png`: pixel by pixel with a tolerance, then by how many are wrong.

    On a difference `failed/NAME.new.png` and `failed/NAME.diff.png` (wrong pixels white) are written.
    """

    def check(surface: pygame.Surface, name: str) -> None:
        golden = HERE / "goldens" / f"{name}.png"
        if request.config.getoption("--update-goldens"):
            golden.parent.mkdir(exist_ok=True)
            pygame.image.save(surface, golden)
            return
        assert golden.is_file(), f"{golden} is missing: run pytest with --update-goldens and look at it"
        expected = pygame.image.load(golden).convert(32, 0)
        failed = HERE / "failed"
        difference = pygame.Surface(surface.get_size(), 0, 32)
        if expected.get_size() == surface.get_size():
            off = surface.copy()
            other = expected.copy()
            off.blit(expected, (0, 0), special_flags=pygame.BLEND_RGB_SUB)
            other.blit(surface, (0, 0), special_flags=pygame.BLEND_RGB_SUB)
            off.blit(other, (0, 0), special_flags=pygame.BLEND_RGB_ADD)
            near = pygame.mask.from_threshold(off, (0, 0, 0), (_MOST_OFF + 1,) * 3)
            near.invert()
            wrong = near.count()
            near.to_surface(difference)
        else:
            wrong = surface.get_width() * surface.get_height()
        if wrong > _MOST_WRONG:
            failed.mkdir(exist_ok=True)
            pygame.image.save(surface, failed / f"{name}.new.png")
            pygame.image.save(difference, failed / f"{name}.diff.png")
        assert wrong <= _MOST_WRONG, f"{wrong} pixels differ from {golden.name}; see {failed}"

    return check
