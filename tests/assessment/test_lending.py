"""Parents lend to the answers of a plan and of a frame, the same in both, and never unasked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

import forecast as fc
from forecast.assessment.lending import lenders
from tests.models.small_area.areas import CITY, DISTRICT, ONCE, PROVINCE

AREAS = {
    "District": fc.Area("District", part_of="City"),
    "Once": fc.Area("Once", part_of="City"),
    "City": fc.Area("City", part_of="Province"),
    "Province": fc.Area("Province"),
}
CATALOGUE = fc.Catalogue({"output": fc.Indicator("output", "million yuan", (0, None))}, AREAS)
HISTORIES = fc.Histories([DISTRICT, ONCE, CITY, PROVINCE], CATALOGUE)
TARGET = fc.Target.at_least("output", 11.0, year=2028, unit="million yuan")
PLAN = fc.Plan(tuple(fc.Item(area, TARGET, area=area) for area in ("District", "Once", "City", "Province")))
FRAME = pd.concat(
    [
        pd.DataFrame(
            {"area": h.area, "indicator": h.indicator, "year": h.years, "value": h.values, "unit": h.unit}
        )
        for h in HISTORIES.values()
    ]
)
PARENTS = {"District": "City", "Once": "City", "City": "Province"}
BARE = fc.Catalogue(CATALOGUE.indicators)


def test_the_nearest_lender_comes_first_and_knows_nothing_later() -> None:
    assert [h.area for h in lenders(DISTRICT, HISTORIES, None)] == ["City", "Province"]
    assert [h.last_year for h in lenders(DISTRICT, HISTORIES, 2022)] == [2022, 2022]
    assert lenders(PROVINCE, HISTORIES, None) == ()
    assert lenders(DISTRICT, HISTORIES.without_parents(), None) == ()


def test_a_plan_borrows_and_says_so() -> None:
    study = fc.assess_plan(PLAN, HISTORIES)
    district, once, _, province = study.assessments
    by_hand = fc.SmallArea([CITY, PROVINCE]).fit(DISTRICT)
    assert district.probability == fc.probability(by_hand, TARGET)
    assert [n.values["area"] for n in district.notes if n.key.startswith("lent_")] == ["City", "Province"]
    assert once.probability is not None
    assert "mostly_lent" in [note.key for note in once.evidence.reasons]
    assert not [n for n in province.notes if n.key.startswith("lent_")]


def test_without_parents_answers_are_as_before() -> None:
    alone = fc.assess_plan(PLAN, HISTORIES.without_parents())
    bare = fc.assess_plan(PLAN, fc.Histories(HISTORIES.values(), BARE))
    pd.testing.assert_frame_equal(alone.to_frame(), bare.to_frame())
    assert alone.assessments[0].probability == fc.assess(DISTRICT, TARGET).probability


def test_a_frame_answers_as_a_plan_does() -> None:
    table = fc.assess_frame(FRAME, PLAN, catalogue=BARE, parents=PARENTS)
    study = fc.assess_plan(PLAN, HISTORIES).to_frame()
    ours, theirs = (t.set_index("id").loc[list(study["id"])] for t in (table, study))
    for name in ("probability", "median", "low", "high", "reachable"):
        assert_allclose(ours[name].to_numpy(float), theirs[name].to_numpy(float), rtol=1e-9)
    for name in ("area", "evidence", "notes", "rating", "year_reached"):
        assert ours[name].tolist() == theirs[name].tolist()


def test_a_frame_borrows_only_where_asked() -> None:
    with_parents = fc.assess_frame(FRAME, PLAN, catalogue=CATALOGUE)
    none = fc.assess_frame(FRAME, PLAN, catalogue=CATALOGUE, parents={})
    plain = fc.assess_frame(FRAME, PLAN, catalogue=BARE)
    pd.testing.assert_frame_equal(none, plain)
    assert with_parents["probability"][0] != plain["probability"][0]


def test_broken_series_and_parents_not_yet_observed_cost_no_answer() -> None:
    late = FRAME[(FRAME["area"] != "City") | (FRAME["year"] > 2015)]
    early = fc.assess_frame(late, PLAN, catalogue=BARE, parents=PARENTS, as_of=2012)
    plain = fc.assess_frame(late, PLAN, catalogue=BARE, parents={"District": "Province"}, as_of=2012)
    assert early["probability"][0] == plain["probability"][0]
    broken = FRAME.assign(value=FRAME["value"].astype(object))
    broken.loc[(broken["area"] == "District").to_numpy() & (broken["year"] == 2006).to_numpy(), "value"] = (
        "c. 5"
    )
    table = fc.assess_frame(broken, PLAN, catalogue=BARE, parents=PARENTS).set_index("id")
    assert "which is not a number" in table.loc["District", "problem"]
    assert table.loc["Once", "probability"] > 0


def test_company_does_not_change_an_answer() -> None:
    alone = fc.assess_frame(
        FRAME[FRAME["area"].isin(["District", "City", "Province"])],
        PLAN,
        catalogue=BARE,
        parents=PARENTS | {},
    )
    together = fc.assess_frame(FRAME, PLAN, catalogue=BARE, parents=PARENTS)
    one, two = (t.set_index("id").loc["District", "probability"] for t in (alone, together))
    assert_allclose(one, two, rtol=1e-12)


@pytest.mark.parametrize(
    ("parents", "said"),
    [
        ({"District": "Cty"}, r"'District' is part of 'Cty', which is no area here\. Did you mean 'City'"),
        ({"District": "City", "City": "District"}, "areas run in a circle"),
        ({"City": "City"}, "areas run in a circle: City → City"),
    ],
)
def test_parents_that_are_none_are_refused(parents: dict[str, str], said: str) -> None:
    with pytest.raises(fc.HistoryError, match=said):
        fc.assess_frame(FRAME, PLAN, catalogue=BARE, parents=parents)


def test_areas_that_run_in_a_circle_are_refused_when_read(tmp_path: Path) -> None:
    (tmp_path / "output.csv").write_text("area,indicator,year,value\nA,output,2020,1\nB,output,2020,2\n")
    (tmp_path / "areas.csv").write_text("area,part_of\nA,B\nB,A\n")
    with pytest.raises(fc.ReadError, match="areas run in a circle"):
        fc.read_histories(tmp_path)
    (tmp_path / "areas.csv").write_text("area,part_of\nA,C\nB,\n")
    with pytest.raises(fc.ReadError, match="'A' is part of 'C', which is no area here"):
        fc.read_histories(tmp_path)


def test_a_parent_that_cannot_lend_costs_no_answer() -> None:
    old = fc.Histories([DISTRICT, CITY.until(2012)], CATALOGUE)
    plan = fc.Plan((fc.Item("1", TARGET, area="District"),))
    found = fc.assess_plan(plan, old).assessments[0]
    assert found.probability == fc.assess(DISTRICT, TARGET).probability
    assert "parent_ends_earlier" in [note.key for note in found.notes]


def test_a_parent_of_another_unit_costs_no_answer() -> None:
    other = fc.Histories([DISTRICT, replace(CITY, unit="tonnes")], CATALOGUE)
    plan = fc.Plan((fc.Item("1", TARGET, area="District"),))
    found = fc.assess_plan(plan, other).assessments[0]
    assert found.probability == fc.assess(DISTRICT, TARGET).probability
    assert "parent_other_unit" in [note.key for note in found.notes]


def test_every_kind_of_target_borrows() -> None:
    kinds = [
        fc.Target.rising("output", year=2028),
        fc.Target.maintain("output", 5.0, year=2028),
        fc.Target.average_growth("output", 0.03, base_year=2021, year=2028),
        fc.Target.between("output", 8.0, 14.0, year=2028),
    ]
    plan = fc.Plan(tuple(fc.Item(str(i), target, area="District") for i, target in enumerate(kinds)))
    for line in fc.assess_plan(plan, HISTORIES).lines:
        assert line.assessment.failure is None
        assert 0 < line.assessment.probability < 1
        assert any(note.key == "own_share" for note in line.assessment.notes)
    frame = fc.assess_frame(FRAME, plan, catalogue=CATALOGUE)
    assert np.isfinite(frame["probability"]).all()
