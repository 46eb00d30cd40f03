"""Values that stay what they are."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

from forecast import History, StructuralMixture, Target, probability, year_reached
from forecast.assessment.probability import reachable
from forecast.distribution.atom import WithAtom
from forecast.distribution.distribution import StudentTMixture
from forecast.models.mixture.posterior import panel_of
from forecast.models.mixture.stillness import FEATURES, Run, printed_step, stillness_of

MODEL = StructuralMixture()


def share(values, **more):
    return History.of("water", range(2021 - len(values), 2021), values, unit="%", bounds=(0, 100), **more)


def count(values):
    return History.of("sites", range(2021 - len(values), 2021), values)


HELD = share([88, 93, *[100] * 13])
TWELVES = count([12.0] * 12)
MOVING = count([10.1, 11.3, 12.4, 12.9, 14.2, 15.3])


def test_runs_are_counted_from_the_end():
    run = Run.of(panel_of([share([80, 80, 90, 95, 95, 95]), TWELVES, MOVING]))
    assert run.length.tolist() == [3, 12, 1]
    assert run.observations.tolist() == [6, 12, 6]
    assert run.unchanged.tolist() == [1, 0, 0]
    assert run.steps.tolist() == [3, 0, 5]
    assert_allclose(run.change, [3.0, 0.0, 1.04])


def test_a_gap_does_not_end_a_run():
    gapped = History.of("sites", [2008, 2010, 2015, 2020], [7.0, 12.0, 12.0, 12.0])
    run = Run.of(panel_of([gapped, MOVING]))
    assert run.length.tolist() == [3, 1]
    assert run.steps.tolist() == [1, 5]


def test_features_have_names():
    assert Run.of(panel_of([HELD, MOVING])).features().shape == (2, len(FEATURES))


def test_a_target_held_for_thirteen_years_is_kept():
    assert probability(MODEL.fit(HELD), Target.at_least("water", 100, year=2025, unit="%")) > 0.97
    assert probability(MODEL.fit(TWELVES), Target.at_least("sites", 12, year=2025)) > 0.92


def test_the_longer_it_was_held_the_longer_it_is_kept():
    stays = [
        MODEL.fit(share([60, 71, 85, *[100] * k])).predict(2025).at_least(100.0) for k in (2, 3, 5, 8, 13)
    ]
    assert stays == sorted(stays)


def test_farther_years_are_less_sure():
    fitted = MODEL.fit(HELD)
    chances = [fitted.predict(year).at_least(100.0) for year in (2021, 2023, 2026, 2030)]
    assert chances == sorted(chances, reverse=True)


def test_a_series_that_never_repeats_has_no_atom():
    assert isinstance(MODEL.fit(MOVING).predict(2024), StudentTMixture)
    assert MODEL.fit(MOVING).stays(2024) == 0.0
    assert isinstance(MODEL.fit(HELD).predict(2024), WithAtom)


def test_paths_and_closed_form_agree():
    fitted = MODEL.fit(HELD)
    paths = fitted.paths(2024, n=20_000, rng=1)
    assert_allclose(np.mean(paths >= 100.0, axis=0)[-1], fitted.predict(2024).at_least(100.0), atol=0.01)
    even = fitted.stratified_paths(2024)
    assert_allclose(np.mean(even[:, -1] >= 100.0), fitted.predict(2024).at_least(100.0), atol=0.015)


def test_a_path_that_stays_stays():
    fitted = MODEL.fit(replace(TWELVES, whole=False))
    for paths in (fitted.paths(2030, n=500, rng=1), fitted.stratified_paths(2030)):
        at = paths == 12.0
        # Once a path has left the value it is not put back on it.
        assert (at[:, 1:] <= at[:, :-1]).all()
        assert at[:, -1].any()
        assert not at.all()


def test_every_year_is_kept_as_a_whole():
    held = probability(MODEL.fit(HELD), Target.maintain("water", 100, year=2025, unit="%"))
    assert held > 0.9


def test_what_can_be_promised_is_the_value_held():
    assert reachable(MODEL.fit(HELD), Target.at_least("water", 90, year=2025, unit="%")) == 100.0


def test_a_value_that_stays_reaches_nothing_new():
    # Twelve for twelve years: thirteen is not come by with even odds within fifty years.
    assert year_reached(MODEL.fit(TWELVES), Target.at_least("sites", 13, year=2025)) is None


def test_the_step_of_print_is_told_from_the_changes():
    run = Run.of(panel_of([count([3, 5, 4, 4, 6, 9]), MOVING, count([1, 2, 3.1415, 4.9, 6.07, 8.123])]))
    step = printed_step(run.jumps)
    assert_allclose(step[:2], [1.0, 0.1], rtol=1e-9)
    assert np.isnan(step[2])


@pytest.mark.parametrize("factor", [1e-9, 7.0, 1e9])
def test_the_unit_changes_nothing(factor: float):
    series = [HELD, count([3, 5, 4, 4, 6, 6])]
    scaled = [
        History.of(
            each.indicator, each.years, each.values * factor,
            bounds=tuple(None if side is None else side * factor for side in each.bounds),
        )
        for each in series
    ]  # fmt: skip
    assert_allclose(
        stillness_of(panel_of(series)).log_odds, stillness_of(panel_of(scaled)).log_odds, rtol=1e-9
    )
