"""The same question put to every model, each with its record: how far the answer depends on the model.

Models that read one short series differently are all plausible; how far their probabilities lie
apart says how much of an answer is the model's. A model that did much worse on this very series
than the default is shown, but has no say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from forecast.assessment.probability import probability
from forecast.distribution.distribution import Rng
from forecast.errors import ModelError
from forecast.evaluation.backtests import SCORED_FROM, backtest
from forecast.evaluation.scores import crps
from forecast.history.history import History
from forecast.models import DEFAULT
from forecast.models.arima import ARIMA
from forecast.models.base import Model
from forecast.models.drift import Drift
from forecast.models.ets import ETS
from forecast.models.local_trend import LocalTrend
from forecast.models.naive import Naive
from forecast.models.theta import Theta
from forecast.models.trend import Trend
from forecast.target.target import Target

# The model that answers by default, under this name, and those it is checked against.
ANSWER = "default"
MODELS: Mapping[str, Model] = {
    ANSWER: DEFAULT,
    "Drift": Drift(),
    "ETS": ETS(),
    "Theta": Theta(),
    "ARIMA": ARIMA(),
    "LocalTrend": LocalTrend(),
    "Trend": Trend(),
}
# The back-test on the series itself: from so many of its last years, up to so many years ahead.
CUTOFFS, AHEAD = 10, 5
# Fewer outcomes than this are no record.
FEWEST = 8
# A model whose losses on the series were more than this many times the default's has no say.
WORSE = 1.5


@dataclass(frozen=True)
class ModelForecast:
    """What one model says, and how it did on this series before.

    Parameters
    ----------
    model : str
    probability : float or None
        None where the model cannot serve.
    skill : float or None
        The part of the naive forecast's CRPS that it saved on the last ten years of this series; below
        0 it did worse. None where there are fewer than eight outcomes.
    n : int
        How many outcomes.
    problem : str
        Why there is no probability, else empty.
    """

    model: str
    probability: float | None
    skill: float | None
    n: int
    problem: str = ""


@dataclass(frozen=True)
class Disagreement:
    """The answers of several models to one question.

    Parameters
    ----------
    answers : tuple of ModelForecast
        The default model first.
    """

    answers: tuple[ModelForecast, ...]

    @property
    def eligible(self) -> tuple[ModelForecast, ...]:
        """Answers that count: the default's, and those of models with no much worse a record."""
        most = np.inf if self.skill is None else WORSE * (1 - self.skill)
        return tuple(
            each
            for each in self.answers
            if each.probability is not None
            and (each.model == ANSWER or each.skill is None or 1 - each.skill <= most)
        )

    @property
    def lowest(self) -> ModelForecast | None:
        """Least hopeful answer that counts; None if no model could serve."""
        return min(self.eligible, key=_chance, default=None)

    @property
    def highest(self) -> ModelForecast | None:
        """Most hopeful answer that counts; None if no model could serve."""
        return max(self.eligible, key=_chance, default=None)

    @property
    def spread(self) -> float:
        """Highest minus lowest probability, a proportion; 0 with fewer than two answers."""
        low, high = self.lowest, self.highest
        return _chance(high) - _chance(low) if low and high else 0.0

    @property
    def skill(self) -> float | None:
        """Skill of the default model on this series."""
        return next((each.skill for each in self.answers if each.model == ANSWER), None)

    def to_frame(self) -> pd.DataFrame:
        """One row for each model: ``model, probability, skill, n, problem``."""
        return pd.DataFrame([asdict(each) for each in self.answers])


def disagreement(
    history: History, target: Target, *, models: Mapping[str, Model] | None = None, rng: Rng = 0
) -> Disagreement:
    """Ask several models for the probability, and for their record on this very series.

    Takes about a second: every model is fitted again at each of the last ten years.

    Parameters
    ----------
    history : History
    target : Target
        Its year must lie after the last observation.
    models : mapping of str to Model, optional
        By the name they are shown under. Default: the default model and the six single engines.
    rng : None, int or numpy.random.Generator
        Only used for targets that depend on the way to their year.

    Raises
    ------
    TargetError
        If the target is not of this history.
    HistoryError
        If its year is already observed.

    Examples
    --------
    >>> h = History.of("coverage", range(2008, 2024), [50 + 2 * t + (-1) ** t for t in range(16)])
    >>> target = Target.at_least("coverage", 90, year=2027)
    >>> spread = disagreement(h, target, models={"default": Drift(), "naive": Naive()})
    >>> [(a.model, round(a.probability, 2)) for a in spread.answers]
    [('default', 0.23), ('naive', 0.03)]
    """
    candidates = MODELS if models is None else models
    ahead = min(history.steps_to(target.year), AHEAD)
    naive = _losses(Naive(), history, ahead)
    return Disagreement(
        tuple(_answer(name, one, history, target, (ahead, naive, rng)) for name, one in candidates.items())
    )


_Record = Mapping[tuple[int, int], float]


def _answer(
    name: str, model: Model, history: History, target: Target, rest: tuple[int, _Record, Rng]
) -> ModelForecast:
    ahead, naive, rng = rest
    try:
        chance = probability(model.fit(history), target, rng=rng)
    except ModelError as problem:
        return ModelForecast(name, None, None, 0, str(problem))
    own = _losses(model, history, ahead)
    cases = [case for case in own if case in naive]
    rival = float(np.sum([naive[case] for case in cases]))
    enough = len(cases) >= FEWEST and rival > 0
    saved = 1 - float(np.sum([own[case] for case in cases])) / rival if enough else None
    return ModelForecast(name, chance, saved, len(cases))


def _losses(model: Model, history: History, ahead: int) -> dict[tuple[int, int], float]:
    """CRPS of every forecast from the last years, by cutoff and year."""
    since = int(history.years[-min(CUTOFFS + 1, len(history))])
    past = backtest(model, history, horizon=ahead, since=since)
    scored = [case for case in past.cases if len(case.known) >= SCORED_FROM]
    return {(c.known.last_year, c.year): crps(c.outlook, c.observed) for c in scored}


def _chance(answer: ModelForecast) -> float:
    return float("nan") if answer.probability is None else answer.probability
