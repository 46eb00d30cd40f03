"""Years and values as they enter a history: whole years and ordinary numbers, or the first that is none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import SupportsFloat, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.arrays import FloatArray, IntArray
from forecast.errors import HistoryError
from forecast.history.catalogue import LARGEST, SMALLEST
from forecast.language.message import Message

_Kind = TypeVar("_Kind", bound=np.generic)

# Wide enough for any archive or outlook, narrow enough to catch 20211 or a date read as a number.
FIRST_YEAR, LAST_YEAR = 1000, 3000


def asked_year(name: str, year: object) -> int:
    """Year that an answer is asked for, or say what to ask with instead."""
    if isinstance(year, list | tuple | np.ndarray | pd.Series | range):
        raise HistoryError(Message("several_years_asked", name=name, years=list(map(_plain_number, year))))
    number = _number(_year_of(year))
    if number is None or number != np.floor(number):
        raise HistoryError(Message("year_asked_is_none", name=name, year=year))
    return int(number)


def whole_years(indicator: str, years: Iterable[object]) -> IntArray:
    """Years as integers, or name the first that is not a year."""
    if isinstance(years, np.ndarray) and years.dtype == np.int64 and _plain(years):
        return years
    if isinstance(years, str | bytes) or not isinstance(years, Iterable):
        raise HistoryError(Message("years_form", indicator=indicator, years=years))
    whole = []
    dated: dict[int, object] = {}
    for year in _items(years):
        number = _number(_year_of(year))
        if number is None or number != np.floor(number) or not FIRST_YEAR <= number <= LAST_YEAR:
            raise HistoryError(
                Message("year_is_none", indicator=indicator, year=year, first=FIRST_YEAR, last=LAST_YEAR)
            )
        whole.append(int(number))
        if isinstance(year, pd.Period | date | np.datetime64) and dated.setdefault(whole[-1], year) != year:
            first, second = (str(each)[:10] for each in (dated[whole[-1]], year))
            said = Message("within_year", year=whole[-1], first=first, second=second)
            raise HistoryError(Message("at", place=indicator, problem=said))
    return np.array(whole, dtype=np.int64)


def _plain_number(year: object) -> object:
    """Number as Python writes it, whatever holds it."""
    return year.item() if isinstance(year, np.generic) else year


def _year_of(year: object) -> object:
    """Year of a date or a period, and a year written as text as a number."""
    if isinstance(year, pd.Period):
        return year.year
    if isinstance(year, date) and not pd.isna(year):
        return year.year
    if isinstance(year, np.datetime64):
        return pd.Timestamp(year).year
    if isinstance(year, str) and year.strip().isdecimal() and len(year.strip()) == 4:
        return int(year)
    if isinstance(year, tuple) and len(year) > 1:
        raise HistoryError(Message("index_of_levels", year=year))
    return year


def finite_values(indicator: str, years: IntArray, values: Iterable[object]) -> FloatArray:
    """Values as floats, or name the first that is not an ordinary number, with its year."""
    if isinstance(values, np.ndarray) and values.dtype == np.float64 and _ordinary(values):
        return values
    numbers = []
    for i, value in enumerate(_items(values)):
        number, when = _number(value), Message("in_year", year=int(years[i])) if i < len(years) else ""
        if number is None:
            raise HistoryError(Message("value_not_finite", indicator=indicator, value=value, when=when))
        if number and not SMALLEST <= abs(number) <= LARGEST:
            raise HistoryError(Message("value_no_size", indicator=indicator, value=value, when=when))
        numbers.append(number)
    return np.array(numbers, dtype=np.float64)


def _ordinary(values: FloatArray) -> bool:
    size = np.abs(values)
    return bool(values.ndim == 1 and np.all((size == 0) | ((size >= SMALLEST) & (size <= LARGEST))))


def _plain(years: IntArray) -> bool:
    return bool(years.ndim == 1 and len(years) and years.min() >= FIRST_YEAR and years.max() <= LAST_YEAR)


def _items(numbers: Iterable[object]) -> list[object]:
    return list(numbers.tolist() if isinstance(numbers, np.ndarray) else numbers)


def _number(value: object) -> float | None:
    """*value* as a finite float, or None where it is not a number (text and booleans are not)."""
    if isinstance(value, bool | np.bool_ | str | bytes) or not isinstance(value, SupportsFloat):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):  # pandas.NA says no here
        return None
    return number if np.isfinite(number) else None


def read_only(array: npt.NDArray[_Kind]) -> npt.NDArray[_Kind]:
    """Copy of an array that cannot be written to."""
    copy = array.copy()
    copy.setflags(write=False)
    return copy
