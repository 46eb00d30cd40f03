"""How good on the United Nations' SDG series, and on values that are held? ``python benchmarks/sdg.py DATA``.

DATA is a CSV (may be gzipped) of ``indicator, area, year, value, lower, upper, split``; bounds are used
as declared. Every series is forecast from the end of its training part. Two tables:

* scores by group (constant, ending at a bound, whole numbers, other), the median over indicators of
  their mean scores; constant series have no yearly change to scale by and stand in the second table alone;
* "at least the last value" and "exactly the last value": what was said and what came true, by place and
  by how often the value had been seen in a row.

The default model learned from one half of the countries: on that half this is no test, on the other it is.
Writes ``benchmarks/results/sdg-FILE.md``.
"""

from __future__ import annotations

import argparse
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
from accuracy import FOLDER, LEVELS

import forecast as fc
from forecast.distribution.distribution import Distribution

RUNS = (0, 1, 2, 3, 5, 8, 12, 99)
FIGURES = ["sCRPS", "MSIS", "MASE", "cover 95", "cover 80"]


def histories(path: Path) -> list[tuple[fc.History, dict[int, float]]]:
    """Return the past of each series with its bounds, and what came after by year."""
    frame = pd.read_csv(path, dtype={"area": str}).dropna(subset=["value"])
    found = []
    for (indicator, area), rows in frame.sort_values("year").groupby(["indicator", "area"], sort=True):
        past, after = rows[rows["split"] == "train"], rows[rows["split"] == "test"]
        if len(past) < 2 or not len(after):
            continue
        lower, upper = (
            None if pd.isna(rows[side].iloc[0]) else float(rows[side].iloc[0]) for side in ("lower", "upper")
        )
        history = fc.History.of(
            str(indicator), past["year"], past["value"], area=str(area), bounds=(lower, upper)
        )
        found.append((history, dict(zip(after["year"].tolist(), after["value"].tolist(), strict=True))))
    return found


def group_of(history: fc.History) -> str:
    """Return the group a series belongs to."""
    if np.ptp(history.values) == 0:
        return "constant"
    if history.last_value in history.bounds:
        return "at a bound"
    return "whole numbers" if np.all(history.values == np.round(history.values)) else "other"


def scores(history: fc.History, outlook: Distribution, observed: float) -> dict[str, float]:
    """Return the scores of one year, by the yearly change of the history."""
    unit = float(np.mean(np.abs(np.diff(history.values) / np.diff(history.years)))) or np.nan
    table = np.asarray(outlook.quantile(LEVELS))
    at = dict(zip(LEVELS.round(4).tolist(), table.tolist(), strict=True))
    loss = np.where(observed >= table, LEVELS * (observed - table), (1 - LEVELS) * (table - observed))
    share = np.gradient(LEVELS)
    low, high = at[0.025], at[0.975]
    outside = max(low - observed, 0.0) + max(observed - high, 0.0)
    return {
        "sCRPS": float(2 * (loss @ (share / share.sum())) / unit),
        "MSIS": (high - low + 40 * outside) / unit,
        "MASE": abs(observed - at[0.5]) / unit,
        "cover 95": float(low <= observed <= high),
        "cover 80": float(at[0.1] <= observed <= at[0.9]),
    }


def judged(path: Path, model: fc.Model) -> pd.DataFrame:
    """Return one row for each year that came, with what was said of it."""
    known = histories(path)
    rows = []
    for fitted, (history, after) in zip(model.fit_all([h for h, _ in known]), known, strict=True):
        length = int(np.argmax(np.r_[history.values[::-1] != history.last_value, True]))
        lower, upper = history.bounds
        place = (
            "upper" if history.last_value == upper else "lower" if history.last_value == lower else "inside"
        )
        for year, observed in after.items():
            outlook, last = fitted.predict(year), history.last_value
            rows.append(
                {
                    "indicator": history.indicator,
                    "series": history.name,
                    "group": group_of(history),
                    "place": place,
                    "run": length,
                    "said at least": outlook.at_least(last),
                    "came at least": observed >= last,
                    "said same": outlook.at_least(last) + outlook.at_most(last) - 1,
                    "came same": observed == last,
                    **scores(history, outlook, observed),
                }
            )
    return pd.DataFrame(rows)


def by_group(table: pd.DataFrame) -> pd.DataFrame:
    """Return the median over indicators of the scores, the mean of the coverage, for all and by group."""
    moving = table[table["group"] != "constant"]
    parts = {"all that moved": moving} | dict(iter(moving.groupby("group")))
    rows = []
    for name, part in parts.items():
        each = part.groupby("indicator")[FIGURES].mean()
        medians = each[["sCRPS", "MSIS", "MASE"]].median()
        cover = part[["cover 95", "cover 80"]].mean()
        rows.append((name, part["series"].nunique(), len(each), *medians, *cover))
    return pd.DataFrame(rows, columns=["group", "series", "indicators", *FIGURES])


def held(table: pd.DataFrame) -> pd.DataFrame:
    """Return what was said of the last value and what came true, by place and run."""
    labels = [f"{a + 1}-{b}" if b > a + 1 else f"{b}" for a, b in pairwise(RUNS)]
    runs = pd.cut(table["run"], RUNS, labels=labels)
    constant = table[table["group"] == "constant"].assign(place="constant")
    both = pd.concat([table.assign(run=runs), constant.assign(run="all")])
    columns = ["said at least", "came at least", "said same", "came same"]
    groups = both.groupby(["place", "run"], sort=False, observed=True)
    found = groups[columns].mean()
    found.insert(0, "statements", groups.size())
    return found.sort_index().reset_index()


def markdown(table: pd.DataFrame) -> list[str]:
    """Return a table as Markdown."""
    rows = table.itertuples(index=False)
    cells = [[f"{x:.3f}" if isinstance(x, float) else str(x) for x in row] for row in rows]
    return [f"| {' | '.join(row)} |" for row in (list(table.columns), ["---"] * len(table.columns), *cells)]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, help="a CSV of series with bounds and known futures")
    parser.add_argument("--output", type=Path, default=FOLDER)
    options = parser.parse_args()
    table = judged(options.data, fc.StructuralMixture())
    head = f"Made by `python benchmarks/sdg.py {options.data.name}` on {date.today().isoformat()}."
    lines = [head, "", *markdown(by_group(table)), "", *markdown(held(table))]
    name = f"sdg-{options.data.name.split('.')[0]}.md"
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
