from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecast.errors import ReportError
from forecast.plot.style import new_axes
from forecast.plot.timeline import plot_stability, plot_timeline
from tests.plot.readable import assert_readable, said

ANSWERS = pd.DataFrame({"as_of": [2018, 2019, 2020, 2021], "probability": [np.nan, 0.3, 0.005, 0.7]})
LEFT_OUT = pd.DataFrame({"left_out": [2018, 2019, 2021], "probability": [0.72, 0.4, np.nan]})


def test_text_of_any_length_is_on_the_sheet_and_on_no_other_text(lang, size, long):
    assert_readable(plot_timeline(ANSWERS, ax=new_axes(size), lang=lang, label=long, year=2030))
    assert_readable(plot_stability(LEFT_OUT, 0.7, ax=new_axes(size), lang=lang, label=long))


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
