"""What a model is: a specification that holds no data, a fit, and an outlook for a year.

Model.fit(history) -> Fitted.predict(year) -> Distribution. All three are frozen. Most models here
are linear and Gaussian on some scale, and so are fully described by the mean and covariance of
the coming years: a :class:`LinearFit` turns those two into outlooks and joint paths.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol, runtime_checkable

import numpy as np

from forecast.arrays import FloatArray, IntArray
from forecast.distribution.distribution import Distribution, Rng, StudentTMixture
from forecast.distribution.interval_probability import Rows
from forecast.distribution.transform import Scale, scale_for
from forecast.errors import ForecastError, ModelError, must_be
from forecast.history.history import History
from forecast.language.message import Message
from forecast.language.note import Note

# A series that never strayed from its course is still taken to stray by this part of its mean yearly
# change: published figures are rounded, and the future has more ways to differ than the past showed.
REGULARITY = 0.05
# A series that never moved says nothing about how it might: one per cent of its level a year is assumed.
STILLNESS = 0.01
# Standardised values keep this many decimals of a mean yearly change: what is left of a change of unit
# is rounding in the sixteenth digit, and it must not steer an engine's search.
DECIMALS = 9


class Fitted(Protocol):
    """A model fitted to one history."""

    @property
    def history(self) -> History:
        """The history it was fitted to."""
        ...

    @property
    def notes(self) -> tuple[Note, ...]:
        """What a reader of the result should know about the fit."""
        ...

    def predict(self, year: int) -> Distribution:
        """Outlook for *year*, in the indicator's unit."""
        ...

    def paths(self, year: int, *, n: int = 2000, rng: Rng = None) -> FloatArray:
        """*n* joint draws of every year after the last observation up to *year*."""
        ...


def fit_repr(fitted: Fitted) -> str:
    """Fit in one line: its class and what it was fitted to."""
    return f"<{type(fitted).__name__} of {fitted.history!r}>"


@runtime_checkable
class HasStratifiedPaths(Protocol):
    """A fit with courses that stand for all it expects, so that no random numbers are needed."""

    def stratified_paths(self, year: int) -> FloatArray:
        """Equally likely courses of every year after the last observation up to *year*."""
        ...


@runtime_checkable
class PredictsEach(Protocol):
    """A fit that looks at many years in one array program."""

    def predict_each(self, years: IntArray) -> Rows:
        """Outlooks for *years*, a row each."""
        ...


class Model(Protocol):
    """A specification: what is assumed, before any data."""

    @property
    def minimum(self) -> int:
        """The fewest observations it can serve."""
        ...

    def fit(self, history: History) -> Fitted:
        """Fit to one history."""
        ...

    def fit_all(self, histories: Sequence[History]) -> Sequence[Fitted]:
        """Fit to many histories; the same answers as one by one."""
        ...


class OneByOne:
    """Fit many histories one after the other, for models that have no faster way."""

    def fit(self, history: History) -> Fitted:
        """Fit to one history."""
        raise NotImplementedError

    def fit_all(self, histories: Sequence[History]) -> list[Fitted]:
        """Fit to each history; the same answers as one by one."""
        each_a_history(self, histories)
        return [self.fit(history) for history in histories]


@dataclass(frozen=True)
class Standardization:
    """Where a series is put before an engine sees it: at zero, rising, and moving by about one a year.

    Engines stop their searches at absolute tolerances and start them on one side, so without this
    their answers depend on the unit and the sign of the data.
    """

    origin: float
    # The mean yearly change; negative for a series that falls, so that every engine sees one that rises.
    size: float
    # The least standard deviation of one year's surprise, in this unit.
    floor: float

    @classmethod
    def of(cls, images: FloatArray, years: FloatArray, still: float) -> Standardization:
        """Unit of a series of images observed in *years*; *still* is its size if none moved."""
        size = float(np.mean(np.abs(np.diff(images) / np.diff(years)))) if len(images) > 1 else 0.0
        # Differences smaller than rounding errors of the level are no movement.
        if size > 1e-12 * float(np.max(np.abs(images))):
            return cls(float(images[-1]), size * _direction(images, size), REGULARITY)
        return cls(float(images[-1]), still, 1.0)

    def apply(self, images: FloatArray) -> FloatArray:
        """Images in this unit."""
        return np.asarray(np.round((images - self.origin) / self.size, DECIMALS)) + 0.0


def _direction(images: FloatArray, size: float) -> float:
    """1 for a series that rises to its end from where it first differed from it, else -1."""
    rises = images[-1] - images
    return float(np.sign(rises[np.abs(rises) > 1e-9 * size][0]))


def _still(scale: Scale, value: float) -> float:
    """One per cent of *value*, as the scale sees it; one per cent of 1 where there is no level."""
    return STILLNESS * abs(value) * float(np.exp(scale.log_jacobian(value))) if value else STILLNESS


@dataclass(frozen=True, eq=False)
class LinearFit:
    """A fit whose coming years are jointly Student-t (or normal) on one scale.

    Parameters
    ----------
    history : History
    scale : Scale
    unit : Standardization
        In which *joint* speaks.
    joint : Joint
        ``joint.moments(steps)`` gives the mean, shape (steps,), and covariance, shape
        (steps, steps), of the next years.
    degrees : float
        Degrees of freedom; infinity is the normal distribution.
    notes : tuple of Note

    Raises
    ------
    ModelError
        If an engine returned values that are not finite.
    """

    history: History
    scale: Scale
    unit: Standardization
    joint: Joint
    degrees: float
    notes: tuple[Note, ...] = ()

    def __repr__(self) -> str:
        """What it was fitted to."""
        return fit_repr(self)

    def __post_init__(self) -> None:
        """Refuse a fit that cannot say what the next year will be."""
        self._moments(1)

    def predict(self, year: int) -> StudentTMixture:
        """Outlook for *year*, in the indicator's unit."""
        mean, covariance = self._moments(self.history.steps_to(year))
        return StudentTMixture.single(
            self.unit.origin + self.unit.size * float(mean[-1]),
            abs(self.unit.size) * float(np.sqrt(covariance[-1, -1])),
            self.degrees,
            scale=self.scale,
            bounds=self.history.bounds,
        )

    def paths(self, year: int, *, n: int = 2000, rng: Rng = None) -> FloatArray:
        """*n* joint draws of every year after the last observation up to *year*.

        Returns
        -------
        ndarray, shape (n, year - last observed year)
        """
        generator = np.random.default_rng(rng)
        mean, covariance = self._moments(self.history.steps_to(year))
        shocks = generator.standard_normal((n, len(mean))) @ _root(covariance).T
        if np.isfinite(self.degrees):
            # One common divisor a path: the years of a path share the same unknown variance.
            shocks /= np.sqrt(generator.chisquare(self.degrees, size=(n, 1)) / self.degrees)
        values = self.scale.inverse(self.unit.origin + self.unit.size * (mean + shocks))
        return np.clip(values, *self.history.bounds) if self.history.bounds != (None, None) else values

    def _moments(self, steps: int) -> tuple[FloatArray, FloatArray]:
        mean, covariance = self.joint.moments(steps)
        if not (np.isfinite(mean).all() and np.isfinite(covariance).all()):
            raise ModelError(Message("engine_not_finite", name=self.history.name))
        # Never surer of a year than the floor, and never surer of a later year than of an earlier one.
        least = (self.unit.floor**2) * np.arange(1, steps + 1)
        variance = np.maximum.accumulate(np.maximum(np.diag(covariance), least))
        return mean, covariance + np.diag(variance - np.diag(covariance))


class Joint(Protocol):
    """The mean and covariance of the years to come, in a standardised unit."""

    def moments(self, steps: int) -> tuple[FloatArray, FloatArray]:
        """Mean, shape (steps,), and covariance, shape (steps, steps)."""
        ...


@dataclass(frozen=True, eq=False)
class Prepared:
    """A history as an engine sees it: on a scale, joined at its breaks, in a standardised unit."""

    scale: Scale
    years: FloatArray
    images: FloatArray
    unit: Standardization
    notes: tuple[Note, ...]

    def on_grid(self) -> FloatArray:
        """Images of every year from the first to the last, NaN where none was observed."""
        at = (self.years - self.years[0]).astype(int)
        grid = np.full(at[-1] + 1, np.nan)
        grid[at] = self.images
        return grid


def prepare(model: Model, history: History, scale: Scale | None) -> Prepared:
    """Check the length, choose the scale, join the history at its declared breaks, standardise it.

    Raises
    ------
    ModelError
        If the history is too short for the model, or has a value the scale cannot take.
    """
    check_length(model, history)
    chosen = scale or scale_for(history)
    if not chosen.serves(history.values):
        raise ModelError(
            Message(
                "scale_cannot",
                name=history.name,
                scale=type(chosen).__name__,
                low=history.values.min(),
                high=history.values.max(),
            )
        )
    years = history.years.astype(float)
    images, notes = _joined(chosen.transform(history.values), history)
    unit = Standardization.of(images, years, _still(chosen, history.last_value))
    return Prepared(chosen, years, unit.apply(images), unit, notes)


def _joined(images: FloatArray, history: History) -> tuple[FloatArray, tuple[Note, ...]]:
    """Move what lies before a declared break so that the step over it is an ordinary one.

    The ordinary step is the median yearly change of the steps that cross no break; a history
    without any such step is left as it is.
    """
    spans, steps = np.diff(history.years), np.diff(images)
    crossed = np.array(
        [any(a < b <= z for b in history.breaks) for a, z in pairwise(history.years)], dtype=bool
    )
    if not crossed.any():
        return images, ()
    at = ", ".join(str(year) for year in history.breaks)
    if crossed.all():
        return images, (Note("every_step_crosses_a_break", {"years": at}),)
    ordinary = float(np.median(steps[~crossed] / spans[~crossed]))
    steps = np.where(crossed, ordinary * spans, steps)
    joined = images[-1] - np.concatenate([np.cumsum(steps[::-1])[::-1], [0.0]])
    return joined, (Note("joined_at_break", {"years": at}),)


def each_a_history(model: object, histories: object) -> None:
    """Refuse one history, or anything else without a length, where many are wanted.

    Examples
    --------
    >>> each_a_history(OneByOne(), History.of("x", [2020], [1.0]))
    Traceback (most recent call last):
    ...
    forecast.errors.ForecastError: OneByOne.fit_all: histories are a list; got the history x. Write [history].
    """
    if isinstance(histories, History):
        name = type(model).__name__
        raise ForecastError(Message("histories_are_a_list", model=name, name=histories.name))


def check_length(model: Model, history: History) -> None:
    """Raise a ModelError that names the minimum and what can serve instead."""
    who = f"{type(model).__name__}.fit: history"
    must_be(History, history, who=who, instead="Make one with History.from_series(series).")
    if len(history) >= model.minimum:
        return
    way = Message("way_of_two" if len(history) >= 2 else "way_of_one")
    who, needs, n = type(model).__name__, model.minimum, len(history)
    raise ModelError(Message("too_short_for_model", name=history.name, model=who, needs=needs, n=n, way=way))


def check_no_gaps(model: Model, history: History) -> None:
    """Raise a ModelError for a model that cannot step over a missing year."""
    if history.gaps:
        raise ModelError(
            Message(
                "model_needs_every_year",
                name=history.name,
                model=type(model).__name__,
                years=_years(history.gaps),
            )
        )


def _years(years: tuple[int, ...]) -> str:
    shown = ", ".join(str(year) for year in years[:5])
    return f"{shown} and {len(years) - 5} more" if len(years) > 5 else shown


def _root(covariance: FloatArray) -> FloatArray:
    """Square root of a covariance that may be singular."""
    values, vectors = np.linalg.eigh(covariance)
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0)))
