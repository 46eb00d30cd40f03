"""The values that meet a target: limits with both ends included, and what counts as reaching one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import overload

import numpy as np

from forecast.arrays import BoolArray, FloatArray, IntArray

# A sum or a ratio of published figures that equals the target's number on paper may miss it by the
# last bits of a float; meeting a target exactly is meeting it.
LAST_BITS = 1e-9


@dataclass(frozen=True)
class Limits:
    """The values in the target year that meet a target, both ends included.

    Parameters
    ----------
    lower, upper : float
        In the indicator's unit; minus or plus infinity for an open side.
    """

    lower: float = -np.inf
    upper: float = np.inf

    @classmethod
    def beyond(cls, edge: float, direction: int, *, of: float | None = None) -> Limits:
        """Half-line from *edge* on, in the target's direction; *edge* itself counts.

        Where *edge* is what remains of a larger number, that is *of*: it sets what the last bits are.
        """
        reached = float(beyond(edge, direction, of))
        return cls(lower=reached) if direction > 0 else cls(upper=reached)

    def hold(self, values: FloatArray | float) -> BoolArray:
        """Say for each value whether it lies within the limits."""
        v = np.asarray(values, dtype=float)
        return np.asarray((v >= self.lower) & (v <= self.upper))


@overload
def beyond(edge: float, direction: int, of: float | None = None) -> float: ...
@overload
def beyond(edge: FloatArray, direction: IntArray, of: FloatArray | None = None) -> FloatArray: ...
def beyond(
    edge: float | FloatArray, direction: int | IntArray, of: float | FloatArray | None = None
) -> float | FloatArray:
    """Last value that counts as reaching *edge*: the last bits of a float are no miss."""
    size = np.abs(edge if of is None else of)
    return np.asarray(edge - direction * LAST_BITS * size)[()]


def half_lines(edge: FloatArray, direction: IntArray) -> tuple[FloatArray, FloatArray]:
    """Lower and upper limits of half-lines that begin at *edge*."""
    up = direction > 0
    return np.where(up, edge, -np.inf), np.where(up, np.inf, edge)


def reached(values: FloatArray, edges: FloatArray, direction: int) -> BoolArray:
    """Say for each value whether it lies at or beyond its own edge."""
    return np.asarray(direction * (values - edges) >= -LAST_BITS * np.abs(edges))
