"""A panel target by target: how many areas are on track, and how many may be expected to meet it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import ndtr

from forecast.arrays import FloatArray, IntArray
from forecast.assessment.joint import PRIOR_CORRELATION, SHOCK_WEIGHTS, given_shock
from forecast.assessment.progress import RATINGS
from forecast.distribution.quantile_search import quantile_search
from forecast.errors import ForecastError
from forecast.evaluation.scores import LEVEL

# What an overview is made from.
COLUMNS = ("id", "indicator", "target", "target_year", "probability", "rating")


def overview(table: pd.DataFrame, *, correlation: float = PRIOR_CORRELATION) -> pd.DataFrame:
    """Return one row for each target: areas by rating, and how many may be expected to meet it.

    The expected number needs no assumption about how the areas hang together; its interval and the
    probability of all areas do: as in :func:`forecast.joint_probability`, a common shock moves them
    all, with the *correlation* stated. How many meet it, given the shock, is taken as normal.

    Parameters
    ----------
    table : pandas.DataFrame
        Of :func:`assess_frame`, :func:`assess_file` or :func:`assess_dask`. The chart of the same
        table is ``plot_heat(table.assign(target=table["indicator"]))``.
    correlation : float
        Of the areas' yearly surprises, from 0 to below 1.

    Returns
    -------
    pandas.DataFrame
        ``id, indicator, target, target_year``; ``areas`` in all; one column for each rating;
        ``share_on_track``, the part of the areas with an answer that met it or are on track;
        ``expected`` areas that meet it, with ``low`` and ``high`` of the central 80 %; and
        ``all_areas``, the probability that all with an answer do. The least on track come first.

    Raises
    ------
    ForecastError
        For a table without these columns, or a correlation that is none.

    Examples
    --------
    >>> table = pd.DataFrame({"id": "1", "indicator": "x", "target": 5.0, "target_year": 2030,
    ...                       "probability": [0.9, 0.8, 0.2, None],
    ...                       "rating": ["on_track", "on_track", "limited_progress", "met"]})
    >>> found = overview(table, correlation=0.0).iloc[0]
    >>> print(found.areas, found.share_on_track, f"{found.expected:.1f} {found.all_areas:.3f}")
    4 0.75 2.9 0.144
    """
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise ForecastError(
            f"overview: the table lacks {', '.join(missing)}. Give the one that assess_frame returns."
        )
    if not 0 <= correlation < 1:
        raise ForecastError(f"overview: a correlation goes from 0 to below 1; got {correlation!r}.")
    asked = table[table["id"].fillna("") != ""]
    rows = [_row(part, correlation) for _, part in asked.groupby(["id", "indicator"], sort=False)]
    found = pd.DataFrame(
        rows, columns=["id", "indicator", "target", "target_year", "areas", *RATINGS, *_FIGURES]
    )
    return found.sort_values("share_on_track", kind="stable", ignore_index=True)


_FIGURES = ("share_on_track", "expected", "low", "high", "all_areas")


def _row(part: pd.DataFrame, correlation: float) -> dict[str, object]:
    counts = part["rating"].value_counts()
    ratings = {name: int(counts.get(name, 0)) for name in RATINGS}
    outcome = part["rating"].map({"met": 1.0, "missed": 0.0}).astype(float)
    each = part["probability"].astype(float).fillna(outcome).dropna().to_numpy(float)
    first = part.iloc[0]
    return {
        **{name: first[name] for name in ("id", "indicator", "target", "target_year")},
        "areas": len(part),
        **ratings,
        "share_on_track": (ratings["met"] + ratings["on_track"]) / len(each) if len(each) else np.nan,
        **_expected(np.asarray(each), correlation),
    }


def _expected(each: FloatArray, correlation: float) -> dict[str, float]:
    """Return how many areas meet it: the mean, the ends of the central interval, and all of them."""
    if not len(each):
        return dict.fromkeys(("expected", "low", "high", "all_areas"), np.nan)
    given = given_shock(each, correlation)
    mean = given.sum(axis=1)
    # Where every area's outcome is certain, so is their number.
    spread = np.maximum(np.sqrt((given * (1 - given)).sum(axis=1)), 1e-9)
    levels = np.array([(1 - LEVEL) / 2, (1 + LEVEL) / 2])

    middle = float(SHOCK_WEIGHTS @ mean)
    unit = float(np.sqrt(1.0 + SHOCK_WEIGHTS @ (spread**2 + (mean - middle) ** 2)))

    def curve(u: FloatArray, rows: IntArray) -> tuple[FloatArray, FloatArray]:  # noqa: ARG001
        z = (middle + unit * u[..., None] - mean) / spread
        density = np.exp(-0.5 * z * z) / (np.sqrt(2 * np.pi) * spread)
        return np.asarray(ndtr(z) @ SHOCK_WEIGHTS), np.asarray(unit * density @ SHOCK_WEIGHTS)

    low, high = ((np.full((1, 2), end) - middle) / unit for end in (-0.5, len(each) + 0.5))
    found = middle + unit * quantile_search(curve, levels[None], 0.5 * (low + high), low, high)[0]
    ends = np.clip(np.round(found), 0, len(each))
    everyone = float(SHOCK_WEIGHTS @ np.prod(given, axis=1))
    return {"expected": float(each.sum()), "low": ends[0], "high": ends[1], "all_areas": everyone}
