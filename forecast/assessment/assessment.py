"""One target asked of one history: everything this library can say about it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecast.assessment.base import Base
from forecast.assessment.evidence import NO_EVIDENCE, Evidence
from forecast.assessment.first_passage import EVEN, FirstPassage
from forecast.assessment.forecast import Forecast
from forecast.assessment.growth import Growth
from forecast.assessment.joint import AreasOutlook
from forecast.assessment.model_spread import Disagreement
from forecast.assessment.progress import (
    RATINGS,
    completion,
    effort,
    figure_of,
    rating_of,
    rows_of_one,
    schedule,
)
from forecast.assessment.reference import Reference
from forecast.distribution.distribution import Distribution
from forecast.distribution.likelihood_scale import Likelihood, likelihood
from forecast.errors import ForecastError
from forecast.history.history import History
from forecast.language.html_table import table
from forecast.language.language import Language
from forecast.language.note import Note
from forecast.models.base import Fitted
from forecast.rules import Agreement, Verdict, agreement
from forecast.target.target import Target

# Statuses of targets whose year is observed, with 1 for met.
OUTCOMES = {"met": 1, "missed": 0}


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
    forecast : Forecast or None
        What a model expects: ``outlook``, ``fitted``, ``probability``, ``reachable`` and ``by_year``
        of the assessment are read from it, each None where there is none.
    year_reached : int or None
        The first year by which the target has been met with probability 0.5, see :func:`year_reached`.
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
    required: Growth | None = None
    observed: Growth | None = None
    forecast: Forecast | None = None
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
    def outlook(self) -> Distribution | None:
        """For the target year, in the indicator's unit."""
        return None if self.forecast is None else self.forecast.outlook

    @property
    def fitted(self) -> Fitted | None:
        """Model behind the outlook."""
        return None if self.forecast is None else self.forecast.fitted

    @property
    def probability(self) -> float | None:
        """Of meeting the target; for ``maintain``, of still meeting it in its year."""
        return None if self.forecast is None else self.forecast.probability

    @property
    def reachable(self) -> float | None:
        """Value met with probability 0.8, in the target's direction."""
        return None if self.forecast is None else self.forecast.reachable

    @property
    def by_year(self) -> FirstPassage | None:
        """Chances of the target as the years go by."""
        return None if self.forecast is None else self.forecast.by_year

    @property
    def year_reached(self) -> int | None:
        """First year by which the target has been met with probability 0.5."""
        return None if self.by_year is None else self.by_year.reached(EVEN)

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
        direction = np.array([self.target.direction])
        return figure_of(effort(self.required.as_arrays(), self.observed.as_arrays(), bounds, direction))

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
        direction = np.array([self.target.direction])
        return figure_of(completion((base_year, base), (year, value), threshold, direction))

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
        direction, held = np.array([self.target.direction]), np.array([self.status == "maintain"])
        return RATINGS[int(rating_of(chance, met, pace, direction, held)[0])]


def unanswerable(target: Target, problem: ForecastError | str) -> Assessment:
    """Assessment of a target without any usable history."""
    return Assessment(target, failure=problem.args[0] if isinstance(problem, ForecastError) else problem)
