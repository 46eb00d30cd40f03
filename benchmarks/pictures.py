"""Draw the pictures and fill the table that README.md shows, from the shipped data and the recorded results.

Usage: python benchmarks/pictures.py [FOLDER]     (default: docs)
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import forecast as fc
from forecast.report.content.appendix import calibration_record

HERE = Path(__file__).parent
README = HERE.parent / "README.md"
ACCURACY = HERE / "results" / "accuracy.csv"
SETS = ("M3", "Tourism", "M1")
OURS = "StructuralMixture"
PEERS = ("AutoETS", "AutoARIMA", "DynamicOptimizedTheta", "AutoCES", "Drift (statsforecast)", "mean of five")
EDGES = ("<!-- accuracy -->\n", "<!-- end of accuracy -->\n")
SHOWN = "5"  # primary-industry value added: the one target assessed on the district's own figures


def recorded() -> list[fc.Bin]:
    """Return the bins that `benchmarks/calibration.py --report` wrote."""
    return [
        fc.Bin(each["stated"], each["came_true"] / each["said"], each["said"], each["low"], each["high"])
        for each in calibration_record()["bins"]
    ]


def table() -> str:
    """Return the comparison with other libraries: sCRPS, and what the 95 % interval covered."""
    with ACCURACY.open(encoding="utf-8", newline="") as rows:
        found = {(row["set"], row["model"]): row for row in csv.DictReader(rows)}
    heads = [f"{name}: sCRPS | covered" for name in SETS]
    lines = ["| | " + " | ".join(heads) + " |", "|---|" + "---:|---:|" * len(SETS)]
    for model in (OURS, *PEERS):
        cells = [
            f"{float(found[s, model]['sCRPS']):.2f} | {float(found[s, model]['cover 95']):.0%}" for s in SETS
        ]
        lines.append(f"| {'**StructuralMixture**' if model == OURS else model} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def with_table(readme: str) -> str:
    """Return the README with the table of today's results between its marks."""
    before, rest = readme.split(EDGES[0])
    return before + EDGES[0] + table() + EDGES[1] + rest.split(EDGES[1])[1]


def main(folder: Path) -> None:
    """Write every picture, in both languages."""
    folder.mkdir(exist_ok=True)
    plan = fc.read_plan(fc.data_path("plans/jiangyuan-2026.toml"))
    study = fc.assess_plan(plan, fc.read_histories(fc.data_path("historical")))
    line = next(line for line in study.lines if line.item.id == SHOWN)
    for lang in ("en", "zh"):
        unit = study.histories.catalogue.indicator(line.item.target.indicator).unit_in(lang)
        drawn = {
            "outlook": fc.plot_outlook(line.assessment, lang=lang, label=line.item.label(lang), unit=unit),
            "study": fc.plot_study(study, lang=lang),
            "reliability": fc.plot_reliability(recorded(), lang=lang),
        }
        for name, ax in drawn.items():
            file = folder / f"{name}-{lang}.png"
            file.write_bytes(fc.plot_png(ax, dpi=120))
            print(f"Written: {file}")
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs"))
