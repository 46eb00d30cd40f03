"""A plan assessed: every target with its answers, or with what stood in the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from forecast.assessment.assessment import (
    Assessment,
)
from forecast.assessment.base_rate import BaseRate, shipped_base_rate
from forecast.assessment.lent import lent_by
from forecast.assessment.progress import RATINGS
from forecast.assessment.together import CORRELATION, PlanOutlook, plan_outlook
from forecast.assessment.unseen import CHANGE_OF_PARENT, NO_OWN_FIGURE
from forecast.evaluation.scores import LEVEL
from forecast.history.histories import Histories
from forecast.language.html_table import table
from forecast.language.language import Language
from forecast.language.note import Note
from forecast.target.plan import Item, Plan

# What the evidence of an answer says that rests on parents more than on figures of its own.
LENT = ("mostly_lent", NO_OWN_FIGURE, CHANGE_OF_PARENT)
_YEARS = ("target_year", "base_year", "last_year", "year_reached")
_FIGURES = (
    "target", "base_value", "last_value", "completion", "schedule", "observed_per_year", "observed_compound",
    "required_per_year", "required_compound", "effort_ratio", "median", "low", "high", "probability",
    "reachable",
)  # fmt: skip


@dataclass(frozen=True)
class Failure:
    """A target without a probability, and why."""

    id: str
    indicator: str
    problem: str


@dataclass(frozen=True, eq=False)
class Line:
    """One item of the plan with its assessment."""

    item: Item
    assessment: Assessment

    @property
    def rests_on(self) -> str:
        """What the answer rests on: ``own`` figures, ``parents``, a ``stand_in``, or only other ``plans``."""
        if self.assessment.history is None:
            return "plans"
        if any(note.key in LENT for note in self.assessment.evidence.reasons):
            return "parents"
        return "stand_in" if self.item.by_proxy else "own"


@dataclass(frozen=True, eq=False)
class Study:
    """A plan assessed.

    Attributes
    ----------
    plan : Plan
    histories : Histories
        What it was assessed on, with the catalogue of names.
    as_of : int or None
    lines : tuple of Line
        One for each item of the plan, in its order.
    rng : int or None
        The root of the randomness, so that the study can be repeated.
    model : str
        What the model is called that gave the probabilities; empty where it is not known.
    """

    plan: Plan
    histories: Histories
    as_of: int | None
    lines: tuple[Line, ...]
    rng: int | None = 0
    model: str = ""

    @property
    def models(self) -> tuple[str, ...]:
        """Models that gave the answers: the study's own, and the one for areas that others lend to."""
        lent = any(lent_by(a) is not None for a in self.assessments)
        return (*([self.model] if self.model else []), *(["SmallArea"] if lent else []))

    def __repr__(self) -> str:
        """Title of the plan, and how many targets have which rating."""
        counts = Counter(a.rating for a in self.assessments)
        rated = ", ".join(f"{counts[r]} {r}" for r in RATINGS if counts[r])
        title = f"{self.plan.title('en')!r}, " if self.plan.title("en") else ""
        models = " and ".join(self.models)
        return f"<Study {title}as of {self.as_of}: {len(self.lines)} targets ({rated}); model {models}>"

    def _repr_html_(self) -> str:
        """One row for each target, for a notebook."""
        words, rows = Language("en"), []
        for line in self.lines:
            a = line.assessment
            chance = "" if a.probability is None else words.probability(a.probability)
            rating = f"{words.text(f'symbol.{a.rating}')} {words.text(f'rating.{a.rating}')}"
            rows.append([line.item.id, line.item.label("en"), chance, rating, a.evidence.grade])
        return table(self.plan.title("en"), ["", "target", "probability", "rating", "evidence"], rows)

    @property
    def assessments(self) -> tuple[Assessment, ...]:
        """Assessments in the plan's order."""
        return tuple(line.assessment for line in self.lines)

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Targets without a probability, and why; also those that could not be read."""
        answered = tuple(
            Failure(line.item.id, line.item.target.indicator, line.assessment.failure)
            for line in self.lines
            if line.assessment.failure is not None
        )
        unread = (Failure(u.id, u.indicator, " ".join(u.problems)) for u in self.plan.unread)
        return (*answered, *unread)

    @property
    def base_rate(self) -> BaseRate:
        """The share of their targets that plans now over met: of plans, not of any one target here."""
        return shipped_base_rate(self.plan.area, self.histories.catalogue)

    def together(self, *, correlation: float = CORRELATION) -> PlanOutlook:
        """How many of the assessed targets will be met, and whether all binding ones will.

        Parameters
        ----------
        correlation : float
            Of the targets, from 0 (independent) to 1 (one draw decides all). Default: as measured.

        Raises
        ------
        TargetError
            If no target has a probability, or the correlation lies outside 0 to 1.
        """
        return plan_outlook(((line.item, line.assessment) for line in self.lines), correlation=correlation)

    def summary(self) -> pd.DataFrame:
        """Number of targets by rating (rows) and nature (columns)."""
        known = ("binding", "anticipatory")
        # A nature that a plan has a word of its own for is none of the two.
        natures = [line.item.nature if line.item.nature in known else "unstated" for line in self.lines]
        counts = pd.crosstab(
            pd.Categorical([line.assessment.rating for line in self.lines], categories=RATINGS),
            pd.Categorical(natures, categories=(*known, "unstated")),
            dropna=False,
        )
        counts.index.name, counts.columns.name = "rating", "nature"
        return counts

    def to_frame(self) -> pd.DataFrame:
        """One row for each target, with every figure of its assessment.

        Probabilities, completion, schedule and compound rates are proportions; values are in the
        indicator's unit. Of a target that could not be read, only its id and indicator, and the problem.
        """
        rows = [record(line) for line in self.lines]
        for each in self.plan.unread:
            said = {"rating": "not_assessed", "problem": " ".join(each.problems)}
            rows.append({"id": each.id, "indicator": each.indicator, **said})
        frame = pd.DataFrame(rows)
        # One type a column, whatever happens to be missing from it.
        return frame.astype(dict.fromkeys(_YEARS, "Int64") | dict.fromkeys(_FIGURES, "float64"))


def text_of(notes: Iterable[Note]) -> str | None:
    """Notes as one cell of a table, in no language but their keys; None where there are none."""
    return "; ".join(str(note) for note in notes) or None


def record(line: Line) -> dict[str, object]:
    """Figures of one line, by the columns of :meth:`Study.to_frame`."""
    item, a = line.item, line.assessment
    known = a.history
    low, high = (
        a.outlook.interval(LEVEL) if a.outlook is not None and a.probability is not None else (None, None)
    )
    return {
        "id": item.id,
        "group": item.group,
        "area": item.area,
        "indicator": item.target.indicator,
        "unit": item.target.unit,
        "nature": item.nature,
        "kind": item.target.kind.name,
        "target": item.target.value,
        "target_year": item.target.year,
        "judged_on_area": known.area if known else None,
        "judged_on_indicator": known.indicator if known else None,
        "proxy_for": item.proxy_for if item.by_proxy else None,
        "base_year": a.base.year if a.base else None,
        "base_value": a.base.value if a.base else None,
        "last_year": known.last_year if known else None,
        "last_value": known.last_value if known else None,
        "completion": a.completion,
        "schedule": a.schedule,
        "observed_per_year": a.observed.per_year if a.observed else None,
        "observed_compound": a.observed.compound if a.observed else None,
        "required_per_year": a.required.per_year if a.required else None,
        "required_compound": a.required.compound if a.required else None,
        "effort_ratio": a.effort_ratio,
        "median": a.outlook.median() if low is not None and a.outlook else None,
        "low": low,
        "high": high,
        "probability": a.probability,
        "likelihood": a.likelihood.key if a.likelihood else None,
        "rating": a.rating,
        "reachable": a.reachable,
        "year_reached": a.year_reached,
        "evidence": a.evidence.grade,
        "status": a.status,
        "notes": text_of(a.notes),
        "problem": a.failure,
    }
