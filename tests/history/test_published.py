"""The precision figures are published with, in whatever unit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import forecast as fc
from forecast.history.published import published_decimals

NAN = np.nan


@pytest.mark.parametrize(
    ("values", "decimals"),
    [
        ([96.2, 97.0], 1),
        ([1.0, 200.0], 0),
        ([0.0, 0.0], 0),
        ([1.25, NAN, 1.5], 2),
        ([NAN, NAN], 0),
        ([0.1 + 0.2, 0.7], 1),
        ([1 / 3, 1.0], 6),
        ([12345.678901234, 1.0], 6),
        ([4e-7, 5e-7], 7),
        ([4.1e-7, 5e-7], 8),
        ([1e-7 / 3, 1e-7], 12),
        ([-4e-7, 3e-9], 9),
    ],
)
def test_decimals(values: list[float], decimals: int) -> None:
    assert published_decimals(np.array([values])).tolist() == [decimals]


def test_each_row_has_its_own() -> None:
    rows = np.array([[1e-9, 2e-9], [5.0, 6.0], [1 / 3, NAN], [0.25, 0.5]])
    assert published_decimals(rows).tolist() == [9, 0, 6, 2]


@given(st.lists(st.integers(1, 999), min_size=1, max_size=8), st.integers(3, 20))
def test_another_unit_moves_the_point(digits: list[int], places: int) -> None:
    per_million = np.array([digits]) / 1000
    here, there = published_decimals(per_million), published_decimals(per_million * 10.0**-places)
    assert there.tolist() == (here + places).tolist()


RATES = [0.9, 0.7, 0.8, 0.5, 0.6, 0.5, 0.4, 0.5, 0.4, 0.4]


@pytest.mark.parametrize("digits", [RATES, [x + 0.0123456789 for x in RATES]], ids=["rounded", "not rounded"])
@pytest.mark.parametrize("aim", [0, 0.3])
def test_the_answer_is_the_same_per_person_and_per_million(digits: list[float], aim: float) -> None:
    found = []
    for unit in (1.0, 1e-6):
        history = fc.History.of("deaths", range(2015, 2025), [x * unit for x in digits], bounds=(0, None))
        found.append(fc.assess(history, fc.Target.at_most("deaths", aim * unit, year=2030)))
    million, person = found
    assert person.probability == pytest.approx(million.probability, rel=1e-6)
    assert person.outlook.median() * 1e6 == pytest.approx(million.outlook.median(), rel=1e-6)
    assert person.rating == million.rating
