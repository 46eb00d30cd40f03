"""The probability of an interval, many rows at once and of one distribution."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.testing import assert_allclose

import forecast as fc
from forecast.distribution.distribution import within
from forecast.target.limits import Limits

OUTLOOK = fc.StudentTMixture.single(10.0, 2.0, 5.0)


@pytest.mark.parametrize(
    ("limits", "probability"),
    [
        (Limits(), 1.0),
        (Limits(lower=10.0), 0.5),
        (Limits(upper=10.0), 0.5),
        (Limits(8.0, 12.0), 2 * OUTLOOK.at_most(12.0) - 1),
    ],
)
def test_half_lines_and_intervals(limits: Limits, probability: float) -> None:
    assert within(OUTLOOK, limits) == pytest.approx(probability, abs=1e-9)


def test_parts_of_the_line_add_up() -> None:
    cuts = [-np.inf, 7.0, 9.5, 13.0, np.inf]
    parts = [
        within(OUTLOOK, Limits(a, np.nextafter(b, -np.inf) if np.isfinite(b) else b))
        for a, b in pairwise(cuts)
    ]
    assert_allclose(sum(parts), 1.0, atol=1e-9)


def test_a_far_interval_keeps_its_digits() -> None:
    far = within(OUTLOOK, Limits(1e4, 2e4))
    assert 0 < far < 1e-10
    assert far == pytest.approx(OUTLOOK.at_least(1e4) - OUTLOOK.at_least(2e4), rel=1e-6)
