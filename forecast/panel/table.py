"""The answers as a table, with the columns of a study."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.assessment.batch import FIGURES, WORDS, YEARS, Answers
from forecast.history.batch import SeriesBatch
from forecast.language.message import told
from forecast.panel.matching import Matching

# The columns of ``Study.to_frame``.
COLUMNS = (
    "id", "group", "area", "indicator", "unit", "nature", "kind", "target", "target_year", "judged_on_area",
    "judged_on_indicator", "proxy_for", "base_year", "base_value", "last_year", "last_value", "completion",
    "schedule", "observed_per_year", "observed_compound", "required_per_year", "required_compound",
    "effort_ratio", "median", "low", "high", "probability", "likelihood", "rating", "reachable",
    "year_reached", "evidence", "status", "notes", "problem",
)  # fmt: skip


def table_of_answers(asked: Matching, packed: SeriesBatch, found: Answers, lang: str = "en") -> pd.DataFrame:
    """One row for each question; series of no indicator come last, with an empty id; problems in *lang*."""
    columns = {**_asked_columns(asked, packed, found), **found.figures}
    for name, codes in found.words.items():
        columns[name] = np.array([*WORDS[name], None], dtype=object)[codes]
    for name, texts in (("notes", found.notes), ("problem", found.problems)):
        column = np.full(len(asked.item), None, dtype=object)
        column[list(texts)] = [str(told(text, lang)) for text in texts.values()]
        columns[name] = column
    table = typed(pd.DataFrame({name: columns[name] for name in COLUMNS}))
    nameless = [s for s in packed.problems if not packed.indicator[s]]
    if not nameless:
        return table
    said = [str(told(packed.problems[s], lang)) for s in nameless]
    rest = {"id": "", "area": packed.area[nameless], "rating": "not_assessed", "evidence": "D",
            "status": "unanswered", "problem": said}  # fmt: skip
    return pd.concat([table, typed(pd.DataFrame(rest).reindex(columns=COLUMNS))], ignore_index=True)


def typed(table: pd.DataFrame) -> pd.DataFrame:
    """Table with one type a column, whatever happens to be missing from it."""
    texts = dict.fromkeys((c for c in COLUMNS if c not in (*_WHOLE, *_NUMBERS)), "object")
    return table.astype(texts | dict.fromkeys(_WHOLE, "Int64") | dict.fromkeys(_NUMBERS, "float64"))


_WHOLE = ("target_year", *YEARS)
_NUMBERS = ("target", *FIGURES)


def _asked_columns(asked: Matching, packed: SeriesBatch, found: Answers) -> dict[str, npt.NDArray[Any]]:
    """What was asked of whom."""
    items, item = asked.items, asked.item

    def each(values: list[Any]) -> npt.NDArray[Any]:
        return np.array([*values, None], dtype=object)[:-1][item]

    judged = np.isfinite(found.figures["last_value"])
    series = np.where(judged, asked.series, -1)
    area, indicator = (
        np.array([*names, None], dtype=object)[series] for names in (packed.area, packed.indicator)
    )
    # Judged on no series of the panel: on a ratio of two, or on the plan's own base.
    made = judged & (asked.series < 0)
    area, indicator = (
        np.where(made, asked.area, area),
        np.where(made, each([i.key[1] for i in items]), indicator),
    )
    return {
        "id": each([i.id for i in items]),
        "group": each([i.group for i in items]),
        "area": asked.area,
        "indicator": each([i.target.indicator for i in items]),
        "unit": each([i.target.unit for i in items]),
        "nature": each([i.nature for i in items]),
        "kind": each([i.target.kind.name for i in items]),
        "target": np.array([np.nan if i.target.value is None else i.target.value for i in items])[item],
        "target_year": np.array([i.target.year for i in items])[item],
        "judged_on_area": area,
        "judged_on_indicator": indicator,
        "proxy_for": each([i.proxy_for if i.by_proxy else None for i in items]),
    }
