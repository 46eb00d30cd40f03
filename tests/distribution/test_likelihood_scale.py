"""The words for a probability, at their edges."""

from __future__ import annotations

import numpy as np
import pytest

from forecast.distribution.likelihood_scale import LIKELIHOODS, likelihood, likelihood_positions
from forecast.errors import ForecastError


@pytest.mark.parametrize(
    ("p", "key"),
    [
        (1.0, "virtually_certain"), (0.99, "very_likely"), (0.90, "likely"), (0.66, "about_as_likely_as_not"),
        (0.33, "about_as_likely_as_not"), (0.3299, "unlikely"), (0.10, "unlikely"), (0.0999, "very_unlikely"),
        (0.01, "very_unlikely"), (0.0099, "exceptionally_unlikely"), (0.0, "exceptionally_unlikely"),
    ],
)  # fmt: skip
def test_each_edge_belongs_to_one_word(p: float, key: str) -> None:
    assert likelihood(p).key == key


def test_many_are_as_one_and_nothing_has_no_word() -> None:
    p = np.linspace(0, 1, 101)
    assert [LIKELIHOODS[i].key for i in likelihood_positions(p)] == [likelihood(x).key for x in p]
    assert likelihood_positions(np.array([np.nan])).tolist() == [-1]


def test_a_higher_probability_never_has_a_lower_word() -> None:
    assert (np.diff(likelihood_positions(np.linspace(0, 1, 10_001))) <= 0).all()


@pytest.mark.parametrize("p", [-0.01, 1.01, 70, float("nan")])
def test_what_is_no_proportion_is_refused(p: float) -> None:
    with pytest.raises(ForecastError, match="a proportion from 0 to 1"):
        likelihood(p)


def test_words_in_two_languages() -> None:
    assert (likelihood(0.7).word("en"), likelihood(0.7).word("zh")) == ("likely", "可能")
