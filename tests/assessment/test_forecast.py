"""What a model expects, as one part of an assessment."""

from __future__ import annotations

import numpy as np
import pytest

import forecast as fc
from forecast.assessment.forecast import Forecast, promised_by

NORMAL = fc.StudentTMixture.single(100.0, 10.0, np.inf)


@pytest.mark.parametrize(
    ("direction", "promised"),
    [(1, 100 - 8.416212335729143), (-1, 100 + 8.416212335729143)],  # the normal's 80 % quantile, in 10s
)
def test_what_is_promised_is_met_with_eighty_percent(direction: int, promised: float) -> None:
    value = promised_by(NORMAL, direction)
    assert value == pytest.approx(promised, abs=1e-6)
    assert value is not None
    assert (NORMAL.at_least(value) if direction > 0 else NORMAL.at_most(value)) == pytest.approx(0.8)


def test_two_sides_promise_nothing() -> None:
    assert promised_by(NORMAL, 0) is None


def test_a_forecast_of_the_pace_alone_has_no_probability() -> None:
    pace = Forecast(NORMAL)
    assert (pace.fitted, pace.probability, pace.reachable, pace.by_year) == (None, None, None, None)
