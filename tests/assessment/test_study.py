from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

import forecast as fc
from forecast.assessment.study import RATINGS


@pytest.fixture(scope="module")
def study() -> fc.Study:
    plan = fc.read_plan(fc.data_path("plans/jiangyuan-2026.toml"))
    return fc.assess_plan(plan, fc.read_histories(fc.data_path("historical")))


@pytest.fixture(scope="module")
def frame(study: fc.Study) -> pd.DataFrame:
    return study.to_frame().set_index("id")


def test_every_target_of_the_plan_has_a_line(frame: pd.DataFrame) -> None:
    assert frame.index.tolist() == [str(i) for i in range(1, 23)]


def test_primary_industry_needs_three_times_its_pace(frame: pd.DataFrame) -> None:
    # facts: 9.248 in 2021, 20 in 2026; 5.610 in 2011.
    row = frame.loc["5"]
    assert row["required_compound"] == pytest.approx((20 / 9.248) ** (1 / 5) - 1, abs=1e-12)
    assert round(row["required_compound"], 3) == 0.167
    assert round(row["observed_compound"], 3) == 0.051
    assert 0 < row["probability"] < 0.1
    assert row["rating"] == "limited_progress"


def test_a_proxy_is_named_and_lowers_the_grade(frame: pd.DataFrame) -> None:
    assert frame.loc["16", "judged_on_area"] == "Jilin"
    assert frame.loc["16", "evidence"] in ("C", "D")


@pytest.fixture(scope="module")
def alone(study: fc.Study) -> fc.Study:
    """The same plan where no area lends."""
    return fc.assess_plan(study.plan, study.histories.without_parents())


def test_a_proxy_for_the_pace_gives_no_probability_of_a_level(alone: fc.Study) -> None:
    row = alone.to_frame().set_index("id").loc["15"]
    assert pd.isna(row["probability"])
    assert "not the level" in row["problem"]


def test_a_target_without_data_is_a_record(study: fc.Study, frame: pd.DataFrame) -> None:
    failed = {failure.id for failure in study.failures}
    assert failed == set(frame.index[frame["probability"].isna()])
    assert {"1", "3", "6", "11"} <= failed


def test_the_summary_counts_every_target_once(study: fc.Study) -> None:
    counts = study.summary()
    assert tuple(counts.index) == RATINGS
    assert counts.to_numpy().sum() == 22


def test_a_nature_of_another_word_is_counted_as_unstated(study: fc.Study) -> None:
    line = replace(study.lines[0], item=replace(study.lines[0].item, nature="hoped for"))
    counts = replace(study, lines=(line,)).summary()
    assert counts["unstated"].sum() == counts.to_numpy().sum() == 1


def test_leaving_a_target_out_moves_no_other(study: fc.Study, frame: pd.DataFrame) -> None:
    items = tuple(item for item in study.plan if item.id not in ("5", "10"))
    rest = fc.assess_plan(fc.Plan(items), study.histories, as_of=study.as_of).to_frame().set_index("id")
    pd.testing.assert_frame_equal(rest, frame.loc[rest.index])


def test_a_proxy_for_the_pace_is_not_compared_with_other_places(alone: fc.Study) -> None:
    pace_only = [line.assessment for line in alone.lines if line.item.proxy_for == "change"]
    kept = [a for a in pace_only if "proxy_shows_pace_only" in [note.key for note in a.notes]]
    assert kept
    assert all(a.reference is None for a in kept)


def test_as_of_hides_the_base_that_came_later(study: fc.Study) -> None:
    early = fc.assess_plan(study.plan, study.histories, as_of=2015).to_frame().set_index("id")
    assert pd.isna(early.loc["5", "base_value"])
    assert pd.isna(early.loc["5", "completion"])
    assert early["last_year"].max() <= 2015
