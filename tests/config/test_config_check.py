"""`check` takes any path and any content, and answers."""

import os
import string
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.config.config_file import ConfigModel
from kiosk.config.load import ConfigError, check, load_config, load_rules
from kiosk.config.rules_file import RulesModel
from kiosk.domain.rules import Type, Unit

SAMPLE = Path(__file__).parent.parent / "data" / "crm" / "rules.yaml"


def written(folder: Path, text: str, name: str = "some.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_missing_file_a_directory_and_a_pipe_are_problems(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    told = {name: [str(p) for p in check(tmp_path / name)[1]] for name in ("none", ".", "pipe")}
    assert told == {
        "none": [f"{tmp_path}/none: no such file"],
        ".": [f"{tmp_path}: this is a directory, not a file"],
        "pipe": [f"{tmp_path}/pipe: this is not an ordinary file"],
    }


@pytest.mark.parametrize("path", ["", "a\0b", "x" * 5000, "/dev/zero", "/dev/null/x"])
def test_an_impossible_path_is_a_problem(path: str) -> None:
    assert check(Path(path))[1]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path) -> None:
    path = written(tmp_path, "a: 1")
    path.chmod(0)
    assert [str(problem) for problem in check(path)[1]] == [f"{path}: can't be read: permission denied"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("rules: x\n", "some.yaml", "config"),
        ("organisation: {}\nmetrics: []\nsound: {}\n", "some.yaml", "rules"),
        ("nonsense: 1\n", "my-rules.yaml", "rules"),
        ("nonsense: 1\n", "some.yaml", "config"),
        ("", "rules.yaml", "rules"),
    ],
)
def test_the_kind_is_decided_by_the_keys_and_else_by_the_name(tmp_path: Path, text: str, name: str, kind: str) -> None:
    assert check(written(tmp_path, text, name))[0] == kind


def test_a_good_file_has_no_problems() -> None:
    assert check(SAMPLE) == ("rules", ())


def test_loading_raises_every_error_at_once_and_no_warning(tmp_path: Path) -> None:
    written(
        tmp_path, "organisation: {name: A}\nsources: [{id: a, type: roster, path: none.csv, player: n}]\n", "r.yaml"
    )
    config = written(tmp_path, "rules: r.yaml\nplay: [x]\n")
    with pytest.raises(ConfigError) as caught:
        load_config(config)
    assert [(Path(p.file).name, p.line, p.path) for p in caught.value.problems] == [
        ("some.yaml", 2, "play[0]"),
        ("r.yaml", 1, "organisation.timezone"),
    ]
    assert str(caught.value).count("\n") == 1
    with pytest.raises(ConfigError):
        load_rules(tmp_path / "nowhere.yaml")


def test_yaml_problems_and_others_are_told_together_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = "organisation: {name: A}\nmetrics: []\nmetrics: []\nflows: x\n"
    assert [(problem.line, problem.path) for problem in check(written(tmp_path, text))[1]] == [
        (1, "organisation.timezone"),
        (3, ""),
        (4, "flows"),
    ]


def test_a_json_schema_can_be_made() -> None:
    schema = RulesModel.model_json_schema()
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["organisation"]
    assert "rules" in ConfigModel.model_json_schema()["properties"]


def test_a_file_full_of_problems_has_each_told_the_first_with_suggestions(tmp_path: Path) -> None:
    wrong = "".join("  - {metric: wno, subject: company, every: month, amount: 1}\n" for _ in range(300))
    head = "organisation: {name: A, timezone: UTC}\nmetrics: [{id: won, record: deal, aggregate: count}]\n"
    problems = check(written(tmp_path, f"{head}targets:\n{wrong}"))[1]
    assert len(problems) == 300
    assert problems[0].message == 'no metric "wno", did you mean "won"?'
    assert problems[-1].message == 'no metric "wno"'


def answers(text: str) -> None:
    with TemporaryDirectory() as folder:
        written(Path(folder), text, "rules.yaml")
        for name in ("rules.yaml", "config.yaml"):
            path = Path(folder) / name
            path.write_text(text, encoding="utf-8", errors="replace")
            kind, problems = check(path)
            assert kind in {"config", "rules"}
            for problem in problems:
                assert "\n" not in str(problem)
                assert problem.line >= 0


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])) | st.text(alphabet="[]{}:,-&*'\" \nab0"))
def test_any_text_gets_an_answer(text: str) -> None:
    answers(text)


WORDS = """organisation name timezone sources metrics id record aggregate field where op value type path key owner
achievements title description metric period require at_least top between eligible except screen slots"""
KEYS = st.sampled_from(sorted({*WORDS.split(), *ConfigModel.keys(), *RulesModel.keys()}))
VALUES = """Europe/Oslo won deal sum count csv roster http inbox leaderboard clock announcement in exists NO 18:00 012
1e999999999 ~ true -1 0.5 '5' "{x}" 2026-02-30 default:x company player:* .nan"""
SCALARS = st.sampled_from([*VALUES.split(), *(kind.value for kind in Type), *(unit.value for unit in Unit)])


def tree(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    listed = st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]")
    keyed = st.dictionaries(KEYS, inner, max_size=7).map(
        lambda items: "{" + ", ".join(f"{key}: {value}" for key, value in items.items()) + "}"
    )
    return listed | keyed


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(KEYS, st.recursive(SCALARS, tree, max_leaves=25), max_size=8))
def test_known_words_in_any_arrangement_get_an_answer(top: dict[str, str]) -> None:
    answers("".join(f"{key}: {value}\n" for key, value in top.items()))


def damaged(value: Any, data: st.DataObject) -> Any:
    """The tree with one thing in it replaced or gone."""
    if isinstance(value, dict) and value and data.draw(st.integers(0, 3)):
        key = data.draw(st.sampled_from(sorted(value)))
        rest = {other: each for other, each in value.items() if other != key}
        if not data.draw(st.integers(0, 3)):
            return rest | {key[:-1] + data.draw(st.sampled_from(string.ascii_lowercase)): value[key]}
        return rest | {key: damaged(value[key], data)}
    if isinstance(value, list) and value and data.draw(st.integers(0, 3)):
        i = data.draw(st.integers(0, len(value) - 1))
        return [*value[:i], damaged(value[i], data), *value[i + 1 :]]
    return data.draw(st.sampled_from([None, "", "x", 5, -1, 1.5, True, [], {}, ["x"], {"x": 1}, "18:00", "a b"]))


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_good_file_with_one_thing_damaged_gets_an_answer(data: st.DataObject) -> None:
    answers(yaml.safe_dump(damaged(yaml.safe_load(SAMPLE.read_text(encoding="utf-8")), data)))
