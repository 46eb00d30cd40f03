"""Outlooks in closed form: a mixture, one that may stay at its last value, one on whole numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forecast.arrays import FloatArray
from forecast.distribution.atom import WithAtom
from forecast.distribution.distribution import StudentTMixture, mix
from forecast.distribution.rounded import Rounded

ClosedForm = StudentTMixture | WithAtom | Rounded


def pooled(parts: Sequence[ClosedForm], weights: FloatArray) -> ClosedForm:
    """Linear pool of outlooks on one history; on whole numbers where one of them is.

    Examples
    --------
    >>> moves = StudentTMixture.single(12.0, 2.0, 5.0)
    >>> pool = pooled([moves, WithAtom(moves, 12.0, 0.5)], np.array([0.5, 0.5]))
    >>> round(stays_of(pool), 2), stays_of(moves)
    (0.25, 0.0)
    """
    share = np.asarray(weights, dtype=float) / np.sum(weights)
    exact = [before_rounding(part) for part in parts]
    stays = np.array([stays_of(part) for part in exact])
    mixed = mix([moving_part(part) for part in exact], share * (1 - stays))
    values = [part.value for part in exact if isinstance(part, WithAtom)]
    pool = WithAtom(mixed, values[0], float(share @ stays)) if values else mixed
    return Rounded(pool) if any(isinstance(part, Rounded) for part in parts) else pool


def before_rounding(outlook: ClosedForm) -> StudentTMixture | WithAtom:
    """Outlook whose rounding it is, or itself."""
    return outlook.exact if isinstance(outlook, Rounded) else outlook


def moving_part(outlook: ClosedForm) -> StudentTMixture:
    """What an outlook says if the value moves, before any rounding."""
    exact = before_rounding(outlook)
    return exact.moving if isinstance(exact, WithAtom) else exact


def stays_of(outlook: object) -> float:
    """Probability of exactly the last value, where an outlook has an atom there; else 0.

    Of a count it holds what moves and is rounded back to the last value.
    """
    if isinstance(outlook, Rounded) and isinstance(outlook.exact, WithAtom):
        kept = outlook.exact.value
        return outlook.at_least(kept) + outlook.at_most(kept) - 1
    return outlook.stays if isinstance(outlook, WithAtom) else 0.0
