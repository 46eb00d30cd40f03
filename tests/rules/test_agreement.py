"""Which rules expect a target to be met, and when they contradict a probability."""

from __future__ import annotations

import pytest

from forecast.rules import Agreement, RuleInput, agreement, applicable

RENEWABLES = [15.2, 15.0, 16.1, 16.9, 17.8, 19.5]


def test_rules_without_a_class_for_a_target_do_not_vote():
    assert agreement(applicable(RuleInput(range(2015, 2021), RENEWABLES, 1))) == Agreement((), ())
    assert not Agreement(("statcan",), ()).divided


@pytest.mark.parametrize(
    ("probability", "against"),
    [
        (0.9, ("china",)),
        (0.67, ("china",)),
        (0.66, ()),
        (0.33, ()),
        (0.32, ("statcan",)),
        (0.0, ("statcan",)),
    ],
)
def test_a_rule_contradicts_a_probability_beyond_about_as_likely_as_not(probability, against):
    assert Agreement(met=("statcan",), missed=("china",)).against(probability) == against


def test_electric_cars_divide_the_rules():
    # Canadian Indicator Framework 12-1-1: the ratio of growth rates alone is on track.
    q = RuleInput([2015, 2025], [0.37, 9.53], 1, target=60, target_year=2030, base_year=2015)
    found = agreement(applicable(q))
    assert "statcan" in found.met
    assert {"china", "unsd_2023"} <= set(found.missed)
    assert found.divided
