"""Measures, on any chart, whether its text can be read."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from forecast.plot.layout import renderer

LONG_EN = "Share of households with treated waste water, in all hamlets"
LONG_ZH = "农村集中居住点生活污水与生活垃圾无害化集中处理设施覆盖的常住户数占全部常住户数的比重"


def boxes(ax: Axes) -> dict[str, Bbox]:
    """Return where each text of the figure stands, a pixel inside its own edges."""
    figure, canvas = ax.figure, renderer(ax)
    figure.draw_without_rendering()
    frame = ax.get_window_extent().padded(2)
    below, beside = set(ax.xaxis.get_majorticklabels()), set(ax.yaxis.get_majorticklabels())
    found = {}
    for i, text in enumerate(figure.findobj(Text)):
        if not text.get_visible() or not text.get_text().strip():
            continue
        box = Text.get_window_extent(text, canvas)
        x, y = 0.5 * (box.x0 + box.x1), 0.5 * (box.y0 + box.y1)
        # matplotlib keeps tick labels beyond the limits, and does not draw them.
        hidden = (text in below and not frame.x0 <= x <= frame.x1) or (
            text in beside and not frame.y0 <= y <= frame.y1
        )
        if not hidden:
            found[f"{i}: {text.get_text()}"] = box.padded(-1)
    return found


def assert_readable(ax: Axes) -> None:
    """Assert that all text lies on the figure, and none on other text."""
    found = boxes(ax)
    names, edges = list(found), np.array([box.extents for box in found.values()])
    x0, y0, x1, y1 = edges.T
    width, height = ax.figure.get_size_inches() * ax.figure.dpi
    outside = [names[i] for i in np.flatnonzero((x0 < 0) | (y0 < 0) | (x1 > width) | (y1 > height))]
    assert not outside, outside
    across = (x0[:, None] < x1) & (x0 < x1[:, None])
    upright = (y0[:, None] < y1) & (y0 < y1[:, None])
    covered = [(names[i], names[j]) for i, j in np.argwhere(np.triu(across & upright, 1))]
    assert not covered, covered


def said(ax: Axes) -> list[str]:
    """Return the texts of a chart, each on one line."""
    return [text.get_text().replace("\n", " ") for text in ax.texts]
