"""The plan this project began with: its own sentences give the shipped plan, and the same answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import forecast as fc

TEXT = Path(__file__).parent / "jiangyuan.txt"


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> fc.Plan:
    path = tmp_path_factory.mktemp("draft") / "plan.toml"
    path.write_text(fc.draft_plan(TEXT, area="Jiangyuan").to_toml(), encoding="utf-8")
    return fc.read_plan(path)


@pytest.fixture(scope="module")
def shipped() -> fc.Plan:
    return fc.read_plan(fc.data_path("plans/jiangyuan-2026.toml"))


def test_all_22_targets_are_the_shipped_ones(drafted: fc.Plan, shipped: fc.Plan) -> None:
    assert len(drafted) == len(shipped) == 22
    for ours, theirs in zip(drafted, shipped, strict=True):
        assert ours.area == theirs.area
        assert ours.target.indicator == theirs.target.indicator
        assert ours.target.year == theirs.target.year
        assert ours.target.kind.name == theirs.target.kind.name
        assert ours.target.value == theirs.target.value
        assert ours.target.direction == theirs.target.direction


def test_every_quote_is_in_the_text(drafted: fc.Plan) -> None:
    text = TEXT.read_text("utf-8")
    assert all(item.quote and item.quote in text for item in drafted)


def test_the_text_s_projects_are_no_targets() -> None:
    read = fc.draft_plan(TEXT)
    assert not read.minor
    assert "4个特色城镇" in read.left[0].text


def test_the_drafted_plan_is_answered_as_the_shipped_one(drafted: fc.Plan, shipped: fc.Plan) -> None:
    # A person adds what the text does not say: the base year, which history serves for a lacking one,
    # and who lends.
    joined = tuple(
        replace(
            ours,
            judged_on=theirs.judged_on,
            proxy_for=theirs.proxy_for,
            base_year=theirs.base_year,
            parents=theirs.parents,
            spread=theirs.spread,
        )
        for ours, theirs in zip(drafted, shipped, strict=True)
    )
    histories = fc.read_histories(fc.data_path("historical"))
    ours = fc.assess_plan(replace(drafted, items=joined), histories).assessments
    theirs = fc.assess_plan(shipped, histories).assessments
    assert [a.probability for a in ours] == [a.probability for a in theirs]
    assert [a.rating for a in ours] == [a.rating for a in theirs]
    assert sum(a.probability is not None for a in ours) > 4
