"""What rounding does to the outlook of counts: ``python benchmarks/counts.py DATA``.

DATA is a file of ``benchmarks/sdg.py``. Series that ``forecast.history.whole_numbers`` takes for counts, and
that moved, are forecast from the end of their training part on whole numbers and, told not to be counts, not.
Writes ``benchmarks/results/counts.md``.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from accuracy import FOLDER
from sdg import histories, markdown

import forecast as fc
from forecast.distribution.distribution import Distribution
from forecast.history.whole_numbers import is_count

SCORES = ["sCRPS", "MSIS", "MASE"]
QUESTIONS = ["same", "at least", "one more"]


def said(history: fc.History, outlook: Distribution, observed: float) -> dict[str, float]:
    """Return scores by the mean yearly change, and what was said of the last value and came true."""
    unit = float(np.mean(np.abs(np.diff(history.values) / np.diff(history.years))))
    low, tenth, middle, ninth, high = np.asarray(outlook.quantile(np.array([0.025, 0.1, 0.5, 0.9, 0.975])))
    last = history.last_value
    outside = max(low - observed, 0.0) + max(observed - high, 0.0)
    chances = (
        outlook.at_least(last) + outlook.at_most(last) - 1, outlook.at_least(last), outlook.at_least(last + 1)
    )  # fmt: skip
    came = observed == last, observed >= last, observed >= last + 1
    return {
        "sCRPS": fc.crps(outlook, observed) / unit,
        "MSIS": (high - low + 40 * outside) / unit,
        "MASE": abs(observed - middle) / unit,
        "cover 95": float(low <= observed <= high),
        "cover 80": float(tenth <= observed <= ninth),
        **{f"said {name}": p for name, p in zip(QUESTIONS, chances, strict=True)},
        **{f"came {name}": float(true) for name, true in zip(QUESTIONS, came, strict=True)},
    }


def judged(known: list[tuple[fc.History, dict[int, float]]]) -> pd.DataFrame:
    """Return a row for each year that came, by the indicator and the run its history ends with."""
    rows = []
    for fitted, (history, after) in zip(
        fc.StructuralMixture().fit_all([history for history, _ in known]), known, strict=True
    ):
        run = int(np.argmax(history.values[::-1] != history.last_value))
        at = {"indicator": history.indicator, "run": min(run, 4), "zero": history.last_value == 0}
        rows += [at | said(history, fitted.predict(year), observed) for year, observed in after.items()]
    return pd.DataFrame(rows)


def summary(name: str, rows: pd.DataFrame) -> tuple[object, ...]:
    """Return medians over indicators and means of the scores, coverage, and Brier scores."""
    medians = rows.groupby("indicator")[SCORES].mean().median()
    brier = [float(((rows[f"said {q}"] - rows[f"came {q}"]) ** 2).mean()) for q in QUESTIONS]
    cover = rows[["cover 95", "cover 80"]].mean()
    return (name, len(rows), *medians, float(rows["sCRPS"].mean()), *cover, *brier)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--output", type=Path, default=FOLDER)
    options = parser.parse_args()
    known = [each for each in histories(options.data) if is_count(each[0]) and np.ptp(each[0].values) > 0]
    rough = judged([(replace(history, whole=False), after) for history, after in known])
    whole = judged(known)
    columns = ["outlook", "years", *SCORES, "mean sCRPS", "cover 95", "cover 80", *QUESTIONS]
    table = pd.DataFrame([summary("not rounded", rough), summary("rounded", whole)], columns=columns)
    claims = [f"{word} {q}" for q in QUESTIONS[:2] for word in ("said", "came")]
    by_run = whole.groupby(["zero", "run"])[claims].mean()
    by_run.insert(0, "years", whole.groupby(["zero", "run"]).size())
    by_run.insert(0, "said same, not rounded", rough.groupby(["zero", "run"])["said same"].mean())
    head = f"Made by `python benchmarks/counts.py {options.data.name}` on {date.today().isoformat()}."
    counted = (
        f"{len(known)} series of {whole['indicator'].nunique()} indicators; Brier scores of three questions."
    )
    lines = [head, "", counted, "", *markdown(table), "", *markdown(by_run.reset_index())]
    (options.output / "counts.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
