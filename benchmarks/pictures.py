"""Draw the pictures and fill in the figures that both READMEs show, from shipped data and recorded results.

Usage: python benchmarks/pictures.py [FOLDER]     (default: docs)
"""

from __future__ import annotations

import csv
import sys
from dataclasses import replace
from pathlib import Path

import forecast as fc
from forecast.report.content.appendix import calibration_record

HERE = Path(__file__).parent
READMES = {"en": HERE.parent / "README.md", "zh": HERE.parent / "README.zh.md"}
ACCURACY = HERE / "results" / "accuracy.csv"
SETS = ("M3", "Tourism", "M1")
OURS = "StructuralMixture"
PEERS = ("AutoETS", "AutoARIMA", "DynamicOptimizedTheta", "AutoCES", "Drift (statsforecast)", "mean of five")
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


def record(lang: str) -> str:
    """Return how many of the default model's statements near 70 % came true."""
    near = min(recorded(), key=lambda each: abs(each.stated - 0.7))
    true = round(near.came_true * near.n)
    if lang == "zh":
        return f"在约 70% 的 {near.n:,} 个判断中，{true:,} 个成真。\n"
    return f"Of {near.n:,} statements near 70 %, {true:,} came true.\n"


def result(answer: fc.Assessment, unit: str, lang: str) -> str:
    """Return what the demo says of the target that the first picture shows."""
    words = fc.Language(lang)
    chance, grade = words.probability(answer.probability), answer.evidence.grade
    needed, seen = (words.percent(rate, 1) for rate in (answer.required.compound, answer.observed.compound))
    year, value = answer.target.year, words.value(answer.target.value, unit)
    if lang == "zh":
        asked = f"目标：{year} 年第一产业增加值达到 {value}。"
        growth = f"所需增速每年 **{needed}**，已实现增速 **{seen}**；"
        return f"{asked}{growth}实现概率 **{chance}**，证据等级 **{grade}**。\n"
    asked = (
        f"The target asks for {value} in {year}: **{needed}** growth a year is needed, **{seen}** was seen,"
    )
    return f"{asked}\nso the chance is **{chance}**, on evidence of grade **{grade}**.\n"


def named(answer: fc.Assessment, catalogue: fc.Catalogue, lang: str) -> fc.Assessment:
    """Return the answer with the areas that lent to it as they are called in a language."""
    notes = [
        fc.Note(note.key, {**note.values, "area": catalogue.area(str(note.values["area"])).label(lang)})
        if note.key.startswith("lent_") else note
        for note in answer.notes
    ]  # fmt: skip
    return replace(answer, notes=tuple(notes))


def filled(readme: str, mark: str, text: str) -> str:
    """Return the README with *text* between the marks of that name."""
    first, last = f"<!-- {mark} -->\n", f"<!-- end of {mark} -->\n"
    before, rest = readme.split(first)
    return before + first + text + last + rest.split(last)[1]


def main(folder: Path) -> None:
    """Write every picture, in both languages."""
    folder.mkdir(exist_ok=True)
    plan = fc.read_plan(fc.data_path("plans/jiangyuan-2026.toml"))
    study = fc.assess_plan(plan, fc.read_histories(fc.data_path("historical")))
    line = next(line for line in study.lines if line.item.id == SHOWN)
    for lang in ("en", "zh"):
        unit = study.histories.catalogue.indicator(line.item.target.indicator).unit_in(lang)
        drawn = {
            "outlook": fc.plot_outlook(
                named(line.assessment, study.histories.catalogue, lang),
                lang=lang,
                label=line.item.label(lang),
                unit=unit,
            ),
            "study": fc.plot_study(study, lang=lang),
            "reliability": fc.plot_reliability(recorded(), lang=lang),
        }
        for name, ax in drawn.items():
            file = folder / f"{name}-{lang}.png"
            file.write_bytes(fc.plot_png(ax, dpi=120))
            print(f"Written: {file}")
    for lang, readme in READMES.items():
        text = readme.read_text(encoding="utf-8")
        unit = study.histories.catalogue.indicator(line.item.target.indicator).unit_in(lang)
        for mark, said in (
            ("result", result(line.assessment, unit, lang)), ("record", record(lang)), ("accuracy", table()),
        ):  # fmt: skip
            text = filled(text, mark, said)
        readme.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs"))
