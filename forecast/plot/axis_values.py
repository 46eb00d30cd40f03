"""How values are written on an axis: one factor for all of them, said once beside the unit."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from forecast.arrays import FloatArray
from forecast.assessment.assessment import Assessment
from forecast.evaluation.scores import LEVEL
from forecast.language.language import Language, power_of_ten
from forecast.language.precision import forecast_decimals

# As many values the height of a chart tells apart.
_STEPS = 180
# Axes up to a million are written in full, and so are those down to a thousandth.
_LARGE, _SMALL = 1e6, 1e-3
_WORDS = {"en": ((1e9, "billion"), (1e6, "million")), "zh": ((1e8, "亿"), (1e4, "万"))}
# Past this many of the largest word a power of ten reads better.
_MOST = 1e5
# Units with a number or a number word of their own take no second one.
_COUNTS = re.compile(r"\d|万|亿|千|百|thousand|million|billion|trillion")


@dataclass(frozen=True)
class Values:
    """How the values of one chart are written.

    Parameters
    ----------
    language : Language
    unit : str
        With the factor, as it stands beside the axis.
    factor : float
        What one on the axis means, in the indicator's unit.
    decimals : int
        At which neighbouring values of the chart can be told apart; -2 is to the nearest hundred.
    classes : tuple of str
        What the positions 1, 2, ... stand for, where the values are positions on a scale.

    Examples
    --------
    >>> values = Values.between(0.0, 4.2e9, "persons", language=Language("en"))
    >>> values.unit, values.written(2.5e9)
    ('billion persons', '2.50')
    """

    language: Language
    unit: str
    factor: float
    decimals: int
    classes: tuple[str, ...] = ()

    @classmethod
    def between(cls, low: float, high: float, unit: str, *, language: Language) -> Values:
        """How values from *low* to *high* are written."""
        times, plain = language.plain_unit(unit)
        factor, word = _factor(max(abs(low), abs(high)) * times, plain, language)
        factor /= times
        gap = " " if word and (language.code == "en" or word.startswith("×")) else ""
        step = (high - low) / factor / _STEPS
        places = round(-math.log10(step)) if step > 0 else 0
        return cls(language, f"{word}{gap}{plain}", factor, places)

    def written(self, x: float, decimals: int | None = None) -> str:
        """Estimate, to *decimals* in the indicator's unit, else to what the chart can show."""
        if self.classes:
            return self.classes[min(max(round(x), 1), len(self.classes)) - 1]
        places = self.decimals if decimals is None else decimals + round(math.log10(self.factor))
        return self.language.number(x / self.factor, places)

    def exact(self, x: float) -> str:
        """Published figure or a target with its own digits, as far as they matter here."""
        if self.classes:
            return self.written(x)
        value, most = x / self.factor, max(self.decimals + 2, 0)
        places = next((n for n in range(most) if math.isclose(round(value, n), value, rel_tol=1e-7)), most)
        return self.language.number(value, places)

    def tick(self, x: float, step: float) -> str:
        """Value of an axis that is divided in steps."""
        size = step / self.factor
        places = max(0, -math.floor(math.log10(size) + 1e-9)) if size > 0 else 0
        # A step of 2.5 needs one decimal more than its size says.
        places += round(size, places) != size and not math.isclose(round(size, places), size, rel_tol=1e-6)
        return self.language.number(x / self.factor, places)


def widened(low: float, high: float, others: FloatArray, reach: float) -> tuple[float, float]:
    """Widen the ends of an axis to hold others, by no more than *reach* times its length on a side.

    Examples
    --------
    >>> import numpy as np
    >>> widened(0.0, 10.0, np.array([-4.0, 90.0]), 2.0)
    (-4.0, 30.0)
    """
    most = reach * (high - low) if high > low else math.inf
    return max(min(low, float(others.min())), low - most), min(max(high, float(others.max())), high + most)


def _factor(largest: float, unit: str, language: Language) -> tuple[float, str]:
    if largest == 0 or _SMALL <= largest < _LARGE:
        return 1.0, ""
    words = _WORDS[language.code]
    if not _COUNTS.search(unit) and _LARGE <= largest < _MOST * words[0][0]:
        return next((size, word) for size, word in words if largest >= size)
    power = 3 * math.floor(math.log10(largest) / 3)
    return 10.0**power, power_of_ten(power)


# It takes a search of its own, and is asked for with every figure of a target that is told.
@lru_cache(maxsize=8)
def shown_interval(a: Assessment) -> tuple[float, float]:
    """Interval that is shown of an outlook, in the indicator's unit."""
    assert a.outlook is not None, "asked only of what has an outlook"
    return a.outlook.interval(LEVEL)


def outlook_decimals(a: Assessment, x: float) -> int:
    """Decimals with which a forecast value of an assessment is shown, in charts and in sentences."""
    if a.outlook is None or a.history is None:
        return 0
    return forecast_decimals(x, shown_interval(a), a.history.decimals)
