"""When values are first come by: on shared shocks, as on sampled paths; for many series as for one."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from forecast.history import History
from forecast.kinds.base import Limits
from forecast.models.gating import learned, read_panel
from forecast.models.mixture import StructuralMixture
from forecast.models.passage import Starts, first_year, met_by_year
from forecast.models.posterior import panel_of, weights_of

STEADY = [52, 53, 55, 54, 57, 58, 60, 61, 61, 63, 64, 66, 65, 67, 69, 70]
SHARE = History.of("share", range(2005, 2021), STEADY, bounds=(0, 100))
RISING = [100, 104, 109, 108, 115, 121, 119, 126, 131]
AMOUNT = History.of("amount", range(2012, 2021), RISING, bounds=(0, None))
GAPPY = [2010, 2011, 2013, 2014, 2017, 2018, 2020]
BALANCE = History.of("balance", GAPPY, [3, -1, 2, 0.5, 1, -2, 1.5])
CASES = [
    (SHARE, Limits(lower=80)), (SHARE, Limits(upper=65)), (SHARE, Limits(72, 74)),
    (AMOUNT, Limits(lower=160)), (AMOUNT, Limits(upper=110)),
    (BALANCE, Limits(lower=6)), (BALANCE, Limits(upper=-3)), (BALANCE, Limits(-1, 1)),
]  # fmt: skip


@pytest.mark.parametrize(("history", "limits"), CASES)
def test_it_is_what_sampled_paths_say(history: History, limits: Limits) -> None:
    fitted = StructuralMixture().fit(history)
    paths = fitted.paths(2070, n=20_000, rng=1)
    expected = np.maximum.accumulate(limits.hold(paths), axis=1).mean(axis=0)
    found = fitted.met_by_year(limits, 2070)
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
    assert_allclose(fitted.met_by_year(limits, 2021)[0], expected, atol=0.03)


def test_all_lies_within_the_bounds_and_nothing_beyond() -> None:
    fitted = StructuralMixture().fit(SHARE)
    assert fitted.met_by_year(Limits(lower=0), 2025).tolist() == [1.0] * 5
    assert fitted.met_by_year(Limits(lower=100.5), 2025).tolist() == [0.0] * 5
    assert fitted.met_by_year(Limits(upper=-1), 2025).tolist() == [0.0] * 5


def test_a_later_last_year_changes_no_earlier_one() -> None:
    fitted = StructuralMixture().fit(AMOUNT)
    limits = Limits(lower=160)
    far = fitted.met_by_year(limits, 2020 + 75)
    assert len(far) == 75
    assert far[:50].tolist() == fitted.met_by_year(limits, 2070).tolist()


def test_many_series_are_answered_as_each_alone() -> None:
    histories = [SHARE, AMOUNT, BALANCE]
    model = learned()
    reading = read_panel(panel_of(histories), model.bank)
    rows = np.array([[SHARE, AMOUNT, BALANCE].index(history) for history, _ in CASES])
    limits = (np.array([each.lower for _, each in CASES]), np.array([each.upper for _, each in CASES]))
    starts = Starts.of(reading, weights_of(reading, model), rows, limits)
    alone = np.array([StructuralMixture().fit(history).met_by_year(each, 2070) for history, each in CASES])
    assert_allclose(met_by_year(starts, 50), alone, atol=1e-12)
    for p in (0.05, 0.5, 0.9):
        years = [int(np.argmax(row >= p)) + 1 if row[-1] >= p else 0 for row in alone]
        assert first_year(starts, p, 50).tolist() == years
    assert 0 < np.count_nonzero(first_year(starts, 0.5, 50)) < len(CASES)
