"""In a reader's own figure every chart stays in its cell: nothing overlaps, nothing is cut."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import forecast as fc
from tests.plot.readable import assert_readable

VALUES = [60, 62, 63, 66, 67, 70, 71, 74, 75, 77, 78, 80]
HISTORY = fc.History.of("coverage", range(2012, 2024), VALUES, unit="%", area="A", bounds=(0, 100))
ANSWER = fc.assess(HISTORY, fc.Target.at_least("coverage", 88, year=2028, unit="%"), model=fc.Drift())
HEAT = pd.DataFrame({"x": [0.2, 0.9], "y": [0.4, 0.7]}, index=pd.Index(["A", "B"], name="area"))
CHARTS: dict[str, Callable[[Axes, str], Axes]] = {
    "outlook": lambda ax, lang: fc.plot_outlook(ANSWER, ax=ax, lang=lang),
    "curve": lambda ax, lang: fc.plot_probability_curve(ANSWER, ax=ax, lang=lang),
    "by year": lambda ax, lang: fc.plot_probability_by_year(ANSWER, ax=ax, lang=lang),
    "backtest": lambda ax, lang: fc.plot_backtest(fc.backtest(fc.Drift(), HISTORY), ax=ax, lang=lang),
    "heat": lambda ax, lang: fc.plot_heat(HEAT, ax=ax, lang=lang),
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_four_charts_share_a_plain_figure(lang: str) -> None:
    axes = Figure(figsize=(10, 7)).subplots(2, 2)
    for ax, name in zip(axes.flat, ("outlook", "curve", "by year", "backtest"), strict=True):
        CHARTS[name](ax, lang)
    assert_readable(axes[0, 0])


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_fits_a_plain_figure(name: str) -> None:
    assert_readable(CHARTS[name](Figure().subplots(), "en"))


def test_axes_that_somebody_placed_stay_there() -> None:
    ax = Figure().add_axes((0.2, 0.2, 0.5, 0.5))
    CHARTS["outlook"](ax, "en")
    assert ax.get_position().bounds == pytest.approx((0.2, 0.2, 0.5, 0.5))


def test_columns_of_a_frame_of_answers_are_headed_by_indicator() -> None:
    rows = [
        {"area": area, "indicator": name, "year": year, "value": 50.0 + 2 * i}
        for area in "AB"
        for name in ("cover", "output")
        for i, year in enumerate(range(2014, 2024))
    ]
    targets = (("1", "cover", 70), ("2", "output", 70), ("3", "output", 80))
    plan = fc.Plan(tuple(fc.Item(id, fc.Target.at_least(name, x, year=2027)) for id, name, x in targets))
    ax = fc.plot_heat(fc.assess_frame(pd.DataFrame(rows), plan))
    said = {text.get_text().replace("\n", " ") for text in ax.texts}
    assert {"cover", "output 70 (2)", "output 80 (3)"} <= said
    assert_readable(ax)


def test_a_wide_table_of_answers_is_read_too() -> None:
    assert [label.get_text() for label in fc.plot_heat(HEAT).get_yticklabels()] == ["A", "B"]
