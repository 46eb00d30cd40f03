"""The one reader of observations: from the columns of a table to rows as arrays, and what is wrong with them.

A file, a frame and a panel are read here, with the same refusals in the same sentences. What differs
is how a row is named, and what a problem costs: a file is refused, a panel leaves the series out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from forecast.arrays import BoolArray, FloatArray, IntArray, SmallArray
from forecast.history.batch import TextArray
from forecast.history.catalogue import LARGEST, SMALLEST, Catalogue, checked_bounds, position
from forecast.history.cells import (
    FALSE,
    TRUE,
    PercentCell,
    RefusedCell,
    UnreadableCellError,
    number_of,
    text_of,
)
from forecast.history.dimensions import KNOWN as DIMENSIONS
from forecast.history.history import FIRST_YEAR, LAST_YEAR, STATUSES
from forecast.history.numerals import FLAGS, figures
from forecast.history.year_cells import BUDDHIST, year_of
from forecast.language.message import Message

# What publishers call the status of a figure.
STATUS_WORDS = {"": "final"} | {
    word: status
    for status, words in {
        "final": "最终 最终数 正式 修订 修订数 a official actual normal revised c ca g n x observed",
        "provisional": "快报数 快报 年快报 初步 初步数 预计 预计数 preliminary prov prelim forecast",
        "derived": "推算 估算 估计 estimated estimate est m modelled imputed geschätzt estimé calculated",
    }.items()
    for word in words.split()
}  # fmt: skip
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
    years_written, values_written : Series
        The cells as they stood in the table.
    refused : mapping of str to mapping of int to Message
        Why cells could not be read, by column and place in the table.
    dimensions : mapping of str to (ndarray, ndarray)
        Codes and names of columns that say of whom a figure is, in the order of the table.
    by_id : bool
        Whether the series are named by one column, ``unique_id``, in which an area is free.
    copies : ndarray of int
        Places of the table left out, because the same row stands before them.
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
    years_written: pd.Series
    values_written: pd.Series
    refused: dict[str, Refused] = field(default_factory=dict)
    dimensions: dict[str, tuple[IntArray, TextArray]] = field(default_factory=dict)
    by_id: bool = False
    copies: IntArray = field(default_factory=lambda: np.empty(0, dtype=np.int64))

    def name(self, s: int) -> tuple[str, str]:
        """Area and indicator of a series."""
        return str(self.area[self.of_area[s]]), str(self.indicator[self.of_indicator[s]])

    def first_row(self) -> IntArray:
        """First row of each series."""
        return np.searchsorted(self.series, np.arange(len(self.of_area)))

    def first_unit(self) -> IntArray:
        """Row of each series that stands first in the table among those with a unit, else -1."""
        given = np.flatnonzero(self.unit[self.of_unit] != "")
        earliest = np.full(len(self.of_area), len(self.years_written), dtype=np.int64)
        np.minimum.at(earliest, self.series[given], self.order[given])
        at = np.append(self.of_place(), -1)
        return at[earliest]

    def units(self) -> TextArray:
        """Unit of each series, ``""`` where it has none."""
        if len(self.unit) == 1:
            return np.full(len(self.of_area), self.unit[0], dtype=object)
        return np.append(self.unit[self.of_unit], "")[self.first_unit()]

    def of_place(self) -> IntArray:
        """Where each place of the table stands among the rows, -1 where it is a copy."""
        at = np.full(len(self.years_written), -1, dtype=np.int64)
        at[self.order] = np.arange(len(self.order))
        return at


def observations(frame: pd.DataFrame, catalogue: Catalogue) -> Observations:
    """Rows of a frame with this library's columns, whose names are sound."""
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
    if "status" in frame.columns:
        new_level = np.maximum(new_level, _mapped(frame, "status", _starts_level)[0])
    order = _order(series, year)
    dimensions = {str(c): _coded(frame[c]) for c in frame.columns if str(c).replace(" ", "_") in DIMENSIONS}
    columns: list[IntArray | FloatArray | SmallArray] = [series, year, value, of_unit, status, new_level]
    columns += [codes for codes, _ in dimensions.values()]
    copy = _copies(order, columns, frame["year"])
    order, copies = order[~copy], order[copy]
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
        years_written=frame["year"],
        values_written=frame["value"],
        refused=refused,
        dimensions=dimensions,
        by_id="unique_id" in frame.columns,
        copies=copies,
    )


def _order(series: IntArray, year: IntArray) -> IntArray:
    """Order by series and year; most files come in it."""
    key = series.astype(np.int64) * (LAST_YEAR + 2) + year + 1
    return np.arange(len(key)) if (np.diff(key) >= 0).all() else np.argsort(key, kind="stable")


def _copies(
    order: IntArray, columns: Sequence[IntArray | FloatArray | SmallArray], written: pd.Series
) -> BoolArray:
    """Which rows say again what the row before them says: the same figure of the same date and series."""
    copy = np.zeros(len(order), dtype=bool)
    copy[1:] = True
    for column in columns:
        copy[1:] &= column[order[1:]] == column[order[:-1]]
    year = columns[1][order]
    copy &= year >= 0
    for i in np.flatnonzero(copy).tolist():
        copy[i] = text_of(written.iloc[order[i]]) == text_of(written.iloc[order[i - 1]])
    return copy


def _coded(column: pd.Series) -> tuple[IntArray, TextArray]:
    """Codes and names of a column of text; each distinct cell is read once."""
    codes, cells = pd.factorize(column, use_na_sentinel=True)
    texts = np.array([*(text_of(cell) for cell in cells), ""], dtype=object)
    again, names = pd.factorize(texts[:-1] if (codes >= 0).all() else texts)
    return again[codes].astype(np.int64), np.asarray(names, dtype=object)


def _column(frame: pd.DataFrame, name: str) -> tuple[IntArray, TextArray]:
    """Codes and names of a column that may be missing, and then is empty."""
    if name in frame.columns:
        return _coded(frame[name])
    return np.zeros(len(frame), dtype=np.int64), np.array([""], dtype=object)


def _mapped(
    frame: pd.DataFrame, name: str, meaning: Callable[[str], int | Message]
) -> tuple[SmallArray, Refused]:
    """What each cell of a column of few distinct texts means, -1 where it is refused."""
    codes, names = _column(frame, name)
    read = [meaning(text) for text in names]
    numbers = np.array([-1 if isinstance(each, Message) else each for each in read], dtype=np.int8)
    wrong = {code: each for code, each in enumerate(read) if isinstance(each, Message)}
    at = np.flatnonzero(np.isin(codes, [*wrong])).tolist() if wrong else []
    return numbers[codes], {i: wrong[int(codes[i])] for i in at}


def _status(text: str) -> int | Message:
    """Position of a status: a word, or the letters that publishers set beside a figure."""
    word = text.lower()
    word = STATUS_WORDS.get(word, word)
    if word in STATUSES:
        return STATUSES.index(word)
    letters = word.replace(" ", "").replace(",", "")
    if letters and len(letters) <= len(FLAGS) and all(letter in FLAGS for letter in letters):
        means = {FLAGS[letter] for letter in letters}
        return STATUSES.index(next(s for s in ("provisional", "derived", "final") if s in means))
    return Message("unknown_status", text=text, known=", ".join(STATUSES))


def _starts_level(text: str) -> int:
    """1 where the letters of a status say that a new level starts (b)."""
    letters = text.lower().replace(" ", "").replace(",", "")
    return int("b" in letters and all(letter in FLAGS for letter in letters))


def _break(text: str) -> int | Message:
    """1 where a new level starts."""
    word = text.lower()
    return int(word in TRUE) if word in TRUE + FALSE else Message("unknown_break", text=text)


def _years(column: pd.Series) -> tuple[IntArray, Refused]:
    """Years, -1 where there is none that is whole and possible; a date counts as its year."""
    refused: Refused = {}
    if pd.api.types.is_datetime64_any_dtype(column):
        numbers = column.dt.year.to_numpy(float, na_value=np.nan)
        odd = (column.dt.normalize() != column).to_numpy(bool) | np.isin(numbers, (1905, 1970))
        numbers = np.where(odd, np.nan, numbers)
    elif pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        numbers = column.to_numpy(float, na_value=np.nan)
    else:
        codes, cells = pd.factorize(column, use_na_sentinel=True)
        numbers = np.array([*(_year(cell) for cell in cells), np.nan])[codes]
    whole = (numbers >= FIRST_YEAR) & (numbers <= LAST_YEAR) & (numbers == np.floor(numbers))
    whole &= (numbers < BUDDHIST[0]) | (numbers > BUDDHIST[1])
    said: dict[object, Message | int] = {}
    for i in np.flatnonzero(~whole).tolist():
        cell = column.iloc[i]
        key = str(cell)
        if key not in said:
            said[key] = _year_or_why(cell)
        read = said[key]
        if isinstance(read, Message):
            refused[i] = read
        else:
            numbers[i], whole[i] = read, True
    return np.where(whole, numbers, -1).astype(np.int64), refused


def _year_or_why(cell: object) -> int | Message:
    try:
        year = year_of(cell, "year")
    except UnreadableCellError as problem:
        return problem.message
    return Message("empty", column="year") if year is None else year


def _year(cell: object) -> float:
    read = _year_or_why(cell)
    return np.nan if isinstance(read, Message) else float(read)


def settled(frame: pd.DataFrame, delimiter: str = "") -> tuple[pd.DataFrame, list[Message]]:
    """Table whose figures are numbers as far as their column tells how they are written.

    Letters behind figures go to the status; of a bound ("<2.5") the bound is kept, as a derived figure
    with a note. What was done is returned to be remarked.
    """
    column = frame["value"]
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return frame, []
    read = figures(column.tolist(), delimiter=delimiter)
    changed = {"value": pd.Series(read.cells, index=frame.index, dtype=object)}
    none = pd.Series([None] * len(frame), index=frame.index, dtype=object)
    if read.bounds or read.flags:
        status = frame.get("status", none).astype(object).tolist()
        for i, letters in read.flags.items():
            status[i] = text_of(status[i]) or letters
        for i in read.bounds:
            status[i] = text_of(status[i]) or "derived"
        changed["status"] = pd.Series(status, index=frame.index, dtype=object)
    if read.bounds:
        note = frame.get("note", none).astype(object).tolist()
        for i, text in read.bounds.items():
            note[i] = f"{text}; {text_of(note[i])}".rstrip("; ")
        changed["note"] = pd.Series(note, index=frame.index, dtype=object)
    remarks = [Message("empty_signs", n=n, text=sign) for sign, n in read.empty.items()]
    if read.bounds:
        remarks.append(Message("bounds_kept", n=len(read.bounds), text=next(iter(read.bounds.values()))))
    return frame.assign(**changed), remarks


def _values(column: pd.Series) -> tuple[FloatArray, Refused]:
    """Numbers, NaN where a cell is empty or refused."""
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
        if column.dtype == object:
            special = [isinstance(cell, PercentCell | RefusedCell) for cell in column]
            unread |= np.array(special, dtype=bool)
        unread |= (numbers == 0) & (texts.fillna("0").str.len() > 3).to_numpy(bool)
    for i in np.flatnonzero(unread).tolist():
        try:
            number = number_of(column.iloc[i], "value")
            numbers[i] = math.nan if number is None else number
        except UnreadableCellError as problem:
            numbers[i] = math.nan
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


def bounds_of(rows: Observations, catalogue: Catalogue) -> tuple[FloatArray, FloatArray]:
    """Lower and upper bound of each series, infinite where open."""
    bounds = [
        checked_bounds(entry.name, entry.bounds)
        for entry in (catalogue.indicator(name) for name in rows.indicator)
    ]
    lower = np.array([-np.inf if low is None else low for low, _ in bounds], dtype=float)
    upper = np.array([np.inf if high is None else high for _, high in bounds], dtype=float)
    return lower[rows.of_indicator], upper[rows.of_indicator]


def declared_whole(rows: Observations, catalogue: Catalogue) -> SmallArray:
    """1 for each series declared to be whole numbers, 0 for one declared not to be, -1 for others."""
    declared = [catalogue.indicator(name).whole for name in rows.indicator]
    return np.array([-1 if each is None else each for each in declared], dtype=np.int8)[rows.of_indicator]
