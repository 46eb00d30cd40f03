from __future__ import annotations

import pandas as pd
import pytest

import forecast as fc

HISTORY = fc.History.of("share", range(2014, 2024), [60, 61, 63, 64, 66, 67, 69, 70, 72, 74], unit="%")


def test_it_holds_the_quantiles_of_the_fit() -> None:
    fitted = fc.Drift().fit(HISTORY)
    table = fc.outlook_table(fitted, 2026, quantiles=[0.975])
    assert table.index.tolist() == [2024, 2025, 2026]
    assert table.index.name == "year"
    assert list(table) == ["median", "low_50", "high_50", "low_80", "high_80", "low_95", "high_95", "q97.5"]
    low, high = fitted.predict(2025).interval(0.8)
    assert (table.low_80[2025], table.high_80[2025]) == pytest.approx((low, high))
    assert table["q97.5"].tolist() == pytest.approx(table.high_95.tolist())
    assert (table.high_80 - table.low_80).is_monotonic_increasing


def test_years_may_be_chosen() -> None:
    assert fc.outlook_table(fc.Drift().fit(HISTORY), (2030, 2025)).index.tolist() == [2030, 2025]


@pytest.mark.parametrize("asked", [{"years": 2023}, {"years": []}, {"years": 2025, "levels": [80]}])
def test_percents_and_years_gone_by_are_refused(asked: dict[str, object]) -> None:
    with pytest.raises(fc.ModelError, match="outlook_table"):
        fc.outlook_table(fc.Drift().fit(HISTORY), **asked)  # type: ignore[arg-type]


RATE = fc.Target.average_growth("gdp", 0.06, year=2030, base_year=2020)


def test_a_target_with_a_base_year_counts_from_it_everywhere() -> None:
    values = [100 * 1.05**i for i in range(10)]
    history = fc.History.of("gdp", range(2015, 2025), values, area="T", bounds=(0, None))
    alone = fc.assess(history, RATE, model=fc.Drift())
    plan = fc.Plan((fc.Item("1", RATE, area="T"),))
    planned = fc.assess_plan(plan, fc.Histories((history,)), model=fc.Drift()).assessments[0]
    rows = {"area": "T", "indicator": "gdp", "year": history.years, "value": history.values}
    row = fc.assess_frame(pd.DataFrame(rows), plan).iloc[0]
    share = (values[-1] - values[5]) / (values[5] * 1.06**10 - values[5])
    for base, completion, schedule in (
        (alone.base.year if alone.base else None, alone.completion, alone.schedule),
        (planned.base.year if planned.base else None, planned.completion, planned.schedule),
        (row.base_year, row.completion, row.schedule),
    ):
        assert base == 2020
        assert completion == pytest.approx(share)
        assert schedule == pytest.approx(0.4)


def test_at_the_prompt_everything_is_a_few_lines() -> None:
    history = fc.History.of("share", range(2014, 2024), HISTORY.values, unit="%", area="T")
    target = fc.Target.at_least("share", 80, year=2026, unit="%")
    study = fc.assess_plan(fc.Plan((fc.Item("1", target, area="T"),)), fc.Histories((history,)))
    a = study.assessments[0]
    fits = [model.fit(history) for model in (fc.Drift(), fc.Theta(), fc.LocalTrend())]
    for shown in (study, study.plan, a, a.outlook, a.fitted, *fits, fc.Draws(history.values)):
        assert len(repr(shown)) < 500
        assert repr(shown).count("\n") < 4
        assert " at 0x" not in repr(shown)
    assert "on track" in repr(a) or "acceleration" in repr(a) or "limited" in repr(a)
