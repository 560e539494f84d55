"""What a good rules file means."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.config.load import check, load_rules
from kiosk.config.settings import RulesFile
from kiosk.config.source import CsvSource, HttpSource, InboxSource, JsonlSource, RosterSource
from kiosk.config.type_table import FITS
from kiosk.domain.engine import Engine
from kiosk.domain.metric import Aggregate, Condition, Flow, Format, Operator
from kiosk.domain.organisation import Player, Team, Weekday
from kiosk.domain.rules import (
    Achievement,
    Eligible,
    Kind,
    OncePer,
    Requirement,
    Scaling,
    Status,
    Target,
    Type,
    Unit,
    Within,
)
from kiosk.show.design import Design, Interrupt

SAMPLE = Path(__file__).parent.parent / "data" / "crm" / "rules.yaml"
HEAD = """organisation: {name: Acme, timezone: Europe/Oslo}
metrics:
  - {id: revenue, record: deal, aggregate: sum, field: amount}
  - {id: won, record: deal, aggregate: count}
flows: [{id: rate, steps: [won, revenue]}]
targets:
  - {metric: revenue, subject: company, every: month, amount: 1}
  - {metric: revenue, subject: "player:*", every: month, amount: 1}
  - {metric: revenue, subject: "team:*", every: month, amount: 1}
"""


@pytest.fixture
def rules(tmp_path: Path) -> Callable[[str], RulesFile]:
    def load(text: str) -> RulesFile:
        path = tmp_path / "rules.yaml"
        path.write_text(text, encoding="utf-8")
        return load_rules(path)

    return load


def the_achievement(file: RulesFile) -> Achievement:
    (achievement,) = file.rules.achievements
    return achievement


def test_the_sample_is_read_whole() -> None:
    file = load_rules(SAMPLE)
    assert file.path == SAMPLE
    assert file.rules.organisation.timezone == ZoneInfo("America/New_York")
    assert [type(source) for source in file.sources] == [RosterSource, CsvSource]
    assert file.sources[1].path == SAMPLE.parent / "opportunities.csv"
    assert file.rules.flows == (Flow("close-rate", "Close rate", ("closed", "won"), "closed", "won"),)
    assert file.rules.targets == (Target("revenue", "player:*", Unit.MONTH, Decimal(40000)),)
    assert " ".join(achievement.id for achievement in file.rules.achievements) == (
        "big-fish week-20k target-100 beat-last-month biggest-ever best-week top3 sharpest team-best"
    )
    assert file.rules.achievements[0] == Achievement(
        id="big-fish",
        type=Type.SINGLE_RECORD_GOAL,
        title="Big fish",
        description="Win a deal over $5,000",
        name="Big fish",
        metric="revenue",
        require=Requirement(more_than=Decimal(5000)),
    )
    assert file.designs["big-fish"] == Design(title="Big fish", description="Win a deal over $5,000")
    assert set(file.designs) == {achievement.id for achievement in file.rules.achievements}


def test_everything_of_an_organisation(rules: Callable[[str], RulesFile]) -> None:
    organisation = rules(
        "organisation: {name: Acme, timezone: Asia/Kathmandu, week_starts: Sunday, working_days: [mon, WED],"
        " holidays: [2026-12-24], currency: nok, locale: nb-NO, points: off}"
    ).rules.organisation
    assert organisation.week_starts is Weekday.SUNDAY
    assert organisation.working_days == {Weekday.MONDAY, Weekday.WEDNESDAY}
    assert organisation.holidays == {date(2026, 12, 24)}
    assert (organisation.currency, organisation.locale, organisation.points) == ("NOK", "nb_NO", "off")


def test_numbers_are_read_by_their_text(rules: Callable[[str], RulesFile]) -> None:
    text = ["0.1", "1e3", ".5", "5.", "+7", "1234567890123456789012345678.000000000000000000001"]
    targets = "".join(f"  - {{metric: won, subject: company, every: month, amount: {number}}}\n" for number in text)
    file = rules(HEAD.split("targets", maxsplit=1)[0] + "targets:\n" + targets)
    assert [str(target.amount) for target in file.rules.targets] == [
        "0.1",
        "1E+3",
        "0.5",
        "5",
        "7",
        "1234567890123456789012345678.000000000000000000001",
    ]


def test_conditions_keep_numbers_and_texts_apart(rules: Callable[[str], RulesFile]) -> None:
    conditions = """
      - {field: stage, op: eq, value: Won}
      - {field: size, op: gt, value: 0.1}
      - {field: size, op: eq, value: "0.1"}
      - {field: size, op: in, value: [1, "1", 2026-03-01]}
      - {field: note, op: exists}
      - {field: note, op: exists, value: false}
"""
    (metric,) = rules(
        "organisation: {name: A, timezone: UTC}\nmetrics:\n  - id: big-deals\n    record: deal\n"
        f"    aggregate: maximum\n    field: size\n    format: duration\n    owner: helper\n    where:{conditions}"
    ).rules.metrics
    assert metric.where == (
        Condition("stage", Operator.EQ, "Won"),
        Condition("size", Operator.GT, Decimal("0.1")),
        Condition("size", Operator.EQ, "0.1"),
        Condition("size", Operator.IN, (Decimal(1), "1", "2026-03-01")),
        Condition("note", Operator.EXISTS, value=True),
        Condition("note", Operator.EXISTS, value=False),
    )
    assert (metric.name, metric.aggregate, metric.format) == ("Big deals", Aggregate.MAXIMUM, Format.DURATION)
    assert metric.owner == "helper"


def test_players_and_teams_get_ids_from_their_names(rules: Callable[[str], RulesFile], tmp_path: Path) -> None:
    file = rules("""organisation: {name: Acme, timezone: UTC}
teams: [{name: Nord Øst}, {id: w, name: West}]
players:
  - {name: José Núñez, team: West, teams: [nord-øst], aliases: [jn@example.org], sound: jose.ogg, photo: ./jose.jpg}
  - {id: ola, name: 王小明, birthday: 1990-05-17, joined: 2021-03-01, hidden: true}
""")
    assert file.rules.teams == (Team("nord-øst", "Nord Øst"), Team("w", "West"))
    assert file.rules.players == (
        Player(
            "jose-nunez",
            "José Núñez",
            ("w", "nord-øst"),
            ("jn@example.org",),
            str(tmp_path / "jose.jpg"),
            str(tmp_path / "jose.ogg"),
        ),
        Player("ola", "王小明", birthday=date(1990, 5, 17), joined=date(2021, 3, 1), hidden=True),
    )


def test_teams_that_only_players_name_are_teams(rules: Callable[[str], RulesFile]) -> None:
    file = rules("organisation: {name: A, timezone: UTC}\nplayers: [{name: Bo, team: West Coast}]\n")
    assert file.rules.teams == (Team("west-coast", "West Coast"),)
    assert file.rules.players[0].teams == ("west-coast",)


def test_every_kind_of_source(rules: Callable[[str], RulesFile], tmp_path: Path) -> None:
    reading = "record: deal, key: id, owner: who, time: at"
    file = rules(f"""organisation: {{name: Acme, timezone: UTC}}
sources:
  - {{id: r, type: roster, path: r.csv, player: name, team: office, delimiter: ";", encoding: cp1252}}
  - {{id: c, type: csv, path: ../c.csv, {reading}, fields: {{no: number, amount: Close value}}, delimiter: "\\t",
      decimal: ",", encoding: UTF8, time_format: "%d.%m.%y %H:%M", timezone: Asia/Tokyo, revision: version}}
  - {{id: j, type: jsonl, path: /data/j.jsonl, {reading}}}
  - {{id: h, type: http, url: "https://example.org/x?y=1", {reading}, every_s: 5 min, items: a.b, cursor: c, next: n,
      secret_file: token}}
  - {{id: i, type: inbox, key_file: key, {reading}, host: 127.0.0.1, port: 9000}}
""")
    roster, csv, jsonl, http, inbox = file.sources
    assert roster == RosterSource("r", tmp_path / "r.csv", "name", "office", ";", "cp1252")
    assert isinstance(csv, CsvSource)
    assert csv.path == tmp_path.parent / "c.csv"
    assert dict(csv.reading.fields) == {"no": "number", "amount": "Close value"}
    assert (csv.delimiter, csv.encoding, csv.reading.decimal) == ("\t", "utf-8", ",")
    assert (csv.reading.time_format, csv.reading.revision) == ("%d.%m.%y %H:%M", "version")
    assert csv.reading.timezone == ZoneInfo("Asia/Tokyo")
    assert isinstance(jsonl, JsonlSource)
    assert (jsonl.path, jsonl.reading.fields) == (Path("/data/j.jsonl"), {})
    assert isinstance(http, HttpSource)
    assert (http.url, http.every_s, http.items) == ("https://example.org/x?y=1", 300, "a.b")
    assert (http.cursor, http.next, http.secret_file) == ("c", "n", tmp_path / "token")
    assert isinstance(inbox, InboxSource)
    assert (inbox.key_file, inbox.host, inbox.port) == (tmp_path / "key", "127.0.0.1", 9000)


def test_every_key_of_an_achievement(rules: Callable[[str], RulesFile], tmp_path: Path) -> None:
    file = rules(
        HEAD
        + """
players: [{name: Bo, team: West}, {name: Ada}]
celebrations:
  - {id: big, title: Wow, badge: trophy, sound: none, first_show_s: 30 s, channels: [sales], priority: 5}
achievements:
  - id: a
    type: target
    name: internal
    status: draft
    title: T
    description: D
    metric: revenue
    period: quarter
    require: {more_than_percent: 99.5}
    target_scaling: working_days
    where: [{field: stage, op: ne, value: Lost}]
    eligible: {teams: [west], players: [ada], except: [bo]}
    once_per: year
    points: -5
    celebrate_within: 2 days
    celebrate_at: "08:30"
    published_at: 2026-03-01T09:00
    celebration: big
    badge: pics/a.png
    message: "{player.name}"
    lifetime: 1 h 30 min
    interrupt: next
    critical: true
    screen: false
"""
    )
    assert the_achievement(file) == Achievement(
        id="a",
        type=Type.TARGET,
        name="internal",
        status=Status.DRAFT,
        title="T",
        description="D",
        metric="revenue",
        period=Unit.QUARTER,
        require=Requirement(more_than_percent=Decimal("99.5")),
        target_scaling=Scaling.WORKING_DAYS,
        where=(Condition("stage", Operator.NE, "Lost"),),
        eligible=Eligible(frozenset({"west"}), frozenset({"ada"}), frozenset({"bo"})),
        once_per=OncePer.YEAR,
        points=-5,
        celebrate_within=timedelta(days=2),
        celebrate_at=time(8, 30),
        published_at=datetime(2026, 3, 1, 9, tzinfo=ZoneInfo("Europe/Oslo")),
    )
    assert file.designs["a"] == Design(
        title="Wow",
        description="D",
        message="{player.name}",
        badge=str(tmp_path / "pics" / "a.png"),
        sound="none",
        first_show_s=30,
        lifetime_s=5400,
        channels=("sales",),
        interrupt=Interrupt.NEXT,
        priority=5,
        critical=True,
        screen=False,
    )


def test_an_instant_with_an_offset_keeps_it(rules: Callable[[str], RulesFile]) -> None:
    entry = "{id: a, type: single_record_goal, metric: won, title: T, description: D, published_at: 2026-03-01T09:00Z}"
    published = the_achievement(rules(f"{HEAD}achievements:\n  - {entry}\n")).published_at
    assert published == datetime(2026, 3, 1, 9, tzinfo=UTC)


def test_an_mvp_without_a_requirement_is_the_first(rules: Callable[[str], RulesFile]) -> None:
    entry = "{id: a, type: combined_records_mvp, metric: won, period: week, title: T, description: D}"
    assert the_achievement(rules(f"{HEAD}achievements:\n  - {entry}\n")).require == Requirement(top=1)


def test_a_hit_rate_needs_no_rank_beside_its_percent(rules: Callable[[str], RulesFile]) -> None:
    entry = "{id: a, type: hit_rate_mvp, flow: rate, period: week, require: {at_least_percent: 70}, title: T, "
    requirement = the_achievement(rules(f"{HEAD}achievements:\n  - {entry}description: D}}\n")).require
    assert requirement == Requirement(at_least_percent=Decimal(70))


def test_a_window_may_end_with_the_day_or_after_it(rules: Callable[[str], RulesFile]) -> None:
    entry = '{id: a, type: time, metric: won, between: ["22:00", "24:00"], title: T, description: D}'
    assert the_achievement(rules(f"{HEAD}achievements:\n  - {entry}\n")).between == (time(22), time(0))
    assert the_achievement(rules(f"{HEAD}achievements:\n  - {entry.replace('24:00', '03:00')}\n")).between == (
        time(22),
        time(3),
    )


def entry(kind: Type, **keys: object) -> str:
    """The shortest entry of a type, with more keys."""
    fit = FITS[kind]
    shortest: dict[str, object] = {"id": "a", "type": kind, fit.measure: "rate" if fit.measure == "flow" else "revenue"}
    shortest |= {"title": "T", "description": "D"}
    if fit.periods:
        shortest["period"] = "week"
    if fit.needs_require:
        shortest["require"] = {min(fit.require): 1}
    if "between" in fit.needs:
        shortest["between"] = ["18:00", "23:00"]
    return _flow(shortest | keys)


def _flow(value: object) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_flow, value)) + "]"
        case str() if ":" in value:
            return f'"{value}"'
        case _:
            return str(value)


@pytest.mark.parametrize("kind", FITS)
def test_every_type_has_a_shortest_entry(kind: Type, rules: Callable[[str], RulesFile]) -> None:
    assert the_achievement(rules(f"{HEAD}achievements:\n  - {entry(kind)}\n")).type is kind


CHOICES = {
    "subject": tuple(Kind),
    "period": tuple(Unit),
    "within": tuple(Within),
    "once_per": tuple(OncePer),
    "require": tuple({key: 1} for key in ("at_least", "more_than", "at_least_percent", "more_than_percent", "top")),
    "between": (["18:00", "23:00"], ["22:00", "02:00"]),
    "target_scaling": tuple(Scaling),
    "minimum_records": (2,),
    "minimum_attempts": (2,),
    "allow_empty_previous": ("true",),
    "where": ([{"field": "stage", "op": "in", "value": ["Won", 5]}],),
}


@settings(max_examples=300, deadline=None)
@given(
    kind=st.sampled_from(list(FITS)),
    keys=st.lists(st.sampled_from(sorted(CHOICES)), max_size=2, unique=True),
    data=st.data(),
)
def test_what_the_config_accepts_the_engine_can_judge(
    kind: Type, keys: list[str], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    drawn = {key: data.draw(st.sampled_from(CHOICES[key])) for key in keys}
    path = tmp_path_factory.getbasetemp() / "engine.yaml"
    path.write_text(f"{HEAD}achievements:\n  - {entry(kind, **drawn)}\n", encoding="utf-8")
    if not any(not problem.warning for problem in check(path)[1]):
        Engine(load_rules(path).rules)
