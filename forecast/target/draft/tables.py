"""A table of targets."""

from __future__ import annotations

from forecast.target.draft.context import Context
from forecast.target.draft.document import Block
from forecast.target.draft.found import Left, Stated


def read_table(block: Block, context: Context, source: str) -> tuple[list[Stated], list[Left]]:
    """Return what a table states."""
    return [], []
