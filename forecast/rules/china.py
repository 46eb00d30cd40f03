"""China: completion against schedule, cumulative flows, and the classes of mid-term evaluation.

Sources: 国家发展改革委 (NDRC), annual and mid-term evaluation of five-year plans (linear schedule
20/40/60/80/100 %); 湖北省“十三五”规划纲要中期评估, 湖北日报 2018-11-30 (provincial classes); NDRC
report to the NPC standing committee, 2023-12-26 (national classes). Reduction rates have a file of
their own, `china_rates`.

No document publishes how far from the schedule "on schedule" still reaches. Every function that
draws that line takes a `margin`, a share of the whole way, 0 unless the caller says otherwise.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from forecast.errors import TargetError
from forecast.rules.base import GAP_NEAR_ZERO, SMALLEST_GAP, Track, Verdict, gap_withheld, number

COMPLETION = "completion"  # 完成率
CUMULATIVE = "cumulative_flow"
ATTAINMENT = "attainment_ratio"  # 达成率, not a share of the gap
NATIONAL = "national_mid_term"
PROVINCIAL = "provincial_mid_term"

AHEAD, ON, BEHIND = "ahead_of_schedule", "on_schedule", "behind_schedule"
ACHIEVED_EARLY, FASTER, BROADLY_AS_EXPECTED, LAGGING = (
    "achieved_early",
    "faster_than_expected",
    "broadly_as_expected",
    "behind_expectation",
)
FINAL_REACHED, ABOVE_REQUIRED, AS_REQUIRED, BELOW_REQUIRED = (
    "final_target_reached",
    "above_required_progress",
    "required_progress",
    "below_required_progress",
)
TERMS = {
    AHEAD: {"zh": "超时序", "en": "Ahead of schedule"},
    ON: {"zh": "达到时序", "en": "On schedule"},
    BEHIND: {"zh": "滞后于时序", "en": "Behind schedule"},
    ACHIEVED_EARLY: {"zh": "提前实现", "en": "Achieved early"},
    FASTER: {"zh": "快于预期", "en": "Faster than expected"},
    BROADLY_AS_EXPECTED: {"zh": "基本符合预期", "en": "Broadly as expected"},
    LAGGING: {"zh": "滞后于预期", "en": "Behind expectation"},
    FINAL_REACHED: {"zh": "已达期末目标", "en": "Final target already reached"},
    ABOVE_REQUIRED: {"zh": "超过进度要求", "en": "Above the required progress"},
    AS_REQUIRED: {"zh": "达到进度要求", "en": "At the required progress"},
    BELOW_REQUIRED: {"zh": "未达进度要求", "en": "Below the required progress"},
}


def completion(track: Track, *, smallest_gap: float = SMALLEST_GAP) -> Verdict:
    """Share of the gap closed since the base: (y - y0)/(T - y0), 完成率.

    Parameters
    ----------
    track : Track
        Base, latest value, direction and target.
    smallest_gap : float
        Share of the larger of base and target below which a gap is too small
        to take a share of; 0 prints the figure whatever it means.

    Returns
    -------
    Verdict
        ``value`` 1 where the target is just met, negative after a step back.
        Withheld for a base past the target and for a gap near zero.

    Examples
    --------
    >>> completion(Track(2020, 60.0, 2023, 66.0, 1, 70.0, 2025)).value
    0.6
    """
    # The base may be the latest value: then nothing has been done yet, which is a figure.
    unready = None if track.year == track.base_year else track.unready()
    withheld = unready or gap_withheld(track, smallest_gap)
    if withheld:
        return Verdict("china", None, None, COMPLETION, withheld)
    base = number(track.base)
    return Verdict("china", (number(track.value) - base) / (number(track.target) - base), None, COMPLETION)


def schedule(year: float, base_year: float, target_year: float) -> float:
    """Share of the plan's time that has passed, 时序进度: (t - t0)/(tT - t0).

    Parameters
    ----------
    year, base_year, target_year : float
        A value of 2020 stands at the end of 2020, so the first half of 2018
        is 2017.5.

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    TargetError
        If the target year is not after the base year.

    Examples
    --------
    >>> [schedule(t, 2020, 2025) for t in (2020, 2023, 2026)]
    [0.0, 0.6, 1.0]
    """
    if not target_year > base_year:
        raise TargetError(
            f"schedule: the target year must be after the base year {base_year}; got {target_year}."
        )
    return min(max((year - base_year) / (target_year - base_year), 0.0), 1.0)


def milestones(shares: Sequence[float]) -> tuple[float, ...]:
    """Schedule that given shares of the whole add up to.

    Parameters
    ----------
    shares : sequence of float
        Share of the target planned for each period; equal shares give the
        linear schedule of the NDRC.

    Returns
    -------
    tuple of float
        Share due by the end of each period.

    Examples
    --------
    >>> [round(s, 2) for s in milestones([1 / 5] * 5)]
    [0.2, 0.4, 0.6, 0.8, 1.0]
    """
    return tuple(accumulate(shares))


def against_schedule(done: Verdict, due: float, *, margin: float = 0.0) -> Verdict:
    """Completion read against the schedule: ahead (超时序) where completion >= schedule.

    Parameters
    ----------
    done : Verdict
        Of `completion`, `cumulative` or `china_rates.log_progress`.
    due : float
        Share due by now, of `schedule` or `milestones`.
    margin : float
        Share of the way within which progress is on schedule, neither ahead
        nor behind.

    Returns
    -------
    Verdict
        `done` with its class.

    Examples
    --------
    >>> against_schedule(Verdict("china", 0.6, None, COMPLETION), 0.6).verdict
    'ahead_of_schedule'
    """
    if done.value is None:
        return done
    ahead = _reaches(done.value, due + margin)
    on = _reaches(done.value, due - margin)
    return _classed(done, AHEAD if ahead else ON if on else BEHIND, done.convention)


def provincial(done: Verdict, due: float, *, met: bool, margin: float = 0.0) -> Verdict:
    """Provincial mid-term class: reached, above, at or below the required progress.

    Parameters
    ----------
    done : Verdict
        Of `completion`, `cumulative` or `china_rates.log_progress`.
    due : float
        Share due by now.
    met : bool
        The latest value satisfies the final target.
    margin : float
        Share of the way by which "above" must exceed the schedule.

    Returns
    -------
    Verdict
        已达期末目标, 超过进度要求, 达到进度要求 or 未达进度要求; no class where
        the target is not met and no completion exists.

    Examples
    --------
    >>> v = provincial(cumulative([39.6, 41.3, 14.5], 110), 0.5, met=False)
    >>> TERMS[v.verdict]["zh"]
    '超过进度要求'
    """
    if met or done.value is None:
        return _classed(done, FINAL_REACHED if met else None, PROVINCIAL)
    above = done.value > due + margin and not math.isclose(done.value, due + margin, rel_tol=1e-12)
    at = _reaches(done.value, due)
    return _classed(done, ABOVE_REQUIRED if above else AS_REQUIRED if at else BELOW_REQUIRED, PROVINCIAL)


def national(done: Verdict, due: float, *, met: bool, margin: float = 0.0) -> Verdict:
    """National mid-term class: achieved early, faster, broadly as expected, behind.

    Parameters
    ----------
    done, due, met
        As in `provincial`.
    margin : float
        Share of the way on either side of the schedule that is "broadly as
        expected".

    Returns
    -------
    Verdict
        提前实现, 快于预期, 基本符合预期 or 滞后于预期.

    Examples
    --------
    >>> national(Verdict("china", 0.58, None, COMPLETION), 0.6, met=False, margin=0.05).verdict
    'broadly_as_expected'
    """
    if met or done.value is None:
        return _classed(done, ACHIEVED_EARLY if met else None, NATIONAL)
    above = done.value > due + margin and not math.isclose(done.value, due + margin, rel_tol=1e-12)
    near = _reaches(done.value, due - margin)
    return _classed(done, FASTER if above else BROADLY_AS_EXPECTED if near else LAGGING, NATIONAL)


def cumulative(flows: Iterable[float], target: float) -> Verdict:
    """Share of a cumulative target already delivered.

    Parameters
    ----------
    flows : iterable of float
        What each period delivered, in the unit of the target.
    target : float
        Sum over the whole plan.

    Returns
    -------
    Verdict
        ``value`` the share; withheld for a target of zero.

    Examples
    --------
    >>> round(cumulative([39.6, 41.3, 14.5], 110).value, 3)
    0.867
    """
    if target == 0:
        return Verdict("china", None, None, CUMULATIVE, GAP_NEAR_ZERO)
    return Verdict("china", math.fsum(flows) / target, None, CUMULATIVE)


def attainment(actual: float, plan: float, *, direction: int = 1) -> Verdict:
    """Attainment ratio (达成率): y/T, or T/y where less is better.

    Not a share of the gap: a slow indicator that started high looks 90 % done.
    A negative plan takes 2 - y/T, so that a smaller loss attains more.

    Parameters
    ----------
    actual, plan : float
        Value and target, in one unit.
    direction : int
        +1 where more is better, -1 where less is.

    Returns
    -------
    Verdict
        ``value`` the ratio; withheld where it would divide by zero.

    Examples
    --------
    >>> attainment(90, 100).value, [attainment(a, -500).value for a in (-100, -500, 0)]
    (0.9, [1.8, 1.0, 2.0])
    """
    over, under = (actual, plan) if direction > 0 or plan < 0 else (plan, actual)
    if under == 0:
        return Verdict("china", None, None, ATTAINMENT, GAP_NEAR_ZERO)
    return Verdict("china", 2 - over / under if plan < 0 else over / under, None, ATTAINMENT)


def tally(verdicts: Iterable[str], *, natures: Iterable[str] | None = None) -> Mapping[str, Counter[str]]:
    """How many indicators fell in each class, binding and anticipatory ones apart.

    Parameters
    ----------
    verdicts : iterable of str
        Class of each indicator.
    natures : iterable of str, optional
        ``"binding"`` (约束性) or ``"anticipatory"`` (预期性), one a verdict.

    Returns
    -------
    mapping of Counter
        ``"all"`` and one for each nature.

    Examples
    --------
    >>> counts = tally(["a", "b", "a"], natures=["binding", "binding", "anticipatory"])
    >>> counts["all"]["a"], counts["binding"]["a"]
    (2, 1)
    """
    classes = list(verdicts)
    counts = {"all": Counter(classes)}
    for nature, verdict in zip(natures, classes, strict=True) if natures is not None else ():
        counts.setdefault(nature, Counter())[verdict] += 1
    return counts


def _reaches(value: float, bound: float) -> bool:
    """Whether a share reaches a bound, equal shares included to 12 digits."""
    return value >= bound or math.isclose(value, bound, rel_tol=1e-12)


def _classed(done: Verdict, verdict: str | None, convention: str) -> Verdict:
    """Figure of *done* under another class and convention."""
    return Verdict("china", done.value, verdict, convention, done.withheld)
