"""Does the default model serve populations it never saw? ``python benchmarks/left_out.py DATA...``.

The weights are trained four times, each time without a quarter of the populations of every file,
and judged on that quarter: whole, and cut to the last 8 and 5 values. A population is an indicator
of the files that have them; of the others it is a run of numbers (M4's largely follow its fields).
The components are those of the stored weights. What the training program settles (penalties,
iterations, thresholds) is chosen here, never on M1, M3 or Tourism. With ``--peers`` (more than an
hour) all models are judged on the same series: those without gaps, which is what the peers serve.
``--keep`` writes the quantiles of all models, and ``--answers`` reads those of the peers again;
``--others`` takes over the rows of the peers from an earlier table.

The last years of the files are a time of their own: half of the policy series end in 2019. So
``--earlier`` judges each series as of one of the 20 years before, on what came then. ``--far`` does
so 1, 3, 6, 10 and 15 years ahead, each for itself: plans are made for ten years and more.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pandas as pd
from accuracy import FOLDER, MODELS, Series, judged, our_answers, peer_answers, summary, written
from train_mixture import Parameters, draw, train
from training_data import KnownSeries, read_known

import forecast as fc
from forecast.models.mixture import posterior
from forecast.models.mixture.gating import Learned, learned

# What the default model is always judged beside.
BESIDE = ("Drift", "Trend", "Theta")
PARTS = 4
# Series judged in each part of each file.
JUDGED = 200
CUTS = {"whole": 80, "last 8": 8, "last 5": 5}
# An earlier history ends at most so many years before the last one, and spans no fewer than these.
EARLIER, LEAST = 20, 8
# Years ahead that are judged each for itself.
FAR = (1, 3, 6, 10, 15)


def parts_of(series: list[KnownSeries]) -> list[list[KnownSeries]]:
    """Cut the series of a file into parts that share no population."""
    names = sorted({one.indicator for one in series})
    if len(names) < PARTS:
        # By number: Y2 before Y10.
        numbered = sorted(series, key=lambda one: (len(one.name), one.name))
        cuts = np.linspace(0, len(series), PARTS + 1).astype(int)
        return [numbered[a:b] for a, b in pairwise(cuts)]
    part = {name: i % PARTS for i, name in enumerate(np.random.default_rng(0).permutation(names))}
    return [[one for one in series if part[one.indicator] == i] for i in range(PARTS)]


def learned_without(part: int, files: list[list[list[KnownSeries]]], store: Path | None = None) -> Learned:
    """Train on all other parts of every file; *store* keeps what was learned for the next benchmark."""
    stored, kept = learned(), None if store is None else store / f"without-{part}.npy"
    if kept is not None and kept.exists():
        flat = np.load(kept)
    else:
        rest = [[one for j, series in enumerate(parts) if j != part for one in series] for parts in files]
        flat = train(draw(rest, part, stored.bank), stored.bank)
        print(f"trained without part {part}", file=sys.stderr, flush=True)
    if kept is not None and not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.save(kept, flat)
    at = Parameters.of(flat)
    return replace(stored, theta=at.theta(stored.bank), tau=at.tau)


def training_options(parser: argparse.ArgumentParser) -> None:
    """Add what the benchmarks on populations left out have in common."""
    parser.add_argument("data", nargs="+", type=Path, help="CSV files of series with known futures")
    parser.add_argument("--also", nargs="*", type=Path, default=[], help="files to train on but not to judge")
    parser.add_argument("--store", type=Path, help="a folder that keeps the four trainings for the next run")


# Files cut into parts, files to train on alone, the folder of trainings, and the command: to the text.
Judge = Callable[[dict[str, list[list[KnownSeries]]], list[list[list[KnownSeries]]], Path | None, str], str]


def run(doc: str | None, name: str, judge: Judge) -> None:
    """Judge the files named on the command line; print the text and write it to ``NAME.md``."""
    parser = argparse.ArgumentParser(description=(doc or "").partition("\n")[0])
    training_options(parser)
    parser.add_argument("--output", type=Path, default=FOLDER)
    options = parser.parse_args()
    files = {path.name.split(".")[0]: parts_of(read_known(path)) for path in options.data}
    others = [parts_of(read_known(path)) for path in options.also]
    command = " ".join([f"python benchmarks/{name}.py", *(Path(word).name for word in sys.argv[1:])])
    text = judge(files, others, options.store, command)
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / f"{name}.md").write_text(text, encoding="utf-8")
    print(text)


@contextmanager
def in_place_of_the_stored(model: Learned) -> Iterator[None]:
    """Let the default model use these weights."""
    posterior.loadings_of.cache_clear()
    with patch.object(posterior, "learned", lambda: model):
        yield
    posterior.loadings_of.cache_clear()


def as_of_earlier(series: list[KnownSeries], rng: np.random.Generator) -> Iterator[KnownSeries]:
    """Yield each series as it was some years before, its future that of then; short ones are left out."""
    for known in series:
        values, ahead = np.concatenate([known.past, known.future]), len(known.future)
        last = len(known.past) - ahead
        if last >= LEAST:
            end = int(rng.integers(max(LEAST, last + ahead - EARLIER), last + 1))
            yield known._replace(past=values[:end], future=values[end : end + ahead])


def as_of_long_ago(series: list[KnownSeries], rng: np.random.Generator) -> Iterator[KnownSeries]:
    """Yield each series as of a year whose farthest future is known by now, with the years of ``FAR``."""
    for known in series:
        values, ahead = np.concatenate([known.past, known.future]), FAR[-1]
        last = len(values) - ahead
        if last >= LEAST:
            end = int(rng.integers(max(LEAST, len(values) - EARLIER), last + 1))
            future = np.full(ahead, np.nan)
            future[np.array(FAR) - 1] = values[end + np.array(FAR) - 1]
            # After a gap the years ahead would be others.
            if np.isfinite(values[end - 1]):
                yield known._replace(past=values[:end], future=future)


def asked(name: str, part: int, series: list[KnownSeries]) -> Iterator[Series]:
    """Yield series to be judged; a cut that leaves one value or none that moves is left out."""
    for cut, keep in CUTS.items():
        for i, known in enumerate(series):
            years = np.arange(2000 - len(known.past), 2000 + len(known.future))
            values = np.concatenate([known.past, known.future])
            seen = np.isfinite(values)
            past, after = seen & (years < 2000), seen & (years >= 2000)
            past[np.flatnonzero(past)[:-keep]] = False
            if past.sum() > 1 and after.any() and np.ptp(values[past]) > 0:
                parts = years[past], values[past], years[after], values[after]
                yield Series(f"{name}, {cut}", f"{part}-{i}", *parts)


def served_by_all(answers: pd.DataFrame) -> pd.DataFrame:
    """Return the answers on the series that every model serves."""
    models = answers.groupby(["set", "series_id"])["model"].transform("nunique")
    return answers[models == answers["model"].nunique()]


def by_years_ahead(scored: pd.DataFrame) -> pd.DataFrame:
    """Return the same scores with every year ahead as a set of its own."""
    ahead = scored["h"].map("{:02d} ahead".format)
    return scored.assign(set=scored["set"] + ", " + ahead).sort_values(["set", "model"], kind="stable")


def kept_of_peers(path: Path) -> pd.DataFrame:
    """Return the peers' quantiles of an earlier run."""
    kept = pd.read_csv(path, dtype={"series_id": str})
    return kept[~kept["model"].isin(["StructuralMixture", *BESIDE])]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    training_options(parser)
    parser.add_argument("--peers", type=Path, help="the peers' interpreter")
    parser.add_argument("--answers", type=Path, help="quantiles kept by an earlier run with peers")
    parser.add_argument("--others", type=Path, help="an earlier table, for the models not asked now")
    parser.add_argument("--keep", type=Path, help="where to write every quantile")
    times = parser.add_mutually_exclusive_group()
    for time, told in (("earlier", "judge as of a year before"), ("far", "as of long ago, by years ahead")):
        times.add_argument(f"--{time}", dest="time", action="store_const", const=time, help=told)
    parser.add_argument("--output", type=Path, default=FOLDER)
    options = parser.parse_args()
    files = [parts_of(read_known(path)) for path in (*options.data, *options.also)]
    as_of = {"earlier": as_of_earlier, "far": as_of_long_ago}.get(options.time)
    series: list[Series] = []
    answers: list[pd.DataFrame] = []
    for part in range(PARTS):
        here: list[Series] = []
        for path, parts in zip(options.data, files, strict=False):
            rng = np.random.default_rng(100 + part)
            known = [parts[part][i] for i in rng.permutation(len(parts[part]))[:JUDGED]]
            known = list(as_of(known, rng)) if as_of else known
            here += asked(path.name.split(".")[0], part, known)
        with in_place_of_the_stored(learned_without(part, files, options.store)):
            answers.append(our_answers(here, {"StructuralMixture": fc.StructuralMixture()}))
        series += here
    answers.append(our_answers(series, {k: MODELS[k] for k in BESIDE}))
    if options.peers:
        answers.append(peer_answers(series, options.peers))
    if options.answers:
        answers.append(kept_of_peers(options.answers))
    every = pd.concat(answers, ignore_index=True)
    if options.keep:
        every.to_csv(options.keep, index=False)
    scored = judged(served_by_all(every), series)
    table = summary(by_years_ahead(scored) if options.time == "far" else scored)
    options.output.mkdir(parents=True, exist_ok=True)
    command = " ".join(["python benchmarks/left_out.py", *(Path(word).name for word in sys.argv[1:])])
    text = written(table, command, options.others)
    name = f"left_out-{options.time}.md" if options.time else "left_out.md"
    (options.output / name).write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
