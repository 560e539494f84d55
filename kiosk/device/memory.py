"""Memory of a board that has little."""

from __future__ import annotations

import ctypes
import gc


def give_back() -> None:
    """Hand freed memory back to the system, as after a first load; takes some ten milliseconds.

    glibc keeps what was freed between blocks that are in use until it is asked. Other C libraries have no such call.
    """
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
