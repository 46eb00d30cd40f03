"""Which series live on whole numbers, and what that makes of their answers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast import (
    Catalogue,
    History,
    Indicator,
    Item,
    Plan,
    StructuralMixture,
    Target,
    assess,
    assess_frame,
    probability,
)
from forecast.assessment.plan_check import doubts
from forecast.history.whole_numbers import counted, is_count

YEARS = range(2012, 2024)
CLINICS = [9, 9, 10, 10, 12, 11, 12, 13, 13, 12, 14, 14]


def clinics(**changes) -> History:
    return replace(History.of("clinics", YEARS, CLINICS), **changes)


@pytest.mark.parametrize(
    ("name", "unit", "values", "bounds", "expected"),
    [
        ("clinics", "", [12, 12, 13], (None, None), True),
        ("clinics", "", [12, 13], (None, None), False),
        ("clinics", "", [12, 12, 12], (None, None), False),
        ("clinics", "", [12, 12.5, 13], (None, None), False),
        ("clinics", "", [999, 1000, 998], (0, None), True),
        ("clinics", "", [999, 1001, 998], (0, None), False),
        ("days", "", [330, 340, 350], (0, 366), False),
        ("coverage", "%", [12, 12, 13], (None, None), False),
        ("price_index", "", [101, 103, 102], (0, None), False),
        ("trade_balance", "", [12, 12, 13], (None, None), False),
        ("visits", "", [-1, 4, 3], (None, None), False),
    ],
)
def test_the_rule(name, unit, values, bounds, expected) -> None:
    history = History.of(name, range(2021, 2021 + len(values)), values, unit=unit, bounds=bounds)
    assert is_count(history) is expected
    assert (counted(history) == "count_assumed") is expected


def test_a_declaration_decides() -> None:
    assert not is_count(clinics(whole=False))
    assert is_count(History.of("days", [2021, 2022], [330, 340], bounds=(0, 366), whole=True))
    # Whole figures are what is declared, so a fraction speaks against it.
    assert not is_count(History.of("days", [2021, 2022], [330.5, 340], whole=True))
    assert counted(clinics(whole=True)) is None
    assert [Indicator("x", decimals=d).whole for d in (None, 0, 1)] == [None, True, False]


def test_answers_to_a_count_are_whole() -> None:
    fitted = StructuralMixture().fit(clinics())
    outlook = fitted.predict(2028)
    ends = (*outlook.interval(0.8), outlook.median(), outlook.quantile(0.99))
    paths = (fitted.paths(2028, n=50, rng=1), fitted.stratified_paths(2028))
    for values in (*map(np.array, ends), *paths):
        assert (values == np.floor(values)).all()
    assert outlook.at_least(14.0) == outlook.at_least(13.3)
    # Paths and outlook are one: the standard error of 512 stratified paths is about 1.5 %.
    for x in (12, 14, 16):
        assert_allclose((paths[1][:, -1] >= x).mean(), outlook.at_least(float(x)), atol=0.05)


def test_the_answer_and_the_check_say_so() -> None:
    item = Item("1", Target.at_least("clinics", 16, year=2026))
    assert "count_assumed" in [note.key for note in assess(clinics(), item.target).notes]
    assert "count_assumed" in [note.key for note in doubts(item, clinics())]
    assert "count_assumed" not in [note.key for note in doubts(item, clinics(whole=False))]


def test_a_panel_answers_as_alone_and_the_catalogue_decides() -> None:
    frame = pd.DataFrame({"area": "A", "indicator": "clinics", "year": YEARS, "value": CLINICS})
    plan = Plan((Item("1", Target.at_least("clinics", 16, year=2027)),))
    for decimals, whole in ((None, True), (1, False)):
        names = Catalogue({"clinics": Indicator("clinics", decimals=decimals)})
        found = assess_frame(frame, plan, catalogue=names).iloc[0]
        alone = assess(clinics(whole=None if decimals is None else False), plan["1"].target)
        assert (found["median"] == np.floor(found["median"])) is np.bool_(whole)
        assert_allclose(found["median"], alone.outlook.median(), rtol=1e-9)
        assert_allclose(found["probability"], alone.probability, rtol=1e-9)
        assert_allclose(found["reachable"], alone.reachable, rtol=1e-9)
        assert found["year_reached"] == alone.year_reached
        assert ("count assumed" in str(found["notes"])) is whole


def test_growth_that_ends_between_two_numbers_asks_for_the_next() -> None:
    # A tenth more than 14 is 15.4: sixteen are needed.
    fitted = StructuralMixture().fit(clinics())
    grown = probability(fitted, Target.change("clinics", 0.1, base_year=2023, year=2026))
    assert grown == probability(fitted, Target.at_least("clinics", 16, year=2026))


def test_the_last_value_keeps_the_chance_that_was_learned_of_it() -> None:
    rough, count = (StructuralMixture().fit(clinics(whole=whole)) for whole in (False, True))
    for year in (2024, 2027, 2033):
        before, after = rough.predict(year), count.predict(year)
        same = [each.at_least(14.0) + each.at_most(14.0) - 1 for each in (before, after)]
        near = before.moving.at_least(13.5) - before.moving.at_least(14.5)
        assert_allclose(same[1], max(same[0], near), atol=1e-9)
        assert_allclose(count.stays(year), same[1])
        # Among stratified paths too.
        assert_allclose((count.stratified_paths(year)[:, -1] == 14).mean(), same[1], atol=0.05)
        assert_allclose((count.paths(year, n=4000, rng=1)[:, -1] == 14).mean(), same[1], atol=0.03)


def test_a_panel_of_counts_reaches_its_targets_in_the_years_of_one_by_one() -> None:
    values = {
        "A": CLINICS,
        "B": [5, 5, 5, 6, 6, 6, 6, 6, 7, 7, 7, 7],
        "C": [3, 2, 2, 1, 2, 1, 1, 1, 0, 0, 1, 0],
    }
    rows = [(a, year, v) for a, each in values.items() for year, v in zip(YEARS, each, strict=True)]
    frame = pd.DataFrame(rows, columns=["area", "year", "value"]).assign(indicator="clinics")
    for goal in (8, 2, 16):
        target = Target.at_least("clinics", goal, year=2030)
        found = assess_frame(frame, Plan((Item("1", target),))).set_index("area")
        for area, each in values.items():
            alone = assess(History.of("clinics", YEARS, each, area=area), target)
            assert_allclose(found.loc[area, "probability"], alone.probability, rtol=1e-9)
            year = found.loc[area, "year_reached"]
            assert (None if pd.isna(year) else year) == alone.year_reached
