"""A history: what one indicator was in one area, at most one value a year.

Gaps are allowed and never filled; the order of the input is free. Everything about a single
observation (its status, its source, a note) stays beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from typing import SupportsFloat, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.arrays import FloatArray, IntArray
from forecast.errors import HistoryError
from forecast.history.catalogue import Bounds, checked_bounds, interval_text
from forecast.history.entries import FIRST_YEAR as FIRST_YEAR
from forecast.history.entries import LAST_YEAR as LAST_YEAR
from forecast.history.entries import asked_year, finite_values, read_only, whole_years
from forecast.history.published import published_decimals
from forecast.language.clean_text import clean_text
from forecast.language.message import Message

STATUSES = ("final", "provisional", "derived", "proxy")


@dataclass(frozen=True, eq=False)
class History:
    """One indicator in one area, at most one observation a year.

    Build one with :meth:`of` or :meth:`from_series`; change one with ``dataclasses.replace``.

    Parameters
    ----------
    indicator : str
        The indicator's name.
    years, values : ndarray, shape (n,)
        Observed years, ascending, and the values in *unit*. Read-only.
    unit, area : str
        The unit of the values, and the place.
    bounds : tuple of (float or None, float or None)
        Values the indicator cannot leave; ``None`` for an open side.
    status : tuple of str, length n
        ``final``, ``provisional``, ``derived`` or ``proxy``, one for each observation.
    sources, notes : tuple of str, length n
        Where each figure comes from, and what is doubtful about it.
    breaks : tuple of int
        Years in which a new level, definition or census base starts.
    whole : bool, optional
        Whether it is counted in whole numbers; by default its figures decide (see ``whole_numbers``).

    Raises
    ------
    HistoryError
        For no observation, unequal lengths, a fractional, repeated or impossible year, a value
        that is not a finite number of ordinary size or lies outside the bounds, or an unknown status.

    Examples
    --------
    >>> h = History.of("urbanization_rate", [2012, 2010, 2011], [53.7, 53.3, 53.4], unit="%")
    >>> h.last_year, h.last_value, h.gaps
    (2012, 53.7, ())
    """

    indicator: str
    years: IntArray
    values: FloatArray
    unit: str = ""
    area: str = ""
    bounds: Bounds = (None, None)
    status: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    breaks: tuple[int, ...] = ()
    whole: bool | None = None

    def __post_init__(self) -> None:
        """Check every field, put the years in order, copy the arrays and freeze them."""
        years = whole_years(self.indicator, self.years)
        values = finite_values(self.indicator, years, self.values)
        if len(years) != len(values):
            raise HistoryError(
                Message("years_for_values", indicator=self.indicator, years=len(years), values=len(values))
            )
        if not len(years):
            raise HistoryError(Message("no_observation", indicator=self.indicator))
        order = np.argsort(years, kind="stable")
        for name in ("indicator", "area", "unit"):
            object.__setattr__(self, name, clean_text(getattr(self, name)))
        object.__setattr__(self, "years", read_only(years[order]))
        object.__setattr__(self, "values", read_only(values[order]))
        for name, default in (("status", "final"), ("sources", ""), ("notes", "")):
            texts = self._texts(name, default, len(years))
            clean = {text: clean_text(text) for text in set(texts)}
            object.__setattr__(self, name, tuple(clean[texts[i]] for i in order))
        breaks = whole_years(self.indicator, self.breaks)
        object.__setattr__(self, "breaks", tuple(sorted(set(breaks.tolist()))))
        object.__setattr__(self, "bounds", checked_bounds(self.indicator, self.bounds))
        self._check_years_differ()
        self._check_inside_bounds()
        self._check_status()

    @classmethod
    def of(
        cls,
        indicator: str,
        years: Iterable[object] | None = None,
        values: Iterable[SupportsFloat] | None = None,
        *,
        unit: str = "",
        area: str = "",
        bounds: Bounds = (None, None),
        whole: bool | None = None,
    ) -> History:
        """Build a history from years and values in any order; a missing year is left out.

        Years are whole numbers, text such as "2020", dates or yearly periods. A pandas Series indexed by
        such years, or a mapping of years to values, stands for both.

        Examples
        --------
        >>> History.of("forest_cover", [2001, 2011, 2021], [42.5, 43.8, 45.2], unit="%").gaps[:2]
        (2002, 2003)
        """
        if isinstance(indicator, pd.Series):
            return cls.from_series(indicator, unit=unit, area=area, bounds=bounds, whole=whole)
        if isinstance(years, Mapping) and values is None:
            values = [*years.values()]
        if years is None or values is None:
            if not isinstance(years, pd.Series):
                raise HistoryError(Message("years_and_values", indicator=indicator))
            return cls.from_series(years, indicator, unit=unit, area=area, bounds=bounds, whole=whole)
        # The checks in __post_init__ read any sequence, and can then name the one element that is wrong.
        return cls(
            indicator, cast(IntArray, years), cast(FloatArray, values), unit, area, bounds, whole=whole
        )

    @classmethod
    def from_series(
        cls,
        series: pd.Series[float],
        indicator: str | None = None,
        *,
        unit: str = "",
        area: str = "",
        bounds: Bounds = (None, None),
        whole: bool | None = None,
    ) -> History:
        """Build a history from a pandas Series indexed by year; NaN is a missing year.

        Parameters
        ----------
        series : pandas.Series
            Index: years, dates or yearly periods. Values: numbers in *unit*.
        indicator : str, optional
            Defaults to the name of the series.
        unit, area, bounds, whole
            As in :meth:`of` and the class.

        Examples
        --------
        >>> s = pd.Series([1.0, None, 3.0], index=[2019, 2020, 2021], name="pm25")
        >>> History.from_series(s).years.tolist()
        [2019, 2021]
        """
        if not isinstance(series, pd.Series):
            raise HistoryError(Message("series_wanted", kind=type(series).__name__))
        name = indicator or (str(series.name) if series.name is not None else "")
        if not name:
            raise HistoryError(Message("series_without_name"))
        known = series.dropna()
        return cls.of(
            name, list(known.index), known.to_numpy(), unit=unit, area=area, bounds=bounds, whole=whole
        )

    def to_series(self) -> pd.Series[float]:
        """Observations as a pandas Series indexed by year.

        Examples
        --------
        >>> History.of("x", [2020, 2021], [1.0, 2.0]).to_series().to_dict()
        {2020: 1.0, 2021: 2.0}
        """
        return pd.Series(
            self.values.copy(), index=pd.Index(self.years.copy(), name="year"), name=self.indicator
        )

    def __len__(self) -> int:
        """Number of observations."""
        return len(self.years)

    def __repr__(self) -> str:
        where = f" in {self.area}" if self.area else ""
        unit = f" {self.unit}" if self.unit else ""
        span = f"{self.first_year}-{self.last_year}"
        return f"<History {self.indicator}{where}: {len(self)} of {span}, last {self.last_value:g}{unit}>"

    def _repr_html_(self) -> str:
        """Small table for a notebook."""
        rows = "".join(
            f"<tr><td>{year}</td><td style='text-align:right'>{value:g}</td><td>{escape(status)}</td></tr>"
            for year, value, status in zip(self.years, self.values, self.status, strict=True)
        )
        head = f"<tr><th>year</th><th>{escape(self.unit)}</th><th></th></tr>"
        return f"<table><caption>{escape(self.name)}</caption>{head}{rows}</table>"

    @property
    def key(self) -> tuple[str, str]:
        """``(area, indicator)``."""
        return (self.area, self.indicator)

    @property
    def name(self) -> str:
        """What messages call it: the indicator, with its area where it has one."""
        return f"{self.indicator} ({self.area})" if self.area else self.indicator

    @property
    def first_year(self) -> int:
        """First observed year."""
        return int(self.years[0])

    @property
    def last_year(self) -> int:
        """Last observed year."""
        return int(self.years[-1])

    @property
    def last_value(self) -> float:
        """Last observed value, in the indicator's unit."""
        return float(self.values[-1])

    @property
    def gaps(self) -> tuple[int, ...]:
        """Years without a value between the first and the last."""
        return tuple(sorted(set(range(self.first_year, self.last_year + 1)) - set(self.years.tolist())))

    @cached_property
    def decimals(self) -> int:
        """Number of decimals the values are published with; small rates have more than six.

        Examples
        --------
        >>> History.of("x", [2020, 2021], [96.2, 97.0]).decimals
        1
        """
        return int(published_decimals(self.values[None])[0])

    def value_in(self, year: int) -> float | None:
        """Value observed in *year*, or None."""
        at = np.searchsorted(self.years, year)
        return float(self.values[at]) if at < len(self) and self.years[at] == year else None

    def steps_to(self, year: int) -> int:
        """How many years *year* lies after the last observation.

        The only place where a horizon is counted.

        Raises
        ------
        HistoryError
            If *year* is not after the last observation.
        """
        steps = asked_year(self.name, year) - self.last_year
        if steps < 1:
            raise HistoryError(
                Message(
                    "not_after_last",
                    name=self.name,
                    year=year,
                    last_year=self.last_year,
                    next=self.last_year + 1,
                    before=year - 1,
                )
            )
        return steps

    def until(self, year: int) -> History:
        """History as it stood at the end of *year*: later values and breaks left out.

        Raises
        ------
        HistoryError
            If nothing was observed by then.
        """
        year = asked_year(self.name, year)
        keep = self.years <= year
        if not keep.any():
            raise HistoryError(
                Message("nothing_observed_by", name=self.name, year=year, first_year=self.first_year)
            )
        return replace(self._only(keep), breaks=tuple(b for b in self.breaks if b <= year))

    def without(self, year: int) -> History:
        """History without its observation of *year*."""
        return self._only(self.years != year)

    def on_grid(self) -> FloatArray:
        """Values for every year from the first to the last, NaN where none was observed.

        Returns
        -------
        ndarray, shape (last_year - first_year + 1,)
        """
        grid = np.full(self.last_year - self.first_year + 1, np.nan)
        grid[self.years - self.first_year] = self.values
        return grid

    def _only(self, keep: npt.NDArray[np.bool_]) -> History:
        at = np.flatnonzero(keep)
        status, sources, notes = (
            tuple(each[i] for i in at) for each in (self.status, self.sources, self.notes)
        )
        return replace(
            self,
            years=self.years[keep],
            values=self.values[keep],
            status=status,
            sources=sources,
            notes=notes,
        )

    def _texts(self, name: str, default: str, n: int) -> tuple[str, ...]:
        texts = tuple(getattr(self, name)) or (default,) * n
        if len(texts) != n:
            raise HistoryError(
                Message(
                    "entries_for_observations",
                    indicator=self.indicator,
                    n=len(texts),
                    column=name,
                    observations=n,
                )
            )
        return texts

    def _check_years_differ(self) -> None:
        repeated = sorted({int(y) for y in self.years[1:][np.diff(self.years) == 0]})
        if repeated:
            raise HistoryError(Message("values_of_one_year", name=self.name, years=repeated))

    def _check_inside_bounds(self) -> None:
        lower, upper = self.bounds
        outside = np.zeros(len(self), dtype=bool)
        if lower is not None:
            outside |= self.values < lower
        if upper is not None:
            outside |= self.values > upper
        if outside.any():
            year, value = int(self.years[outside][0]), float(self.values[outside][0])
            raise HistoryError(
                Message(
                    "value_outside_bounds",
                    name=self.name,
                    value=value,
                    year=year,
                    bounds=interval_text(self.bounds),
                )
            )

    def _check_status(self) -> None:
        for year, status in zip(self.years, self.status, strict=True):
            if status not in STATUSES:
                raise HistoryError(
                    Message(
                        "status_unknown", name=self.name, status=status, year=year, known=", ".join(STATUSES)
                    )
                )
