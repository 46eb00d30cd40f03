"""Whether the answers are the same as before: thousands of them, stored by an earlier release.

    PYTHONPATH=. python benchmarks/frozen.py --write FILE
    PYTHONPATH=. python benchmarks/frozen.py --compare FILE [--show 20]
    PYTHONPATH=. python benchmarks/frozen.py --study FILE.json

``--write`` asks everything that `frozen_inputs.py` holds, seeded, by every public way of asking, and
stores the answers as compressed JSON. ``--compare`` asks the same again and compares: figures to a
relative 1e-9, words exactly. It exits 1 on any difference. ``--study`` writes a study with every kind
of target and many models, for a test that saved studies of a release can still be opened.

Only public names are used, and records are read by the place of their fields, so that the same file
runs on old and on new code. Keys, columns and fields that are new are counted, not compared; what was
stored has to be there still.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import json
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import frozen_answers as answers
import frozen_inputs as inputs
import numpy as np
from frozen_answers import plain, tried
from frozen_compare import compare

import forecast as fc

Answers = dict[str, dict[str, Any]]
DAY = datetime.date(2026, 3, 1)


def assessments() -> Iterator[tuple[str, Any]]:
    """Yield every target asked of every history, with the default model."""
    for name, history in inputs.histories().items():
        for kind, target in inputs.targets_of(history).items():
            yield f"{name}/{kind}", tried(lambda h=history, t=target: fc.assess(h, t))
        yield from _progress(name, history)


def _progress(name: str, history: fc.History) -> Iterator[tuple[str, Any]]:
    """Yield what is counted from a base, and what was known at an earlier time."""
    target, step = inputs.targets_of(history)["at_least"], inputs.step_of(history)
    first, last = history.first_year, history.last_year
    bases = {
        "base": fc.Base(first, float(history.values[0])),
        "base beyond the target": fc.Base(first, float(target.value or 0) + 5 * step),
        "base at the target": fc.Base(last - 2, float(target.value or 0)),
        "base above": fc.Base(first - 1, history.last_value + step),
    }
    for word, base in bases.items():
        yield f"{name}/{word}", tried(lambda b=base: fc.assess(history, target, base=b))
    for back in (-3, 2):
        yield (
            f"{name}/as of {-back:+d}",
            tried(lambda y=last - back: fc.assess(history, target, as_of=y, rng=3)),
        )


def models() -> Iterator[tuple[str, Any]]:
    """Yield the other models: each asked of each history about some kinds, all kinds by turns."""
    given, turn = inputs.histories(), 0
    for model, make in inputs.MODELS.items():
        for name in inputs.FOR_ALL_MODELS:
            targets = inputs.targets_of(given[name])
            kinds = list(targets)[:-3]
            for kind in ["at_least", *(kinds[(turn + i) % len(kinds)] for i in range(3))]:
                yield (
                    f"{name}/{kind}/{model}",
                    tried(lambda n=name, k=kind, m=make, t=targets: fc.assess(given[n], t[k], model=m())),
                )
            turn += 3


def on_a_scale() -> Iterator[tuple[str, Any]]:
    """Yield targets for classes."""
    for name, history in inputs.classes().items():
        for kind, target in inputs.class_targets().items():
            yield f"{name}/{kind}", tried(lambda h=history, t=target: fc.assess(h, t))
            yield (
                f"{name}/{kind}/six",
                tried(lambda h=history, t=target: fc.assess(h, t, model=fc.Ordinal(6))),
            )
    wave = inputs.histories()["level"]
    yield (
        "level/Ordinal",
        tried(lambda: fc.assess(wave, inputs.targets_of(wave)["at_least"], model=fc.Ordinal(6))),
    )


def over_areas() -> Iterator[tuple[str, Any]]:
    """Yield targets over many areas, and targets against another series."""
    given, ask = inputs.areas(), fc.Target
    targets = {
        "all": ask.all_areas("income", 17, year=2028, unit="k"),
        "all, at most": ask.all_areas("income", 30, year=2027, direction="at_most", unit="k"),
        "three": ask.at_least_k_areas("income", 20, k=3, year=2028, unit="k"),
        "seven of six": ask.at_least_k_areas("income", 20, k=7, year=2028),
    }
    for name, target in targets.items():
        yield f"{name}/default", tried(lambda t=target: fc.assess_areas(given, t))
        yield f"{name}/Drift", tried(lambda t=target: fc.assess_areas(given, t, model=fc.Drift(), as_of=2022))
    fits = fc.Drift().fit_all(given)
    for how in ("common_shock", "independent", 0.4):
        found = tried(
            lambda h=how: answers.together(fc.joint_probability(fits, targets["all"], dependence=h))
        )
        yield f"together/{how}", found
        yield (
            f"promised/{how}",
            tried(lambda h=how: fc.joint_reachable(fits, targets["three"], p=0.7, dependence=h)),
        )
    histories = inputs.histories()
    pairs = [("amount", "falling"), ("share", "growth rate"), ("zeros", "line"), ("share", "old"),
             ("level", "negatives"), ("line", "zeros"), ("urban", "forest")]  # fmt: skip
    for a, b in pairs:
        for form in ("ratio", "difference"):
            yield (
                f"{a} to {b}/{form}",
                tried(lambda a=a, b=b, f=form: _relative(histories[a], histories[b], f)),
            )


def _relative(own: fc.History, other: fc.History, form: str) -> fc.Assessment:
    both = [replace(own, area="Town"), replace(other, area="Town", indicator="y")]
    derived = fc.relative_history(*both, form=form)
    value = derived.last_value + 2 * inputs.step_of(derived)
    target = fc.Target.relative_to(both[0].indicator, "y", value, year=2028, form=form)
    return fc.assess(derived, target)


def growth() -> Iterator[tuple[str, Any]]:
    """Yield growth, probabilities and years by the functions for each."""
    for name, history in inputs.histories().items():
        targets = inputs.targets_of(history)
        yield f"{name}/observed", tried(lambda h=history: fc.observed_growth(h))
        yield f"{name}/since", tried(lambda h=history: fc.observed_growth(h, since=int(h.years[0])))
        fitted = tried_fit(fc.StructuralMixture(), history)
        for kind in ("at_least", "at_most", "average_growth", "maintain", "cumulative", "milestones"):
            t = targets[kind]
            yield f"{name}/{kind}/required", tried(lambda h=history, t=t: fc.required_growth(h, t))
            if fitted is None:
                continue
            yield f"{name}/{kind}/p", tried(lambda f=fitted, t=t: fc.probability(f, t))
            yield f"{name}/{kind}/reach", tried(lambda f=fitted, t=t: fc.reachable(f, t, p=0.9))
            yield f"{name}/{kind}/year", tried(lambda f=fitted, t=t: fc.year_reached(f, t, p=0.3))
            if kind == "at_least" and name in inputs.FOR_ALL_MODELS:
                pace = getattr(fc, "pace_for", None) or getattr(fc, "growth_for_probability", None)
                yield f"{name}/{kind}/pace", tried(lambda f=fitted, t=t, pace=pace: pace(f, t, p=0.8))
    for p in (0.001, 0.02, 0.1, 0.2, 0.33, 0.5, 0.66, 0.7, 0.9, 0.95, 0.995):
        yield f"word/{p}", tried(lambda p=p: fc.likelihood(p))


def tried_fit(model: fc.Model, history: fc.History) -> fc.Fitted | None:
    """Return a fit, or None where the model cannot serve."""
    try:
        return model.fit(history)
    except fc.ForecastError:
        return None


def in_hindsight() -> Iterator[tuple[str, Any]]:
    """Yield time-lines, what hangs on single observations, cross-checks and back-tests."""
    given = inputs.histories()
    for name in ("amount", "share", "falling", "gaps", "breaks", "four"):
        h, targets = given[name], inputs.targets_of(given[name])
        base = fc.Base(h.first_year + 1, float(h.values[0]))
        yield f"{name}/timeline", tried(lambda h=h, t=targets, b=base: fc.timeline(h, t["at_least"], base=b))
        yield (
            f"{name}/stability",
            tried(lambda h=h, t=targets: answers.stability(fc.stability(h, t["at_least"]))),
        )
        yield (
            f"{name}/stability, maintain",
            tried(lambda h=h, t=targets: answers.stability(fc.stability(h, t["maintain"], model=fc.Drift()))),
        )
    for name in ("share", "breaks"):
        h, target = given[name], inputs.targets_of(given[name])["at_least"]
        yield f"{name}/cross-check", tried(lambda h=h, t=target: fc.cross_check(fc.assess(h, t)))
    for label, model in {"default": fc.StructuralMixture(), "Drift": fc.Drift(), "ETS": fc.ETS()}.items():
        some = [given[n] for n in ("share", "falling", "gaps", "zeros", "constant", "breaks")]
        yield (
            f"backtest/{label}",
            tried(lambda m=model, s=some: answers.backtest(fc.backtest(m, s, horizon=4))),
        )


def panels() -> Iterator[tuple[str, Any]]:
    """Yield panels: several targets, a plan, a plan's table, other names, a file; overviews."""
    frame, names = inputs.panel(), inputs.catalogue()
    table = fc.assess_frame(frame, inputs.panel_targets(), catalogue=names)
    yield "targets", plain(table)
    yield "overview", tried(lambda: fc.overview(table))
    yield "overview, 0.4", tried(lambda: fc.overview(table, correlation=0.4))
    earlier = tried(lambda: fc.assess_frame(frame, inputs.panel_targets()[:6], catalogue=names, as_of=2022))
    yield "as of 2022", earlier
    yield "plan", tried(lambda: fc.assess_frame(frame, inputs.panel_plan(), catalogue=names))
    asked = fc.assess_frame(frame[frame.area < "area 12"], _plan_table())
    yield "table of targets", plain(asked)
    y = pd_frame(frame)
    yield "unique_id", tried(lambda: fc.assess_frame(y, [fc.Target.at_least("share", 70, year=2030)]))
    yield "no column", tried(lambda: fc.assess_frame(frame.drop(columns="year"), inputs.panel_targets()))
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "panel.csv", Path(folder) / "out.csv"
        frame[frame.area < "area 25"].to_csv(path, index=False)
        fc.assess_file(path, inputs.panel_targets()[:7], out)
        header = out.read_text(encoding="utf-8-sig").splitlines()[0]
        yield "file", dict.fromkeys(header.split(","), True)
        yield "file's rows", _csv(out)


def pd_frame(frame: Any) -> Any:
    """Return a panel under the names of forecasting frames."""
    some = frame[(frame.indicator == "share") & (frame.area > "area 20")]
    return some.assign(unique_id=some.area + "/" + some.indicator, ds=some.year, y=some.value)[
        ["unique_id", "ds", "y"]
    ]


def _plan_table() -> Any:
    import pandas as pd

    rows = [("share", "at_least", 70.0, 2030, None), ("waste", "change", -10.0, 2028, 2019)]
    table = pd.DataFrame(rows, columns=["indicator", "kind", "value", "year", "base_year"])
    return table.assign(unit=["%", "%"]).astype({"base_year": "Int64"})


def _csv(path: Path) -> Any:
    import pandas as pd

    return plain(pd.read_csv(path).sort_values(["area", "id", "indicator"], ignore_index=True))


def studies() -> Iterator[tuple[str, Any]]:
    """Yield two studies of a plan read from files, and their reports."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plan, histories = _read(folder)
        made = {
            "default": fc.assess_plan(plan, histories),
            "Drift, 2022": fc.assess_plan(plan, histories, as_of=2022, model=fc.Drift(), rng=5),
        }
        for label, study in made.items():
            yield f"{label}/study", answers.study(study)
            yield f"{label}/notebook", tried(lambda s=study: [a._repr_html_() for a in s.assessments])
            yield from _reports(label, study, folder)
        since = {"since": made["Drift, 2022"], "date": DAY}
        path = fc.write_report(made["default"], folder / "since.md", lang="zh", **since)
        yield "since/zh", path.read_text(encoding="utf-8").splitlines()
        broken = folder / "broken.csv"
        broken.write_text("indicator,year,value\nx,2019,1\nx,2019,2\nx,abc,3\nx,2021,n/a\n", "utf-8")
        problems = tried(lambda: fc.read_histories(broken))
        yield "problems of a file", json.loads(json.dumps(problems).replace(str(folder), ""))


def _read(folder: Path) -> tuple[fc.Plan, fc.Histories]:
    plan, data = inputs.plan_folder(folder)
    return fc.read_plan(plan), fc.read_histories(data)


def _reports(label: str, study: fc.Study, folder: Path) -> Iterator[tuple[str, Any]]:
    for lang in ("en", "zh"):
        path = fc.write_report(study, folder / "report.md", lang=lang, date=DAY)
        yield f"{label}/{lang}", path.read_text(encoding="utf-8").splitlines()
    path = fc.write_report(study, folder / "report.json", date=DAY)
    content = json.loads(path.read_text(encoding="utf-8"))
    yield f"{label}/bytes", {"sha256": sha256(path.read_bytes()).hexdigest()}
    yield f"{label}/targets", plain(content["targets"])
    yield f"{label}/records", answers.leaves(content["study"])
    yield f"{label}/read", tried(lambda: fc.read_study(path).to_frame())


SECTIONS = {
    "assess": assessments, "model": models, "scale": on_a_scale, "areas": over_areas, "growth": growth,
    "hindsight": in_hindsight, "panel": panels, "study": studies,
}  # fmt: skip


def everything() -> Answers:
    """Return every answer by section and name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return {section: dict(entries()) for section, entries in SECTIONS.items()}


def save_study(path: Path) -> None:
    """Write a study of the plan with every kind, its lines answered by one model and another."""
    with tempfile.TemporaryDirectory() as folder:
        plan, histories = _read(Path(folder))
    lines = []
    for item, name in zip(plan, inputs.ANSWERED_BY, strict=True):
        model = {**inputs.MODELS, "default": lambda: None}[name]()
        part = fc.assess_plan(replace(plan, items=(item,)), histories, as_of=2024, model=model)
        lines += [replace(line, assessment=_shortened(line.assessment)) for line in part.lines]
    first = replace(lines[0], assessment=fc.cross_check(lines[0].assessment))
    fc.write_report(replace(part, plan=plan, lines=(first, *lines[1:]), model=""), path, date=DAY)
    # The same content without line breaks: a third of the size.
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def _shortened(a: fc.Assessment) -> fc.Assessment:
    """Return an assessment without its thousands of draws: 99 stand for them."""
    if a.forecast is None or not isinstance(a.forecast.outlook, fc.Draws):
        return a
    levels = (np.arange(99) + 0.5) / 99
    short = fc.Draws(np.asarray(a.forecast.outlook.quantile(levels)))
    return replace(a, forecast=replace(a.forecast, fitted=None, outlook=short))


def main(arguments: list[str]) -> int:
    """Write or compare; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    doing = parser.add_mutually_exclusive_group(required=True)
    for name in ("--write", "--compare", "--study"):
        doing.add_argument(name, type=Path)
    parser.add_argument("--show", type=int, default=20, help="how many differences to print")
    given = parser.parse_args(arguments)
    if given.study:
        save_study(given.study)
        return 0
    begin = time.process_time()
    found: Answers = json.loads(json.dumps(everything()))
    print(f"forecast {fc.__version__}: {sum(map(len, found.values()))} entries, "
          f"{time.process_time() - begin:.0f} s CPU")  # fmt: skip
    if given.write:
        with gzip.GzipFile(given.write, "wb", mtime=0) as file:
            file.write(json.dumps(found, ensure_ascii=False).encode())
        print(f"{given.write.stat().st_size / 1e6:.2f} MB")
        return 0
    with gzip.open(given.compare, "rt", encoding="utf-8") as file:
        return compare(json.load(file), found, given.show)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
