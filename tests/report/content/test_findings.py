from __future__ import annotations

from dataclasses import replace

import pytest

import forecast as fc
from forecast.language.language import Language
from forecast.report.content.findings import change, disagreement, finding, judgement, why
from forecast.report.content.wording import Wording
from forecast.rules.base import Verdict


def words(study: fc.Study, lang: str = "en") -> Wording:
    return Wording(Language(lang), study.histories.catalogue)


def test_arithmetic_and_forecast_that_disagree_are_set_side_by_side(study: fc.Study) -> None:
    line, w = study.lines[0], Wording(Language("en"), study.histories.catalogue)
    sunny = (Verdict("destatis", 0.01, "sun", "projected_shortfall"),)
    hopeful = replace(line, assessment=replace(line.assessment, rules=sunny))
    said = disagreement(hopeful, w)
    assert said == (
        "The official arithmetic is favourable (Destatis (Germany): sun), but the forecast gives only 12 %."
    )
    cloudy = replace(line.assessment, rules=(Verdict("destatis", 0.5, "cloud", "projected_shortfall"),))
    assert not disagreement(
        replace(line, assessment=cloudy), Wording(Language("en"), study.histories.catalogue)
    )


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            "One has no usable figures. One is decided: its year has passed. "
            "One has figures that allow no probability.",
        ),
        ("zh", "另有1项没有可用数据。1项目标年已过，结果已定。1项虽有数据，但不足以给出概率。"),
    ],
)
def test_the_counts_of_the_judgement_add_up(study: fc.Study, lang: str, said: str) -> None:
    first, *_ = judgement(study, Wording(Language(lang), study.histories.catalogue))
    assert said in first


def test_an_outcome_is_said_as_one_and_nothing_would_change_it(study: fc.Study) -> None:
    done = next(line for line in study.lines if line.item.id == "5")
    assert "was met" in finding(done, words(study))
    assert change(done, words(study)) == ""


def test_without_figures_there_is_a_reason_and_no_why(study: fc.Study) -> None:
    none = next(line for line in study.lines if line.item.id == "6")
    w = words(study)
    assert w.note(w.reason(none)) in finding(none, w)
    assert why(none, w) == ""


def test_why_names_the_figures_and_the_latest_of_them(study: fc.Study, lang: str) -> None:
    said = why(study.lines[0], words(study, lang))
    assert "67.3" in said
    assert "2022" in said
