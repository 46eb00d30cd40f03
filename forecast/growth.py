"""What growth was, and what growth it would take."""

from __future__ import annotations

from dataclasses import dataclass

from forecast.errors import HistoryError, TargetError
from forecast.history import History
from forecast.target import Target

# Without a base year, growth is observed over as many years back at the most: long enough to
# see through single years, short enough to be the present pace.
PACE_YEARS = 10


@dataclass(frozen=True)
class Growth:
    """A constant yearly change between two years.

    Parameters
    ----------
    per_year : float
        In the indicator's unit a year; for a share these are percentage points.
    compound : float or None
        A proportion a year; None where a ratio has no meaning (a zero, a change of sign).
    start, end : int
        The years it holds between.
    """

    per_year: float
    compound: float | None
    start: int
    end: int

    @classmethod
    def over(cls, first: float, last: float, *, start: int, end: int) -> Growth:
        """Return the constant change from *first* in year *start* to *last* in year *end*.

        Examples
        --------
        >>> Growth.over(100.0, 121.0, start=2020, end=2022)
        Growth(per_year=10.5, compound=0.10000000000000009, start=2020, end=2022)
        >>> Growth.over(-1.0, 2.0, start=2020, end=2023).compound is None
        True
        """
        years = end - start
        # Two negative values have a ratio too: a debt that grows by 3 % a year.
        ratio = last / first if first * last > 0 else None
        return cls((last - first) / years, None if ratio is None else ratio ** (1 / years) - 1, start, end)


def required_growth(history: History, target: Target) -> Growth:
    """Return the constant yearly change that takes the last value to the target.

    Parameters
    ----------
    history : History
        Only its last year and value are used.
    target : Target
        Must lie in a later year, share the unit, and name a value to reach.

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
    target.check(history)
    goal = target.goal(history)
    if goal is None:
        raise TargetError(
            f"{history.name}: no single value meets a {target.kind.name} target, so it requires no growth. "
            f"Ask for its probability."
        )
    if target.year <= history.last_year:
        raise TargetError(
            f"{history.name}: the target year {target.year} is not after the last observation "
            f"({history.last_year}). Cut the history with until({target.year - 1}) to ask what it took."
        )
    return Growth.over(history.last_value, goal, start=history.last_year, end=target.year)


def observed_growth(history: History, since: int | None = None) -> Growth:
    """Return the constant yearly change between an earlier value and the last.

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
            f"{history.name}: growth needs an observed year before {history.last_year}; got {start}. "
            f"Observed: {seen}."
        )
    return Growth.over(first, history.last_value, start=start, end=history.last_year)


def _pace_start(history: History) -> int:
    """Return the earliest observed year that still speaks of the present pace."""
    if len(history) < 2:
        return history.last_year
    level_since = max((b for b in history.breaks if b <= history.last_year), default=history.first_year)
    earliest = max(history.last_year - PACE_YEARS, level_since)
    near = history.years[(history.years >= earliest) & (history.years < history.last_year)]
    return int(near[0]) if len(near) else int(history.years[-2])
