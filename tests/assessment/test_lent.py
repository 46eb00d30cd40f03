from __future__ import annotations

from dataclasses import replace

import pytest

import forecast as fc
from forecast.assessment.lent import lent_by
from forecast.language.note import Note

OWN = fc.History.of("x", range(2015, 2024), [60, 61, 62, 64, 65, 67, 68, 70, 71], unit="%", area="Town")


def test_own_figures_have_no_lender() -> None:
    assert lent_by(fc.assess(OWN, fc.Target.at_least("x", 75, year=2026))) is None


def test_shares_of_all_lenders_add_up_and_each_is_named() -> None:
    own = fc.assess(OWN, fc.Target.at_least("x", 75, year=2026))
    notes = (
        Note("lent_share", {"share": 0.3, "area": "City"}),
        Note("lent_log", {"share": 0.25, "area": "Land"}),
    )
    lender = lent_by(replace(own, notes=notes))
    assert lender is not None
    assert lender.values["areas"] == ["City", "Land"]
    assert lender.values["share"] == pytest.approx(0.55)


def test_a_study_names_the_model_of_what_is_lent_too() -> None:
    item = fc.Item("1", fc.Target.at_least("x", 75, year=2026), area="Town")
    study = fc.assess_plan(fc.Plan((item,)), fc.Histories((OWN,)), model=fc.Drift())
    assert study.models == ("Drift",)
    (line,) = study.lines
    lent = replace(line.assessment, notes=(Note("lent_share", {"share": 0.3, "area": "City"}),))
    assert replace(study, lines=(replace(line, assessment=lent),)).models == ("Drift", "SmallArea")
