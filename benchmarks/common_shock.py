"""Measure how much areas share their yearly surprises, and how far to trust a short record of it.

    python benchmarks/common_shock.py PANEL.csv

PANEL has the columns indicator, geo, year, value. For random groups of 3-12 areas and 6-15 years, the
correlation estimated there is compared with that of the same areas in all other years. Prints the
mean correlation and the squared error for each prior; forecast/assessment/joint.py uses the best of them.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
from scipy.special import ndtri
from scipy.stats import rankdata

GROUPS = 60


def correlation(changes: np.ndarray) -> float:
    """Return the mean correlation of all pairs of rows, on normal scores of ranks."""
    scores = ndtri((rankdata(changes, axis=1) - 0.5) / changes.shape[1])
    scores = (scores - scores.mean(axis=1, keepdims=True)) / scores.std(axis=1, keepdims=True)
    k, n = scores.shape
    total = scores.sum(axis=0)
    return float((total @ total / n - k) / (k * (k - 1)))


def complete(panel: pd.DataFrame) -> np.ndarray:
    """Return the yearly changes of the areas that have every year, shape (areas, years)."""
    wide = panel.pivot_table(index="geo", columns="year", values="value").sort_index(axis=1)
    wide = wide.dropna(axis=1, thresh=int(0.8 * len(wide))).dropna()
    changes = np.diff(wide.to_numpy(), axis=1)
    return changes[(changes != 0).mean(axis=1) > 0.8] if changes.shape[1] > 22 else changes[:0]


def main(path: str) -> None:
    """Print the table."""
    rng = np.random.default_rng(1)
    found, indicators = [], []
    for _, panel in pd.read_csv(path).groupby("indicator"):
        changes = complete(panel)
        if len(changes) < 20:
            continue
        indicators.append(correlation(changes))
        for _ in range(GROUPS):
            areas = rng.choice(len(changes), int(rng.integers(3, 13)), replace=False)
            n = int(rng.integers(6, 16))
            start = int(rng.integers(0, changes.shape[1] - n + 1))
            other = np.r_[0:start, start + n : changes.shape[1]]
            if len(other) >= 10:
                here = correlation(changes[areas][:, start : start + n])
                found.append((n - 2, here, correlation(changes[areas][:, other])))
    weight, here, other = np.array(found).T
    print(f"{len(indicators)} indicators, mean correlation {np.mean(indicators):.3f}; {len(found)} groups")
    print("prior  weight  squared error")
    for prior in (0.0, 0.05, 0.1, 0.15, 0.2, 0.3):
        for years in (0, 5, 10, 20, 40, 80):
            pooled = np.maximum((weight * here + years * prior) / (weight + years), 0.0)
            print(f"{prior:5.2f}  {years:6d}  {np.mean((pooled - other) ** 2):.5f}")


if __name__ == "__main__":
    main(sys.argv[1])
