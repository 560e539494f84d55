"""Every message of `kiosk check` stands in broken-rules.txt and broken-configs.txt, as data."""

import re
from pathlib import Path

import pytest

from kiosk.config.load import check

HERE = Path(__file__).parent
BASE = """organisation: {name: Acme, timezone: Europe/Oslo}
metrics: [{id: revenue, record: deal, aggregate: sum, field: amount}, {id: won, record: deal, aggregate: count}]
"""
CHANNELLED = """achievements:
  - {id: lost, type: single_record_goal, metric: won, title: T, description: D, channels: [slaes]}
  - {id: away, type: single_record_goal, metric: won, title: T, description: D, channels: [yard]}
"""
BESIDE = {
    "here.csv": "id\n",
    "good.yaml": BASE + "flows: [{id: rate, steps: [won, revenue]}]\n",
    "bad.yaml": "organisation: {name: Acme}\n",
    "channelled.yaml": BASE + CHANNELLED,
}


def cases(name: str) -> list[object]:
    _, *parts = re.split(r"^== (.+)\n", (HERE / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [
        pytest.param(*body.replace("BASE\n", BASE).split("--\n"), id=title)
        for title, body in zip(parts[::2], parts[1::2], strict=True)
    ]


def told(path: Path) -> list[str]:
    """The problems as the case files write them."""
    folder = str(path.parent)
    return [
        str(problem).removeprefix(f"{path}:").removeprefix(f"{folder}/").replace(folder, "FOLDER").strip()
        + (" (warning)" if problem.warning else "")
        for problem in check(path)[1]
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in BESIDE.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("text", "expected"), cases("broken-rules.txt"))
def test_a_broken_rules_file_is_told_in_sentences(folder: Path, text: str, expected: str) -> None:
    path = folder / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    assert told(path) == expected.strip().splitlines()


@pytest.mark.parametrize(("text", "expected"), cases("broken-configs.txt"))
def test_a_broken_config_file_is_told_in_sentences(folder: Path, text: str, expected: str) -> None:
    path = folder / "config.yaml"
    path.write_text(text, encoding="utf-8")
    assert told(path) == expected.strip().splitlines()
