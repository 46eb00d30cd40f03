"""Maintained in every year; milestones on the way."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

import forecast as fc
from tests.fixed import Fixed

HISTORY = fc.History.of("x", [2019, 2020, 2022], [66.0, 64.0, 67.0], unit="%")


@pytest.mark.parametrize(
    ("since", "ahead", "met"),
    [
        (None, [65.0, 65.0], True),
        (None, [64.9, 70.0], False),
        (2022, [65.0, 66.0], True),
        (2021, [65.0, 66.0], True),  # nobody observed 2021
        (2020, [65.0, 66.0], False),  # 2020 itself was below
        (2024, [60.0, 66.0], True),
    ],
)
def test_maintain(since: int | None, ahead: list[float], met: bool) -> None:
    target = fc.Target.maintain("x", 65, year=2024, since=since, unit="%")
    assert target.met_by(HISTORY, np.array([ahead])).tolist() == [met]
    below = fc.Target.maintain("x", -65, year=2024, since=since, direction="at_most")
    mirrored = fc.History.of("x", HISTORY.years, -HISTORY.values)
    assert below.met_by(mirrored, -np.array([ahead])).tolist() == [met]


def test_maintain_for_one_open_year_is_in_closed_form() -> None:
    assert fc.Target.maintain("x", 65, year=2023).limits(HISTORY) is not None
    assert fc.Target.maintain("x", 65, year=2023, since=2020).limits(HISTORY) is None  # 2020 failed
    assert fc.Target.maintain("x", 65, year=2024).limits(HISTORY) is None


def test_a_maintained_target_is_met_now_or_not() -> None:
    assert fc.Target.maintain("x", 65, year=2026).met_now(HISTORY) is True
    assert fc.Target.maintain("x", 68, year=2026).met_now(HISTORY) is False
    assert fc.Target.declining("x", year=2026).met_now(HISTORY) is False


def test_every_year_is_rarer_than_in_the_year() -> None:
    fitted = Fixed.after(HISTORY, [66.0, 66.0], [64.0, 66.0], [66.0, 64.0], [66.0, 67.0])
    assert_allclose(fc.probability(fitted, fc.Target.at_least("x", 65, year=2024)), 0.75)
    assert_allclose(fc.probability(fitted, fc.Target.maintain("x", 65, year=2024)), 0.5, atol=1e-4)


def test_reachable_is_the_value_held_in_every_year() -> None:
    fitted = Fixed.after(HISTORY, [61.0, 70.0], [70.0, 62.0], [63.0, 63.0], [64.0, 70.0], [65.0, 66.0])
    target = fc.Target.maintain("x", 65, year=2024)
    assert fc.reachable(fitted, target, p=0.79) == 62.0
    assert fc.reachable(fitted, target, p=0.21) == 64.0


STEPS = {2020: 64, 2023: 66, 2024: 68}


@pytest.mark.parametrize(
    ("ahead", "met"), [([66.0, 68.0], True), ([65.9, 70.0], False), ([70.0, 67.9], False)]
)
def test_every_milestone_counts(ahead: list[float], met: bool) -> None:
    target = fc.Target.milestones("x", STEPS, unit="%")
    assert target.year == 2024
    assert target.met_by(HISTORY, np.array([ahead])).tolist() == [met]


def test_observed_milestones_are_outcomes() -> None:
    target = fc.Target.milestones("x", {2019: 65, 2020: 65, 2023: 60})
    assert target.kind.outcomes(HISTORY) == {2019: True, 2020: False}
    fitted = Fixed.after(HISTORY, [70.0])
    assert fc.probability(fitted, target) < 1e-4
    assert fc.probability(fitted, fc.Target.milestones("x", {2019: 65, 2023: 60})) > 1 - 1e-4
    # The order in which they are written does not matter.
    assert fc.Target.milestones("x", {2023: 60, 2019: 65}) == fc.Target.milestones("x", {2019: 65, 2023: 60})


def test_the_last_open_milestone_is_in_closed_form() -> None:
    limits = fc.Target.milestones("x", {2020: 64, 2024: 68}).limits(HISTORY)
    assert limits is not None
    assert_allclose(limits.lower, 68)


def test_a_milestone_nobody_observed_is_named() -> None:
    target = fc.Target.milestones("x", {2021: 65, 2024: 68})
    with pytest.raises(fc.TargetError, match=r"x: no value for the milestone of 2021\. Add it, or leave"):
        target.limits(HISTORY)


def test_milestones_need_a_step() -> None:
    with pytest.raises(fc.TargetError, match=r"x: milestones need a year with its value; got none"):
        fc.Target.milestones("x", {})
    with pytest.raises(fc.TargetError, match=r"x: a target's value must be a finite number; got nan"):
        fc.Target.milestones("x", {2024: float("nan")})


def test_a_milestone_of_a_hundred_percent_is_met_by_what_rounds_to_it() -> None:
    share = fc.History.of("s", [2021, 2022], [98.6, 99.1], unit="%", bounds=(0, 100))
    target = fc.Target.milestones("s", {2023: 99, 2024: 100})
    assert target.met_by(share, np.array([[99.0, 99.96], [99.0, 99.94]])).tolist() == [True, False]
