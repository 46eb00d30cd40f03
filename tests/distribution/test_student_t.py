"""Student-t probabilities by their finite sum."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import stats

from forecast.distribution.student_t import student


@pytest.mark.parametrize("degrees", [1, 2, 3, 4, 7, 20, 61, 120, 121, 2.5])
def test_student_is_the_distribution_of_scipy(degrees: float) -> None:
    t = np.array([-np.inf, -1e6, -40.0, -3.0, -0.1, 0.0, 0.5, 2.0, 30.0, 1e200, np.inf])
    below, density = student(t, degrees)
    assert_allclose(below, stats.t.cdf(t, degrees), rtol=0, atol=2e-15)
    near = np.abs(t) < 1e100
    assert_allclose(density[near], stats.t.pdf(t[near], degrees), rtol=1e-12, atol=1e-300)
