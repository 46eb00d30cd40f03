"""Learn the weights of the default model: ``python benchmarks/train_mixture.py DATA...``.

Each DATA is a CSV (may be gzipped) with ``series_id, t or year, value, split`` and optionally
``indicator``; every file counts the same, however many series it holds, and one given twice counts
twice. The weights minimise the continuous ranked probability score, divided by the series' mean
yearly change: the Brier score of the question "will it be at most x?", averaged over all x. A
mixture's probability is linear in its weights, so the gradient is exact and needs no automatic
differentiation.

Several trainings on different draws are averaged, not the best one picked. Writes
``forecast/models/mixture/mixture_weights.json``; the same data give the same file. The gate of the
second reading of long series is kept; ``train_recent.py`` learns it afterwards.
"""

from __future__ import annotations

import argparse
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from training_data import FURTHEST, KnownSeries, Questions, ask, read_known

from forecast.distribution.student_t import student
from forecast.models.mixture.features import FEATURES
from forecast.models.mixture.gating import (
    SCALES,
    TAU_RANGE,
    FilteredPanel,
    Learned,
    PanelStandardization,
    filter_panel,
    learned,
)
from forecast.models.mixture.kalman import Components, forecast_moments, horizon_loadings

FloatArray = npt.NDArray[np.float64]
Single = npt.NDArray[np.float32]

OUTPUT = Path(__file__).parent.parent / "forecast" / "models" / "mixture" / "mixture_weights.json"
BLOCK, PROCESSES = 200, 2
# Trainings averaged, questions of a file in each, and the horizons of each question.
TRAININGS, QUESTIONS, HORIZONS = 4, 5000, (1, 3, 6, 10)
# A question counts by the yearly change of its history, and by no less than this share of that before the
# cut: two or three values that hardly differ, by chance, would outweigh hundreds of other questions.
LEAST_UNIT = 0.5
# Nor by less than this part of its largest surprise: a series that hardly moved and then leapt would
# outweigh hundreds of others (of SDG questions the mean score was 180, the median 1.2). With 1/25 the median
# of SDG indicators left out gains more and the mean of policy indicators loses more; with 1/100 the reverse.
SURPRISE = 1 / 50
# Components kept after a first training on all of them: populations left out are served no better by more.
KEPT = 48
# Stopped early: populations left out are served slightly better by 40 than by 25, 80 or 200.
ITERATIONS = 40
# Ridge penalties: on the constant and on the features of what scales share, what components
# share across scales, and what is left for each pair. Chosen by leaving whole populations out.
CONSTANT, GATED, PAIR, POWER = 3e-4, 3e-3, 1e-2, 1e-3
TAU_START = np.log(0.25)
# Thresholds around the last value, in units of 12 mean yearly changes: dense in the middle, and some
# so far out that an outlook which runs away on the log scale pays for it.
MIDDLE = np.sinh(np.linspace(-3.4, 3.4, 23)) / np.sinh(3.4)
OUTSIDE = np.array([1.6, 3.0, 8.0, 30.0, 150.0])
SPREAD = np.concatenate([-OUTSIDE[::-1], MIDDLE, OUTSIDE])
N_F = len(FEATURES)


def full_bank() -> tuple[Components, tuple[str, ...]]:
    """Return every component that is tried, with the name of its behaviour."""
    rows: list[tuple[float, ...]] = []
    names: list[str] = []

    def add(name: str, *entries: float, g: float = 0.0) -> None:
        names.append(name)
        rows.append((*entries, g))

    for a, k in product((0.0, 0.3, 0.6, 1.0), (0.0, 0.05, 0.5, 4.0, 30.0)):
        add("drift" if k else "level", a, 0.0, 0.0, 0.0, k, 0.0)
    for a, phi, q, k in product((0.3, 0.6, 1.0), (0.5, 0.8, 0.95, 1.0), (0.05, 0.2, 0.6), (0.0, 0.5)):
        start = 4.0 if phi == 1 else min(q / (1 - phi**2), 4.0)
        add("damped" if phi < 0.9 else "momentum", a, phi, q, 0.0, k, start)
    for phi, q in product((0.9, 1.0), (0.02, 0.2, 1.0, 4.0)):
        add("momentum", 0.0, phi, q, 0.0, 0.0, 4.0)
    # Growth that only slows: all momentum is there at the start and decays.
    for a, phi, start in product((0.3, 1.0), (0.85, 0.95), (4.0, 30.0)):
        add("slowing", a, phi, 0.0, 0.0, 0.0, start)
    # An AR(1) around a level that may drift: the same shock enters level and momentum.
    for a, rho, k in product((0.6, 1.0), (0.5, 0.75, 0.9), (0.0, 0.05)):
        pull = 1 - rho
        add("returning", a, rho, pull**2 * a, -pull * a, k, pull**2 * a / (1 - rho**2))
    # Amounts mostly grow: a drift drawn towards 3 or 6 % a year, on the log scale alone (see gating).
    for k, g in product((0.0, 0.05), (0.03, 0.06)):
        add("usual", 1.0, 0.0, 0.0, 0.0, k, 0.0, g=g)
    return Components(*np.array(rows).T), tuple(names)


class Lesson(NamedTuple):
    """Questions as the optimiser sees them: rows are series, entries single precision.

    ``below`` (series, scales x components, nodes) holds P(Y <= node) of every component, nodes
    being thresholds at every horizon; the score of a probability ``p`` at a node is
    ``left p^2 + right (1 - p)^2``.
    """

    features: Single
    evidence: Single
    below: Single
    left: Single
    right: Single


def lesson(asked: Questions, bank: Components, filtered: FilteredPanel | None = None) -> Lesson:
    """Turn questions into a lesson; *filtered* instead of the panel filtered here."""
    filtered = filter_panel(asked.panel, bank) if filtered is None else filtered
    steps = np.array(HORIZONS)
    future = asked.future[:, steps - 1]
    nodes = _nodes(asked, filtered.standardization, steps, future)
    surprise = np.nan_to_num(np.abs(future - filtered.standardization.last[:, None])).max(axis=1)
    unit = np.maximum.reduce([filtered.standardization.unit, LEAST_UNIT * asked.unit, SURPRISE * surprise])
    left, right = _node_weights(nodes, future, unit)
    n, components = len(nodes), len(bank.a)
    sums, shocks = horizon_loadings(bank, steps)
    below = np.zeros((n, len(SCALES) * components, *nodes.shape[1:]), dtype=np.float32)
    for s, part in enumerate(filtered.on):
        if part is None:
            continue
        images = filtered.standardization.at(part.rows, 3).transform(s, nodes[part.rows])
        for j, h in enumerate(steps):
            location, scale = forecast_moments(part.state, h, sums[j], shocks[j] + 1 - bank.a)
            t = (images[:, None, j] - location[:, :, None]) / scale[:, :, None]
            for nu in np.unique(part.state.degrees):
                mine = part.state.degrees == nu
                cdf = student(t[mine], float(nu))[0]
                below[part.rows[mine], s * components : (s + 1) * components, j] = cdf
    upper = asked.panel.upper[:, None, None, None]
    below[np.broadcast_to(nodes[:, None] >= upper, below.shape)] = 1.0
    evidence = filtered.evidence()
    flat = (n, -1)
    return Lesson(
        filtered.features.astype(np.float32),
        evidence.astype(np.float32),
        below.reshape(n, len(SCALES) * components, -1),
        left.reshape(flat).astype(np.float32),
        right.reshape(flat).astype(np.float32),
    )


def _nodes(
    asked: Questions, standardization: PanelStandardization, steps: npt.NDArray[np.int_], future: FloatArray
) -> FloatArray:
    """Return thresholds (series, horizons, nodes), ascending, the true value among them."""
    values = asked.panel.values
    seen = np.isfinite(values)
    begin = seen.argmax(axis=1)
    slope = (standardization.last - values[np.arange(len(values)), begin]) / np.maximum(
        values.shape[1] - 1 - begin, 1
    )
    middle = standardization.last[:, None] + 0.5 * slope[:, None] * steps
    width = 12.0 * standardization.unit[:, None] * steps**0.8
    nodes = middle[:, :, None] + width[:, :, None] * SPREAD
    known = np.where(np.isfinite(future), future, standardization.last[:, None])
    nodes = np.concatenate([nodes, known[:, :, None]], axis=2)
    return np.sort(
        np.clip(nodes, standardization.lower[:, None, None], standardization.upper[:, None, None]), axis=2
    )


def _node_weights(nodes: FloatArray, future: FloatArray, unit: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return trapezoid weights of p^2 below the true value and of (1 - p)^2 above; a series weighs 1."""
    width = np.diff(nodes, axis=2) / (2 * unit[:, None, None])
    known = np.isfinite(future)
    width = np.where(known[:, :, None], width, 0.0) / np.maximum(known.sum(axis=1), 1)[:, None, None]
    is_left = nodes[:, :, 1:] <= np.where(known, future, 0.0)[:, :, None]
    sides = []
    for part in (np.where(is_left, width, 0.0), np.where(is_left, 0.0, width)):
        weight = np.zeros(nodes.shape)
        weight[:, :, 1:] += part
        weight[:, :, :-1] += part
        sides.append(weight)
    return sides[0], sides[1]


def lessons(series: list[KnownSeries], seed: list[int], bank: Components) -> Lesson:
    """Ask and prepare in parallel; the draws do not depend on the number of processes."""
    blocks = [(series[i : i + BLOCK], [*seed, i], bank) for i in range(0, len(series), BLOCK)]
    with ProcessPoolExecutor(PROCESSES) as pool:
        parts = list(pool.map(_block, blocks))
    return Lesson(*(np.concatenate(entry) for entry in zip(*parts, strict=True)))


def _block(job: tuple[list[KnownSeries], list[int], Components]) -> Lesson:
    series, seed, bank = job
    return lesson(ask(series, np.random.default_rng(seed)), bank)


class Parameters(NamedTuple):
    """What is optimised: gating shared by a scale, by a component, of the pair, and of tau.

    The components of usual growth, on the log scale alone, share a gating of their own there.
    """

    scale: FloatArray
    component: FloatArray
    pair: FloatArray
    tau: FloatArray

    @classmethod
    def of(cls, flat: FloatArray) -> Parameters:
        """Cut the optimiser's vector into parts."""
        s = len(SCALES)
        n = (len(flat) // N_F - 1 - (s + 1)) // (1 + s)
        cuts = np.cumsum([(s + 1) * N_F, n * N_F, s * n * N_F])
        scale, component, pair, tau = np.split(flat, cuts)
        return cls(scale.reshape(s + 1, N_F), component.reshape(n, N_F), pair.reshape(s, n, N_F), tau)

    def theta(self, bank: Components) -> FloatArray:
        """Return the gating of every pair of scale and component."""
        return (self.scale[_shared(bank)] + self.component + self.pair).reshape(-1, N_F)

    @staticmethod
    def slope(by_theta: FloatArray, by_tau: FloatArray, bank: Components) -> FloatArray:
        """Return the gradient by the optimiser's vector."""
        shared = _shared(bank)
        cube = by_theta.reshape(*shared.shape, N_F)
        by_scale = [cube[shared == s].sum(axis=0) for s in range(len(SCALES) + 1)]
        return np.concatenate([*by_scale, cube.sum(axis=0).ravel(), cube.ravel(), by_tau])

    @staticmethod
    def penalty(components: int) -> FloatArray:
        """Return the ridge of every entry of the optimiser's vector; tau's constant is free."""
        gates = np.ones(N_F - 1)
        one = np.concatenate([[CONSTANT], GATED * gates])
        scale = np.tile(0.1 * one, len(SCALES) + 1)
        component = np.tile(one / components * 8, components)
        pair = np.concatenate([[CONSTANT + 0.1 * PAIR], (GATED + PAIR) * gates])
        pairs = np.tile(pair / (len(SCALES) * components) * 8, len(SCALES) * components)
        return np.concatenate([scale, component, pairs, [0.0], POWER * gates])


def _shared(bank: Components) -> npt.NDArray[np.intp]:
    """Return which of the shared gatings each pair (scales, components) has."""
    scale = np.arange(len(SCALES))[:, None]
    return np.where(bank.g > 0, len(SCALES), scale)


def train(parts: list[Lesson], bank: Components) -> FloatArray:
    """Return the vector of parameters that minimises the mean score, every lesson counting the same."""
    penalty = Parameters.penalty(len(bank.a))
    centre = np.zeros(len(penalty))
    centre[-N_F] = TAU_START

    def objective(flat: FloatArray) -> tuple[float, FloatArray]:
        at = Parameters.of(flat)
        theta = at.theta(bank)
        loss, to_theta, to_tau = 0.0, np.zeros(theta.shape), np.zeros(N_F)
        for part in parts:
            value, by_theta, by_tau = score(part, theta, at.tau)
            loss += value / len(parts)
            to_theta += by_theta / len(parts)
            to_tau += by_tau / len(parts)
        off = flat - centre
        return loss + float(penalty @ off**2), Parameters.slope(to_theta, to_tau, bank) + 2 * penalty * off

    found = minimize(objective, centre, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS})
    return np.asarray(found.x)


def score(part: Lesson, theta: FloatArray, tau: FloatArray) -> tuple[float, FloatArray, FloatArray]:
    """Return the mean score of a lesson and its gradients by theta and tau."""
    served = np.isfinite(part.evidence)
    log_power = part.features @ tau.astype(np.float32)
    power = np.exp(np.clip(log_power, *TAU_RANGE))
    evidence = np.where(served, part.evidence, np.float32(0))
    logits = part.features @ theta.T.astype(np.float32) + power[:, None] * evidence
    logits = np.where(served, logits, np.float32(-np.inf))
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    p = np.matmul(weights[:, None, :], part.below)[:, 0]
    loss = float((part.left * p**2 + part.right * (1 - p) ** 2).sum()) / len(p)
    by_p = 2 * (part.left * p - part.right * (1 - p)) / len(p)
    by_weight = np.matmul(part.below, by_p[:, :, None])[:, :, 0]
    by_logit = weights * (by_weight - (weights * by_weight).sum(axis=1, keepdims=True))
    inside = (log_power > TAU_RANGE[0]) & (log_power < TAU_RANGE[1])
    by_power = np.where(inside, (by_logit * evidence).sum(axis=1) * power, 0.0)
    return loss, by_logit.T.astype(float) @ part.features, part.features.T @ by_power


def chosen(parts: list[Lesson], flat: FloatArray, bank: Components) -> npt.NDArray[np.intp]:
    """Return the components that carry most weight over all lessons, any scale, in the bank's order."""
    at = Parameters.of(flat)
    model = Learned(bank, (), at.theta(bank), at.tau, 0, np.zeros(N_F))
    carried = np.zeros(len(bank.a))
    for part in parts:
        weights = model.weights(part.features.astype(float), part.evidence.astype(float))
        carried += weights.mean(axis=0).reshape(len(SCALES), -1).sum(axis=0)
    return np.sort(np.argsort(-carried, kind="stable")[:KEPT])


def draw(files: list[list[KnownSeries]], seed: int, bank: Components) -> list[Lesson]:
    """Draw QUESTIONS questions of every file; of a smaller one, series are asked again at other times."""
    parts = []
    for i, series in enumerate(files):
        order = np.resize(np.random.default_rng([seed, i]).permutation(len(series)), QUESTIONS)
        parts.append(lessons([series[j] for j in order], [seed, i], bank))
    return parts


def learn(files: list[list[KnownSeries]], stored: Learned | None = None) -> Learned:
    """Train on several draws and average: the components stored, or those that carry weight."""
    if stored is None:
        bank, names = full_bank()
        parts = draw(files, 0, bank)
        keep = chosen(parts, train(parts, bank), bank)
        del parts
        bank, names = bank.at(keep), tuple(names[i] for i in keep)
    else:
        bank, names = stored.bank, stored.behaviours
    found = []
    for seed in range(1, TRAININGS + 1):
        found.append(train(draw(files, seed, bank), bank))
        print(f"training {seed} of {TRAININGS} done", flush=True)
    mean = Parameters.of(np.mean(found, axis=0))
    kept = learned()
    return Learned(bank, names, mean.theta(bank), mean.tau, kept.recent, kept.gate)


def write(model: Learned, data: list[Path], output: Path, same: bool) -> None:
    """Write the weights with what made them."""
    lines = [
        '"made": ' + json.dumps(made(data, same)),
        '"features": ' + json.dumps(FEATURES),
        '"scales": ' + json.dumps(SCALES),
        '"entries": ' + json.dumps(["behaviour", *Components._fields]),
        '"components": [\n'
        + ",\n".join(_line(n, r) for n, r in zip(model.behaviours, np.array(model.bank).T, strict=True))
        + "\n]",
        '"recent": ' + json.dumps({"values": model.recent, "gate": _short(model.gate)}),
        '"tau": ' + json.dumps(_short(model.tau)),
        '"theta": [\n' + ",\n".join(json.dumps(_short(row)) for row in model.theta) + "\n]",
    ]
    output.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def made(data: list[Path], same: bool) -> dict[str, object]:
    """Return what a reader needs to make the weights again."""
    names = [path.name for path in data]
    return {
        "command": " ".join(["python benchmarks/train_mixture.py", *names, *["--same-components"] * same]),
        "data": names,
        "date": date.today().isoformat(),
        "horizons": HORIZONS,
        "trainings": TRAININGS,
        "numpy": np.__version__,
    }


def _line(name: str, entries: FloatArray) -> str:
    return json.dumps([name, *(float(f"{x:.10g}") for x in entries)])


def _short(row: FloatArray) -> list[float]:
    return [round(float(x), 3) for x in row]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="+", type=Path, help="CSV files of series with known futures")
    parser.add_argument("--same-components", action="store_true", help="keep the bank that is stored")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    assert max(HORIZONS) <= FURTHEST
    files = [read_known(path) for path in options.data]
    for path, series in zip(options.data, files, strict=True):
        print(
            f"{path.name}: {len(series)} series, {len({one.indicator for one in series})} indicators",
            flush=True,
        )
    model = learn(files, learned() if options.same_components else None)
    write(model, options.data, options.output, options.same_components)
    print(f"wrote {options.output.name}", file=sys.stderr)


if __name__ == "__main__":
    main()
