"""What a reader takes for one sign."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.canvas.clusters import LONGEST, cleaned, clusters


def test_marks_joiners_tones_flags_and_keycaps_stay_with_their_sign() -> None:
    assert clusters("e\u0301a") == ["e\u0301", "a"]
    assert clusters("👩🏽‍🚀🇩🇪🇫🇷") == ["👩🏽‍🚀", "🇩🇪", "🇫🇷"]
    assert clusters("1️⃣2") == ["1️⃣", "2"]


def test_a_stack_of_marks_is_bounded() -> None:
    assert clusters("a" + "\u0301" * 500 + "b") == ["a" + "\u0301" * (LONGEST - 1), "b"]


def test_what_cannot_be_painted_is_cleaned() -> None:
    assert cleaned("a\x00b\ud800c\u202ed\te\nf", lines=False) == "ab\ufffdcd e f"
    assert cleaned("a\r\nb\u2028c", lines=True) == "a\nb\nc"
    assert cleaned("1\u202f234", lines=False) == "1\u00a0234"


@given(st.text())
def test_clusters_make_up_the_text_and_cleaning_twice_changes_nothing(text: str) -> None:
    once = cleaned(text, lines=True)
    assert cleaned(once, lines=True) == once
    assert once.startswith("".join(clusters(once))) or len(max(clusters(once), key=len)) == LONGEST
    assert clusters(once, 3) == clusters(once)[:3]
