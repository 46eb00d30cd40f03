"""Draw the pictures that README.md shows, from the shipped data and the recorded calibration.

Usage: python benchmarks/pictures.py [FOLDER]     (default: docs)
"""

from __future__ import annotations

import sys
from pathlib import Path

import forecast as fc
from forecast.report.appendix import calibration_record

SHOWN = "5"  # primary-industry value added: the one target assessed on the district's own figures


def recorded() -> list[fc.Bin]:
    """Return the bins that `benchmarks/calibration.py --report` wrote."""
    return [
        fc.Bin(each["stated"], each["came_true"] / each["said"], each["said"], each["low"], each["high"])
        for each in calibration_record()["bins"]
    ]


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


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs"))
