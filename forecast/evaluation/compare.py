"""Several models put to the same past: one table of scores, over the forecasts that all of them made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from forecast.errors import ModelError
from forecast.evaluation.backtests import Backtest, backtest
from forecast.history.histories import Histories
from forecast.history.history import History
from forecast.models.base import Model

_CASE = ["area", "indicator", "cutoff", "year"]
_SCALED = ["scaled_error", "scaled_crps", "scaled_interval_score"]


def compare(
    models: Sequence[Model] | Mapping[str, Model],
    histories: Histories | History | Iterable[History],
    *,
    horizon: int = 5,
    since: int | None = None,
) -> pd.DataFrame:
    """How well each of *models* would have forecast *histories*, the best first.

    Each is back-tested (:func:`backtest`), and only forecasts that every one of them made are counted,
    so that no model is better for having been asked less.

    Parameters
    ----------
    models : sequence of Model, or mapping of str to Model
        Named by their class, twice the same with a number, or as the mapping has it.
    histories : Histories, History or iterable of History
    horizon : int
        The most years ahead.
    since : int, optional
        The first cutoff.

    Returns
    -------
    DataFrame
        One row for each model: ``scaled_error, scaled_crps, scaled_interval_score``, means in mean
        absolute yearly changes before the cutoff; ``coverage``, the share of outcomes within the 80 %
        interval; ``n``, the forecasts counted.

    Raises
    ------
    ModelError
        Without a model, or where no forecast was made by all of them.

    Examples
    --------
    >>> from forecast.models.drift import Drift
    >>> from forecast.models.naive import Naive
    >>> history = History.of("x", range(2005, 2021), [2.0 * i + (i % 3) for i in range(16)])
    >>> table = compare([Naive(), Drift()], history, horizon=2)
    >>> list(table.index), int(table.n["Drift"])
    (['Drift', 'Naive'], 25)
    """
    named = dict(models) if isinstance(models, Mapping) else _named(models)
    if not named:
        raise ModelError("compare: no model. Give two or more, such as [Drift(), Theta()].")
    given = histories if isinstance(histories, Histories | History) else list(histories)
    past = {name: backtest(model, given, horizon=horizon, since=since) for name, model in named.items()}
    return scores_in_common(past).sort_values("scaled_crps", kind="stable")


def scores_in_common(past: Mapping[str, Backtest]) -> pd.DataFrame:
    """Mean scores of back-tests by name, over the cases that all of them have."""
    frames = {name: each.to_frame().set_index(_CASE) for name, each in past.items()}
    shared = None
    for frame in frames.values():
        # Where nothing ever moved, no score can be scaled.
        scored = frame.index[frame["scaled_crps"].notna()]
        shared = scored if shared is None else shared.intersection(scored, sort=False)
    if shared is None or not len(shared):
        raise ModelError(
            "compare: no forecast was made by all of the models. Give longer histories, or fewer models: "
            + "; ".join(f"{name} made {len(frame)}" for name, frame in frames.items())
            + "."
        )
    rows = {name: _means(frame.loc[shared]) for name, frame in frames.items()}
    return pd.DataFrame.from_dict(rows, orient="index")


def _means(frame: pd.DataFrame) -> dict[str, float]:
    """Means of the scaled scores, and the share of outcomes inside the interval."""
    inside = (frame["observed"] >= frame["low"]) & (frame["observed"] <= frame["high"])
    means = {name: float(frame[name].mean()) for name in _SCALED}
    return {**means, "coverage": float(inside.mean()), "n": len(frame)}


def _named(models: Sequence[Model]) -> dict[str, Model]:
    """Models by the name of their class, a repeated one with a number."""
    found: dict[str, Model] = {}
    for model in models:
        name, n = type(model).__name__, 2
        while name in found:
            name, n = f"{type(model).__name__} {n}", n + 1
        found[name] = model
    return found
