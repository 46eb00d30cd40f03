"""Quantiles of the usual engines: ``python benchmarks/peers.py SERIES.csv OUTPUT.csv.gz LEVELS``.

Runs in an environment of its own (``make bench``), because statsforecast needs pandas below 3.
SERIES has ``set, series_id, t, value, split``; LEVELS are comma-separated. OUTPUT has one row for
each set, series, model and year ahead: the quantiles, and milliseconds for the series.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
from statsforecast.models import AutoARIMA, AutoCES, AutoETS, DynamicOptimizedTheta, RandomWalkWithDrift

MODELS: dict[str, Callable[[], object]] = {
    "AutoETS": lambda: AutoETS(season_length=1),
    "AutoARIMA": lambda: AutoARIMA(season_length=1),
    "DynamicOptimizedTheta": lambda: DynamicOptimizedTheta(season_length=1),
    "AutoCES": lambda: AutoCES(season_length=1),
    "Drift (statsforecast)": RandomWalkWithDrift,
}
# The mean of their quantiles, level by level.
ENSEMBLE = "mean of five"


def quantiles(model: object, values: np.ndarray, horizon: int, levels: np.ndarray) -> np.ndarray:
    """Return quantiles, shape (horizon, levels), from the model's central intervals."""
    sides = sorted({round(abs(200 * p - 100), 6) for p in levels} - {0.0})
    found = model.forecast(y=values, h=horizon, level=sides)  # type: ignore[attr-defined]
    columns = []
    for p in levels:
        side = round(abs(200 * p - 100), 6)
        if side == 0:
            columns.append(found["mean"])
            continue
        kind = "lo" if p < 0.5 else "hi"
        key = next(k for k in found if k.startswith(kind) and abs(float(k.split("-")[1]) - side) < 1e-6)
        columns.append(found[key])
    return np.column_stack(columns)


def answers(values: np.ndarray, horizon: int, levels: np.ndarray) -> dict[str, tuple[np.ndarray, float]]:
    """Return each model's quantiles and its milliseconds; a walk stands in where a model fails."""
    found = {}
    for name, make in MODELS.items():
        begin = time.perf_counter()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                table = quantiles(make(), values, horizon, levels)
            if not np.isfinite(table).all():
                raise ValueError("not finite")
        except Exception:
            table = _walk(values, horizon, levels)
        found[name] = (table, 1000 * (time.perf_counter() - begin))
    tables = [table for table, _ in found.values()]
    found[ENSEMBLE] = (np.mean(tables, axis=0), sum(ms for _, ms in found.values()))
    return found


def _walk(values: np.ndarray, horizon: int, levels: np.ndarray) -> np.ndarray:
    """Return the quantiles of a random walk, so that a failed fit is scored, not left out."""
    from scipy.stats import norm

    step = float(np.sqrt(np.mean(np.diff(values) ** 2)))
    spread = step * np.sqrt(np.arange(1, horizon + 1))
    return values[-1] + spread[:, None] * norm.ppf(levels)


def main() -> None:
    source, output, given = sys.argv[1:4]
    levels = np.array([float(x) for x in given.split(",")])
    frame = pd.read_csv(source, dtype={"series_id": str})
    names = [f"q{p:.4f}" for p in levels]
    warm = np.arange(12.0) + np.sin(np.arange(12.0))
    answers(warm, 2, levels)  # compiles, so that no series pays for it
    rows = []
    for (data_set, series_id), part in frame.groupby(["set", "series_id"], sort=False):
        past = part.loc[part["split"] == "train", "value"].to_numpy(float)
        horizon = int((part["split"] == "test").sum())
        for model, (table, ms) in answers(past, horizon, levels).items():
            for h, line in enumerate(table, start=1):
                rows.append((data_set, series_id, model, h, ms, *line))
    pd.DataFrame(rows, columns=["set", "series_id", "model", "h", "ms", *names]).to_csv(output, index=False)


if __name__ == "__main__":
    main()
