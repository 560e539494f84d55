"""One showing: what is on the stage, and what became of it so far."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from kiosk.show.cue import Cue, Reason
from kiosk.show.cycle import SECOND_NS
from kiosk.show.effects import LogShowing
from kiosk.show.now import Now

VISIBLE_NS = 2 * SECOND_NS


@dataclass(frozen=True, slots=True)
class Showing:
    """A cue and its fate.

    Attributes:
        ids: the unlocks that it celebrates.
        from_ns: monotonic; when its turn came, which in step is later than `cue.began_ns`.
        presented: when its first frame was on the screen.
        shown: whether its unlocks were counted as shown.
        sounded: whether its sound was started.
    """

    cue: Cue
    from_ns: int
    ids: tuple[str, ...] = ()
    presented: Now | None = None
    shown: bool = False
    sounded: bool = False

    @property
    def is_interrupt(self) -> bool:
        """Whether it cut into the cycle."""
        return self.cue.reason is Reason.INTERRUPT

    def is_open(self, now_ns: int) -> bool:
        """Whether something else may take its place without cutting it: its time is over, or has no end."""
        return self.cue.until_ns is None or now_ns >= self.cue.until_ns

    @property
    def visible_ns(self) -> int | None:
        """Monotonic; when its unlocks count as shown: after two seconds, or at its end if that is sooner."""
        if self.presented is None or self.shown or not self.ids:
            return None
        visible_ns = self.presented.mono_ns + VISIBLE_NS
        return visible_ns if self.cue.until_ns is None else min(visible_ns, self.cue.until_ns)

    def resumed(self, key: str, cut_ns: int, at_ns: int) -> Showing:
        """Its rest, under a new key: cut at `cut_ns`, going on at `at_ns` as if no time had passed."""
        away_ns = at_ns - cut_ns
        until_ns = None if self.cue.until_ns is None else self.cue.until_ns + away_ns
        cue = replace(self.cue, key=key, began_ns=self.cue.began_ns + away_ns, until_ns=until_ns)
        return Showing(cue, at_ns, self.ids)

    def logged(self, now: Now) -> LogShowing | None:
        """Its line of the play log if it ends at `now`; None if it never was on the screen."""
        if self.presented is None:
            return None
        duration_s = (now.mono_ns - self.presented.mono_ns) / SECOND_NS
        # A wall that could not be trusted then is reckoned back from now.
        began = self.presented.wall if self.presented.trusted else now.wall - timedelta(seconds=duration_s)
        slot = self.cue.slot
        screen = slot.screen if slot is not None else "celebration" if self.cue.celebration is not None else "idle"
        return LogShowing(
            self.cue.key, self.cue.reason, screen, slot.id if slot else None, self.ids, began, duration_s, self.sounded
        )
