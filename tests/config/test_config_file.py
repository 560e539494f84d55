"""What a good config file means."""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest

from kiosk.config.load import check, load_config
from kiosk.config.settings import Config, DisplaySettings, SoundSettings
from kiosk.domain.organisation import Weekday
from kiosk.domain.rules import Kind, Unit
from kiosk.show.playlist import Channel, Hours, Slot
from kiosk.show.quiet import QuietMode, QuietSpan
from kiosk.show.settings import AfterInterrupt, ShowSettings, Transition

RULES = """organisation: {name: Acme, timezone: Europe/Oslo}
metrics:
  - {id: revenue, name: Money, record: deal, aggregate: sum, field: amount}
  - {id: won, record: deal, aggregate: count}
flows: [{id: close-rate, steps: [won, revenue]}]
"""


@pytest.fixture
def config(tmp_path: Path) -> Callable[[str], Config]:
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")

    def load(text: str) -> Config:
        path = tmp_path / "config.yaml"
        path.write_text(f"rules: rules.yaml\n{text}", encoding="utf-8")
        return load_config(path)[0]

    return load


def test_only_the_rules_must_be_named(config: Callable[[str], Config], tmp_path: Path) -> None:
    loaded = config("")
    assert loaded.rules == tmp_path / "rules.yaml"
    assert (loaded.display, loaded.sound, loaded.show) == (DisplaySettings(), SoundSettings(), ShowSettings())
    assert (loaded.stale_after_s, loaded.trust_clock, loaded.quiet_hours) == (600, "auto", ())


def test_without_channels_each_metric_has_its_week_and_month_and_then_comes_a_clock(
    config: Callable[[str], Config],
) -> None:
    (channel,) = config("").channels
    assert [(slot.screen, slot.options.get("measure"), slot.options.get("period")) for slot in channel.slots] == [
        ("leaderboard", "revenue", Unit.WEEK),
        ("leaderboard", "revenue", Unit.MONTH),
        ("leaderboard", "won", Unit.WEEK),
        ("leaderboard", "won", Unit.MONTH),
        ("clock", None, None),
    ]
    assert dict(channel.slots[0].options) == {
        "measure": "revenue",
        "period": Unit.WEEK,
        "subject": Kind.PLAYER,
        "title": "Money",
        "per_page": 8,
        "top": None,
    }
    assert len({slot.id for slot in channel.slots}) == len(channel.slots)


def test_slots_are_normalised(config: Callable[[str], Config], tmp_path: Path) -> None:
    (channel,) = config("""
channels:
  - id: sales
    name: Sales
    slots:
      - {screen: leaderboard, flow: close-rate, period: quarter, subject: team, per_page: 12, top: 3, dwell_s: 1 min}
      - {id: cake, screen: announcement, title: Cake, text: now, picture: cake.jpg, hours: {from: 2026-01-01,
         to: 2026-02-01, weekdays: [fri], between: ["08:00", "15:00"]}}
      - {screen: clock, title: Oslo}
""").channels
    board = {"measure": "close-rate", "period": Unit.QUARTER, "subject": Kind.TEAM, "title": "Close rate"}
    hours = Hours(date(2026, 1, 1), date(2026, 2, 1), frozenset({Weekday.FRIDAY}), (time(8), time(15)))
    assert channel == Channel(
        "sales",
        "Sales",
        (
            Slot("sales-1", "leaderboard", 60, board | {"per_page": 12, "top": 3}),
            Slot(
                "cake",
                "announcement",
                options={"title": "Cake", "text": "now", "picture": str(tmp_path / "cake.jpg")},
                hours=hours,
            ),
            Slot("sales-3", "clock", options={"title": "Oslo"}),
        ),
    )


def test_play_chooses_channels_and_their_order(config: Callable[[str], Config]) -> None:
    channels = "channels:\n" + "".join(f"  - {{id: {name}, slots: [{{screen: clock}}]}}\n" for name in "abc")
    assert [channel.id for channel in config(channels).channels] == ["a", "b", "c"]
    assert [channel.id for channel in config(f"{channels}play: [c, a]\n").channels] == ["c", "a"]


def test_a_key_without_a_value_counts_as_left_out(config: Callable[[str], Config]) -> None:
    assert config("channels:\nsound:\n  device:\nplay: ~\n") == config("")


def test_every_setting_has_its_value(config: Callable[[str], Config]) -> None:
    loaded = config("""
display: {window: 1280x720, rotation: 270, overscan: 2.5, theme: light, reduced_motion: true, fps: 30}
sound: {enabled: false, volume: 35, device: vc4hdmi0}
show: {after_interrupt: resume, gap_s: 2.5, interrupt_share: 0.25, merge_over: 5, celebrations_per_pass: 0,
  interrupt_within: 1 h, sync: true, transition: cut, transition_s: 0}
quiet_hours: [{from: "18:00", to: "08:00", mode: hold}]
stale_after: 90
clock: {trust: always}
""")
    assert loaded.display == DisplaySettings((1280, 720), 270, 2.5, "light", reduced_motion=True, fps=30)
    assert loaded.sound == SoundSettings(enabled=False, volume=35, device="vc4hdmi0")
    assert loaded.show == ShowSettings(
        after_interrupt=AfterInterrupt.RESUME,
        gap_s=2.5,
        interrupt_share=0.25,
        merge_over=5,
        celebrations_per_pass=0,
        interrupt_within_s=3600,
        sync=True,
        transition=Transition.CUT,
        transition_s=0,
    )
    assert loaded.quiet_hours == (QuietSpan(time(18), time(8), QuietMode.HOLD),)
    assert (loaded.stale_after_s, loaded.trust_clock) == (90, "always")


def test_the_journal_lives_where_the_system_keeps_state_unless_told(
    config: Callable[[str], Config], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/tv")
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    assert config("").state == Path("/home/tv/.local/state/achievement-kiosk")
    monkeypatch.setenv("XDG_STATE_HOME", "relative")
    assert config("").state == Path("/home/tv/.local/state/achievement-kiosk")
    monkeypatch.setenv("XDG_STATE_HOME", "/var/state")
    assert config("").state == Path("/var/state/achievement-kiosk")
    assert config("state: here\n").state == tmp_path / "here"
    assert config("state: ~/there\n").state == Path("/home/tv/there")


def test_paths_do_not_depend_on_where_the_kiosk_is_started(
    config: Callable[[str], Config], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config("state: here\n")
    monkeypatch.chdir(tmp_path)
    loaded, rules = load_config(Path("config.yaml"))
    assert loaded.state == tmp_path / "here"
    assert loaded.rules == rules.path == tmp_path / "rules.yaml"


def test_the_rules_file_is_called_as_the_config_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").write_text("rules: sub/rules.yaml\n", encoding="utf-8")
    assert [str(problem) for problem in check(Path("config.yaml"))[1]] == ["sub/rules.yaml: no such file"]
