"""Tables and sentences of the site that are made of recorded results (``benchmarks/results``).

A page asks for one with a comment on a line of its own: ``<!-- figure: calibration unseen -->``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

RESULTS = Path(__file__).resolve().parents[2] / "benchmarks" / "results"
ASKED = re.compile(r"^<!-- figure: (\w+) ?(.*?) -->$", re.MULTILINE)
OURS = "StructuralMixture"
_SCORES = ("MASE", "MSIS", "sCRPS")
_COVERS = ("cover 95", "cover 80", "cover 50")


def rows_of(name: str) -> list[dict[str, str]]:
    """Rows of a recorded table."""
    with (RESULTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def with_figures(text: str) -> str:
    """Page with every table and sentence it asks for."""
    return ASKED.sub(lambda match: _FIGURES[match.group(1)](match.group(2)), text)


def _of_set(name: str, of: str, *, by: str) -> list[dict[str, str]]:
    """Rows of one set of series, the least first."""
    return sorted((row for row in rows_of(name) if row["set"] == of), key=lambda row: float(row[by]))


def calibration(of: str) -> str:
    """Models by Brier score on one set of series."""
    heads = ("model", "Brier score", "reliability (0 is best)", "resolution (more is better)")
    lines = ["| " + " | ".join(heads) + " | largest gap, points |", "|---|---:|---:|---:|---:|"]
    for row in _of_set("calibration", of, by="score"):
        lines.append(
            f"| {_marked(row['model'])} | {float(row['score']):.4f} | {float(row['reliability']):.4f} "
            f"| {float(row['resolution']):.4f} | {100 * float(row['largest_gap']):.1f} |"
        )
    return "\n".join(lines)


def near(stated: str) -> str:
    """How many statements near one probability came true."""
    mine = [row for row in rows_of("calibration_bins") if (row["set"], row["model"]) == ("unseen", OURS)]
    row = min(mine, key=lambda row: abs(float(row["stated"]) - float(stated)))
    n = int(row["n"])
    true = round(float(row["came_true"]) * n)
    return f"Of {n:,} statements near {float(stated):.0%}, {true:,} came true ({true / n:.1%})."


def asked(of: str) -> str:
    """How many statements on how many series the record rests on."""
    row = next(row for row in rows_of("calibration") if (row["set"], row["model"]) == (of, OURS))
    statements, series = int(row["statements"]), int(row["series"])
    return f"{statements:,} statements about the futures of {series:,} public yearly series."


def bins(of: str) -> str:
    """What was stated and what came true, by tenth."""
    lines = ["| stated | came true | statements | 90 % interval |", "|---:|---:|---:|---:|"]
    for row in rows_of("calibration_bins"):
        if (row["set"], row["model"]) == (of, OURS):
            stated, true, low, high = (float(row[name]) for name in ("stated", "came_true", "low", "high"))
            lines.append(f"| {stated:.1%} | {true:.1%} | {int(row['n']):,} | {low:.1%} to {high:.1%} |")
    return "\n".join(lines)


def accuracy(of: str) -> str:
    """Models by the error of the whole distribution on one set."""
    heads = (*_SCORES, "95 % held", "80 % held", "50 % held", "ms a series")
    lines = ["| model | " + " | ".join(heads) + " |", "|---|" + "---:|" * len(heads)]
    for row in _of_set("accuracy", of, by="sCRPS"):
        scores = " | ".join(f"{float(row[name]):.3f}" for name in _SCORES)
        covers = " | ".join(f"{float(row[name]):.1%}" for name in _COVERS)
        lines.append(f"| {_marked(row['model'])} | {scores} | {covers} | {float(row['ms']):.1f} |")
    return "\n".join(lines)


def record(name: str) -> str:
    """Recorded table as it was written, its headings as small ones."""
    text = (RESULTS / f"{name}.md").read_text(encoding="utf-8")
    return re.sub(r"^#+ ", "#### ", text, flags=re.MULTILINE).strip()


def _marked(model: str) -> str:
    return f"**{model}**" if model == OURS else model


_FIGURES: dict[str, Callable[[str], str]] = {
    "calibration": calibration,
    "near": near,
    "asked": asked,
    "bins": bins,
    "accuracy": accuracy,
    "record": record,
}
