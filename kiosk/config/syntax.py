"""What is wrong with text that is no YAML, in words for people who don't know the parser's."""

from __future__ import annotations

import yaml

from kiosk.config.wording import quoted


def explain_syntax(error: yaml.MarkedYAMLError, text: str) -> tuple[int, str]:
    """The line, counted from 1, and the sentence; both of PyYAML's parsers are understood."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return 1, f"not YAML: {error.problem}"
    return mark.line + 1, f"not YAML: {_sentence(error, mark, text.splitlines())}"


def _sentence(error: yaml.MarkedYAMLError, mark: yaml.Mark, lines: list[str]) -> str:
    problem, context = error.problem or "", error.context or ""
    here = lines[mark.line] if mark.line < len(lines) else ""
    began = error.context_mark.line + 1 if error.context_mark else mark.line + 1
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return "a tab indents here, YAML wants spaces"
    if "mapping values are not allowed" in problem:
        return (
            "a second `: ` in one line, or a `:` missing in the line before; a text that holds `: ` must be in quotes"
        )
    if "cannot start any token" in problem:
        return f"no text can begin with {quoted(here[mark.column : mark.column + 1])}: write it in quotes"
    if "quoted scalar" in context and "end of stream" in problem:
        return f"the quote opened in line {began} is never closed"
    if "unknown escape" in problem:
        return "a backslash in double quotes begins an escape: write it twice, or use single quotes"
    if "flow" in context:
        return f"in the brackets opened in line {began} a comma, or the closing one, is missing before this"
    if "block" in context:
        return f"this doesn't go on with what began in line {began}: look at the indentation and the quotes just before"
    return f"{context}, {problem}" if context else problem
