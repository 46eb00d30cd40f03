"""Learn the chance that a value stays: ``python benchmarks/train_stillness.py DATA [--left-out]``.

DATA is a CSV (may be gzipped) of ``indicator, area, year, value, lower, upper``. Every year of every
series but its first two is asked: is the value the same 1 to 10 years on? Logistic regression, each
indicator weighted by the root of its questions. At a bound the part of the outlook that moves has half
of its probability on the bound too, so there the chance is ``s + (1 - s) / 2`` and s is learned.

``--left-out`` prints how often what was said came true, with every fifth indicator, then every fifth
area, left out of the fit in turn. Writes ``forecast/models/mixture/stillness.json``; the same data
give the same file.
"""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import minimize
from scipy.special import expit

from forecast.models.mixture.gating import SeriesPanel
from forecast.models.mixture.stillness import FEATURES, Run

FloatArray = npt.NDArray[np.float64]

OUTPUT = Path(__file__).parent.parent / "forecast" / "models" / "mixture" / "stillness.json"
FURTHEST, PARTS = 10, 5
# A ridge so light that places of a few series are learned too: chosen by leaving indicators out.
RIDGE = 5e-7
# Eleven indicators end at an upper bound that was not repeated: what sets them apart is drawn towards
# what longer runs say. Without, those left out stayed 9 points more often than was said.
FEW, FEW_RIDGE = "single upper", 5e-5
# Of questions asked of values that were not repeated and are at no bound, one in so many is kept.
THINNED = 12
CLASSES = (0, 1, 2, 3, 5, 8, 12, 99)


class Asked(NamedTuple):
    """Questions: features, those of log h, whether it came true, weights, and what they are about."""

    features: FloatArray
    by_year: FloatArray
    same: FloatArray
    weight: FloatArray
    about: pd.DataFrame

    @property
    def design(self) -> FloatArray:
        """Return all that has a coefficient, log h times its features last."""
        return np.column_stack([self.features, self.by_year])

    def at(self, rows: npt.NDArray[np.bool_]) -> Asked:
        """Return the chosen rows."""
        return Asked(*(entry[rows] for entry in self))


def ask(frame: pd.DataFrame) -> Asked:
    """Ask every year of every series."""
    rng = np.random.default_rng(0)
    features, by_year, rows = [], [], []
    for (indicator, area), part in frame.groupby(["indicator", "area"], sort=True):
        years, values = part["year"].to_numpy(int), part["value"].to_numpy(float)
        if len(values) < 3:
            continue
        panel, origins = as_of_every_year(years, values, part["lower"].iloc[0], part["upper"].iloc[0])
        run = Run.of(panel)
        own, fades = run.features(), run.year_features()
        for i, end in enumerate(origins):
            ahead = years[end:] - years[end - 1]
            keep = (ahead <= FURTHEST) & (bool(run.may_stay()[i]) | (rng.random(len(ahead)) < 1 / THINNED))
            for h, value in zip(ahead[keep], values[end:][keep], strict=True):
                features.append(own[i])
                by_year.append(np.log(h) * fades[i])
                place = "upper" if run.upper[i] else "lower" if run.lower[i] else "inside"
                same = value == values[end - 1]
                often = 1 if run.may_stay()[i] else THINNED
                rows.append((indicator, area, place, run.length[i], h, same, often))
    about = pd.DataFrame(rows, columns=["indicator", "area", "place", "run", "h", "same", "often"])
    questions = about.groupby("indicator")["often"].transform("sum")
    weight = (about["often"] / np.sqrt(questions)).to_numpy(float)
    same = about["same"].to_numpy(float)
    return Asked(np.array(features), np.array(by_year), same, weight / weight.sum(), about)


def as_of_every_year(
    years: npt.NDArray[np.int_], values: FloatArray, lower: float, upper: float
) -> tuple[SeriesPanel, range]:
    """Return a series as known after its second, third ... value, one a row, each to the right."""
    origins = range(2, len(values))
    grid = np.full((len(origins), years[-1] - years[0] + 1), np.nan)
    for i, end in enumerate(origins):
        grid[i, grid.shape[1] - 1 - (years[end - 1] - years[:end])] = values[:end]
    restart = np.zeros(grid.shape, dtype=bool)
    bounds = np.array([lower, upper], dtype=float)
    lower, upper = np.where(np.isnan(bounds), [-np.inf, np.inf], bounds)
    return SeriesPanel(grid, restart, np.full(len(grid), lower), np.full(len(grid), upper)), origins


def fit(asked: Asked) -> FloatArray:
    """Return coefficients of the design: maximum likelihood with a light ridge."""
    x, y, w = asked.design, asked.same, asked.weight / asked.weight.sum()
    half = np.where(asked.about["place"] == "inside", 0.0, 0.5)
    penalty = np.full(x.shape[1], RIDGE)
    penalty[[0, FEATURES.index(FEW)]] = 0.0, FEW_RIDGE

    def loss(b: FloatArray) -> tuple[float, FloatArray]:
        s = expit(x @ b)
        p = np.clip(half + (1 - half) * s, 1e-12, 1 - 1e-12)
        slope = (p - y) / (p * (1 - p)) * (1 - half) * s * (1 - s)
        value = -(w @ (y * np.log(p) + (1 - y) * np.log(1 - p)))
        return float(value + penalty @ b**2), x.T @ (w * slope) + 2 * penalty * b

    return np.asarray(minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B",
                               options={"maxiter": 500}).x)  # fmt: skip


def said(asked: Asked, coefficients: FloatArray) -> FloatArray:
    """Return the probability of the same value, the half of the rest that a bound holds included."""
    s = expit(asked.design @ coefficients)
    return np.where(asked.about["place"] == "inside", s, s + (1 - s) / 2)


def left_out(asked: Asked, by: str) -> pd.DataFrame:
    """Return what was said and what came true up to five years on, by place and run, left out by *by*."""
    names = np.array(sorted(asked.about[by].unique()))
    part = dict(zip(names, np.random.default_rng(1).permutation(len(names)) % PARTS, strict=True))
    of = asked.about[by].map(part).to_numpy()
    stated = np.empty(len(of))
    for i in range(PARTS):
        stated[of == i] = said(asked.at(of == i), fit(asked.at(of != i)))
    near = (asked.about["h"] <= 5).to_numpy()
    about = asked.about[near].assign(
        said=stated[near] * asked.weight[near], came=asked.same[near] * asked.weight[near],
        weight=asked.weight[near], run=pd.cut(asked.about["run"][near], CLASSES).astype(str),
    )  # fmt: skip
    sums = about.groupby(["place", "run"])[["said", "came", "weight"]].sum()
    table = sums[["said", "came"]].div(sums["weight"], axis=0)
    table.insert(0, "questions", about.groupby(["place", "run"]).size())
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, help="a CSV of series with their bounds")
    parser.add_argument("--left-out", action="store_true", help="judge on indicators and areas left out")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    frame = pd.read_csv(options.data, dtype={"area": str}).dropna(subset=["value"])
    asked = ask(frame.sort_values(["indicator", "area", "year"], kind="stable"))
    if options.left_out:
        for by in ("indicator", "area"):
            print(f"left out by {by}\n{left_out(asked, by).round(3).to_string()}", flush=True)
    found = [round(float(x), 3) for x in fit(asked)]
    made = {
        "command": f"python benchmarks/train_stillness.py {options.data.name}",
        "data": [options.data.name],
        "date": date.today().isoformat(),
        "indicators": int(asked.about["indicator"].nunique()),
        "areas": int(asked.about["area"].nunique()),
        "questions": len(asked.about),
    }
    lines = [
        '"made": ' + json.dumps(made),
        '"features": ' + json.dumps(FEATURES),
        '"coefficients": ' + json.dumps(found[: len(FEATURES)]),
        '"by_log_year": ' + json.dumps(found[len(FEATURES) :]),
    ]
    options.output.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
