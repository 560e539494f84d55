"""The shortest valid views, moments and celebrations, and the states of every screen that the goldens hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.scene.moment import Moment
from kiosk.screens.view import (
    AnnouncementView,
    BoardRow,
    BoardView,
    CelebrationView,
    ClockView,
    IdleView,
    ProblemView,
    View,
)
from kiosk.show.celebration import Celebration, Winner
from kiosk.show.design import Interrupt

NAMES = (
    "Moses Frase",
    "Darcel Schlecht",
    "Vicki Laflamme",
    "Kary Hendrixson",
    "Cassey Cress",
    "Donn Cantrell",
    "Reed Clapper",
    "Zane Levy",
)
LONG_NAMES = (
    "Maximiliana Featherstonehaugh-Cholmondeley de la Vega y Castellanos",
    "Екатерина Александровна Константинопольская",
    "José Núñez 🎉",
    "李小龍",
    "محمد عبد الله",
    "x" * 4000,
    "W M",
    "Ō",
)
MOVED = (0, 2, -1, None, 12, -10, 0, 3)
LOCAL = datetime(2017, 3, 1, 15, 5, 20, tzinfo=ZoneInfo("America/New_York"))


def moment(elapsed_s: float = 30, **changes: Any) -> Moment:
    """A moment of a minute's showing, on a Wednesday afternoon."""
    known: dict[str, Any] = {"duration_s": 60, "mono_s": 1000 + elapsed_s, "local": LOCAL, "seed": 7}
    return Moment(elapsed_s=elapsed_s, **(known | changes))


def initials(name: str) -> str:
    words = name.split()
    return (words[0][0] + words[-1][0]).upper()


def row(i: int, name: str | None = None, **changes: Any) -> BoardRow:
    """The i-th row of a board that falls by 1,000 a place."""
    name = name or NAMES[i % len(NAMES)]
    value = 50_000 - 1000 * i
    known: dict[str, Any] = {"photo": None, "share": value / 50_000, "moved": MOVED[i % len(MOVED)]}
    known |= {"rank": i + 1, "value_text": f"${value:,}"}
    return BoardRow(subject=f"player:{i}", name=name, initials=initials(name), colour=i, **(known | changes))


def board(count: int = 8, **changes: Any) -> BoardView:
    """A board of `count` rows."""
    known: dict[str, Any] = {"title": "Revenue", "subtitle": "This month · 1 – 31 March 2017"}
    return BoardView(**(known | {"rows": tuple(row(i) for i in range(count))} | changes))


def winner(i: int, name: str | None = None, photo: str | None = None) -> Winner:
    name = name or NAMES[i % len(NAMES)]
    return Winner(f"player:{i}", name, initials(name), i, photo)


def celebration(count: int = 1, **changes: Any) -> Celebration:
    """A celebration of `count` winners."""
    known: dict[str, Any] = {
        "id": "a1",
        "achievement": "big-fish",
        "title": "Big fish",
        "message": "Moses Frase won a deal over $5,000",
        "description": "Win a deal over $5,000",
        "motivation": "The biggest one this week. Well reeled in!",
        "winners": tuple(winner(i) for i in range(count)),
        "value_text": "$5,503",
        "points_text": "+50 points",
        "badge": "fish",
        "animation": "confetti",
        "background": "theme",
        "sound": "default:fanfare",
        "first_show_s": 60,
        "show_s": 45,
        "lifetime_s": 43_200,
        "channels": (),
        "interrupt": Interrupt.NOW,
        "priority": 0,
        "critical": False,
        "unlocked_at": datetime(2017, 3, 1, 15, tzinfo=UTC),
        "starts_at": datetime(2017, 3, 1, 15, tzinfo=UTC),
    }
    return Celebration(**(known | changes))


def celebrated(count: int = 1, *, first: bool = True, **changes: Any) -> CelebrationView:
    return CelebrationView(celebration(count, **changes), first)


_TIED = tuple(
    row(i, rank=rank, value_text=value, target_text="$40,000", share=share)
    for i, (rank, value, share) in enumerate(
        ((1, "$44,800", 1.12), (1, "$44,800", 1.12), (3, "$40,000", 1.0), (4, "$200", 0.005), (4, "$200", 0.005),
         (6, "-$20", 0))
    )
)  # fmt: skip
_LONG = (
    "Maximiliana Featherstonehaugh-Cholmondeley de la Vega y Castellanos closed the largest deal that anybody saw",
    "The largest single deal of the whole year so far, and of the one before it",
    "Win a deal that is larger than all deals anybody has won before you in this year and in this region of the world",
)

STATES: Mapping[str, tuple[View, Moment]] = {
    "leaderboard-empty": (board(0), moment()),
    "leaderboard-one": (board(1), moment()),
    "leaderboard-typical": (board(8), moment()),
    "leaderboard-full-12": (board(12, per_page=12), moment()),
    "leaderboard-ties-and-targets": (board(rows=_TIED), moment()),
    "leaderboard-long-names": (
        board(rows=tuple(row(i, name) for i, name in enumerate(LONG_NAMES)), title="Revenue " * 20, subtitle="x" * 300),
        moment(),
    ),
    "leaderboard-photos": (board(rows=(row(0, photo="/photos/moses.jpg"), row(1))), moment()),
    "leaderboard-huge-values": (
        board(rows=tuple(row(i, value_text=f"${10 ** (13 - i):,}.00") for i in range(3))),
        moment(),
    ),
    "leaderboard-stale-page-2": (board(20, age_text="42 min old"), moment(7, duration_s=20)),
    "leaderboard-many-pages": (board(150), moment()),
    "leaderboard-entering": (board(8), moment(0.3)),
    "leaderboard-gliding": (
        board(4, was=("player:0", "player:2", "player:1", "player:3"), moved_at_s=1029.8),
        moment(),
    ),
    "celebration-first-0.2s": (celebrated(), moment(0.2)),
    "celebration-first-1s": (celebrated(), moment(1)),
    "celebration-first-settled": (celebrated(), moment(20)),
    "celebration-later": (celebrated(first=False), moment(1)),
    "celebration-still": (celebrated(animation="none", first=False), moment(0)),
    "celebration-bare": (
        celebrated(message="", description="", motivation="", value_text="", points_text=""),
        moment(20),
    ),
    "celebration-nobody": (celebrated(0, message="The company did it"), moment(20)),
    "celebration-long": (
        celebrated(
            message=_LONG[0],
            title=_LONG[1],
            description=_LONG[2],
            motivation=_LONG[2],
            value_text="€12,345,678,901.90",
            winners=(winner(0, LONG_NAMES[0]),),
        ),
        moment(20),
    ),
    "celebration-picture-photo-badge": (
        celebrated(background="/pictures/sea.jpg", badge="/pictures/badge.png", winners=(winner(0, photo="/p.jpg"),)),
        moment(20),
    ),
    "celebration-merged-2": (celebrated(2), moment(20)),
    "celebration-merged-6-first-1s": (celebrated(6), moment(1)),
    "celebration-merged-30": (celebrated(30), moment(20)),
    "announcement": (AnnouncementView("Summer party on Friday", "We meet at six at the river."), moment()),
    "announcement-picture": (AnnouncementView("Summer party", "We meet at six.", "/pictures/river.jpg"), moment()),
    "announcement-long": (AnnouncementView("Summer party " * 20, "We meet at six. " * 100), moment()),
    "announcement-empty": (AnnouncementView(""), moment()),
    "clock-12": (ClockView("en_US", "New York"), moment()),
    "clock-24": (ClockView("de_DE"), moment()),
    "clock-untrusted": (ClockView(), moment(local=None)),
    "idle": (IdleView("Acme", ("No channel has a slot yet.", "The source “crm” has sent no records.")), moment()),
    "idle-nothing-missing": (IdleView("Acme"), moment()),
    "idle-untrusted": (IdleView("Acme", tuple(f"Missing thing {i}. " * 9 for i in range(9))), moment(local=None)),
    "problem": (
        ProblemView(
            "The configuration has 2 faults",
            ("config.yaml:12: channels[0].screen: no screen is called “leaderbord”", "a sentence without a place"),
            "Mend them and save: this screen goes away by itself.",
        ),
        moment(),
    ),
    "problem-many": (
        ProblemView("Faults " * 30, tuple(f"rules.yaml:{i}: x: {'wrong ' * 60}" for i in range(30)), "Look " * 99),
        moment(),
    ),
}
"""Every screen in its states, by the golden's name."""


def reduced(view: View, at: Moment) -> tuple[View, Moment]:
    """The same for those who need calm."""
    return view, replace(at, reduced_motion=True)
