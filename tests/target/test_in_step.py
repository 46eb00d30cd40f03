"""In step with another series: a growth not below its growth over the same years."""

from __future__ import annotations

import numpy as np
import pytest

import forecast as fc
from forecast.errors import TargetError
from forecast.target.read_plan import read_plan

YEARS = range(2015, 2025)
INCOME = fc.History.of("income", YEARS, [100 * 1.05**t + (-1) ** t for t in range(10)], unit="yuan")
GDP = fc.History.of("gdp", YEARS, [50 * 1.04**t for t in range(10)], unit="yuan")
RATIO = fc.relative_history(INCOME, GDP)


@pytest.mark.parametrize(
    ("own", "other", "met"), [(1.05, 1.04, True), (1.04, 1.04, True), (1.03, 1.04, False)]
)
def test_growth_is_compared_over_the_same_years(own: float, other: float, met: bool) -> None:
    income = fc.History.of("income", YEARS, [7 * own**t for t in range(10)])
    gdp = fc.History.of("gdp", YEARS, [3 * other**t for t in range(10)])
    target = fc.Target.in_step_with("income", "gdp", year=2024, base_year=2019)
    assert target.met_in(fc.relative_history(income, gdp)) is met


def test_it_is_the_question_whether_the_ratio_has_not_fallen() -> None:
    target = fc.Target.in_step_with("income", "gdp", year=2027, base_year=2020)
    at_base = fc.Target.relative_to("income", "gdp", RATIO.value_in(2020), year=2027)
    assert target.indicator == at_base.indicator == RATIO.indicator
    fitted = fc.StructuralMixture().fit(RATIO)
    assert fc.probability(fitted, target) == pytest.approx(fc.probability(fitted, at_base), abs=1e-12)


def test_on_paths_as_in_closed_form() -> None:
    fitted = fc.Drift().fit(RATIO)
    target = fc.Target.in_step_with("income", "gdp", year=2027, base_year=2020)
    paths = fitted.paths(2027, n=4000, rng=1)
    assert target.met_by(RATIO, paths).mean() == pytest.approx(fc.probability(fitted, target), abs=0.03)


def test_the_base_may_lie_ahead() -> None:
    fitted = fc.Drift().fit(RATIO)
    p = fc.probability(fitted, fc.Target.in_step_with("income", "gdp", year=2028, base_year=2026))
    assert 0 < p < 1


def test_a_plan_counts_from_its_own_base_year(tmp_path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(
        'title = "x"\nyear = 2026\nbase_year = 2021\n[[target]]\nindicator = "income"\n'
        'kind = "in_step_with"\nother = "gdp"\n', "utf-8")  # fmt: skip
    plan = read_plan(path)
    study = fc.assess_plan(plan, fc.Histories([INCOME, GDP]))
    assessment = study.assessments[0]
    assert plan.items[0].target.kind.base_year == 2021
    assert assessment.target.threshold(assessment.history) == pytest.approx(RATIO.value_in(2021))
    assert assessment.probability is not None
    assert np.isfinite(assessment.required.per_year)


def test_a_base_nobody_observed_is_named() -> None:
    with pytest.raises(TargetError, match="the base year 2010 has no value"):
        fc.probability(
            fc.Drift().fit(RATIO), fc.Target.in_step_with("income", "gdp", year=2026, base_year=2010)
        )
