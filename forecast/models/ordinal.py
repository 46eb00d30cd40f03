"""A Markov chain over the classes of an ordered scale, with the uncertainty of its transitions.

Dirichlet-multinomial: each class has its own unknown probabilities of moving on, with a prior that
expects a class to stay or to move to a neighbour (Agresti and Hitchcock, Bayesian inference for
categorical data analysis, Statistical Methods and Applications 14, 2005).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecast.arrays import FloatArray, IntArray
from forecast.distribution.distribution import Rng
from forecast.distribution.draws import Draws
from forecast.errors import ModelError
from forecast.history.history import History
from forecast.language.note import Note
from forecast.models.base import check_length, fit_repr

# The prior weighs as much as this many observed years in each class ...
PRIOR_YEARS = 2.0
# ... and gives each class further away this part of the probability of the one before.
PRIOR_STEP = 0.2
# Transition matrices behind an outlook, and equally likely values that stand for it.
_MATRICES, _VALUES = 4000, 10_000


def prior_counts(classes: int) -> FloatArray:
    """Prior's imagined transitions, shape (classes, classes); each row sums to PRIOR_YEARS.

    Examples
    --------
    >>> prior_counts(3).round(2).tolist()
    [[1.61, 0.32, 0.06], [0.29, 1.43, 0.29], [0.06, 0.32, 1.61]]
    """
    distance = np.abs(np.subtract.outer(np.arange(classes), np.arange(classes)))
    weights = PRIOR_STEP**distance
    return np.asarray(PRIOR_YEARS * weights / weights.sum(axis=1, keepdims=True))


def transition_counts(years: IntArray, states: IntArray, classes: int) -> FloatArray:
    """How often each class followed each other in the year after, shape (classes, classes)."""
    counts = np.zeros((classes, classes))
    following = np.diff(years) == 1
    np.add.at(counts, (states[:-1][following], states[1:][following]), 1.0)
    return counts


@dataclass(frozen=True)
class Ordinal:
    """Yearly moves between classes 1 (best) to *classes*; for histories that hold positions.

    Parameters
    ----------
    classes : int
        The number of classes of the scale, at least 2.

    Examples
    --------
    >>> history = History.of("water_class", range(2016, 2024), [3, 2, 2, 3, 2, 2, 2, 2])
    >>> outlook = Ordinal(classes=6).fit(history).predict(2026)
    >>> outlook.median(), round(outlook.at_most(2), 2)
    (2.0, 0.75)
    """

    classes: int

    def __post_init__(self) -> None:
        if self.classes < 2:
            raise ModelError(f"Ordinal needs a scale of 2 classes or more; got {self.classes}.")

    @property
    def minimum(self) -> int:
        """Two: one move."""
        return 2

    def fit(self, history: History) -> FittedOrdinal:
        """Count the moves and add the prior's.

        Raises
        ------
        ModelError
            With fewer than two observations, or a value that is not a position on the scale.
        """
        check_length(self, history)
        wrong = ~np.isin(history.values, np.arange(1, self.classes + 1))
        if wrong.any():
            year, value = int(history.years[wrong][0]), float(history.values[wrong][0])
            raise ModelError(
                f"{history.name}: {value:g} in {year} is not a position on a scale of {self.classes} "
                f"classes. Give whole numbers from 1 (best) to {self.classes}."
            )
        states = history.values.astype(np.int64) - 1
        counts = transition_counts(history.years, states, self.classes)
        notes: tuple[Note, ...] = ()
        if history.gaps:
            notes = (Note("moves_over_gaps_left_out", {"years": ", ".join(map(str, history.gaps))}),)
        return FittedOrdinal(history, prior_counts(self.classes) + counts, notes)

    def fit_all(self, histories: Sequence[History]) -> list[FittedOrdinal]:
        """Fit to each history."""
        return [self.fit(history) for history in histories]


@dataclass(frozen=True, eq=False)
class FittedOrdinal:
    """A chain with Dirichlet-distributed rows.

    Parameters
    ----------
    history : History
    counts : ndarray, shape (classes, classes)
        Observed moves plus the prior's: the Dirichlet parameters of each row.
    notes : tuple of Note
    """

    history: History
    counts: FloatArray
    notes: tuple[Note, ...] = ()

    def __repr__(self) -> str:
        """What it was fitted to."""
        return fit_repr(self)

    def probabilities(self, year: int) -> FloatArray:
        """Probability of each class in *year*, shape (classes,), over all likely chains."""
        steps = self.history.steps_to(year)
        matrices = self._matrices(_MATRICES, np.random.default_rng(0))
        now = np.zeros((_MATRICES, 1, len(self.counts)))
        now[:, 0, int(self.history.last_value) - 1] = 1.0
        for _ in range(steps):
            now = now @ matrices
        return np.asarray(now.mean(axis=0)[0])

    def predict(self, year: int) -> Draws:
        """Outlook for *year*: equally likely positions in the proportions of the classes."""
        # Cut at the middle of each of the equal parts, so that every proportion is right to half a part.
        edges = np.cumsum(self.probabilities(year))
        at = (np.arange(_VALUES) + 0.5) / _VALUES
        return Draws(1.0 + np.minimum(np.searchsorted(edges, at), len(edges) - 1))

    def paths(self, year: int, *, n: int = 2000, rng: Rng = None) -> FloatArray:
        """*n* joint draws of the positions in every year up to *year*, each from a chain of its own.

        Returns
        -------
        ndarray, shape (n, year - last observed year)
        """
        generator = np.random.default_rng(rng)
        steps = self.history.steps_to(year)
        edges = np.cumsum(self._matrices(n, generator), axis=2)
        states = np.full(n, int(self.history.last_value) - 1)
        values = np.empty((n, steps))
        for step in range(steps):
            row = edges[np.arange(n), states]
            states = np.minimum((row < generator.random((n, 1))).sum(axis=1), len(self.counts) - 1)
            values[:, step] = states + 1.0
        return values

    def _matrices(self, n: int, rng: np.random.Generator) -> FloatArray:
        """*n* likely transition matrices, shape (n, classes, classes)."""
        gammas = rng.standard_gamma(self.counts, size=(n, *self.counts.shape))
        return np.asarray(gammas / gammas.sum(axis=2, keepdims=True))
