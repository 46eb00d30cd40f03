"""The default model: identities, invariances, hard histories, and agreement with its own paths."""

import json
from dataclasses import replace
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from forecast.distribution.transform import Logit
from forecast.errors import ModelError
from forecast.history.history import History
from forecast.models.mixture.features import FEATURES
from forecast.models.mixture.gating import SCALES, learned
from forecast.models.mixture.structural_mixture import StructuralMixture

MODEL = StructuralMixture()
YEARS = np.arange(2008, 2024)
GROWING = [10.0, 11, 11, 12, 14, 13, 15, 16, 18, 17, 19, 21, 22, 22, 24, 26]
SHARE = [40.0, 41, 43, 44, 46, 47, 49, 52, 53, 55, 56, 58, 60, 61, 62, 64]
BALANCE = [1.0, -2, 0.5, 1.5, -1, 0, 2, 3, -1, 0.5, 1, 2, -0.5, 1, 2.5, 1]


def history(values, years=YEARS, bounds=(None, None)):
    return History.of(
        "x", years[-len(values) :] if len(years) > len(values) else years, values, bounds=bounds
    )


def outlook(values, year=2028, years=YEARS, bounds=(None, None)):
    return MODEL.fit(history(values, years, bounds)).predict(year)


CASES = {
    "growing": history(GROWING),
    "positive": history(GROWING, bounds=(0, None)),
    "share": history(SHARE, bounds=(0, 100)),
    "both signs": history(BALANCE),
    "two points": history([3.0, 4.0]),
    "three points": history([3.0, 4.0, 4.5]),
    "irregular": history([2.575, 3.652, 5.610, 9.248], np.array([2001, 2006, 2011, 2021])),
    "constant": history([5.0] * 8),
    "zero": history([0.0] * 8),
    "zero share": history([0.0] * 8, bounds=(0, 100)),
    "full share": history([98.0, 99, 100, 100, 100, 100], bounds=(0, 100)),
    "straight line": history(np.arange(1.0, 13.0)),
    "tiny": history(np.array(GROWING) * 1e-12),
    "huge": history(np.array(GROWING) * 1e12),
    "far from zero": history(np.array(GROWING) + 1e6),
    "break at the end": replace(history([*GROWING[:-1], 60.0]), breaks=(2023,)),
    "only break": replace(history([3.0, 9.0]), breaks=(2023,)),
}


@pytest.fixture(params=CASES, ids=str)
def case(request):
    return CASES[request.param]


def test_outlook_is_a_distribution(case):
    for year in (case.last_year + 1, case.last_year + 8):
        fitted = MODEL.fit(case)
        found, (lower, upper) = fitted.predict(year), fitted.bounds
        levels = np.array([0.01, 0.1, 0.5, 0.9, 0.99])
        values = found.quantile(levels)
        assert np.isfinite(values).all()
        assert (np.diff(values) >= 0).all()
        inside = (values > (-np.inf if lower is None else lower)) & (
            values < (np.inf if upper is None else upper)
        )
        # The last value may have probability of its own; a quantile there has more than its level below.
        smooth = inside & (values != case.last_value)
        assert_allclose(found.at_most(values[smooth]), levels[smooth], atol=2e-3 if case.bounds[1] else 1e-6)
        assert (found.at_most(values) >= levels - 2e-3).all()
        assert 0 < found.at_least(case.last_value) <= 1


def test_outlook_never_leaves_the_bounds(case):
    low, high = (-np.inf if case.bounds[0] is None else case.bounds[0]), case.bounds[1]
    high = np.inf if high is None else high
    found = MODEL.fit(case).predict(case.last_year + 10)
    extremes = found.quantile(np.array([1e-6, 1 - 1e-6]))
    paths = MODEL.fit(case).paths(case.last_year + 10, n=500, rng=0)
    assert low <= extremes[0]
    assert extremes[1] <= high
    assert ((paths >= low) & (paths <= high)).all()


def test_later_is_wider(case):
    fitted = MODEL.fit(case)
    widths = [np.subtract(*fitted.predict(case.last_year + h).interval(0.8)[::-1]) for h in range(1, 8)]
    room = 0.0 if case.bounds == (None, None) else np.inf
    assert (np.diff(widths) >= -1e-9 * widths[0] - room).all()


def test_paths_agree_with_the_closed_form(case):
    fitted, year = MODEL.fit(case), case.last_year + 5
    paths = fitted.paths(year, n=20_000, rng=1)
    assert paths.shape == (20_000, 5)
    for column in (0, 4):
        found = fitted.predict(case.last_year + 1 + column)
        for threshold in found.quantile(np.array([0.1, 0.5, 0.8])):
            assert_allclose(np.mean(paths[:, column] <= threshold), found.at_most(threshold), atol=0.015)


@pytest.mark.parametrize("factor", [1e-9, 1e-3, 7.0, 1e9])
@pytest.mark.parametrize(
    ("values", "bounds"),
    [(GROWING, (None, None)), (GROWING, (0, None)), (BALANCE, (None, None)), (SHARE, (0, 100))],
)
def test_unit_changes_no_probability(factor, values, bounds):
    scaled = tuple(None if b is None else b * factor for b in bounds)
    plain, other = outlook(values, bounds=bounds), outlook(np.array(values) * factor, bounds=scaled)
    goals = np.linspace(min(values), 2 * max(values), 15)
    assert_allclose(other.at_least(goals * factor), plain.at_least(goals), atol=1e-8)


@pytest.mark.parametrize(
    ("values", "year", "level"),
    [
        # Foreign investment in per cent of GDP: weights trained without far thresholds said up to 197,000.
        ([2.361, 0.349, 0.007, 0.685, 1.916], 2023, 0.975),
        ([0.573, 3.185, 0.137, 1.369, 0.346], 2023, 0.975),
        ([3.05, 3.156, 2.409, 2.932, 21.2], 2023, 0.975),
        # Inflation, fifteen years on: compounding without end put a hundredth of it above 10^12.
        ([7.632, 174.858, 8.211, 9.555, 1.153], 2034, 0.99),
        ([12.894, 94.19, 4.114, 1.303, 4.415], 2034, 0.99),
        ([3.1, 10.1, 6.8, 9.5, 10.7], 2034, 0.99),
    ],
)
def test_few_volatile_values_do_not_run_away_on_the_log_scale(values, year, level):
    assert outlook(values, year=year, years=range(2015, 2020)).quantile(level) < 100 * max(values)


def test_what_has_doubled_grows_on_by_about_the_same_amount():
    grown = MODEL.fit(history(100 * 1.1 ** np.arange(16.0) * np.exp(0.01 * np.sin(np.arange(16)))))
    medians = np.array([grown.predict(year).median() for year in range(2024, 2064)])
    steps = np.diff(medians)
    assert steps[5] > 1.25 * steps[0]
    assert steps[-1] < 1.5 * steps[10]


def test_negative_series_mirrors():
    goals = np.linspace(-6, 6, 13)
    plain, mirrored = outlook(BALANCE), outlook(-np.array(BALANCE))
    assert_allclose(mirrored.at_most(-goals), plain.at_least(goals), atol=1e-12)


@settings(max_examples=25)
@given(
    st.lists(st.floats(-1e3, 1e3).map(lambda x: round(x, 9)), min_size=2, max_size=25), st.floats(1e-6, 1e6)
)
def test_any_values_give_a_distribution_free_of_units(values, factor):
    plain, other = outlook(values, years=np.arange(2000, 2000 + len(values))), None
    other = outlook(np.array(values) * factor, years=np.arange(2000, 2000 + len(values)))
    goals = np.array([-500.0, 0.0, 1.0, 800.0])
    assert np.isfinite(plain.quantile(np.array([0.05, 0.95]))).all()
    if np.ptp(values) > 1e-6 * np.max(np.abs(values)) > 1e-100:
        assert_allclose(other.at_least(goals * factor), plain.at_least(goals), atol=1e-7)


def test_many_at_once_are_the_same_as_one_by_one():
    together = MODEL.fit_all(list(CASES.values()))
    for fitted, (name, alone) in zip(together, CASES.items(), strict=True):
        goals = alone.last_value + np.linspace(-2, 2, 9) * (1 + abs(alone.last_value))
        year = alone.last_year + 4
        assert_allclose(
            fitted.predict(year).at_least(goals),
            MODEL.fit(alone).predict(year).at_least(goals),
            atol=1e-12,
            err_msg=name,
        )


def test_a_gap_is_not_the_same_as_a_shorter_history():
    years = np.delete(YEARS, [5, 6, 7])
    gappy = outlook(np.delete(GROWING, [5, 6, 7]), years=years)
    squeezed = outlook(np.delete(GROWING, [5, 6, 7]), years=YEARS[3:])
    assert gappy.median() < squeezed.median()


def test_one_wild_value_widens_and_does_not_tilt():
    additive_outlier = list(GROWING)
    additive_outlier[6] = 150.0
    plain, found = outlook(GROWING), outlook(additive_outlier)
    width = np.subtract(*plain.interval(0.8)[::-1])
    assert np.subtract(*found.interval(0.8)[::-1]) > width
    assert abs(found.median() - plain.median()) < 0.1 * width
    assert [str(note) for note in MODEL.fit(history(additive_outlier)).notes] == ["wild values (years: 2014)"]


def test_a_declared_break_is_not_read_as_growth():
    level_shift = [*GROWING[:8], *(np.array(GROWING[8:]) - 8)]
    read_as_growth = MODEL.fit(history(level_shift)).predict(2028)
    restarted = MODEL.fit(replace(history(level_shift), breaks=(2016,)))
    whole = outlook(GROWING)
    assert abs(restarted.predict(2028).median() + 8 - whole.median()) < abs(
        read_as_growth.median() + 8 - whole.median()
    )
    assert np.subtract(*restarted.predict(2028).interval(0.8)) > np.subtract(*read_as_growth.interval(0.8))
    assert [str(note) for note in restarted.notes] == ["joined at break (years: 2016)"]


def test_an_undeclared_level_step_is_noted():
    """Primary value added of Jilin Province, 2009-2021: the step of 2017 is a revision."""
    values = [
        980.57,
        1050.15,
        1277.44,
        1412.11,
        1509.34,
        1524.01,
        1596.28,
        1498.52,
        1095.36,
        1160.75,
        1287.32,
        1553.0,
        1554.0,
    ]
    notes = MODEL.fit(history(values, np.arange(2009, 2022))).notes
    assert [(note.key, note.values["year"]) for note in notes] == [("level_step", 2017)]


@pytest.mark.parametrize(
    ("since", "key"), [(5, "level_step"), (6, "past_level_step"), (14, "past_level_step")]
)
def test_a_step_of_the_past_is_said_to_widen_the_interval(since: int, key: str) -> None:
    """With a break declared in the year named the interval is far narrower, and about the same place."""
    values = 100 + np.random.default_rng(0).normal(0, 1, 24)
    values[24 - since :] += 20
    stepped = history(values, np.arange(2000, 2024))
    fitted = MODEL.fit(stepped)
    assert [(note.key, note.values["year"]) for note in fitted.notes] == [(key, 2024 - since)]
    declared = MODEL.fit(replace(stepped, breaks=(2024 - since,)))
    low, high = fitted.predict(2026).interval(0.8)
    inner = declared.predict(2026).interval(0.8)
    assert low < inner[0] < inner[1] < high
    assert inner[1] - inner[0] < 0.7 * (high - low)


def test_a_steeper_past_makes_a_high_target_likelier():
    flat, steep = outlook(GROWING), outlook([v + 0.5 * i for i, v in enumerate(GROWING)])
    assert steep.at_least(GROWING[-1] + 7.5 + 8) > flat.at_least(GROWING[-1] + 8)


def test_values_at_the_bound_are_ordinary():
    found = outlook([97.0, 99, 100, 100, 100, 100], bounds=(0, 100))
    assert 0.3 < found.at_least(100) < 1
    assert found.at_most(100) == 1.0
    assert found.at_least(100.1) == 0.0
    assert isinstance(found.moving.scales[3], Logit)


def test_one_observation_names_the_minimum_and_the_outside_view():
    with pytest.raises(ModelError, match=r"StructuralMixture needs 2 observations; got 1.*reference class"):
        MODEL.fit(history([3.0]))


def _weight_of_usual_growth(values, bounds=(None, None)):
    return MODEL.fit(history(values, bounds=bounds)).explain().behaviours.get("usual", 0.0)


def test_usual_growth_is_expected_of_steady_open_amounts_alone():
    assert _weight_of_usual_growth(GROWING) > 0.05
    assert _weight_of_usual_growth(GROWING, (0, None)) > 0.05
    assert _weight_of_usual_growth(SHARE, (0, 100)) == 0  # a share has nowhere usual to go
    assert _weight_of_usual_growth(GROWING[::-1]) == 0  # an intensity that falls goes on as it may
    assert _weight_of_usual_growth(BALANCE) == 0  # no growth rate where there are two signs
    assert _weight_of_usual_growth([1.0, 3, 0.5, 2, 6, 1, 4, 0.7]) == 0  # too volatile to tell


def test_usual_growth_is_never_more_than_a_part_of_the_own_pace():
    """3 % a year would be absurd of what moves by a thousandth: the outlook stays near."""
    slow = 100 * 1.001 ** np.arange(6) * np.array([1, 1.0002, 0.9998, 1.0003, 1, 1.0001])
    there = outlook(slow, 2028)
    assert 100.3 < there.median() < 101.2
    assert there.quantile(0.975) < 103


def test_explanation_adds_up_and_says_the_weightiest_first():
    explanation = MODEL.fit(CASES["share"]).explain()
    assert_allclose(sum(explanation.behaviours.values()), 1.0)
    assert_allclose(sum(explanation.scales.values()), 1.0)
    assert list(explanation.behaviours.values()) == sorted(explanation.behaviours.values(), reverse=True)
    assert set(explanation.scales) == {"identity", "root", "log", "logit"}
    assert 0 < explanation.noise < 1
    assert "%" in str(explanation)


def test_spec_is_a_value():
    assert StructuralMixture() == MODEL
    assert MODEL.minimum == 2


def test_the_weights_say_what_made_them():
    stored = json.loads(files("forecast.models.mixture").joinpath("mixture_weights.json").read_text("utf-8"))
    assert set(stored["made"]) >= {"command", "data", "date"}
    assert not any(name in str(stored["made"]).lower() for name in ("m1", "m3", "tourism"))
    assert np.shape(stored["theta"]) == (len(SCALES) * len(stored["components"]), len(FEATURES))
    bank = learned().bank
    assert ((bank.a >= 0) & (bank.a <= 1)).all()
    # The shocks of level and momentum have a covariance matrix.
    assert (bank.c**2 <= bank.a * bank.q + 1e-12).all()
