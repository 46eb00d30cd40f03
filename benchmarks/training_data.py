"""Training questions for the default model: histories as users have them, futures that are known.

Public yearly series are ended early, cut short and thinned at random, so that two points, gaps
and ten-year horizons are learned rather than extrapolated.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.models.mixture.gating import SeriesPanel

FloatArray = npt.NDArray[np.float64]

# The longest history and horizon that are trained; longer ones are served all the same.
LONGEST, FURTHEST = 60, 10
# Chances: asked at a year before its last known one, cut to a few last points, thinned, bounds withheld.
# Most are asked earlier, so that the years just before the files end do not stand for all times: one
# year ahead of 54 % of the policy panel's histories is 2020.
EARLIER, CUT, THINNED, UNBOUNDED = 0.7, 0.5, 0.15, 0.4
# How many years earlier at most.
BACK = 20
# Of the cut ones: left with two points.
TWO_POINTS = 0.06
# Series that are all but perfectly interpolated teach false certainty (README of the data).
SMOOTH_SHARE, SMOOTH = 0.4, 1e-3

# Indicators of the policy panel that are shares from 0 to 100, and those that are positive.
SHARES = frozenset(
    {
        "agri_employment_pct",
        "agri_land_pct",
        "agri_share_gdp_pct",
        "gini",
        "gov_health_share_pct",
        "health_exp_pct_gdp",
        "industry_share_gdp_pct",
        "internet_users_pct",
        "long_term_unemployment_pct",
        "sanitation_basic_pct",
        "services_share_gdp_pct",
        "water_basic_pct",
    }
)
POSITIVE = frozenset(
    {
        "electricity_use_pc",
        "energy_per_gdp_kwh",
        "energy_use_kgoe_pc",
        "exports_pct_gdp",
        "gdp_const_usd",
        "gdp_pc_const_usd",
        "gdp_pc_ppp_const",
        "military_exp_pct_gdp",
        "water_withdrawal_pc",
    }
)


class KnownSeries(NamedTuple):
    """One public series on a yearly grid, NaN where nothing was observed."""

    name: str
    indicator: str
    past: FloatArray
    future: FloatArray
    bounds: tuple[float, float] = (-np.inf, np.inf)


class Questions(NamedTuple):
    """Histories as a panel, and what came after: (series, FURTHEST), NaN where unknown.

    ``unit`` is the mean yearly change of what was known before the history was cut and thinned.
    """

    panel: SeriesPanel
    future: FloatArray
    unit: FloatArray


def read_known(path: Path) -> list[KnownSeries]:
    """Read ``series_id, t or year, value, split``; interpolated series are left out.

    Where there is no ``series_id``, indicator and area stand for it. Bounds are the columns
    ``lower`` and ``upper`` of a file that has them, else those of :func:`bounds_of`.
    """
    frame = pd.read_csv(path, dtype={"area": str})
    year = "t" if "t" in frame else "year"
    if "series_id" not in frame:
        frame["series_id"] = frame["indicator"] + "|" + frame["area"]
    frame = frame.dropna(subset=["value"]).sort_values(["series_id", year], kind="stable")
    found = []
    for name, rows in frame.groupby("series_id", sort=True):
        at = rows[year].to_numpy(int)
        grid = np.full(at[-1] - at[0] + 1, np.nan)
        grid[at - at[0]] = rows["value"]
        past = (rows["split"] == "train").to_numpy()
        if past.sum() < 3 or _interpolated(rows["value"].to_numpy(float)[past]):
            continue
        end = at[past][-1] - at[0] + 1
        indicator = str(rows["indicator"].iloc[0]) if "indicator" in rows else ""
        bounds = _stated_bounds(rows) if "lower" in rows else bounds_of(indicator)
        found.append(KnownSeries(str(name), indicator, grid[:end], grid[end:], bounds))
    return found


def _stated_bounds(rows: pd.DataFrame) -> tuple[float, float]:
    lower, upper = float(rows["lower"].iloc[0]), float(rows["upper"].iloc[0])
    return (-np.inf if np.isnan(lower) else lower), (np.inf if np.isnan(upper) else upper)


def _interpolated(values: FloatArray) -> bool:
    """Say whether second differences are all but zero though the series moves, or it never moved."""
    change = np.diff(values)
    moves = (change[1:] != 0) | (change[:-1] != 0)
    if not moves.any():
        return True
    size, second = np.abs(change[change != 0]).mean(), np.abs(np.diff(change))[moves]
    return bool(np.median(second) < 0.01 * size or np.mean(second < SMOOTH * size) > SMOOTH_SHARE)


def bounds_of(indicator: str) -> tuple[float, float]:
    """Return the bounds an indicator has by its name, infinite where open."""
    if indicator in SHARES:
        return 0.0, 100.0
    if indicator == "hdi":
        return 0.0, 1.0
    return (0.0, np.inf) if indicator in POSITIVE else (-np.inf, np.inf)


def ask(series: list[KnownSeries], rng: np.random.Generator) -> Questions:
    """Make one question of each series, as users have them; see the chances above."""
    histories, futures, bounds, units = [], [], [], []
    for known in series:
        full, end = np.concatenate([known.past, known.future]), len(known.past)
        if rng.random() < EARLIER and end > 8:
            end = int(rng.integers(max(4, end - BACK), end))
        while np.isnan(full[end - 1]):
            end -= 1
        history = full[max(0, end - LONGEST) : end].copy()
        units.append(_mean_change(history))
        if rng.random() < CUT:
            keep = 2 if rng.random() < TWO_POINTS else int(rng.integers(3, 31))
            history = history[-keep:]
        if rng.random() < THINNED and len(history) > 4:
            gone = rng.random(len(history)) < rng.uniform(0.3, 0.9)
            gone[[-1, int(rng.integers(0, len(history) - 1))]] = False
            history[gone] = np.nan
        open_ended = rng.random() < UNBOUNDED
        histories.append(history)
        futures.append(full[end : end + FURTHEST])
        bounds.append((-np.inf, np.inf) if open_ended else known.bounds)
    return _moving(questions(histories, futures, np.array(bounds), np.array(units)))


def _mean_change(history: FloatArray) -> float:
    at = np.flatnonzero(np.isfinite(history))
    return float(np.abs(np.diff(history[at]) / np.diff(at)).mean()) if len(at) > 1 else 0.0


def questions(
    histories: list[FloatArray], futures: list[FloatArray], bounds: FloatArray, unit: FloatArray
) -> Questions:
    """Put histories and futures into arrays, histories to the right, futures to the left."""
    width = max(len(history) for history in histories)
    values = np.full((len(histories), width), np.nan)
    future = np.full((len(histories), FURTHEST), np.nan)
    for i, (history, after) in enumerate(zip(histories, futures, strict=True)):
        values[i, width - len(history) :] = history
        future[i, : len(after)] = after[:FURTHEST]
    restart = np.zeros(values.shape, dtype=bool)
    restart[np.arange(len(values)), np.isfinite(values).argmax(axis=1)] = True
    return Questions(SeriesPanel(values, restart, bounds[:, 0], bounds[:, 1]), future, unit)


def _moving(asked: Questions) -> Questions:
    """Leave out histories of one value or of one value repeated, and futures that repeat the last value.

    The chance that a value stays is learned apart (``train_stillness.py``): the mixture says what
    comes if it moves.
    """
    values = asked.panel.values
    seen = np.isfinite(values)
    future = np.where(asked.future == values[:, -1:], np.nan, asked.future)
    span = np.where(seen, values, -np.inf).max(axis=1) - np.where(seen, values, np.inf).min(axis=1)
    good = (seen.sum(axis=1) >= 2) & (span > 0) & np.isfinite(future).any(axis=1)
    return Questions(SeriesPanel(*(part[good] for part in asked.panel)), future[good], asked.unit[good])
