from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from forecast.assessment.together import PlanOutlook
from forecast.errors import ReportError
from forecast.plot.style import new_axes
from forecast.plot.together import plot_together
from tests.plot.readable import assert_readable

EACH = np.array([0.02, 0.2, 0.5, 0.7, 0.9, 0.95, 0.6])


def outlook(n: int = 7) -> PlanOutlook:
    return PlanOutlook(tuple(map(str, range(n))), np.resize(EACH, n))


@pytest.mark.parametrize("n", [1, 7, 60])
def test_text_is_on_the_sheet_and_on_no_other_text(lang, size, long, n):
    assert_readable(plot_together(outlook(n), ax=new_axes(size), lang=lang, label=long))


def test_the_bars_are_the_distribution_and_the_interval_is_darker():
    plan = outlook()
    ax = plot_together(plan)
    assert_allclose([bar.get_height() for bar in ax.patches], plan.distribution)
    low, high = plan.interval(0.8)
    dark = [i for i, bar in enumerate(ax.patches) if bar.get_facecolor() == ax.patches[low].get_facecolor()]
    assert dark == list(range(low, high + 1))


def test_the_bounds_stand_beside_it():
    plan = outlook()
    marks = [line.get_ydata() for line in plot_together(plan).lines]
    assert_allclose(marks[0], plan.independent.distribution)
    assert_allclose(marks[1], plan.fully_dependent.distribution)


def test_nothing_to_count_is_an_error():
    with pytest.raises(ReportError, match="no target"):
        plot_together(PlanOutlook((), np.array([])))
