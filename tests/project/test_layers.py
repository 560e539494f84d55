"""The layers are a contract that really bites."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _lint(tree: Path) -> subprocess.CompletedProcess[str]:
    script = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", script, "--no-cache"]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(tree)})


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "kiosk", tmp_path / "kiosk", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_tree_keeps_its_layers(tree: Path) -> None:
    answer = _lint(tree)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("domain/record.py", "import time"),
        ("show/program.py", "import kiosk.clock"),
        ("scene/shapes.py", "import pygame"),
        ("domain/rules.py", "import kiosk.show.cue"),
        ("feed/reading.py", "import kiosk.canvas"),
    ],
)
def test_an_import_against_the_arrows_fails(tree: Path, module: str, line: str) -> None:
    path = tree / "kiosk" / module
    path.write_text(path.read_text() + f"\n{line}\n")
    answer = _lint(tree)
    assert answer.returncode == 1
    assert "BROKEN" in answer.stdout


def test_a_new_folder_must_be_given_its_place(tree: Path) -> None:
    (tree / "kiosk" / "attic").mkdir()
    (tree / "kiosk" / "attic" / "__init__.py").write_text('"""Nowhere."""\n')
    answer = _lint(tree)
    assert answer.returncode == 1
    assert "attic" in answer.stdout
