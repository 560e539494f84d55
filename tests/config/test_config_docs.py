"""Undocumented is failing: every key and word is explained, and the examples hold every key and load."""

import re
import types
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin

import pytest

from kiosk.config.assets import SOUNDS
from kiosk.config.celebrations import ANIMATIONS
from kiosk.config.channels import AnySlot
from kiosk.config.config_file import ConfigModel
from kiosk.config.load import check, load_config
from kiosk.config.rules_file import RulesModel
from kiosk.config.section import Strict
from kiosk.domain.metric import Aggregate, Format, Operator
from kiosk.domain.rules import Kind, OncePer, OnCorrection, Scaling, Status, Type, Unit, Within
from kiosk.screens.badges import BADGES
from kiosk.show import tags
from kiosk.show.design import Interrupt

ROOT = Path(__file__).parents[2]
SETTINGS = ROOT / "docs" / "settings.md"
RULES = ROOT / "docs" / "rules.md"
CONFIG_EXAMPLE = ROOT / "config.example.yaml"
RULES_EXAMPLE = ROOT / "docs" / "examples" / "rules.yaml"
WORDS = (Aggregate, Format, Operator, Kind, OnCorrection, OncePer, Scaling, Status, Type, Unit, Within, Interrupt)


def models(annotation: Any) -> Iterator[type[Strict]]:
    """The models in a type, and those in their fields."""
    if isinstance(annotation, type) and issubclass(annotation, Strict):
        yield annotation
        for field in annotation.model_fields.values():
            yield from models(field.annotation)
    elif get_origin(annotation) in {tuple, list, dict, Union, types.UnionType, Annotated}:
        for argument in get_args(annotation):
            yield from models(argument)


def keys(*annotations: Any) -> list[str]:
    return sorted(set().union(*(model.keys() for each in annotations for model in models(each))))


CONFIG_KEYS = keys(ConfigModel, AnySlot)
RULES_KEYS = keys(RulesModel)


def test_the_walk_reaches_the_innermost_keys() -> None:
    assert {"rules", "dwell_s", "weekdays", "per_page", "picture", "fps", "trust"} <= set(CONFIG_KEYS)
    assert {"timezone", "secret_file", "op", "steps", "except", "at_least_percent", "lifetime"} <= set(RULES_KEYS)


@pytest.mark.parametrize("key", CONFIG_KEYS)
def test_every_key_of_the_config_is_explained_and_in_the_example(key: str) -> None:
    assert f"`{key}`" in SETTINGS.read_text(encoding="utf-8")
    assert re.search(rf"\b{key}:", CONFIG_EXAMPLE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("key", RULES_KEYS)
def test_every_key_of_the_rules_is_explained_and_in_the_example(key: str) -> None:
    assert re.search(rf"`{key}[`:]", RULES.read_text(encoding="utf-8"))
    assert re.search(rf"\b{key}:", RULES_EXAMPLE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("word", sorted({str(word.value) for kind in WORDS for word in kind}))
def test_every_word_of_the_rules_is_explained(word: str) -> None:
    assert re.search(rf"`(?:\w+: )?{word}[`:]", RULES.read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind", [Type, Operator])
def test_types_and_operators_have_a_row_of_their_own(kind: type[Enum]) -> None:
    rows = [line for line in RULES.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    first_cells = " ".join(row.split("|")[1] for row in rows)
    assert all(f"`{word.value}`" in first_cells for word in kind)


@pytest.mark.parametrize("shipped", [*ANIMATIONS, *(f"default:{sound}" for sound in SOUNDS)])
def test_every_shipped_look_and_sound_is_named(shipped: str) -> None:
    assert f"`{shipped}`" in RULES.read_text(encoding="utf-8")


def test_every_shipped_badge_is_named() -> None:
    named = {name for name in BADGES if f"`{name}`" in RULES.read_text(encoding="utf-8")}
    looks = {id(badge) for badge in map(BADGES.get, named)}
    assert len(looks) >= len(BADGES) - 2  # two are second names


@pytest.mark.parametrize("tag", tags.KNOWN)
def test_every_tag_is_named(tag: str) -> None:
    assert f"`{{{tag}}}`" in RULES.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [CONFIG_EXAMPLE, RULES_EXAMPLE])
def test_the_examples_have_no_problem(path: Path) -> None:
    assert check(path)[1] == ()


def test_the_example_shows_every_type_that_exists() -> None:
    _, rules = load_config(CONFIG_EXAMPLE)
    shown = {achievement.type for achievement in rules.rules.achievements}
    assert set(Type) - shown == {Type.STREAK, Type.MANUAL}


def test_the_examples_in_the_explanation_are_right(tmp_path: Path) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", RULES.read_text(encoding="utf-8"), flags=re.DOTALL)
    sections = "".join(block for block in blocks if not block.startswith("eligible"))
    head = "organisation: {name: Acme, timezone: UTC}\nplayers: [{name: Ada Berg}]\n"
    flow = "flows: [{id: close-rate, steps: [closed, won]}]\n"
    path = tmp_path / "rules.yaml"
    path.write_text(head + flow + sections, encoding="utf-8")
    assert [str(problem) for problem in check(path)[1]] == []


@pytest.mark.parametrize("page", [SETTINGS, RULES])
def test_no_link_of_the_explanation_leads_nowhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#]+)(?:#\w+)?\)", text)
    assert [target for target in targets if not (page.parent / target).exists()] == []
