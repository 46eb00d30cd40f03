"""The items of a plan answered one by one: what is known of each, or what can be said without figures."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from forecast.assessment.areas import areas_of, assess_areas
from forecast.assessment.assess import assess
from forecast.assessment.assessment import Assessment, unanswerable
from forecast.assessment.base import Base
from forecast.assessment.evidence import Evidence, grade
from forecast.assessment.forecast import Forecast
from forecast.assessment.growth import Growth
from forecast.assessment.lending import lenders, lending_model, of_lenders
from forecast.assessment.named_parents import borrower, named_parents
from forecast.assessment.outside_view import REFERENCE_NOTES, with_reference
from forecast.assessment.reference import ReferenceClass
from forecast.assessment.reference_data import shipped_reference
from forecast.assessment.study import Line, Study
from forecast.assessment.unseen import from_change_of_parents, from_spread
from forecast.distribution.distribution import Rng
from forecast.errors import ForecastError, TargetError, must_be
from forecast.history.batch import name_of
from forecast.history.histories import Histories
from forecast.history.history import History
from forecast.language.message import Message
from forecast.language.note import Note
from forecast.models import DEFAULT
from forecast.models.base import Model
from forecast.target.plan import Item, Plan, question_of
from forecast.target.target import Target

# With so many other areas in the histories, they are the reference class, under this name.
MANY_AREAS, PANEL = 30, "other areas"


def assess_plan(
    plan: Plan,
    histories: Histories,
    *,
    as_of: int | None = None,
    model: Model | None = None,
    rng: Rng = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Study:
    """Assess every target of a plan.

    Parameters
    ----------
    plan : Plan
    histories : Histories
        Where their catalogue says what an area is part of, and that has figures, these lend to its
        answer (:class:`forecast.SmallArea`); ``histories.without_parents()`` turns it off.
    as_of : int, optional
        Later observations are not used. Default: the newest year observed in any history used, those of
        parents that lend among them.
    model : Model, optional
        Default: the library's default model, with what the parents lend.
    rng : None, int or numpy.random.Generator
        The root of all randomness.
    progress : callable, optional
        Called with (done, total) after each target.

    Returns
    -------
    Study
        With one assessment for each target: one that cannot be answered is a record, not a gap.

    Raises
    ------
    TargetError
        For a plan without any target.
    """
    must_be(Plan, plan, who="assess_plan: plan", instead="Read a file with read_plan(path).")
    must_be(
        Histories, histories, who="assess_plan: histories", instead="Read them with read_histories(path)."
    )
    if not len(plan):
        raise TargetError(Message("plan_without_target"))
    known_by = newest_year(plan, histories) if as_of is None else as_of
    lines = []
    for i, item in enumerate(plan, start=1):
        lines.append(Line(item, answered(item, histories, known_by, model, rng)))
        if progress:
            progress(i, len(plan))
    root = rng if isinstance(rng, int) else None
    return Study(plan, histories, known_by, tuple(lines), root, type(model or DEFAULT).__name__)


def newest_year(plan: Plan, histories: Histories) -> int | None:
    """Newest year observed in the histories that a plan is assessed on, those of lenders among them."""
    keys = {item.key for item in plan}
    if histories.catalogue.lends:
        keys |= {parent for item in plan for parent in item.parents}
    used = histories.among(keys)
    for item in plan:
        if item.target.kind.over_areas:
            with suppress(ForecastError):  # no area with figures: the target says so for itself
                used += areas_of(item.area, item.target.indicator, histories)
    for history in list(used):
        with suppress(ForecastError):  # areas in a circle: each target says so for itself
            used += lenders(history, histories, None)
    return max((history.last_year for history in used), default=None)


def answered(
    item: Item, histories: Histories, as_of: int | None, model: Model | None, rng: Rng
) -> Assessment:
    """Assessment of one item, or what can be said without its history; a fault in it is its failure."""
    try:
        return _answered(item, histories, as_of, model, rng)
    except Exception as fault:  # of whatever kind: it must not cost the other targets their answers
        return unanswerable(item.target, fault_sentence(item, fault))


def fault_sentence(item: Item, fault: Exception) -> str:
    """What is said of an item whose answer fell with an error nobody raised on purpose."""
    name = name_of(item.area, item.target.indicator)
    return Message("arithmetic_broke", name=name, kind=type(fault).__name__, fault=str(fault))


def _answered(
    item: Item, histories: Histories, as_of: int | None, model: Model | None, rng: Rng
) -> Assessment:
    if item.target.kind.over_areas:
        return _answered_together(item, histories, as_of, model, rng)
    target = question_of(item)
    if histories.catalogue.indicator(item.key[1]).decimals == 0:
        target = target.counted_in(0)
    try:
        named = named_parents(item, histories, as_of) if histories.catalogue.lends and model is None else ()
        if borrower(item) not in histories:
            if named and item.spread is not None:
                return from_spread(named, target, item.spread, as_of=as_of)
            if named and target.kind.level_free:
                return _from_change(item, target, named, (histories, as_of), rng)
            named = ()
        history = histories[item.key]
        chosen = model or lending_model(history, target, histories, as_of, named=named)
        base = _base(item, history, as_of)
        assessment = assess(history, target, model=chosen, base=base, as_of=as_of, rng=rng)
    except ForecastError as problem:
        return _without_history(item, histories, as_of, problem)
    known = assessment.history or history
    own = grade(known, target.year, as_of=as_of, proxy=item.by_proxy)
    graded = replace(assessment, evidence=Evidence((*own.charges, *of_lenders(assessment.fitted))))
    if item.proxy_for == "change" and item.target.value is not None:
        return _pace_only(graded)
    return with_reference(graded, _places(known, histories, as_of))


def _from_change(
    item: Item, target: Target, named: tuple[History, ...], known: tuple[Histories, int | None], rng: Rng
) -> Assessment:
    """Assessment from the change of parents; the nearest is shown as the series that it is."""
    histories, as_of = known
    asked = replace(target, indicator=named[0].indicator)
    answer = from_change_of_parents(named, asked, as_of=as_of, rng=rng)
    nearest = next(histories[key] for key in item.parents if key[0] == named[0].area)
    shown = nearest if as_of is None else nearest.until(as_of)
    return replace(answer, history=shown, target=replace(target, indicator=shown.indicator))


def _answered_together(
    item: Item, histories: Histories, as_of: int | None, model: Model | None, rng: Rng
) -> Assessment:
    """Assessment of an item that every area has to meet."""
    try:
        areas = areas_of(item.area, item.target.indicator, histories)
        parents = {area.area: lenders(area, histories, as_of) for area in areas}
        return assess_areas(areas, item.target, model=model, parents=parents, as_of=as_of, rng=rng)
    except ForecastError as problem:
        return unanswerable(item.target, problem)


def _places(history: History, histories: Histories, as_of: int | None) -> ReferenceClass | None:
    """Who to compare with, as known by *as_of*: the other areas where many, else a shipped class."""
    others = [h for h in histories.values() if h.indicator == history.indicator and h.area != history.area]
    if as_of is not None:
        others = [h.until(as_of) for h in others if h.first_year <= as_of]
    if len(others) >= MANY_AREAS:
        return ReferenceClass.from_panel(others, population=PANEL)
    return shipped_reference(history, histories.catalogue)


def _without_history(
    item: Item, histories: Histories, as_of: int | None, problem: ForecastError
) -> Assessment:
    """What can be said all the same: the growth required from a base that the plan itself gives.

    Where other places compare, also how often they managed it.
    """
    assessment = unanswerable(item.target, problem)
    base = _base_of_plan(item, as_of)
    if base is None or item.target.year <= base.year:
        return assessment
    try:
        own = History.of(
            item.target.indicator,
            [base.year],
            [base.value],
            unit=item.target.unit,
            area=item.area,
            bounds=histories.catalogue.indicator(item.target.indicator).bounds,
        )
        # Not the number of the target itself: that can be a change, a rate or a sum.
        goal = item.target.threshold(own)
    except ForecastError:
        return assessment
    if goal is None:
        return assessment
    required = Growth.over(base.value, goal, start=base.year, end=item.target.year).asked_by(item.target)
    assessment = replace(assessment, base=base, required=required)
    known = replace(assessment, history=own, evidence=grade(own, item.target.year))
    seen = with_reference(known, _places(own, histories, as_of))
    return assessment if seen.reference is None else seen


def _base(item: Item, history: History, as_of: int | None) -> Base | None:
    """Where progress is counted from: the plan's own base value, else the history's."""
    own = None if item.by_proxy else _base_of_plan(item, as_of)
    if own is not None or item.base_year is None or (as_of is not None and item.base_year > as_of):
        return own
    value = history.value_in(item.base_year)
    return None if value is None else Base(item.base_year, value)


def _base_of_plan(item: Item, as_of: int | None) -> Base | None:
    """Base that the plan states; one later than the question is not known yet."""
    if item.base_year is None or item.base_value is None or (as_of is not None and item.base_year > as_of):
        return None
    return Base(item.base_year, item.base_value)


def _pace_only(assessment: Assessment) -> Assessment:
    """Withhold what a proxy for the pace cannot say about a level."""
    name = assessment.target.indicator
    pace = assessment.forecast and Forecast(assessment.forecast.outlook, assessment.forecast.fitted)
    return replace(
        assessment,
        status="unanswered",
        required=None,
        forecast=pace,
        base=None,
        rules=(),
        reference=None,
        notes=(*(n for n in assessment.notes if n.key not in REFERENCE_NOTES), Note("proxy_shows_pace_only")),
        failure=Message("proxy_shows_pace", name=name),
    )
