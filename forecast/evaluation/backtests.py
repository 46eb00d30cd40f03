"""Would it have been right before? Forecasts from every past year, beside what came.

Rolling origins with an expanding window: each forecast sees the history as it stood at the end of
its cutoff year and nothing later, neither a value nor a declared break. An outcome on the far side
of a break is another quantity, and is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from forecast.arrays import FloatArray
from forecast.distribution.distribution import Distribution, within
from forecast.errors import ForecastError, HistoryError, ModelError, must_be
from forecast.evaluation.reliability import Bin, BrierParts, brier_parts, reliability_bins
from forecast.evaluation.scores import LEVEL, coverage, crps, interval_score, pit
from forecast.history.histories import Histories
from forecast.history.history import History
from forecast.language.message import Message
from forecast.models.base import Fitted, Model
from forecast.models.drift import Drift
from forecast.models.naive import Naive
from forecast.target.target import Target

_ENDS = np.array([(1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2])

# The paces asked about, as multiples of the usual yearly change, the same either way: neither side of
# the last value is favoured, and neither model nor outcome has a say.
PACES = np.arange(-8, 9) / 4
# With fewer observations the tails of drift have no mean, and one case would outweigh all others.
SCORED_FROM = 5
_SCALED = ["scaled_error", "scaled_crps", "scaled_interval_score"]
_CASE = ["area", "indicator", "cutoff", "year"]


@dataclass(frozen=True, eq=False)
class Case:
    """One forecast and its outcome.

    Parameters
    ----------
    known : History
        What the forecast saw.
    year : int
    observed : float
        In the indicator's unit.
    outlook : Distribution
        For *year*, in the indicator's unit.
    """

    known: History
    year: int
    observed: float
    outlook: Distribution

    @property
    def size(self) -> float:
        """Mean absolute yearly change up to the cutoff, the unit of scaled scores; NaN if none."""
        return usual_change(self.known)


def usual_change(history: History) -> float:
    """Mean absolute yearly change, in the indicator's unit; NaN where nothing ever moved.

    Examples
    --------
    >>> usual_change(History.of("x", [2000, 2001, 2003], [1.0, 3.0, 1.0]))
    1.5
    """
    steps = np.abs(np.diff(history.values) / np.diff(history.years))
    return float(np.mean(steps)) if steps.any() else float("nan")


@dataclass(frozen=True)
class Refusal:
    """A cutoff at which the model could not serve, and why."""

    area: str
    indicator: str
    cutoff: int
    problem: str


@dataclass(frozen=True, eq=False)
class Backtest:
    """A model's past forecasts with what came of them.

    Attributes
    ----------
    model : Model
    histories : tuple of History
    horizon : int
        The most years ahead.
    since : int or None
        The first cutoff.
    cases : tuple of Case
    refusals : tuple of Refusal
        Cutoffs at which the model could not serve.
    """

    model: Model
    histories: tuple[History, ...]
    horizon: int
    since: int | None
    cases: tuple[Case, ...]
    refusals: tuple[Refusal, ...]

    @property
    def unit(self) -> str:
        """Unit of the histories, that of the first."""
        return self.histories[0].unit if self.histories else ""

    def to_frame(self) -> pd.DataFrame:
        """One row for each forecast, as :func:`forecast.plot_backtest` draws them.

        Returns
        -------
        DataFrame
            ``area, indicator, cutoff, year``; ``known``, the number of observations seen; ``observed,
            median, low, high`` (the central 80 %) and ``crps`` in the indicator's unit;
            ``scaled_error, scaled_crps, scaled_interval_score`` in mean absolute yearly changes before
            the cutoff (NaN where there was none); ``pit``, a proportion.
        """
        columns = [*_CASE, "known", "observed", "median", "low", "high", "crps", *_SCALED, "pit"]
        return pd.DataFrame([_record(case) for case in self.cases], columns=columns)

    def _repr_html_(self) -> str:
        """Model's own scores for a notebook."""
        return pd.DataFrame([_means(self.to_frame())], index=[type(self.model).__name__]).round(3).to_html()

    def scores(self) -> pd.DataFrame:
        """How the model did, beside the naive forecast and drift, on the cases that all three served.

        Only cutoffs with five observations or more count: with fewer, the tails of drift have no mean.

        Returns
        -------
        DataFrame
            One row each for ``model``, ``naive`` and ``drift``; columns ``n``, the means
            ``scaled_error`` (of the median), ``scaled_crps``, ``scaled_interval_score``, the
            ``coverage`` of the 80 % interval, and ``skill``, the part of drift's scaled CRPS saved.
        """
        rivals: Mapping[str, Model] = {"naive": Naive(), "drift": Drift()}
        frames = {"model": self.to_frame()}
        for name, rival in rivals.items():
            frames[name] = backtest(rival, self.histories, horizon=self.horizon, since=self.since).to_frame()
        frames = {name: frame[frame["known"] >= SCORED_FROM] for name, frame in frames.items()}
        table = pd.DataFrame([_means(frame) for frame in _in_common(frames).values()], index=list(frames))
        loss = table["scaled_crps"].to_numpy()
        return table.assign(skill=1 - loss / loss[list(frames).index("drift")])

    def questions(self) -> pd.DataFrame:
        """Target questions, "at least this value in that year", with probability and outcome.

        The values lie on both sides of the last one: up to twice the usual yearly change, for as many
        years as ahead, up and down in quarters. Questions beyond the indicator's bounds are not asked.

        Returns
        -------
        DataFrame
            ``area, indicator, cutoff, year, value, probability, outcome``.
        """
        cases = [case for case in self.cases if np.isfinite(case.size)]
        values = [_asked(case.known, case.year) for case in cases]
        counts = [len(each) for each in values]
        value = np.concatenate([np.empty(0), *values])
        said = [case.outlook.at_least(each) for case, each in zip(cases, values, strict=True)]
        keys = {
            "area": [case.known.area for case in cases],
            "indicator": [case.known.indicator for case in cases],
            "cutoff": [case.known.last_year for case in cases],
            "year": [case.year for case in cases],
        }
        return pd.DataFrame(
            {
                **{name: np.repeat(np.array(column), counts) for name, column in keys.items()},
                "value": value,
                "probability": np.concatenate([np.empty(0), *said]),
                "outcome": np.repeat(np.array([case.observed for case in cases]), counts) >= value,
            }
        )

    def answers(self, targets: Iterable[Target]) -> pd.DataFrame:
        """What would have been said of targets that have come due, and what came of them.

        Parameters
        ----------
        targets : iterable of Target
            Each is asked of every history of its indicator, from every cutoff within the horizon.
            Targets that ask for the way to their year are left out.

        Returns
        -------
        DataFrame
            ``area, indicator, cutoff, year, kind, value, probability, outcome``.
        """
        asked = [(case, target) for target in targets for case in self.cases if _is_asked(target, case)]
        limits = [target.limits(case.known) for case, target in asked]
        rows = [
            {
                "area": case.known.area,
                "indicator": target.indicator,
                "cutoff": case.known.last_year,
                "year": case.year,
                "kind": target.kind.name,
                "value": target.value,
                "probability": within(case.outlook, edge),
                "outcome": bool(edge.hold(case.observed)),
            }
            for (case, target), edge in zip(asked, limits, strict=True)
            if edge is not None
        ]
        return pd.DataFrame(rows, columns=[*_CASE, "kind", "value", "probability", "outcome"])

    def reliability(self) -> tuple[Bin, ...]:
        """Return, for statements of about the same probability, how often they came true.

        Returns
        -------
        tuple of Bin
            For :func:`forecast.plot_reliability`. In the interval of a bin each outcome counts once,
            however many questions it answers; outcomes of one series still hang together, so it is
            rather too narrow.
        """
        asked = self.questions()
        if asked.empty:
            return ()
        facts = asked.groupby(["area", "indicator", "year"], sort=False).ngroup().to_numpy()
        return reliability_bins(asked["probability"], asked["outcome"], facts=facts)

    def brier(self) -> BrierParts:
        """Brier score of the target questions, with its parts.

        Raises
        ------
        ForecastError
            If there is no question.
        """
        asked = self.questions()
        return brier_parts(asked["probability"], asked["outcome"])


def backtest(
    model: Model,
    histories: Histories | History | Iterable[History],
    *,
    horizon: int = 5,
    since: int | None = None,
) -> Backtest:
    """Forecast from every past year and compare with what came.

    Parameters
    ----------
    model : Model
    histories : History, or mapping or iterable of History
    horizon : int
        Forecasts go up to so many years beyond each cutoff; years that were not observed are left out.
    since : int, optional
        The first cutoff year. Default: as soon as the model has the observations it needs.

    Returns
    -------
    Backtest

    Raises
    ------
    HistoryError
        For a horizon below 1.

    Examples
    --------
    >>> h = History.of("output", range(2010, 2023), [10, 12, 13, 15, 16, 19, 20, 22, 23, 25, 26, 28, 31])
    >>> bt = backtest(Drift(), h, horizon=2, since=2018)
    >>> bt.to_frame()[["cutoff", "year", "observed"]].head(2).to_numpy().tolist()
    [[2018.0, 2019.0, 25.0], [2018.0, 2020.0, 26.0]]
    """
    if isinstance(model, type):
        raise ForecastError(Message("model_is_a_class", name=model.__name__))
    if not hasattr(model, "fit_all"):
        raise ForecastError(Message("model_first", got=type(model).__name__))
    if horizon < 1:
        raise HistoryError(Message("horizon_form", horizon=horizon))
    given = _listed(histories)
    known, whole = _origins(given, horizon, max(model.minimum, 2), since)
    fits, refusals = _fits(model, known)
    cases = [
        Case(cut, year, value, outlook.predict(year))
        for cut, full, outlook in zip(known, whole, fits, strict=True)
        if outlook is not None
        for year, value in _outcomes(full, cut.last_year, horizon)
    ]
    return Backtest(model, given, horizon, since, tuple(cases), refusals)


def _listed(histories: Histories | History | Iterable[History]) -> tuple[History, ...]:
    if isinstance(histories, History):
        return (histories,)
    given: object = histories.values() if isinstance(histories, Mapping) else histories
    several = isinstance(given, Iterable) and not isinstance(given, pd.Series)
    found: tuple[Any, ...] = tuple(given) if several and isinstance(given, Iterable) else (given,)
    for each in found:
        must_be(
            History, each, who="backtest: histories", instead="Make one with History.from_series(series)."
        )
    return found


def _origins(
    histories: Sequence[History], horizon: int, fewest: int, since: int | None
) -> tuple[list[History], list[History]]:
    """Each history as it stood at each cutoff that has an outcome, and beside it the whole."""
    known, whole = [], []
    for history in histories:
        for cutoff in history.years[fewest - 1 : -1].tolist():
            if (since is None or cutoff >= since) and _outcomes(history, cutoff, horizon):
                known.append(history.until(cutoff))
                whole.append(history)
    return known, whole


def _outcomes(history: History, cutoff: int, horizon: int) -> list[tuple[int, float]]:
    """Years within the horizon that were observed before any new break, with their values."""
    end = min([cutoff + horizon, *(b - 1 for b in history.breaks if b > cutoff)])
    ahead = (history.years > cutoff) & (history.years <= end)
    return list(zip(history.years[ahead].tolist(), history.values[ahead].tolist(), strict=True))


def _fits(model: Model, known: Sequence[History]) -> tuple[list[Fitted | None], tuple[Refusal, ...]]:
    """Fit all at once; where one is refused, one by one, so that the others are served."""
    try:
        return list(model.fit_all(known)), ()
    except ModelError:
        fits: list[Fitted | None] = []
        refusals = []
        for history in known:
            try:
                fits.append(model.fit(history))
            except ModelError as problem:
                fits.append(None)
                refusals.append(Refusal(*history.key, history.last_year, str(problem)))
        return fits, tuple(refusals)


def _record(case: Case) -> dict[str, object]:
    low, median, high = np.asarray(case.outlook.quantile(_ENDS)).tolist()
    score = crps(case.outlook, case.observed)
    return {
        "area": case.known.area,
        "indicator": case.known.indicator,
        "cutoff": case.known.last_year,
        "year": case.year,
        "known": len(case.known),
        "observed": case.observed,
        "median": median,
        "low": low,
        "high": high,
        "crps": score,
        "scaled_error": abs(median - case.observed) / case.size,
        "scaled_crps": score / case.size,
        "scaled_interval_score": interval_score(low, high, case.observed, level=LEVEL) / case.size,
        "pit": pit(case.outlook, case.observed),
    }


def _is_asked(target: Target, case: Case) -> bool:
    return target.indicator == case.known.indicator and target.year == case.year


def _asked(known: History, year: int) -> FloatArray:
    """Values asked about, without those that are met, or missed, by definition."""
    values = known.last_value + PACES * usual_change(known) * known.steps_to(year)
    lower, upper = known.bounds
    within = (values > (-np.inf if lower is None else lower)) & (
        values <= (np.inf if upper is None else upper)
    )
    return np.asarray(values[within])


def _in_common(frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Frames cut to the cases that are in all of them."""
    shared = next(iter(frames.values()))[_CASE]
    for frame in frames.values():
        shared = shared.merge(frame[_CASE], on=_CASE)
    return {name: shared.merge(frame, on=_CASE) for name, frame in frames.items()}


def _means(frame: pd.DataFrame) -> dict[str, float]:
    means = {name: float(frame[name].mean()) for name in _SCALED}
    inside = coverage(frame["low"], frame["high"], frame["observed"]) if len(frame) else float("nan")
    return {"n": len(frame), **means, "coverage": inside}
