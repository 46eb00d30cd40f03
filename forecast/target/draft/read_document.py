"""Which reader opens which format."""

from __future__ import annotations

from pathlib import Path

from forecast.target.draft.document import Document
from forecast.target.draft.read_text import read_text


def read_document(path: Path) -> Document:
    """Return the document."""
    return read_text(path)
