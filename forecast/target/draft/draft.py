"""A draft: the targets a document states, for a person to check."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from forecast.target.draft.document import Document
from forecast.target.draft.found import Left, Stated
from forecast.target.draft.read_document import read_document
from forecast.target.draft.reader import Reader


@dataclass(frozen=True)
class Draft:
    """Draft."""

    document: Document
    targets: tuple[Stated, ...]
    left: tuple[Left, ...]

    def to_frame(self) -> pd.DataFrame:
        """Return."""
        rows = [dict(indicator=t.indicator, kind=t.kind, value=t.value, unit=t.unit, year=t.year, quote=self.document.text[t.start:t.end], minor=t.minor, base_year=t.base_year, base_value=t.base_value,nature=t.nature,
          approximate=t.approximate, growth_rate=t.growth_rate,confidence=t.confidence, inherited="; ".join(t.inherited+t.doubts)) for t in self.targets if not t.minor]
        return pd.DataFrame(rows, columns=["indicator","kind","value","unit","year","quote","minor","base_year","base_value","nature","approximate","growth_rate","confidence","inherited"])


def draft_plan(path: str | Path, *, year: int | None = None, area: str | None = None) -> Draft:
    """Draft."""
    document = read_document(Path(path))
    stated, left = Reader(document, year).read()
    return Draft(document, tuple(stated), tuple(left))
