"""English."""

from __future__ import annotations

from forecast.target.draft.context import Context
from forecast.target.draft.found import Left, Stated
from forecast.target.draft.plain import Plain


def read_english(text: Plain, context: Context, source: str) -> tuple[list[Stated], list[Left]]:
    """Return what a paragraph states."""
    return [], []
