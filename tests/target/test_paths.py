"""Observed years and sampled ones, side by side."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_array_equal

import forecast as fc
from forecast.target.paths import Paths

HISTORY = fc.History.of("x", [2020, 2021, 2023], [1.0, 2.0, 4.0])
PATHS = Paths.after(HISTORY, np.array([[5.0, 6.0], [7.0, 8.0]]))


def test_what_was_observed_is_the_same_on_every_path() -> None:
    assert PATHS.years.tolist() == [2020, 2021, 2022, 2023, 2024, 2025]
    assert_array_equal(PATHS.values, [[1, 2, np.nan, 4, 5, 6], [1, 2, np.nan, 4, 7, 8]])
    assert_array_equal(PATHS.ahead(), [[5, 6], [7, 8]])


def test_a_base_is_observed_or_lies_ahead() -> None:
    assert PATHS.base(2021).tolist() == [2, 2]
    assert PATHS.base(2024).tolist() == [5, 7]


@pytest.mark.parametrize("year", [2019, 2022, 2026])
def test_a_base_nobody_observed_is_refused_with_the_years_there_are(year: int) -> None:
    with pytest.raises(fc.TargetError, match=rf"x: the base year {year} has no value.*2020, 2021, 2023"):
        PATHS.base(year)


def test_paths_are_cut_at_both_ends_and_gaps_left_out() -> None:
    assert PATHS.until(2023).values.shape == (2, 4)
    assert PATHS.until(2023).ahead().shape == (2, 0)
    assert PATHS.since(2021).years.tolist() == [2021, 2023, 2024, 2025]
    assert PATHS.since(2021).values[1].tolist() == [2, 4, 7, 8]
