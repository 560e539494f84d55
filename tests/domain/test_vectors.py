"""The engine, and `kiosk replay` where sources alone can say the facts, against the cases of tests/vectors."""

from __future__ import annotations

import io
import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Context, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from vector_case import Case, Expected, read_cases

from kiosk.app.replay import replay
from kiosk.config.type_table import FITS
from kiosk.domain.engine import Engine
from kiosk.domain.unlock import Fault, Unlock

CASES = read_cases()
JUDGED = [case for case in CASES if not case.errors]
REFUSED = [case for case in CASES if case.errors]
REPLAYED = [case for case in JUDGED if case.is_replayable]

PRINTED = Context(prec=12)
"""As many digits as replay prints."""


@pytest.mark.parametrize("case", JUDGED, ids=str)
def test_the_engine_unlocks_what_the_case_expects(case: Case) -> None:
    read = case.read_rules()
    assert [str(problem) for problem in read.problems if not problem.warning] == []
    engine = Engine(read.value.rules, waiting=case.waiting())
    outcomes = [outcome for fact in case.applied() for outcome in engine.apply(fact)]
    assert [told(outcome) for outcome in outcomes if isinstance(outcome, Unlock)] == case.expected()
    faults = [outcome for outcome in outcomes if isinstance(outcome, Fault)]
    assert len(faults) == case.faults, faults


@pytest.mark.parametrize("case", REPLAYED, ids=str)
def test_replay_prints_what_the_case_expects(case: Case, tmp_path: Path) -> None:
    out, complaints = io.StringIO(), io.StringIO()
    assert replay(case.write(tmp_path), case.replay_until(), out, complaints=complaints) == 0
    assert [printed(line) for line in out.getvalue().splitlines()] == [rounded(each) for each in case.expected()]
    assert len(complaints.getvalue().splitlines()) == case.faults, complaints.getvalue()


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_rules_that_make_no_sense_are_refused_where_they_stand(case: Case) -> None:
    problems = case.read_rules().problems
    assert [problem.path for problem in problems if not problem.warning] == list(case.errors), problems


def test_every_type_unlocks_for_every_subject_that_it_can_have() -> None:
    seen = set()
    for case in JUDGED:
        types = {rule.id: rule.type for rule in case.read_rules().value.rules.achievements}
        seen |= {(types[each.achievement], each.subject.partition(":")[0]) for each in case.expected()}
    assert seen == {(kind, str(subject)) for kind, fit in FITS.items() for subject in fit.subjects}


def test_no_two_cases_have_one_name() -> None:
    assert [name for name, count in Counter(map(str, CASES)).items() if count > 1] == []


def told(unlock: Unlock) -> Expected:
    """An unlock as cases tell it."""
    assert unlock.value is not None
    return Expected(
        achievement=unlock.achievement,
        subject=unlock.subject,
        occurrence=unlock.occurrence,
        at=unlock.at,
        value=Fraction(unlock.value),
        threshold=None if unlock.threshold is None else Fraction(unlock.threshold),
        rank=unlock.rank,
        celebrate=unlock.celebrate,
    )


def printed(line: str) -> Expected:
    """A line of replay as cases tell unlocks."""
    read = json.loads(line, parse_float=Decimal)
    return Expected(
        achievement=read["achievement"],
        subject=read["subject"],
        occurrence=read["occurrence"],
        at=datetime.fromisoformat(read["at"]).astimezone(UTC),
        value=Fraction(read["value"]),
        threshold=None if read["threshold"] is None else Fraction(read["threshold"]),
        rank=read["rank"],
        celebrate=read["celebrate"],
    )


def rounded(expected: Expected) -> Expected:
    """With the numbers as replay prints them."""
    threshold = None if expected.threshold is None else _to_digits(expected.threshold)
    return replace(expected, value=_to_digits(expected.value), threshold=threshold)


def _to_digits(number: Fraction) -> Fraction:
    return Fraction(PRINTED.divide(Decimal(number.numerator), Decimal(number.denominator)))
