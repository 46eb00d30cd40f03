"""One target asked of one history: everything this library can say about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np

from forecast.assessment.base import Base, growth_seen, own_base
from forecast.assessment.evidence import NO_EVIDENCE, Evidence, grade, of_outside_view
from forecast.assessment.first_passage import EVEN, FirstPassage, by_year
from forecast.assessment.growth import Growth, required_growth
from forecast.assessment.joint import AreasOutlook
from forecast.assessment.lending import borrowed_share, of_lenders
from forecast.assessment.model_spread import Disagreement
from forecast.assessment.probability import chance_on, check_open, reachable_on, sample_paths
from forecast.assessment.progress import (
    RATINGS,
    completion,
    effort,
    figure_of,
    rating_of,
    rows_of_one,
    schedule,
)
from forecast.assessment.reference import Reference, ReferenceClass, reference_note
from forecast.assessment.reference_data import shipped_reference
from forecast.assessment.unit_checks import suspected_unit_mismatch, unit_checks
from forecast.distribution.distribution import Distribution, Rng
from forecast.distribution.likelihood_scale import Likelihood, likelihood
from forecast.errors import ForecastError, ModelError, TargetError, must_be
from forecast.history.history import History
from forecast.language.html_table import table
from forecast.language.language import Language
from forecast.language.note import Note
from forecast.models import DEFAULT
from forecast.models.base import Fitted, Model
from forecast.models.ordinal import Ordinal
from forecast.rules import Agreement, RuleInput, Verdict, agreement, applicable
from forecast.target.target import HOW_TO_ASK, Target

# The probability with which "what could be promised" is promised.
PROMISE = 0.8
# With so few observations of its own, the probability is that of the outside view.
FEW_OF_ITS_OWN = 3
# Statuses of targets whose year is observed, with 1 for met.
OUTCOMES = {"met": 1, "missed": 0}
REFERENCE_NOTES = (
    *("from_reference", "reference_overlaps", "reference_horizon"),
    *("outside_view_higher", "outside_view_lower"),
)


@dataclass(frozen=True, eq=False)
class Assessment:
    """The answers about one target.

    What could not be answered is None, and a note or the failure says why.

    Attributes
    ----------
    target : Target
    history : History or None
        What was known; None where there is no history at all.
    status : str
        ``open``: not met yet. ``maintain``: met by the last value, and to be kept. ``met``,
        ``missed``: the target year is observed. ``unanswered``: no probability could be given.
    probability : float or None
        Of meeting the target; for ``maintain``, of still meeting it in its year.
    likelihood : Likelihood or None
        The word for the probability.
    required, observed : Growth or None
        Needed from the last value on; and seen, since the base year where it was observed.
    effort_ratio : float or None
        Required over observed yearly growth.
    completion : float or None
        Share of the way from base to target that was covered, see ``progress.completion``.
    schedule : float or None
        Share of the time from base to target year that has passed.
    outlook, fitted : Distribution, Fitted, or None
        For the target year; and the model behind it.
    reachable : float or None
        The value met with probability 0.8, in the target's direction.
    year_reached : int or None
        The first year by which the target has been met with probability 0.5, see :func:`year_reached`.
    by_year : FirstPassage or None
        Its chances as the years go by.
    base : Base or None
    rules : tuple of Verdict
        What official methods say of the same figures.
    reference : Reference or None
        The outside view: how often others managed the required pace.
    disagreement : Disagreement or None
        What other models say, once :func:`forecast.cross_check` has asked them.
    together : AreasOutlook or None
        For a target over many areas: each area's probability, and how many will meet it.
    evidence : Evidence
    notes : tuple of Note
    failure : str or None
        Why there is no probability.
    """

    target: Target
    history: History | None = None
    status: str = "unanswered"
    probability: float | None = None
    required: Growth | None = None
    observed: Growth | None = None
    outlook: Distribution | None = None
    fitted: Fitted | None = None
    reachable: float | None = None
    year_reached: int | None = None
    by_year: FirstPassage | None = None
    base: Base | None = None
    rules: tuple[Verdict, ...] = ()
    reference: Reference | None = None
    disagreement: Disagreement | None = None
    together: AreasOutlook | None = None
    evidence: Evidence = NO_EVIDENCE
    notes: tuple[Note, ...] = ()
    failure: str | None = None

    def __repr__(self) -> str:
        """Main answers in a few lines."""
        words, target = Language("en"), self.target
        answer = self.failure or "no probability"
        if self.probability is not None and self.likelihood is not None:
            answer = f"{words.probability(self.probability)}, {self.likelihood.en}"
        rated = f"{words.text(f'rating.{self.rating}')}, evidence {self.evidence.grade}"
        lines = [f"<Assessment {target!r}", f" {answer}; {rated}"]
        if self.outlook is not None:
            low, high = self.outlook.interval(0.8)
            lines.append(f" outlook, 80 %: {words.number(low)} to {words.number(high)}")
        if self.history is not None:
            lines.append(f" {self.history!r}")
        return "\n".join(lines) + ">"

    def _repr_html_(self) -> str:
        """Main answers for a notebook."""
        words, target = Language("en"), self.target
        value = "" if target.value is None else f" {target.value:g}"
        rows = [["rating", words.text(f"rating.{self.rating}")], ["evidence", self.evidence.grade]]
        if self.probability is not None and self.likelihood is not None:
            rows.insert(0, ["probability", f"{words.probability(self.probability)}, {self.likelihood.en}"])
        for said, growth in (("growth seen", self.observed), ("growth required", self.required)):
            if growth is not None:
                rate = "" if growth.compound is None else f" ({words.percent(growth.compound, 1)})"
                rows.append([said, f"{words.number(growth.per_year)} a year{rate}"])
        if self.failure is not None:
            rows.append(["problem", self.failure])
        return table(f"{target.indicator}: {target.kind.name}{value} {target.unit} ({target.year})", [], rows)

    @property
    def likelihood(self) -> Likelihood | None:
        """Word for the probability."""
        return None if self.probability is None else likelihood(self.probability)

    @property
    def setback(self) -> float | None:
        """Probability of losing a target that is met now; None where it is not."""
        return 1 - self.probability if self.status == "maintain" and self.probability is not None else None

    @property
    def effort_ratio(self) -> float | None:
        """Required over observed growth: compound where both are, unless the indicator is a share."""
        if self.required is None or self.observed is None or self.history is None:
            return None
        bounds = np.array([self.history.bounds], dtype=float)
        way = np.array([self.target.direction])
        return figure_of(effort(self.required.as_arrays(), self.observed.as_arrays(), bounds, way))

    @property
    def completion(self) -> float | None:
        """(latest - base) / (target - base); None where that share has no meaning."""
        if self.base is None or self.history is None:
            return None
        base_year, base, year, value, threshold = rows_of_one(
            self.base.year,
            self.base.value,
            self.history.last_year,
            self.history.last_value,
            self.target.threshold(self.history),
        )
        way = np.array([self.target.direction])
        return figure_of(completion((base_year, base), (year, value), threshold, way))

    @property
    def schedule(self) -> float | None:
        """Share of the time from base to target year that had passed by the last value."""
        if self.base is None or self.history is None:
            return None
        years = self.history.last_year, self.base.year, self.target.year
        return figure_of(schedule(*rows_of_one(*years)))

    @property
    def agreement(self) -> Agreement:
        """Which official methods expect the target to be met and which do not."""
        return agreement(self.rules)

    @property
    def rating(self) -> str:
        """Class by probability (``on_track`` down to ``moving_away``), or the outcome."""
        met = np.array([OUTCOMES.get(self.status, -1)])
        seen = None if self.observed is None else self.observed.per_year
        chance, pace = rows_of_one(self.probability, seen)
        way, held = np.array([self.target.direction]), np.array([self.status == "maintain"])
        return RATINGS[int(rating_of(chance, met, pace, way, held)[0])]


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
    found = _outlook(start, known, model or _default(target), stream(rng, known))
    return with_reference(found, shipped_reference(known))


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
        return replace(
            start, failure=f"{known.name}: {start.target.year} lies in the past and was not observed."
        )
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
        ways = sample_paths(fitted, target, rng)
        chance = chance_on(ways, fitted, target)
    except ModelError as problem:
        return replace(start, failure=problem.args[0])
    course = by_year(fitted, target, rng=rng)
    return replace(
        start,
        status="maintain" if target.met_now(known) else "open",
        probability=chance,
        outlook=fitted.predict(target.year),
        fitted=fitted,
        reachable=reachable_on(ways, fitted, target, PROMISE) if target.direction else None,
        year_reached=None if course is None else course.reached(EVEN),
        by_year=course,
        evidence=Evidence((*start.evidence.charges, *of_lenders(fitted))),
        notes=(*fitted.notes, *unit_checks(target, known)),
    )


def with_reference(found: Assessment, places: ReferenceClass | None) -> Assessment:
    """Assessment with the outside view of *places*, in place of any it had.

    With up to three observations of its own, and no parent that lends, the probability is that of the
    outside view, and a note says so. Else it stands beside the model's, and a note says where the two
    are far apart.

    Parameters
    ----------
    found : Assessment
        Of a target still ahead; any other is returned as it is.
    places : ReferenceClass or None
        None, or too few comparable places, leaves the assessment as it is.
    """
    known, target = found.history, found.target
    if places is None or known is None or target.year <= known.last_year:
        return found
    try:
        reference = places.compare(known, target)
    except TargetError:
        return found
    notes = [note for note in found.notes if note.key not in REFERENCE_NOTES]
    if reference.overlaps:
        notes.append(Note("reference_overlaps", {"until": reference.last_year, "last": known.last_year}))
    if max(reference.horizons) < reference.years:
        notes.append(Note("reference_horizon", {"years": reference.years, "used": max(reference.horizons)}))
    if len(known) <= FEW_OF_ITS_OWN and not borrowed_share(found.fitted):
        notes.append(Note("from_reference", {"population": reference.population, "n": len(known)}))
        found = _from_reference(found, known, places, reference)
    elif found.probability is not None and (key := reference_note(reference, found.probability)):
        notes.append(Note(key, {"share": reference.share, "population": reference.population}))
    return replace(found, reference=reference, notes=tuple(notes))


def _from_reference(
    found: Assessment, known: History, places: ReferenceClass, reference: Reference
) -> Assessment:
    """Assessment with the outside view's answers in place of a model's."""
    target, outlook = found.target, places.outlook(known, found.target.year)
    promised = 1 - PROMISE if target.direction > 0 else PROMISE
    charges = [charge for charge in found.evidence.charges if charge.note.key != "outside_view"]
    return replace(
        found,
        evidence=Evidence((*charges, of_outside_view(reference.population))),
        status="maintain" if target.met_now(known) else "open",
        probability=reference.probability,
        outlook=outlook,
        fitted=None,
        reachable=outlook.quantile(promised) if target.direction else None,
        year_reached=None,
        by_year=None,
        failure=None,
    )


def unanswerable(target: Target, problem: ForecastError | str) -> Assessment:
    """Assessment of a target without any usable history."""
    return Assessment(target, failure=problem.args[0] if isinstance(problem, ForecastError) else problem)
