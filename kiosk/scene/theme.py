"""Themes: every colour, size and distance that screens use.

A theme guarantees, and the tests prove, that each text colour has a contrast of at least 4.5 (WCAG AA) on each ground
it may stand on. Sizes are logical px on the 1920x1080 canvas and chosen for five metres.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kiosk.scene.colour import mix, rgb
from kiosk.scene.shapes import Colour, Gradient


@dataclass(frozen=True, slots=True)
class TypeScale:
    """Text sizes, em height in px; nothing on a screen is smaller than `small`."""

    small: float = 30
    body: float = 38
    heading: float = 52
    title: float = 84
    display: float = 128
    giant: float = 250


@dataclass(frozen=True, slots=True)
class Spacing:
    """Distances that keep every content off the edges that TVs crop."""

    margin_x: float = 92
    margin_y: float = 60


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by what they are for.

    Attributes:
        backdrop: behind boards and notices; `stage`: behind celebrations; `rays` and `halo`: the light on the stage.
        scrim: laid over a picture so that texts on it stay legible.
        surface: cards and rows; `edge`: their hairlines; `track`: the empty part of a bar.
        text, muted, accent: texts on backdrop, stage and surface.
        bar, bar_done: a bar, and one that has reached its target.
        podium: where the rows of ranks 1 to 3 begin.
        on_medal: texts on gold, silver and bronze.
        triumph: the number that is celebrated.
        good, bad, warning: up, down, and look here; texts too.
        people: discs behind initials, indexed by a person's stable number, shaded downwards by `people_shade`;
            `on_people` are the initials.
        confetti: the papers.
    """

    name: str
    backdrop: Gradient
    stage: Gradient
    rays: tuple[Colour, ...]
    halo: Colour
    scrim: Colour
    surface: Colour
    edge: Colour
    track: Colour
    text: Colour
    muted: Colour
    accent: Colour
    bar: Gradient
    bar_done: Gradient
    gold: Colour
    silver: Colour
    bronze: Colour
    on_medal: Colour
    triumph: Colour
    good: Colour
    bad: Colour
    warning: Colour
    people: tuple[Colour, ...]
    people_shade: Colour
    on_people: Colour
    confetti: tuple[Colour, ...]
    podium: tuple[Colour, Colour, Colour]
    type: TypeScale = TypeScale()
    space: Spacing = Spacing()
    radius: float = 20

    def medal(self, rank: int) -> Colour | None:
        """The medal's colour of ranks 1 to 3, None for all others."""
        return {1: self.gold, 2: self.silver, 3: self.bronze}.get(rank)

    def row(self, rank: int) -> Gradient:
        """A row's ground: the surface, with a breath of the medal at the start of the first three."""
        return Gradient(self.podium[rank - 1] if 1 <= rank <= 3 else self.surface, self.surface, True)

    def person(self, colour: int) -> Gradient:
        """The disc of a person whose stable number is `colour`, lit from above."""
        plain = self.people[colour % len(self.people)]
        return Gradient(plain, mix(plain, self.people_shade, 0.2))


_CONFETTI = tuple(map(rgb, ("#FFC845", "#FF5D73", "#3ED6A4", "#4FA8FF", "#B57BFF", "#FF8F3F", "#FF7AC6", "#58E0E8")))

_DARK = Theme(
    name="dark",
    backdrop=Gradient(rgb("#171C40"), rgb("#0A0C20")),
    stage=Gradient(rgb("#33206E"), rgb("#0C0D2A")),
    rays=(rgb("#B79BFF").alpha(0.11), rgb("#FF9AD5").alpha(0.05)),
    halo=rgb("#C7A6FF").alpha(0.07),
    scrim=rgb("#0A0C20").alpha(0.76),
    surface=rgb("#1F2650"),
    edge=rgb("#333D78"),
    track=rgb("#333C73"),
    text=rgb("#F7F7FF"),
    muted=rgb("#BCC4E8"),
    accent=rgb("#B4C1FF"),
    bar=Gradient(rgb("#5F78FF"), rgb("#55CDF2"), True),
    bar_done=Gradient(rgb("#22B888"), rgb("#8BE87A"), True),
    gold=rgb("#FFC845"),
    silver=rgb("#D3DBEC"),
    bronze=rgb("#F0A873"),
    on_medal=rgb("#1A1233"),
    triumph=rgb("#FFD873"),
    good=rgb("#5CE0A0"),
    bad=rgb("#FFA9A9"),
    warning=rgb("#FFBE5C"),
    people=tuple(
        map(
            rgb,
            (
                "#FF8091", "#FF9F55", "#FFCB52", "#B5E650", "#62DE8C", "#3DD6C0",
                "#4BD2F2", "#62B5FF", "#93A0FF", "#C594FF", "#F884CC", "#E4CBA8",
            ),
        )
    ),
    people_shade=rgb("#3A2A66"),
    on_people=rgb("#17132F"),
    confetti=_CONFETTI,
    podium=(rgb("#57466C"), rgb("#38437B"), rgb("#513A62")),
)  # fmt: skip

_LIGHT = Theme(
    name="light",
    backdrop=Gradient(rgb("#FBF9F5"), rgb("#EFEBE3")),
    stage=Gradient(rgb("#FFF6E2"), rgb("#FFE2E0")),
    rays=(rgb("#FFB52E").alpha(0.20), rgb("#FF6F91").alpha(0.11)),
    halo=rgb("#FFFFFF").alpha(0.34),
    scrim=rgb("#FFFDF8").alpha(0.86),
    surface=rgb("#FFFFFF"),
    edge=rgb("#E2DCD0"),
    track=rgb("#E8E4EF"),
    text=rgb("#1B1838"),
    muted=rgb("#5B5874"),
    accent=rgb("#4A3BCB"),
    bar=Gradient(rgb("#5A4DF0"), rgb("#4F9DFF"), True),
    bar_done=Gradient(rgb("#0F9D6B"), rgb("#63C64F"), True),
    gold=rgb("#F5B81F"),
    silver=rgb("#BCC5D6"),
    bronze=rgb("#DE935B"),
    on_medal=rgb("#231602"),
    triumph=rgb("#B0164F"),
    good=rgb("#08734A"),
    bad=rgb("#BE2438"),
    warning=rgb("#9A4A00"),
    people=tuple(
        map(
            rgb,
            (
                "#CF3049", "#BF4A0A", "#96610A", "#52780F", "#15803D", "#0F766E",
                "#0B7490", "#1D6CB8", "#4655DB", "#8236D6", "#B8257F", "#7A5C3E",
            ),
        )
    ),
    people_shade=rgb("#14102E"),
    on_people=rgb("#FFFFFF"),
    confetti=_CONFETTI,
    podium=(rgb("#FFF0C9"), rgb("#EDF1F7"), rgb("#FBE6DA")),
)  # fmt: skip

THEMES: Mapping[str, Theme] = MappingProxyType({t.name: t for t in (_DARK, _LIGHT)})


def theme(name: str) -> Theme:
    """The theme of that name.

    Raises:
        KeyError: there is none; the configuration has checked names before.
    """
    return THEMES[name]
