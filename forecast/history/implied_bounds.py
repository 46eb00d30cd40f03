"""Bounds that nobody declared: what an indicator's name and unit say it cannot be.

The rule, for a series without any declared bound:

* a percentage that is a share by its name (coverage, share, access, urbanisation, poverty, 覆盖率, 比重 ...)
  and has kept within 0 and 100 stays within them;
* any other percentage is left open, because it may be a growth rate, an index or a ratio to GDP;
* every other series that was never negative does not become negative, unless its name speaks of a
  difference (growth, change, balance, net, temperature, 增长, 差额 ...).

To lift it, declare a bound, however wide: ``bounds=(-1000, None)``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from forecast.arrays import FloatArray
from forecast.history.catalogue import Bounds
from forecast.history.history import History
from forecast.history.units import same_unit

SHARE, AMOUNT, UNTOLD, OPEN = "share", "amount", "untold", "open"

_DIFFERENCES = (
    r"growth|change|increase|decrease|balance|surplus|deficit|\bnet\b|profit|loss|temperature|anomaly|"
    r"inflation|return|deviation|difference|gap|增长|增速|增幅|涨|变化|差额|差距|盈余|赤字|净|利润|温|同比|环比|降幅|下降|胀|回报|收益"
)
RATIOS = r"index|gdp|debt|trade|import|export|gross|ratio|指数|生产总值|负债|债务|贸易|毛|价格"
_SHARES = (
    r"share|coverage|cover|proportion|percentage of|access|prevalence|literacy|urbani[sz]ation|urban|"
    r"poverty|unemployment|employment|participation|electrif|treated|treatment|connected|sanitation|"
    r"enrol|vaccinat|immuni[sz]|complian|recycl|survival|penetration|"
    r"覆盖率|普及率|城镇化率|比重|占比|比例|达标率|合格率|处理率|入学率|参保率|失业率|就业率|贫困率|绿化率|率$"
)


def plain_name(indicator: str) -> str:
    """Name of an indicator in small letters, words apart by single spaces."""
    return re.sub(r"[_\W]+", " ", indicator.casefold())


@lru_cache(maxsize=4096)
def nature_of(indicator: str, unit: str) -> str:
    """What name and unit say of an indicator: a share, an amount, untold (a percentage), or open.

    Examples
    --------
    >>> nature_of("water_coverage", "%"), nature_of("gdp_growth", "%"), nature_of("debt_ratio", "%")
    ('share', 'open', 'untold')
    >>> nature_of("供水普及率", "%"), nature_of("road_deaths", ""), nature_of("trade_balance", "bn")
    ('share', 'amount', 'open')
    """
    name = plain_name(indicator)
    if re.search(_DIFFERENCES, name):
        return OPEN
    if same_unit(unit) != "%":
        return AMOUNT
    return SHARE if re.search(_SHARES, name) and not re.search(RATIOS, name) else UNTOLD


def implied_bounds(history: History) -> Bounds:
    """Bounds of a history: as declared, else as name, unit and figures imply.

    Examples
    --------
    >>> implied_bounds(History.of("water_coverage", [2022, 2023], [91.0, 94.0], unit="%"))
    (0.0, 100.0)
    >>> implied_bounds(History.of("gdp_growth", [2022, 2023], [3.0, 5.2], unit="%"))
    (None, None)
    """
    if history.bounds != (None, None):
        return history.bounds
    nature = nature_of(history.indicator, history.unit)
    least, most = float(history.values.min()), float(history.values.max())
    if nature == SHARE and least >= 0 and most <= 100:
        return 0.0, 100.0
    return (0.0, None) if nature == AMOUNT and least >= 0 else (None, None)


def implied_of_each(
    bounds: FloatArray, indicators: Sequence[str], units: Sequence[str], least: FloatArray, most: FloatArray
) -> FloatArray:
    """Bounds of many series, as :func:`implied_bounds` does: (series, 2), infinite where open."""
    found = bounds.copy()
    natures = np.array([nature_of(str(i), str(u)) for i, u in zip(indicators, units, strict=True)])
    undeclared = np.isinf(bounds).all(axis=1) & (least >= 0)
    found[undeclared & (natures == AMOUNT), 0] = 0.0
    found[undeclared & (natures == SHARE) & (most <= 100)] = 0.0, 100.0
    return found


def undeclared(history: History) -> str | None:
    """Note on the bounds of a percentage for which none were declared, or None."""
    if history.bounds != (None, None) or same_unit(history.unit) != "%":
        return None
    if implied_bounds(history) != (None, None):
        return "bounds_assumed"
    return "no_bounds_declared" if nature_of(history.indicator, history.unit) != OPEN else None


def assumed(history: History) -> str | None:
    """Note on every bound that was assumed or is wanting, as ``check`` shows it, or None.

    Examples
    --------
    >>> assumed(History.of("road_deaths", [2022, 2023], [41.0, 38.0]))
    'amount_assumed'
    >>> assumed(History.of("gdp_growth", [2022, 2023], [3.0, 5.2], unit="%")) is None
    True
    """
    if history.bounds == (None, None) and implied_bounds(history) == (0.0, None):
        return "amount_assumed"
    return undeclared(history)
