"""When values are first come by: on shared shocks, as on sampled paths; for many series as for one."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from forecast.arrays import FloatArray
from forecast.history.history import History
from forecast.models.mixture.first_passage import barriers_of, first_passage_years
from forecast.models.mixture.gating import learned
from forecast.models.mixture.posterior import panel_of, weights_of
from forecast.models.mixture.recent import filter_twice
from forecast.models.mixture.sample_paths import InitialStates
from forecast.models.mixture.structural_mixture import FittedMixture, StructuralMixture
from forecast.target.limits import Limits

STEADY = [52, 53, 55, 54, 57, 58, 60, 61, 61, 63, 64, 66, 65, 67, 69, 70]
SHARE = History.of("share", range(2005, 2021), STEADY, bounds=(0, 100))
RISING = [100, 104, 109, 108, 115, 121, 119, 126, 131]
AMOUNT = History.of("amount", range(2012, 2021), RISING, bounds=(0, None), whole=False)
GAPPY = [2010, 2011, 2013, 2014, 2017, 2018, 2020]
BALANCE = History.of("balance", GAPPY, [3, -1, 2, 0.5, 1, -2, 1.5])
CASES = [
    (SHARE, Limits(lower=80)), (SHARE, Limits(upper=65)), (SHARE, Limits(72, 74)),
    (AMOUNT, Limits(lower=160)), (AMOUNT, Limits(upper=110)),
    (BALANCE, Limits(lower=6)), (BALANCE, Limits(upper=-3)), (BALANCE, Limits(-1, 1)),
]  # fmt: skip


def met_by_year(fitted: FittedMixture, limits: Limits, year: int) -> FloatArray:
    return np.maximum.accumulate(limits.hold(fitted.stratified_paths(year)), axis=1).mean(axis=0)


@pytest.mark.parametrize(("history", "limits"), CASES)
def test_it_is_what_sampled_paths_say(history: History, limits: Limits) -> None:
    fitted = StructuralMixture().fit(history)
    paths = fitted.paths(2070, n=20_000, rng=1)
    expected = np.maximum.accumulate(limits.hold(paths), axis=1).mean(axis=0)
    found = met_by_year(fitted, limits, 2070)
    # Four standard errors of so many ways.
    assert_allclose(found, expected, atol=0.06)
    assert np.sqrt(np.mean((found - expected) ** 2)) < 0.03
    assert (np.diff(found) >= 0).all()


@pytest.mark.parametrize(("history", "limits"), CASES)
def test_the_next_year_is_that_of_the_outlook(history: History, limits: Limits) -> None:
    fitted = StructuralMixture().fit(history)
    outlook = fitted.predict(2021)
    expected = (
        1
        - outlook.at_least(np.nextafter(limits.upper, np.inf))
        - outlook.at_most(np.nextafter(limits.lower, -np.inf))
    )
    assert_allclose(met_by_year(fitted, limits, 2021)[0], expected, atol=0.04)


def test_a_later_last_year_changes_no_earlier_one() -> None:
    fitted = StructuralMixture().fit(AMOUNT)
    far = fitted.stratified_paths(2020 + 75)
    assert far.shape == (512, 75)
    assert_array_equal(far[:, :50], fitted.stratified_paths(2070))


def test_all_courses_lie_within_the_bounds() -> None:
    courses = StructuralMixture().fit(SHARE).stratified_paths(2060)
    assert courses.min() >= 0
    assert courses.max() <= 100


def test_many_series_are_answered_as_each_alone() -> None:
    histories = [SHARE, AMOUNT, BALANCE]
    asked = [*CASES, (SHARE, Limits(lower=0)), (SHARE, Limits(lower=100.5)), (SHARE, Limits(upper=-1))]
    model = learned()
    filtered = filter_twice(panel_of(histories), model)
    rows = np.array([histories.index(history) for history, _ in asked])
    limits = (np.array([each.lower for _, each in asked]), np.array([each.upper for _, each in asked]))
    starts, ends = (
        InitialStates.of(filtered, weights_of(filtered, model), rows),
        barriers_of(filtered, rows, limits),
    )
    alone = [met_by_year(StructuralMixture().fit(history), each, 2070) for history, each in asked]
    for p in (0.05, 0.5, 0.9):
        years = [int(np.argmax(row >= p)) + 1 if row[-1] >= p else 0 for row in alone]
        assert first_passage_years(starts, ends, p, 50).tolist() == years
        assert len(set(years)) > 2
        assert years[-3:] == [1, 0, 0]
