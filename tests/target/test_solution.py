"""Many targets of one kind as arrays: what they come to."""

from __future__ import annotations

import numpy as np
from numpy.testing import assert_array_equal

from forecast.target.limits import Limits
from forecast.target.solution import KindRows, Solution

NAN = np.nan


def rows(**given: np.ndarray) -> KindRows:
    empty = np.full(2, NAN)
    names = (
        "value",
        "lower",
        "upper",
        "decimals",
        "base_year",
        "stated_base",
        "year",
        "last",
        "observed_base",
    )
    entries = dict.fromkeys(names, empty) | given
    return KindRows(
        **entries, direction=np.array([1, -1]), relative=np.zeros(2, dtype=bool),
        bounds=np.full((2, 2), np.inf), published=lambda at: np.zeros(len(at)),
    )  # fmt: skip


def test_an_observed_base_goes_before_a_stated_one() -> None:
    found = rows(observed_base=np.array([10.0, NAN]), stated_base=np.array([11.0, 12.0]))
    assert found.base.tolist() == [10.0, 12.0]


def test_half_lines_of_many_rows_are_those_of_one() -> None:
    threshold, direction = np.array([0.3, 0.8]), np.array([-1, 1])
    found = Solution.beyond(threshold, direction, np.array([True, False]))
    each = [Limits.beyond(t, d) for t, d in zip(threshold, direction, strict=True)]
    assert_array_equal(found.lower, [limits.lower for limits in each])
    assert_array_equal(found.upper, [limits.upper for limits in each])
    assert found.answerable.tolist() == [True, False]
    assert not found.rounded.any()


def test_what_is_put_into_some_rows_leaves_the_others_unanswerable() -> None:
    found = Solution.none(3)
    found.put(np.array([2]), Solution.within(np.array([5.0]), np.array([5.0]), np.array([np.inf])))
    assert_array_equal(found.threshold, [NAN, NAN, 5.0])
    assert found.answerable.tolist() == [False, False, True]
    # Columns of nothing are not one and the same array.
    assert not np.shares_memory(found.lower, found.upper)
    assert not np.shares_memory(found.answerable, found.strict)
