"""The record of one target's answers: what is read from its parts, and what stays empty without them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import forecast as fc
from forecast.assessment.assessment import unanswerable
from forecast.assessment.first_passage import FirstPassage
from forecast.assessment.forecast import Forecast

TARGET = fc.Target.at_least("coverage", 80, year=2027, unit="%")
HISTORY = fc.History.of("coverage", [2020, 2023], [67.0, 74.0], unit="%")
OUTLOOK = fc.StudentTMixture.single(78.0, 3.0, np.inf)
BY_YEAR = FirstPassage(2023, np.array([0.0, 0.2, 0.4, 0.55, 0.7]))


def test_the_parts_of_its_forecast_are_read_from_it() -> None:
    forecast = Forecast(OUTLOOK, probability=0.7, reachable=75.0, by_year=BY_YEAR)
    a = fc.Assessment(TARGET, HISTORY, "open", forecast=forecast)
    assert (a.outlook, a.fitted, a.probability, a.reachable) == (OUTLOOK, None, 0.7, 75.0)
    assert a.by_year is BY_YEAR
    assert a.year_reached == 2026
    assert a.likelihood is not None
    assert a.likelihood.en == "likely"


def test_without_a_forecast_they_are_none() -> None:
    a = unanswerable(TARGET, "nothing is known.")
    parts = (a.outlook, a.fitted, a.probability, a.reachable, a.by_year, a.year_reached, a.likelihood)
    assert parts == (None,) * 7
    assert (a.status, a.rating, a.failure) == ("unanswered", "not_assessed", "nothing is known.")
    assert (a.completion, a.schedule, a.effort_ratio, a.setback) == (None, None, None, None)


@pytest.mark.parametrize(("status", "setback"), [("maintain", 0.3), ("open", None)])
def test_only_what_is_met_can_be_lost(status: str, setback: float | None) -> None:
    a = fc.Assessment(TARGET, HISTORY, status, forecast=Forecast(OUTLOOK, probability=0.7))
    assert a.setback == (None if setback is None else pytest.approx(setback))


def test_progress_is_counted_from_the_base() -> None:
    a = fc.Assessment(TARGET, HISTORY, base=fc.Base(2020, 67.0))
    assert a.completion == pytest.approx((74 - 67) / (80 - 67))
    assert a.schedule == pytest.approx(3 / 7)
    assert replace(a, base=None).completion is None
    assert replace(a, base=None).schedule is None


def test_it_shows_itself_in_a_few_lines() -> None:
    a = fc.Assessment(TARGET, HISTORY, "open", forecast=Forecast(OUTLOOK, probability=0.7))
    assert len(repr(a)) < 500
    assert "70 %, likely" in repr(a)
    assert "outlook, 80 %: 74.16 to 81.84" in repr(a)  # 78 -+ 1.2816 x 3
    assert "<table" in a._repr_html_()
