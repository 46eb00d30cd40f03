"""Learn what an area's outlook takes from its parents: ``python benchmarks/train_small_area.py DATA...``.

DATA are the training files with children within parents (see ``small_area_data.py``); every file counts
the same. What is learned: the share of the own history and of each parent, the weights of the
components of the ratio between area and parent, and the guess of the ratio's spread. All three minimise
the continuous ranked probability score of the pooled outlook, divided by the child's mean yearly change,
and beside it the logarithmic score over the same thresholds, which minds the tails; the gradient is
exact. The own outlook and the parents' are those of the default model as it is stored, so train that one
first. Writes ``forecast/models/small_area/small_area_weights.json``; the same data and default model
give the same file.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from small_area_data import Family, Question, ask, read_families

import forecast as fc
from forecast.distribution.atom import moving_part
from forecast.distribution.student_t import student
from forecast.models.mixture.kalman import FilteredStates
from forecast.models.small_area.lending import Cells, Learned, cells_of, known_cells
from forecast.models.small_area.pairing import Pair, kind_of, pairs_of
from forecast.models.small_area.ratio import (
    BANK,
    LENDING_FEATURES,
    RATIO_FEATURES,
    SPREAD_ENTRIES,
    Description,
    Pairs,
    component_weights,
    describe,
    filtered,
    moments,
    prior_sigma,
)

FloatArray = npt.NDArray[np.float64]

OUTPUT = Path(__file__).parent.parent / "forecast" / "models" / "small_area" / "small_area_weights.json"
# Draws of questions averaged, and questions of a file in each.
TRAININGS, QUESTIONS = 2, 1000
ITERATIONS = 50
# Thresholds around the middle, in units of 12 mean yearly changes times years^0.8.
SPREAD = np.concatenate([[-6.0, -1.6], np.sinh(np.linspace(-3.2, 3.2, 15)) / np.sinh(3.2), [1.6, 6.0]])
# Ridge penalties: on constants and features of the components' weights, on the spread, on the shares.
CONSTANT, GATED, SPREAD_RIDGE, LENDING_RIDGE = 1e-3, 5e-3, 1e-4, 1e-3
# How much the logarithmic score of each threshold's question counts beside the Brier score: without it the
# intervals of areas left out hold too little. No chance is taken for less than this.
LOGS, LEAST_CHANCE = 0.25, 1e-3
# Where the search starts.
TAU_START = 0.3
SPREAD_START = np.array([np.log(20.0), 0.5, -2.0, -1.3, -1.0, 0.6, 0.6, 0.0])
# A small step of log sigma, for how the evidence changes with it.
_STEP = 1e-4
_BLOCK = 400
J, N_R, N_L = len(BANK.a), len(RATIO_FEATURES), len(LENDING_FEATURES)


class Lesson(NamedTuple):
    """Questions as the optimiser sees them; rows are questions, and pairs of a question and a parent.

    ``own`` (questions, nodes) is the own outlook's probability of at most each node, NaN without one.
    """

    own: FloatArray
    left: FloatArray
    right: FloatArray
    question: npt.NDArray[np.intp]
    seen: Description
    pairs: Pairs
    images: FloatArray
    cells: Cells
    steps: npt.NDArray[np.intp]


def lesson(questions: Sequence[Question]) -> Lesson:
    """Turn questions into a lesson."""
    model = fc.StructuralMixture()
    able = [i for i, q in enumerate(questions) if len(q.own) > 1]
    fits = dict(zip(able, model.fit_all([questions[i].own for i in able]), strict=True))
    lenders = [(i, k, parent) for i, q in enumerate(questions) for k, parent in enumerate(q.parents)]
    parents = model.fit_all([parent for _, _, parent in lenders])
    nodes = np.array([_nodes(q) for q in questions])
    own = np.full(nodes.shape, np.nan)
    for i, fitted in fits.items():
        own[i] = fitted.predict(questions[i].year).at_most(nodes[i])
    made, images, cells, steps = [], [], [], []
    for (i, k, parent), fitted in zip(lenders, parents, strict=True):
        q = questions[i]
        pair = Pair(q.own, parent, kind_of(q.own, parent), k)
        known = parent.value_in(q.year)
        if known is None and q.year <= parent.last_year:
            continue
        made.append((i, pair))
        images.append(pair.scale.transform(nodes[i]))
        if known is None:
            cells.append(cells_of(moving_part(fitted.predict(q.year)), pair.scale))
        else:
            cells.append(known_cells(float(pair.scale.transform(known))))
        steps.append(q.year - int(pair.years[-1]))
    pairs = pairs_of([pair for _, pair in made])
    truth = np.array([q.truth for q in questions])
    left, right = _node_weights(nodes, truth, np.array([q.unit for q in questions]))
    question = np.array([i for i, _ in made])
    return Lesson(
        *(own, left, right, question, describe(pairs), pairs, np.array(images)),
        *(Cells(*(np.array(part) for part in zip(*cells, strict=True))), np.array(steps)),
    )


def _nodes(q: Question) -> FloatArray:
    """Return thresholds, ascending, the true value among them."""
    ahead = q.year - q.own.last_year
    nodes = q.own.last_value + 12.0 * q.unit * ahead**0.8 * SPREAD
    lower, upper = (b if b is not None else s * np.inf for b, s in zip(q.own.bounds, (-1, 1), strict=True))
    return np.sort(np.clip(np.append(nodes, q.truth), lower, upper))


def _node_weights(nodes: FloatArray, truth: FloatArray, unit: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return trapezoid weights of p^2 below the true value and of (1 - p)^2 above."""
    width = np.diff(nodes, axis=1) / (2 * unit[:, None])
    is_left = nodes[:, 1:] <= truth[:, None]
    sides = []
    for part in (np.where(is_left, width, 0.0), np.where(is_left, 0.0, width)):
        weight = np.zeros(nodes.shape)
        weight[:, 1:] += part
        weight[:, :-1] += part
        sides.append(weight)
    return sides[0], sides[1]


class Lent(NamedTuple):
    """What each pair's outlook says at the nodes, and how that changes with log sigma."""

    below: FloatArray
    by_sigma: FloatArray
    weights: FloatArray
    state: FilteredStates
    by_evidence: FloatArray


def lent(part: Lesson, log_sigma: FloatArray, theta: FloatArray, tau: float) -> Lent:
    """Return P(at most node) by component (pairs, components, nodes), and its gradient by log sigma."""
    state = filtered(part.pairs, log_sigma)
    moved = filtered(part.pairs, log_sigma + _STEP)
    by_scale = 0.5 * np.log(moved.sigma2 / state.sigma2) / _STEP
    evidence = [s.log_evidence - s.log_evidence.max(axis=1, keepdims=True) for s in (state, moved)]
    by_evidence = (evidence[1] - evidence[0]) / _STEP
    location, spread = moments(state, part.steps)
    below = np.empty((len(location), J, part.images.shape[1]))
    by_sigma = np.empty(below.shape)
    certain = part.cells.variance.max(axis=1) == 0
    for degrees in np.unique(state.degrees):
        for known in (False, True):
            rows = np.flatnonzero((state.degrees == degrees) & (certain == known))
            for i in range(0, len(rows), _BLOCK):
                some = rows[i : i + _BLOCK]
                weights, middle, variance = (x[some][:, : 1 if known else None] for x in part.cells[:3])
                size = np.sqrt(spread[some][:, :, None] ** 2 + variance[:, None])
                centre = location[some][:, :, None] + middle[:, None]
                t = (part.images[some][:, None, None, :] - centre[..., None]) / size[..., None]
                cdf, density = student(t, float(degrees))
                below[some] = np.einsum("rjcn,rc->rjn", cdf, weights)
                pulled = np.where(np.isfinite(t), t, 0.0) * density
                share = -((spread[some] ** 2 * by_scale[some])[:, :, None] / size**2) * weights[:, None]
                by_sigma[some] = np.einsum("rjcn,rjc->rjn", pulled, share)
    weights = component_weights(part.seen.ratio, state.log_evidence, theta, tau)
    return Lent(below, by_sigma, weights, state, by_evidence)


def score(part: Lesson, flat: FloatArray) -> tuple[float, FloatArray, FloatArray]:
    """Return the mean score, its gradient by all parameters, and each question's own score."""
    at = unpack(flat)
    log_sigma, sigma_gradient = prior_sigma(part.seen, at.spread)
    each = lent(part, log_sigma, at.theta, at.tau)
    pair_below = np.einsum("rjn,rj->rn", each.below, each.weights)
    n = len(part.own)
    points = part.seen.lending @ at.lending
    has_own = np.isfinite(part.own[:, 0])
    # The softmax over the own history (score 0) and the parents of each question.
    top = np.where(has_own, 0.0, -np.inf)
    np.maximum.at(top, part.question, points)
    up = np.exp(points - top[part.question])
    own_up = np.where(has_own, np.exp(-top), 0.0)
    total = own_up.copy()
    np.add.at(total, part.question, up)
    share = up / total[part.question]
    p = np.where(has_own[:, None], (own_up / total)[:, None] * np.nan_to_num(part.own), 0.0)
    np.add.at(p, part.question, share[:, None] * pair_below)
    over, under = np.maximum(1 - p, LEAST_CHANCE), np.maximum(p, LEAST_CHANCE)
    scores = (part.left * (p**2 - LOGS * np.log(over))).sum(axis=1)
    scores += (part.right * ((1 - p) ** 2 - LOGS * np.log(under))).sum(axis=1)
    by_p = part.left * (2 * p + LOGS * (1 - p > LEAST_CHANCE) / over)
    by_p -= part.right * (2 * (1 - p) + LOGS * (p > LEAST_CHANCE) / under)
    by_p /= n
    mine = by_p[part.question]
    by_share = (mine * pair_below).sum(axis=1)
    mean = np.zeros(n)
    np.add.at(mean, part.question, share * by_share)
    mean += (own_up / total) * (by_p * np.nan_to_num(part.own)).sum(axis=1)
    by_points = share * (by_share - mean[part.question])
    by_weight = share[:, None] * np.einsum("rn,rjn->rj", mine, each.below)
    by_logit = each.weights * (by_weight - (each.weights * by_weight).sum(axis=1, keepdims=True))
    evidence = each.state.log_evidence - each.state.log_evidence.max(axis=1, keepdims=True)
    by_tau = float((by_logit * evidence).sum())
    by_log_sigma = share * np.einsum("rn,rjn,rj->r", mine, each.by_sigma, each.weights)
    by_log_sigma += at.tau * (by_logit * each.by_evidence).sum(axis=1)
    gradient = np.concatenate(
        [
            (by_logit.T @ part.seen.ratio).ravel(),
            [by_tau * at.tau],
            by_log_sigma @ sigma_gradient,
            by_points @ part.seen.lending,
        ]
    )
    return float(scores.mean()), gradient, scores


def unpack(flat: FloatArray) -> Learned:
    """Cut the optimiser's vector into parts; tau is searched for in logs."""
    theta, tau, spread, lending = np.split(flat, np.cumsum([J * N_R, 1, len(SPREAD_ENTRIES)]))
    return Learned(theta.reshape(J, N_R), float(np.exp(tau[0])), spread, lending)


def start() -> FloatArray:
    """Where the search starts: all components alike, a parent counting as much as the own history."""
    return np.concatenate([np.zeros(J * N_R), [np.log(TAU_START)], SPREAD_START, np.zeros(N_L)])


def train(parts: Sequence[Lesson], iterations: int = ITERATIONS) -> FloatArray:
    """Return the vector that minimises the mean score, every lesson counting the same."""
    centre = start()
    gates = np.tile(np.concatenate([[CONSTANT], GATED * np.ones(N_R - 1)]), J) / J * 4
    penalty = np.concatenate(
        [gates, [CONSTANT], SPREAD_RIDGE * np.ones(len(SPREAD_ENTRIES)), LENDING_RIDGE * np.ones(N_L)]
    )

    def objective(flat: FloatArray) -> tuple[float, FloatArray]:
        off = flat - centre
        loss, gradient = float(penalty @ off**2), 2 * penalty * off
        for part in parts:
            value, slope, _ = score(part, flat)
            loss += value / len(parts)
            gradient += slope / len(parts)
        return loss, gradient

    return np.asarray(
        minimize(objective, centre, jac=True, method="L-BFGS-B", options={"maxiter": iterations}).x
    )


def draw(files: Sequence[Sequence[Family]], seed: int) -> list[Lesson]:
    """Draw QUESTIONS questions of every file; of a smaller one, families are asked again at other times."""
    parts = []
    for i, families in enumerate(files):
        rng = np.random.default_rng([seed, i])
        order = np.resize(rng.permutation(len(families)), QUESTIONS)
        parts.append(lesson(ask([families[j] for j in order], rng)))
    return parts


def learn(files: Sequence[Sequence[Family]]) -> Learned:
    """Train on several draws and average."""
    found = []
    for seed in range(1, TRAININGS + 1):
        found.append(train(draw(files, seed)))
        print(f"training {seed} of {TRAININGS} done", flush=True)
    return unpack(np.mean(found, axis=0))


def write(model: Learned, data: Sequence[Path], output: Path) -> None:
    """Write the weights with what made them."""
    names = [path.name for path in data]
    made = {
        "command": " ".join(["python benchmarks/train_small_area.py", *names]),
        "data": names,
        "date": date.today().isoformat(),
        "trainings": TRAININGS,
        "questions": QUESTIONS,
        "numpy": np.__version__,
    }
    lines = [
        '"made": ' + json.dumps(made),
        '"ratio_features": ' + json.dumps(RATIO_FEATURES),
        '"theta": [\n' + ",\n".join(json.dumps(_short(row)) for row in model.theta) + "\n]",
        '"tau": ' + json.dumps(_short([model.tau])[0]),
        '"spread_entries": ' + json.dumps(SPREAD_ENTRIES),
        '"spread": ' + json.dumps(_short(model.spread)),
        '"lending_features": ' + json.dumps(LENDING_FEATURES),
        '"lending": ' + json.dumps(_short(model.lending)),
    ]
    output.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _short(row: Sequence[float] | FloatArray) -> list[float]:
    return [round(float(x), 3) for x in row]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="+", type=Path, help="training files with children within parents")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    write(learn([read_families(path) for path in options.data]), options.data, options.output)
    print(f"wrote {options.output.name}", file=sys.stderr)


if __name__ == "__main__":
    main()
