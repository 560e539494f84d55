"""An unlock becomes a celebration: every text is filled in and worded, so that the show only has to schedule it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Protocol

from kiosk.config.settings import RulesFile
from kiosk.domain.calendar import REPEATING, Calendar
from kiosk.domain.metric import Format, Metric
from kiosk.domain.number import parse_number
from kiosk.domain.organisation import Organisation, Player, Team
from kiosk.domain.record import Record
from kiosk.domain.rules import Achievement, Kind, Type, Unit
from kiosk.domain.unlock import Unlock
from kiosk.show import wording
from kiosk.show.celebration import Celebration, Winner
from kiosk.show.design import Design
from kiosk.show.tags import fill

DEFAULT_SOUND = "default:fanfare"
"""For players without a sound of their own."""

_RANKED_BY_PERCENT = frozenset({Type.TARGET_MVP, Type.HIT_RATE_MVP})
_INSTANT = timedelta(microseconds=1)


class People(Protocol):
    """Who is who now; the engine knows."""

    def player(self, player: str) -> Player | None:
        """The player of this id."""

    def team(self, team: str) -> Team | None:
        """The team of this id."""


class Celebrations:
    """Words the celebrations of one rules file."""

    def __init__(self, rules_file: RulesFile) -> None:
        self._organisation = rules_file.rules.organisation
        self._achievements = {a.id: a for a in rules_file.rules.achievements}
        self._metrics = {metric.id: metric for metric in rules_file.rules.metrics}
        self._designs = rules_file.designs

    def of(self, unlock: Unlock, record: Record | None, people: People, unlocked_at: datetime) -> Celebration | None:
        """How this unlock is celebrated, see `celebration`; `record` completed it, None for a period's end."""
        achievement = self._achievements[unlock.achievement]
        winner, team = self._winner(unlock.subject, people)
        return celebration(
            unlock,
            achievement,
            self._designs[achievement.id],
            winner,
            organisation=self._organisation,
            unlocked_at=unlocked_at,
            team=team,
            metric=self._metrics.get(achievement.metric or ""),
            record=record,
        )

    def _winner(self, subject: str, people: People) -> tuple[Player | Team | Organisation, Team | None]:
        """Whom `subject` names, and a player's first team."""
        kind, _, id_ = subject.partition(":")
        if kind == Kind.PLAYER:
            player = people.player(id_)
            assert player is not None, f"{subject} unlocked something and is nobody"
            return player, people.team(player.teams[0]) if player.teams else None
        return (people.team(id_) if kind == Kind.TEAM else None) or self._organisation, None


def celebration(
    unlock: Unlock,
    achievement: Achievement,
    design: Design,
    winner: Player | Team | Organisation,
    *,
    organisation: Organisation,
    unlocked_at: datetime,
    team: Team | None = None,
    metric: Metric | None = None,
    record: Record | None = None,
) -> Celebration | None:
    """How this unlock is celebrated; None if it isn't: late, without a screen, or of a player who hides.

    `winner` is the unlock's subject, for `company` the organisation; `team` the player's first, if there is one;
    `metric` the achievement's; `record` the one that completed it, None for a period's end.
    """
    hidden = isinstance(winner, Player) and winner.hidden
    if not unlock.celebrate or not design.screen or hidden:
        return None
    calendar = Calendar(organisation)
    format_, unit = _format(achievement, metric)
    values = {
        **_names(winner, team),
        **_fields(record, metric, organisation),
        "value": wording.value_text(unlock.value, format_, organisation, unit),
        "threshold": wording.value_text(unlock.threshold, format_, organisation, unit),
        "rank": wording.rank_text(unlock.rank, organisation),
        "period": _period_text(unlock, achievement, calendar, organisation),
        "points": wording.points_text(unlock.points, organisation),
    }
    person = winner if isinstance(winner, Player) else None
    return Celebration(
        id=unlock.id,
        achievement=achievement.id,
        title=fill(design.title, values),
        message=fill(design.message, values),
        description=fill(design.description, values),
        motivation=fill(design.motivation, values),
        winners=(
            Winner(
                subject=unlock.subject,
                name=winner.name,
                initials=wording.initials(winner.name),
                colour=wording.colour_of(unlock.subject),
                photo=person.photo if person else None,
            ),
        ),
        value_text=values["value"],
        points_text=values["points"],
        badge=design.badge,
        animation=design.animation,
        background=design.background,
        sound=_sound(design.sound, person),
        first_show_s=design.first_show_s,
        show_s=design.show_s,
        lifetime_s=design.lifetime_s,
        channels=design.channels,
        interrupt=design.interrupt,
        priority=design.priority,
        critical=design.critical,
        unlocked_at=unlocked_at,
        starts_at=calendar.next_working_time(unlock.at, achievement.celebrate_at) if unlock.period_end else unlocked_at,
    )


def _format(achievement: Achievement, metric: Metric | None) -> tuple[Format, str]:
    """How the unlock's value and threshold are printed, and the word behind them."""
    if achievement.type in _RANKED_BY_PERCENT:
        return Format.PERCENT, ""
    return (metric.format, metric.unit) if metric else (Format.NUMBER, "")


def _names(winner: Player | Team | Organisation, team: Team | None) -> dict[str, str]:
    """`{player.name}` is the subject's name whatever it is; only people have first names."""
    names = {"player.name": winner.name, "player.first_name": winner.name}
    if isinstance(winner, Player):
        names["player.first_name"] = (winner.name.split() or [""])[0]
        names["team.name"] = team.name if team else ""
    elif isinstance(winner, Team):
        names["team.name"] = winner.name
    return names


def _fields(record: Record | None, metric: Metric | None, organisation: Organisation) -> Mapping[str, str]:
    """`{record.FIELD}`: as the source wrote it, but the metric's own field as the metric prints it."""
    if record is None:
        return {}
    texts = {f"record.{name}": cell for name, cell in record.fields.items()}
    if metric and metric.field and metric.field in record.fields:
        number = parse_number(record.fields[metric.field])
        if number is not None:
            texts[f"record.{metric.field}"] = wording.value_text(number, metric.format, organisation, metric.unit)
    return texts


def _period_text(unlock: Unlock, achievement: Achievement, calendar: Calendar, organisation: Organisation) -> str:
    """The period that was judged; without one the day of the occurrence, if it names one."""
    if achievement.period in REPEATING:
        # A period's end is the first instant behind it.
        inside = unlock.at - _INSTANT if unlock.period_end else unlock.at
        return wording.period_text(
            achievement.period, calendar.period_of(achievement.period, inside).start, organisation
        )
    if achievement.period is Unit.ALL_TIME:
        return wording.period_text(Unit.ALL_TIME, date.min, organisation)
    unit, _, start = unlock.occurrence.partition(":")
    if unit in {*REPEATING, Unit.CUSTOM}:
        return wording.period_text(Unit(unit), date.fromisoformat(start), organisation)
    return ""


def _sound(sound: str, person: Player | None) -> str:
    if sound == "player":
        return (person.sound if person else None) or DEFAULT_SOUND
    return "" if sound == "none" else sound
