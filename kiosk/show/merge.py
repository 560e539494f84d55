"""Several celebrations of one achievement as one that names everybody."""

from __future__ import annotations

from dataclasses import replace

from kiosk.show.celebration import Celebration


def merged(celebrations: tuple[Celebration, ...]) -> Celebration:
    """One celebration of all their winners, in this order, under the id of the first.

    What they have in common stays. The message becomes the winners' names; a value or points that differ are left
    out; it lasts as long as the first of them to end; it takes part in every channel that one of them is for.
    """
    first, *others = celebrations
    if not others:
        return first
    winners = {winner.subject: winner for celebration in celebrations for winner in celebration.winners}
    for_all = not all(celebration.channels for celebration in celebrations)
    earliest = min(celebrations, key=lambda each: (max(each.unlocked_at, each.starts_at), each.id))
    return replace(
        first,
        message=", ".join(winner.name for winner in winners.values()),
        winners=tuple(winners.values()),
        value_text=_common(celebrations, "value_text"),
        points_text=_common(celebrations, "points_text"),
        channels=() if for_all else tuple(dict.fromkeys(c for each in celebrations for c in each.channels)),
        priority=max(each.priority for each in celebrations),
        critical=any(each.critical for each in celebrations),
        unlocked_at=earliest.unlocked_at,
        starts_at=earliest.starts_at,
    )


def _common(celebrations: tuple[Celebration, ...], field: str) -> str:
    texts: set[str] = {getattr(celebration, field) for celebration in celebrations}
    return texts.pop() if len(texts) == 1 else ""
