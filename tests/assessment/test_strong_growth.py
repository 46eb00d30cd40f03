"""Answers that need strong growth to last carry a note, one by one and in panels."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast import History, Plan, Target, assess, assess_frame, assess_plan, read_histories
from forecast.assessment.strong_growth import VALUES, growth_note, needs_it_to_last, strong_pace
from forecast.target.plan import Item

YEARS = np.arange(VALUES, dtype=float)
NOISE = np.where(YEARS % 2 == 0, 1.0, -1.0)


def output(values: np.ndarray) -> History:
    return History.of("output", range(2021 - len(values), 2021), values)


def test_who_grew_strongly_and_evenly() -> None:
    rows = np.stack([
        1.1**YEARS, 1.04**YEARS, 1.3**YEARS, np.exp(0.1 * YEARS + 0.02 * NOISE),
        np.exp(0.1 * YEARS + 0.2 * NOISE), -(1.1**YEARS), np.where(YEARS == 3, np.nan, 1.1**YEARS),
    ])  # fmt: skip
    found = strong_pace(rows)
    assert np.isfinite(found).tolist() == [True, False, False, True, False, False, False]
    assert_allclose(found[0], 0.1)
    assert np.isnan(strong_pace(rows[:, :10])).all()
    # Only the last fifteen years count.
    assert_allclose(strong_pace(np.column_stack([np.full(7, np.nan), rows]))[0], 0.1)


def test_who_needs_it_to_last() -> None:
    pace = np.array([0.1, 0.1, 0.1, np.nan])
    required, way = np.array([0.08, 0.05, 0.08, 0.08]), np.array([1, 1, -1, 1])
    assert needs_it_to_last(pace, required, way).tolist() == [True, False, False, False]


@pytest.mark.parametrize(("goal", "noted"), [(1.1**5, True), (1.08**5, True), (1.03**5, False)])
def test_the_note_of_an_answer(goal: float, noted: bool) -> None:
    history = output(100 * 1.1**YEARS)
    target = Target.at_least("output", float(goal * history.last_value), year=2025)
    keys = [note.key for note in assess(history, target).notes]
    assert ("growth_seldom_lasts" in keys) == noted


def test_figures_of_the_note() -> None:
    history = output(100 * 1.1**YEARS)
    (note,) = growth_note(Target.at_least("output", 2 * history.last_value, year=2025), history)
    assert_allclose([note.values["pace"], note.values["required"]], [0.1, 2**0.2 - 1])
    assert growth_note(Target.at_most("output", 2 * history.last_value, year=2025), history) == ()
    gone = Target.at_least("output", 5.0, year=2018)
    assert growth_note(gone, history) == ()


@pytest.mark.parametrize("goal", [600.0, 420.0])
def test_panels_say_the_same(goal: float) -> None:
    frame = pd.DataFrame({"area": "A", "indicator": "output", "year": range(2006, 2021)})
    frame["value"] = 100 * 1.1**YEARS
    target = Target.at_least("output", goal, year=2025)
    said = assess_frame(frame, [target]).notes[0]
    study = assess_plan(Plan((Item("1", target, area="A"),)), read_histories(frame))
    assert said == study.to_frame().notes[0]
    assert ("growth seldom lasts" in (said or "")) == (goal > 500)
