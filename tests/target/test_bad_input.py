"""Whatever comes in: one clear error, or a finite probability strictly between 0 and 1."""

from __future__ import annotations

import math

import pytest

import forecast as fc

YEARS = range(2012, 2022)
RISING = [10.0, 10.4, 11.1, 11.3, 12.0, 12.2, 12.9, 13.4, 13.5, 14.2]


def answer(years: object, values: object, value: float, **fields: object) -> float:
    history = fc.History.of("x", years, values, **fields)  # type: ignore[arg-type]
    a = fc.assess(history, fc.Target.at_least("x", value, year=2026))
    assert a.probability is not None, a.failure
    return a.probability


@pytest.mark.parametrize(
    ("values", "value"),
    [
        ([5.0] * 10, 6.0),
        ([5.0] * 10, 5.0),
        ([0.0] * 10, 1.0),
        ([0.0] * 10, 0.0),
        ([v * 1e-12 for v in RISING], 16e-12),
        ([v * 1e12 for v in RISING], 16e12),
        ([float(i) for i in range(10)], 13.0),
        ([-v for v in RISING], -12.0),
        ([1.0, -1.0] * 5, 0.5),
        ([10.0] * 9 + [1000.0], 20.0),
    ],
    ids=[
        "constant",
        "constant-met",
        "zeros",
        "zeros-met",
        "tiny",
        "huge",
        "line",
        "negative",
        "flip",
        "wild",
    ],
)
def test_odd_series_give_a_probability(values: list[float], value: float) -> None:
    p = answer(YEARS, values, value)
    assert math.isfinite(p)
    assert 0 < p < 1


@pytest.mark.parametrize(
    "values", [[100.0] * 10, [0.0] * 10, [98.0, 99.0, 99.5, 99.8, 99.9, 100, 100, 100, 100, 100]]
)
def test_a_series_at_its_bound_gives_a_probability(values: list[float]) -> None:
    p = answer(YEARS, values, 100.0, bounds=(0, 100))
    assert 0 < p < 1


@pytest.mark.parametrize("n", [2, 3])
def test_short_series_give_a_probability_or_say_what_is_needed(n: int) -> None:
    history = fc.History.of("x", range(2020, 2020 + n), RISING[:n])
    a = fc.assess(history, fc.Target.at_least("x", 12.0, year=2026))
    assert (a.probability is not None and 0 < a.probability < 1) or "needs" in str(a.failure)


@pytest.mark.parametrize(
    ("years", "values", "message"),
    [
        ([2020, 2021.5], [1, 2], r"2021\.5 is not a year"),
        ([2020, "soon"], [1, 2], r"'soon' is not a year"),
        ([2020, 20211], [1, 2], r"20211 is not a year"),
        ([2020, 2021], [1, "two"], r"'two' in 2021 is not a finite number"),
        ([2020, 2021], [1, math.inf], r"inf in 2021 is not a finite number"),
        (
            [2020, 2021],
            [1, math.nan],
            r"nan in 2021 is not a finite number.*Leave a year without a value out",
        ),
        ([2020, 2021], [1, True], r"True in 2021 is not a finite number"),
        ([2020, 2020], [1, 2], r"more than one value for \[2020\]"),
        ([2020], [1, 2], r"1 years for 2 values"),
        ([], [], r"no observation"),
    ],
)
def test_what_is_no_history_is_refused_by_name(
    years: list[object], values: list[object], message: str
) -> None:
    with pytest.raises(fc.HistoryError, match=message) as caught:
        fc.History.of("output", years, values)  # type: ignore[arg-type]
    assert str(caught.value).startswith("output")


def test_a_value_outside_the_bounds_is_refused() -> None:
    with pytest.raises(fc.HistoryError, match=r"101 in 2021 lies outside the bounds \[0, 100\]"):
        fc.History.of("share", [2020, 2021], [99, 101], bounds=(0, 100))


def test_a_target_outside_the_bounds_is_refused() -> None:
    history = fc.History.of("share", YEARS, RISING, bounds=(0, 100))
    with pytest.raises(fc.TargetError, match="120 is above the indicator's upper bound 100"):
        fc.assess(history, fc.Target.at_least("share", 120, year=2026))


def test_another_indicator_is_refused() -> None:
    with pytest.raises(fc.TargetError, match="the target is for 'y', the history of 'x'"):
        fc.assess(fc.History.of("x", YEARS, RISING), fc.Target.at_least("y", 1, year=2026))


@pytest.mark.parametrize("value", [math.nan, math.inf, "80", True, None])
def test_a_target_value_must_be_a_finite_number(value: object) -> None:
    with pytest.raises(fc.TargetError, match="must be a finite number"):
        fc.Target.at_least("x", value, year=2026)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [1e300, -1e101])
def test_a_target_has_a_size_that_figures_have(value: float) -> None:
    with pytest.raises(fc.TargetError, match=r"x: .* is not of a size that targets have\. Correct it"):
        fc.Target.at_least("x", value, year=2026)


def test_a_target_year_before_the_history_ends_is_an_outcome_for_assess_and_an_error_for_probability() -> (
    None
):
    history = fc.History.of("x", YEARS, RISING)
    target = fc.Target.at_least("x", 12.0, year=2018)
    assert fc.assess(history, target).status == "met"
    with pytest.raises(fc.TargetError, match="not after the last observation"):
        fc.probability(fc.Drift().fit(history), target)


def test_arguments_of_another_kind_are_refused_by_name() -> None:
    history = fc.History.of("x", range(2015, 2024), range(9))
    target = fc.Target.at_least("x", 10, year=2026)
    with pytest.raises(fc.ForecastError, match=r"assess: target must be of kind Target; got '80'\. Make one"):
        fc.assess(history, "80")  # type: ignore[arg-type]
    with pytest.raises(fc.ForecastError, match=r"assess: history must be of kind History; got \[1, 2\]"):
        fc.assess([1, 2], target)  # type: ignore[arg-type]
    with pytest.raises(
        fc.ForecastError, match=r"assess_plan: plan .* got 'plan\.toml'\. Read a file with read_plan"
    ):
        fc.assess_plan("plan.toml", fc.Histories([history]))  # type: ignore[arg-type]
    with pytest.raises(fc.ForecastError, match=r"probability: needs a fitted model; got the history x"):
        fc.probability(history, target)  # type: ignore[arg-type]
    with pytest.raises(fc.ForecastError, match=r"required_growth: target must be of kind Target; got 80"):
        fc.required_growth(history, 80)  # type: ignore[arg-type]
