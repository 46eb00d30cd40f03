"""Many series in a few arrays, and each of them as a history again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

import forecast as fc
from forecast.history.batch import DensePanel, SeriesBatch, name_of
from forecast.history.catalogue import SMALLEST, Catalogue
from forecast.history.read_frame import pack

NAN = np.nan
FRAME = pd.DataFrame(
    [("A", "x", 2020, 1.0, 0), ("A", "x", 2022, 3.0, 1), ("A", "x", 2023, 4.0, 0),
     ("B", "x", 2023, 9.0, 0),
     ("C", "y", 2019, 5.0, 0), ("C", "y", 2020, 6.0, 0)],
    columns=["area", "indicator", "year", "value", "break"],
)  # fmt: skip
PACKED = pack(FRAME, Catalogue())


def test_a_series_is_a_history_again() -> None:
    assert [PACKED.name(s) for s in range(3)] == ["x (A)", "x (B)", "y (C)"]
    first = PACKED.history(0)
    assert (first.years.tolist(), first.values.tolist(), first.breaks) == (
        [2020, 2022, 2023],
        [1, 3, 4],
        (2022,),
    )
    assert PACKED.counts.tolist() == [3, 1, 2]


def test_chosen_series_come_in_the_order_asked_for() -> None:
    some = PACKED.take(np.array([2, 0]))
    for s, was in enumerate((2, 0)):
        now, then = some.history(s), PACKED.history(was)
        assert now.key == then.key
        assert_array_equal(now.values, then.values)
        assert now.breaks == then.breaks


def test_the_past_of_a_batch_is_that_of_its_histories() -> None:
    past = PACKED.until(2022)
    assert past.history(0).values.tolist() == PACKED.history(0).until(2022).values.tolist() == [1, 3]
    assert past.problems == {1: "x (B): nothing observed by 2022; the first value is of 2023."}
    assert PACKED.until(2023) is PACKED


def test_laid_out_on_years_the_last_values_stand_last() -> None:
    grid = DensePanel.of(PACKED)
    assert_array_equal(grid.values, [[1, NAN, 3, 4], [NAN, NAN, NAN, 9], [NAN, NAN, 5, 6]])
    # The first observation of each, and of the new level of A.
    assert_array_equal(grid.restart.astype(int), [[1, 0, 1, 0], [0, 0, 0, 1], [0, 0, 1, 0]])
    assert grid.last_values.tolist() == [4, 9, 6]


def test_a_value_is_looked_up_by_its_year() -> None:
    grid, rows = DensePanel.of(PACKED), np.array([0, 0, 0, 1, 2, 2])
    years = np.array([2020, 2021, 1990, 2023, 2020, NAN])
    assert_array_equal(grid.value_in(rows, years), [1, NAN, NAN, 9, 6, NAN])


FIGURES = st.floats(-1e9, 1e9).filter(lambda x: x == 0 or abs(x) >= SMALLEST)
SERIES = st.dictionaries(st.integers(1990, 2030), FIGURES, min_size=1)


@given(st.lists(SERIES, min_size=1, max_size=5))
def test_whatever_is_packed_comes_out(series: list[dict[int, float]]) -> None:
    rows = [(f"a{i}", "x", year, value) for i, own in enumerate(series) for year, value in own.items()]
    packed = pack(pd.DataFrame(rows, columns=["area", "indicator", "year", "value"]), Catalogue())
    assert isinstance(packed, SeriesBatch)
    for s, own in enumerate(series):
        assert (
            dict(zip(packed.history(s).years.tolist(), packed.history(s).values.tolist(), strict=True)) == own
        )
    grid = DensePanel.of(packed)
    for s, own in enumerate(series):
        years = np.array(sorted(own), dtype=float)
        assert grid.value_in(np.full(len(years), s), years).tolist() == [own[int(y)] for y in years]


def test_names_are_those_of_histories() -> None:
    assert name_of("A", "x") == fc.History.of("x", [2020], [1.0], area="A").name == "x (A)"
    assert name_of("", "x") == fc.History.of("x", [2020], [1.0]).name == "x"


def test_series_beside_others_keep_their_figures_breaks_and_problems() -> None:
    with_problem = pack(FRAME.assign(value=FRAME["value"].where(FRAME["area"] != "B")), Catalogue())
    both = PACKED.beside(with_problem)
    assert len(both) == 6
    declared = PACKED.beside(replace(PACKED, whole=np.ones(len(PACKED), dtype=np.int8)))
    assert [declared.history(s).whole for s in (0, 3)] == [None, True]
    for s in range(3):
        assert both.history(s).values.tolist() == PACKED.history(s).values.tolist()
        assert both.history(s).breaks == PACKED.history(s).breaks
    assert both.history(3).breaks == (2022,)
    assert both.history(5).years.tolist() == [2019, 2020]
    assert set(both.problems) == {4}
    assert both.until(2020).history(5).values.tolist() == [5, 6]
