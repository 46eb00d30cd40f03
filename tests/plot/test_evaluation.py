"""Reliability, back-test, timeline, stability, heat map."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import forecast as fc
from forecast.errors import ReportError
from forecast.evaluation.reliability import Bin, reliability_bins
from forecast.plot.evaluation import plot_backtest, plot_reliability
from forecast.plot.heatmap import plot_heat
from forecast.plot.style import new_axes
from forecast.plot.timeline import plot_stability, plot_timeline
from tests.plot.readable import assert_readable

FORECASTS = pd.DataFrame(
    {
        "cutoff": [2010, 2010, 2011, 2011, 2012, 2012],
        "year": [2011, 2012, 2012, 2013, 2013, 2014],
        "observed": [11.0, 12.0, 12.0, 9.0, 9.0, 14.0],
        "median": [10.5, 11.0, 12.0, 13.0, 12.5, 10.0],
        "low": [10.0, 10.0, 11.0, 11.0, 11.5, 8.0],
        "high": [11.0, 12.0, 13.0, 15.0, 13.5, 14.0],
    }
)
ANSWERS = pd.DataFrame({"as_of": [2018, 2019, 2020, 2021], "probability": [np.nan, 0.3, 0.005, 0.7]})
LEFT_OUT = pd.DataFrame({"left_out": [2018, 2019, 2021], "probability": [0.72, 0.4, np.nan]})


def table(areas: int, targets: list[str]) -> pd.DataFrame:
    """Return probabilities that rise with the area's number; the last target is never assessed."""
    rows = [
        (f"area {i}", name, np.nan if name == targets[-1] else (i + 0.5) / areas)
        for i in range(areas)
        for name in targets
    ]
    return pd.DataFrame(rows, columns=["area", "target", "probability"])


def said(ax) -> list[str]:
    return [text.get_text().replace("\n", " ") for text in ax.texts]


def test_text_of_any_length_is_on_the_sheet_and_on_no_other_text(lang, size, long):
    p = np.linspace(0.001, 0.999, 40_000)
    came = np.arange(len(p)) % 3 > 0
    for ax in (
        plot_reliability(reliability_bins(p, came), ax=new_axes(size), lang=lang, label=long),
        plot_reliability(reliability_bins(p[::999], came[::999]), ax=new_axes(size), lang=lang, label=long),
        plot_backtest(FORECASTS, ax=new_axes(size), lang=lang, label=long, unit=long),
        plot_timeline(ANSWERS, ax=new_axes(size), lang=lang, label=long, year=2030),
        plot_stability(LEFT_OUT, 0.7, ax=new_axes(size), lang=lang, label=long),
    ):
        assert_readable(ax)


@pytest.mark.parametrize(("areas", "targets"), [(3, 2), (30, 5), (2800, 22)])
def test_a_heat_map_of_any_size_is_readable(lang, size, long, areas, targets):
    names = [f"{long[:40]} {i}" for i in range(targets)]
    assert_readable(plot_heat(table(areas, names), ax=new_axes(size), lang=lang, label=long))


def test_the_reliability_chart_says_in_words_what_it_means():
    ax = plot_reliability([Bin(0.1, 0.2, 50, 0.1, 0.3), Bin(0.7, 0.69, 1000, 0.67, 0.71)])
    assert "Of 1,000 statements near 70 %, 690 came true." in said(ax)
    assert "n = 50" in said(ax)
    with pytest.raises(ReportError, match="no statements"):
        plot_reliability([])


def test_a_backtest_chart_counts_what_fell_inside():
    assert any("2 of 3 outcomes lie inside" in text for text in said(plot_backtest(FORECASTS)))
    one = plot_backtest(FORECASTS, horizon=1)
    assert any("Forecast a year before: 2 of 3" in text for text in said(one))


def test_a_backtest_chart_is_of_one_series_and_one_horizon():
    with pytest.raises(ReportError, match="the columns low are missing"):
        plot_backtest(FORECASTS.drop(columns="low"))
    with pytest.raises(ReportError, match="the table holds 2 series"):
        plot_backtest(FORECASTS.assign(area=["a", "b"] * 3))
    with pytest.raises(ReportError, match=r"7 years ahead\. Choose one of: 1, 2"):
        plot_backtest(FORECASTS, horizon=7)


def test_a_year_without_an_answer_interrupts_the_timeline():
    line = plot_timeline(ANSWERS.drop(index=2)).lines[0]
    np.testing.assert_array_equal(line.get_ydata(), [np.nan, 0.3, np.nan, 0.7])
    assert "30 % as of 2019, 70 % as of 2021" in said(plot_timeline(ANSWERS))
    with pytest.raises(ReportError, match="the columns as_of are missing; got probability"):
        plot_timeline(ANSWERS[["probability"]])
    with pytest.raises(ReportError, match="no year has a probability"):
        plot_timeline(ANSWERS[:1])


def test_stability_names_the_figure_that_matters_most_and_those_that_change_the_word():
    ax = plot_stability(LEFT_OUT, 0.7)
    assert any("figure of 2019: without it the probability is 40 %" in text for text in said(ax))
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names == ["with all figures: 70 %", "same word without it", "another word without it"]


def test_stability_names_no_figure_where_none_matters():
    ax = plot_stability(pd.DataFrame({"left_out": [2018, 2019], "probability": [0.701, 0.699]}), 0.7)
    assert any("No single figure matters" in text for text in said(ax))


def test_a_heat_map_ranks_both_ways_and_groups_what_does_not_fit():
    ax = plot_heat(table(3, ["a", "none"]))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["area 0", "area 1", "area 2"]
    assert {"a", "none", "17", "50", "83"} <= set(said(ax))
    many = plot_heat(table(100, ["a", "none"]))
    ranks = [label.get_text() for label in many.get_yticklabels()]
    assert (ranks[0], ranks[-1], len(ranks)) == ("1–3", "100", 34)
    assert "2" in said(many)  # the mean of 0.5, 1.5 and 2.5 %
    assert "100 areas in 34 groups by rank, the most at risk first: mean probability of each group" in said(
        many
    )


def test_a_heat_map_of_a_wrong_table_says_what_is_wrong():
    good = table(2, ["a", "b"])
    with pytest.raises(ReportError, match="the columns target are missing"):
        plot_heat(good.drop(columns="target"))
    with pytest.raises(ReportError, match="area 0, a is given twice"):
        plot_heat(pd.concat([good, good[:1]]))
    with pytest.raises(ReportError, match="the table has no row"):
        plot_heat(good[:0])


def test_a_backtest_of_one_series_is_drawn_with_its_unit() -> None:
    history = fc.History.of("x", range(2000, 2020), [10 + t + (-1) ** t for t in range(20)], unit="t")
    ax = fc.plot_backtest(fc.backtest(fc.Drift(), history, horizon=3), lang="zh", label="粮食产量")
    assert "粮食产量" in "".join(
        text.get_text() for text in ax.figure.findobj(lambda a: hasattr(a, "get_text"))
    )
