"""Learn how much the second reading of long series says: ``python benchmarks/train_recent.py DATA...``.

The stored weights serve both readings, the whole series and its last values alone
(``forecast/models/mixture/recent.py``). Here only the gate between them is learned, on series longer
than the second reading, as of a year with known future: the score is that of ``train_mixture.py``,
relative to the whole series alone, and every file counts the same. ``--left-out`` learns from each
file and judges on the others. Writes the gate into ``forecast/models/mixture/mixture_weights.json``.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit
from train_mixture import OUTPUT, Lesson, lesson
from training_data import FURTHEST, LONGEST, KnownSeries, Questions, questions, read_known

from forecast.models.mixture.gating import FilteredPanel, Learned, SeriesPanel, learned
from forecast.models.mixture.recent import filter_twice

FloatArray = npt.NDArray[np.float64]

# Series asked of each file, a ridge on the gate, and how many years before its end a series is cut at most.
# The ridge leaves little but the constant: a gate free to follow the features gained no more on files left
# out, and cost the SDG series a little.
SERIES, RIDGE, BACK = 2500, 1e-2, 15
BLOCK = 200


class Both(NamedTuple):
    """Probabilities of both readings at thresholds (series, nodes), how they score, and the features."""

    whole: FloatArray
    last: FloatArray
    left: FloatArray
    right: FloatArray
    features: FloatArray


def ask_long(series: list[KnownSeries], longer_than: int, rng: np.random.Generator) -> Questions:
    """Ask each series of enough values as of one of its last years; a future that repeats is left out."""
    histories, futures, bounds = [], [], []
    for known in series:
        full = np.concatenate([known.past, known.future])
        seen = np.isfinite(full)
        enough = np.flatnonzero(seen & (np.cumsum(seen) > longer_than)) + 1
        ends = [end for end in enough[-BACK:] if np.isfinite(full[end : end + FURTHEST]).any()]
        if not ends:
            continue
        end = int(rng.choice(ends))
        history = full[max(0, end - LONGEST) : end]
        after = np.where(full[end : end + FURTHEST] == full[end - 1], np.nan, full[end : end + FURTHEST])
        if np.nanmax(history[-longer_than:]) > np.nanmin(history[-longer_than:]) and np.isfinite(after).any():
            histories.append(history)
            futures.append(after)
            bounds.append(known.bounds if rng.random() < 0.5 else (-np.inf, np.inf))
    return questions(histories, futures, np.array(bounds), np.zeros(len(histories)))


def both_readings(asked: Questions, model: Learned) -> Both:
    """Return what both readings say at the same thresholds."""
    parts = []
    for i in range(0, len(asked.future), BLOCK):
        rows = slice(i, i + BLOCK)
        some = Questions(
            SeriesPanel(*(entry[rows] for entry in asked.panel)), asked.future[rows], asked.unit[rows]
        )
        twice = filter_twice(some.panel, model)
        assert twice.recent_features is not None
        whole, last = (lesson(some, model.bank, one) for one in _apart(twice, len(model.bank.a)))
        said = [_said(part, model) for part in (whole, last)]
        parts.append(Both(*said, whole.left, whole.right, twice.features))
    return Both(*(np.concatenate(entry) for entry in zip(*parts, strict=True)))


def _apart(twice: FilteredPanel, components: int) -> tuple[FilteredPanel, FilteredPanel]:
    """Return the two readings as panels of their own."""
    assert twice.recent_features is not None
    found = []
    for part, features in ((0, twice.features), (1, twice.recent_features)):
        cut = slice(part * components, (part + 1) * components)
        on = tuple(
            None
            if one is None
            else one._replace(state=one.state.each(lambda x, c=cut: x[:, c]), evidence=one.evidence[:, cut])
            for one in twice.on
        )
        found.append(twice._replace(on=on, features=features, recent_features=None))
    return found[0], found[1]


def _said(part: Lesson, model: Learned) -> FloatArray:
    weights = model.weights(part.features.astype(float), part.evidence.astype(float))
    return np.asarray(np.matmul(weights[:, None, :], part.below)[:, 0], dtype=float)


def losses(part: Both, gate: FloatArray) -> FloatArray:
    """Return the score of every series with this gate."""
    share = expit(part.features @ gate)[:, None]
    p = (1 - share) * part.whole + share * part.last
    return np.asarray((part.left * p**2 + part.right * (1 - p) ** 2).sum(axis=1))


def learn(parts: list[Both]) -> FloatArray:
    """Return the gate that minimises the score relative to that of the whole series alone."""
    alone = [
        (part.left * part.whole**2 + part.right * (1 - part.whole) ** 2).sum(axis=1).mean() for part in parts
    ]

    def objective(gate: FloatArray) -> tuple[float, FloatArray]:
        value, slope = RIDGE * float(gate @ gate), 2 * RIDGE * gate
        for part, base in zip(parts, alone, strict=True):
            share = expit(part.features @ gate)
            p = part.whole + share[:, None] * (part.last - part.whole)
            by_p = 2 * (part.left * p - part.right * (1 - p)) / (len(p) * base * len(parts))
            value += float(losses(part, gate).mean()) / (base * len(parts))
            by_share = (by_p * (part.last - part.whole)).sum(axis=1)
            slope = slope + part.features.T @ (by_share * share * (1 - share))
        return value, slope

    start = np.zeros(parts[0].features.shape[1])
    return np.asarray(minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": 60}).x)


def gain(part: Both, gate: FloatArray) -> float:
    """Return the score with the gate relative to that without."""
    never = np.zeros(len(gate))
    never[0] = -50.0
    return float(losses(part, gate).mean() / losses(part, never).mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", nargs="+", type=Path, help="CSV files of series with known futures")
    parser.add_argument("--left-out", action="store_true", help="learn from each file, judge on the others")
    options = parser.parse_args()
    model, parts = learned(), []
    for i, path in enumerate(options.data):
        series, rng = read_known(path), np.random.default_rng([0, i])
        some = [series[j] for j in rng.permutation(len(series))[:SERIES]]
        parts.append(both_readings(ask_long(some, model.recent, rng), model))
        print(f"{path.name}: {len(parts[-1].features)} long series", flush=True)
    if options.left_out:
        for i, path in enumerate(options.data):
            gate = learn([parts[i]])
            others = [round(gain(part, gate), 4) for j, part in enumerate(parts) if j != i]
            print(f"learned from {path.name}: the others score {others} times as much", flush=True)
    gate = [round(float(x), 3) for x in learn(parts)]
    print(f"gate {gate}; {[round(gain(part, np.array(gate)), 4) for part in parts]}")
    text = OUTPUT.read_text(encoding="utf-8").splitlines()
    entry = '"recent": ' + json.dumps({"values": model.recent, "gate": gate}) + ","
    OUTPUT.write_text(
        "\n".join(entry if line.startswith('"recent":') else line for line in text) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
