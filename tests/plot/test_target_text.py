from __future__ import annotations

import pytest

from forecast.plot.axis_values import Values
from forecast.plot.style import new_axes
from forecast.plot.target_text import answer_line, asked, classes, limits_of_its_year, limits_shown, side
from forecast.plot.text import Lettering
from tests.plot.test_outlook import CASES


def letters(lang: str) -> Lettering:
    return Lettering.of(new_axes(), lang, ())


def test_milestones_are_shown_in_their_years_and_depend_on_the_way() -> None:
    found = {year: limits.lower for year, limits in limits_shown(CASES["milestones"]()).items()}
    assert found == {2019: 64, 2023: 75}


def test_an_amount_in_one_year_has_the_limits_of_that_year() -> None:
    limits = limits_of_its_year(CASES["huge"]())
    assert limits is not None
    assert (limits.lower, limits.upper) == (1.6e12, 2e12)
    assert limits_of_its_year(CASES["cumulative"]()) is None


@pytest.mark.parametrize(
    ("case", "en", "zh"),
    [("far above", "at least 7", "不低于7"), ("far below", "at most 7", "不高于7")],
)
def test_a_side_is_in_the_direction_of_the_target(case, en, zh) -> None:
    assert [side(CASES[case](), letters(lang), "7") for lang in ("en", "zh")] == [en, zh]


def test_classes_are_those_of_the_scale() -> None:
    assert classes(CASES["classes"]()) == ("I", "II", "III")
    assert classes(CASES["two points"]()) == ()


def test_an_outcome_is_said_with_its_year_and_no_probability() -> None:
    for lang in ("en", "zh"):
        language = letters(lang).language
        told = language.text("plot.outcome_met", {"year": 2017})
        assert "2017" in told
        assert answer_line(CASES["outcome"](), letters(lang)) == told


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_answer_is_its_probability_its_word_and_its_evidence(lang) -> None:
    a = CASES["forty points"]()
    assert a.probability is not None
    assert a.likelihood is not None
    said, language = answer_line(a, letters(lang)), letters(lang).language
    assert language.probability(a.probability) in said
    assert a.likelihood.word(lang) in said
    assert a.evidence.grade in said


def test_what_is_asked_is_the_value_the_plan_prints() -> None:
    a = CASES["at a bound"]()
    limits = limits_of_its_year(a)
    values = Values.between(90.0, 100.0, "", language=letters("en").language)
    assert asked(a, letters("en"), values, limits) == "at least 100"
