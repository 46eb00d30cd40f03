"""One parent of one area: its outlook times the ratio, as a distribution and as paths."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

import forecast as fc
from forecast.models.small_area.lender import Lender
from tests.models.small_area.areas import CITY, CITY_VALUES, DISTRICT, ONCE, amount

# The city's figures from 2022 on are known, the district's end in 2021.
KNOWN_TO = CITY.last_year


def lender_of(own: fc.History, parent: fc.History) -> Lender:
    (lender,) = fc.SmallArea([parent]).fit(own).lenders
    return lender


def test_a_known_year_of_the_parent_leaves_only_the_ratio_open() -> None:
    lender = lender_of(DISTRICT, CITY)
    cells = lender.parent.cells(lender.pair, 2023)
    assert_allclose(cells.weights[0], 1.0)
    assert_allclose(cells.middle[0], np.log(CITY_VALUES[2023 - 2000]))
    assert_allclose(cells.variance, 0.0)
    ahead = lender.parent.cells(lender.pair, KNOWN_TO + 1)
    assert ahead.weights.max() < 0.5
    assert_allclose(ahead.weights.sum(), 1.0)


def test_with_one_own_figure_the_area_keeps_its_share_of_the_parent() -> None:
    share = 9.2 / CITY_VALUES[2021 - 2000]
    median = lender_of(ONCE, CITY).predict(2025).median()
    assert_allclose(median, share * CITY_VALUES[-1], rtol=0.05)


@pytest.mark.parametrize("year", [2024, 2028])
def test_paths_have_the_quantiles_of_the_outlook(year: int) -> None:
    lender = lender_of(DISTRICT, CITY)
    images = lender.images(year, 20_000, np.random.default_rng(3))
    assert images.shape == (20_000, year - 2021)
    values = lender.pair.scale.inverse(images[:, -1])
    levels = np.array([0.1, 0.5, 0.9])
    expected = np.asarray(lender.predict(year).quantile(levels))
    below = [(values <= x).mean() for x in expected]
    assert_allclose(below, levels, atol=0.025)


def test_a_later_last_year_changes_no_earlier_one() -> None:
    lender = lender_of(DISTRICT, CITY)
    near, far = (lender.stratified_images(year) for year in (2028, 2031))
    assert_allclose(np.sort(near[:, 0]), np.sort(far[:, 0]))
    assert near.shape == (512, 7)


def test_the_unit_of_both_does_not_matter() -> None:
    kilo = [
        amount(h.area, h.years.tolist(), 1000 * h.values)  # thousands of the same unit
        for h in (DISTRICT, CITY)
    ]
    one, other = lender_of(DISTRICT, CITY).predict(2028), lender_of(*kilo).predict(2028)
    assert_allclose(1000 * one.median(), other.median(), rtol=1e-6)
