"""A study, or one of its targets, as a table for the terminal."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from typing import Any

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.markup import escape
from rich.table import Table

from forecast.assessment.study import Line, Study
from forecast.assessment.unit_checks import SLIPS
from forecast.evaluation.backtests import Backtest
from forecast.history.catalogue import Catalogue
from forecast.language.language import Language
from forecast.report.content.cards import facts
from forecast.report.content.findings import finding
from forecast.report.content.tables import gathered, with_probability
from forecast.report.content.wording import NONE, Wording, class_of

_PANEL_COLUMNS = (
    "console.id", "console.indicator",
    "panel.areas", "panel.on_track", "panel.expected", "panel.not_assessed",
)  # fmt: skip
_COLUMNS = ("id", "indicator", "latest", "target", "probability", "rating", "evidence")
# Colours only repeat what symbol and word say.
_STYLES = {
    "met": "green", "on_track": "blue", "acceleration_needed": "yellow", "limited_progress": "yellow",
    "moving_away": "red", "missed": "red", "not_assessed": "dim",
}  # fmt: skip
# The names of indicators are given so many characters of a line, if need be by breaking the other cells.
_NAME = 18
# A folded header keeps its longest English word, or four Chinese characters, on one line.
_HEADER = 8
# Where a cell may be broken: not between a sign and its figure; Chinese before a bracket and a sign.
_SPACE = re.compile(r"(?<![≥≤≈]) |(?=（)|(?<=，)|(?<=[\u4e00-\u9fff])(?=[≥≤])")
_TORN = re.compile(r"(?<!^)(?=（)|(?<=，)|(?<=[\u4e00-\u9fff])(?=[≥≤])")


def study_table(study: Study, language: Language, width: int) -> Table:
    """Study as a rich table: one row for each target, chapters set apart.

    Parameters
    ----------
    study : Study
    language : Language
    width : int
        Characters a line of the terminal holds.
    """
    w = Wording(language, study.histories.catalogue)
    code = language.code
    caption = "caption_with_stand_ins" if any(line.item.by_proxy for line in study.lines) else "caption"
    counts = {"answered": len(with_probability(study)), "total": len(study.lines)}
    table = Table(
        title=language.text("console.title", {"title": study.plan.title(code), "as_of": study.as_of or NONE}),
        caption=language.text(f"console.{caption}", counts),
        title_justify="left",
        caption_justify="left",
        # Rules and padding cost a quarter of a narrow terminal; the words need it.
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        show_edge=False,
    )
    cells = [_cells(line, w) for line in study.lines]
    headers = [language.text(f"console.{key}") for key in _COLUMNS]
    widths = _widths([headers, *cells], width)
    cells = [tuple(map(_broken, row, widths)) for row in cells]
    for key, header, room in zip(_COLUMNS, headers, widths, strict=True):
        number = key in ("latest", "target", "probability")
        table.add_column(
            header, justify="right" if number else "left", overflow="fold",
            width=None if key == "indicator" else room,
            # Names may be folded, but never to nothing, and the head is a word.
            min_width=max(cell_len(header), _HEADER) if key == "indicator" else None,
        )  # fmt: skip
    shown = {id(line): row for line, row in zip(study.lines, cells, strict=True)}
    for _, lines in gathered(study.lines, code):
        for line in lines:
            table.add_row(*map(escape, shown[id(line)]), style=_STYLES[line.assessment.rating])
        table.add_section()
    return table


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Width for each column: of whole cells, or of whole words if names had no room then."""
    columns = list(zip(*rows, strict=True))
    whole = [max(map(cell_len, column)) for column in columns]
    name = _COLUMNS.index("indicator")
    # Padding after each column, and a rule of one space between two.
    room = width - 2 * len(whole) + 1
    left = room - sum(whole) + whole[name]
    if left >= min(_NAME, whole[name]):
        whole[name] = left
        return whole
    narrow = [_longest_word(column) for column in columns]
    left = room - sum(narrow) + narrow[name] - max(min(_NAME, whole[name]), narrow[name])
    # What the names leave is given to the columns that need least to stand on one line.
    for i in sorted(range(len(narrow)), key=lambda i: whole[i] - narrow[i]):
        if i != name and whole[i] - narrow[i] <= left:
            left -= whole[i] - narrow[i]
            narrow[i] = whole[i]
    narrow[name] = room - sum(narrow) + narrow[name]
    return narrow


def _broken(cell: str, room: int) -> str:
    """Cell with what would be torn, a bracket or a sign with its figure, on a line of its own."""
    return cell if cell_len(cell) <= room else _TORN.sub("\n", cell)


def _longest_word(cells: Iterable[str]) -> int:
    return max(cell_len(word) for cell in cells for word in _SPACE.split(cell))


def study_remarks(study: Study, language: Language) -> tuple[str, ...]:
    """Why targets have no probability, and where target and figures may be in different units.

    One sentence for each reason, with the targets it holds for.
    """
    w = Wording(language, study.histories.catalogue)
    found: dict[str, list[str]] = {}
    for line in study.lines:
        a = line.assessment
        notes = [note for note in a.notes if note.key in SLIPS]
        if a.failure is not None:
            notes.append(w.reason(line))
        for note in notes:
            found.setdefault(w.note(note), []).append(line.item.id)
    return tuple(
        language.text("console.remark", {"n": len(ids), "ids": ids, "remark": remark})
        for remark, ids in found.items()
    )


def panel_table(found: pd.DataFrame, language: Language, width: int) -> Table:
    """Overview of a panel as a rich table: one row for each target, the least on track first.

    Parameters
    ----------
    found : DataFrame
        Of :func:`forecast.panel.overview.overview`.
    language : Language
    width : int
        Characters a line of the terminal holds.
    """
    table = Table(
        box=SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False, caption=language.text("panel.caption")
    )
    table.caption_justify = "left"
    headers = [language.text(key) for key in _PANEL_COLUMNS]
    cells = [_panel_cells(row, language) for row in found.to_dict("records")]
    columns = list(zip(headers, *cells, strict=True))
    whole = [max(map(cell_len, column)) for column in columns]
    # Headers give way to names; a figure is never parted from its interval.
    roomy = width - sum(whole) - len(whole) + whole[1] >= min(_NAME, whole[1])
    for i, (header, *column) in enumerate(columns):
        fit = whole[i] if roomy else max(min(_HEADER, cell_len(header)), *map(cell_len, column))
        table.add_column(header, justify="left" if i < 2 else "right", overflow="fold",
            width=None if i == 1 else fit)  # fmt: skip
    for row in cells:
        table.add_row(*map(escape, row))
    return table


def _panel_cells(row: dict[Hashable, Any], language: Language) -> tuple[str, ...]:
    answered = row["not_assessed"] < row["areas"]
    span = language.span(f"{row['low']:.0f}", f"{row['high']:.0f}")
    return (
        str(row["id"]),
        str(row["indicator"]),
        f"{row['areas']}",
        language.percent(row["share_on_track"]) if answered else NONE,
        f"{row['expected']:.0f} ({span})" if answered else NONE,
        f"{row['not_assessed']}",
    )


def line_table(line: Line, catalogue: Catalogue, language: Language) -> Table:
    """Every figure of one target, under its finding.

    Parameters
    ----------
    line : Line
        Of a study.
    catalogue : Catalogue
        ``study.histories.catalogue``: the names of indicators and areas.
    language : Language
    """
    w = Wording(language, catalogue)
    table = Table(title=finding(line, w), title_justify="left", show_header=False)
    for term, cell in facts(line, w).items:
        table.add_row(escape(term), escape(cell.text))
    return table


def _cells(line: Line, w: Wording) -> tuple[str, ...]:
    a = line.assessment
    latest = NONE
    if a.history is not None:
        # A proxy's figure never stands under the target's own unit without saying so.
        told = w.of_history if line.item.by_proxy else w.bare
        value = class_of(a, a.history.last_value) or told(a.history, a.history.last_value)
        latest = w.language.text("fact.in_year", {"value": value, "year": a.history.last_year})
    label, target = w.label(line.item), line.item.target
    _, unit = w.language.plain_unit(w.unit(target.indicator, target.unit))
    label = w.language.text("console.with_unit", {"label": label, "unit": unit}) if unit else label
    if line.item.by_proxy:
        label = w.language.text("console.stand_in", {"label": label})
    return (
        line.item.id,
        label,
        latest,
        w.threshold(line.item.target, in_words=False),
        NONE if a.probability is None else w.language.probability(a.probability),
        w.rating(a),
        a.evidence.grade,
    )


def backtest_table(past: Backtest, language: Language) -> Table | str:
    """Back-test's scores as a rich table: the model beside the naive forecast and drift."""
    scores = past.scores() if past.cases else None
    # Forecasts whose scores no yearly change can scale do not count.
    if scores is None or not scores["n"].max():
        return language.text("backtest.none", {"series": len(past.histories)})
    counts = {"n": int(scores["n"].max()), "series": len(past.histories), "horizon": past.horizon}
    table = Table(title=language.text("backtest.title", counts), title_justify="left")
    table.add_column(language.text("backtest.forecast"))
    columns = [name for name in scores.columns if name != "n"]
    for name in columns:
        table.add_column(language.text(f"backtest.{name}"), justify="right")
    for who, row in scores.iterrows():
        figures = [language.number(float(row[name]), 2) for name in columns]
        table.add_row(language.text(f"backtest.{who}"), *figures)
    return table
