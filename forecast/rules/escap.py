"""ESCAP: the Current Status Index of Asia and the Pacific.

Source: UN ESCAP, *Asia and the Pacific SDG Progress Report*, technical notes; formula as in the
snapshot scripts of UNICEF MENARO. 0 is the base year's place, 10 the target; a step back is negative.
"""

from __future__ import annotations

from forecast.rules.base import SMALLEST_GAP, Track, Verdict, gap_withheld, number

STATUS_INDEX = "current_status_index"
PARITY_INDEX = "current_status_index_parity"


def current_status(track: Track) -> Verdict:
    """Index CSI = 10 d (y - y0)/abs(T - y0).

    Parameters
    ----------
    track : Track
        Base, latest value, direction and target.

    Returns
    -------
    Verdict
        ``value`` the index, not cut at 0 or 10. Withheld for a base past the
        target and for a gap near zero.

    Examples
    --------
    >>> current_status(Track(2000, 40, 2020, 55, 1, 100, 2030)).value
    2.5
    """
    withheld = track.unready() or gap_withheld(track, SMALLEST_GAP)
    if withheld:
        return Verdict("escap", None, None, STATUS_INDEX, withheld)
    base, goal = number(track.base), number(track.target)
    value = 10 * track.direction * (number(track.value) - base) / abs(goal - base)
    return Verdict("escap", value, None, STATUS_INDEX)


def parity(base: float, value: float, target: float = 1.0) -> Verdict:
    """Index for a target from both sides: 10 - 10 abs(T - y)/abs(T - y0).

    Parameters
    ----------
    base, value : float
        Base and latest value, such as girls per boy at school.
    target : float
        Parity.

    Returns
    -------
    Verdict
        ``value`` the index; withheld where the base is all but at parity.

    Examples
    --------
    >>> round(parity(0.8, 0.9).value, 9)
    5.0
    """
    # A base below the target is never past it, so only the size of the gap can withhold.
    withheld = gap_withheld(Track(0, min(base, 2 * target - base), 1, value, 1, target), SMALLEST_GAP)
    if withheld:
        return Verdict("escap", None, None, PARITY_INDEX, withheld)
    return Verdict("escap", 10 - 10 * abs(target - value) / abs(target - base), None, PARITY_INDEX)
