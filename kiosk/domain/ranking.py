"""Competition ranking: equal values share a rank, and the next one counts all before it (1, 2, 2, 4)."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.domain.unlock import Number


def ranks(values: Mapping[str, Number]) -> dict[str, int]:
    """The rank of each subject, the largest value first.

    >>> ranks({"ann": 3, "bo": 9, "cy": 3, "di": 1})
    {'bo': 1, 'ann': 2, 'cy': 2, 'di': 4}
    """
    ranked: dict[str, int] = {}
    last: Number | None = None
    rank = 0
    for place, (subject, value) in enumerate(sorted(values.items(), key=lambda item: item[1], reverse=True), start=1):
        if last is None or value != last:
            rank, last = place, value
        ranked[subject] = rank
    return ranked
