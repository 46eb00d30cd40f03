"""A panel target by target: how many areas are on track, and how many may be expected to meet it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy.special import ndtr

from forecast.arrays import FloatArray, IntArray
from forecast.assessment.joint import PRIOR_CORRELATION, SHOCK_WEIGHTS, given_shock
from forecast.assessment.progress import RATINGS
from forecast.distribution.quantile_search import quantile_search
from forecast.errors import ForecastError
from forecast.evaluation.scores import LEVEL
from forecast.language.message import Message

# What an overview is made from.
COLUMNS = ("id", "indicator", "target", "target_year", "probability", "rating")


def overview(
    table: pd.DataFrame | Iterable[pd.DataFrame], *, correlation: float = PRIOR_CORRELATION
) -> pd.DataFrame:
    """One row for each target: areas by rating, and how many may be expected to meet it.

    The expected number needs no assumption about how the areas hang together; its interval and the
    probability of all areas do: as in :func:`forecast.joint_probability`, a common shock moves them
    all, with the *correlation* stated. How many meet it, given the shock, is taken as normal.

    Parameters
    ----------
    table : pandas.DataFrame, or an iterable of them
        Of :func:`assess_frame`, :func:`assess_file` or :func:`assess_dask`; in pieces where the whole
        would not fit into memory: what is kept of them does not grow with the areas. The chart of the
        same table is ``plot_heat(table.assign(target=table["indicator"]))``.
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
    if not 0 <= correlation < 1:
        raise ForecastError(Message("correlation_form", correlation=correlation))
    tallies: dict[tuple[str, str], _Tally] = {}
    for piece in [table] if isinstance(table, pd.DataFrame) else table:
        missing = [name for name in COLUMNS if name not in piece.columns]
        if missing:
            raise ForecastError(Message("overview_lacks", names=", ".join(missing)))
        asked = piece[piece["id"].fillna("") != ""]
        for key, part in asked.groupby(["id", "indicator"], sort=False):
            name, first = (str(key[0]), str(key[1])), part.iloc[0]
            if name not in tallies:
                tallies[name] = _Tally(*name, first["target"], first["target_year"])
            tallies[name].add(part, correlation)
    names = ("id", "indicator", "target", "target_year", "areas", *RATINGS, *_FIGURES)
    found = pd.DataFrame([tally.row() for tally in tallies.values()], columns=names)
    return found.sort_values("share_on_track", kind="stable", ignore_index=True)


_FIGURES = ("share_on_track", "expected", "low", "high", "all_areas")


@dataclass
class _Tally:
    """One target over the areas so far: sums that need no area's own figure again.

    Given the shock the areas are independent, so the mean and variance of the number that meet it are
    sums over them, and the probability of all is a product; each at every node of the shock.
    """

    id: str
    indicator: str
    target: float
    year: int
    areas: int = 0
    answered: int = 0
    expected: float = 0.0
    ratings: dict[str, int] = field(default_factory=lambda: dict.fromkeys(RATINGS, 0))
    mean: FloatArray = field(default_factory=lambda: np.zeros(len(SHOCK_WEIGHTS)))
    variance: FloatArray = field(default_factory=lambda: np.zeros(len(SHOCK_WEIGHTS)))
    everyone: FloatArray = field(default_factory=lambda: np.ones(len(SHOCK_WEIGHTS)))

    def add(self, part: pd.DataFrame, correlation: float) -> None:
        """Count some areas more."""
        counts = part["rating"].value_counts()
        for name in RATINGS:
            self.ratings[name] += int(counts.get(name, 0))
        outcome = part["rating"].map({"met": 1.0, "missed": 0.0}).astype(float)
        each = np.asarray(part["probability"].astype(float).fillna(outcome).dropna(), dtype=np.float64)
        self.areas += len(part)
        if not len(each):
            return
        given = given_shock(each, correlation)
        self.answered += len(each)
        self.expected += float(each.sum())
        self.mean += given.sum(axis=1)
        self.variance += (given * (1 - given)).sum(axis=1)
        self.everyone *= np.prod(given, axis=1)

    def row(self) -> dict[str, object]:
        """The row of the overview."""
        on_track = self.ratings["met"] + self.ratings["on_track"]
        return {
            "id": self.id,
            "indicator": self.indicator,
            "target": self.target,
            "target_year": self.year,
            "areas": self.areas,
            **self.ratings,
            "share_on_track": on_track / self.answered if self.answered else np.nan,
            **self._expected(),
        }

    def _expected(self) -> dict[str, float]:
        """How many areas meet it: the mean, the ends of the central interval, and all of them."""
        if not self.answered:
            return dict.fromkeys(("expected", "low", "high", "all_areas"), np.nan)
        # Where every area's outcome is certain, so is their number.
        mean, spread = self.mean, np.maximum(np.sqrt(self.variance), 1e-9)
        levels = np.array([(1 - LEVEL) / 2, (1 + LEVEL) / 2])

        middle = float(SHOCK_WEIGHTS @ mean)
        unit = float(np.sqrt(1.0 + SHOCK_WEIGHTS @ (spread**2 + (mean - middle) ** 2)))

        def curve(u: FloatArray, rows: IntArray) -> tuple[FloatArray, FloatArray]:  # noqa: ARG001
            z = (middle + unit * u[..., None] - mean) / spread
            density = np.exp(-0.5 * z * z) / (np.sqrt(2 * np.pi) * spread)
            return np.asarray(ndtr(z) @ SHOCK_WEIGHTS), np.asarray(unit * density @ SHOCK_WEIGHTS)

        least, most = ((np.full((1, 2), end) - middle) / unit for end in (-0.5, self.answered + 0.5))
        found = middle + unit * quantile_search(curve, levels[None], 0.5 * (least + most), least, most)[0]
        low, high = np.clip(np.round(found), 0, self.answered)
        everyone = float(SHOCK_WEIGHTS @ self.everyone)
        return {"expected": self.expected, "low": low, "high": high, "all_areas": everyone}
