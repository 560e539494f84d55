"""Which page of a long board is on: everybody is shown, no page for less than six seconds."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kiosk.scene.moment import Moment

SHORTEST_S = 6.0
"""The least time that a full page needs to be read."""

_ENDLESS_S = 12.0
"""A page's time where the showing has no planned end."""


@dataclass(frozen=True, slots=True)
class Page:
    """The page that is on.

    Attributes:
        first, last: its rows, half-open.
        index: 0 is the first of `count` pages.
        age_s: for how long it has been on.
        next_s: until the next one turns up in this showing; None when it is the last.
    """

    first: int
    last: int
    index: int
    count: int
    age_s: float
    next_s: float | None


def page_at(rows: int, per_page: int, moment: Moment) -> Page:
    """The page of `rows` rows at this moment.

    A showing turns as many pages as have six seconds each, evenly; the next visit goes on where it ended. Without a
    planned end (`duration_s` zero or infinite) pages turn for ever.
    """
    count = max(1, math.ceil(rows / per_page))
    elapsed = max(0.0, moment.elapsed_s)
    if count == 1:
        turn, age_s, next_s, shown = 0, elapsed, None, 1
    elif 0 < moment.duration_s < math.inf:
        shown = min(count, max(1, math.floor(moment.duration_s / SHORTEST_S)))
        page_s = moment.duration_s / shown
        turn = min(int(elapsed / page_s), shown - 1)
        age_s = max(0.0, elapsed - turn * page_s)
        next_s = (turn + 1) * page_s - elapsed if turn < shown - 1 else None
    else:
        turn, age_s = int(elapsed // _ENDLESS_S), elapsed % _ENDLESS_S
        shown, next_s = 0, _ENDLESS_S - age_s
    index = (moment.visit * shown + turn) % count
    return Page(index * per_page, min(rows, (index + 1) * per_page), index, count, age_s, next_s)
