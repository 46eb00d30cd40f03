"""The models: one algorithm a file, one protocol for all, and the default in one place."""

from __future__ import annotations

from forecast.models.base import Model
from forecast.models.drift import Drift
from forecast.models.pool import Pool
from forecast.models.structural import LocalTrend
from forecast.models.theta import Theta
from forecast.models.trend import Trend

DEFAULT: Model = Pool((Drift(), LocalTrend(), Theta(), Trend()))
