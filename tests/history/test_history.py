from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

import forecast as fc

SERIES = st.dictionaries(
    st.integers(1900, 2100),
    st.floats(-1e12, 1e12).map(lambda value: round(value, 6)),
    min_size=1,
    max_size=30,
)


def share(**changes: object) -> fc.History:
    history = fc.History.of("share", [2012, 2010, 2013], [40.5, 40.0, 41.25], unit="%", bounds=(0, 100))
    return replace(history, **changes)


def test_facts_by_hand() -> None:
    history = share(area="Jilin")
    assert_array_equal(history.years, [2010, 2012, 2013])
    assert_array_equal(history.values, [40.0, 40.5, 41.25])
    assert (history.first_year, history.last_year, history.last_value, len(history)) == (2010, 2013, 41.25, 3)
    assert history.gaps == (2011,)
    assert history.key == ("Jilin", "share")
    assert history.name == "share (Jilin)"
    assert repr(history) == "<History share in Jilin: 3 of 2010-2013, last 41.25 %>"
    assert history.status == ("final",) * 3
    assert history.sources == history.notes == ("", "", "")
    assert_array_equal(history.on_grid(), [40.0, np.nan, 40.5, 41.25])


def test_what_stands_beside_an_observation_is_put_in_order_with_it() -> None:
    history = fc.History(
        "x",
        np.array([2012, 2010]),
        np.array([2.0, 1.0]),
        status=("provisional", "final"),
        sources=("late", "early"),
        notes=("b", "a"),
        breaks=(2012, 2011, 2012),
    )
    assert history.status == ("final", "provisional")
    assert history.sources == ("early", "late")
    assert history.notes == ("a", "b")
    assert history.breaks == (2011, 2012)


@given(SERIES, st.randoms())
def test_the_order_of_input_is_free(series: dict[int, float], random: object) -> None:
    items = list(series.items())
    random.shuffle(items)
    history = fc.History.of("x", *zip(*items, strict=True))
    assert dict(zip(history.years.tolist(), history.values.tolist(), strict=True)) == series
    assert (np.diff(history.years) > 0).all()


@given(SERIES)
def test_years_are_observed_or_gaps(series: dict[int, float]) -> None:
    history = fc.History.of("x", series, series.values())
    assert sorted([*history.years.tolist(), *history.gaps]) == list(
        range(history.first_year, history.last_year + 1)
    )
    grid = history.on_grid()
    assert_array_equal(grid[~np.isnan(grid)], history.values)
    assert all(history.value_in(year) == value for year, value in series.items())
    assert all(history.value_in(year) is None for year in history.gaps)


@given(SERIES)
def test_a_series_and_back(series: dict[int, float]) -> None:
    history = fc.History.of("x", series, series.values(), unit="t", area="A")
    back = fc.History.from_series(history.to_series(), unit="t", area="A")
    assert_array_equal(back.years, history.years)
    assert_array_equal(back.values, history.values)
    assert back.key == history.key


@pytest.mark.parametrize(
    "index",
    [
        pd.to_datetime(["2020-12-31", "2021-12-31"]),
        pd.PeriodIndex(["2020", "2021"], freq="Y"),
        [2020, 2021],
        [2020.0, 2021.0],
    ],
    ids=["dates", "periods", "whole numbers", "whole floats"],
)
def test_years_may_be_dates_periods_or_numbers(index: object) -> None:
    history = fc.History.from_series(pd.Series([1.0, 2.0], index=index, name="x"))
    assert_array_equal(history.years, [2020, 2021])


def test_a_missing_value_in_a_series_is_a_gap() -> None:
    nullable = pd.Series([1, None, 3], index=[2019, 2020, 2021], dtype="Int64")
    assert fc.History.from_series(nullable, "x").gaps == (2020,)


def test_a_series_without_a_name_is_refused() -> None:
    with pytest.raises(fc.HistoryError, match=r"^from_series: the series has no name\. Name it, or pass"):
        fc.History.from_series(pd.Series([1.0], index=[2020]))


def test_arrays_are_copied_in_and_frozen() -> None:
    years, values = np.array([2020, 2021]), np.array([1.0, 2.0])
    history = fc.History("x", years, values)
    years[0], values[0] = 1999, 99.0
    assert (history.first_year, history.values[0]) == (2020, 1.0)
    for array in (history.years, history.values):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    with pytest.raises(FrozenInstanceError, match="unit"):
        history.unit = "t"


def test_replace_leaves_the_original_and_checks_again() -> None:
    history = share()
    assert replace(history, area="Jilin").area == "Jilin"
    assert history.area == ""
    with pytest.raises(fc.HistoryError, match=r"^share: 40 in 2010 lies outside the bounds \[50, open\]"):
        replace(history, bounds=(50, None))


@pytest.mark.parametrize("again", [copy.deepcopy, lambda h: pickle.loads(pickle.dumps(h))])
def test_it_travels(again: object) -> None:
    copied = again(share(breaks=(2012,)))
    assert repr(copied) == repr(share())
    assert copied.breaks == (2012,)


def test_until_and_without() -> None:
    history = share(breaks=(2012, 2013), status=("final", "final", "provisional"))
    earlier = history.until(2012)
    assert_array_equal(earlier.years, [2010, 2012])
    assert (earlier.breaks, earlier.status, earlier.bounds) == ((2012,), ("final", "final"), (0.0, 100.0))
    assert_array_equal(history.without(2012).years, [2010, 2013])
    assert_array_equal(history.without(2011).years, history.years)
    with pytest.raises(
        fc.HistoryError, match=r"^share: nothing observed by 2009; the first value is of 2010"
    ):
        history.until(2009)


def test_steps_are_counted_from_the_last_observation() -> None:
    assert share().steps_to(2014) == 1
    assert share().steps_to(2030) == 17
    for year in (2013, 2000):
        with pytest.raises(fc.HistoryError, match=rf"^share: {year} is not after the last obs.*Ask for 2014"):
            share().steps_to(year)


@pytest.mark.parametrize(
    ("values", "decimals"),
    [([1.0, 2.0], 0), ([96.2, 97.0], 1), ([0.25, 1.0], 2), ([1 / 3, 1.0], 6), ([1e12, 2e12], 0)],
)
def test_decimals(values: list[float], decimals: int) -> None:
    assert fc.History.of("x", [2020, 2021], values).decimals == decimals


@pytest.mark.parametrize(
    ("years", "values", "message"),
    [
        ([], [], r"^x: no observation\. Give at least one year"),
        ([2020], [1.0, 2.0], r"^x: 1 years for 2 values\. Give one value a year"),
        ([2020, 2020], [1.0, 2.0], r"^x: more than one value for \[2020\]\. Keep one value a year"),
        ([2020.5], [1.0], r"^x: 2020\.5 is not a year\. Give whole years between 1000 and 3000"),
        ([20211], [1.0], r"^x: 20211 is not a year"),
        (["20x0"], [1.0], r"^x: '20x0' is not a year"),
        ([True], [1.0], r"^x: True is not a year"),
        ([None], [1.0], r"^x: None is not a year"),
        ([np.inf], [1.0], r"^x: inf is not a year"),
        ([2020], [np.nan], r"^x: nan in 2020 is not a finite number\. Leave a year without a value out"),
        ([2020, 2021], [1.0, -np.inf], r"^x: -inf in 2021 is not a finite number"),
        (
            [2020],
            [5e-323],
            r"^x: 5e-323 in 2020 is not of a size that figures have",
        ),
        ([2020], np.array([-1e200]), r"^x: -1e\+200 in 2020 is not of a size that figures have"),
        ([2020], ["12"], r"^x: '12' in 2020 is not a finite number"),
        ([2020], [None], r"^x: None in 2020 is not a finite number"),
        ([2020], [pd.NA], r"^x: <NA> in 2020 is not a finite number"),
        ([2020], [True], r"^x: True in 2020 is not a finite number"),
        ([2020], [1 + 2j], r"^x: \(1\+2j\) in 2020 is not a finite number"),
        ([2020], np.array([[1.0]]), r"^x: \[1\.0\] in 2020 is not a finite number"),
        (np.array([[2020]]), [1.0], r"^x: \[2020\] is not a year"),
    ],
)
def test_what_is_not_a_history_says_why(years: object, values: object, message: str) -> None:
    with pytest.raises(fc.HistoryError, match=message):
        fc.History.of("x", years, values)


@pytest.mark.parametrize(
    ("bounds", "message"),
    [
        (
            (0, 40),
            r"^share: 40\.5 in 2012 lies outside the bounds \[0, 40\]\. Correct the value, its unit, or",
        ),
        ((41, None), r"^share: 40 in 2010 lies outside the bounds \[41, open\]"),
        ((100, 0), r"^share: the lower bound must be below the upper; got \[100, 0\]"),
        ((5, 5), r"^share: the lower bound must be below the upper"),
        ((np.nan, 1), r"^share: a bound must be a number or None; got \(nan, 1\)"),
        (("0", 100), r"^share: a bound must be a number or None; got \('0', 100\)"),
        ((0, 50, 100), r"^share: bounds are \(lower, upper\), either side None; got \(0, 50, 100\)"),
        (100, r"^share: bounds are \(lower, upper\), either side None; got 100"),
    ],
)
def test_bounds_that_cannot_be(bounds: object, message: str) -> None:
    with pytest.raises(fc.HistoryError, match=message):
        share(bounds=bounds)


def test_an_infinite_bound_is_an_open_side() -> None:
    assert share(bounds=(-np.inf, np.inf)).bounds == (None, None)
    assert share(bounds=(-1e301, 1e200)).bounds == (None, None)
    assert share(bounds=(40, 41.25)).bounds == (40.0, 41.25)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"status": ("final",)}, r"^share: 1 entries in status for 3 observations\. Give one each"),
        ({"sources": ("a", "b")}, r"^share: 2 entries in sources for 3 observations"),
        ({"notes": ("a",) * 4}, r"^share: 4 entries in notes for 3 observations"),
        (
            {"status": ("final", "guess", "final")},
            r"^share: unknown status 'guess' in 2012\. Use one of: final, provisional, derived, proxy",
        ),
        ({"breaks": (2012.5,)}, r"^share: 2012\.5 is not a year"),
        ({"breaks": ("census",)}, r"^share: 'census' is not a year"),
    ],
)
def test_what_stands_beside_must_fit(changes: dict[str, object], message: str) -> None:
    with pytest.raises(fc.HistoryError, match=message):
        share(**changes)


def test_a_notebook_shows_text_as_text() -> None:
    html = fc.History.of("<b>", [2020], [1.5], unit="<%>")._repr_html_()
    assert "<caption>&lt;b&gt;</caption>" in html
    assert "<th>&lt;%&gt;</th>" in html
    assert "<td>2020</td><td style='text-align:right'>1.5</td>" in html


def test_a_year_ahead_is_a_whole_one() -> None:
    history = fc.History.of("x", [2020, 2021], [1.0, 2.0])
    assert history.steps_to(np.int64(2023)) == 2
    with pytest.raises(fc.HistoryError, match=r"x: 2022.5 is not a year. Give a whole number"):
        history.steps_to(2022.5)  # type: ignore[arg-type]
