"""A draft: the targets a document states, for a person to check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from forecast.errors import ForecastError
from forecast.history.history import FIRST_YEAR, LAST_YEAR
from forecast.language.message import Message
from forecast.target.draft.document import Document
from forecast.target.draft.found import Left, Stated
from forecast.target.draft.names import area_in, area_of, matched
from forecast.target.draft.read_document import read_document
from forecast.target.draft.reader import Reader
from forecast.target.draft.toml import written

COLUMNS = (
    "indicator", "matched", "near", "kind", "value", "unit", "year", "lower", "upper", "base_year",
    "base_value", "nature", "approximate",
    "growth_rate", "direction", "other", "quote", "start", "end", "confidence", "inherited", "minor",
)  # fmt: skip
_LONGEST_TITLE = 60


@dataclass(frozen=True)
class Draft:
    """The targets read in a document, each with the words that state it.

    Parameters
    ----------
    document : Document
        Its text; ``start`` and ``end`` of a quote count its characters.
    targets : tuple of Stated
        What it states as targets.
    minor : tuple of Stated
        Numbers that stand among its tasks, where it states its targets elsewhere.
    left : tuple of Left
        Sentences with numbers that gave no target, each with the reason.
    area : str
        Whose targets they are, in the catalogue's name where it has one.

    Notes
    -----
    It is for a person to check: nothing of it is assessed before it was written to a plan file and read back.
    """

    document: Document
    targets: tuple[Stated, ...]
    minor: tuple[Stated, ...] = ()
    left: tuple[Left, ...] = ()
    area: str = ""
    title: str = ""

    @property
    def text(self) -> str:
        """Document's text, in which every quote stands."""
        return self.document.text

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader must know of the reading: pages not read, and that nothing was found."""
        empty = () if self.targets else (Message("draft_no_target"),)
        return (*self.document.remarks, *empty)

    def __len__(self) -> int:
        """Number of targets."""
        return len(self.targets)

    def __iter__(self) -> Iterator[Stated]:
        """Iterate over the targets in the document's order."""
        return iter(self.targets)

    def quote(self, target: Stated) -> str:
        """Words that state a target."""
        return self.text[target.start : target.end]

    def to_frame(self, *, minor: bool = False) -> pd.DataFrame:
        """One row a target.

        Parameters
        ----------
        minor : bool
            Give the numbers among the tasks too.

        Returns
        -------
        pandas.DataFrame
            ``indicator`` in the text's words, ``matched`` the catalogue's name and ``near`` its near misses,
            ``kind, value, unit, year`` (units as written, changes signed, a class as a word), ``lower`` and
            ``upper`` of a range, ``base_year, base_value, nature, approximate, growth_rate, direction,
            other``, the ``quote`` with ``start`` and ``end`` in characters, ``confidence`` (0 to 1), and in
            ``inherited`` what did not stand in the clause itself.
        """
        rows = [self._row(each) for each in (*self.targets, *(self.minor if minor else ()))]
        frame = pd.DataFrame(rows, columns=list(COLUMNS))
        for column in ("year", "base_year", "start", "end"):
            frame[column] = frame[column].astype("Int64")
        return frame

    def to_toml(self, lang: str = "en") -> str:
        """Plan file for `read_plan`; what cannot be asked yet stands behind #, with the reason.

        Parameters
        ----------
        lang : {"en", "zh"}
            Language of the comments.
        """
        rows = [(each, matched(each.indicator), self.quote(each)) for each in self.targets]
        minor = [(each, matched(each.indicator), self.quote(each)) for each in self.minor]
        return written(self.title, self.area, rows, minor, self.remarks, lang)

    def _row(self, each: Stated) -> dict[str, object]:
        match = matched(each.indicator)
        told = {name: getattr(each, name) for name in COLUMNS if hasattr(each, name)}
        return told | {
            "matched": match.name, "near": ", ".join(match.near), "quote": self.quote(each),
            "inherited": "; ".join((*each.inherited, *each.doubts)),
        }  # fmt: skip

    def summary(self) -> Message:
        """Counts of what was found, in a sentence that can be told in both languages."""
        counts = {"n": len(self.targets), "minor": len(self.minor), "left": len(self.left)}
        return Message("draft_summary", document=self.document.name, **counts)

    def __repr__(self) -> str:
        """One line."""
        found = f"targets: {len(self.targets)}, minor: {len(self.minor)}, sentences left: {len(self.left)}"
        return f"Draft({self.document.name!r}: {found})"

    def _repr_html_(self) -> str:
        """Table for a notebook."""
        return str(
            self.to_frame()[["indicator", "kind", "value", "unit", "year", "quote", "confidence"]].to_html()
        )


def draft_plan(path: str | Path, *, year: int | None = None, area: str | None = None) -> Draft:
    r"""Targets that a document states, read by rules, for a person to check.

    Parameters
    ----------
    path : path
        .txt, .md, .docx, .html, .pdf (with the extra ``pdf``), .csv or .xlsx; Chinese, in simplified or
        traditional characters, or English.
    year : int, optional
        The year of targets for which the text names none.
    area : str, optional
        Whose targets they are; default: the catalogue's area that the title names.

    Raises
    ------
    ReadError
        In one sentence, for a file that is not there, cannot be read, or is not what it says.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "plan.txt"
    ...     _ = path.write_text("到2025年,森林覆盖率达到24.1%,单位GDP能耗比2020年下降13.5%。", "utf-8")
    ...     draft = draft_plan(path)
    >>> draft.to_frame()[["matched", "kind", "value", "unit", "year"]].values.tolist()
    [['forest_cover', 'at_least', 24.1, '%', 2025], ['energy_per_gdp', 'change', -13.5, '%', 2025]]
    """
    if not isinstance(path, str | Path):
        raise ForecastError(Message("draft_path", got=repr(path)))
    if year is not None and (not isinstance(year, int) or not FIRST_YEAR <= year <= LAST_YEAR):
        raise ForecastError(Message("draft_year", got=repr(year)))
    document = read_document(Path(path))
    stated, left = Reader(document, year).read()
    kept = _distinct(stated)
    title = _title(document)
    return Draft(
        document,
        tuple(each for each in kept if not each.minor),
        tuple(each for each in kept if each.minor),
        tuple(left),
        area_of(area) if area else area_in(title),
        title,
    )


def _distinct(stated: list[Stated]) -> list[Stated]:
    """Each target once, where the text tells it best: among the targets, and most surely."""
    best: dict[tuple[object, ...], Stated] = {}
    for each in stated:
        key = (each.indicator, each.kind, each.value, each.lower, each.unit, each.year)
        before = best.get(key)
        if before is None or (before.minor and not each.minor):
            best[key] = each
        elif each.nature and not before.nature:
            best[key] = replace(before, nature=each.nature)
    return sorted(best.values(), key=lambda each: (each.start, each.end))


def _title(document: Document) -> str:
    """First heading, or first line, that is no longer than a title."""
    for block in document.blocks[:8]:
        line = " ".join(document.text[block.start : block.end].split())
        if block.kind == "heading" or (
            block.kind == "text" and 4 < len(line) <= _LONGEST_TITLE and not re.search(r"[。.;；]$", line)
        ):
            return line[:200]
    return Path(document.name).stem
