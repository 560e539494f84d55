"""A scene as text, one line for each shape: what the goldens hold and what a failing comparison shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kiosk.scene.shapes import (
    Align,
    Box,
    Colour,
    Disc,
    Fill,
    Gradient,
    Group,
    Particles,
    Picture,
    Polygon,
    Rect,
    Scene,
    Shape,
    Text,
    Weight,
)

_INDENT = "  "


def dump(scene: Scene) -> str:
    """The scene's text, stable between machines: numbers rounded to a tenth, defaults left out.

    A polygon is told by its corners' count and its frame, particles by their count and the frame around them.
    """
    lines = ["backdrop", *_lines(scene.backdrop, 1), "shapes", *_lines(scene.shapes, 1)]
    lines.append("next never" if scene.next_s is None else f"next {_number(scene.next_s)} s")
    return "\n".join(lines) + "\n"


def _lines(shapes: Iterable[Shape], depth: int) -> Iterator[str]:
    for shape in shapes:
        yield _INDENT * depth + _line(shape)
        if isinstance(shape, Group):
            yield from _lines(shape.shapes, depth + 1)


def _line(shape: Shape) -> str:
    match shape:
        case Rect(box, fill, radius, outline):
            return _words("rect", _box(box), _fill(fill), _named("radius", radius), _named("outline", outline))
        case Disc(x, y, radius, fill, outline):
            centre = f"{_number(x)},{_number(y)}"
            return _words("disc", centre, _named("radius", radius), _fill(fill), _named("outline", outline))
        case Polygon(points, fill):
            return _words("polygon", f"{len(points)} corners", _box(_frame(points)), _fill(fill))
        case Text():
            return _text(shape)
        case Picture(box, path, contain, radius, ground):
            on = f"on {_fill(ground)}" if ground else ""
            return _words("picture", _box(box), path, "contain" if contain else "", _named("radius", radius), on)
        case Particles(items):
            return _words("particles", str(len(items)), _box(_frame([(p.x, p.y) for p in items])))
        case Group(box, _, dx, dy, scale, opacity):
            moved = f"moved {_number(dx)},{_number(dy)}" if dx or dy else ""
            return _words("group", _box(box), moved, _named("scale", scale, 1), _named("opacity", opacity, 1))


def _text(text: Text) -> str:
    align = "" if (text.align, text.valign) == (Align.START, Align.MIDDLE) else f"{text.align}/{text.valign}"
    return _words(
        "text",
        _box(text.box),
        _named("size", text.size),
        "" if text.weight is Weight.REGULAR else text.weight,
        _fill(text.colour),
        align,
        "" if text.max_lines == 1 else f"{text.max_lines} lines",
        "" if text.min_size == 28 else f"down to {_number(text.min_size)}",
        "tabular" if text.tabular else "",
        repr(text.text),
    )


def _words(*words: str) -> str:
    return " ".join(filter(None, words))


def _named(name: str, value: float, default: float = 0) -> str:
    return "" if value == default else f"{name} {_number(value, 3 if default else 1)}"


def _number(value: float, digits: int = 1) -> str:
    # Adding 0.0 makes -0.0 a plain 0.
    return f"{round(value, digits) + 0.0:g}"


def _box(box: Box) -> str:
    return f"[{_number(box.x)} {_number(box.y)} {_number(box.w)}x{_number(box.h)}]"


def _frame(points: Iterable[tuple[float, float]]) -> Box:
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _fill(fill: Fill) -> str:
    if isinstance(fill, Gradient):
        return f"{_colour(fill.start)}{'>' if fill.across else 'v'}{_colour(fill.end)}"
    return _colour(fill)


def _colour(colour: Colour) -> str:
    code = "#{:02X}{:02X}{:02X}".format(*colour[:3])
    return code if colour.a == 255 else f"{code}/{colour.a}"
