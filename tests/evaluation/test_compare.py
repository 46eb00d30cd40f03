from __future__ import annotations

import numpy as np
import pytest

import forecast as fc

RNG = np.random.default_rng(3)
TREND = fc.History.of("a", range(2000, 2020), 2.0 * np.arange(20) + RNG.normal(0, 0.3, 20))
NOISE = fc.History.of("b", range(2000, 2020), 50 + RNG.normal(0, 1, 20))


def test_scores_are_those_of_the_backtest() -> None:
    table = fc.compare([fc.Drift(), fc.Naive()], [TREND, NOISE], horizon=3)
    past = fc.backtest(fc.Drift(), [TREND, NOISE], horizon=3).to_frame()
    alone = fc.compare([fc.Drift()], [TREND, NOISE], horizon=3)
    assert alone.loc["Drift", "n"] == len(past)
    assert alone.loc["Drift", "scaled_crps"] == pytest.approx(past["scaled_crps"].mean())
    assert set(table.n) == {table.n.iloc[0]}
    assert table["scaled_crps"].is_monotonic_increasing


def test_the_better_model_is_first() -> None:
    assert fc.compare([fc.Naive(), fc.Drift()], TREND, horizon=3).index[0] == "Drift"


def test_only_forecasts_of_all_models_count() -> None:
    table = fc.compare({"short": fc.Naive(), "long": fc.Theta()}, TREND, horizon=2)
    assert set(table.index) == {"short", "long"}
    assert table.n.nunique() == 1
    assert table.n.iloc[0] < len(fc.backtest(fc.Naive(), TREND, horizon=2).cases)


def test_the_same_model_twice_is_numbered() -> None:
    assert sorted(fc.compare([fc.Drift(), fc.Drift()], TREND).index) == ["Drift", "Drift 2"]


def test_nothing_in_common_is_said() -> None:
    with pytest.raises(fc.ModelError, match="no model"):
        fc.compare([], TREND)
    with pytest.raises(fc.ModelError, match="no forecast was made by all"):
        fc.compare([fc.Drift()], fc.History.of("x", [2000], [1.0]))
