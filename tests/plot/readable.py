"""Measures, on any chart, whether its text can be read."""

from __future__ import annotations

from itertools import combinations

from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from forecast.plot.frame import renderer

LONG_EN = "Share of households with treated waste water, in all hamlets"
LONG_ZH = "农村集中居住点生活污水与生活垃圾无害化集中处理设施覆盖的常住户数占全部常住户数的比重"


def boxes(ax: Axes) -> dict[str, Bbox]:
    """Return where each text of the figure stands, a pixel inside its own edges."""
    figure, canvas = ax.figure, renderer(ax)
    figure.draw_without_rendering()
    found = {}
    for i, text in enumerate(figure.findobj(Text)):
        if text.get_visible() and text.get_text().strip():
            box = Text.get_window_extent(text, canvas)
            ticks = [*ax.xaxis.get_majorticklabels(), *ax.yaxis.get_majorticklabels()]
            if text in ticks and not _on_axis(ax, box, text in ax.xaxis.get_majorticklabels()):
                continue
            found[f"{i}: {text.get_text()}"] = box.padded(-1)
    return found


def _on_axis(ax: Axes, box: Bbox, across: bool) -> bool:
    """Say whether a tick label is drawn: matplotlib keeps those beyond the limits and hides them."""
    frame, middle = ax.get_window_extent(), (0.5 * (box.x0 + box.x1), 0.5 * (box.y0 + box.y1))
    return frame.x0 - 1 <= middle[0] <= frame.x1 + 1 if across else frame.y0 - 2 <= middle[1] <= frame.y1 + 2


def assert_readable(ax: Axes) -> None:
    """Assert that all text lies on the figure, and none on other text."""
    found = boxes(ax)
    width, height = ax.figure.get_size_inches() * ax.figure.dpi
    outside = [t for t, b in found.items() if b.x0 < 0 or b.y0 < 0 or b.x1 > width or b.y1 > height]
    assert not outside, outside
    covered = [(a, b) for a, b in combinations(found, 2) if found[a].overlaps(found[b])]
    assert not covered, covered
