"""Pictures and sounds that a file names: shipped ones by name, others by path."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.config.problem import Place, Report
from kiosk.config.wording import did_you_mean, nearest_or_all, quoted
from kiosk.screens import badges

SOUNDS = (
    "fanfare",
    "triumph",
    "horn",
    "gong",
    "bell",
    "chimes",
    "levelup",
    "cash-register",
    "drum-roll",
    "rocket",
    "applause",
    "crowd",
)
"""The shipped sounds, `assets/sounds/NAME.wav`."""

_DEFAULT = "default:"


def resolved(written: str, folder: Path) -> Path:
    """The absolute path of a written one; relative ones start in `folder`."""
    path = Path(written)
    if written.startswith("~"):
        path = Path(os.path.expanduser(written))  # noqa: PTH111 - unlike Path's it never raises
    return Path(os.path.abspath(folder / path))  # noqa: PTH100 - symbolic links stay as they are


def file(written: str, folder: Path, place: Place, report: Report) -> Path:
    """The absolute path of a file that may appear later; that it isn't there yet is a warning."""
    path = resolved(written, folder)
    if not os.path.exists(path):  # noqa: PTH110 - unlike Path's it never raises
        report.warn(place, f"no such file yet: {path}")
    return path


def picture(written: str | None, folder: Path, place: Place, report: Report) -> str | None:
    """The absolute path of a picture, if one is named."""
    return None if written is None else str(file(written, folder, place, report))


def badge(written: str, folder: Path, place: Place, report: Report) -> str:
    """A shipped badge's name, or the absolute path of a picture."""
    if written in badges.BADGES:
        return written
    if _is_path(written):
        return str(file(written, folder, place, report))
    report.error(
        place,
        f"no badge {quoted(written)}{did_you_mean(written, badges.BADGES) or ': a name or the path of a picture'}",
    )
    return written


def background(written: str, folder: Path, place: Place, report: Report) -> str:
    """`theme`, or the absolute path of a picture."""
    if written == "theme":
        return written
    if _is_path(written):
        return str(file(written, folder, place, report))
    report.error(
        place, f"{quoted(written)} is unknown{did_you_mean(written, ('theme',)) or ': theme or the path of a picture'}"
    )
    return written


def sound(written: str, folder: Path, place: Place, report: Report) -> str:
    """`default:NAME`, `player`, `none`, or the absolute path of a sound file."""
    if written in {"player", "none"}:
        return written
    if written.startswith(_DEFAULT):
        name = written.removeprefix(_DEFAULT)
        if name not in SOUNDS:
            report.error(place, f"no sound {quoted(name)}{nearest_or_all(name, SOUNDS)}")
        return written
    if _is_path(written):
        return str(file(written, folder, place, report))
    words = ("player", "none", *(_DEFAULT + name for name in SOUNDS))
    meant = f', did you mean "{_DEFAULT}{written}"?' if written in SOUNDS else nearest_or_all(written, words)
    report.error(place, f"no sound {quoted(written)}{meant}")
    return written


def _is_path(written: str) -> bool:
    return "/" in written or bool(Path(written).suffix)
