from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import forecast as fc

YEARS = range(2006, 2022)
VALUES = 50 + 2.0 * np.arange(16) + np.tile([0.6, -0.6], 8)
HISTORY = fc.History.of("x", YEARS, VALUES, unit="%", area="A")
TARGET = fc.Target.at_least("x", 86.0, year=2024, unit="%")


def test_each_row_is_the_assessment_as_of_that_year() -> None:
    base = fc.Base(2010, HISTORY.value_in(2010) or 0.0)
    seen = fc.timeline(HISTORY, TARGET, base=base, since=2015)
    assert seen["as_of"].tolist() == list(range(2015, 2022))
    for row in seen.itertuples():
        a = fc.assess(HISTORY, TARGET, base=base, as_of=row.as_of)
        assert row.probability == a.probability
        assert (row.rating, row.status, row.evidence) == (a.rating, a.status, a.evidence.grade)
        assert row.completion == a.completion


def test_the_future_has_no_part_in_the_past() -> None:
    planted = replace(HISTORY, values=np.where(HISTORY.years > 2018, 1e4, HISTORY.values))
    honest, seen = (fc.timeline(h, TARGET).query("as_of <= 2018") for h in (HISTORY, planted))
    pd.testing.assert_frame_equal(honest, seen)


def test_gap_years_repeat_what_was_known_and_early_years_say_nothing() -> None:
    seen = fc.timeline(HISTORY.without(2018), TARGET).set_index("as_of")
    assert seen.loc[2018, "last_year"] == 2017
    assert seen.loc[2018, "probability"] == seen.loc[2017, "probability"]
    assert np.isnan(seen.loc[2006, "probability"])
    assert seen.loc[2006, "rating"] == "not_assessed"


def test_a_target_year_that_was_observed_ends_in_its_outcome() -> None:
    seen = fc.timeline(HISTORY, fc.Target.at_least("x", 75.0, year=2020, unit="%"), since=2018)
    assert seen["status"].tolist() == ["open", "maintain", "met", "met"]
    assert seen["probability"].isna().tolist() == [False, False, True, True]


def test_each_drop_is_the_assessment_without_that_year() -> None:
    found = fc.stability(HISTORY, TARGET, model=fc.Drift())
    whole = fc.assess(HISTORY, TARGET, model=fc.Drift())
    assert [drop.year for drop in found.drops] == list(YEARS)
    assert (found.probability, found.rating) == (whole.probability, whole.rating)
    for drop in found.drops[::5]:
        left = fc.assess(HISTORY.without(drop.year), TARGET, model=fc.Drift())
        assert (drop.probability, drop.rating) == (left.probability, left.rating)
        assert drop.change == pytest.approx((left.probability or 0) - (whole.probability or 0))


def test_an_answer_that_hangs_on_its_last_point_is_found_out() -> None:
    jump = replace(HISTORY, values=np.where(HISTORY.years == 2021, 90.0, HISTORY.values))
    found = fc.stability(jump, TARGET, model=fc.Drift())
    assert not found.stable
    assert 2021 in found.pivotal_years
    assert found.most_influential == found.without_last
    assert found.without_last is not None
    assert found.without_last.change < -0.2


def test_an_answer_far_from_doubt_is_stable() -> None:
    found = fc.stability(HISTORY, fc.Target.at_least("x", 60.0, year=2024, unit="%"), model=fc.Drift())
    assert found.stable
    assert found.pivotal_years == ()
    assert len(found.to_frame()) == 16


def test_one_observation_leaves_nothing_to_drop() -> None:
    found = fc.stability(fc.History.of("x", [2020], [1.0], unit="%"), TARGET)
    assert (found.drops, found.stable, found.most_influential, found.without_first) == ((), True, None, None)
    assert found.to_frame().empty


def test_both_have_the_columns_their_charts_read() -> None:
    target = fc.Target.at_least("x", 86.0, year=2024, unit="%")
    found = fc.stability(HISTORY, target, model=fc.Drift())
    assert found.probability is not None
    frames = (fc.timeline(HISTORY, target, model=fc.Drift()), found.to_frame())
    charts = fc.plot_timeline(frames[0], year=2024), fc.plot_stability(frames[1], found.probability)
    assert [len(ax.get_title() + "".join(t.get_text() for t in ax.texts)) > 0 for ax in charts] == [
        True,
        True,
    ]
