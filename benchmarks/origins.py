"""Are the intervals right at other times too? ``python benchmarks/origins.py [--peers PYTHON]``.

The public sets tell of one forecast origin a series, its last known year, and the years that
follow are calm for all or additive_outlier for all. So every series is judged again as of 3, 6, ... 15 years
before, on what came then (rolling origins; Tashman 2000). Only pasts are cut, nothing is trained.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from accuracy import (
    FOLDER,
    MODELS,
    Series,
    judged,
    our_answers,
    peer_answers,
    public_sets,
    summary,
    written,
)

JUDGED = ("StructuralMixture", "Drift", "Trend", "LocalTrend")
# Years before the last known one.
BACK = (0, 3, 6, 9, 12, 15)
# An earlier history spans no fewer years.
LEAST = 8


def as_of(series: Series, back: int) -> Series | None:
    """Return a series as it was some years before; None if it was too short, or never moved."""
    years = np.concatenate([series.years, series.future_years])
    values = np.concatenate([series.past, series.future])
    end, ahead = len(series.past) - back, len(series.future)
    if end < LEAST or not np.ptp(values[:end]):
        return None
    parts = years[:end], values[:end], years[end : end + ahead], values[end : end + ahead]
    return Series(f"{series.data_set}, {back} years before", series.name, *parts)


def cut(series: Series, keep: int) -> Series:
    """Return a series with the last values of its past only."""
    name = series.data_set.replace("M3", f"M3, last {keep}", 1)
    return replace(series, data_set=name, years=series.years[-keep:], past=series.past[-keep:])


def asked() -> Iterator[Series]:
    """Yield every public series as of every origin."""
    whole = [one for one in public_sets() if "last" not in one.data_set]
    for back in BACK:
        for one in whole:
            if then := as_of(one, back):
                yield then
                if one.data_set == "M3" and np.ptp(then.past[-LEAST:]):
                    yield cut(then, LEAST)


def over_origins(scored: pd.DataFrame) -> pd.DataFrame:
    """Return the same scores with the origins of a set as one."""
    names = scored["set"].str.rsplit(", ", n=1, expand=True)
    return scored.assign(set=names[0] + ", all", series_id=scored["series_id"] + names[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--output", type=Path, default=FOLDER)
    parser.add_argument("--peers", type=Path, help="the peers' interpreter")
    parser.add_argument("--others", type=Path, help="an earlier table, for the models not asked now")
    options = parser.parse_args()
    series = sorted(asked(), key=lambda one: one.data_set.rsplit(", ", 1)[0])
    answers = [our_answers(series, {name: MODELS[name] for name in JUDGED})]
    if options.peers:
        # On 8 points AutoCES takes more than a second each: those sets are the library's alone.
        answers.append(peer_answers([one for one in series if "last" not in one.data_set], options.peers))
    scored = judged(pd.concat(answers, ignore_index=True), series)
    table = summary(pd.concat([over_origins(scored), scored], ignore_index=True))
    command = " ".join(["python benchmarks/origins.py", *(Path(word).name for word in sys.argv[1:])])
    text = written(table, command, options.others)
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "origins.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
