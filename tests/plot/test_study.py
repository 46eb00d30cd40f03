from __future__ import annotations

from dataclasses import replace

import pytest

import forecast as fc
from forecast.assessment.assessment import unanswerable
from forecast.assessment.study import Line, Study
from forecast.errors import ReportError
from forecast.history.histories import Histories
from forecast.plot.study import plot_study
from forecast.plot.style import new_axes
from forecast.target.plan import Item, Plan
from forecast.target.target import Target
from tests.plot.readable import assert_readable
from tests.plot.test_outlook import CASES

NAMES = ("constant", "outcome", "far above", "declining", "huge")


def study(label: str) -> Study:
    found = {name: CASES[name]() for name in NAMES}
    found["nothing"] = unanswerable(Target.at_least("x", 1, year=2030), "no history")
    items = [Item(name, a.target, {"en": label, "zh": label}) for name, a in found.items()]
    items[0] = replace(items[0], judged_on=("elsewhere", "y"))
    lines = tuple(Line(item, a) for item, a in zip(items, found.values(), strict=True))
    return Study(Plan(tuple(items), {"en": label, "zh": label}), Histories(()), 2021, lines)


def rows(ax) -> list[str]:
    """Return the ids on the left, from the top down."""
    left = [t for t in ax.texts if t.get_ha() == "right" and "proxy" not in t.get_text()]
    return [t.get_text().split(".")[0] for t in sorted(left, key=lambda t: t.xy[1])]


def test_text_of_any_length_is_on_the_sheet_and_on_no_other_text(lang, size, long):
    assert_readable(plot_study(study(long), ax=new_axes(size), lang=lang))


def test_the_most_at_risk_come_first_and_what_is_not_assessed_last():
    given = study("label")
    chance = {line.item.id: line.assessment.probability for line in given.lines}
    found = rows(plot_study(given))
    assert found[-2:] == ["outcome", "nothing"]
    assert [chance[id] for id in found[:-2]] == sorted(chance[id] for id in found[:-2])


def test_each_row_says_its_word_and_a_stand_in_is_named():
    said = [text.get_text().replace("\n", " ") for text in plot_study(study("label")).texts]
    assert "not assessed" in said
    assert "target met (2017)" in said
    assert any(text.startswith("<1 %, exceptionally unlikely; evidence\N{NO-BREAK SPACE}") for text in said)
    assert "proxy: elsewhere, y" in said


def test_a_plan_without_targets_is_an_error():
    with pytest.raises(ReportError, match="the plan has no targets"):
        plot_study(Study(Plan(()), Histories(()), None, ()))


def test_a_part_of_the_targets_is_drawn_in_the_order_of_all_and_counted_among_them():
    whole = rows(plot_study(study("label")))
    ax = plot_study(study("label"), ranks=(3, 4))
    assert rows(ax) == whole[2:4]
    assert "5 of 6 targets assessed; most at risk first; ranks 3 to 4" in [t.get_text() for t in ax.texts]


def test_ranks_that_no_target_has_are_an_error():
    with pytest.raises(ReportError, match="no target has a rank from 7 to 9; there are 6"):
        plot_study(study("label"), ranks=(7, 9))


def test_an_area_without_own_figures_names_its_parent_not_a_proxy() -> None:
    city = fc.History.of("cover", range(2010, 2024), [80 + 0.2 * i for i in range(14)], area="City")
    target = fc.Target.rising("cover", year=2026)
    one = fc.Item("1", target, area="District", judged_on=("City", "cover"), parents=(("City", "cover"),))
    ax = fc.plot_study(fc.assess_plan(fc.Plan((one,)), fc.Histories((city,))))
    written = [text.get_text() for text in ax.texts]
    assert "parent: City" in written
    assert not any("proxy" in text for text in written)
