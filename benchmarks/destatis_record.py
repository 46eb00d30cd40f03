"""Official verdicts against outcomes, beside probabilities from the same figures.

``python benchmarks/destatis_record.py golden_cases.csv``

The cases are published verdicts of the German Federal Statistical Office (weather symbols, 2015 to
2019) on targets due in 2020, each with the six figures it rested on. A verdict counts while its
target was open: not met by the last figure it saw. The outcome is the figure for 2020. The
probability rests on the same six figures and nothing else, with a lower bound of 0.

Writes ``results/destatis_record.csv`` and ``results/destatis_record.md``.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import numpy as np
import pandas as pd

import forecast as fc

RESULTS = Path(__file__).parent / "results"
SYSTEM, DUE = "Destatis-DNS", 2020
# Best first.
SYMBOLS = ("sun", "sun_cloud", "cloud", "thunderstorm")


def read_cases(path: str) -> list[dict[str, object]]:
    """Return the verdicts on a level due in 2020, by series and year of verdict."""
    table = pd.read_csv(path)
    cases = []
    for row in table[table["system"] == SYSTEM].itertuples():
        inputs = json.loads(row.inputs)
        if inputs["kind"] != "level" or inputs.get("target_year") != DUE:
            continue
        name = re.sub(r" vintage.*", "", str(row.case))
        seen = {int(year): float(value) for year, value in inputs["values"].items()}
        cases.append({**inputs, "series": name, "seen": seen, "verdict": json.loads(row.expected)["verdict"]})
    return cases


def record(cases: list[dict[str, object]]) -> pd.DataFrame:
    """Return one row for each verdict on an open target with a known outcome."""
    outcomes = {case["series"]: case["seen"][DUE] for case in cases if DUE in case["seen"]}  # type: ignore[index, operator]
    model, rows = fc.StructuralMixture(), []
    for case in cases:
        seen, direction = case["seen"], case["direction"]
        make = fc.Target.at_least if direction == 1 else fc.Target.at_most
        target = make("indicator", case["target"], year=DUE)  # type: ignore[operator]
        known = fc.History.of("indicator", seen, seen.values(), bounds=(0, None))  # type: ignore[arg-type, attr-defined]
        met_already = bool(target.limits(known).hold(known.last_value))  # type: ignore[union-attr]
        if known.last_year >= DUE or met_already or case["series"] not in outcomes:
            continue
        rows.append(
            {
                "series": case["series"],
                "target": case["target"],
                "verdict_of": known.last_year,
                "verdict": case["verdict"],
                "probability": round(fc.probability(model.fit(known), target), 3),
                "came_true": bool(target.limits(known).hold(outcomes[case["series"]])),  # type: ignore[union-attr]
            }
        )
    return pd.DataFrame(rows).sort_values(["series", "verdict_of"], ignore_index=True)


def by_symbol(rows: pd.DataFrame) -> pd.DataFrame:
    """Return how often each symbol came true, and what probability went with it."""
    groups = rows.groupby(pd.Categorical(rows["verdict"], SYMBOLS), observed=True)
    table = groups.agg(
        n=("came_true", "size"),
        came_true=("came_true", "sum"),
        mean_probability=("probability", "mean"),
        lowest=("probability", "min"),
        highest=("probability", "max"),
    )
    return table.round(3).rename_axis("symbol").reset_index()


def losses(rows: pd.DataFrame) -> dict[str, float]:
    """Return Brier scores: of the probabilities, and of the symbols under three readings."""
    came = rows["came_true"].to_numpy(dtype=float)
    # The symbols state no probability. Sun and sun with cloud announce that the target will about be met.
    hopeful = rows["verdict"].isin(SYMBOLS[:2]).to_numpy()
    share = rows.groupby("verdict")["came_true"].transform("mean").to_numpy(dtype=float)
    return {
        "probabilities of this library": fc.brier_score(rows["probability"], came),
        "symbols read as yes or no": fc.brier_score(hopeful.astype(float), came),
        "symbols read as 80 % or 20 %": fc.brier_score(np.where(hopeful, 0.8, 0.2), came),
        "each symbol's own share, known only afterwards": fc.brier_score(share, came),
        "the overall share, known only afterwards": fc.brier_score(np.full(len(came), came.mean()), came),
    }


def markdown(table: pd.DataFrame) -> str:
    """Return a table as Markdown."""
    rows = [[*table.columns], ["---"] * len(table.columns), *table.astype(str).to_numpy().tolist()]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def main() -> None:
    """Print and write the record."""
    rows = record(read_cases(sys.argv[1]))
    scores = pd.DataFrame(
        [(name, round(score, 3)) for name, score in losses(rows).items()],
        columns=["statements", "Brier score"],
    )
    text = "\n".join(
        [
            "# Verdicts of Destatis on targets due in 2020",
            "",
            "Written by `python benchmarks/destatis_record.py golden_cases.csv`.",
            f"{len(rows)} verdicts on {rows['series'].nunique()} targets, all still open when judged.",
            "",
            markdown(by_symbol(rows)),
            "",
            markdown(scores),
            "",
            markdown(rows),
            "",
        ]
    )
    RESULTS.mkdir(exist_ok=True)
    rows.to_csv(RESULTS / "destatis_record.csv", index=False)
    (RESULTS / "destatis_record.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
