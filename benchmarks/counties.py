"""How good on counties and on their sums by province? ``python benchmarks/counties.py DATA``.

DATA is a CSV (may be gzipped) of ``regionid, province, year, value``; counties with a value in every year
count. Each is forecast as of one year, whole or cut to its last eight values, and every second one as of all
years from its eighth value on; so are the sums of the counties by province. Five years ahead are judged.
No weights of the default model were learned from counties. Writes ``benchmarks/results/counties.md``.
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

import pandas as pd
from accuracy import FOLDER
from sdg import FIGURES, markdown, scores

import forecast as fc

AHEAD, LEAST, ORIGIN = 5, 8, 2016


def judged(table: pd.DataFrame, origins: list[int], *, last: int | None = None) -> pd.DataFrame:
    """Return the scores of every year after every origin; rows of *table* are series, columns are years."""
    past, after = [], []
    for area, values in table.iterrows():
        for origin in origins:
            known = values[values.index <= origin]
            known = known if last is None else known.tail(last)
            if len(known) >= LEAST:
                past.append(fc.History.of("primary_value_added", known, area=str(area), bounds=(0, None)))
                after.append(values[values.index > origin].head(AHEAD))
    fits = fc.StructuralMixture().fit_all(past)
    rows = [
        scores(fitted.history, fitted.predict(int(year)), float(value))
        for fitted, coming in zip(fits, after, strict=True)
        for year, value in coming.items()
    ]
    return pd.DataFrame(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--output", type=Path, default=FOLDER)
    options = parser.parse_args()
    frame = pd.read_csv(options.data, dtype={"regionid": str, "province": str}).dropna(subset=["value"])
    counties = frame.pivot_table(index="regionid", columns="year", values="value").dropna()
    provinces = counties.groupby(frame.groupby("regionid")["province"].first()).sum()
    every = list(range(int(counties.columns[0]) + LEAST - 1, int(counties.columns[-1])))
    parts = {
        f"counties as of {ORIGIN}": judged(counties, [ORIGIN]),
        f"counties as of {ORIGIN}, last {LEAST} values": judged(counties, [ORIGIN], last=LEAST),
        f"every second county, every year from {LEAST} values on": judged(counties[::2], every),
        f"sums by province as of {ORIGIN}": judged(provinces, [ORIGIN]),
        f"sums by province, every year from {LEAST} values on": judged(provinces, every),
    }
    found = pd.DataFrame([(name, len(part), *part[FIGURES].mean()) for name, part in parts.items()])
    found.columns = pd.Index(["set", "questions", *FIGURES])
    head = f"Made by `python benchmarks/counties.py {options.data.name}` on {date.today().isoformat()}."
    lines = [head, "", *markdown(found)]
    (options.output / "counties.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
