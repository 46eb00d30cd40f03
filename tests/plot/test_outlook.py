from __future__ import annotations

from dataclasses import replace

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure

from forecast.assessment.assess import assess
from forecast.assessment.assessment import Assessment
from forecast.errors import ReportError
from forecast.history.history import History
from forecast.models.drift import Drift
from forecast.plot.outlook import plot_outlook
from forecast.plot.style import Sheet, new_axes
from forecast.target.target import Target
from tests.plot.readable import LONG_ZH, assert_readable, boxes

at_least = Target.at_least


def answer(values, target, *, first=2015, bounds=(None, None), **details) -> Assessment:
    history = History(
        "x", np.arange(first, first + len(values)), np.array(values, float), bounds=bounds, **details
    )
    return assess(history, target, model=Drift())


STEPS = np.tile([1.0, -0.5, 2.0, 0.2], 10)
CASES = {
    "two points": lambda: answer([10, 12], at_least("x", 20, year=2030), first=2020),
    "forty points": lambda: answer(100 + np.cumsum(STEPS), at_least("x", 160, year=2065), first=1981),
    "tiny": lambda: answer([1e-12, 1.2e-12, 1.1e-12, 1.5e-12], Target.at_most("x", 1e-12, year=2025)),
    "huge": lambda: answer([1e12, 1.2e12, 1.1e12, 1.5e12], Target.between("x", 1.6e12, 2e12, year=2025)),
    "far above": lambda: answer([10, 12, 11, 13], at_least("x", 5000, year=2030)),
    "far below": lambda: answer([10, 12, 11, 13], Target.at_most("x", -5000, year=2030)),
    "at a bound": lambda: answer([94, 97, 98.5, 99], at_least("x", 100, year=2030), bounds=(0, 100)),
    "constant": lambda: answer([5, 5, 5, 5], at_least("x", 5, year=2025)),
    "zero": lambda: answer([0, 0, 0, 0], at_least("x", 5, year=2025)),
    "declining": lambda: answer([9, 8, 8.5, 7], Target.declining("x", year=2025, rule="every_year")),
    "equal": lambda: answer([9, 8, 8.5, 7], Target.equal("x", 7.5, year=2025, tolerance=0.5)),
    "change": lambda: answer([100, 95, 93, 92], Target.change("x", -0.18, year=2025, base_year=2018)),
    "maintain": lambda: answer([95, 96, 95.5, 98], Target.maintain("x", 95, year=2022)),
    "milestones": lambda: answer([50, 55, 58, 61], Target.milestones("x", {2019: 64, 2023: 75})),
    "cumulative": lambda: answer([10, 12, 11, 13], Target.cumulative("x", 80, since=2017, year=2022)),
    "classes": lambda: answer(
        [3, 3, 2, 3, 2], Target.ordinal("x", "II", year=2022, scale=("I", "II", "III"))
    ),
    "outcome": lambda: answer([5, 6, 7, 8], at_least("x", 7, year=2017)),
    "marked": lambda: answer(
        [5, 6, 7, 8, 9],
        at_least("x", 9.5, year=2022),
        status=("proxy", "derived", "final", "final", "provisional"),
        breaks=(2016, 2018),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_text_of_any_length_is_on_the_sheet_and_on_no_other_text(case, lang, size, long):
    ax = plot_outlook(
        CASES[case](), ax=new_axes(size), lang=lang, label=long, unit=long[:20], proxy=long[:40]
    )
    assert_readable(ax)


def test_the_measure_sees_text_that_is_covered_or_cut():
    ax = plot_outlook(CASES["constant"]())
    ax.figure.text(0.99, 0.5, "cut off here")
    first = ax.texts[0]
    ax.figure.text(*ax.figure.transFigure.inverted().transform(first.get_window_extent().p0), "covered")
    with pytest.raises(AssertionError, match="cut off here"):
        assert_readable(ax)


@pytest.mark.parametrize("case", ["far above", "far below"])
def test_a_far_target_does_not_squash_the_history(case):
    ax = plot_outlook(CASES[case]())
    low, high = ax.get_ylim()
    assert high - low < 200
    assert any("beyond the chart" in text.replace("\n", " ") for text in boxes(ax))


def test_the_axis_stays_near_the_bounds():
    low, high = plot_outlook(CASES["at a bound"]()).get_ylim()
    assert high <= 101
    assert low >= 85


def test_a_gap_and_a_break_interrupt_the_line():
    history = History(
        "x", np.array([2010, 2011, 2013, 2014, 2015]), np.array([1.0, 2, 3, 4, 5]), breaks=(2015,)
    )
    ax = plot_outlook(assess(history, at_least("x", 9, year=2020), model=Drift()))
    spans = {tuple(line.get_xdata()) for line in ax.lines if line.get_zorder() == 3}
    assert spans == {(2010, 2011), (2013, 2014)}


def test_statuses_have_marks_and_names_of_their_own():
    ax = plot_outlook(CASES["marked"]())
    named = {
        text.get_text(): (handle.get_marker(), handle.get_markerfacecolor())
        for text, handle in zip(ax.get_legend().get_texts(), ax.get_legend().legend_handles, strict=True)
    }
    assert named["provisional"][1] == "#ffffff"
    assert len({named[name] for name in ("observed", "derived", "provisional", "proxy")}) == 4
    assert "change of definition or level (2016, 2018)" in named


def test_milestones_are_marked_in_their_years():
    ax = plot_outlook(CASES["milestones"]())
    marked = {(line.get_xdata()[0], line.get_ydata()[0]) for line in ax.lines if line.get_marker() == "_"}
    assert marked == {(2019, 64.0), (2023, 75.0)}


def test_classes_are_written_as_such():
    ax = plot_outlook(CASES["classes"]())
    assert [label.get_text() for label in ax.get_yticklabels()] == ["I", "II", "III"]
    said = " ".join(text.get_text() for text in ax.texts).replace("\n", " ")
    assert "target: class II or better" in said
    assert "II (2019)" in said


@pytest.mark.parametrize(("case", "drawn"), [("two points", True), ("maintain", False), ("outcome", False)])
def test_the_required_path_is_drawn_to_a_target_that_is_not_met_yet(case, drawn):
    names = [text.get_text() for text in plot_outlook(CASES[case]()).get_legend().get_texts()]
    assert ("required path" in names) is drawn


def test_a_stand_in_for_the_pace_shows_no_target():
    answered = CASES["change"]()
    assert answered.forecast is not None
    pace = replace(answered.forecast, probability=None)
    ax = plot_outlook(replace(answered, status="unanswered", forecast=pace))
    assert not [text for text in ax.texts if text.get_text().startswith("target")]
    assert any("Shows the pace only" in text.get_text() for text in ax.texts)


def test_a_proxy_is_named():
    ax = plot_outlook(CASES["constant"](), proxy="Jilin, forest cover")
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["proxy: Jilin, forest cover"]


def test_years_are_integers_and_the_target_year_is_among_them():
    ax = plot_outlook(CASES["forty points"]())
    ticks = [label.get_text() for label in ax.get_xticklabels()]
    assert {"1981", "2020", "2065"} <= set(ticks)
    assert all(len(tick) == 4 and tick.isdigit() for tick in ticks)


def test_nothing_global_is_touched():
    before = dict(mpl.rcParams)
    plot_outlook(CASES["marked"](), lang="zh", label=LONG_ZH)
    assert dict(mpl.rcParams) == before


def test_somebody_elses_axes_stay_in_their_cell():
    left, right = Figure(figsize=(12, 5)).subplots(1, 2)
    place = left.get_position().bounds
    assert plot_outlook(CASES["huge"](), ax=right) is right
    assert right.get_position().x0 > 0.5
    assert left.get_position().bounds == place
    assert not left.texts


def test_a_label_is_taken_as_it_is():
    ax = plot_outlook(CASES["constant"](), label="cost $x_1$ of $y$")
    assert any("$x_1$" in text for text in boxes(ax))


def test_a_character_that_no_font_has_is_an_error_before_anything_is_drawn():
    ax = new_axes()
    with pytest.raises(ReportError, match=r"U\+13000 EGYPTIAN HIEROGLYPH A001"):
        plot_outlook(CASES["constant"](), ax=ax, label="Rate \U00013000")
    assert not ax.has_data()


def test_no_history_is_an_error_that_says_what_to_do():
    with pytest.raises(ReportError, match="no history to draw"):
        plot_outlook(Assessment(at_least("x", 9, year=2020)))


def test_without_axes_a_sheet_is_made():
    assert isinstance(plot_outlook(CASES["constant"]()).figure, Sheet)


@pytest.mark.parametrize(("size", "goal"), [(1e-9, "1.6×10⁻⁹ g"), (1e13, "16×10¹² g")])
def test_a_target_of_any_size_is_told_without_rows_of_zeros(size, goal):
    history = History.of("x", range(2014, 2024), [size * (1 + i / 20) for i in range(10)], unit="g")
    ax = plot_outlook(assess(history, Target.at_least("x", 1.6 * size, year=2028, unit="g")))
    assert any(goal in text.get_text() for text in ax.texts)
    assert not any("00000" in text.get_text() for text in ax.texts)
