"""A province, a city and districts that small-area tests share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

import forecast as fc

YEARS = range(2000, 2026)
_RNG = np.random.default_rng(7)
CITY_VALUES = 50 * np.exp(np.cumsum(_RNG.normal(0.05, 0.03, 26)))
PROVINCE_VALUES = 900 * np.exp(np.cumsum(_RNG.normal(0.05, 0.02, 26)))
SHARE_VALUES = 40 + np.cumsum(_RNG.normal(1.0, 0.4, 26))


def amount(area: str, years: Sequence[int] | range, values: Sequence[float] | np.ndarray) -> fc.History:  # type: ignore[type-arg]
    return fc.History.of("output", years, values, unit="million yuan", area=area, bounds=(0, None))


def share(area: str, years: Sequence[int] | range, values: Sequence[float] | np.ndarray) -> fc.History:  # type: ignore[type-arg]
    return fc.History.of("urban", years, values, unit="%", area=area, bounds=(0, 100))


def balance(area: str, years: Sequence[int] | range, values: Sequence[float] | np.ndarray) -> fc.History:  # type: ignore[type-arg]
    return fc.History.of("balance", years, values, unit="million yuan", area=area)


CITY = amount("City", YEARS, CITY_VALUES)
PROVINCE = amount("Province", YEARS, PROVINCE_VALUES)
DISTRICT = amount("District", [2001, 2006, 2011, 2021], [2.6, 3.7, 5.6, 9.2])
ONCE = amount("Once", [2021], [9.2])
URBAN_CITY = share("City", YEARS, SHARE_VALUES)
URBAN_DISTRICT = share("District", [2005, 2010, 2020], [52.0, 55.0, 66.0])
BALANCE_CITY = balance("City", YEARS, CITY_VALUES - 60)
BALANCE_DISTRICT = balance("District", [2005, 2010, 2020], [-30.0, 12.0, 40.0])


def scaled(history: fc.History, factor: float) -> fc.History:
    return replace(history, values=history.values * factor)
