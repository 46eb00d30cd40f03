from __future__ import annotations

import numpy as np
import pytest

from forecast.distribution.distribution import within
from forecast.errors import ReportError
from forecast.plot.probability import plot_probability_by_year, plot_probability_curve
from forecast.plot.style import new_axes
from forecast.target.target import Target
from tests.plot.readable import assert_readable
from tests.plot.test_outlook import CASES, answer

OPEN = ("forty points", "huge", "far above", "at a bound", "constant", "equal")


@pytest.mark.parametrize("case", OPEN)
@pytest.mark.parametrize("chart", [plot_probability_curve, plot_probability_by_year])
def test_text_of_any_length_is_on_the_sheet_and_on_no_other_text(chart, case, lang, size, long):
    assert_readable(chart(CASES[case](), ax=new_axes(size), lang=lang, label=long, proxy=long[:40]))


def test_the_curve_is_the_librarys_own_probability():
    found = answer([60, 62, 63, 66, 67, 70, 71, 74], Target.at_most("x", 80, year=2026))
    curve = plot_probability_curve(found).lines[0]
    np.testing.assert_allclose(curve.get_ydata(), found.outlook.at_most(np.asarray(curve.get_xdata())))


def test_the_target_and_the_promise_lie_on_the_curve():
    found = answer([60, 62, 63, 66, 67, 70, 71, 74], Target.at_least("x", 80, year=2026))
    points = {
        line.get_marker(): (float(line.get_xdata()[0]), float(line.get_ydata()[0]))
        for line in plot_probability_curve(found).lines
        if line.get_marker() != "None"
    }
    assert points["D"] == (80.0, found.probability)
    assert points["o"] == (found.reachable, 0.8)
    np.testing.assert_allclose(found.outlook.at_least(found.reachable), 0.8, atol=1e-9)


def test_a_target_with_two_sides_is_moved_as_a_whole():
    found = CASES["equal"]()
    curve = plot_probability_curve(found).lines[0]
    at = np.argmin(np.abs(np.asarray(curve.get_xdata()) - 7.5))
    np.testing.assert_allclose(curve.get_ydata()[at], found.probability, atol=1e-9)


def test_by_a_year_is_never_below_in_that_year_and_never_falls():
    found = answer([60, 62, 63, 66, 67, 70, 71, 74], Target.at_least("x", 80, year=2026))
    _, each, by_then = plot_probability_by_year(found).lines
    assert (np.diff(by_then.get_ydata()) >= 0).all()
    assert (np.asarray(by_then.get_ydata()) >= np.asarray(each.get_ydata()) - 0.03).all()
    limits = found.target.limits(found.history)
    assert each.get_ydata()[0] == within(found.fitted.predict(2023), limits)


def test_a_target_that_is_met_is_only_asked_whether_it_stays_so():
    assert len(plot_probability_by_year(CASES["constant"]()).lines) == 2


@pytest.mark.parametrize("chart", [plot_probability_curve, plot_probability_by_year])
def test_what_has_no_curve_says_so(chart):
    with pytest.raises(ReportError, match="depends on the way to its year"):
        chart(CASES["declining"]())
    with pytest.raises(ReportError, match="there is no probability to draw"):
        chart(CASES["outcome"]())
