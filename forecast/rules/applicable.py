"""One question put to every rule that can answer it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from forecast.errors import TargetError
from forecast.rules import aarr, china, destatis, escap, statcan, trend, unsd
from forecast.rules.base import MISSING_VALUE, Track, Verdict, is_number, meets, number, points

LEVEL, MAINTAIN, DIRECTION = "level", "maintain", "direction"

# A target year that is observed is an outcome: no tracker's class, just what came of it.
OUTCOME = "outcome"
TARGET_YEAR = "value_in_target_year"
MET, MISSED = "met", "missed"


@dataclass(frozen=True, eq=False)
class RuleInput:
    """The observations of one indicator and what is asked of it, in plain numbers.

    Parameters
    ----------
    years, values : array_like
        Observed points in any order, none after the date of the assessment;
        missing values (nan) are left out.
    direction : int
        +1 where more is better, -1 where less is.
    target, target_year : float, optional
        A value and the year it is for; without a target only the direction counts.
    base_year : float, optional
        Base year of the plan. Default, for the rules that can do without: 2015,
        or the first later year observed, or the first of all.
    base : float, optional
        Value of the base year as the plan states it. Default: the observed one.
    maintain : bool
        The value is to be kept every year, not reached in one.
    limit : float, optional
        Natural upper limit of the indicator, 100 for a share in per cent.
    growth_rate : bool
        The indicator is itself a growth rate.

    Raises
    ------
    TargetError
        For lists of unlike length, nothing observed, no direction, or a value
        to reach without its year.

    Examples
    --------
    >>> q = RuleInput([2021, 2020], [66.0, 60.0], direction=1, target=70.0, target_year=2025, base_year=2020)
    >>> q.aspect, q.years.tolist()
    ('level', [2020.0, 2021.0])
    """

    years: ArrayLike
    values: ArrayLike
    direction: int
    target: float | None = None
    target_year: float | None = None
    base_year: float | None = None
    base: float | None = None
    maintain: bool = False
    limit: float | None = None
    growth_rate: bool = False

    def __post_init__(self) -> None:
        x, y = points(self.years, self.values)
        if not y.size or not np.isfinite(y).all():
            raise TargetError(f"question: values must be finite, at least one observed; got {self.values!r}.")
        if self.direction not in (1, -1):
            raise TargetError(f"question: direction is 1 (more is better) or -1; got {self.direction!r}.")
        if self.aspect == LEVEL and not is_number(self.target_year):
            raise TargetError("question: a value to reach needs its target_year. Or set maintain=True.")
        for name, column in (("years", x), ("values", y)):
            column.flags.writeable = False
            object.__setattr__(self, name, column)

    @property
    def aspect(self) -> str:
        """``"level"``, ``"maintain"`` or ``"direction"``: it decides which rules can answer."""
        if not is_number(self.target):
            return DIRECTION
        return MAINTAIN if self.maintain else LEVEL

    def value_in(self, year: float | None) -> float | None:
        """Value observed in *year*, or None."""
        found = np.asarray(self.values)[np.asarray(self.years) == number(year)]
        return float(found[-1]) if found.size else None

    def until(self, year: float) -> RuleInput:
        """Question as it stood at the end of *year*."""
        early = np.asarray(self.years) <= year
        return replace(self, years=np.asarray(self.years)[early], values=np.asarray(self.values)[early])

    def track(self, base_year: float | None) -> Track:
        """Track from *base_year* to the latest observation."""
        stated = self.base if base_year == self.base_year else None
        return Track(
            base_year,
            self.value_in(base_year) if stated is None else stated,
            float(np.asarray(self.years)[-1]),
            float(np.asarray(self.values)[-1]),
            self.direction,
            self.target,
            self.target_year,
            self.growth_rate,
        )


def applicable(question: RuleInput) -> tuple[Verdict, ...]:
    """What each rule that can answer says; one that withholds says why.

    A value to reach is put to every system; a value to keep to Destatis, the
    only one with a rule for it; a direction alone to those with classes of
    growth. Once the target year has come, its outcome and completion are all
    there is to say.

    Parameters
    ----------
    question : RuleInput
        What is observed and what is asked.

    Returns
    -------
    tuple of Verdict
        In a fixed order. Rules that rest on a plan's base year are left out
        where the question names none.

    Examples
    --------
    >>> values = [15.2, 15.0, 16.1, 16.9, 17.8, 19.5]
    >>> share = RuleInput(range(2015, 2021), values, 1, 30, 2030, base_year=2015)
    >>> for v in applicable(share):
    ...     if v.verdict:
    ...         print(v.rule, v.convention, v.verdict)
    china completion behind_schedule
    china national_mid_term behind_expectation
    china provincial_mid_term below_required_progress
    statcan growth_ratio substantial_progress
    unsd_2022 growth_ratio on_track
    unsd_2023 projected_gap_share on_track
    unsd_2026 projected_gap_share on_track
    destatis projected_shortfall sun_cloud
    """
    if question.aspect == MAINTAIN:
        keep = destatis.maintain(
            question.years, question.values, number(question.target), direction=question.direction
        )
        return (keep,)
    if question.aspect == DIRECTION:
        return _of_direction(question)
    return _outcome(question) or _of_level(question)


def _outcome(question: RuleInput) -> tuple[Verdict, ...]:
    """What came of a target whose year has come; nothing while it is ahead."""
    due = number(question.target_year)
    if np.asarray(question.years)[-1] < due:
        return ()
    value = question.value_in(due)
    if value is None:
        return (Verdict(OUTCOME, None, None, TARGET_YEAR, MISSING_VALUE),)
    verdict = MET if meets(value, question.target, question.direction) else MISSED
    outcome = Verdict(OUTCOME, value, verdict, TARGET_YEAR)
    if question.base_year is None:
        return (outcome,)
    return (outcome, china.completion(question.until(due).track(question.base_year)))


def _of_level(question: RuleInput) -> tuple[Verdict, ...]:
    """Verdicts on a value to reach in a year still ahead."""
    track, since = question.track(_base_year(question)), question.track(_later_base(question))
    percent = question.limit == 100
    return (
        *aarr.rates(track),
        *_regression(question, track),
        *_of_plan(question),
        statcan.progress(track),
        unsd.progress_2022(since),
        unsd.progress_2023(since, percent=percent),
        unsd.progress_2026(since),
        destatis.level(
            question.years,
            question.values,
            number(question.target),
            target_year=number(question.target_year),
            direction=question.direction,
        ),
        escap.current_status(track),
    )


def _of_direction(question: RuleInput) -> tuple[Verdict, ...]:
    """Verdicts on a direction without a value."""
    track, since = question.track(_base_year(question)), question.track(_later_base(question))
    rates = aarr.rates(track)[: len(aarr.CONVENTIONS)]
    classes = tuple(
        rule(rates[0].value, direction=question.direction)
        for rule in (trend.eurostat, trend.istat)
        if rates[0].value is not None
    )
    return (
        *rates,
        *_regression(question, track),
        # An upper limit leaves less room to rise; it has no say in how far a value can fall.
        statcan.progress(track, limit=question.limit if question.direction > 0 else None),
        unsd.progress_2022(since),
        unsd.progress_2023(since),
        unsd.progress_2026(since),
        *classes,
        destatis.directional(question.years, question.values, direction=question.direction),
    )


def _of_plan(question: RuleInput) -> tuple[Verdict, ...]:
    """China's verdicts, which need the plan's own base year and a schedule from it.

    At the base year itself nothing is done and nothing is due: 0 of 0 has no class.
    """
    base_year, due = question.base_year, number(question.target_year)
    if base_year is None or base_year >= due:
        return ()
    track = question.track(base_year)
    if number(track.year) <= base_year:
        return (china.completion(track),)
    done, elapsed = china.completion(track), china.schedule(number(track.year), base_year, due)
    return (
        china.against_schedule(done, elapsed),
        china.national(done, elapsed, met=track.met()),
        china.provincial(done, elapsed, met=track.met()),
    )


def _regression(question: RuleInput, track: Track) -> tuple[Verdict, ...]:
    """AARR by regression since the base, for an indicator that is to fall."""
    if question.direction > 0 or question.growth_rate:
        return ()
    since = np.asarray(question.years) >= number(track.base_year)
    return (aarr.aarr(np.asarray(question.years)[since], np.asarray(question.values)[since]),)


def _base_year(question: RuleInput) -> float:
    """Plan's base year, else the year the trackers start from."""
    return _later_base(question) if question.base_year is None else question.base_year


def _later_base(question: RuleInput) -> float:
    """UN's base year: the one asked for or the first later one observed."""
    if question.base_year is not None and question.base is not None:
        return question.base_year
    since = unsd.BASELINE if question.base_year is None else int(question.base_year)
    found = unsd.baseline(question.years, since=since)
    return float(np.asarray(question.years)[0]) if found is None else float(found)
