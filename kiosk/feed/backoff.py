"""How long to wait before the next attempt."""

from __future__ import annotations

import random
from datetime import datetime
from email.utils import parsedate_to_datetime

FIRST_S = 1.0
LONGEST_S = 300.0
LONGEST_ASKED_S = 3600.0
_LEAST_S = 0.25


def backoff_s(failures: int, chance: float | None = None) -> float:
    """Seconds to wait after so many failures in a row: any share of a span that doubles (full jitter).

    Many displays that lose one server at the same moment so come back at different ones.

    Args:
        failures: at least 1.
        chance: from 0 to 1; None for random.
    """
    span = min(FIRST_S * float(2 ** min(failures, 16)), LONGEST_S)
    share = random.random() if chance is None else chance  # noqa: S311 - no secret
    return max(span * share, _LEAST_S)


def asked_wait_s(retry_after: str | None, now: datetime) -> float:
    """Seconds that a `Retry-After` asks for, as a number or a date; 0 where it asks for nothing, an hour at most."""
    if not retry_after:
        return 0.0
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), LONGEST_ASKED_S)
    try:
        wait_s = (parsedate_to_datetime(text) - now).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return 0.0
    return min(max(wait_s, 0.0), LONGEST_ASKED_S)
