"""Whether this machine's wall clock was set by something that knows the time (docs/display.md, section 3, Clock).

A PC keeps time with a battery. A board described by a device tree, such as a Raspberry Pi, often has no battery: it
boots with the time at which it was switched off, until the network tells.
"""

from __future__ import annotations

import ctypes
from datetime import UTC, datetime
from pathlib import Path

_UNSET = 5  # TIME_ERROR of adjtimex(2): the kernel's clock isn't synchronised
_TIMEX_BYTES = 512  # more than any kernel's struct timex; all zero asks and sets nothing
_PLAUSIBLE = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
"""A clock without power starts in 1970 or 2000."""


def is_set(root: Path = Path("/")) -> bool:
    """Whether wall time can be trusted.

    Args:
        root: where the system's files are.
    """
    if not (root / "proc/device-tree/model").exists():
        return True
    return _is_synchronised(root) or _has_battery_clock(root)


def _is_synchronised(root: Path) -> bool:
    if (root / "run/systemd/timesync/synchronized").exists():
        return True
    if root != Path("/"):
        return False
    adjtimex = getattr(ctypes.CDLL(None), "adjtimex", None)
    return adjtimex is not None and adjtimex(ctypes.create_string_buffer(_TIMEX_BYTES)) not in (_UNSET, -1)


def _has_battery_clock(root: Path) -> bool:
    try:
        return int((root / "sys/class/rtc/rtc0/since_epoch").read_text()) >= _PLAUSIBLE
    except (OSError, ValueError):
        return False
