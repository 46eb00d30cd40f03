"""Quantiles of many distribution functions at once, by Newton's method in probits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from forecast.arrays import BoolArray, FloatArray, IntArray

# F and dF/du at points u (n, k), the rows of which belong to the distributions of the given numbers.
Curve = Callable[[FloatArray, IntArray], tuple[FloatArray, FloatArray]]

# Newton's steps for all together, those before a bracket is halved to its end (as it must be at a
# jump), and all steps.
_TOGETHER, _STEPS, _ALL_STEPS = 3, 9, 80
# What is left of an error when a search stops; a miss in probits that is none; the width of a bracket
# that is halved no more; and the longest step.
_SETTLED, _HIT, _NARROW, _LEAP = 1e-12, 1e-13, 1e-14, 2.0
# Probabilities whose probits are still finite.
_LEAST, _MOST = 1e-300, 1 - 1e-16


def quantile_search(
    curve: Curve, levels: FloatArray, start: FloatArray, low: FloatArray, high: FloatArray
) -> FloatArray:
    """Points u with F(u) = p, for each distribution (row) and each of its levels p.

    Newton's method on ``Phi^-1(F(u)) = Phi^-1(p)``, which is nearly straight for a mixture, within a
    bracket that is halved where a step would leave it.

    Parameters
    ----------
    curve : callable
    levels : ndarray, shape (rows, k)
        Probabilities between 0 and 1.
    start, low, high : ndarray, shape (rows, k)
        Guesses, and brackets of the answers: on an axis on which a distribution is a few units wide.

    Examples
    --------
    >>> from scipy.special import ndtr
    >>> phi = lambda u, rows: (ndtr(u), np.exp(-u * u / 2) / np.sqrt(2 * np.pi))
    >>> one = np.ones((1, 2))
    >>> quantile_search(phi, np.array([[0.025, 0.975]]), 0.1 * one, -9 * one, 9 * one).round(6).tolist()
    [[-1.959964, 1.959964]]
    """
    none, infinite = np.zeros(levels.shape, dtype=bool), np.full(levels.shape, np.inf)
    search = _Search(ndtri(levels), levels, start, low, high, infinite, none)
    for _ in range(_TOGETHER):
        search.step(*curve(search.at, np.arange(len(levels))))
    for _ in range(_ALL_STEPS):
        row, k = np.nonzero(~search.done)
        if not len(row):
            break
        rest = search.only(row, k)
        rest.step(*curve(rest.at, row))
        search.put(row, k, rest)
    return search.at


@dataclass(eq=False)
class _Search:
    """State of many searches: points, brackets around them, the errors before, and which are done."""

    goal: FloatArray
    levels: FloatArray
    at: FloatArray
    low: FloatArray
    high: FloatArray
    before: FloatArray
    done: BoolArray
    count: int = 0

    def only(self, row: IntArray, k: IntArray) -> _Search:
        """Take out some of the searches, as so many rows of one."""
        entries = (self.goal, self.levels, self.at, self.low, self.high, self.before)
        goal, levels, at, low, high, before = (x[row, k][:, None] for x in entries)
        return _Search(goal, levels, at, low, high, before, self.done[row, k][:, None], self.count)

    def put(self, row: IntArray, k: IntArray, some: _Search) -> None:
        """Take back what :meth:`only` gave."""
        for mine, theirs in (
            (self.at, some.at), (self.low, some.low), (self.high, some.high), (self.before, some.before),
            (self.done, some.done),
        ):  # fmt: skip
            mine[row, k] = theirs[:, 0]
        self.count = some.count

    def step(self, below: FloatArray, density: FloatArray) -> None:
        """Go on by one of Newton's steps, or halve the bracket where that leads out of it."""
        short = below < self.levels
        self.low = np.where(short, self.at, self.low)
        self.high = np.where(short, self.high, self.at)
        missing = self.goal - ndtri(np.clip(below, _LEAST, _MOST))
        # Where the curve is all but flat a step has no end; its cube should still be a number.
        step = np.clip(_newton(missing, self.goal - missing, density), -1e50, 1e50)
        onward = self.at + np.clip(step, -_LEAP, _LEAP)
        self.done = self.done | (np.abs(missing) < _HIT)
        wrong = ~((onward > self.low) & (onward < self.high)) | (self.count >= _STEPS)
        halved = wrong & (self.high - self.low < _NARROW * (1 + np.abs(self.high)))
        middle = np.where(halved, self.high, 0.5 * (self.low + self.high))
        self.at = np.where(self.done, self.at, np.where(wrong, middle, onward))
        # Steps that square their error leave about error^3 / before^2 of it, in probits and on the axis.
        error = np.maximum(np.abs(step), np.abs(missing))
        settled = ~wrong & (error**3 <= _SETTLED * np.minimum(self.before**2, 1e-2))
        self.done = self.done | halved | settled
        self.before = error
        self.count += 1


def _newton(missing: FloatArray, probit: FloatArray, density: FloatArray) -> FloatArray:
    """Step that makes up for what is *missing* in probits; not a number where the density is zero."""
    height = np.exp(-0.5 * probit * probit) / np.sqrt(2 * np.pi)
    step = np.divide(missing * height, density, out=np.full(probit.shape, np.nan), where=density > 0)
    return np.asarray(step)
