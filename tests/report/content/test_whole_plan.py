"""What the report says of the plan as a whole, and of plans in general."""

from __future__ import annotations

from dataclasses import replace

import pytest

import forecast as fc
from forecast.assessment.study import Study
from forecast.language.language import Language
from forecast.report import document
from forecast.report.content.blocks import Chart, Paragraph, Section
from forecast.report.content.whole_plan import base_rate_in_short, counted, together
from forecast.report.content.wording import Wording
from tests.report.outline import outline
from tests.report.small import DAY, small_study


@pytest.fixture(scope="module")
def study() -> Study:
    return small_study()


def words(study: Study, lang: str = "en") -> Wording:
    return Wording(Language(lang), study.histories.catalogue)


def text(study: Study, lang: str = "en") -> str:
    return " ".join(together(study, words(study, lang)))


def test_the_counts_are_those_of_the_study(study: Study) -> None:
    plan = study.together()
    low, high = plan.interval(0.8)
    said = text(study)
    assert f"about {plan.expected:.1f} of the {len(plan)} targets" in said
    assert f"({'80 %'} interval: {low} to {high})" in said.replace("\N{NO-BREAK SPACE}", " ")


def test_it_stands_in_the_first_paragraph_in_both_languages(study: Study) -> None:
    for lang in ("en", "zh"):
        first = document(study, lang=lang, date=DAY).sections[0].blocks[0]
        assert text(study, lang)
        assert text(study, lang).split(" ")[0] in first.text  # type: ignore[union-attr]


def test_the_first_section_shows_the_chart(study: Study) -> None:
    blocks = document(study, date=DAY).sections[0].blocks
    assert [b.kind for b in blocks if isinstance(b, Chart)] == ["study", "together"]


def test_one_target_is_not_counted_together(study: Study) -> None:
    lone = replace(study, lines=study.lines[:1])
    assert counted(lone) is None
    assert together(lone, words(lone)) == ()


def test_targets_without_a_probability_are_named_when_binding(study: Study) -> None:
    none = next(
        line
        for line in study.lines
        if line.assessment.probability is None and line.assessment.history is None
    )
    item = replace(none.item, nature="binding")
    lines = tuple(replace(line, item=item) if line is none else line for line in study.lines)
    plan = replace(study.plan, items=tuple(line.item for line in lines))
    assert "not counted" in text(replace(study, plan=plan, lines=lines))
    assert "not counted" not in text(study)


def test_two_targets_of_one_series_are_grouped() -> None:
    h = fc.History.of(
        "share", range(2010, 2024), [50 + i for i in range(14)], unit="%", area="A", bounds=(0, 100)
    )
    items = tuple(
        fc.Item(str(year), fc.Target.at_least("share", value, year=year, unit="%"), area="A")
        for year, value in ((2026, 66), (2030, 71))
    )
    plan = fc.assess_plan(fc.Plan(items), fc.Histories((h,))).together()
    assert plan.groups == ((0, 1),)
    assert plan.all_met > plan.independent.all_met
    assert abs(plan.expected - plan.independent.expected) < 1e-12


def test_a_plan_without_any_probability_has_nothing_to_count() -> None:
    item = fc.Item("1", fc.Target.at_least("share", 1, year=2030), area="A")
    with pytest.raises(fc.TargetError, match="no target has a probability"):
        fc.assess_plan(fc.Plan((item,)), fc.Histories(())).together()


@pytest.mark.parametrize("correlation", [-0.1, 1.1])
def test_a_correlation_lies_from_0_to_1(study: Study, correlation: float) -> None:
    with pytest.raises(fc.TargetError, match="correlation"):
        study.together(correlation=correlation)


def test_the_bounds_can_be_asked_for(study: Study) -> None:
    plan = study.together(correlation=1.0)
    assert plan.all_met == pytest.approx(plan.each.min())


@pytest.mark.parametrize(("lang", "mark"), [("en", "of plans, not of this target"), ("zh", "不针对本目标")])
def test_the_base_rate_is_marked_as_what_it_is(study: Study, lang: str, mark: str) -> None:
    assert mark in base_rate_in_short(study.base_rate, words(study, lang))


def test_the_base_rate_is_said_once_beside_what_has_no_figures(study: Study) -> None:
    said = outline(document(study, date=DAY))
    told = base_rate_in_short(study.base_rate, words(study, "en"))
    assert said.count(f"Targets without any figures have no probability of their own. {told}") == 1
    bare = next(s for s in document(study, date=DAY).sections if s.id == "collect")
    assert sum("This is a base rate of plans" in line for line in _texts(bare)) == 1


def test_the_base_rate_moves_no_rating(study: Study) -> None:
    none = [line.assessment for line in study.lines if line.assessment.history is None]
    assert {a.rating for a in none} == {"not_assessed"}
    assert {a.probability for a in none} == {None}


def test_each_line_says_in_one_word_what_it_rests_on(study: Study) -> None:
    assert [line.rests_on for line in study.lines] == ["own", "stand_in", "own", "stand_in", "own", "plans"]


def test_in_the_main_table_the_base_rate_is_no_number(study: Study) -> None:
    made = document(study, date=DAY)
    table = next(s for s in made.sections if s.id == "targets").blocks[-1]
    at = table.keys.index("probability")  # type: ignore[union-attr]
    cells = {row.cells[0].text: row.cells[at] for row in table.rows if not row.heading}  # type: ignore[union-attr]
    assert cells["6"].value is None
    assert all("base rate" not in " ".join(cell.details) for cell in cells.values())


def _texts(section: Section) -> list[str]:
    return [block.text for block in section.blocks if isinstance(block, Paragraph)]
