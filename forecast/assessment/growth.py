"""What growth was, and what growth it would take."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from forecast.arrays import FloatArray
from forecast.assessment.probability import PATHS, check_open, check_proportion
from forecast.distribution.distribution import Rng
from forecast.distribution.transform import Identity, Log, Logit, Scale
from forecast.errors import HistoryError, TargetError, must_be
from forecast.history.history import History
from forecast.language.message import Message
from forecast.models.base import Fitted
from forecast.target.target import HOW_TO_ASK, Target

# Without a base year, growth is observed over as many years back at the most: long enough to
# see through single years, short enough to be the present pace.
GROWTH_YEARS = 10
# Looking for a tilt: how often the bracket grows fourfold before giving up, and how often it is halved.
_WIDENINGS, _HALVINGS = 12, 50


@dataclass(frozen=True, eq=False)
class GrowthArrays:
    """Constant yearly changes of many rows; shape (rows,), NaN where there is none.

    Parameters
    ----------
    per_year : ndarray
        (y_T - y_0) / (T - t_0), in the indicator's unit a year.
    compound : ndarray
        (y_T / y_0)^(1 / (T - t_0)) - 1, a proportion a year.
    """

    per_year: FloatArray
    compound: FloatArray

    @classmethod
    def over(cls, first: FloatArray, last: FloatArray, start: FloatArray, end: FloatArray) -> GrowthArrays:
        """Changes from *first* in the years *start* to *last* in the years *end*."""
        years = np.where(end > start, end - start, np.nan)
        # Two negative values have a ratio too: a debt that grows by 3 % a year.
        ratio = np.divide(last, first, out=np.full(len(first), np.nan), where=first * last > 0)
        return cls((last - first) / years, ratio ** (1 / years) - 1)


@dataclass(frozen=True)
class Growth:
    """A constant yearly change between two years.

    Parameters
    ----------
    per_year : float
        In the indicator's unit a year; for a share these are percentage points.
    compound : float or None
        A proportion a year; None where a ratio has no meaning (a zero, a change of sign, a growth rate).
    start, end : int
        The years it holds between.
    """

    per_year: float
    compound: float | None
    start: int
    end: int

    @classmethod
    def over(cls, first: float, last: float, *, start: int, end: int) -> Growth:
        """Constant change from *first* in year *start* to *last* in year *end*.

        Raises
        ------
        HistoryError
            If *end* is not after *start*.

        Examples
        --------
        >>> Growth.over(100.0, 121.0, start=2020, end=2022)
        Growth(per_year=10.5, compound=0.10000000000000009, start=2020, end=2022)
        >>> Growth.over(-1.0, 2.0, start=2020, end=2023).compound is None
        True
        """
        years = end - start
        if years < 1:
            raise HistoryError(Message("growth_backwards", start=start, end=end))
        growth = GrowthArrays.over(*(np.array([x], dtype=float) for x in (first, last, start, end)))
        rate = float(growth.compound[0])
        return cls(float(growth.per_year[0]), None if np.isnan(rate) else rate, start, end)

    def as_arrays(self) -> GrowthArrays:
        """The same as arrays of one."""
        rate = np.nan if self.compound is None else self.compound
        return GrowthArrays(np.array([self.per_year]), np.array([rate]))

    def asked_by(self, target: Target) -> Growth:
        """Growth without its compound rate where the target's indicator is a growth rate."""
        return replace(self, compound=None) if target.growth_rate else self


def required_growth(history: History, target: Target) -> Growth:
    """Constant yearly change that takes the last value to the target.

    Parameters
    ----------
    history : History
        Only its last year and value are used.
    target : Target
        Must lie in a later year, share the unit, and name a value to reach (or a total, which the
        years ahead then make up together).

    Returns
    -------
    Growth
        Negative ``per_year`` where an at-least target is already exceeded: the fall it can bear.

    Raises
    ------
    TargetError
        If the target year is not after the last observation, or no one value meets the target.

    Examples
    --------
    >>> h = History.of("coverage", [2022, 2023], [70.0, 75.0], unit="%")
    >>> t = Target.at_least("coverage", 90.0, year=2028, unit="%")
    >>> round(required_growth(h, t).per_year, 2)
    3.0
    """
    must_be(Target, target, who="required_growth: target", instead=HOW_TO_ASK)
    target.check(history)
    if target.year <= history.last_year:
        raise TargetError(
            Message(
                "target_year_over",
                name=history.name,
                year=target.year,
                last_year=history.last_year,
                before=target.year - 1,
            )
        )
    own = target.kind.required(history, target.year)
    if own is not None:
        return Growth(*own, history.last_year, target.year).asked_by(target)
    goal = target.threshold(history)
    if goal is None:
        raise TargetError(Message("no_growth_required", name=history.name, kind=target.kind.name))
    return Growth.over(history.last_value, goal, start=history.last_year, end=target.year).asked_by(target)


def growth_for_probability(fitted: Fitted, target: Target, *, p: float = 0.8, rng: Rng = 0) -> Growth:
    """Growth that the median course would need for the target to be met with probability *p*.

    Required growth takes the last value to the target and so gives about an even chance. This is the
    growth with a margin for what may go wrong: every course that the model holds possible is tilted
    by one and the same yearly amount, on the scale that the indicator's bounds suggest (log-odds for
    shares, logarithms for positive amounts, else as it is), until the share *p* of them meets the
    target. The width of the outlook on that scale is taken as given.

    Parameters
    ----------
    fitted : Fitted
    target : Target
        With a direction and about amounts: not classes, not many areas.
    p : float
        A proportion between 0 and 1.
    rng : None, int or numpy.random.Generator
        Only used for targets that depend on the way to their year.

    Returns
    -------
    Growth
        From the last value to the tilted median in the target year.

    Raises
    ------
    TargetError
        For a target with two sides, on classes or over areas, or one that no pace can meet any more.

    Examples
    --------
    >>> from forecast.models.drift import Drift
    >>> h = History.of("coverage", range(2016, 2024), [60, 62, 63, 66, 67, 70, 71, 74], unit="%")
    >>> t = Target.at_least("coverage", 80, year=2027, unit="%")
    >>> round(required_growth(h, t).per_year, 2), round(growth_for_probability(Drift().fit(h), t).per_year, 2)
    (1.5, 2.07)
    """
    history = fitted.history
    check_open(history, target)
    check_proportion(target, p)
    if target.direction == 0 or target.kind.over_areas or target.kind.classes:
        raise TargetError(Message("no_one_pace", name=history.name, kind=target.kind.name))
    limits = target.limits(history)
    steps = history.steps_to(target.year)
    outlook = fitted.predict(target.year)
    if limits is not None:
        edge = limits.lower if target.direction > 0 else limits.upper
        worst = outlook.quantile(1 - p if target.direction > 0 else p)
        scale = _tilting_scale(history, np.array([edge, worst, outlook.median()]))
        tilt = float(scale.transform(edge) - scale.transform(worst)) / steps
    else:
        paths = fitted.paths(target.year, n=PATHS, rng=rng)
        scale = _tilting_scale(history, paths)
        tilt = _tilt(history, target, scale.transform(paths), scale, p)
    median = float(scale.inverse(scale.transform(outlook.median()) + tilt * steps))
    return Growth.over(history.last_value, median, start=history.last_year, end=target.year).asked_by(target)


def _tilting_scale(history: History, values: FloatArray) -> Scale:
    """Scale that the bounds suggest, if it takes all of *values*."""
    lower, upper = history.bounds
    if lower is not None and upper is not None:
        # Hardly any margin: the tilted courses are to tell 99.9 % from 100 %.
        return Logit(lower, upper, margin=1e-9)
    log = Log()
    return log if lower == 0 and upper is None and log.serves(values) else Identity()


def _tilt(history: History, target: Target, images: FloatArray, scale: Scale, p: float) -> float:
    """Yearly tilt with which the share *p* of the paths meets the target, by halving."""
    ahead = np.arange(1.0, images.shape[1] + 1)

    def share(tilt: float) -> float:
        tilted = scale.inverse(images + target.direction * tilt * ahead)
        return float(target.met_by(history, tilted).mean())

    # From the width of the courses themselves, so that the unit does not matter.
    far = float(np.ptp(images)) or 1.0
    widened = 0
    while not share(-far) < p <= share(far):
        far, widened = 4 * far, widened + 1
        if widened > _WIDENINGS:
            raise TargetError(Message("no_pace_meets", name=history.name, kind=target.kind.name, p=p))
    low, high = -far, far
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if share(middle) < p else (low, middle)
    return target.direction * high


def observed_growth(history: History, since: int | None = None) -> Growth:
    """Constant yearly change between an earlier value and the last.

    Parameters
    ----------
    history : History
    since : int, optional
        An observed year. Default: the earliest observation of the last ten years that no declared
        break separates from the last one, or, where there is none, the last but one observation.

    Raises
    ------
    HistoryError
        With fewer than two observations, or where *since* was not observed.

    Examples
    --------
    >>> h = History.of("output", [2001, 2006, 2011, 2021], [2.575, 3.652, 5.610, 9.248])
    >>> round(observed_growth(h).compound, 3), round(observed_growth(h, since=2001).compound, 3)
    (0.051, 0.066)
    """
    start = _pace_start(history) if since is None else since
    first = history.value_in(start)
    if first is None or start >= history.last_year:
        seen = ", ".join(str(year) for year in history.years[:-1]) or "none"
        raise HistoryError(
            Message("growth_start", name=history.name, last_year=history.last_year, start=start, years=seen)
        )
    return Growth.over(first, history.last_value, start=start, end=history.last_year)


def _pace_start(history: History) -> int:
    """Earliest observed year that still speaks of the present pace."""
    if len(history) < 2:
        return history.last_year
    level_since = max((b for b in history.breaks if b <= history.last_year), default=history.first_year)
    earliest = max(history.last_year - GROWTH_YEARS, level_since)
    near = history.years[(history.years >= earliest) & (history.years < history.last_year)]
    return int(near[0]) if len(near) else int(history.years[-2])
