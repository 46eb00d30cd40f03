"""The default model: many simple behaviours at once, weighted as thousands of series taught.

A series of ten points cannot say how trends go on; thousands of finished ones can. So a bank of
small linear-Gaussian models (a level, a steady drift, momentum that lasts, fades or reverts) is
filtered exactly on every scale that the bounds allow, and mixed with weights learned beforehand.
The outlook is a closed-form mixture of Student-t distributions: no optimiser, no simulation.
West and Harrison (1997), Bayesian Forecasting and Dynamic Models, chapter 12 (multi-process
models, class I).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

import numpy as np

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.distribution.atom import WithAtom
from forecast.distribution.closed_form import ClosedForm, before_rounding, stays_of
from forecast.distribution.distribution import Rng, StudentTMixture
from forecast.distribution.rounded import Rounded, left_to_atom, to_whole
from forecast.distribution.transform import Identity, Log, Logit, Root, Scale
from forecast.history.catalogue import Bounds
from forecast.history.history import History
from forecast.history.implied_bounds import implied_bounds, undeclared
from forecast.history.whole_numbers import counted, is_count
from forecast.language.note import Note
from forecast.models.base import check_length, each_a_history, fit_repr
from forecast.models.mixture.gating import SCALES, learned
from forecast.models.mixture.posterior import Posterior, fit_panel, panel_of
from forecast.models.mixture.predictive import PredictiveBatch
from forecast.models.mixture.sample_paths import InitialStates, moved, random_paths, stratified_paths
from forecast.models.mixture.stillness import carried_forward

# Series filtered together: enough to fill numpy's loops, few enough to stay in the cache.
_TOGETHER = 128
# What carries less than this is not put into words.
_WORTH_SAYING = 0.1
# A step with so many values from it on is of the past: intervals are too wide for it, and with a break
# declared about right (benchmarks/past_step.py). Nearer to the end a break makes them far too narrow.
STEP_OF_THE_PAST = 6


@dataclass(frozen=True)
class Explanation:
    """Which behaviours carry the outlook; proportions that sum to one in each mapping.

    Parameters
    ----------
    behaviours : mapping
        Weight of ``drift`` (steady), ``momentum`` (the recent pace goes on), ``damped`` (the recent
        pace fades soon), ``slowing`` (growth that only slows), ``usual`` (growth drawn towards
        that of most amounts), ``returning`` (back to a usual level) and ``level`` (no trend).
    scales : mapping
        Weight of ``identity`` (absolute change), ``log`` (compound growth, up to twice the largest
        value seen), ``root`` (between the two) and ``logit`` (saturating between the bounds).
    noise : float
        Part of a year's surprise that does not last.
    """

    behaviours: Mapping[str, float]
    scales: Mapping[str, float]
    noise: float

    def __str__(self) -> str:
        """Return it in words, the heaviest first."""
        return (
            f"{_listed(self.behaviours, _BEHAVIOUR_WORDS)}; {_listed(self.scales, _SCALE_WORDS)}; "
            f"{self.noise:.0%} of a year's surprise does not last"
        )


_BEHAVIOUR_WORDS = {
    "drift": "steady drift",
    "momentum": "recent momentum",
    "damped": "momentum that fades",
    "slowing": "growth that slows",
    "usual": "growth as is usual elsewhere",
    "returning": "return to a usual level",
    "level": "no trend",
}
_SCALE_WORDS = {
    "identity": "absolute change",
    "root": "between absolute and compound",
    "log": "compound growth",
    "logit": "saturating between the bounds",
}


@dataclass(frozen=True, eq=False)
class FittedMixture:
    """The mixture fitted to one history.

    Parameters
    ----------
    history : History
    posterior : Posterior
    notes : tuple of Note
        Wild values, level steps and breaks.
    """

    history: History
    posterior: Posterior
    notes: tuple[Note, ...] = ()
    # Those asked for before: a year is asked about many times (a target, its interval, its curve).
    _outlooks: dict[int, ClosedForm] = field(default_factory=dict, init=False, repr=False)

    @property
    def bounds(self) -> Bounds:
        """Bounds that outlooks keep to: as declared, else as name, unit and figures imply."""
        return implied_bounds(self.history)

    @cached_property
    def whole(self) -> bool:
        """Whether outlooks are on whole numbers: as declared, else as name, unit and figures imply."""
        return is_count(self.history)

    def __repr__(self) -> str:
        """What it was fitted to."""
        return fit_repr(self)

    def predict(self, year: int) -> ClosedForm:
        """Outlook for *year*, in the indicator's unit, in closed form.

        With probability of its own at the last value, where that may stay exactly what it is; on
        whole numbers for a count.
        """
        steps = self.history.steps_to(year)
        if steps not in self._outlooks:
            self._outlooks[steps] = self._outlook(steps)
        return self._outlooks[steps]

    def predict_each(self, years: IntArray) -> PredictiveBatch:
        """Outlooks for many *years* in one array program: a row each, the same as one by one."""
        return PredictiveBatch.ahead(self.posterior, np.asarray(years) - self.history.last_year, self.whole)

    def stays(self, year: int) -> float:
        """Probability that *year* has exactly the last value because nothing moved; often 0."""
        return stays_of(self.predict(year))

    def _outlook(self, steps: int) -> ClosedForm:
        """Mix the components so many years on, put the atom beside them, and round a count."""
        post = self.posterior
        location, spread = post.forecast_moments(steps)
        moving = StudentTMixture(
            post.weights,
            np.full(location.shape, post.state.degrees[0]),
            location,
            spread,
            _scales(self.history, post),
            post.scale,
            self.bounds,
        )
        stays = float(post.stillness.stays(np.array([steps]))[0])
        last = self.history.last_value
        if self.whole and stays:
            masses = (moving.at_least(last - d) + moving.at_most(last + d) - 1 for d in (0.0, 0.5))
            stays = float(left_to_atom(np.array(stays), *map(np.array, masses)))
        exact = WithAtom(moving, last, stays) if stays else moving
        return Rounded(exact) if self.whole else exact

    def paths(self, year: int, *, n: int = 2000, rng: Rng = None) -> FloatArray:
        """*n* joint draws of every year after the last observation up to *year*.

        Each path keeps one component, one variance and one state throughout, so that questions
        about several years are answered jointly. A path that stays at the last value stays there
        until it moves, and goes where its component leads it from then on. Those of a count are whole
        numbers, and may come back to the last one.

        Returns
        -------
        ndarray, shape (n, year - last observed year)
        """
        generator, steps = np.random.default_rng(rng), self.history.steps_to(year)
        pair, images = random_paths(self._starts, n, steps, generator)
        values, stays = self._values(self.posterior.scale[pair], images), self._stays_up_to(steps)
        values = to_whole(values) if self.whole else values
        if not stays.any():
            return values
        if self.whole:
            ahead = range(self.history.last_year + 1, year + 1)
            exact = [before_rounding(self.predict(each)) for each in ahead]
            stays = np.array([stays_of(each) for each in exact])
        return np.where(generator.random((n, 1)) < stays, self.history.last_value, values)

    def stratified_paths(self, year: int) -> FloatArray:
        """512 equally likely paths of every year after the last observation up to *year*.

        They are spread evenly over all that may be, on shocks that all series share: no random
        numbers are taken, and a later last year changes no earlier one.

        Returns
        -------
        ndarray, shape (512, year - last observed year)
        """
        # Paths of one scale side by side, however heavy each component.
        order = np.lexsort((self.posterior.component, self.posterior.scale))
        steps = self.history.steps_to(year)
        pair, images = stratified_paths(self._starts.columns(order), steps)
        values = self._values(self.posterior.scale[order][pair], images)
        stays, last = self._stays_up_to(steps), self.history.last_value
        if self.whole:
            whole = to_whole(values)
            stays = left_to_atom(stays, (values == last).mean(axis=0), (whole == last).mean(axis=0))
            values = whole
        return np.where(moved(stays).T, values, last) if stays.any() else values

    @property
    def _starts(self) -> InitialStates:
        """States of the components as a single row."""
        post = self.posterior
        return InitialStates(post.weights[None], post.in_bank, post.state.each(lambda entry: entry[None]))

    def _stays_up_to(self, steps: int) -> FloatArray:
        """Probability of the last value in every coming year, before any rounding; it never rises."""
        return self.posterior.stillness.stays(np.arange(1, steps + 1))

    def _values(self, scale: IntArray, images: FloatArray) -> FloatArray:
        """Values of paths (n, years), each on a scale of its own."""
        values = np.empty(images.shape)
        for s, own in enumerate(_scales(self.history, self.posterior)):
            mine = scale == s
            values[mine] = own.inverse(images[mine])
        return values if self.bounds == (None, None) else np.clip(values, *self.bounds)

    def explain(self) -> Explanation:
        """Which behaviours and scales carry the weight.

        Examples
        --------
        >>> history = History.of("output", range(2010, 2020), [10, 11, 12, 14, 15, 17, 18, 20, 21, 23])
        >>> explanation = StructuralMixture().fit(history).explain()
        >>> round(sum(explanation.behaviours.values()), 9)
        1.0
        """
        post, model = self.posterior, learned()
        behaviours: dict[str, float] = {}
        for k, weight in zip(post.in_bank, post.weights, strict=True):
            name = model.behaviours[k]
            behaviours[name] = behaviours.get(name, 0.0) + float(weight)
        by_scale = np.bincount(post.scale, weights=post.weights, minlength=len(SCALES))
        scales = {name: float(w) for name, w in zip(SCALES, by_scale, strict=True) if w > 0}
        noise = float(post.weights @ (1 - model.bank.a[post.in_bank]))
        return Explanation(_ordered(behaviours), _ordered(scales), noise)


@dataclass(frozen=True)
class StructuralMixture:
    """The default model: serves any history of two observations or more, gaps and breaks included.

    It has no settings. What it learned, from which data and by which command, is written in
    ``mixture_weights.json`` beside it.

    Examples
    --------
    >>> history = History.of("urbanization_rate", range(2014, 2022), [54.8, 55.3, 56, 57, 58, 58.3, 59, 60.1],
    ...                      unit="%", bounds=(0, 100))
    >>> outlook = StructuralMixture().fit(history).predict(2026)
    >>> outlook.at_least(60) > 0.5 > outlook.at_least(75)
    True
    """

    @property
    def minimum(self) -> int:
        """Two observations: one step, which is little, so the outlook is wide."""
        return 2

    def fit(self, history: History) -> FittedMixture:
        """Fit to one history.

        Raises
        ------
        ModelError
            With a single observation.
        """
        return self.fit_all([history])[0]

    def fit_all(self, histories: Sequence[History]) -> list[FittedMixture]:
        """Fit to many histories in one array program; the same answers as one by one.

        Raises
        ------
        ModelError
            If any has a single observation.
        """
        each_a_history(self, histories)
        for history in histories:
            check_length(self, history)
        spans = np.array([history.last_year - history.first_year for history in histories])
        order = np.argsort(spans, kind="stable")
        fitted: list[FittedMixture] = []
        for i in range(0, len(order), _TOGETHER):
            some = [histories[j] for j in order[i : i + _TOGETHER]]
            batch = fit_panel(panel_of(some))
            fitted += [
                FittedMixture(h, batch.row(j), notes_of(h, batch.additive_outlier[j], batch.level_shift[j]))
                for j, h in enumerate(some)
            ]
        place = np.argsort(order, kind="stable")
        return [fitted[j] for j in place]


def _scales(history: History, posterior: Posterior) -> tuple[Scale, ...]:
    """Scales in the order of ``SCALES``, those that cannot serve replaced by the identity."""
    lower, upper = implied_bounds(history)
    bounded = (
        Identity()
        if lower is None or upper is None
        else Logit(lower, upper, float(posterior.standardization.margin[0]))
    )
    return Identity(), Root(), Log(float(posterior.standardization.linear_above[0])), bounded


def notes_of(history: History, additive_outlier: BoolArray, level_shift: BoolArray) -> tuple[Note, ...]:
    """What the filter did about additive outliers and breaks, and what looks like a break.

    *additive_outlier* and *level_shift* have an entry for each year, the last for the last observation's.
    """
    notes = []
    within = [b for b in history.breaks if history.first_year < b <= history.last_year]
    if within:
        notes.append(Note("joined_at_break", {"years": _years(within)}))
    if additive_outlier.any() or level_shift.any():
        places = len(additive_outlier) - 1 - (history.last_year - history.years)
        odd = history.years[additive_outlier[places]]
        if len(odd):
            notes.append(Note("wild_values", {"years": _years(odd)}))
        for i in np.flatnonzero(level_shift[places]):
            before, after = float(history.values[i - 1]), float(history.values[i])
            past = len(history) - int(i) >= STEP_OF_THE_PAST
            step = {"year": int(history.years[i]), "before": before, "after": after}
            notes.append(Note("past_level_step" if past else "level_step", step))
    if (key := undeclared(history)) is not None:
        notes.append(Note(key))
    if (key := counted(history)) is not None:
        notes.append(Note(key))
    if runs := carried_forward(history):
        said = ", ".join(f"{first}-{last}" for first, last in runs)
        notes.append(Note("carried_forward", {"years": said}))
    return tuple(notes)


def _years(years: Iterable[int]) -> str:
    return ", ".join(str(year) for year in years)


def _ordered(weights: Mapping[str, float]) -> Mapping[str, float]:
    """Weights, read-only, the largest first."""
    return MappingProxyType(dict(sorted(weights.items(), key=lambda item: -item[1])))


def _listed(weights: Mapping[str, float], words: Mapping[str, str]) -> str:
    """Entries that carry a tenth or more, in words with their weights."""
    return ", ".join(
        f"{words[name]} {weight:.0%}" for name, weight in weights.items() if weight >= _WORTH_SAYING
    )
