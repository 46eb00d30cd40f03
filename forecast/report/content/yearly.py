"""The outlook of every year up to the target's, in figures: what the charts draw."""

from __future__ import annotations

import numpy as np

from forecast.assessment.assessment import OUTCOMES
from forecast.assessment.study import Line
from forecast.evaluation.scores import LEVEL
from forecast.report.content.blocks import Row, Table
from forecast.report.content.wording import Wording, anchor, number_cell, year_cell

KEYS = ("year", "median", "low", "high", "target")


def yearly_table(line: Line, w: Wording) -> Table | None:
    """Return median and interval of each year to come, and the target in its own.

    None where there is no forecast of values: without a probability, or of classes.
    """
    a = line.assessment
    if a.history is None or a.fitted is None or a.probability is None or a.status in OUTCOMES:
        return None
    if a.target.kind.classes:
        return None
    factor, unit = w.measure(a.history)
    goal, rows = a.target.threshold(a.history), []
    tails = np.array([0.5, (1 - LEVEL) / 2, (1 + LEVEL) / 2])
    for year in range(a.history.last_year + 1, a.target.year + 1):
        outlook = a.fitted.predict(year)
        told = (w.estimate(a, float(x)) for x in outlook.quantile(tails))
        asked = goal is not None and (a.target.kind.every_year or year == a.target.year)
        aim = number_cell(w.language, goal * factor if asked and goal is not None else None)
        rows.append(Row((year_cell(year), *told, aim)))
    say = w.language.text
    caption = say("yearly.caption_in", {"unit": unit}) if unit else say("yearly.caption")
    heads = tuple(say(f"yearly.{key}") for key in KEYS)
    return Table(anchor("yearly", line), caption, KEYS, heads, tuple(rows), folded=True)
