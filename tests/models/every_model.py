"""Every model of the library, and the histories that every one of them must cope with. The one place."""

from __future__ import annotations

import numpy as np

import forecast as fc

ALL_MODELS: tuple[fc.Model, ...] = (
    fc.StructuralMixture(),
    fc.Drift(),
    fc.Naive(),
    fc.ETS(),
    fc.Theta(),
    fc.ARIMA(),
    fc.LocalTrend(),
    fc.Trend(),
    fc.Pool([fc.Drift(), fc.LocalTrend(), fc.Theta(), fc.Trend()]),
)

BOTH = (None, None)
YEARS = np.arange(2010, 2022)
RISING = np.array([31.0, 33.5, 33.0, 36.2, 38.9, 38.1, 41.7, 42.0, 45.5, 46.1, 49.8, 50.3])
BALANCE = np.array([-3.0, -1.2, -2.1, 0.4, 1.9, -0.7, 1.1, 2.8, 2.2, 4.9, 3.6, 5.1])
FALLING_SHARE = np.array([22.0, 20.9, 20.5, 18.8, 17.2, 17.0, 15.1, 14.2, 13.9, 12.0, 11.4, 10.1])


def history(
    values: np.ndarray, *, bounds: tuple[float | None, float | None] = BOTH, years: np.ndarray = YEARS
) -> fc.History:
    """Return a history of the first years."""
    return fc.History.of("x", years[: len(values)], values, bounds=bounds)


# Name, history, a target within reach of sense.
HARD = {
    "constant": (history(np.full(12, 7.0)), 7.05),
    "constant on the log scale": (history(np.full(12, 7.0), bounds=(0, None)), 7.05),
    "all zeros": (history(np.zeros(12)), 0.01),
    "all zeros, a share": (history(np.zeros(12), bounds=(0, 100)), 0.0),
    "at the upper bound": (history(np.full(12, 100.0), bounds=(0, 100)), 100.0),
    "reaching the upper bound": (
        history(np.minimum(RISING * 2, 100), bounds=(0, 100)),
        100.0,
    ),
    "of size 1e-12": (history(RISING * 1e-12), 60e-12),
    "of size 1e12": (history(RISING * 1e12), 60e12),
    "1e12, barely moving": (history(1e12 + RISING), 1e12 + 60),
    "a straight line": (history(np.arange(12.0)), 15.5),
    "a straight line, almost": (history(np.arange(12.0) + 0.01 * np.sin(np.arange(12.0))), 15.5),
    "steady growth": (history(1.07 ** np.arange(12.0), bounds=(0, None)), 1.07**16),
    "one wild point": (history(np.where(YEARS == 2015, 400.0, RISING)), 60.0),
    "a wild last point": (history(np.where(YEARS == 2021, 400.0, RISING)), 300.0),
    "one step": (history(np.where(YEARS >= 2016, 5.0, 2.0)), 6.0),
    "zigzag": (history(np.where(YEARS % 2 == 0, 1.0, 2.0)), 1.5),
    "ending where it began": (history(np.concatenate([RISING[:11], RISING[:1]])), 40.0),
    "a decay": (history(0.5 ** np.arange(12.0)), 0.0),
}
