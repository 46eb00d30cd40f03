"""What official methods say of the same figures: shown beside a forecast, never mixed into it.

Each system has a file of pure functions: plain numbers in, a `Verdict` out, with the source and
the formula in the docstring. `applicable` puts one question to all that can answer.
"""

from __future__ import annotations

from forecast.rules import aarr, china, china_rates, destatis, escap, statcan, trend, unsd
from forecast.rules.agreement import Agreement, agreement
from forecast.rules.applicable import RuleInput, applicable
from forecast.rules.base import Track, Verdict

__all__ = [
    "Agreement",
    "RuleInput",
    "Track",
    "Verdict",
    "aarr",
    "agreement",
    "applicable",
    "china",
    "china_rates",
    "destatis",
    "escap",
    "statcan",
    "trend",
    "unsd",
]
