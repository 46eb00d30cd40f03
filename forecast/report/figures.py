"""Charts asked for by a document, drawn for a page or a screen, the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from matplotlib import rc_context
from matplotlib.axes import Axes

from forecast.plot.outlook import plot_outlook
from forecast.plot.style import SIZES, new_axes
from forecast.report.blocks import Chart
from forecast.report.wording import Wording
from forecast.study import Line


def svg(chart: Chart, w: Wording) -> bytes:
    """Return a chart as SVG, for a screen; its letters are drawn, so that any machine shows them."""
    return _saved(_DRAWN[chart.kind](chart, w, new_axes("screen")), "svg", SIZES["screen"].dpi)


def png(chart: Chart, w: Wording) -> bytes:
    """Return a chart as a bitmap at print resolution, for a page."""
    return _saved(_DRAWN[chart.kind](chart, w, new_axes("page")), "png", SIZES["page"].dpi)


def drawable(chart: Chart) -> bool:
    """Say whether there is a drawing for this kind of chart."""
    return chart.kind in _DRAWN


def _outlook(chart: Chart, w: Wording, ax: Axes) -> Axes:
    line = chart.subject
    assert isinstance(line, Line), "an outlook is of one target"
    history = line.assessment.history
    assert history is not None, "cards without a history ask for no chart"
    return plot_outlook(
        line.assessment,
        ax=ax,
        lang=w.language.code,
        label=w.label(line.item),
        unit=w.unit(history.indicator, history.unit),
        proxy=w.source(history) if line.item.by_proxy else None,
    )


_DRAWN: dict[str, Callable[[Chart, Wording, Axes], Axes]] = {"outlook": _outlook}


def _saved(ax: Axes, form: str, dpi: int) -> bytes:
    file = BytesIO()
    metadata = {"Date": None} if form == "svg" else {"Software": None}
    figure = ax.get_figure(root=True)
    assert figure is not None, "axes of new_axes stand on a figure"
    # What would differ from run to run: the salt of element ids, and the date.
    with rc_context({"svg.hashsalt": "forecast", "svg.fonttype": "path"}):
        figure.savefig(file, format=form, dpi=dpi, metadata=metadata)
    return file.getvalue()
