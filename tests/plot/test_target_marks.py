from __future__ import annotations

import numpy as np
import pytest
from matplotlib.colors import to_hex

from forecast.plot import style
from forecast.plot.style import new_axes
from forecast.plot.target_marks import draw_limits, draw_path, edges
from forecast.target.limits import Limits
from forecast.target.target import Target
from tests.plot.test_outlook import CASES, answer


def axes():
    ax = new_axes()
    ax.set_xlim(2015, 2030)
    ax.set_ylim(0, 100)
    return ax


def test_only_finite_ends_are_edges() -> None:
    assert edges(Limits(5.0, np.inf)) == [5.0]
    assert edges(Limits(-np.inf, np.inf)) == []
    assert edges(Limits(5.0, 8.0)) == [5.0, 8.0]


@pytest.mark.parametrize(
    ("limits", "drawn", "arrows"),
    [
        (Limits(60.0, np.inf), [60.0], [(60.0, True)]),  # into the values that meet it
        (Limits(-np.inf, 60.0), [60.0], [(60.0, False)]),
        (Limits(60.0, 70.0), [60.0, 70.0], []),  # the two lines say it
        (Limits(500.0, np.inf), [], [(100.0, True)]),  # off the chart, upwards
        (Limits(-np.inf, -7.0), [], [(0.0, False)]),
        (Limits(60.0, 700.0), [60.0], [(60.0, True), (100.0, True)]),
    ],
)
def test_the_arrow_points_into_what_meets_the_target_or_off_the_chart(limits, drawn, arrows) -> None:
    ax = axes()
    draw_limits(ax, limits, 2028, 2020)
    assert [line.get_ydata()[0] for line in ax.lines if len(set(line.get_xdata())) == 2] == drawn
    assert all(to_hex(line.get_color()) == style.RED.lower() for line in ax.lines)
    assert [(a.xy[1], a.xyann[1] > 0) for a in ax.texts if a.arrow_patch and a.xy[0] == 2028] == arrows


def test_the_path_runs_from_the_last_figure_to_an_open_target() -> None:
    path = draw_path(axes(), answer([10, 12, 11, 13], Target.at_least("x", 40, year=2025)))
    assert path is not None
    assert (path.get_xdata()[-1], path.get_ydata()[0], path.get_ydata()[-1]) == (2025, 13, 40)


@pytest.mark.parametrize("case", ["outcome", "maintain", "constant", "far above"])
def test_no_path_where_nothing_is_left_to_do_or_the_target_is_off_the_chart(case) -> None:
    ax = axes()
    assert draw_path(ax, CASES[case]()) is None
    assert not ax.lines
