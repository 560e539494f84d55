"""How an unlock is worded for the celebration screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from desk import ACME, BIG_FISH, DAY_MVP, NOON, REVENUE, WEEK_20K, WEST, ZOE, deal

from kiosk.app.celebrate import celebration
from kiosk.domain.metric import Format
from kiosk.domain.rules import Achievement, CustomPeriod, Type, Unit
from kiosk.domain.unlock import Unlock
from kiosk.show.celebration import Celebration
from kiosk.show.design import Design, Interrupt

FISH = Unlock(
    BIG_FISH.id,
    "player:zoe",
    "record:crm:1",
    NOON,
    Decimal("7250.50"),
    Decimal(5000),
    None,
    ("crm:1",),
    50,
    celebrate=True,
)


def shown(design: Design, unlock: Unlock = FISH, achievement: Achievement = BIG_FISH, **more: Any) -> Celebration:
    given = {"winner": ZOE, "team": WEST, "metric": REVENUE, "unlocked_at": NOON, "organisation": ACME} | more
    made = celebration(unlock, achievement, design, **given)
    assert made is not None
    return made


def text(message: str, unlock: Unlock = FISH, achievement: Achievement = BIG_FISH, **more: Any) -> str:
    return shown(Design("Big fish", message=message), unlock, achievement, **more).message.replace("\u00a0", " ")


def test_tags_are_filled_with_words_in_every_text() -> None:
    made = shown(
        Design(
            "{player.first_name}!",
            message="{player.name} ({team.name}) made {value}, over {threshold}",
            description="{points} for it",
            motivation="Go, {player.first_name}",
        )
    )
    assert made.title == "Zoë!"
    assert made.message == "Zoë Núñez (West) made $7,250.50, over $5,000"
    assert made.description.replace("\u00a0", " ") == "50 points for it"
    assert made.motivation == "Go, Zoë"
    assert made.value_text == "$7,250.50"


def test_the_design_is_taken_over() -> None:
    design = Design(
        "Big fish",
        badge="trophy",
        animation="gong",
        background="sea.png",
        first_show_s=8,
        show_s=4,
        lifetime_s=600,
        channels=("sales",),
        interrupt=Interrupt.NEXT,
        priority=3,
        critical=True,
    )
    made = shown(design)
    for name in (
        "badge",
        "animation",
        "background",
        "first_show_s",
        "show_s",
        "lifetime_s",
        "channels",
        "interrupt",
        "priority",
        "critical",
    ):
        assert getattr(made, name) == getattr(design, name)
    assert (made.id, made.achievement) == (FISH.id, "big-fish")


def test_the_winner_has_a_name_initials_a_colour_and_a_photo() -> None:
    (winner,) = shown(Design("Big fish"), winner=replace(ZOE, photo="zoe.jpg")).winners
    assert (winner.subject, winner.name, winner.initials, winner.photo) == ("player:zoe", "Zoë Núñez", "ZN", "zoe.jpg")
    assert winner.colour == shown(Design("Other")).winners[0].colour


def test_a_team_and_the_company_win_under_their_own_name() -> None:
    team = replace(FISH, subject="team:west")
    company = replace(FISH, subject="company")
    assert text("{player.name}, {player.first_name}, {team.name}", team, winner=WEST) == "West, West, West"
    assert text("{player.name} ({team.name})", company, winner=ACME, team=None) == "Acme"


def test_nothing_is_shown_of_what_is_late_without_a_screen_or_of_somebody_who_hides() -> None:
    given = {"organisation": ACME, "unlocked_at": NOON}
    design = Design("Big fish")
    assert celebration(replace(FISH, celebrate=False), BIG_FISH, design, ZOE, **given) is None  # type: ignore[arg-type]
    assert celebration(FISH, BIG_FISH, replace(design, screen=False), ZOE, **given) is None  # type: ignore[arg-type]
    assert celebration(FISH, BIG_FISH, design, replace(ZOE, hidden=True), **given) is None  # type: ignore[arg-type]


def test_a_player_has_a_sound_of_his_own_or_the_default() -> None:
    mine = Design("Big fish", sound="player")
    assert shown(mine, winner=replace(ZOE, sound="zoe.ogg")).sound == "zoe.ogg"
    assert shown(mine).sound == "default:fanfare"
    assert shown(mine, winner=WEST).sound == "default:fanfare"
    assert shown(Design("Big fish", sound="none")).sound == ""
    assert shown(Design("Big fish", sound="default:gong")).sound == "default:gong"


def test_fields_of_the_record_are_shown_and_the_counted_one_as_its_metric_is() -> None:
    record = deal("1", "7250.5", fields={"amount": "7250.5", "product": "GTX {value}", "note": "12"})
    message = "{record.product} for {record.amount} ({record.note}{record.missing})"
    assert text(message, record=record) == "GTX {value} for $7,250.50 (12)"
    assert text("{record.amount}", record=deal("1", "a lot")) == "a lot"
    assert text("{player.name}: {record.product}") == "Zoë Núñez"


def test_the_period_is_that_which_was_judged() -> None:
    week = replace(FISH, achievement="week-20k", occurrence="week:2024-05-06")
    once_a_year = replace(week, occurrence="year:2024-01-01")
    day = replace(FISH, occurrence="day:2024-05-07", at=datetime(2024, 5, 8, 4, tzinfo=UTC), period_end=True)
    time = replace(BIG_FISH, type=Type.TIME)
    custom = replace(
        WEEK_20K,
        period=Unit.CUSTOM,
        custom=CustomPeriod(NOON.date(), NOON.date() + timedelta(days=9)),
    )
    weekly = text("{period}", week, WEEK_20K)
    assert "May" in weekly
    assert "6" in weekly
    assert text("{period}", once_a_year, WEEK_20K) == weekly
    assert "May 7" in text("{period}", day, DAY_MVP)
    assert "May 7" in text("{period}", replace(day, period_end=False), time)
    assert "May 7" in text("{period}", replace(FISH, occurrence="custom:2024-05-07"), custom)
    assert text("{period}", replace(FISH, occurrence="ever"), replace(WEEK_20K, period=Unit.ALL_TIME)) == "All time"
    assert text("x {period}") == "x"


def test_what_is_ranked_by_percent_is_shown_in_percent() -> None:
    sharpest = replace(DAY_MVP, type=Type.HIT_RATE_MVP, metric=None, flow="close-rate", period=Unit.MONTH)
    unlock = replace(FISH, value=Fraction(250, 3), threshold=Decimal(70), rank=2, occurrence="month:2024-05-01")
    assert text("{rank}: {value} of {threshold}", unlock, sharpest, metric=None) == "2nd: 83.3% of 70%"
    counted = replace(REVENUE, format=Format.NUMBER, unit="calls")
    assert text("{value}", replace(FISH, value=12), metric=counted) == "12 calls"


def test_a_period_end_is_held_until_the_next_working_morning() -> None:
    friday_over = datetime(2024, 5, 11, 4, tzinfo=UTC)
    mvp = replace(FISH, at=friday_over, period_end=True, rank=1, occurrence="day:2024-05-10")
    made = shown(Design("Best"), mvp, DAY_MVP, unlocked_at=friday_over + timedelta(minutes=3))
    assert made.starts_at == datetime(2024, 5, 13, 13, tzinfo=UTC)
    assert made.unlocked_at == friday_over + timedelta(minutes=3)
    assert shown(Design("Big fish")).starts_at == NOON
