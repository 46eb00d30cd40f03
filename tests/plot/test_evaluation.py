"""Reliability and back-test."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import forecast as fc
from forecast.errors import ReportError
from forecast.evaluation.reliability import Bin, reliability_bins
from forecast.plot.evaluation import plot_backtest, plot_reliability
from forecast.plot.style import new_axes
from tests.plot.readable import assert_readable, said

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


def test_text_of_any_length_is_on_the_sheet_and_on_no_other_text(lang, size, long):
    p = np.linspace(0.001, 0.999, 40_000)
    came = np.arange(len(p)) % 3 > 0
    for ax in (
        plot_reliability(reliability_bins(p, came), ax=new_axes(size), lang=lang, label=long),
        plot_reliability(reliability_bins(p[::999], came[::999]), ax=new_axes(size), lang=lang, label=long),
        plot_backtest(FORECASTS, ax=new_axes(size), lang=lang, label=long, unit=long),
    ):
        assert_readable(ax)


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


def test_a_backtest_of_one_series_is_drawn_with_its_unit() -> None:
    history = fc.History.of("x", range(2000, 2020), [10 + t + (-1) ** t for t in range(20)], unit="t")
    ax = fc.plot_backtest(fc.backtest(fc.Drift(), history, horizon=3), lang="zh", label="粮食产量")
    assert "粮食产量" in "".join(
        text.get_text() for text in ax.figure.findobj(lambda a: hasattr(a, "get_text"))
    )
