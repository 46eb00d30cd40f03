"""Charts asked for by a document, drawn for a screen or a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from matplotlib.axes import Axes

from forecast.assessment.study import Line, Study
from forecast.history.catalogue import Catalogue
from forecast.history.histories import Histories
from forecast.history.history import History
from forecast.plot.export import plot_png, plot_svg
from forecast.plot.fonts import drawable
from forecast.plot.outlook import plot_outlook
from forecast.plot.probability import plot_probability_by_year, plot_probability_curve
from forecast.plot.study import plot_study
from forecast.plot.style import SIZES, new_axes
from forecast.plot.together import plot_together
from forecast.report.content.blocks import Chart
from forecast.report.content.wording import Wording


def svg(chart: Chart, w: Wording, *, name: str) -> str:
    """Chart as an SVG element whose ids begin with *name*; its letters are drawn."""
    ax = _DRAWN[chart.kind](chart, w, new_axes("screen"))
    return plot_svg(ax, name=name, alt=f"{chart.caption}. {chart.description}")


def png(chart: Chart, w: Wording) -> bytes:
    """Chart as a bitmap at print resolution, for a page."""
    return plot_png(_DRAWN[chart.kind](chart, w, new_axes("page")), dpi=SIZES["page"].dpi)


def _study(chart: Chart, w: Wording, ax: Axes) -> Axes:
    assert isinstance(chart.subject, Study), "this chart is of a whole study"
    return plot_study(_legible(chart.subject, w), ax=ax, lang=w.language.code, ranks=chart.ranks)


def _together(chart: Chart, w: Wording, ax: Axes) -> Axes:
    assert isinstance(chart.subject, Study), "this chart is of a whole study"
    return plot_together(chart.subject.together(), ax=ax, lang=w.language.code)


def _outlook(chart: Chart, w: Wording, ax: Axes) -> Axes:
    line, history = _subject(chart)
    return plot_outlook(
        line.assessment,
        ax=ax,
        lang=w.language.code,
        label=_label(line, history, w),
        unit=drawable(w.unit(history.indicator, history.unit)),
        proxy=_stand_in(line, history, w),
    )


def _curve(chart: Chart, w: Wording, ax: Axes) -> Axes:
    line, history = _subject(chart)
    return plot_probability_curve(
        line.assessment,
        ax=ax,
        lang=w.language.code,
        label=_label(line, history, w),
        unit=drawable(w.unit(history.indicator, history.unit)),
        proxy=_stand_in(line, history, w),
    )


def _by_year(chart: Chart, w: Wording, ax: Axes) -> Axes:
    line, history = _subject(chart)
    return plot_probability_by_year(
        line.assessment,
        ax=ax,
        lang=w.language.code,
        label=_label(line, history, w),
        proxy=_stand_in(line, history, w),
    )


_DRAWN: dict[str, Callable[[Chart, Wording, Axes], Axes]] = {
    "study": _study,
    "together": _together,
    "outlook": _outlook,
    "probability_curve": _curve,
    "probability_by_year": _by_year,
}


def _legible(study: Study, w: Wording) -> Study:
    """Study whose texts the fonts of charts can show; the report's method names what they cannot."""
    code, lines = w.language.code, []
    for line in study.lines:
        label = drawable(line.item.label(code))
        lines.append(
            Line(replace(line.item, id=drawable(line.item.id), labels={code: label}), line.assessment)
        )
    names = study.histories.catalogue
    indicators = {n: replace(i, labels={code: drawable(i.label(code))}) for n, i in names.indicators.items()}
    areas = {n: replace(a, labels={code: drawable(a.label(code))}) for n, a in names.areas.items()}
    kept = Histories(study.histories.values(), Catalogue(indicators, areas))
    plan = replace(study.plan, titles={code: drawable(study.plan.title(code))})
    return replace(study, plan=plan, histories=kept, lines=tuple(lines))


def _subject(chart: Chart) -> tuple[Line, History]:
    line = chart.subject
    assert isinstance(line, Line), "this chart is of one target"
    assert line.assessment.history is not None, "a card without a history asks for no chart"
    return line, line.assessment.history


def _label(line: Line, history: History, w: Wording) -> str:
    """What the chart is called; with the area, where one stands for many."""
    return drawable(w.label(line.item) if line.assessment.together is None else w.source(history))


def _stand_in(line: Line, history: History, w: Wording) -> str | None:
    """What stands in for the indicator, so that the chart names it."""
    return drawable(w.source(history)) if line.item.by_proxy else None
