"""Many targets of one kind at once: what is asked, and what it comes to, as arrays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.target.limits import beyond, half_lines

# Takes positions of rows; gives the decimals with which their series are published.
Published = Callable[[IntArray], FloatArray]


@dataclass(frozen=True, eq=False)
class KindRows:
    """Rows of one kind and what is known of their series; every entry has shape (rows,).

    Parameters
    ----------
    value, lower, upper, decimals, base_year, stated_base : ndarray
        Of the kinds, NaN where one says nothing.
    direction : ndarray of int
    relative : ndarray of bool
    year : ndarray
        The target years.
    last, observed_base : ndarray
        The last value, and that of the base year, NaN where it was not observed.
    bounds : ndarray, shape (rows, 2)
    published : callable
        Takes positions of rows; gives the decimals of their series.
    """

    value: FloatArray
    lower: FloatArray
    upper: FloatArray
    decimals: FloatArray
    base_year: FloatArray
    stated_base: FloatArray
    direction: IntArray
    relative: BoolArray
    year: FloatArray
    last: FloatArray
    observed_base: FloatArray
    bounds: FloatArray
    published: Published

    @property
    def base(self) -> FloatArray:
        """Observed base value, else the stated one."""
        return np.where(np.isnan(self.observed_base), self.stated_base, self.observed_base)


@dataclass(frozen=True, eq=False)
class Solution:
    """What rows of one kind come to; shape (rows,).

    Parameters
    ----------
    threshold : ndarray
        NaN where no one value just meets it.
    lower, upper : ndarray
        The limits, both ends included.
    answerable : ndarray of bool
        Where false, the row is left to the single answer, which says what is wrong.
    rounded : ndarray of bool
        Whether rounding decides.
    looks_back : ndarray of bool
        Whether an outcome depends on what was known before its year.
    strict : ndarray of bool
        Whether standing still is not meeting it.
    """

    threshold: FloatArray
    lower: FloatArray
    upper: FloatArray
    answerable: BoolArray
    rounded: BoolArray
    looks_back: BoolArray
    strict: BoolArray

    @classmethod
    def none(cls, rows: int) -> Solution:
        """As many rows that nothing can answer."""
        nan, no = np.full(rows, np.nan), np.zeros(rows, dtype=bool)
        return cls(nan, nan.copy(), nan.copy(), no, no.copy(), no.copy(), no.copy())

    @classmethod
    def within(cls, threshold: FloatArray, lower: FloatArray, upper: FloatArray) -> Solution:
        """Limits that every row has, whatever was observed."""
        no = np.zeros(len(lower), dtype=bool)
        return cls(threshold, lower, upper, ~no, no, no, no)

    @classmethod
    def beyond(cls, threshold: FloatArray, direction: IntArray, answerable: BoolArray) -> Solution:
        """Half-lines from a threshold on, the threshold itself included."""
        half = half_lines(beyond(threshold, direction), direction)
        return replace(cls.within(threshold, *half), answerable=answerable)

    def put(self, rows: IntArray, other: Solution) -> None:
        """Write *other* into the given rows."""
        for name, column in vars(self).items():
            column[rows] = getattr(other, name)
