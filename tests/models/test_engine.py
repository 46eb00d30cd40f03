from __future__ import annotations

import warnings

import numpy as np
import pytest
import threadpoolctl
from numpy.testing import assert_allclose

import forecast as fc
from forecast.models import engine
from forecast.models.engine import FilterResult, fence
from tests.models.every_model import RISING, history


def test_inside_the_fence_an_engine_may_warn_and_has_one_thread() -> None:
    # The pools are looked up once an engine; other tests may have loaded libraries with more since.
    engine._threads.cache_clear()
    before = list(warnings.filters)
    with fence("statsmodels.tsa.forecasting.theta", history(RISING)):
        warnings.warn("did not converge", RuntimeWarning, stacklevel=1)
        assert np.isinf(np.array([1.0]) / 0.0).all()
        assert {pool["num_threads"] for pool in threadpoolctl.threadpool_info()} == {1}
    assert list(warnings.filters) == before
    with pytest.raises(RuntimeWarning, match="divide by zero"):
        np.array([1.0]) / np.zeros(1)


@pytest.mark.parametrize("error", [ZeroDivisionError("x"), np.linalg.LinAlgError("x"), IndexError("x")])
def test_what_an_engine_raises_names_the_history_and_the_way_out(error: Exception) -> None:
    before = list(warnings.filters)
    message = r"^x: statsmodels failed \(x\)\. Use StructuralMixture\(\) or Drift\(\)"
    with pytest.raises(fc.ModelError, match=message), fence("statsmodels.tsa.api", history(RISING)):
        raise error
    assert list(warnings.filters) == before


def test_an_error_of_ours_is_not_swallowed() -> None:
    with pytest.raises(KeyError, match="ours"), fence("statsmodels.tsa.api", history(RISING)):
        raise KeyError("ours")


def test_a_pass_of_the_filter_by_hand() -> None:
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    # A random walk seen exactly: surprises are the steps 1, 2 and (over a gap, twice the variance) 4.
    model = UnobservedComponents(np.array([0.0, 1.0, 3.0, np.nan, 7.0]), "rwalk", use_exact_diffuse=True)
    model.update(np.array([1.0]))
    passed = FilterResult.by(model.ssm)
    assert_allclose(passed.state, [7.0])
    assert_allclose(passed.error, [[1.0]])
    assert_allclose(passed.squares, 1 + 4 + 16 / 2)
    assert_allclose(passed.log_determinant, np.log(2.0))
