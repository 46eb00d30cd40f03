"""The forecaster of sktime: its own checks, and that it says what the model says.

Needs sktime, in an environment of its own (`make sktime`): elsewhere this file is skipped.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

pytest.importorskip("sktime")

from sktime.utils.estimator_checks import check_estimator

import forecast as fc
from forecast.sktime import StructuralMixtureForecaster

pytestmark = pytest.mark.filterwarnings("default")  # sktime warns of its own plans
VALUES = [61.0, 63, 64, 66, 69, 70, 72, 74, 76]
PERIODS = pd.period_range("2015", periods=9, freq="Y")


def test_it_passes_sktimes_own_checks() -> None:
    results = check_estimator(StructuralMixtureForecaster, raise_exceptions=False, verbose=False)
    assert len(results) > 100
    assert not {name: result for name, result in results.items() if result != "PASSED"}


def test_it_says_what_the_model_says() -> None:
    outlook = fc.StructuralMixture().fit(fc.History.of("y", range(2015, 2024), VALUES)).predict(2026)
    forecaster = StructuralMixtureForecaster().fit(pd.Series(VALUES, index=PERIODS), fh=[3])
    assert forecaster.predict().iloc[0] == pytest.approx(outlook.median())
    interval = forecaster.predict_interval(coverage=0.8).iloc[0].to_numpy()
    assert interval == pytest.approx(outlook.interval(0.8))


def test_a_missing_year_is_a_step() -> None:
    series = pd.Series(VALUES, index=PERIODS)
    series.iloc[3] = np.nan
    history = fc.History.from_series(series, "y")
    expected = fc.StructuralMixture().fit(history).predict(2025).median()
    assert StructuralMixtureForecaster().fit(series, fh=[2]).predict().iloc[0] == pytest.approx(expected)


def test_bounds_hold() -> None:
    series = pd.Series([92.0, 94, 95, 97, 98, 99, 99.5, 99.8, 99.9], index=PERIODS)
    forecaster = StructuralMixtureForecaster(lower=0, upper=100).fit(series, fh=[1, 5])
    assert (forecaster.predict_quantiles(alpha=[0.99]).to_numpy() <= 100).all()
