"""From a long DataFrame to packed series; what is wrong with one is said of that one only."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.errors import ReadError, did_you_mean
from forecast.history.batch import SeriesBatch, SmallArray, TextArray, name_of
from forecast.history.catalogue import LARGEST, SMALLEST, Bounds, Catalogue, checked_bounds, interval_text
from forecast.history.history import FIRST_YEAR, LAST_YEAR, STATUSES
from forecast.history.read_files import ALIASES, STATUS_WORDS
from forecast.history.table import TRUE, TableRow, way_out

# Where no row of a series says otherwise.
_DEFAULTS = {"area": "", "unit": "", "status": "final", "break": ""}


@dataclass(frozen=True, eq=False)
class Rows:
    """The rows of a frame in order of series and year, columns as arrays.

    Parameters
    ----------
    area, indicator, unit : ndarray of str
        The names that occur, in the order they first do.
    of_area, of_indicator : ndarray of int, shape (series,)
    series, year, value, of_unit, status, new_level, garbage
        One entry a row; the year of a row without one is -1, its value NaN where empty.
    order : ndarray of int
        Where each row stood in the frame.
    """

    area: TextArray
    indicator: TextArray
    unit: TextArray
    of_area: IntArray
    of_indicator: IntArray
    series: IntArray
    year: IntArray
    value: FloatArray
    of_unit: IntArray
    status: SmallArray
    new_level: BoolArray
    order: IntArray


def pack(frame: pd.DataFrame, catalogue: Catalogue) -> SeriesBatch:
    """Return the series of a long frame.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of ``area, indicator, year, value, unit, status, break``, or of ``unique_id, ds, y``.
    catalogue : Catalogue
        Units and bounds of indicators.

    Raises
    ------
    ReadError
        If a column is missing: then nothing can be read. Anything else is a problem of its series.
    """
    table = named(frame)
    rows = _rows(table)
    problems = _problems(table, rows, catalogue)
    return _packed(rows, catalogue, problems)


def named(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame under the names this library uses, with area and indicator of its own."""
    names = [ALIASES.get(str(c), ALIASES.get(str(c).strip().lower(), str(c).strip())) for c in frame.columns]
    renamed = frame.set_axis(names, axis=1)
    needed = ("year", "value") if "unique_id" in names else ("indicator", "year", "value")
    problems = [f"column {c!r} stands twice." for c in dict.fromkeys(names) if names.count(c) > 1]
    problems += [f"column {c!r} is missing. {did_you_mean(c, names)}" for c in needed if c not in names]
    if problems:
        raise ReadError("DataFrame", problems)
    return renamed


def _rows(frame: pd.DataFrame) -> Rows:
    """Return the rows in order of series and year."""
    if "unique_id" in frame.columns:
        codes, ids = _coded(frame["unique_id"])
        parts = [name.rpartition("/") for name in ids]
        at_area, area = pd.factorize(np.array([p[0] for p in parts], dtype=object))
        at_indicator, indicator = pd.factorize(np.array([p[2] for p in parts], dtype=object))
        areas, indicators = at_area[codes], at_indicator[codes]
    else:
        areas, area = _column(frame, "area")
        indicators, indicator = _coded(frame["indicator"])
    key = areas.astype(np.int64) * max(len(indicator), 1) + indicators
    series, keys = pd.factorize(key)
    year, value = _years(frame["year"]), _values(frame["value"])
    of_unit, unit = _column(frame, "unit")
    order = _order(series, year)
    return Rows(
        area=area,
        indicator=indicator,
        unit=unit,
        of_area=keys // max(len(indicator), 1),
        of_indicator=keys % max(len(indicator), 1),
        series=series[order],
        year=year[order],
        value=value[order],
        of_unit=of_unit[order],
        status=_mapped(frame, "status", _status)[order],
        new_level=_mapped(frame, "break", lambda text: text.lower() in TRUE)[order] == 1,
        order=order,
    )


def _order(series: IntArray, year: IntArray) -> IntArray:
    """Return the order by series and year; most files come in it."""
    key = series.astype(np.int64) * (LAST_YEAR + 2) + year + 1
    return np.arange(len(key)) if (np.diff(key) >= 0).all() else np.argsort(key, kind="stable")


def _text(cell: object) -> str:
    """Return a cell as the readers of files do."""
    return TableRow(0, {"": cell}).text("")


def _coded(column: pd.Series) -> tuple[IntArray, TextArray]:
    """Return codes and names of a column of text; each distinct cell is read once."""
    codes, cells = pd.factorize(column, use_na_sentinel=True)
    texts = np.array([*(_text(cell) for cell in cells), ""], dtype=object)
    again, names = pd.factorize(texts[:-1] if (codes >= 0).all() else texts)
    return again[codes].astype(np.int64), np.asarray(names, dtype=object)


def _column(frame: pd.DataFrame, name: str) -> tuple[IntArray, TextArray]:
    """Return codes and names of a column that may be missing."""
    if name in frame.columns:
        return _coded(frame[name])
    return np.zeros(len(frame), dtype=np.int64), np.array([_DEFAULTS[name]], dtype=object)


def _mapped(frame: pd.DataFrame, name: str, meaning: Callable[[str], int]) -> SmallArray:
    """Return what each cell of a column of few distinct texts means."""
    codes, names = _column(frame, name)
    return np.array([meaning(text) for text in names], dtype=np.int8)[codes]


def _status(text: str) -> int:
    """Return the position of a status, -1 for one that is not known."""
    word = STATUS_WORDS.get(text.lower(), text.lower())
    return STATUSES.index(word) if word in STATUSES else -1


def _years(column: pd.Series) -> IntArray:
    """Return years, -1 where there is none that is whole and possible; a date counts as its year."""
    if pd.api.types.is_datetime64_any_dtype(column):
        numbers = column.dt.year.to_numpy(float, na_value=np.nan)
    elif pd.api.types.is_numeric_dtype(column):
        numbers = column.to_numpy(float, na_value=np.nan)
    else:
        codes, cells = pd.factorize(column, use_na_sentinel=True)
        numbers = np.array([*(_year(cell) for cell in cells), np.nan])[codes]
    whole = (numbers >= FIRST_YEAR) & (numbers <= LAST_YEAR) & (numbers == np.floor(numbers))
    return np.where(whole, numbers, -1).astype(np.int64)


def _year(cell: object) -> float:
    try:
        year = TableRow(0, {"year": cell}).year_in("year")
    except ValueError:
        return np.nan
    return np.nan if year is None else float(year)


def _values(column: pd.Series) -> FloatArray:
    """Return numbers, NaN where a cell is empty, infinity where it holds something else."""
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return column.to_numpy(float, na_value=np.nan)
    texts = column.astype("string").str.strip()
    numbers = pd.to_numeric(texts, errors="coerce").to_numpy(float, na_value=np.nan)
    unread = np.isnan(numbers) & (texts.fillna("") != "").to_numpy(bool)
    for i in np.flatnonzero(unread).tolist():
        numbers[i] = _number(texts.iloc[i])
    return numbers


def _number(text: str) -> float:
    """Return a number that is spelt in a way only ``TableRow.number_in`` knows, infinity for what is none."""
    try:
        number = TableRow(0, {"value": text}).number_in("value")
    except ValueError:
        return math.inf
    return math.inf if number is None else number


def _problems(frame: pd.DataFrame, rows: Rows, catalogue: Catalogue) -> dict[int, str]:
    """Return what is wrong, by series: the first thing found of each."""
    found: dict[int, str] = {}

    def note(at: npt.NDArray[np.intp], sentence: Callable[[int], str]) -> None:
        for i in at.tolist():
            s = int(rows.series[i])
            if s not in found:
                name = name_of(rows.area[rows.of_area[s]], rows.indicator[rows.of_indicator[s]])
                found[s] = f"{name}: {sentence(i)}".removeprefix(": ").strip()

    def cell(i: int, column: str) -> str:
        return _text(frame[column].iloc[int(rows.order[i])])

    def bounds_of(series: int) -> Bounds:
        return checked_bounds("", (lower[series], upper[series]))

    same = rows.series[1:] == rows.series[:-1]
    begin = np.concatenate([[0], np.flatnonzero(~same) + 1])
    lower, upper, unit = _catalogued(rows, catalogue)
    s = rows.series
    nameless = rows.indicator == ""
    note(np.flatnonzero(nameless[rows.of_indicator[s]]), lambda _: "a row without an indicator. Name it.")
    note(
        np.flatnonzero(rows.year < 0),
        lambda i: f"year is {cell(i, 'year')!r}. Give whole years between {FIRST_YEAR} and {LAST_YEAR}.",
    )
    note(
        np.flatnonzero(np.isinf(rows.value)),
        lambda i: (
            f"value is {cell(i, 'value')!r} in {rows.year[i]}, which is not a number. "
            f"{way_out(cell(i, 'value'))}"
        ),
    )
    note(
        np.flatnonzero(same & (np.diff(rows.year) == 0)),
        lambda i: f"more than one value for [{rows.year[i]}]. Keep one value a year.",
    )
    first = np.repeat(rows.of_unit[begin], np.diff([*begin, len(s)])) if len(s) else s
    note(
        np.flatnonzero(rows.of_unit != first),
        lambda i: (
            f"has the unit {rows.unit[rows.of_unit[i]]!r}, but also {rows.unit[first[i]]!r}. "
            f"Use one unit a series."
        ),
    )
    given = rows.unit[rows.of_unit]
    note(
        np.flatnonzero((given != "") & (unit[s] != "") & (given != unit[s])),
        lambda i: f"is in {given[i]!r}, but the catalogue says {unit[s[i]]!r}.",
    )
    note(
        np.flatnonzero(rows.status < 0),
        lambda i: f"status is {cell(i, 'status')!r}. Use one of: {', '.join(STATUSES)}.",
    )
    size = np.abs(rows.value)
    note(
        np.flatnonzero((size != 0) & ((size < SMALLEST) | (size > LARGEST))),
        lambda i: (
            f"{rows.value[i]:g} in {rows.year[i]} is not of a size that figures have. "
            f"Correct it, or its unit."
        ),
    )
    note(
        np.flatnonzero((rows.value < lower[s]) | (rows.value > upper[s])),
        lambda i: (
            f"{rows.value[i]:g} in {rows.year[i]} lies outside the bounds "
            f"{interval_text(bounds_of(s[i]))}. Correct the value, its unit, or the bounds."
        ),
    )
    empty = np.bincount(s, weights=np.isfinite(rows.value), minlength=len(rows.of_area)) == 0
    note(begin[empty[s[begin]]] if len(s) else begin[:0], lambda _: "no year has a value.")
    return found


def _catalogued(rows: Rows, catalogue: Catalogue) -> tuple[FloatArray, FloatArray, TextArray]:
    """Return bounds and unit of each series as the catalogue has them."""
    entries = [catalogue.indicator(name) for name in rows.indicator]
    bounds = [checked_bounds(entry.name, entry.bounds) for entry in entries]
    lower = np.array([-np.inf if low is None else low for low, _ in bounds], dtype=float)
    upper = np.array([np.inf if high is None else high for _, high in bounds], dtype=float)
    unit = np.array([e.unit for e in entries], dtype=object)
    return lower[rows.of_indicator], upper[rows.of_indicator], unit[rows.of_indicator]


def _packed(rows: Rows, catalogue: Catalogue, problems: dict[int, str]) -> SeriesBatch:
    """Put the observations one after the other, those of a series with a problem left out."""
    series = len(rows.of_area)
    sound = np.ones(series, dtype=bool)
    sound[list(problems)] = False
    seen = np.isfinite(rows.value) & sound[rows.series]
    broken = rows.new_level & sound[rows.series]
    lower, upper, unit = _catalogued(rows, catalogue)
    begin = np.searchsorted(rows.series, np.arange(series))
    own = rows.unit[rows.of_unit[begin]] if series else unit
    return SeriesBatch(
        area=rows.area[rows.of_area],
        indicator=rows.indicator[rows.of_indicator],
        unit=np.where(own == "", unit, own),
        bounds=np.column_stack([lower, upper]),
        start=np.searchsorted(rows.series[seen], np.arange(series + 1)),
        years=rows.year[seen],
        values=rows.value[seen],
        status=rows.status[seen],
        break_start=np.searchsorted(rows.series[broken], np.arange(series + 1)),
        breaks=rows.year[broken],
        problems=problems,
    )
