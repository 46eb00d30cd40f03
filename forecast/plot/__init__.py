"""Charts: axes in, axes out, each usable alone, in English and in Chinese, without any global state.

Nothing here needs pyplot: ``ax.figure`` shows a chart in a notebook, ``save_plot(ax, "a.png")`` saves
it, ``new_axes("page")`` makes the axes for a printed page, and axes of one's own are left in place.
"""

from __future__ import annotations

from forecast.plot.evaluation import plot_backtest, plot_reliability
from forecast.plot.export import plot_png, plot_svg, save_plot
from forecast.plot.heatmap import plot_heat
from forecast.plot.outlook import plot_outlook
from forecast.plot.probability import plot_probability_by_year, plot_probability_curve
from forecast.plot.study import plot_study
from forecast.plot.style import new_axes
from forecast.plot.timeline import plot_stability, plot_timeline
from forecast.plot.together import plot_together

__all__ = [
    "new_axes",
    "plot_backtest",
    "plot_heat",
    "plot_outlook",
    "plot_png",
    "plot_probability_by_year",
    "plot_probability_curve",
    "plot_reliability",
    "plot_stability",
    "plot_study",
    "plot_svg",
    "plot_timeline",
    "plot_together",
    "save_plot",
]
