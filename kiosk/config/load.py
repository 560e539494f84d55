"""Loading: paths to values, or every error at once."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from kiosk.config.config_file import ConfigModel, read_config
from kiosk.config.document import Document, open_document
from kiosk.config.problem import ConfigError, Problem
from kiosk.config.rules_file import RulesModel, read_rules
from kiosk.config.settings import Config, RulesFile

Kind = Literal["config", "rules"]


def load_rules(path: Path) -> RulesFile:
    """A rules file.

    Raises:
        ConfigError: with every error in it; warnings are left to `check`.
    """
    read = read_rules(_readable(open_document(path)), path)
    _raise_errors(read.problems)
    return read.value


def load_config(path: Path) -> tuple[Config, RulesFile]:
    """A config file and the rules file that it names.

    Raises:
        ConfigError: with every error in both.
    """
    read = read_config(_readable(open_document(path)), path)
    _raise_errors(read.problems)
    assert read.rules is not None, "a config without its rules has an error"
    return read.value, read.rules.value


def check(path: Path) -> tuple[Kind, tuple[Problem, ...]]:
    """Which kind of file it is, and everything that is wrong with it; a config is checked with its rules file.

    Never raises for what a file is or says. Warnings are among the problems.
    """
    document = open_document(path)
    kind = _kind(document, path)
    if document.tree is None:
        return kind, document.problems
    read = read_config(document, path) if kind == "config" else read_rules(document, path)
    return kind, read.problems


def _kind(document: Document, path: Path) -> Kind:
    """A config or a rules file, by the keys of its top level; where they don't tell, by its name."""
    keys = set(document.tree) if isinstance(document.tree, dict) else set()
    configs, rules = len(keys & set(ConfigModel.keys())), len(keys & set(RulesModel.keys()))
    if configs == rules:
        return "rules" if "rules" in path.name else "config"
    return "config" if configs > rules else "rules"


def _readable(document: Document) -> Document:
    if document.tree is None:
        raise ConfigError(document.problems)
    return document


def _raise_errors(problems: tuple[Problem, ...]) -> None:
    errors = tuple(problem for problem in problems if not problem.warning)
    if errors:
        raise ConfigError(errors)


__all__ = ["ConfigError", "Kind", "Problem", "check", "load_config", "load_rules"]
