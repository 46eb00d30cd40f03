"""The models: one algorithm a file, one protocol for all, and the default in one place."""

from __future__ import annotations

from forecast.models.base import Model
from forecast.models.mixture.structural_mixture import StructuralMixture

DEFAULT: Model = StructuralMixture()
