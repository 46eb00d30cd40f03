"""One target asked of many areas at once: all of them, or at least so many, are to meet it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from forecast.assessment.assess import assess
from forecast.assessment.assessment import Assessment
from forecast.assessment.evidence import Evidence
from forecast.assessment.joint import joint_probability
from forecast.assessment.lending import of_lenders
from forecast.distribution.distribution import Rng
from forecast.errors import ForecastError, TargetError
from forecast.history.histories import Histories
from forecast.history.history import History
from forecast.language.message import Message
from forecast.language.note import Note
from forecast.models import DEFAULT
from forecast.models.base import Fitted, Model, OneByOne
from forecast.models.small_area.small_area import SmallArea, fit_small_areas
from forecast.target.target import Target


def assess_areas(
    histories: Sequence[History],
    target: Target,
    *,
    model: Model | None = None,
    parents: Mapping[str, Sequence[History]] | None = None,
    as_of: int | None = None,
    rng: Rng = 0,
) -> Assessment:
    """Assessment of a target over many areas.

    Its probability is that of all areas (or of at least k) together, under a common yearly shock
    estimated from them; everything else in it speaks of the area least likely to meet the target,
    and a note names it.

    Parameters
    ----------
    histories : sequence of History
        One for each area, all of the target's indicator.
    target : Target
        ``all_areas`` or ``at_least_k_areas``.
    model : Model, optional
        Default: the library's default model, with what the parents lend.
    parents : mapping of str to sequence of History, optional
        By area, what it is part of, the nearest first: their figures lend to its answer
        (:class:`forecast.SmallArea`). Not used with another model.
    as_of : int, optional
        Later observations are not used, of the areas and of their parents.
    rng : None, int or numpy.random.Generator

    Raises
    ------
    TargetError
        Without any area, or for another kind of target.
    ModelError
        If an area's history is too short for the model: all areas have to be answered for.

    Examples
    --------
    >>> villages = {"A": [8.0, 8.6, 9.1, 9.9, 10.3], "B": [9.1, 9.4, 10.2, 10.4, 11.0]}
    >>> given = [History.of("income", range(2019, 2024), v, area=a) for a, v in villages.items()]
    >>> assessment = assess_areas(given, Target.all_areas("income", 10, year=2025))
    >>> assessment.history.area, assessment.notes[-1].key
    ('A', 'areas_together')
    """
    if not histories:
        raise TargetError(Message("no_area_at_all", indicator=target.indicator))
    known = [history if as_of is None else history.until(as_of) for history in histories]
    fits = _fits(known, parents or {}, as_of) if model is None else model.fit_all(known)
    together = joint_probability(fits, target)
    at = int(together.each.argmin())
    weakest = known[at]
    assessment = assess(weakest, target.for_one_area(), model=PrefittedModel(fits[at]), as_of=as_of, rng=rng)
    note = Note(
        "areas_together",
        {
            "areas": len(known),
            "needed": together.needed,
            "expected": round(together.expected, 1),
            "correlation": round(together.correlation, 2),
            "area": weakest.area,
        },
    )
    notes = (*assessment.notes, note)
    assert assessment.forecast is not None, "its fit answered for it together with the others"
    forecast = replace(assessment.forecast, probability=together.probability)
    evidence = Evidence((*assessment.evidence.charges, *of_lenders(fits[at])))
    whole = replace(assessment, status="open", forecast=forecast, together=together, notes=notes)
    return replace(whole, evidence=evidence)


def _fits(
    histories: Sequence[History], parents: Mapping[str, Sequence[History]], as_of: int | None
) -> list[Fitted]:
    """Fit of each area, those that are part of others with what these lend; each parent is fitted once."""
    models: dict[tuple[str, ...], SmallArea] = {}
    borrowing: dict[int, SmallArea] = {}
    for i, history in enumerate(histories):
        given = parents.get(history.area, ())
        if as_of is not None:
            given = [each.until(as_of) for each in given if each.first_year <= as_of]
        if given:
            key = tuple(each.name for each in given)
            borrowing[i] = models.setdefault(key, SmallArea(given))
    alone = [i for i in range(len(histories)) if i not in borrowing]
    fits: dict[int, Fitted] = dict(zip(alone, DEFAULT.fit_all([histories[i] for i in alone]), strict=True))
    lent = fit_small_areas([(histories[i], model) for i, model in borrowing.items()])
    fits.update(zip(borrowing, lent, strict=True))
    return [fits[i] for i in range(len(histories))]


@dataclass(frozen=True, eq=False)
class PrefittedModel(OneByOne):
    """A model whose fit has been made already: it gives that one."""

    fitted: Fitted
    minimum: int = 1

    def fit(self, history: History) -> Fitted:  # noqa: ARG002
        """Fit."""
        return self.fitted


def areas_of(place: str, indicator: str, histories: Histories) -> list[History]:
    """Histories of the areas that make up a place.

    Where the catalogue says what the place is made of, those; else every other area with a history.

    Raises
    ------
    ForecastError
        If there is none.
    """
    others = [h for h in histories.values() if h.indicator == indicator and h.area != place]
    parts = [h for h in others if histories.catalogue.area(h.area).part_of == place]
    named = any(area.part_of == place for area in histories.catalogue.areas.values())
    chosen = parts if named else others
    if not chosen:
        raise ForecastError(Message("no_area_of", indicator=indicator, place=place))
    return chosen
