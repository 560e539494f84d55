"""Where the files of `assets/` and `systemd/` are, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

_PACKED = Path(str(files("kiosk"))) / "packed"
_ROOT = _PACKED if _PACKED.is_dir() else Path(__file__).resolve().parent.parent


def asset(name: str) -> Path:
    """The path of a shipped file such as `fonts/Inter-Bold.ttf`; it may not exist, callers fall back."""
    return _ROOT / "assets" / name
