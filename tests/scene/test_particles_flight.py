"""Confetti and sparks: functions of seed and time alone, bounded, gone in the end."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.scene.particles import COUNT, LIFE_S, SPARKS_S, confetti, sparks
from kiosk.scene.shapes import HEIGHT, WIDTH, Particles
from kiosk.scene.theme import theme

COLOURS = theme("dark").confetti
seeds = st.integers(0, 2**64 - 1)


@given(seeds, st.floats(-1, 20), st.booleans())
@settings(max_examples=60)
def test_papers_are_few_enough_and_on_the_canvas(seed: int, t: float, gentle: bool) -> None:
    flying = confetti(seed, t, COLOURS, gentle=gentle)
    for paper in flying.items if flying else ():
        assert -paper.size / 2 <= paper.x <= WIDTH + paper.size / 2
        assert -paper.size / 2 <= paper.y <= HEIGHT + paper.size / 2
        assert 0 <= paper.tip <= 1
        assert 0 < paper.size < 40
        assert 0 <= paper.colour.a <= 255
    assert flying is None or 0 < len(flying.items) <= COUNT


@given(seeds, st.floats(0, LIFE_S))
@settings(max_examples=30)
def test_the_same_seed_and_time_is_the_same_picture(seed: int, t: float) -> None:
    assert confetti(seed, t, COLOURS) == confetti(seed, t, COLOURS)
    assert sparks(seed, t, (500, 500), COLOURS) == sparks(seed, t, (500, 500), COLOURS)


def test_another_seed_is_another_burst() -> None:
    assert confetti(1, 2, COLOURS) != confetti(2, 2, COLOURS)


@given(seeds, st.floats(LIFE_S, 1e6))
@settings(max_examples=20)
def test_no_paper_outlives_the_burst(seed: int, t: float) -> None:
    assert confetti(seed, t, COLOURS) is None
    assert sparks(seed, t, (500, 500), COLOURS) is None


def _middle(flying: Particles | None) -> tuple[float, float]:
    assert flying is not None
    return (
        sum(p.x for p in flying.items) / len(flying.items),
        sum(p.y for p in flying.items) / len(flying.items),
    )


def test_papers_start_in_both_lower_corners_rise_and_sink() -> None:
    start = confetti(7, 0.12, COLOURS)
    assert start is not None
    assert all(p.y > HEIGHT / 2 for p in start.items)
    assert {p.x < WIDTH / 2 for p in start.items} == {True, False}
    assert all(p.x < WIDTH / 3 or p.x > 2 * WIDTH / 3 for p in start.items)
    _, early = _middle(start)
    _, top = _middle(confetti(7, 1.8, COLOURS))
    _, late = _middle(confetti(7, 5.0, COLOURS))
    assert top < early
    assert top < late


def test_a_paper_never_jumps() -> None:
    # At 60 frames a second the fastest throw moves less than 60 px from one frame to the next.
    step = 1 / 60
    for frame in range(6, 400):
        before = confetti(3, frame * step, COLOURS, count=1)
        after = confetti(3, (frame + 1) * step, COLOURS, count=1)
        if before and after:
            (a,), (b,) = before.items, after.items
            assert abs(a.x - b.x) < 60
            assert abs(a.y - b.y) < 60


def test_a_gentle_throw_is_lower_than_a_burst() -> None:
    def highest(gentle: bool) -> float:
        seen = (confetti(5, t / 10, COLOURS, gentle=gentle) for t in range(1, 25))
        return min(p.y for flying in seen if flying for p in flying.items)

    assert highest(gentle=False) <= 10
    assert sum(p.y for p in confetti(5, 1.2, COLOURS, gentle=True).items) > 0  # type: ignore[union-attr]
    assert highest(gentle=True) > highest(gentle=False)


def test_sparks_fly_apart_and_end() -> None:
    near, far = sparks(1, 0.1, (900, 500), COLOURS), sparks(1, 0.9, (900, 500), COLOURS)
    assert near is not None
    assert far is not None

    def reach(burst: Particles) -> float:
        return max(abs(p.x - 900) for p in burst.items)

    assert reach(near) < reach(far) < 640
    assert sparks(1, SPARKS_S, (900, 500), COLOURS) is None
    assert sparks(1, 0, (900, 500), COLOURS) is None
