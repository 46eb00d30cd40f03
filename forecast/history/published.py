"""The precision with which figures are published."""

from __future__ import annotations

import numpy as np

from forecast.arrays import FloatArray, IntArray

# Of figures of .1 and more, decimals beyond these are no publisher's; smaller figures have as many digits.
MOST_DECIMALS = 6


def published_decimals(values: FloatArray) -> IntArray:
    """Number of decimals each row is published with; NaN is left out of account.

    At most six, and of a row whose largest figure is below .1 six digits from there on: a rate of
    .00000041 per person is published as exactly as .41 per million.

    Parameters
    ----------
    values : ndarray, shape (rows, n)

    Examples
    --------
    >>> published_decimals(np.array([[96.2, 97.0], [4e-7, 5e-7], [1 / 3, 1.0]])).tolist()
    [1, 7, 6]
    """
    largest = np.nanmax(np.abs(values), axis=1, initial=0.0, where=~np.isnan(values))
    size = np.floor(np.log10(np.where(largest > 0, largest, 1.0))).astype(np.int64)
    found = MOST_DECIMALS - np.minimum(size + 1, 0)
    left = np.arange(len(values))
    for places in range(int(found.max(initial=0))):
        rows = values[left]
        close = np.isclose(np.round(rows, places), rows, rtol=1e-12, atol=0.0) | np.isnan(rows)
        exact = close.all(axis=1) & (places < found[left])
        found[left[exact]] = places
        left = left[~exact & (places + 1 < found[left])]
        if not len(left):
            break
    return found
