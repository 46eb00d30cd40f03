"""All targets of a plan at a glance, the most at risk first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter

from forecast.assessment.assessment import OUTCOMES
from forecast.assessment.lent import lent_by
from forecast.assessment.progress import ON_TRACK, POSSIBLE, RATINGS
from forecast.assessment.study import Line, Study
from forecast.errors import ReportError, must_be
from forecast.plot import layout, style
from forecast.plot.target_text import whose_figures
from forecast.plot.text import Lettering

# Widths of the names and of the answers, as parts of the sheet.
_NAMES, _ANSWERS = 0.36, 0.28
_SMALL = 0.85  # size of the line that names a proxy
_BETWEEN, _REACH = 5.0, 8.0  # points between two rows, and from the axes to a text


@dataclass(frozen=True)
class _Row:
    """One target as it stands on the chart."""

    name: str
    proxy: str
    answer: str
    rating: str
    probability: float | None
    height: float


def plot_study(
    study: Study,
    *,
    ax: Axes | None = None,
    lang: str = "en",
    label: str | None = None,
    ranks: tuple[int, int] | None = None,
) -> Axes:
    """Draw every target of a plan in one row each, sorted by risk, with its probability and word.

    Parameters
    ----------
    study : Study
        Targets without a probability are listed at the bottom.
    ax : matplotlib.axes.Axes, optional
        Default: axes on a sheet of their own. A sheet is made as high as its rows need.
    lang : str
        ``en`` or ``zh``.
    label : str, optional
        Default: the plan's title.
    ranks : tuple of int, optional
        The first and the last to draw in the order of risk, counted from 1: a page holds some thirty.
        Default: all.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ReportError
        For a plan without targets, ranks that no target has, or a character that no font can show.
    """
    must_be(Study, study, who="plot_study: study", instead="Make one with assess_plan(plan, histories).")
    if not study.lines:
        raise ReportError("plot_study: the plan has no targets. Add some.")
    ax = style.new_axes() if ax is None else ax
    title = label if label is not None else study.plan.title(lang)
    reader_s = [
        text for line in study.lines for text in (line.item.label(lang), _stand_in(study, line, lang))
    ]
    letters = Lettering.of(ax, lang, (title, *reader_s))
    text = letters.language.text
    first, last = ranks or (1, len(study.lines))
    shown = sorted(study.lines, key=_risk)[max(first - 1, 0) : last]
    if not shown:
        raise ReportError(
            f"plot_study: no target has a rank from {first} to {last}; there are {len(study.lines)}."
        )
    rows = [_row(study, line, letters, layout.room(ax)) for line in shown]
    assessed = sum(line.assessment.rating != "not_assessed" for line in study.lines)
    counts = text("plot.risk_counts", {"assessed": assessed, "n": len(study.lines)})
    if ranks is not None:
        part = text("plot.risk_ranks", {"first": first, "last": min(last, len(study.lines))})
        counts += text("plot.join") + part
    places = _make_room(ax, rows)
    layout.dress(ax, letters, grid="x")
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_locator(FixedLocator([0, POSSIBLE, ON_TRACK, 1]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda p, _: letters.language.percent(p)))
    ax.spines["left"].set_visible(False)
    ax.yaxis.set_major_locator(FixedLocator([]))
    entries: dict[str, Artist] = {}
    for row, y in zip(rows, places, strict=True):
        _write(ax, letters, row, y)
        entries |= _draw(ax, letters, row, y)
    layout.head(ax, letters, title, (counts,), text("plot.risk_probability"))
    layout.key(ax, letters, {text(f"rating.{r}"): entries[r] for r in RATINGS if r in entries})
    layout.fit(ax)
    return ax


def _risk(line: Line) -> tuple[int, float]:
    """Order of a line: missed, by probability, met, not assessed."""
    found = line.assessment
    if found.rating in ("missed", "met"):
        return (0 if found.rating == "missed" else 2), 0.0
    return (3, 0.0) if found.probability is None else (1, found.probability)


def _stand_in(study: Study, line: Line, lang: str) -> str:
    """Area and indicator that a target is judged on, where they are not its own."""
    if not line.item.by_proxy or line.assessment.history is None:
        return ""
    area, indicator = line.item.key
    names = study.histories.catalogue
    place, what = names.area(area).label(lang), names.indicator(indicator).label(lang)
    return place if indicator == line.item.target.indicator else place + ("" if lang == "zh" else ", ") + what


def _lenders(study: Study, line: Line, letters: Lettering) -> str:
    """Who lent what to an answer; empty for own figures."""
    lender, code = lent_by(line.assessment), letters.language.code
    if lender is None:
        return ""
    areas = lender.values["areas"]
    named = [study.histories.catalogue.area(str(each)).label(code) for each in areas]  # type: ignore[attr-defined]
    return letters.language.text("note.lent_by", dict(lender.values) | {"areas": named})


def _row(study: Study, line: Line, letters: Lettering, room: float) -> _Row:
    found, item = line.assessment, line.item
    name = letters.wrap(f"{item.id}. {item.label(letters.language.code)}", room * _NAMES)
    proxy = _stand_in(study, line, letters.language.code)
    said = whose_figures(found, letters, proxy) or _lenders(study, line, letters)
    proxy = letters.wrap(said, room * _NAMES, _SMALL) if said else ""
    answer = letters.wrap(_answer(line, letters), room * _ANSWERS)
    left = letters.height(name) + (letters.height(proxy, _SMALL) if proxy else 0.0)
    height = max(left, letters.height(answer)) + _BETWEEN
    outcome = {"met": 1.0, "missed": 0.0}.get(found.rating)
    return _Row(name, proxy, answer, found.rating, found.probability if outcome is None else outcome, height)


def _answer(line: Line, letters: Lettering) -> str:
    found, text = line.assessment, letters.language.text
    if found.rating in OUTCOMES:
        said = {"word": text(f"rating.{found.rating}"), "year": found.target.year}
        return text("plot.risk_outcome", said)
    if found.probability is None or found.likelihood is None:
        return text("plot.risk_none" if found.fitted is None else "plot.risk_pace")
    word = found.likelihood.word(letters.language.code)
    return text("plot.risk_line", {"p": found.probability, "word": word, "grade": found.evidence.grade})


def _make_room(ax: Axes, rows: list[_Row]) -> list[float]:
    """Let the axis count points from the top down, make a sheet high enough, and return the rows' middles."""
    heights = np.array([row.height for row in rows])
    ax.set_ylim(float(heights.sum()), 0.0)
    sheet = layout.root(ax)
    if isinstance(sheet, style.Sheet):
        # The head and the key take what a chart without rows would need.
        sheet.set_figheight((heights.sum() + 14 * style.text_size(ax)) / layout.POINTS)
    return list(np.cumsum(heights) - 0.5 * heights)


def _write(ax: Axes, letters: Lettering, row: _Row, y: float) -> None:
    """Write the name of a row on the left, what stands in for it below, and the answer on the right."""
    whole = ax.get_yaxis_transform()
    below = letters.height(row.proxy, _SMALL) if row.proxy else 0.0
    above = letters.height(row.name)
    for said, shift, part, color in (
        (row.name, 0.5 * below, 1.0, style.INK),
        (row.proxy, -0.5 * above, _SMALL, style.SOFT),
    ):
        if said:
            ax.annotate(
                said,
                xy=(0, y),
                xycoords=whole,
                xytext=(-_REACH, shift),
                textcoords="offset points",
                ha="right",
                va="center",
                **letters.font(color, part),
            )
    ax.annotate(
        row.answer,
        xy=(1, y),
        xycoords=whole,
        xytext=(_REACH, 0),
        textcoords="offset points",
        ha="left",
        va="center",
        **letters.font(style.SOFT if row.rating == "not_assessed" else style.INK),
    )


def _draw(ax: Axes, letters: Lettering, row: _Row, y: float) -> dict[str, Artist]:
    """Draw the mark of a row at its probability, and return it by its rating."""
    if row.probability is None:
        ax.plot([0, 1], [y, y], color=style.SOFT, linewidth=0.8, linestyle=(0, (1, 4)), zorder=1)
        return {}
    shape, color = style.RATINGS[row.rating]
    ax.plot([0, row.probability], [y, y], color=color, linewidth=style.BOLD, zorder=2, clip_on=False)
    (mark,) = ax.plot(
        row.probability,
        y,
        linestyle="none",
        marker=shape,
        markersize=letters.size * 0.85,
        color=color,
        markeredgewidth=1.6 if shape == "x" else 0.8,
        zorder=3,
        clip_on=False,
    )
    return {row.rating: mark}
