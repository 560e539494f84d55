"""Which font file paints which sign, and the open fonts by size.

SDL_ttf has no fallback: a sign its font lacks is a box. So each cluster is given to the first typeface that covers
it: Inter, the colour emoji, then what the system has for the scripts that aren't shipped.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pygame.font
import pygame.freetype

from kiosk.assets import asset
from kiosk.canvas.cache import Cache
from kiosk.canvas.clusters import is_regional
from kiosk.scene.shapes import Weight

# Where distributions put the fonts below (Debian, Fedora, Arch), and what each is good for.
_FOLDERS = (
    "/usr/share/fonts/truetype/noto",
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/truetype/droid",
    "/usr/share/fonts/truetype/dejavu",
    "/usr/share/fonts/noto",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/google-noto",
    "/usr/share/fonts/google-noto-cjk",
    "/usr/share/fonts/TTF",
    "/usr/local/share/fonts",
)
_SYSTEM = (  # file name without weight and suffix, script as HarfBuzz names it
    ("NotoSansArabic", "Arab"),
    ("NotoSansHebrew", "Hebr"),
    ("NotoSansDevanagari", "Deva"),
    ("NotoSansBengali", "Beng"),
    ("NotoSansTamil", "Taml"),
    ("NotoSansTelugu", "Telu"),
    ("NotoSansThai", "Thai"),
    ("NotoSansGeorgian", "Geor"),
    ("NotoSansArmenian", "Armn"),
    ("NotoSansEthiopic", "Ethi"),
    ("NotoSansCJK", None),
    ("DroidSansFallbackFull", None),
    ("DroidSansFallback", None),
    ("NotoSans", None),
    ("NotoSansSymbols", None),
    ("NotoSansSymbols2", None),
    ("NotoSansMath", None),
    ("DejaVuSans", None),
)
_FILES = {Weight.REGULAR: "Inter-Regular.otf", Weight.SEMIBOLD: "Inter-SemiBold.otf", Weight.BOLD: "Inter-Bold.otf"}
_EMOJI_FILE = "NotoColorEmoji.ttf"
_EMOJI_STRIKE_PX = 109  # the only size its pictures come in
_EMOJI_VARIANT, _TEXT_VARIANT, _KEYCAP = "\ufe0f", "\ufe0e", "\u20e3"
_OPEN_FONTS = 32  # each takes about 300 KiB


@dataclass(frozen=True, slots=True)
class Typeface:
    """One font file.

    Attributes:
        path: the file; None for pygame's built-in font, where the shipped ones are missing.
        script: what HarfBuzz must be told to shape; None where it finds out by itself.
        emoji: its signs are pictures of one fixed size.
    """

    path: Path | None
    script: str | None = None
    emoji: bool = False


class Fonts:
    """The typefaces at hand.

    Args:
        folder: where the shipped files are; a missing file is replaced by pygame's own font.
    """

    def __init__(self, folder: Path | None = None) -> None:
        pygame.font.init()
        folder = folder or asset("fonts")
        self._text = {weight: Typeface(_present(folder / name)) for weight, name in _FILES.items()}
        emoji = _present(folder / _EMOJI_FILE)
        self._emoji = Typeface(emoji, emoji=True) if emoji else None
        self._system: dict[bool, list[Typeface]] = {}
        self._readers: dict[Typeface, pygame.freetype.Font] = {}
        self._covered: dict[tuple[Typeface, str], bool] = {}
        self._open: Cache[pygame.font.Font] = Cache(_OPEN_FONTS, lambda _: 1)

    def typeface(self, cluster: str, weight: Weight) -> Typeface:
        """The first typeface that covers the cluster; the theme's own, with its box, where none does."""
        text = self._text[weight]
        if cluster.isascii():
            return text
        first = cluster[0]
        if self._emoji and _TEXT_VARIANT not in cluster and self._as_emoji(cluster, text):
            return self._emoji
        if self.covers(text, first):
            return text
        for candidate in self._fallbacks(bold=weight is not Weight.REGULAR):
            if self.covers(candidate, first):
                return candidate
        return text

    def font(self, typeface: Typeface, px: int, *, leftward: bool = False) -> pygame.font.Font:
        """The open font at an em height of `px`; `leftward` shapes a run of right-to-left text."""
        if typeface.emoji:
            px = _EMOJI_STRIKE_PX
        key = (typeface, px, leftward)
        font = self._open.get(key)
        if font is None:
            font = pygame.font.Font(typeface.path, px)
            if typeface.script:
                font.set_script(typeface.script)
            font.set_direction(pygame.DIRECTION_RTL if leftward else pygame.DIRECTION_LTR)
            self._open.put(key, font)
        return font

    def covers(self, typeface: Typeface, sign: str) -> bool:
        """Whether the file has a glyph for the one code point `sign`."""
        key = (typeface, sign)
        known = self._covered.get(key)
        if known is None:
            if len(self._covered) > 20_000:
                self._covered.clear()
            known = self._covered[key] = self._reader(typeface).get_metrics(sign)[0] is not None
        return known

    def _as_emoji(self, cluster: str, text: Typeface) -> bool:
        first = cluster[0]
        asked = _EMOJI_VARIANT in cluster or _KEYCAP in cluster
        if not asked and first < "\U0001f000" and self.covers(text, first):
            return False  # a sign that text fonts have too, such as an arrow, unless it is asked for as a picture
        return is_regional(first) or (self._emoji is not None and self.covers(self._emoji, first))

    def _reader(self, typeface: Typeface) -> pygame.freetype.Font:
        reader = self._readers.get(typeface)
        if reader is None:
            pygame.freetype.init()
            reader = pygame.freetype.Font(str(typeface.path) if typeface.path else None)
            reader.size = _EMOJI_STRIKE_PX if typeface.emoji else 20
            self._readers[typeface] = reader
        return reader

    def _fallbacks(self, *, bold: bool) -> list[Typeface]:
        """The system's typefaces, looked for when the first sign needs them."""
        if bold not in self._system:
            self._system[bold] = [
                Typeface(path, script) for name, script in _SYSTEM if (path := _system_file(name, bold=bold))
            ]
        return self._system[bold]


def _present(path: Path) -> Path | None:
    return path if path.is_file() else None


def _system_file(name: str, *, bold: bool) -> Path | None:
    weights = ("-Bold", "-Regular", "") if bold else ("-Regular", "")
    for weight in weights:
        for folder in _FOLDERS:
            for suffix in (".ttf", ".otf", ".ttc"):
                path = Path(folder, name + weight + suffix)
                if path.is_file():
                    return path
    return None
