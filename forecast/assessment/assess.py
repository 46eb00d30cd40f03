"""Everything that can be said about one target from one history."""

from __future__ import annotations

from dataclasses import replace
from zlib import crc32

import numpy as np

from forecast.assessment.assessment import Assessment
from forecast.assessment.base import Base, growth_seen, own_base
from forecast.assessment.evidence import Evidence, grade
from forecast.assessment.first_passage import by_year
from forecast.assessment.forecast import PROMISE, Forecast
from forecast.assessment.growth import required_growth
from forecast.assessment.lending import of_lenders
from forecast.assessment.outside_view import with_reference
from forecast.assessment.probability import chance_on, check_open, reachable_on, sample_paths
from forecast.assessment.reference_data import shipped_reference
from forecast.assessment.unit_checks import suspected_unit_mismatch, unit_checks
from forecast.distribution.distribution import Rng
from forecast.errors import ModelError, must_be
from forecast.history.entries import asked_year
from forecast.history.history import History
from forecast.language.message import Message
from forecast.models import DEFAULT
from forecast.models.base import Model
from forecast.models.ordinal import Ordinal
from forecast.rules import RuleInput, Verdict, applicable
from forecast.target.target import HOW_TO_ASK, Target


def assess(
    history: History,
    target: Target,
    *,
    model: Model | None = None,
    base: Base | None = None,
    as_of: int | None = None,
    rng: Rng = 0,
) -> Assessment:
    """Everything that can be said about *target* from *history*.

    Parameters
    ----------
    history : History
    target : Target
    model : Model, optional
        Default: the library's default model; for classes on a scale a chain over them.
    base : Base, optional
        Year and value that progress is counted from. Default: the base year that the target names
        itself, such as that of an average growth since 2020.
    as_of : int, optional
        Later observations are not used, and the age of the last one is counted from here.
    rng : None, int or numpy.random.Generator
        The root of all randomness. Each (area, indicator) has a stream of its own.

    Returns
    -------
    Assessment

    Raises
    ------
    TargetError
        If the target is not of this history (another indicator, another unit, out of bounds).
    HistoryError
        If nothing was observed by *as_of*.

    Examples
    --------
    >>> h = History.of("coverage", range(2016, 2024), [60, 62, 63, 66, 67, 70, 71, 74], unit="%")
    >>> a = assess(h, Target.at_least("coverage", 80, year=2027, unit="%"))
    >>> a.status, round(a.required.per_year, 2), a.evidence.grade
    ('open', 1.5, 'A')
    """
    must_be(History, history, who="assess: history", instead="Make one with History.of(...).")
    must_be(Target, target, who="assess: target", instead=HOW_TO_ASK)
    target.check(history)
    as_of = None if as_of is None else asked_year(f"{history.name}: as_of", as_of)
    known = history if as_of is None else history.until(as_of)
    base = base or own_base(known, target)
    start = Assessment(
        target=target,
        history=known,
        observed=growth_seen(known, target, base),
        base=base,
        rules=_rules(known, target, base),
        evidence=grade(known, target.year, as_of=as_of),
    )
    if target.year <= known.last_year:
        return _outcome(start, known)
    assessment = _outlook(start, known, model or _default(target), stream(rng, known))
    return with_reference(assessment, shipped_reference(known))


def stream(rng: Rng, history: History) -> np.random.Generator:
    """Random stream of one series: adding or leaving out another never moves it."""
    if isinstance(rng, np.random.Generator):
        return rng
    name = crc32(f"{history.area}/{history.indicator}".encode())
    return np.random.default_rng(None if rng is None else [rng, name])


def _rules(history: History, target: Target, base: Base | None) -> tuple[Verdict, ...]:
    """What official methods say; they have no word for two sides, nor for classes on a scale."""
    if target.direction == 0 or target.kind.classes:
        return ()
    question = RuleInput(
        history.years,
        history.values,
        target.direction,
        target=target.threshold(history),
        target_year=target.year,
        base_year=base.year if base else None,
        base=base.value if base else None,
        maintain=target.kind.keeps,
        limit=history.bounds[1],
        growth_rate=target.growth_rate,
    )
    return applicable(question)


def _outcome(start: Assessment, known: History) -> Assessment:
    met = start.target.met_in(known)
    if met is None:
        failure = Message("year_is_over", name=known.name, year=start.target.year)
        return replace(start, failure=failure)
    return replace(
        start, status="met" if met else "missed", notes=suspected_unit_mismatch(start.target, known)
    )


def _default(target: Target) -> Model:
    """Default model: a chain over its classes for a target on a scale."""
    return Ordinal(len(target.kind.classes)) if target.kind.classes else DEFAULT


def _outlook(start: Assessment, known: History, model: Model, rng: np.random.Generator) -> Assessment:
    target = start.target
    asks_growth = target.kind.required(known, target.year) is not None or target.threshold(known) is not None
    start = replace(start, required=required_growth(known, target) if asks_growth else None)
    try:
        fitted = model.fit(known)
        check_open(known, target)
        # The probability and what could be promised are read off the same paths.
        paths = sample_paths(fitted, target, rng)
        chance = chance_on(paths, fitted, target)
    except ModelError as problem:
        return replace(start, failure=problem.args[0])
    expected = Forecast(
        fitted.predict(target.year),
        fitted,
        chance,
        reachable_on(paths, fitted, target, PROMISE) if target.direction else None,
        by_year(fitted, target, rng=rng),
    )
    return replace(
        start,
        status="maintain" if target.met_now(known) else "open",
        forecast=expected,
        evidence=Evidence((*start.evidence.charges, *of_lenders(fitted))),
        notes=(*fitted.notes, *unit_checks(target, known)),
    )
