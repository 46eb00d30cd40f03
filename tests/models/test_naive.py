from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

import forecast as fc


def test_by_hand() -> None:
    # Steps 1 and 2: variance (1 + 4) / 2 on two degrees of freedom, three years ahead.
    outlook = fc.Naive().fit(fc.History.of("x", [2000, 2001, 2002], [0.0, 1.0, 3.0])).predict(2005)
    assert_allclose(outlook.median(), 3.0)
    assert_allclose(outlook.spread, np.sqrt(2.5 * 3))
    assert_allclose(outlook.degrees, 2.0)


def test_a_step_over_a_gap_carries_a_year_of_variance_for_each_year() -> None:
    outlook = fc.Naive().fit(fc.History.of("x", [2000, 2004], [0.0, 4.0])).predict(2005)
    assert_allclose(outlook.spread, np.sqrt(16 / 4))


def test_one_observation_is_too_few() -> None:
    with pytest.raises(fc.ModelError, match="Naive needs 2 observations; got 1"):
        fc.Naive().fit(fc.History.of("x", [2000], [1.0]))
