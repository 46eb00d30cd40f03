"""Ours beside published figures of foundation models: ``python benchmarks/published.py FACTS.csv``.

FACTS has ``model, dataset, metric, value, leaked, source_repo, source_path, source_commit``: numbers as
their publishers give them, with a mark where a model was trained on the test data. Ours are computed
here on the yearly series of M1 and M3 by the same definitions (fev, autogluon): MASE, the absolute error
of the median over the mean yearly change of the past, averaged over series; WQL, twice the pinball loss at
the levels .1 to .9, summed over series and years, over the sum of absolute outcomes. WQL of M1 and of
Tourism is decided by a handful of series, and "Tourism" of Monash is other data: neither is shown.

Writes ``benchmarks/results/published.md``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from accuracy import FOLDER, Series, public_sets

import forecast as fc

DECILES = np.arange(1, 10) / 10
SHOWN = {("M1", "MASE"): "M1_yearly", ("M3", "MASE"): "M3_yearly", ("M3", "WQL"): "M3_yearly"}
# The best so many of each column.
MOST = 8


def ours(series: list[Series]) -> dict[str, float]:
    """Return MASE and WQL of the default model."""
    fitted = fc.StructuralMixture().fit_all([one.history() for one in series])
    errors, losses, sizes = [], 0.0, 0.0
    for one, fit in zip(series, fitted, strict=True):
        table = np.array([fit.predict(int(year)).quantile(DECILES) for year in one.future_years])
        off = one.future[:, None] - table
        losses += float(2 * np.where(off >= 0, DECILES * off, (DECILES - 1) * off).mean(axis=1).sum())
        sizes += float(np.abs(one.future).sum())
        errors.append(float(np.mean(np.abs(one.future - table[:, 4]))) / one.unit)
    return {"MASE": float(np.mean(errors)), "WQL": losses / sizes}


def columns(facts: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield each column: its name, and the best published figures with ours, best first."""
    every = list(public_sets())
    found = {name: ours([one for one in every if one.data_set == name]) for name in ("M1", "M3")}
    for (name, metric), published in SHOWN.items():
        part = facts[(facts["dataset"] == published) & (facts["metric"] == metric)]
        part = part.sort_values("value").drop_duplicates("model").head(MOST)
        mine = {"model": "**StructuralMixture**", "value": found[name][metric], "leaked": False}
        mine |= {"source_repo": "here", "source_commit": ""}
        yield f"{name}, {metric}", pd.concat([part, pd.DataFrame([mine])]).sort_values("value", kind="stable")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("facts", type=Path, help="a CSV of published figures with their sources")
    parser.add_argument("--output", type=Path, default=FOLDER)
    options = parser.parse_args()
    lines = [f"Made by `python benchmarks/published.py {options.facts.name}` on {date.today().isoformat()}."]
    for title, table in columns(pd.read_csv(options.facts)):
        head = "| model | value | trained on the test data | source |"
        lines += ["", f"## {title}", "", head, "|---|---|---|---|"]
        for row in table.itertuples(index=False):
            source = f"{row.source_repo} {str(row.source_commit)[:7]}".strip()
            leaked = "yes" if str(row.leaked).startswith("True") else "no"
            lines.append(f"| {row.model} | {row.value:.3f} | {leaked} | {source} |")
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "published.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
