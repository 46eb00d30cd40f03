"""From a long DataFrame to packed series; what is wrong with one is said of that one only."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forecast.errors import ReadError, must_be
from forecast.history.batch import SeriesBatch, name_of
from forecast.history.catalogue import Catalogue
from forecast.history.columns import our_names, wrong_columns
from forecast.history.observations import Observations, bounds_of, declared_whole, observations, settled
from forecast.history.refusals import problems
from forecast.language.message import Message

# Problems that are of one year, and so name it.
_OF_A_YEAR = (
    "not_a_number", "not_finite", "not_a_size", "not_a_class", "out_of_bounds", "unknown_status",
    "unknown_break",
)  # fmt: skip


def pack(frame: pd.DataFrame, catalogue: Catalogue) -> SeriesBatch:
    """Series of a long frame.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of ``area, indicator, year, value, unit, status, break``, or of ``unique_id, ds, y``.
    catalogue : Catalogue
        Units and bounds of indicators.

    Raises
    ------
    ReadError
        If a column is missing, or nearly one that is known: then nothing can be read. Anything else
        is a problem of its series.
    """
    must_be(pd.DataFrame, frame, who="frame", instead="Give a table with one observation a row.")
    ours = named(frame)
    rows = observations(ours, catalogue)
    if rows.refused["value"]:
        # Cells that programs do not write so: their column may tell how they are meant.
        rows = observations(settled(ours)[0], catalogue)
    return _packed(rows, catalogue, _by_series(rows, catalogue))


def named(frame: pd.DataFrame) -> pd.DataFrame:
    """Frame under the names this library uses.

    Raises
    ------
    ReadError
        If a column is missing, stands twice, or is nearly one that is known.
    """
    names = our_names(frame.columns)
    wrong = wrong_columns(names)
    if wrong:
        raise ReadError("DataFrame", wrong)
    return frame.set_axis(names, axis=1)


def _by_series(rows: Observations, catalogue: Catalogue) -> dict[int, str]:
    """What is wrong, by series: the first thing found of each."""
    found: dict[int, str] = {}
    for i, problem in problems(rows, catalogue, lambda _: None):
        s = int(rows.series[i])
        if s not in found:
            found[s] = _of_series(rows, s, problem, int(rows.year[i]))
    seen = np.bincount(rows.series, weights=np.isfinite(rows.value), minlength=len(rows.of_area))
    for s in np.flatnonzero(seen == 0).tolist():
        found.setdefault(s, _of_series(rows, s, Message("no_values"), -1))
    return found


def _of_series(rows: Observations, s: int, problem: Message, year: int) -> Message:
    name = name_of(*rows.name(s)).strip()
    if not name:
        return problem
    place = Message("series", name=name)
    if year >= 0 and problem.key in _OF_A_YEAR:
        place = Message("series_in", name=name, year=year)
    return Message("at", place=place, problem=problem)


def _packed(rows: Observations, catalogue: Catalogue, problems: dict[int, str]) -> SeriesBatch:
    """Put the observations one after the other, those of a series with a problem left out."""
    series = len(rows.of_area)
    sound = np.ones(series, dtype=bool)
    sound[list(problems)] = False
    seen = np.isfinite(rows.value) & sound[rows.series]
    broken = rows.new_level & sound[rows.series]
    known = np.array([catalogue.indicator(name).unit for name in rows.indicator], dtype=object)[
        rows.of_indicator
    ]
    own = rows.units()
    return SeriesBatch(
        area=rows.area[rows.of_area],
        indicator=rows.indicator[rows.of_indicator],
        unit=np.where(own == "", known, own),
        bounds=np.column_stack(bounds_of(rows, catalogue)),
        start=np.searchsorted(rows.series[seen], np.arange(series + 1)),
        years=rows.year[seen],
        values=rows.value[seen],
        status=rows.status[seen],
        break_start=np.searchsorted(rows.series[broken], np.arange(series + 1)),
        breaks=rows.year[broken],
        problems=problems,
        whole=declared_whole(rows, catalogue),
    )
