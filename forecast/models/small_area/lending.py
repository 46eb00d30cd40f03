"""What an area's outlook takes from its own history and from each parent: the learned weights.

The outlook is a linear pool. The share of each lender is the softmax of a score, which is 0 for the own
history and ``theta . f`` for a parent with the features f of :mod:`forecast.models.small_area.ratio`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from forecast.arrays import FloatArray
from forecast.distribution.distribution import StudentTMixture
from forecast.distribution.transform import Scale
from forecast.history.catalogue import Bounds

# Which landmarks of a parent's outlook it is cut at: about its quantiles of 0.1, 2, 10, 30, 50 %, and so on.
_CUTS = (0, 2, 4, 8, 12, 16, 20, 22, 24)
CELLS, _MIDDLE = len(_CUTS) - 1, len(_CUTS) // 2
# A parent is no area of its own: what it does not share with the area is noise here. Its outlook is stretched
# by this, without which the intervals of provinces left out hold .89 of the areas (.92 with it) where the
# parent is known no later than the area; the score is the same.
STRETCH = 1.25
# The image of nothing at all on a log scale: e^-700 is the least there is.
_FAR = 700.0


@dataclass(frozen=True, eq=False)
class Learned:
    """What training taught.

    Parameters
    ----------
    theta : ndarray, shape (components, features)
        Of the weights of the ratio's components.
    tau : float
        How much a component's evidence counts.
    spread : ndarray
        Of the prior guess of the ratio's sigma; entries as in ``SPREAD_ENTRIES``.
    lending : ndarray, shape (features,)
        Of a parent's score.
    """

    theta: FloatArray
    tau: float
    spread: FloatArray
    lending: FloatArray


@lru_cache(maxsize=1)
def learned() -> Learned:
    """What is stored in ``small_area_weights.json``."""
    path = files("forecast.models.small_area").joinpath("small_area_weights.json")
    stored = json.loads(path.read_text("utf-8"))
    return Learned(
        np.array(stored["theta"], dtype=float),
        float(stored["tau"]),
        np.array(stored["spread"], dtype=float),
        np.array(stored["lending"], dtype=float),
    )


def shares(scores: FloatArray, own: bool) -> FloatArray:
    """Shares of the own history (first) and of each parent from the parents' scores.

    Examples
    --------
    >>> shares(np.array([0.0, 0.0]), own=True).round(3).tolist()
    [0.333, 0.333, 0.333]
    >>> shares(np.array([0.0]), own=False).tolist()
    [0.0, 1.0]
    """
    every = np.concatenate([[0.0 if own else -np.inf], scores])
    weights = np.exp(every - every.max())
    return np.asarray(weights / weights.sum())


class Cells(NamedTuple):
    """A parent's outlook in pieces, on the common scale: (..., CELLS) each.

    Parameters
    ----------
    weights : ndarray
        What of the probability lies in each; they sum to one.
    middle, variance : ndarray
        Of an even spread over the piece.
    centre : float or ndarray
        What the outlook is stretched about: about its median.
    """

    weights: FloatArray
    middle: FloatArray
    variance: FloatArray
    centre: float | FloatArray


def cells_of(outlook: StudentTMixture, scale: Scale) -> Cells:
    """Cut an outlook into pieces; no search for quantiles, the probability of each piece is exact."""
    cuts = np.clip(outlook.landmarks()[list(_CUTS)], *_sides(outlook.bounds))
    below = np.asarray(outlook.at_most(cuts[1:-1]))
    weights = np.diff(np.concatenate([[0.0], below, [1.0]]))
    centre = float(np.maximum(scale.transform(cuts[_MIDDLE]), -_FAR))
    images = stretched(scale.transform(cuts), centre)
    low, high = images[:-1], images[1:]
    return Cells(weights, 0.5 * (low + high), (high - low) ** 2 / 12, centre)


def stretched(images: FloatArray, middle: float | FloatArray) -> FloatArray:
    """Images of a parent's outlook as they count for an area: further from its middle."""
    return middle + STRETCH * (np.maximum(images, -_FAR) - middle)


def _sides(bounds: Bounds) -> tuple[float, float]:
    lower, upper = bounds
    return -np.inf if lower is None else lower, np.inf if upper is None else upper


def known_cells(image: float) -> Cells:
    """Pieces of a value that is known: one, of no width."""
    weights = np.zeros(CELLS)
    weights[0] = 1.0
    return Cells(weights, np.full(CELLS, image), np.zeros(CELLS), image)
