"""An area without any figure of its own: a spread around its parent, the lowest grade, words that say so."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

import forecast as fc
from forecast.assessment.unseen import from_change_of_parents, from_spread, is_unseen, unseen_key
from forecast.report import document
from forecast.report.content.blocks import Chart, Table, walk
from forecast.target.plan import Spread

CITY = fc.History.of(
    "cover", range(2010, 2024), [80 + 0.2 * i for i in range(14)], unit="%", area="City", bounds=(0, 100)
)
ASKED = fc.Target.at_least("cover", 75, year=2026, unit="%")
NEAR = Spread(70, 92, reasons={"en": "Assumed."})


def item(**more: object) -> fc.Item:
    given = {
        "area": "District",
        "parents": (("City", "cover"),),
        "spread": NEAR,
        "judged_on": ("City", "cover"),
        **more,
    }
    return fc.Item("1", ASKED, **given)  # type: ignore[arg-type]


def study(one: fc.Item, *histories: fc.History) -> fc.Study:
    return fc.assess_plan(fc.Plan((one,)), fc.Histories((CITY, *histories)))


def test_the_spread_holds_the_area_as_stated_where_the_parent_stands_still() -> None:
    still = fc.History.of(
        "cover", range(2000, 2024), [80, 80.02] * 12, unit="%", area="City", bounds=(0, 100)
    )
    low = from_spread(
        [still], replace(ASKED, kind=fc.Target.at_most("cover", 70, year=2024).kind, year=2024), NEAR
    )
    high = from_spread([still], fc.Target.at_least("cover", 92, year=2024, unit="%"), NEAR)
    assert_allclose([low.probability, high.probability], 0.1, atol=0.01)


def test_a_report_names_the_area_whose_latest_figure_it_shows() -> None:
    table = next(s for s in document(study(item())).sections if s.id == "targets").blocks[-1]
    assert isinstance(table, Table)
    (row,) = table.body
    assert row.cells[table.keys.index("latest")].details == ("2023", "(City)")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_captions_call_a_parent_no_proxy(lang: str) -> None:
    made = document(study(item()), lang=lang)
    card = next(section for _, section in walk(made.sections) if section.line is not None)
    told = [block.caption for block in card.blocks if isinstance(block, Chart)]
    told += [row.cells[2].text for block in card.blocks if isinstance(block, Table) for row in block.body
             if block.id.startswith("series")]  # fmt: skip
    words = {"en": ("proxy", "parent area"), "zh": ("替代", "上级地区")}[lang]
    assert len(told) > 10
    assert all(words[1] in each and words[0] not in each for each in told)


def test_a_wider_spread_is_less_sure() -> None:
    near, wide = (from_spread([CITY], ASKED, Spread(a, b)) for a, b in ((78, 86), (50, 97)))
    assert near.probability is not None
    assert wide.probability is not None
    assert near.probability > wide.probability > 0.5


def test_the_grade_is_the_lowest_and_says_why() -> None:
    a = from_spread([CITY], ASKED, NEAR)
    assert a.evidence.grade == "D"
    assert is_unseen(a)
    assert (a.required, a.observed, a.completion, a.base) == (None, None, None, None)


def test_what_could_be_promised_is_met_with_80_percent() -> None:
    a = from_spread([CITY], ASKED, NEAR)
    assert a.outlook is not None
    assert a.reachable is not None
    assert_allclose(a.outlook.at_least(a.reachable), 0.8, atol=1e-6)


@pytest.mark.parametrize(
    "target",
    [fc.Target.declining("cover", year=2026), fc.Target.maintain("cover", 70, year=2026, unit="%")],
)
def test_only_the_value_in_one_year_can_be_asked_for(target: fc.Target) -> None:
    with pytest.raises(fc.TargetError, match="own figure"):
        from_spread([CITY], target, NEAR)


class TestInAPlan:
    def test_a_stand_in_that_is_a_parent_lends(self) -> None:
        (line,) = study(item()).lines
        assert line.rests_on == "parents"
        assert line.assessment.probability == from_spread([CITY], ASKED, NEAR, as_of=2023).probability

    def test_own_figures_are_used_where_there_are_some(self) -> None:
        own = fc.History.of("cover", [2015, 2022], [74, 75.5], unit="%", area="District", bounds=(0, 100))
        (line,) = study(item(judged_on=None), own).lines
        assert not is_unseen(line.assessment)
        assert line.assessment.history is not None
        assert line.assessment.history.area == "District"

    def test_without_a_spread_the_stand_in_stands_in(self) -> None:
        (line,) = study(item(spread=None)).lines
        assert line.rests_on == "stand_in"

    def test_without_parents_nothing_is_lent(self) -> None:
        plan = fc.Plan((item(),))
        (line,) = fc.assess_plan(plan, fc.Histories((CITY,)).without_parents()).lines
        assert line.rests_on == "stand_in"

    def test_a_model_of_one_s_own_is_asked_of_the_stand_in(self) -> None:
        (line,) = fc.assess_plan(fc.Plan((item(),)), fc.Histories((CITY,)), model=fc.Drift()).lines
        assert line.rests_on == "stand_in"

    def test_later_figures_of_the_parent_are_not_known_yet(self) -> None:
        (line,) = fc.assess_plan(fc.Plan((item(),)), fc.Histories((CITY,)), as_of=2018).lines
        assert line.assessment.history is not None
        assert line.assessment.history.last_year == 2018

    def test_the_report_says_it_in_both_languages(self, tmp_path) -> None:
        made = study(item())
        for lang, said in (("en", "there is no figure of its own"), ("zh", "本地区没有自身数据")):
            text = fc.write_report(made, tmp_path / f"{lang}.md", lang=lang, detail="full").read_text(
                encoding="utf-8"
            )
            assert said in text
            assert "Assumed." in text
        for suffix in ("html", "docx", "xlsx", "csv"):
            fc.write_report(made, tmp_path / f"r.{suffix}")

    def test_a_study_read_back_rests_on_the_same(self, tmp_path) -> None:
        made = study(item())
        read = fc.read_study(fc.write_report(made, tmp_path / "s.json"))
        assert [line.rests_on for line in read.lines] == ["parents"]
        assert read.lines[0].item.spread == NEAR

    def test_the_shipped_plan_answers_the_four_named_indicators(self) -> None:
        plan = fc.read_plan(fc.data_path("plans/jiangyuan-2026.toml"))
        made = fc.assess_plan(plan, fc.read_histories(fc.data_path("historical")))
        rests = {line.item.id: line.rests_on for line in made.lines}
        chance = {line.item.id: line.assessment.probability for line in made.lines}
        assert all(chance[id] is not None for id in ("2", "5", "15", "16"))
        assert {id for id, on in rests.items() if on == "plans"} == {
            *("1", "3", "4", "6", "7", "8", "9", "11", "12", "13", "14", "18", "19", "21", "22")
        }
        assert all(rests[id] == "parents" for id in ("10", "15", "16", "17", "20"))


def test_the_chart_shows_the_outlook_before_the_target_year_and_no_path_to_it() -> None:
    a = from_spread([CITY], ASKED, NEAR)
    ax = fc.plot_outlook(a, proxy="City")
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names == ["parent: City"]
    assert a.outlook is not None
    drawn = [line for line in ax.lines if np.allclose(line.get_ydata(), a.outlook.median())]
    assert [line.get_xdata().tolist() for line in drawn] == [[2025.5, 2026]]
    fc.plot_probability_curve(a)


def test_numbers_of_the_spread_are_kept_on_the_parent_s_scale() -> None:
    outlook = fc.SmallArea([CITY]).outlook(2026, between=(70, 92))
    assert 70 < float(outlook.median()) < 92
    assert np.isfinite(outlook.quantile([0.001, 0.999])).all()


class TestChangeAlone:
    falling = fc.Target.declining("cover", year=2026)
    rising = fc.Target.rising("cover", year=2026)

    def test_rising_and_falling_are_the_two_sides(self) -> None:
        up, down = (from_change_of_parents([CITY], each) for each in (self.rising, self.falling))
        assert up.probability is not None
        assert down.probability is not None
        assert up.probability + down.probability == pytest.approx(1, abs=1e-6)
        assert up.probability > 0.5  # the city rises every year

    def test_an_area_is_less_sure_to_rise_than_its_parent(self) -> None:
        parent = fc.assess(CITY, self.rising)
        child = from_change_of_parents([CITY], self.rising)
        assert parent.probability is not None
        assert child.probability is not None
        assert child.probability < parent.probability

    def test_it_has_the_lowest_grade_and_says_why(self) -> None:
        a = from_change_of_parents([CITY], self.falling)
        assert a.evidence.grade == "D"
        assert a.evidence.reasons[0].key == "parents_change"
        assert (a.required, a.observed, a.reachable, a.by_year) == (None, None, None, None)

    def test_the_unit_of_the_parent_does_not_matter(self) -> None:
        amounts = [90 - 2.0 * i + i % 3 for i in range(14)]
        tonnes, kilos = (
            fc.History.of("waste", range(2010, 2024), [k * x for x in amounts], area="City", bounds=(0, None))
            for k in (1, 1000)
        )
        target = fc.Target.declining("waste", year=2026)
        one, other = (from_change_of_parents([parent], target).probability for parent in (tonnes, kilos))
        assert one == pytest.approx(other, rel=1e-9)

    def test_a_level_needs_a_figure_or_a_spread(self) -> None:
        with pytest.raises(fc.TargetError, match="at_least cannot be answered from the change"):
            from_change_of_parents([CITY], ASKED)

    def test_in_a_plan_it_rests_on_parents(self) -> None:
        one = replace(item(spread=None, proxy_for="change"), target=self.falling)
        (line,) = study(one).lines
        assert line.rests_on == "parents"
        assert line.assessment.probability == from_change_of_parents([CITY], self.falling).probability

    def test_the_change_is_counted_from_the_base_year(self) -> None:
        # The city rose by 0.2 a year and is known to 2023: from 2015 on the rise is nearly behind us.
        early, late = (fc.Target.rising("cover", year=2026, base_year=year) for year in (2015, 2025))
        sure, less_sure = (from_change_of_parents([CITY], each).probability for each in (early, late))
        assert sure is not None
        assert less_sure is not None
        assert sure > less_sure > 0.5

    def test_a_base_year_the_parent_lacks_is_refused(self) -> None:
        with pytest.raises(fc.TargetError, match="no figure of the base year 2005"):
            from_change_of_parents([CITY], fc.Target.rising("cover", year=2026, base_year=2005))

    def test_in_a_plan_the_parent_is_shown_as_the_series_that_it_is(self) -> None:
        index = replace(CITY, indicator="cover_index", unit="2010 = 100", bounds=(None, None))
        one = fc.Item(
            "1", self.falling, area="District", parents=(("City", "cover_index"),), proxy_for="change",
            judged_on=("City", "cover_index"),
        )  # fmt: skip
        (line,) = fc.assess_plan(fc.Plan((one,)), fc.Histories((index,))).lines
        a = line.assessment
        assert line.rests_on == "parents"
        assert a.history is not None
        assert (a.history.indicator, a.history.unit) == ("cover_index", "2010 = 100")
        assert_allclose(a.history.values, CITY.values)
        assert a.target.indicator == "cover_index"
        assert unseen_key(a) == "unseen_change"
