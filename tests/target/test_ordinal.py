"""Class II or better on an ordered scale, and the chain that forecasts classes."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

import forecast as fc
from forecast.models.ordinal import PRIOR_YEARS, prior_counts, transition_counts
from tests.fixed import Fixed

SCALE = ("I", "II", "III", "IV", "V", "worse than V")
HISTORY = fc.History.of("water", range(2016, 2024), [3, 2, 2, 3, 2, 2, 2, 2], unit="class")


@pytest.mark.parametrize(("value", "position"), [("II", 2), ("ii", 2), (2, 2), ("2", 2), ("worse than V", 6)])
def test_a_class_is_a_word_or_a_position(value: str | int, position: int) -> None:
    target = fc.Target.ordinal("water", value, year=2026, scale=SCALE)
    assert (target.value, target.direction, target.kind.word) == (position, -1, SCALE[position - 1])


@pytest.mark.parametrize("value", ["VI", 0, 7, 2.5, ""])
def test_another_word_lists_the_scale(value: str | int) -> None:
    with pytest.raises(fc.TargetError, match=r"is not a class of its scale\. Use one of: I, II, III, IV"):
        fc.Target.ordinal("water", value, year=2026, scale=SCALE)


def test_a_scale_needs_different_classes() -> None:
    with pytest.raises(fc.TargetError, match=r"scale lists two or more different classes, best first"):
        fc.Target.ordinal("water", "I", year=2026, scale=("I", "I"))


@pytest.mark.parametrize(
    ("rule", "ahead", "met"),
    [
        ("every_year", [2, 1], True),
        ("every_year", [3, 2], False),
        ("in_year", [3, 2], True),
        ("in_year", [1, 3], False),
        ("in_year", [1, 2.4], True),  # a model without classes: the nearer class counts
    ],
)
def test_which_courses_meet_it(rule: str, ahead: list[float], met: bool) -> None:
    target = fc.Target.ordinal("water", "II", year=2025, scale=SCALE, rule=rule)
    assert target.met_by(HISTORY, np.array([ahead])).tolist() == [met]


def test_reachable_is_a_class() -> None:
    fitted = Fixed.after(HISTORY, [2, 2], [3, 1], [2, 4], [2, 2.2], [1, 2])
    target = fc.Target.ordinal("water", "II", year=2025, scale=SCALE)
    assert [fc.reachable(fitted, target, p=p) for p in (0.5, 0.61, 0.81)] == [2.0, 3.0, 4.0]


def test_moves_are_counted_between_neighbouring_years_only() -> None:
    counts = transition_counts(np.array([2001, 2002, 2004, 2005]), np.array([0, 1, 1, 1]), 3)
    assert counts.tolist() == [[0, 1, 0], [0, 1, 0], [0, 0, 0]]


def test_the_prior_weighs_two_years_in_each_class() -> None:
    assert_allclose(prior_counts(6).sum(axis=1), PRIOR_YEARS)
    assert (np.diff(prior_counts(6)[0]) < 0).all()


def test_one_year_ahead_is_the_dirichlet_mean() -> None:
    fitted = fc.Ordinal(classes=6).fit(HISTORY)
    row = prior_counts(6)[1] + np.array([0, 4, 1, 0, 0, 0])
    # 4,000 matrices: the mean of each probability is known to about 0.003.
    assert_allclose(fitted.probabilities(2024), row / row.sum(), atol=0.01)


def test_paths_and_outlook_agree() -> None:
    fitted = fc.Ordinal(classes=6).fit(HISTORY)
    drawn = fitted.paths(2028, n=20_000, rng=1)[:, -1]
    shares = np.bincount(drawn.astype(int), minlength=7)[1:] / len(drawn)
    assert_allclose(shares, fitted.probabilities(2028), atol=0.015)
    assert_allclose(fitted.predict(2028).at_most(2), fitted.probabilities(2028)[:2].sum(), atol=1e-3)


def test_uncertain_moves_make_every_year_likelier_than_a_product() -> None:
    # One unknown chain a course: a course that held is likelier to hold again.
    fitted = fc.Ordinal(classes=6).fit(HISTORY)
    one, three = (
        fc.probability(fitted, fc.Target.ordinal("water", "II", year=year, scale=SCALE))
        for year in (2024, 2026)
    )
    assert one**3 < three < one


def test_a_chain_needs_positions() -> None:
    wrong = fc.History.of("water", [2020, 2021], [2.0, 2.5])
    with pytest.raises(fc.ModelError, match=r"water: 2\.5 in 2021 is not a position on a scale of 6 classes"):
        fc.Ordinal(classes=6).fit(wrong)
    with pytest.raises(fc.ModelError, match=r"a scale of 2 classes or more; got 1"):
        fc.Ordinal(classes=1)


def test_moves_over_gaps_are_left_out_and_said_so() -> None:
    fitted = fc.Ordinal(classes=6).fit(HISTORY.without(2020))
    assert [note.key for note in fitted.notes] == ["moves_over_gaps_left_out"]
    assert fitted.counts.sum() == 6 * PRIOR_YEARS + 5
