from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

import forecast as fc
from forecast.models import ets
from forecast.models.linear import LinearStates
from tests.models.every_model import RISING, history

SMOOTHING = {"ANN": (0.6, 0.0, 1.0), "AAN": (0.6, 0.2, 1.0), "AAdN": (0.6, 0.2, 0.9)}


@pytest.mark.parametrize("form", SMOOTHING)
def test_recursions_mean_and_variance_are_those_of_statsmodels(form: str) -> None:
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    alpha, beta, phi = SMOOTHING[form]
    level, slope = 30.0, 0.0 if form == "ANN" else 1.5
    engine = ETSModel(
        pd.Series(RISING), error="add", trend=None if form == "ANN" else "add", damped_trend=form == "AAdN"
    )
    given = {"ANN": [alpha, level], "AAN": [alpha, beta, level, slope]}
    result = engine.smooth(np.array(given.get(form, [alpha, beta, phi, level, slope])))

    arrays = tuple(np.array([each]) for each in SMOOTHING[form])
    surprise, last = ets.surprises(RISING, arrays)
    start = np.array([1.0, level, slope])
    signed = surprise[0] @ start
    assert_allclose(signed, result.resid, rtol=1e-10, atol=1e-12)

    states = LinearStates.smoothed(
        arrays, (last[0] @ start)[None], np.zeros((1, 2, 2)), np.array([result.mse]), np.ones(1)
    )
    mean, covariance = states.moments(6)
    assert_allclose(mean, result.forecast(6), rtol=1e-10)
    oracle = result.get_prediction(start=len(RISING), end=len(RISING) + 5)
    assert_allclose(np.diag(covariance), oracle.forecast_variance, rtol=1e-8)


def test_initial_states_are_those_of_least_squares() -> None:
    from scipy.optimize import minimize

    states = ets.smoothed_states("AAN", RISING, 0.01)
    arrays = ets.settings("AAN")
    k = int(np.argmax(states.weight))
    surprise, _ = ets.surprises(RISING, tuple(each[k : k + 1] for each in arrays))
    best = minimize(lambda start: np.sum((surprise[0] @ [1.0, *start]) ** 2), [30.0, 1.0], tol=1e-12)
    assert_allclose(states.variance[k], best.fun / (len(RISING) - 2), rtol=1e-6)


def test_a_level_alone_by_hand() -> None:
    # alpha = 1 is a random walk: the last value, and the steps' mean square, initial level counted.
    states = ets.smoothed_states("ANN", np.array([0.0, 1.0, 3.0, 2.0]), 0.01)
    walk = np.flatnonzero(ets.settings("ANN")[0] == 1.0)[0]
    assert_allclose(states.state[walk, 0], 2.0)
    assert_allclose(states.variance[walk], (1 + 4 + 1) / 3)


def test_forms_share_by_aicc() -> None:
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    shares = ets.form_shares(RISING, history(RISING))
    assert list(shares) == ["ANN", "AAN", "AAdN"]
    level, trend = (ETSModel(RISING, error="add", trend=trend).fit(disp=0).llf for trend in (None, "add"))
    # AICc with n = 12: -2 log L + 2 k + 2 k (k + 1) / (n - k - 1), for k = 2 and k = 3.
    difference = -2 * (trend - level) + (6 + 24 / 8) - (4 + 12 / 9)
    assert_allclose(np.log(shares["AAN"] / shares["ANN"]), -difference / 2)
    assert_allclose(sum(shares.values()), 1.0)


def test_a_long_trend_is_seen_and_noted() -> None:
    years = np.arange(1990, 2020)
    wobble = np.arange(30.0) + np.sin(np.arange(30.0) * 2.3)
    fitted = fc.ETS().fit(history(wobble, years=years))
    assert [str(note) for note in fitted.notes] == ["ets form (form: AAN)"]
    assert_allclose(fitted.predict(2024).median(), 34.0, atol=1.0)


def test_gaps_are_refused_with_the_call_that_helps() -> None:
    gappy = fc.History.of("x", [*range(2000, 2007), 2009], range(8))
    with pytest.raises(
        fc.ModelError, match=r"^x: ETS needs every year; no value for 2007, 2008\. Use Struct"
    ):
        fc.ETS().fit(gappy)
