"""A linear pool: the weighted mean of several models' probabilities, never of their quantiles.

Stone 1961; Gneiting and Ranjan 2013. A pool is wider than its members where they disagree, which is
where one of them must be wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from forecast.arrays import FloatArray
from forecast.distribution.closed_form import ClosedForm, pooled
from forecast.distribution.distribution import Distribution, Rng
from forecast.distribution.draws import Draws
from forecast.errors import ModelError
from forecast.history.history import History
from forecast.language.note import Note
from forecast.models.base import Fitted, Model, OneByOne, fit_repr

# Members without a closed form are pooled as this many equally likely values.
VALUES = 20_000


def pooled_values(parts: Sequence[Distribution], weights: FloatArray) -> FloatArray:
    """Values of a pool, each part giving evenly spaced quantiles in proportion to its weight."""
    ends = np.round(np.cumsum(weights) / np.sum(weights) * VALUES).astype(int)
    counts = np.diff(ends, prepend=0)
    return np.concatenate(
        [
            np.asarray(part.quantile((np.arange(count) + 0.5) / count))
            for part, count in zip(parts, counts, strict=True)
        ]
    )


@dataclass(frozen=True, eq=False)
class PoolFit:
    """The members of a pool that could serve a history, fitted.

    Parameters
    ----------
    history : History
    parts : tuple of Fitted
    weights : ndarray, shape (len(parts),)
        Positive.
    notes : tuple of Note
        Those of the parts, and who was left out and why.
    """

    history: History
    parts: tuple[Fitted, ...]
    weights: FloatArray
    notes: tuple[Note, ...] = ()

    def __repr__(self) -> str:
        """What it was fitted to."""
        return fit_repr(self)

    def __post_init__(self) -> None:
        """Make the weights sum to one, and freeze them."""
        weights = np.array(self.weights, dtype=float) / np.sum(self.weights)
        weights.setflags(write=False)
        object.__setattr__(self, "weights", weights)

    def predict(self, year: int) -> ClosedForm | Draws:
        """Pooled outlook for *year*, in the indicator's unit."""
        outlooks = [part.predict(year) for part in self.parts]
        closed = [each for each in outlooks if isinstance(each, ClosedForm)]
        if len(closed) == len(outlooks):
            return pooled(closed, self.weights)
        return Draws(pooled_values(outlooks, self.weights))

    def paths(self, year: int, *, n: int = 2000, rng: Rng = None) -> FloatArray:
        """*n* joint draws up to *year*; each path follows one member from start to end.

        Returns
        -------
        ndarray, shape (n, year - last observed year)
        """
        generator = np.random.default_rng(rng)
        member = generator.choice(len(self.parts), size=n, p=self.weights)
        paths = np.empty((n, self.history.steps_to(year)))
        for k, part in enumerate(self.parts):
            mine = member == k
            paths[mine] = part.paths(year, n=int(mine.sum()), rng=generator)
        return paths


@dataclass(frozen=True)
class Pool(OneByOne):
    """Several models pooled; a member that cannot serve a history is left out, with a note.

    Parameters
    ----------
    members : sequence of Model
        One or more.
    weights : sequence of float, optional
        One a member, positive; equal by default.

    Raises
    ------
    ModelError
        For no member, or weights that are not one positive number a member.

    Examples
    --------
    >>> from forecast.models.drift import Drift
    >>> from forecast.models.trend import Trend
    >>> history = History.of("output", range(2015, 2023), [10, 12, 13, 15, 16, 19, 20, 22])
    >>> outlook = Pool([Drift(), Trend()]).fit(history).predict(2026)
    >>> round(outlook.median(), 1)
    28.7
    """

    members: Sequence[Model]
    weights: Sequence[float] | None = None

    def __post_init__(self) -> None:
        """Freeze the sequences and check the weights."""
        if isinstance(self.members, str) or not isinstance(self.members, Iterable):
            raise ModelError(f"Pool takes a list of models: Pool([ETS(), Drift()]); got {self.members!r}.")
        object.__setattr__(self, "members", tuple(self.members))
        if not self.members:
            raise ModelError("Pool needs at least one member; got none. Give for example [Drift(), Trend()].")
        if self.weights is None:
            return
        weights = tuple(float(weight) for weight in self.weights)
        if len(weights) != len(self.members) or not all(0 < weight < np.inf for weight in weights):
            raise ModelError(
                f"Pool needs one positive weight for each of its {len(self.members)} members; got {weights}. "
                f"Leave a member out instead of giving it no weight."
            )
        object.__setattr__(self, "weights", weights)

    @property
    def minimum(self) -> int:
        """That of the member that needs least."""
        return min(member.minimum for member in self.members)

    def fit(self, history: History) -> PoolFit:
        """Fit every member that can serve.

        Raises
        ------
        ModelError
            If none can.
        """
        parts, weights, refusals = [], [], []
        for member, weight in zip(self.members, self.weights or (1.0,) * len(self.members), strict=True):
            try:
                parts.append(member.fit(history))
                weights.append(weight)
            except ModelError as error:
                refusals.append((member, error))
        if not parts:
            _, nearest = min(refusals, key=lambda refusal: refusal[0].minimum)
            reason = str(nearest).removeprefix(f"{history.name}: ")
            raise ModelError(f"{history.name}: no member of the pool can serve. {reason}")
        notes: list[Note] = []
        for part in parts:
            notes += [note for note in part.notes if note not in notes]
        notes += [_left_out(member, history, error) for member, error in refusals]
        return PoolFit(history, tuple(parts), np.array(weights), tuple(notes))


def _left_out(member: Model, history: History, error: ModelError) -> Note:
    """Why a member does not serve: too few years, missing years, or an engine that failed."""
    name = type(member).__name__
    if len(history) < member.minimum:
        return Note("pool_member_needs_more", {"model": name, "minimum": member.minimum, "n": len(history)})
    if error.__cause__ is None and history.gaps:
        return Note("pool_member_needs_every_year", {"model": name})
    return Note("pool_member_failed", {"model": name})
