"""Loading: paths to values, or every error at once."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from kiosk.config.config_file import ConfigModel, ReadConfig, read_config
from kiosk.config.document import Document, open_document
from kiosk.config.problem import ConfigError, Problem
from kiosk.config.rules_file import ReadRules, RulesModel, read_rules
from kiosk.config.settings import Config, RulesFile

Kind = Literal["config", "rules"]


def load_rules(path: Path) -> RulesFile:
    """A rules file.

    Raises:
        ConfigError: with every error in it; warnings are left to `check`.
    """
    read, problems = _rules(path, str(path))
    _raise_errors(problems)
    assert read is not None
    return read.value


def load_config(path: Path) -> tuple[Config, RulesFile]:
    """A config file and the rules file that it names.

    Raises:
        ConfigError: with every error in both.
    """
    config, rules, problems = _config(open_document(path), path)
    _raise_errors(problems)
    assert config is not None
    assert rules is not None
    return config.value, rules.value


def check(path: Path) -> tuple[Kind, tuple[Problem, ...]]:
    """Which kind of file it is, and everything that is wrong with it; a config is checked with its rules file.

    Never raises for what a file is or says. Warnings are among the problems.
    """
    document = open_document(path)
    kind = _kind(document, path)
    if kind == "config":
        return kind, _config(document, path)[2]
    return kind, _read_rules(document, path)[1]


def _kind(document: Document, path: Path) -> Kind:
    """A config or a rules file, by the keys of its top level; where they don't tell, by its name."""
    keys = set(document.tree) if isinstance(document.tree, dict) else set()
    configs, rules = len(keys & set(ConfigModel.keys())), len(keys & set(RulesModel.keys()))
    if configs == rules:
        return "rules" if "rules" in path.name else "config"
    return "config" if configs > rules else "rules"


def _rules(path: Path, file: str) -> tuple[ReadRules | None, tuple[Problem, ...]]:
    return _read_rules(open_document(path, file), path)


def _read_rules(document: Document, path: Path) -> tuple[ReadRules | None, tuple[Problem, ...]]:
    if document.tree is None:
        return None, document.problems
    read = read_rules(document, path)
    return read, (*document.problems, *read.report.problems)


def _config(document: Document, path: Path) -> tuple[ReadConfig | None, ReadRules | None, tuple[Problem, ...]]:
    if document.tree is None:
        return None, None, document.problems
    read = read_config(document, path)
    return read, read.rules, (*document.problems, *read.problems)


def _raise_errors(problems: tuple[Problem, ...]) -> None:
    errors = tuple(problem for problem in problems if not problem.warning)
    if errors:
        raise ConfigError(errors)


__all__ = ["ConfigError", "Kind", "Problem", "check", "load_config", "load_rules"]
