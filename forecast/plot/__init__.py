"""Charts: axes in, axes out, each usable alone, in English and in Chinese, without any global state."""

from __future__ import annotations

from forecast.plot.outlook import plot_outlook
from forecast.plot.style import new_axes

__all__ = ["new_axes", "plot_outlook"]
