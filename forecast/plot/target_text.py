"""How a chart says what a target asks, and what was found."""

from __future__ import annotations

from forecast.assessment.assessment import OUTCOMES, Assessment
from forecast.assessment.lent import lent_by
from forecast.assessment.unseen import is_unseen, unseen_key
from forecast.history.history import History
from forecast.history.units import same_unit
from forecast.plot.axis_values import Values
from forecast.plot.text import Lettering
from forecast.target.describe import described
from forecast.target.limits import Limits
from forecast.target.ordinal import class_key


def limits_of_its_year(assessment: Assessment) -> Limits | None:
    """Which values in the target year meet the target, or None where the way there matters too."""
    known, target = assessment.history, assessment.target
    if known is None or _shows_pace_only(assessment) or target.kind.over_areas:
        return None
    return target.limits(_before(known, target.year))


def limits_shown(assessment: Assessment) -> dict[int, Limits]:
    """Which values are asked for, by year: what can be drawn beside the history."""
    known, target = assessment.history, assessment.target
    if known is None or _shows_pace_only(assessment):
        return {}
    return target.kind.limits_by_year(_before(known, target.year), target.year)


def classes(assessment: Assessment) -> tuple[str, ...]:
    """Classes whose positions the history holds, best first; none for an indicator of amounts."""
    return assessment.target.kind.classes


def task(assessment: Assessment, letters: Lettering, unit: str) -> str:
    """Line that says what the target asks, as the report says it."""
    target, known = assessment.target, assessment.history
    own = known is None or not target.unit or same_unit(target.unit) == same_unit(known.unit)
    what = described(letters.language, target, unit if own else target.unit)
    return letters.language.text("plot.asked", {"year": target.year, "what": what})


def asked(assessment: Assessment, letters: Lettering, values: Values, limits: Limits) -> str:
    """What is asked for beside the axis of values, such as "at least 80"."""
    text, kind, direction = letters.language.text, assessment.target.kind, assessment.target.direction
    if kind.classes:
        return described(letters.language, assessment.target, "", in_words=False)
    if direction == 0:
        ends = {"low": values.exact(limits.lower), "high": values.exact(limits.upper)}
        return text("plot.between", ends)
    edge = limits.lower if direction > 0 else limits.upper
    if kind.is_strict:
        return text("plot.above" if direction > 0 else "plot.below", {"x": values.exact(edge)})
    level = kind.level
    # The value the plan prints: a limit may lie half a published digit beside it.
    return side(assessment, letters, values.exact(edge if level is None else level.value))


def side(assessment: Assessment, letters: Lettering, written: str) -> str:
    """Written value as "at least" or "at most", in the target's direction."""
    if classes(assessment):
        return letters.language.text(f"goal_short.{class_key(written)}", {"class": written})
    named = "plot.at_least" if assessment.target.direction > 0 else "plot.at_most"
    return letters.language.text(named, {"x": written})


def lender_line(assessment: Assessment, letters: Lettering) -> str:
    """Who lent what to the answer, or what it rests on without a figure of its own; empty for own figures."""
    known, lender = assessment.history, lent_by(assessment)
    if known is not None and is_unseen(assessment):
        return letters.language.text(f"line.{unseen_key(assessment)}", {"source": known.area or known.name})
    return "" if lender is None else letters.language.text("note.lent_by", lender.values)


def whose_figures(assessment: Assessment, letters: Lettering, name: str | None) -> str:
    """Whose figures are shown that are not the target's own, parent or proxy; empty without *name*."""
    key = "plot.point_parent" if is_unseen(assessment) else "plot.point_stand_in"
    return letters.language.text(key, {"name": name}) if name else ""


def _shows_pace_only(assessment: Assessment) -> bool:
    return assessment.status == "unanswered" and assessment.fitted is not None


def _before(known: History, year: int) -> History:
    """History as it stood before the target year: an outcome was asked for before it came."""
    return known.until(year - 1) if known.first_year < year else known


def answer_line(assessment: Assessment, letters: Lettering) -> str:
    """Answer in one line: probability and word, or outcome, with the grade of its evidence."""
    language = letters.language
    year, grade = assessment.target.year, assessment.evidence.grade
    if assessment.status in OUTCOMES:
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
