"""Plans and histories at random: ``python benchmarks/fuzz_plans.py [--studies 200] [--seed 1]``.

Each study is a plan of one to six targets of any kind, with odd values, units, years, labels and notes,
beside histories of odd shapes. It is assessed and written as Markdown, web page, workbook, Word and
JSON in one language or the other, and the JSON is read again. Anything raised that is no
``ForecastError`` counts as raw, a target of a plan without a line in its study, or a study that reads
back as another, as lost, and more than ``LONGEST`` seconds of work as hung. Prints and writes tried /
refused / raw / lost / hung.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from pathlib import Path

import numpy as np

import forecast as fc

# Of work a study: five reports with a chart for each target.
LONGEST = 30.0
FORMATS = (".md", ".html", ".xlsx", ".docx", ".json")
LABELS = ["GDP", "Average annual rural farmers' income", "=1+1", "城镇化率（%）", "𠮷😀",
          "a\x07b\x00", "A!B1", "x" * 300, "\ud800",
          "<script>alert(1)</script>", "|a|b|", "  ", "-5", "\n=cmd"]  # fmt: skip
UNITS = ["", "%", "万人", "A!B1", "per 1,000", "=x", "元", "\t", "‰", "十亿美元"]
SIZES = [0, 1e-9, 4e-7, 0.5, 1, 12.5, 100, 1e6, 1e15, 1e300, -1, -40, 1e-300]


def history_at_random(rng: random.Random, indicator: str, unit: str) -> fc.History:
    """Return a history of some odd shape."""
    n, size = rng.choice([1, 2, 3, 5, 8, 15, 30]), rng.choice(SIZES)
    noise = np.random.default_rng(rng.randrange(2**32))
    shapes = {
        "still": np.zeros(n), "walk": noise.normal(0, 1, n).cumsum(), "level": noise.normal(0, 1, n),
        "line": np.arange(n, dtype=float), "growth": 1.3 ** np.arange(n),
        "step": np.where(np.arange(n) > n / 2, 50.0, 0.0),
        "alternating": np.resize([0.0, 1.0], n),
    }  # fmt: skip
    values = (abs(size) or 1) * (rng.choice([0, 1, 20]) + shapes[rng.choice(list(shapes))])
    first = rng.choice([1950, 1990, 2005, 2010, 2020])
    years = (
        sorted(rng.sample(range(first, first + 2 * n), n)) if rng.random() < 0.3 else range(first, first + n)
    )
    bounds = rng.choice([(None, None), (0, None), (0, 100), (None, None)])
    inside = np.clip(values, -np.inf if bounds[0] is None else 0, np.inf if bounds[1] is None else 100)
    return fc.History.of(indicator, years, inside, unit=unit, area="A", bounds=bounds)


def target_at_random(rng: random.Random, indicator: str, unit: str) -> fc.Target:
    """Return a target of any kind."""
    year, base = rng.choice([1999, 2019, 2025, 2026, 2030, 2035, 2099, 2500]), rng.choice([2000, 2015, 2020])
    value, other = float(rng.choice(SIZES)), float(rng.choice(SIZES))
    way, unit = rng.choice(["at_least", "at_most"]), unit if rng.random() < 0.8 else rng.choice(UNITS)
    ask = fc.Target
    return rng.choice([
        lambda: ask.at_least(indicator, value, year=year, unit=unit),
        lambda: ask.at_most(indicator, value, year=year, unit=unit),
        lambda: ask.between(indicator, min(value, other), max(value, other), year=year, unit=unit),
        lambda: ask.about(indicator, value, year=year, unit=unit),
        lambda: ask.equal(indicator, value, year=year, tolerance=abs(other), unit=unit),
        lambda: ask.declining(indicator, year=year, base_year=base, unit=unit),
        lambda: ask.rising(indicator, year=year, rule=rng.choice(["net", "every_year"]), unit=unit),
        lambda: ask.change(indicator, value, year=year, base_year=base, unit=rng.choice(["%", unit])),
        lambda: ask.average_growth(indicator, value, year=year, base_year=base),
        lambda: ask.cumulative(indicator, value, since=base, year=year, direction=way, unit=unit),
        lambda: ask.maintain(indicator, value, year=year, direction=way, unit=unit),
        lambda: ask.milestones(indicator, {year - 3: value, year: other}, direction=way, unit=unit),
        lambda: ask.ordinal(indicator, rng.choice(["I", "II"]), year=year, scale=("I", "II", "III")),
        lambda: ask.relative_to(indicator, "indicator 0", value, year=year, direction=way),
        lambda: ask.in_step_with(indicator, "indicator 0", year=year, base_year=base),
    ])()  # fmt: skip


def study_at_random(rng: random.Random) -> tuple[fc.Plan, fc.Histories]:
    """Return a plan and histories for some of its targets."""
    items, histories = [], {}
    for i in range(rng.randint(1, 6)):
        name, unit = f"indicator {i}", rng.choice(UNITS)
        try:
            target = target_at_random(rng, name, unit)
            labels = {"en": rng.choice(LABELS), "zh": rng.choice(LABELS)} if rng.random() < 0.6 else {}
            items.append(fc.Item(str(i + 1), target, area="A", labels=labels, notes=labels))
        except fc.ForecastError:
            continue
        if rng.random() < 0.85:
            try:
                found = history_at_random(rng, name, unit)
            except fc.ForecastError:
                continue
            histories[found.key] = found
    return fc.Plan(tuple(items), {"en": rng.choice(LABELS), "zh": "计划"}, "A"), fc.Histories(
        histories.values()
    )


def one(rng: random.Random, folder: Path) -> tuple[str, str]:
    """Make, assess and write one study; return what came of it, and what was wrong."""
    begin = time.process_time()
    try:
        plan, histories = study_at_random(rng)
        study = fc.assess_plan(plan, histories)
        if len(study.lines) != len(plan):
            return "lost", f"{len(plan)} targets, {len(study.lines)} lines"
        for ending in FORMATS:
            fc.write_report(study, folder / f"study{ending}", lang=rng.choice(["en", "zh"]))
        again = fc.read_study(folder / "study.json")
        if not again.to_frame().equals(study.to_frame()):
            return "lost", "the study reads back as another"
    except fc.ForecastError as refused:
        end, what = "refused", str(refused)[:300]
    except Exception:
        return "raw", traceback.format_exc()[-1200:]
    else:
        end, what = "written", ""
    return (
        ("hung", f"{time.process_time() - begin:.1f} s")
        if time.process_time() - begin > LONGEST
        else (end, what)
    )


def main() -> int:
    """Try so many studies and print what came of them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--studies", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=1500)
    parser.add_argument("--output", type=Path, default=Path(__file__).parent / "results")
    options = parser.parse_args()
    warnings.simplefilter("error")
    counts: Counter[str] = Counter()
    said: Counter[str] = Counter()
    rng, begin, done, slowest = random.Random(options.seed), time.perf_counter(), 0, 0.0
    with tempfile.TemporaryDirectory() as name:
        for i in range(options.studies):
            if time.perf_counter() - begin > options.seconds:
                break
            start = time.process_time()
            end, what = one(rng, Path(name))
            slowest, done = max(slowest, time.process_time() - start), done + 1
            counts[end] += 1
            if end in ("raw", "lost", "hung"):
                print(f"{end} study {i}: {what}", flush=True)
            elif end == "refused":
                said[what.replace(name, "")] += 1
    ends = ["written", "refused", "raw", "lost", "hung"]
    lines = ["| studies | " + " | ".join(ends) + " |", "|---" * (len(ends) + 1) + "|",
             f"| {done} | " + " | ".join(str(counts[end]) for end in ends) + " |"]  # fmt: skip
    lines += ["", f"Seed {options.seed}, slowest {slowest:.1f} s of work.", ""]
    lines += [f"* {n} refused: {text.splitlines()[0]}" for text, n in said.most_common(10)]
    print("\n".join(lines))
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "fuzz_plans.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return int(any(counts[end] for end in ("raw", "lost", "hung")))


if __name__ == "__main__":
    sys.exit(main())
