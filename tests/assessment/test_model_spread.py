from __future__ import annotations

import numpy as np
import pytest

import forecast as fc
from forecast.assessment.model_spread import MODELS

YEARS = range(2000, 2020)
STEADY = fc.History.of("x", YEARS, 10 + 2.0 * np.arange(20) + np.tile([0.5, -0.5], 10))


def answer(model: str, p: float | None, skill: float | None = None) -> fc.ModelForecast:
    return fc.ModelForecast(model, p, skill, 10)


def test_the_spread_is_between_the_answers_that_count() -> None:
    found = fc.Disagreement((answer("default", 0.5, 0.4), answer("A", 0.3, 0.2), answer("B", 0.9, 0.4)))
    assert (found.lowest, found.highest) == (found.answers[1], found.answers[2])
    assert found.spread == pytest.approx(0.6)


def test_a_model_with_a_much_worse_record_is_shown_but_not_heard() -> None:
    # Losses 0.6 of naive's for the default: up to 0.9 is heard.
    found = fc.Disagreement((answer("default", 0.5, 0.4), answer("A", 0.1, 0.09), answer("B", 0.6, 0.11)))
    assert [each.model for each in found.eligible] == ["default", "B"]
    assert len(found.to_frame()) == 3


def test_models_that_cannot_serve_or_have_no_record() -> None:
    found = fc.Disagreement((answer("default", 0.5), answer("A", None), answer("B", 0.6)))
    assert [each.model for each in found.eligible] == ["default", "B"]
    nobody = fc.Disagreement((answer("default", None),))
    assert (nobody.spread, nobody.lowest, nobody.skill) == (0.0, None, None)


def test_every_model_is_asked_and_agrees_with_itself_asked_alone() -> None:
    target = fc.Target.at_least("x", 60.0, year=2024)
    found = fc.disagreement(STEADY, target)
    assert [each.model for each in found.answers] == list(MODELS)
    for each in found.answers:
        expected = fc.probability(MODELS[each.model].fit(STEADY), target)
        assert each.probability == pytest.approx(expected, abs=1e-9)


def test_skill_is_measured_against_naive_on_the_series_itself() -> None:
    target = fc.Target.at_least("x", 60.0, year=2024)
    models = {"default": fc.Drift(), "naive": fc.Naive()}
    drift, naive = fc.disagreement(STEADY, target, models=models).answers
    assert naive.skill == pytest.approx(0.0)
    assert drift.skill is not None
    assert drift.skill > 0.5
    # Ten cutoffs, 2009 to 2018, each with the years up to five ahead that were observed.
    assert drift.n == 6 * 5 + 4 + 3 + 2 + 1


def test_skill_is_the_part_of_the_losses_saved() -> None:
    target = fc.Target.at_least("x", 60.0, year=2021)
    found = fc.disagreement(STEADY, target, models={"default": fc.Drift()}).answers[0]
    own, naive = (
        fc.backtest(m, STEADY, horizon=2, since=2009).to_frame()["crps"].sum()
        for m in (fc.Drift(), fc.Naive())
    )
    assert found.skill == pytest.approx(1 - own / naive)


def test_few_outcomes_are_no_record() -> None:
    short = fc.History.of("x", [2015, 2016, 2017, 2018, 2019], [1.0, 2.0, 4.0, 5.0, 7.0])
    target = fc.Target.at_least("x", 9.0, year=2021)
    answers = fc.disagreement(short, target, models={"default": fc.Drift(), "ETS": fc.ETS()}).answers
    assert [each.skill for each in answers] == [None, None]
    assert answers[1].probability is None
    assert f"ETS needs {fc.ETS().minimum} observations" in answers[1].problem


def test_an_observed_year_is_refused() -> None:
    with pytest.raises(fc.HistoryError, match="2018 is not after the last observation"):
        fc.disagreement(STEADY, fc.Target.at_least("x", 60.0, year=2018))
