"""Charts: axes in, axes out, each usable alone, in English and in Chinese, without any global state."""

from __future__ import annotations

from forecast.plot.chances import plot_probability_by_year, plot_probability_curve
from forecast.plot.outlook import plot_outlook
from forecast.plot.picture import plot_png, plot_svg, save_plot
from forecast.plot.risk import plot_study
from forecast.plot.style import new_axes

__all__ = [
    "new_axes",
    "plot_outlook",
    "plot_png",
    "plot_probability_by_year",
    "plot_probability_curve",
    "plot_study",
    "plot_svg",
    "save_plot",
]
