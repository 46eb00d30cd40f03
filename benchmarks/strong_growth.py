"""Does strong growth last? ``python benchmarks/strong_growth.py DATA...``.

Every series of DATA (as ``train_mixture.py`` reads it) is looked at as of every year that ends fifteen
values which grew 5 to 25 % a year, with a spread of the yearly changes of logs of no more than half of
their mean: what a target "the past pace goes on" would rest on. The five years that followed are
compared with them; a series weighs 1, however many of its years qualify. Writes
``benchmarks/results/strong_growth.md``; the note ``growth_seldom_lasts`` quotes it.
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from accuracy import FOLDER
from sdg import markdown
from training_data import KnownSeries, read_known

from forecast.assessment.strong_growth import LASTING, VALUES, strong_pace

AHEAD = 5
BANDS = (0.05, 0.08, 0.12, 0.25)


def after_strong_growth(series: list[KnownSeries]) -> pd.DataFrame:
    """Return the pace of every fifteen strong values, and the pace of the years that followed."""
    rows = []
    for known in series:
        values = np.concatenate([known.past, known.future])
        ends = np.arange(VALUES, len(values) - AHEAD + 1)
        if not len(ends):
            continue
        windows = values[ends[:, None] - VALUES + np.arange(VALUES)]
        pace, later = strong_pace(windows), values[ends + AHEAD - 1]
        for i in np.flatnonzero(np.isfinite(pace) & (later > 0)):
            rows.append((known.name, pace[i], (later[i] / windows[i, -1]) ** (1 / AHEAD) - 1))
    return pd.DataFrame(rows, columns=["series", "pace", "after"])


def lasting(table: pd.DataFrame) -> dict[str, object]:
    """Return how often the pace went on, and the median part of it that did."""
    weight = 1 / table.groupby("series")["series"].transform("size")
    share = table["after"] / table["pace"]
    order = np.argsort(share.to_numpy())
    middle = np.searchsorted(np.cumsum(weight.to_numpy()[order]), weight.sum() / 2)
    return {
        "series": table["series"].nunique(),
        "cases": len(table),
        "kept the pace": float(np.average(share >= 1, weights=weight)),
        f"kept {LASTING:.0%} of it": float(np.average(share >= LASTING, weights=weight)),
        "did not grow": float(np.average(share <= 0, weights=weight)),
        "median share of the pace": float(share.to_numpy()[order][middle]),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", nargs="+", type=Path, help="CSV files of series with known futures")
    parser.add_argument("--output", type=Path, default=FOLDER)
    options = parser.parse_args()
    rows = []
    for path in options.data:
        found, name = after_strong_growth(read_known(path)), path.name.split(".")[0]
        rows.append({"set": name, "growth a year": "5-25 %", **lasting(found)})
        for band, part in found.groupby(pd.cut(found["pace"], BANDS), observed=True):
            rows.append({"set": name, "growth a year": f"{band.left:.0%}-{band.right:.0%}", **lasting(part)})
    files = " ".join(path.name for path in options.data)
    head = f"Made by `python benchmarks/strong_growth.py {files}` on {date.today().isoformat()}."
    lines = [head, "", *markdown(pd.DataFrame(rows))]
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "strong_growth.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
