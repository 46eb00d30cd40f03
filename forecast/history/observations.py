"""The one reader of observations: from the columns of a table to rows as arrays, and what is wrong with them.

A file, a frame and a panel are read here, with the same refusals in the same sentences. What differs
is how a row is named, and what a problem costs: a file is refused, a panel leaves the series out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.history.batch import SmallArray, TextArray
from forecast.history.catalogue import LARGEST, SMALLEST, Catalogue, checked_bounds, interval_text, position
from forecast.history.cells import FALSE, TRUE, UnreadableCellError, number_of, text_of, year_of
from forecast.history.history import FIRST_YEAR, LAST_YEAR, STATUSES
from forecast.language.message import Message, suggestion

STATUS_WORDS = {
    "": "final",
    "最终": "final",
    "最终数": "final",
    "快报数": "provisional",
    "初步": "provisional",
}
Refused = dict[int, Message]


@dataclass(frozen=True, eq=False)
class Observations:
    """The rows of a table in order of series and year, columns as arrays.

    Parameters
    ----------
    area, indicator, unit : ndarray of str
        The names that occur, in the order they first do.
    of_area, of_indicator : ndarray of int, shape (series,)
    series, year, value, of_unit, status, new_level
        One entry a row; the year of a row without one is -1, its value NaN where empty or refused.
    order : ndarray of int
        Where each row stood in the table.
    refused : mapping of str to mapping of int to Message
        Why cells could not be read, by column and place in the table.
    by_id : bool
        Whether the series are named by one column, ``unique_id``, in which an area is free.
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
    refused: dict[str, Refused] = field(default_factory=dict)
    by_id: bool = False

    def name(self, s: int) -> tuple[str, str]:
        """Return area and indicator of a series."""
        return str(self.area[self.of_area[s]]), str(self.indicator[self.of_indicator[s]])

    def first_row(self) -> IntArray:
        """Return the first row of each series."""
        return np.searchsorted(self.series, np.arange(len(self.of_area)))

    def of_place(self) -> IntArray:
        """Return where each place of the table stands among the rows."""
        at = np.empty(len(self.order), dtype=np.int64)
        at[self.order] = np.arange(len(self.order))
        return at


def observations(frame: pd.DataFrame, catalogue: Catalogue) -> Observations:
    """Return the rows of a frame with this library's columns, whose names are sound."""
    refused: dict[str, Refused] = {}
    if "unique_id" in frame.columns:
        codes, ids = _coded(frame["unique_id"])
        parts = [name.rpartition("/") for name in ids]
        at_area, area = pd.factorize(np.array([p[0] for p in parts], dtype=object))
        at_indicator, indicator = pd.factorize(np.array([p[2] for p in parts], dtype=object))
        areas, indicators = at_area[codes], at_indicator[codes]
    else:
        areas, area = _column(frame, "area")
        indicators, indicator = _coded(frame["indicator"])
    width = max(len(indicator), 1)
    series, keys = pd.factorize(areas.astype(np.int64) * width + indicators)
    year, refused["year"] = _years(frame["year"])
    value, refused["value"] = _values(frame["value"])
    _read_classes(value, refused["value"], (frame["value"], indicators, indicator), catalogue)
    of_unit, unit = _column(frame, "unit")
    status, refused["status"] = _mapped(frame, "status", _status)
    new_level, refused["break"] = _mapped(frame, "break", _break)
    order = _order(series, year)
    return Observations(
        area=area,
        indicator=indicator,
        unit=unit,
        of_area=keys // width,
        of_indicator=keys % width,
        series=series[order],
        year=year[order],
        value=value[order],
        of_unit=of_unit[order],
        status=status[order],
        new_level=new_level[order] == 1,
        order=order,
        refused=refused,
        by_id="unique_id" in frame.columns,
    )


def _order(series: IntArray, year: IntArray) -> IntArray:
    """Return the order by series and year; most files come in it."""
    key = series.astype(np.int64) * (LAST_YEAR + 2) + year + 1
    return np.arange(len(key)) if (np.diff(key) >= 0).all() else np.argsort(key, kind="stable")


def _coded(column: pd.Series) -> tuple[IntArray, TextArray]:
    """Return codes and names of a column of text; each distinct cell is read once."""
    codes, cells = pd.factorize(column, use_na_sentinel=True)
    texts = np.array([*(text_of(cell) for cell in cells), ""], dtype=object)
    again, names = pd.factorize(texts[:-1] if (codes >= 0).all() else texts)
    return again[codes].astype(np.int64), np.asarray(names, dtype=object)


def _column(frame: pd.DataFrame, name: str) -> tuple[IntArray, TextArray]:
    """Return codes and names of a column that may be missing, and then is empty."""
    if name in frame.columns:
        return _coded(frame[name])
    return np.zeros(len(frame), dtype=np.int64), np.array([""], dtype=object)


def _mapped(
    frame: pd.DataFrame, name: str, meaning: Callable[[str], int | Message]
) -> tuple[SmallArray, Refused]:
    """Return what each cell of a column of few distinct texts means, -1 where it is refused."""
    codes, names = _column(frame, name)
    read = [meaning(text) for text in names]
    numbers = np.array([-1 if isinstance(each, Message) else each for each in read], dtype=np.int8)
    wrong = {code: each for code, each in enumerate(read) if isinstance(each, Message)}
    at = np.flatnonzero(np.isin(codes, [*wrong])).tolist() if wrong else []
    return numbers[codes], {i: wrong[int(codes[i])] for i in at}


def _status(text: str) -> int | Message:
    """Return the position of a status."""
    word = STATUS_WORDS.get(text.lower(), text.lower())
    if word in STATUSES:
        return STATUSES.index(word)
    return Message("unknown_status", text=text, known=", ".join(STATUSES))


def _break(text: str) -> int | Message:
    """Return 1 where a new level starts."""
    word = text.lower()
    return int(word in TRUE) if word in TRUE + FALSE else Message("unknown_break", text=text)


def _years(column: pd.Series) -> tuple[IntArray, Refused]:
    """Return years, -1 where there is none that is whole and possible; a date counts as its year."""
    if pd.api.types.is_datetime64_any_dtype(column):
        numbers = column.dt.year.to_numpy(float, na_value=np.nan)
    elif pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        numbers = column.to_numpy(float, na_value=np.nan)
    else:
        codes, cells = pd.factorize(column, use_na_sentinel=True)
        numbers = np.array([*(_year(cell) for cell in cells), np.nan])[codes]
    whole = (numbers >= FIRST_YEAR) & (numbers <= LAST_YEAR) & (numbers == np.floor(numbers))
    refused: Refused = {}
    for i in np.flatnonzero(~whole).tolist():
        try:
            year_of(column.iloc[i], "year")
        except UnreadableCellError as problem:
            refused[i] = problem.message
        else:
            refused[i] = Message("empty", column="year")
    return np.where(whole, numbers, -1).astype(np.int64), refused


def _year(cell: object) -> float:
    try:
        year = year_of(cell, "year")
    except UnreadableCellError:
        return np.nan
    return np.nan if year is None else float(year)


def _values(column: pd.Series) -> tuple[FloatArray, Refused]:
    """Return numbers, NaN where a cell is empty or refused."""
    refused: Refused = {}
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        numbers = column.to_numpy(float, na_value=np.nan)
        unread = np.isinf(numbers)
        numbers = np.where(unread, np.nan, numbers) if unread.any() else numbers
    else:
        texts = column.astype("string").str.strip()
        numbers = pd.to_numeric(texts, errors="coerce").to_numpy(float, na_value=np.nan).copy()
        numbers[np.isinf(numbers)] = np.nan
        unread = np.isnan(numbers) & (texts.fillna("") != "").to_numpy(bool)
    for i in np.flatnonzero(unread).tolist():
        try:
            number = number_of(column.iloc[i], "value")
            numbers[i] = math.nan if number is None else number
        except UnreadableCellError as problem:
            refused[i] = problem.message
    size = np.abs(numbers)
    no_size = np.flatnonzero((size != 0) & ((size < SMALLEST) | (size > LARGEST)))
    # A column of numbers is lent, not given: pandas will not have it written into.
    numbers = numbers.copy() if len(no_size) else numbers
    for i in no_size.tolist():
        refused[i] = Message("not_a_size", column="value", text=text_of(column.iloc[i]))
        numbers[i] = math.nan
    return numbers, refused


def _read_classes(
    values: FloatArray, refused: Refused, column: tuple[pd.Series, IntArray, TextArray], catalogue: Catalogue
) -> None:
    """Put the positions of classes where the catalogue says that an indicator has classes."""
    cells, indicators, names = column
    for code, name in enumerate(names):
        classes = catalogue.indicator(name).classes
        for i in np.flatnonzero(indicators == code).tolist() if classes else []:
            text = text_of(cells.iloc[i])
            at = position(text, classes) if text else math.nan
            refused.pop(i, None)
            values[i] = math.nan if at is None else at
            if at is None:
                refused[i] = Message("not_a_class", text=text, known=", ".join(classes))


Place = Callable[[int], Message | None]


def problems(rows: Observations, catalogue: Catalogue, place: Place) -> Iterator[tuple[int, Message]]:
    """Yield every row that is refused, with why; a row may be refused for several reasons.

    Parameters
    ----------
    place : callable
        What a message calls the row at a place in the table; None where rows have no names.
    """
    indicator = rows.indicator[rows.of_indicator]
    nameless = indicator == ""
    for i in np.flatnonzero(nameless[rows.series]).tolist() if nameless.any() else []:
        yield i, Message("no_indicator")
    yield from _nowhere(rows, place)
    at = rows.of_place()
    for column in ("year", "value", "status", "break"):
        for j, message in rows.refused[column].items():
            yield int(at[j]), message
    yield from _second_values(rows, place)
    yield from _units(rows, place)
    yield from _against_catalogue(rows, catalogue)


def _nowhere(rows: Observations, place: Place) -> Iterator[tuple[int, Message]]:
    """Yield each row without an area, where others have one."""
    homeless = rows.area == ""
    if rows.by_id or not homeless.any() or len(rows.area) == 1:
        return
    of_row = rows.of_area[rows.series]
    named = np.flatnonzero(~homeless[of_row])
    first = int(named[np.argmin(rows.order[named])])
    area, where = rows.area[of_row[first]], place(int(rows.order[first]))
    said = (
        Message("no_area_elsewhere", area=area)
        if where is None
        else Message("no_area", area=area, place=where)
    )
    for i in np.flatnonzero(homeless[of_row] & np.isfinite(rows.value)).tolist():
        yield i, said


def _second_values(rows: Observations, place: Place) -> Iterator[tuple[int, Message]]:
    same = (rows.series[1:] == rows.series[:-1]) & (np.diff(rows.year) == 0) & (rows.year[1:] >= 0)
    first = last = -1
    for i in (np.flatnonzero(same) + 1).tolist():
        first, last = (first if i == last + 1 else i - 1), i
        where, year = place(int(rows.order[first])), int(rows.year[i])
        if where is None:
            yield i, Message("second_value_bare", year=year)
        else:
            yield i, Message("second_value", name=_called(rows, i), year=year, place=where)


def _units(rows: Observations, place: Place) -> Iterator[tuple[int, Message]]:
    """Yield the rows whose unit is not that of the first row of their series."""
    if len(rows.unit) < 2:
        return
    begin = rows.first_row()
    first = begin[rows.series]
    # The first in the table, not in time.
    if not (np.diff(rows.order) > 0).all():
        earliest = np.full(len(rows.of_area), len(rows.order))
        np.minimum.at(earliest, rows.series, rows.order)
        first = rows.of_place()[earliest][rows.series]
    for i in np.flatnonzero(rows.of_unit != rows.of_unit[first]).tolist():
        unit, other = rows.unit[rows.of_unit[i]], rows.unit[rows.of_unit[first[i]]]
        where = place(int(rows.order[first[i]]))
        if where is None:
            yield i, Message("two_units_bare", unit=unit, first=other)
        else:
            yield i, Message("two_units", name=_called(rows, i), unit=unit, first=other, place=where)


def _against_catalogue(rows: Observations, catalogue: Catalogue) -> Iterator[tuple[int, Message]]:
    """Yield what contradicts the catalogue: names nearly its own, units, values out of bounds."""
    entries = [catalogue.indicator(name) for name in rows.indicator]
    begin = rows.first_row()
    for code, entry in enumerate(entries):
        if entry.name and catalogue.indicators and entry.name not in catalogue.indicators:
            hint = suggestion(entry.name, catalogue.indicators)
            for s in np.flatnonzero(rows.of_indicator == code) if hint.key == "did_you_mean" else ():
                yield int(begin[s]), Message("not_in_catalogue", name=entry.name, hint=hint)
    known = np.array([entry.unit for entry in entries], dtype=object)[rows.of_indicator]
    own = rows.unit[rows.of_unit[begin]] if len(begin) else known
    for s in np.flatnonzero((own != "") & (known != "") & (own != known)):
        name = rows.name(int(s))[1]
        yield int(begin[s]), Message("other_unit", name=name, unit=own[s], known=known[s])
    lower, upper = bounds_of(rows, catalogue)
    of = rows.series
    for i in np.flatnonzero((rows.value < lower[of]) | (rows.value > upper[of])).tolist():
        bounds = checked_bounds("", entries[rows.of_indicator[of[i]]].bounds)
        yield i, Message("out_of_bounds", value=f"{rows.value[i]:g}", bounds=interval_text(bounds))


def bounds_of(rows: Observations, catalogue: Catalogue) -> tuple[FloatArray, FloatArray]:
    """Return lower and upper bound of each series, infinite where open."""
    bounds = [
        checked_bounds(entry.name, entry.bounds)
        for entry in (catalogue.indicator(name) for name in rows.indicator)
    ]
    lower = np.array([-np.inf if low is None else low for low, _ in bounds], dtype=float)
    upper = np.array([np.inf if high is None else high for _, high in bounds], dtype=float)
    return lower[rows.of_indicator], upper[rows.of_indicator]


def _called(rows: Observations, i: int) -> Message | str:
    area, indicator = rows.name(int(rows.series[i]))
    return f"{indicator} in {area}" if area else indicator
