"""Undocumented is unfinished: what can be typed, set or named is explained, and what the pages point at is there."""

from __future__ import annotations

import argparse
import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app.check import report
from kiosk.assets import asset
from kiosk.cli import _parser
from kiosk.config.assets import SOUNDS
from kiosk.scene.theme import THEMES
from kiosk.screens.badges import BADGES
from kiosk.screens.registry import SCREENS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
BUILT = {".venv", "build", "dist", "node_modules"}
PAGES = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not any(p in BUILT or p.startswith(".") for p in path.relative_to(ROOT).parts)
)
EXAMPLES = (ROOT / "config.example.yaml", *sorted((DOCS / "examples").glob("*.yaml")))


def text(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def subcommands() -> dict[str, argparse.ArgumentParser]:
    (choices,) = (a.choices for a in _parser()._actions if isinstance(a, argparse._SubParsersAction))
    return dict(choices)


def arguments(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:
        if not isinstance(action, argparse._HelpAction | argparse._SubParsersAction):
            yield action


ARGUMENTS = [(name, action) for name, parser in subcommands().items() for action in arguments(parser)]


def part_about(command: str) -> str:
    """The part of commands.md under the heading that names this command."""
    parts = re.split(r"^## ", text("commands.md"), flags=re.MULTILINE)
    (part,) = (part for part in parts if re.search(rf"\bkiosk {command}\b", part.partition("\n")[0]))
    return part


def row(command: str, option: str) -> str:
    """The row that explains this option of this command; where commands share a part, its second cell names them."""
    rows = [line for line in part_about(command).splitlines() if re.match(rf"\| .*`{option}[ `]", line)]
    shared = "," in part_about(command).partition("\n")[0]
    return next((line for line in rows if not shared or line.split("|")[2].strip() in {"both", command}), "")


@pytest.mark.parametrize("command", subcommands())
def test_every_command_is_in_the_table_and_has_a_part(command: str) -> None:
    assert re.search(rf"^\| `kiosk {command}[ `]", text("commands.md"), re.MULTILINE)
    assert part_about(command)


@pytest.mark.parametrize(("command", "action"), ARGUMENTS, ids=[f"{c} {a.dest}" for c, a in ARGUMENTS])
def test_every_option_is_explained(command: str, action: argparse.Action) -> None:
    if action.option_strings:
        assert [option for option in action.option_strings if not row(command, option)] == []
        assert all(f"`{choice}`" in row(command, action.option_strings[-1]) for choice in action.choices or ())
    else:
        assert re.search(rf"`kiosk {command}[^`]*\b{action.metavar}\b", text("commands.md"))


def test_the_options_before_the_command_are_explained() -> None:
    options = [option for action in arguments(_parser()) for option in action.option_strings]
    assert {"--version", "-v"} <= set(options)
    assert [option for option in options if not re.search(rf"`(?:kiosk )?{option}`", text("commands.md"))] == []


@pytest.mark.parametrize(("command", "action"), ARGUMENTS, ids=[f"{c} {a.dest}" for c, a in ARGUMENTS])
def test_every_argument_says_in_the_help_what_it_is(command: str, action: argparse.Action) -> None:
    assert action.help


def test_the_documented_options_exist() -> None:
    known = {option for _, action in ARGUMENTS for option in action.option_strings}
    known |= {option for action in arguments(_parser()) for option in action.option_strings} | {"--help"}
    written = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", " ".join(re.findall(r"`[^`\n]+`", text("commands.md")))))
    assert written - known == set()


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_has_a_row(screen: str) -> None:
    assert re.search(rf"^\| `{screen}` \| \S", text("display.md"), re.MULTILINE)


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_is_named(theme: str) -> None:
    assert re.search(rf"^\| `theme` \|.*`{theme}`", text("settings.md"), re.MULTILINE)
    assert re.search(rf"^\| `--theme NAME` \|.*`{theme}`", text("commands.md"), re.MULTILINE)


@pytest.mark.parametrize("badge", BADGES)
def test_every_badge_is_named(badge: str) -> None:
    assert re.search(rf"^\| `badge` \|.*`{badge}`", text("rules.md"), re.MULTILINE)


def test_every_shipped_sound_is_named() -> None:
    files = {path.stem for path in asset("sounds").iterdir() if path.suffix == ".wav"}
    assert files == set(SOUNDS)
    assert set(re.findall(r"^\| `default:([\w-]+)` \| \S", text("rules.md"), re.MULTILINE)) == files


def variables() -> dict[str, str]:
    """The environment variables that the package reads or sets, each with the file that does."""
    found = {}
    for path in (ROOT / "kiosk").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if "environ" not in source and "getenv" not in source:
            continue
        texts = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
        words = (text for text in texts if isinstance(text, str) and re.fullmatch(r"[A-Z][A-Z0-9_]{3,}", text))
        found.update(dict.fromkeys(words, path.name))
    return found


def test_the_walk_finds_the_variables() -> None:
    assert {"XDG_STATE_HOME", "SDL_VIDEODRIVER", "DISPLAY", "NOTIFY_SOCKET"} <= set(variables())


def test_every_environment_variable_is_explained() -> None:
    _, _, part = text("commands.md").partition("## Environment")
    assert {name: file for name, file in variables().items() if f"`{name}`" not in part} == {}


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    lines = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", lines, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_every_link_and_picture_of_a_page_is_there(page: Path) -> None:
    plain = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", plain)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = page if not path else page.parent / path
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)
    assert broken == []


def test_there_are_pages_with_links() -> None:
    assert {"README.md", "CONTRIBUTING.md", "docs/rules.md"} <= {page.relative_to(ROOT).as_posix() for page in PAGES}
    assert "1-time" in anchors(DOCS / "rules.md")


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, new = set(), {ROOT / "README.md"}
    while new:
        page = new.pop()
        reached.add(page)
        links = re.findall(r"\]\(([^)#\s:]+\.md)", page.read_text(encoding="utf-8"))
        new |= {(page.parent / link).resolve() for link in links} - reached
    assert {page for page in DOCS.glob("*.md") if page not in reached} == set()


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.name for example in EXAMPLES])
def test_every_example_is_good(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = report(example, sys.stdout)
    said = capsys.readouterr().out
    assert (code, "warning" in said, said.count("\n")) == (0, False, 1), said


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_every_shell_example_is_shell(page: Path) -> None:
    for block in re.findall(r"^```sh\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        done = subprocess.run(["bash", "-n"], input=block, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_every_kiosk_command_in_a_page_can_be_parsed(page: Path) -> None:
    """Those in backquotes and in shell blocks that stand as they would be typed."""
    content = page.read_text(encoding="utf-8")
    lines = [
        line
        for block in re.findall(r"^```sh\n(.*?)^```", content, re.MULTILINE | re.DOTALL)
        for line in block.splitlines()
    ]
    lines += re.findall(r"(?<!`)`(kiosk [^`\n]+)`", content)
    typed = [
        match[1]
        for line in lines
        if (match := re.search(r"(?:^|/bin/)kiosk ([^#…]*)$", line.partition("#")[0].strip()))
    ]
    for words in map(str.split, typed):
        options = [word for word in words if word.startswith("-")]
        known = {o for c, a in ARGUMENTS if c == words[0] for o in a.option_strings}
        known |= {o for a in arguments(_parser()) for o in a.option_strings} | {"--help"}
        assert words[0] in {*subcommands(), "COMMAND", *known}, words
        if words[0] in subcommands():
            assert [option for option in options if option not in known] == [], words
