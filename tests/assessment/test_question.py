"""Targets put to histories: pace, base, precision and limits of many rows, as of one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_array_equal

import forecast as fc
from forecast.assessment.growth import GROWTH_YEARS, observed_growth
from forecast.assessment.question import LastObservations, Question, base_of, pace_start
from forecast.history.batch import DensePanel, SeriesBatch
from forecast.history.catalogue import Catalogue
from forecast.history.published import published_decimals
from forecast.history.read_frame import pack
from forecast.target.batch import TargetBatch
from forecast.target.plan import Item

NAN = np.nan


def packed(**series: dict[int, float]) -> SeriesBatch:
    rows = [(name, "x", year, value) for name, own in series.items() for year, value in own.items()]
    return pack(pd.DataFrame(rows, columns=["area", "indicator", "year", "value"]), Catalogue())


BATCH = packed(
    long={year: 100.0 + year - 2000 for year in range(2000, 2025)},
    gap={2010: 1.0, 2024: 2.0},
    one={2024: 5.0},
    old={2015: 1.5, 2018: 1.25},
)
GRID = DensePanel.of(BATCH)


def test_the_pace_is_counted_from_where_growth_is() -> None:
    found = pace_start(BATCH, GRID)
    for s, area in enumerate(["long", "gap", "one", "old"]):
        history = BATCH.history(s)
        expected = NAN if len(history) == 1 else observed_growth(history).start
        assert found[s] == pytest.approx(expected, nan_ok=True), area
    assert found[0] == 2024 - GROWTH_YEARS


def test_what_is_known_is_the_last_value_and_that_of_the_pace() -> None:
    known = LastObservations.of(BATCH, GRID, np.array([3, 0]))
    assert known.last_year.tolist() == [2018, 2024]
    assert known.last.tolist() == [1.25, 124.0]
    assert known.pace_value[0] == 1.5
    assert known.at(np.array([1])).last.tolist() == [124.0]


def question(*items: Item, row: list[int]) -> Question:
    terms = TargetBatch.of(items)
    return Question.of(BATCH, GRID, np.array(row), terms, np.array([False, False, True, False]))


def test_few_observations_and_what_arrays_cannot_answer_are_left() -> None:
    up = fc.Target.at_least("x", 150, year=2030)
    every = fc.Target.declining("x", year=2030, rule="every_year")
    asked = question(Item("1", up), Item("2", every), Item("3", up), row=[0, 0, 2])
    assert asked.left.tolist() == [False, True, True]
    assert asked.solved.threshold[0] == 150


def test_a_stated_base_goes_before_an_observed_one() -> None:
    up = fc.Target.at_least("x", 150, year=2030)
    items = [Item("1", up, base_year=2020), Item("2", up, base_year=2020, base_value=7.0), Item("3", up)]
    asked = question(*items, row=[0, 0, 0])
    year, value = base_of(asked.known, GRID, asked.terms)
    assert_array_equal(year, [2020, 2020, NAN])
    assert_array_equal(value, [120.0, 7.0, NAN])


@pytest.mark.parametrize(
    "values", [[96.2, 97.0], [1.0, 2.0], [1.25, NAN, 1.5], [0.1 + 0.2, 0.7], [1 / 3, 1.0], [0.0, 0.0]]
)
def test_the_precision_of_many_rows_is_that_of_a_history(values: list[float]) -> None:
    seen = [x for x in values if np.isfinite(x)]
    history = fc.History.of("x", range(2020, 2020 + len(seen)), seen)
    assert published_decimals(np.array([values]))[0] == history.decimals
