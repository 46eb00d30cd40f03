"""Classes on an ordered scale: moves counted by hand, and the chain against its own draws."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from forecast import History, ModelError, Ordinal
from forecast.models.ordinal import PRIOR_YEARS, prior_counts, transition_counts

WATER = History.of("water_class", range(2016, 2024), [3, 2, 2, 3, 2, 2, 2, 2])


def test_the_prior_weighs_the_same_in_every_class_and_prefers_to_stay() -> None:
    counts = prior_counts(4)
    assert_allclose(counts.sum(axis=1), PRIOR_YEARS)
    assert (counts.argmax(axis=1) == np.arange(4)).all()
    # A class further away has a fifth of the one before: 1, .2, .04, .008 over their sum.
    assert_allclose(counts[0], PRIOR_YEARS * np.array([1, 0.2, 0.04, 0.008]) / 1.248)


def test_moves_are_counted_and_those_over_gaps_are_not() -> None:
    years, states = np.array([2010, 2011, 2012, 2015, 2016]), np.array([0, 1, 1, 0, 1])
    assert_array_equal(transition_counts(years, states, 2), [[0, 2], [0, 1]])


def test_the_next_year_is_the_mean_of_the_dirichlet_row() -> None:
    fitted = Ordinal(classes=3).fit(WATER)
    # From class 2 it stayed four times and fell back once; the prior adds 2 years.
    expected = (np.array([0, 4, 1]) + prior_counts(3)[1]) / (5 + PRIOR_YEARS)
    assert_allclose(fitted.probabilities(2024), expected, atol=0.01)
    outlook = fitted.predict(2024)
    assert_allclose([outlook.at_most(k) for k in (1, 2, 3)], expected.cumsum(), atol=0.01)


def test_paths_have_the_proportions_of_the_outlook() -> None:
    fitted = Ordinal(classes=3).fit(WATER)
    paths = fitted.paths(2027, n=20_000, rng=0)
    assert paths.shape == (20_000, 4)
    shares = [(paths[:, -1] == k).mean() for k in (1, 2, 3)]
    # Four standard errors of so many paths, and of 4,000 chains.
    assert_allclose(shares, fitted.probabilities(2027), atol=0.025)


def test_far_ahead_nothing_is_certain_and_all_adds_up() -> None:
    chances = Ordinal(classes=5).fit(WATER).probabilities(2060)
    assert_allclose(chances.sum(), 1.0)
    assert (chances > 0.001).all()


def test_it_says_what_is_wrong() -> None:
    with pytest.raises(ModelError, match="2 classes or more"):
        Ordinal(classes=1)
    with pytest.raises(ModelError, match=r"3 in 2016 is not a position on a scale of 2"):
        Ordinal(classes=2).fit(WATER)
    gapped = History.of("water_class", [2016, 2018, 2019], [1, 2, 2])
    assert [note.key for note in Ordinal(classes=2).fit(gapped).notes] == ["moves_over_gaps_left_out"]
