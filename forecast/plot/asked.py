"""How a chart says what a target asks, and what was found."""

from __future__ import annotations

import numpy as np

from forecast.assessment import Assessment
from forecast.kinds.base import Limits
from forecast.kinds.course import Course
from forecast.plot.lettering import Lettering
from forecast.plot.values import Values


def limits_shown(assessment: Assessment) -> Limits | None:
    """Return the values that meet the target, if the history shown is one of levels that can meet it."""
    known = assessment.history
    if known is None or (assessment.status == "unanswered" and assessment.fitted is not None):
        return None
    before = known.until(assessment.target.year - 1) if known.first_year < assessment.target.year else known
    return assessment.target.limits(before)


def asked(assessment: Assessment, letters: Lettering, values: Values) -> str:
    """Return what the target asks for, such as "at least 80"."""
    language, target = letters.language, assessment.target
    limits = limits_shown(assessment)
    if isinstance(target.kind, Course) and limits is not None:
        edge = limits.lower if target.direction > 0 else limits.upper
        return language.text(
            "plot.above" if target.direction > 0 else "plot.below", {"x": values.exact(edge)}
        )
    if limits is None:
        if target.value is not None and assessment.fitted is not None:
            return f"{language.number(target.value)} {target.unit}".strip()
        named = f"plot.{target.kind.name}"
        return language.text(named if language.knows(named) else "plot.otherwise")
    if np.isposinf(limits.upper):
        return language.text("plot.at_least", {"x": values.exact(_edge(assessment, limits.lower))})
    if np.isneginf(limits.lower):
        return language.text("plot.at_most", {"x": values.exact(_edge(assessment, limits.upper))})
    ends = {"low": values.exact(limits.lower), "high": values.exact(limits.upper)}
    return language.text("plot.between", ends)


def side(assessment: Assessment, letters: Lettering, written: str) -> str:
    """Return a written value as "at least" or "at most", in the target's direction."""
    named = "plot.at_least" if assessment.target.direction > 0 else "plot.at_most"
    return letters.language.text(named, {"x": written})


def _edge(assessment: Assessment, limit: float) -> float:
    """Return the value the plan prints; a limit may lie half a published digit beside it."""
    goal = None if assessment.history is None else assessment.target.goal(assessment.history)
    return limit if goal is None else goal


def finding(assessment: Assessment, letters: Lettering) -> str:
    """Return the answer in one line: probability and word, or outcome, with the grade of its evidence."""
    language = letters.language
    year, grade = assessment.target.year, assessment.evidence.grade
    if assessment.status in ("met", "missed"):
        return language.text(f"plot.outcome_{assessment.status}", {"year": year})
    if assessment.probability is None or assessment.likelihood is None:
        paced = assessment.fitted is not None
        return language.text("plot.pace_only" if paced else "plot.no_probability")
    answer = language.text(
        "plot.setback_line" if assessment.status == "maintain" else "plot.probability_line",
        {"p": assessment.probability, "word": assessment.likelihood.word(language.code)},
    )
    word = language.text(f"grade.{grade}")
    return (
        answer + language.text("plot.join") + language.text("plot.evidence", {"grade": grade, "word": word})
    )
