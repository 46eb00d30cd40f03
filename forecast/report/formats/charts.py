"""Charts asked for by a document, drawn for a screen or a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from joblib import cpu_count
from matplotlib.axes import Axes

from forecast.assessment.assessment import Assessment
from forecast.assessment.study import Line, Study
from forecast.history.catalogue import Catalogue
from forecast.history.histories import Histories
from forecast.history.history import History
from forecast.panel.workers import can_fork, results_with_help
from forecast.plot.export import plot_png, plot_svg
from forecast.plot.fonts import drawable
from forecast.plot.layout import root
from forecast.plot.outlook import plot_outlook
from forecast.plot.probability import plot_probability_by_year, plot_probability_curve
from forecast.plot.study import plot_study
from forecast.plot.style import new_axes
from forecast.plot.together import plot_together
from forecast.report.content.blocks import Chart
from forecast.report.content.wording import Wording

# From so many charts on it is worth starting other processes: copies start at once, others take two seconds.
MANY_FOR_COPIES, MANY = 12, 60
# No more processes draw: each takes memory, and putting the charts into the file takes the rest of the time.
_MOST_JOBS = 4
# Dots an inch (a page is a little wider: 220 there, which Word keeps for print) and colours of a bitmap.
_PRINTED, _COLOURS = 235, 64
# Charts sent to a process at a time.
_AT_A_TIME = 6
Progress = Callable[[int, int], None]
_Drawing = TypeVar("_Drawing", str, bytes)
Draw = Callable[[Chart, Wording, int], _Drawing]


def draw_all(
    charts: Sequence[Chart],
    w: Wording,
    draw: Draw[_Drawing],
    *,
    progress: Progress | None = None,
    n_jobs: int | None = None,
) -> list[_Drawing]:
    """Every chart of a document in order, as *draw* (:func:`svg` or :func:`png`) makes it.

    Many are drawn in as many processes as there are cores; they are the same bytes.
    """
    many = len(charts) >= (MANY_FOR_COPIES if can_fork() else MANY)
    jobs = n_jobs or (min(cpu_count(), _MOST_JOBS) if many else 1)
    numbered = list(enumerate(charts, start=1))
    parts = [numbered[i : i + _AT_A_TIME] for i in range(0, len(numbered), _AT_A_TIME)]
    work = [partial(_draw_some, part, w, draw) for part in parts]
    drawn: dict[int, _Drawing] = {}
    pieces = results_with_help(work, jobs - 1) if jobs > 1 else ((i, each()) for i, each in enumerate(work))
    for _, part in pieces:
        drawn |= part
        if progress is not None:
            progress(len(drawn), len(charts))
    return [drawn[n] for n, _ in numbered]


def _draw_some(numbered: list[tuple[int, Chart]], w: Wording, draw: Draw[_Drawing]) -> dict[int, _Drawing]:
    return {n: draw(chart, w, n) for n, chart in numbered}


def svg(chart: Chart, w: Wording, number: int) -> str:
    """Chart as an SVG element whose ids are those of its number."""
    ax = _DRAWN[chart.kind](chart, w, new_axes("screen"))
    return plot_svg(ax, name=f"chart{number}", alt=f"{chart.caption}. {chart.description}")


def png(chart: Chart, w: Wording, _number: int = 0) -> bytes:
    """Chart as a bitmap at print resolution, for a page."""
    ax = new_axes("page")
    root(ax).dpi = _PRINTED
    return plot_png(_DRAWN[chart.kind](chart, w, ax), colours=_COLOURS)


def _study(chart: Chart, w: Wording, ax: Axes) -> Axes:
    assert isinstance(chart.subject, Study), "this chart is of a whole study"
    return plot_study(_legible(chart.subject, w), ax=ax, lang=w.language.code, ranks=chart.ranks)


def _together(chart: Chart, w: Wording, ax: Axes) -> Axes:
    assert isinstance(chart.subject, Study), "this chart is of a whole study"
    return plot_together(chart.subject.together(), ax=ax, lang=w.language.code)


def _outlook(chart: Chart, w: Wording, ax: Axes) -> Axes:
    line, history = _subject(chart)
    return plot_outlook(
        _named(line.assessment, w),
        ax=ax,
        lang=w.language.code,
        label=_label(line, history, w),
        unit=drawable(w.unit(history.indicator, history.unit)),
        proxy=_stand_in(line, history, w),
    )


def _curve(chart: Chart, w: Wording, ax: Axes) -> Axes:
    line, history = _subject(chart)
    return plot_probability_curve(
        _named(line.assessment, w),
        ax=ax,
        lang=w.language.code,
        label=_label(line, history, w),
        unit=drawable(w.unit(history.indicator, history.unit)),
        proxy=_stand_in(line, history, w),
    )


def _by_year(chart: Chart, w: Wording, ax: Axes) -> Axes:
    line, history = _subject(chart)
    return plot_probability_by_year(
        _named(line.assessment, w),
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
        label = drawable(w.label(line.item))
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


def _named(a: Assessment, w: Wording) -> Assessment:
    """Assessment whose areas, of its history and of who lent to it, are called what the reader calls them."""
    code = w.language.code

    def called(area: object) -> str:
        return drawable(w.catalogue.area(str(area)).label(code))

    notes = tuple(
        replace(note, values=dict(note.values) | {"area": called(note.values["area"])})
        if note.key.startswith("lent_")
        else note
        for note in a.notes
    )
    history = a.history and replace(a.history, area=called(a.history.area) if a.history.area else "")
    return replace(a, notes=notes, history=history, target=w.drawn(a.target))


def _stand_in(line: Line, history: History, w: Wording) -> str | None:
    """What stands in for the indicator, so that the chart names it."""
    return drawable(w.source(history)) if line.item.by_proxy else None
