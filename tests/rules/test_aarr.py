"""The average annual rate of reduction, against published rates."""

from __future__ import annotations

import math

import pytest
from numpy.testing import assert_allclose

from forecast.rules import aarr
from forecast.rules.base import Track


@pytest.mark.parametrize(
    ("start", "end", "span", "convention", "published", "digits"),
    [
        (100, 90, 25, "continuous", 0.004, 3),  # UNICEF, "For every child": under-five deaths 1990-2015
        (20, 10, 25, "continuous", 0.028, 3),  # the same; compounded it would be 2.7 %
        (3, 1, 25, "continuous", 0.044, 3),  # MDG 4, two thirds less in 1990-2015: UN IGME 2013
        (339, 223, 20, "compound", 0.0207, 4),  # UN MMEIG 2020: maternal deaths, world 2000-2020
        (1, 0.5, 13, "compound", 0.052, 3),  # WHA 2025: anaemia, the only form that gives 5.2
        (1, 0.7, 13, "continuous", 0.0274, 4),  # WHA 2025: low birth weight, the only form that gives 2.74
    ],
)
def test_published_rates_of_reduction(start, end, span, convention, published, digits):
    assert round(aarr.reduction(start, end, span, convention=convention).value, digits) == published


def test_unicef_technical_note_2007():
    # UNICEF technical note on AARR (2007): slope -0.06613 of ln(prevalence) is 6.4 % a year.
    assert round(aarr.from_slope(-0.06613).value, 3) == 0.064


def test_regression_and_endpoints_recover_an_exact_decline():
    years = list(range(2000, 2016))
    values = [100 * 0.976 ** (year - 2000) for year in years]
    assert_allclose(aarr.aarr(years, values).value, 0.024, rtol=1e-12)
    assert_allclose(aarr.endpoint(years[::-1], values[::-1]).value, 0.024, rtol=1e-12)


def test_the_xiaokang_index_needed_more_than_its_pace():
    # NBS monitoring report 2006: 57.05 in 2000, 69.05 in 2006, "entirely attainable"; the line ends at 97.05.
    rates = {v.convention: v.value for v in aarr.rates(Track(2000, 57.05, 2006, 69.05, 1, 100, 2020))}
    assert_allclose(rates["observed_linear"], 2.0)
    assert_allclose(rates["required_linear"], 30.95 / 14)
    assert rates["observed_linear"] < rates["required_linear"]


@pytest.mark.parametrize("values", [[10, 0, 5], [10, -1, 5], [55], [100, math.inf, 80], []])
def test_aarr_is_withheld_and_never_an_error(values):
    for rule in (aarr.aarr, aarr.endpoint):
        assert rule(range(len(values)), values).value is None


def test_aarr_leaves_out_what_was_not_observed():
    assert aarr.endpoint([2000, 2005, 2010], [100, math.nan, 80]) == aarr.endpoint([2000, 2010], [100, 80])
