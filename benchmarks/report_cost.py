"""What a report of 60 targets costs: ``PYTHONPATH=. python benchmarks/report_cost.py [FORMAT...]``.

A seeded plan of 60 targets is assessed, then written in full, each format in a process of its own, whose
wall time, CPU time (its helpers' too) and memory (proportional set size of all processes, sampled; Linux)
are taken. Writes ``benchmarks/results/report_cost.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

TARGETS = 60
FORMATS = ("html", "docx", "xlsx", "md")
RESULT = Path(__file__).parent / "results" / "report_cost.md"


def plan_of_sixty():
    """Study of 60 targets over series of 12 to 20 figures, the same every time."""
    import forecast as fc

    rng = np.random.default_rng(1)
    histories, items = [], []
    for i in range(TARGETS):
        n = 12 + i % 9
        values = np.clip(50 + np.cumsum(rng.normal(1, 1.5, n)), 2, 98).round(1)
        name, unit = f"indicator {i + 1}", "%" if i % 3 else "km"
        histories.append(fc.History.of(name, range(2026 - n, 2026), values, unit=unit, area="A"))
        last = float(values[-1])
        if i % 4:
            target = fc.Target.at_least(name, round(last + 5, 1), year=2030)
        else:
            target = fc.Target.at_most(name, round(last - 2, 1), year=2030)
        labels = {"en": f"Indicator number {i + 1} of the plan", "zh": f"第{i + 1}项规划指标完成率"}
        items.append(fc.Item(str(i + 1), target, labels, area="A"))
    plan = fc.Plan(tuple(items), {"en": "A plan of sixty targets", "zh": "六十项指标的规划"}, "A")
    return fc.assess_plan(plan, fc.Histories(tuple(histories)))


def write_one(lang: str, path: Path) -> None:
    """Write one report and print the CPU seconds of the study and of the report, and the bytes."""
    import forecast as fc

    study = plan_of_sixty()
    begin, spent = time.perf_counter(), _spent()
    fc.write_report(study, path, lang=lang, detail="full")
    told = {"study": spent, "cpu": _spent() - spent, "wall": time.perf_counter() - begin}
    print(json.dumps(told | {"bytes": path.stat().st_size}))


def _spent() -> float:
    return sum(os.times()[:4])


def measure(ending: str, lang: str) -> dict[str, float]:
    """Cost of one report, in a process of its own whose memory is watched."""
    from speed import watched

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"report.{ending}")
        return watched([sys.executable, __file__, "--lang", lang, "--one", str(path), ending])


def main() -> None:
    """Measure the formats asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("formats", nargs="*", default=FORMATS)
    asked.add_argument("--lang", nargs="+", default=["en", "zh"])
    asked.add_argument("--one", type=Path)
    given = asked.parse_args()
    if given.one:
        write_one(given.lang[0], given.one)
        return
    lines = ["| format | language | CPU, s | wall, s | memory, MB | file, MB |", "|---|---|---|---|---|---|"]
    for ending in given.formats:
        for lang in given.lang:
            found = measure(ending, lang)
            cells = [ending, lang, f"{found['cpu']:.1f}", f"{found['wall']:.1f}"]
            cells += [f"{found['memory'] / 1e6:.0f}", f"{found['bytes'] / 1e6:.2f}"]
            lines.append(f"| {' | '.join(cells)} |")
            print(lines[-1], flush=True)
    if tuple(given.formats) == FORMATS:
        RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
