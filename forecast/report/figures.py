"""Charts asked for by a document, drawn."""

from __future__ import annotations

from forecast.language import Language
from forecast.report.blocks import Chart


def svg(chart: Chart, language: Language) -> str | None:  # noqa: ARG001
    """Return a chart as SVG text; None while it cannot be drawn."""
    return None
