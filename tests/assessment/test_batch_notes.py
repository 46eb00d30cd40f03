"""What is said of a row besides its figures: the notes of its assessment."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import forecast as fc
from forecast.assessment.batch_notes import doubts, far_apart, has_outside_view
from forecast.history.catalogue import Catalogue
from forecast.history.read_frame import pack
from forecast.target.batch import Context
from forecast.target.plan import Item


def test_a_goal_twenty_times_the_value_may_be_in_another_unit() -> None:
    goal = np.array([20.0, 19.9, 0.05, 0.051, 0.0, -20.0])
    assert far_apart(goal, np.ones(6)).tolist() == [True, False, True, False, False, True]


def test_an_outside_view_belongs_to_known_indicators() -> None:
    assert has_outside_view("urbanization_rate")
    assert not has_outside_view("number of unicorns")


VALUES = {
    "broken": [1, 2, 3, 4, 15, 16, 17, 18],
    "wild": [1, 2, 3, 40, 5, 6, 7, 8],
    "calm": [1, 2, 3, 4, 5, 6, 7, 8],
}


@pytest.mark.parametrize("area", VALUES)
@pytest.mark.parametrize("indicator", ["x", "urbanization_rate"])
def test_the_notes_of_a_row_are_those_of_its_assessment(area: str, indicator: str) -> None:
    frame = pd.DataFrame({"area": area, "indicator": indicator, "year": range(2016, 2024)})
    frame["value"] = VALUES[area]
    frame["break"] = ((frame["year"] == 2020) & (area == "broken")).astype(int)
    target = fc.Target.at_least(indicator, 5000 if area == "wild" else 20, year=2027)
    said = fc.assess_frame(frame, [target]).notes[0]
    study = fc.assess_plan(fc.Plan((Item("1", target, area=area),)), fc.read_histories(frame))
    assert said == study.to_frame().notes[0]


def test_an_outcome_far_from_its_target_is_doubted() -> None:
    frame = pd.DataFrame({"area": "A", "indicator": "x", "year": range(2016, 2024), "value": range(1, 9)})
    packed, items = pack(frame, Catalogue()), (Item("1", fc.Target.at_least("x", 9000, year=2023)),
                                               Item("2", fc.Target.at_least("x", 9, year=2023)))  # fmt: skip
    found = doubts(packed, np.array([0, 0]), np.array([0, 1]), Context(items, Catalogue(), 2023))
    assert found[0] is not None
    assert found[0].startswith("far from figures")
    assert found[1] is None
