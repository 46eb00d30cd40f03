"""Long frames of Nixtla's libraries: ``unique_id, ds, y``, and forecasts with ``-lo-80``, ``-hi-80``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from forecast.errors import ForecastError
from forecast.history.catalogue import Bounds
from forecast.history.histories import Histories
from forecast.history.history import History
from forecast.language.message import Message
from forecast.models import DEFAULT
from forecast.models.base import Model

# How a name is made of area and indicator, and taken apart again.
BETWEEN = "/"
LEVELS = (80, 95)


def from_nixtla(
    frame: pd.DataFrame, *, unit: str = "", bounds: Bounds | Mapping[str, Bounds] = (None, None)
) -> Histories:
    """Histories of a long frame ``unique_id, ds, y``.

    Parameters
    ----------
    frame : pandas.DataFrame
        ``ds``: years, dates or yearly periods, one a year; rows without ``y`` are missing years. A
        ``unique_id`` with a slash is area and indicator, as :func:`to_nixtla` writes it.
    unit : str
        Of every series.
    bounds : tuple, or mapping of str to tuple
        Of every series, or by ``unique_id``; whoever is not named is open.

    Raises
    ------
    ForecastError
        If a column is missing.
    HistoryError
        If years of a series are not years, or one stands twice.

    Examples
    --------
    >>> frame = pd.DataFrame({"unique_id": "A/gdp", "ds": [2020, 2021], "y": [1.0, 2.0]})
    >>> from_nixtla(frame, unit="bn")["A", "gdp"]
    <History gdp in A: 2 of 2020-2021, last 2 bn>
    """
    missing = [name for name in ("unique_id", "ds", "y") if name not in frame.columns]
    if missing:
        got = ", ".join(map(str, frame.columns))
        raise ForecastError(Message("nixtla_column", missing=", ".join(missing), got=got))
    histories = []
    for name, rows in frame.groupby("unique_id", sort=False, observed=True):
        area, _, indicator = str(name).rpartition(BETWEEN)
        own = bounds.get(str(name), (None, None)) if isinstance(bounds, Mapping) else bounds
        series = pd.Series(rows["y"].to_numpy(), index=pd.Index(rows["ds"]))
        histories.append(History.from_series(series, indicator, unit=unit, area=area, bounds=own))
    return Histories(histories)


def to_nixtla(histories: Iterable[History] | History) -> pd.DataFrame:
    """Long frame ``unique_id, ds, y``; a missing year has no row.

    Parameters
    ----------
    histories : History, or iterable of History
        ``ds`` is the last day of each year; ``unique_id`` is ``area/indicator``, the indicator alone where
        a history has no area.

    Examples
    --------
    >>> to_nixtla(History.of("gdp", [2020, 2021], [1, 2], area="A")).astype(str).values.tolist()
    [['A/gdp', '2020-12-31', '1.0'], ['A/gdp', '2021-12-31', '2.0']]
    """
    given = _each(histories)
    return pd.DataFrame(
        {
            "unique_id": np.repeat([name_of(h) for h in given], [len(h) for h in given]),
            "ds": _ends([year for h in given for year in h.years]),
            "y": np.concatenate([h.values for h in given]) if given else np.empty(0),
        }
    )


def nixtla_forecast(
    histories: Iterable[History] | History,
    h: int,
    *,
    level: Sequence[int] = LEVELS,
    model: Model = DEFAULT,
    name: str = "",
) -> pd.DataFrame:
    """Forecasts of the next *h* years with intervals, named as statsforecast names them.

    Parameters
    ----------
    histories : History, or iterable of History
    h : int
        Years ahead, from each history's own last year.
    level : sequence of int
        Percents that central intervals hold.
    model : Model
    name : str
        What the columns begin with. Default: the model's class.

    Returns
    -------
    pandas.DataFrame
        ``unique_id, ds, NAME`` (the median), and ``NAME-lo-80``, ``NAME-hi-80`` for each level.

    Raises
    ------
    ForecastError
        For a horizon below one, or a level that is no percent.
    ModelError
        If a history is too short for the model.

    Examples
    --------
    >>> frame = nixtla_forecast(History.of("x", range(2015, 2023), [3, 4, 4, 5, 6, 6, 7, 8]), 2, level=[80])
    >>> frame.columns.tolist()[2:], frame["ds"].dt.year.tolist()
    (['StructuralMixture', 'StructuralMixture-lo-80', 'StructuralMixture-hi-80'], [2023, 2024])
    """
    if h < 1:
        raise ForecastError(Message("nixtla_horizon", got=h))
    if wrong := [each for each in level if not 1 <= each < 100]:
        raise ForecastError(Message("nixtla_level", got=wrong))
    given, title = _each(histories), name or type(model).__name__
    rows = []
    for history, fitted in zip(given, model.fit_all(given), strict=True):
        for year in range(history.last_year + 1, history.last_year + h + 1):
            outlook = fitted.predict(year)
            row: dict[str, object] = {"unique_id": name_of(history), "ds": year, title: outlook.median()}
            for each in sorted(level):
                low, high = outlook.interval(each / 100)
                row |= {f"{title}-lo-{each}": low, f"{title}-hi-{each}": high}
            rows.append(row)
    frame = pd.DataFrame(rows)
    return frame.assign(ds=_ends(frame["ds"])) if rows else frame


def name_of(history: History) -> str:
    """``unique_id`` of a history.

    Examples
    --------
    >>> name_of(History.of("gdp", [2020], [1.0]))
    'gdp'
    """
    return f"{history.area}{BETWEEN}{history.indicator}" if history.area else history.indicator


def _each(histories: Iterable[History] | History) -> list[History]:
    if isinstance(histories, History):
        return [histories]
    return list(histories.values() if isinstance(histories, Mapping) else histories)


def _ends(years: Iterable[int]) -> pd.DatetimeIndex:
    """Last day of each year."""
    return pd.DatetimeIndex([f"{year}-12-31" for year in years])
