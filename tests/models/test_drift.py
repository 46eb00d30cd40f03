from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import stats

import forecast as fc
from forecast.models.drift import walk_moments

YEARS = range(2010, 2020)
VALUES = np.array([3.0, 4.1, 4.9, 6.4, 6.6, 7.9, 9.3, 9.1, 10.8, 12.0])


def test_by_hand() -> None:
    # Steps 1 and 2: drift 1.5, surprises -0.5 and 0.5, variance 0.5 on one degree of freedom.
    outlook = fc.Drift().fit(fc.History.of("x", [2000, 2001, 2002], [0.0, 1.0, 3.0])).predict(2003)
    assert_allclose(outlook.median(), 4.5)
    assert_allclose(outlook.spread, np.sqrt(0.5 * (1 + 1 / 2)))
    assert_allclose(outlook.degrees, 1.0)


@pytest.mark.parametrize("ahead", [1, 3, 10])
def test_it_is_the_closed_form_of_fpp3(ahead: int) -> None:
    # Forecasting: Principles and Practice, 3rd edition, table 5.2: s sqrt(h (1 + h / (T - 1))).
    outlook = fc.Drift().fit(fc.History.of("x", YEARS, VALUES)).predict(2019 + ahead)
    steps = np.diff(VALUES)
    s = np.std(steps, ddof=1)
    expected = stats.t(8, 12.0 + ahead * steps.mean(), s * np.sqrt(ahead * (1 + ahead / 9)))
    assert_allclose(outlook.at_least(15.0), expected.sf(15.0), rtol=1e-8)
    assert_allclose(outlook.interval(0.8), expected.interval(0.8), rtol=1e-8)


def test_a_gap_carries_the_variance_of_its_years() -> None:
    # From 2000 to 2004: 4, then 3 in one year: drift 7/5; surprises 4 - 5.6 over 4 years, 3 - 1.4 over 1.
    history = fc.History.of("x", [2000, 2004, 2005], [0.0, 4.0, 7.0])
    outlook = fc.Drift().fit(history).predict(2006)
    assert_allclose(outlook.median(), 8.4)
    assert_allclose(outlook.spread**2, (1.6**2 / 4 + 1.6**2) * (1 + 1 / 5))


def test_a_declared_break_is_not_growth() -> None:
    history = replace(fc.History.of("x", range(2000, 2006), [0, 1, 3, 103, 104, 106]), breaks=(2003,))
    fitted = fc.Drift().fit(history)
    # The step over the break is taken as 1.5, the median of 1, 2, 1, 2.
    assert_allclose(fitted.predict(2007).median(), 106 + 2 * 7.5 / 5)
    assert [str(note) for note in fitted.notes] == ["joined at break (years: 2003)"]


def test_breaks_in_every_step_are_left_as_they_are() -> None:
    history = replace(fc.History.of("x", [2000, 2001, 2002], [0, 1, 3]), breaks=(2001, 2002))
    fitted = fc.Drift().fit(history)
    assert_allclose(fitted.predict(2003).median(), 4.5)
    assert fitted.notes[0].key == "every_step_crosses_a_break"


def test_compound_growth_is_straight_on_the_log_scale() -> None:
    history = fc.History.of("x", [2000, 2001, 2002, 2003], [1.0, 2.0, 4.0, 8.0], bounds=(0, None))
    assert_allclose(fc.Drift().fit(history).predict(2006).median(), 64.0)


def test_a_chosen_scale_replaces_the_suggested_one() -> None:
    history = fc.History.of("x", [2000, 2001, 2002, 2003], [1.0, 2.0, 4.0, 7.0], bounds=(0, None))
    assert_allclose(fc.Drift(scale=fc.Identity()).fit(history).predict(2005).median(), 11.0)


def test_a_scale_that_cannot_take_a_value_is_named() -> None:
    history = fc.History.of("x", [2000, 2001, 2002], [0.0, 1.0, 3.0])
    with pytest.raises(fc.ModelError, match=r"^x: Log cannot take all of its values \(0 to 3\)\. Use Ident"):
        fc.Drift(scale=fc.Log()).fit(history)


def test_what_never_moved_may_move_by_one_per_cent_of_its_level_a_year() -> None:
    for bounds in ((None, None), (0, None)):
        history = fc.History.of("x", range(2000, 2005), [50.0] * 5, bounds=bounds)
        outlook = fc.Drift().fit(history).predict(2005)
        reach = 50 * (0.01 * np.sqrt(1 + 1 / 4)) * stats.t(3).ppf(0.9)
        assert_allclose(outlook.quantile(0.9) - 50, reach, rtol=0.02)


def test_walk_moments_by_hand() -> None:
    mean, covariance = walk_moments(2.0, 3.0, 4.0, 2)
    assert_allclose(mean, [2.0, 4.0])
    assert_allclose(covariance, 3.0 * np.array([[1 + 1 / 4, 1 + 2 / 4], [1 + 2 / 4, 2 + 4 / 4]]))


def test_paths_move_by_the_joint_covariance() -> None:
    fitted = fc.Drift().fit(fc.History.of("x", range(1980, 2020), np.cumsum(np.sin(np.arange(40.0)) + 1)))
    paths = fitted.paths(2023, n=40_000, rng=2)
    steps = np.diff(fitted.history.values)
    _, covariance = walk_moments(0.0, np.var(steps, ddof=1), 39.0, 4)
    # A Student-t with 38 degrees of freedom has 38/36 of its scale as variance.
    assert_allclose(np.cov(paths.T), covariance * 38 / 36, rtol=0.05)
