"""Reads the cards of a document: every number in a sentence has to stand in a table of its card."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from forecast.assessment.assessment import Assessment
from forecast.report.content.blocks import Block, Bullets, Chart, Facts, Paragraph, Section, Table, walk
from forecast.report.content.document import Document

# Units as sentences write them; the others stand behind a number without being part of it.
_STEPS = ("million ", "billion ", "万", "亿", "")
_UNITS = (
    "percentage points",
    "个百分点",
    "pp",
    "%",
    "times",
    "倍",
    "yuan",
    "元",
    "days",
    "天",
    "kg",
    "人",
    "吨",
)
_UNIT = "|".join(re.escape(step + unit) for step in _STEPS for unit in sorted(_UNITS, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?<![A-Za-z0-9.,])(?P<x>\d+(?:,\d{3})*(?:\.\d+)?(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)(?:\s?(?P<unit>{_UNIT}))?"
)
_RANGE = {" to ", " and ", "～", "与", "至", "–", "—"}
_NAMES = re.compile(r"(Series |指标)x\d+")
Figure = tuple[str, str]


def figures(text: str) -> set[Figure]:
    """Every number in a text with its unit; "69.7 to 72.1 %" has two in percent."""
    text = _NAMES.sub("", text)
    found = list(_NUMBER.finditer(text))
    units = [match["unit"] or "" for match in found]
    for i in range(len(found) - 2, -1, -1):
        between = text[found[i].end() : found[i + 1].start()].replace("−", "")
        if not units[i] and between in _RANGE:
            units[i] = units[i + 1]
    return {(match["x"], unit) for match, unit in zip(found, units, strict=True)}


def unproved(document: Document) -> list[str]:
    """Sentences of cards with a number that no table of the same card has, each with that number."""
    return [
        f"{section.title}: {number} {unit}: {text}"
        for _, section in walk(document.sections)
        if section.line is not None
        for text in sentences(section)
        for number, unit in sorted(figures(text) - tabled(section))
    ]


def counted_otherwise(document: Document) -> list[str]:
    """Figures of cards told in thousands or millions where the unit of the series has no such word."""
    found = []
    for _, section in walk(document.sections):
        if section.line is None or section.line.assessment.history is None:
            continue
        history = section.line.assessment.history
        unit = document.wording.measure(history)[1]
        texts = [*sentences(section), *(text for block in section.blocks for text, _ in _cells(block))]
        steps = [step.strip() for step in _STEPS if step and step.strip() not in unit]
        told = [f"{x} {of}" for text in texts for x, of in figures(text) if of.startswith(tuple(steps))]
        found += [f"{section.title}: {each}" for each in told]
    return found


def sentences(section: Section) -> Iterator[str]:
    """Sentences of a card; small print about methods and the notes of models have figures of their own."""
    assert section.line is not None, "a card has a line"
    for block in section.blocks:
        if isinstance(block, Paragraph) and block.role != "note":
            yield block.text
        elif isinstance(block, Chart):
            yield block.description
        elif isinstance(block, Bullets) and not block.small:
            # The first is the evidence; what follows are the notes of the fit.
            yield block.items[0]


def tabled(section: Section) -> set[Figure]:
    """Every number in the tables of a card, and the counts of years that its series of figures shows."""
    assert section.line is not None, "a card has a line"
    found = _counted(section.line.assessment)
    for block in section.blocks:
        for text, unit in _cells(block):
            some = figures(text)
            found |= some | ({(x, unit) for x, own in some if not own} if unit else set())
    return found


def _cells(block: Block) -> Iterator[tuple[str, str]]:
    """Texts of a table's cells, each with the unit that its heading names."""
    if isinstance(block, Facts):
        yield from ((text, "") for term, cell in block.items for text in (term, cell.text, *cell.details))
    if isinstance(block, Table):
        yield block.caption, ""
        for row in block.rows:
            for head, cell in zip(block.columns, row.cells, strict=True):
                yield cell.text, _unit_of(head) or _unit_of(block.caption)


def _unit_of(head: str) -> str:
    named = re.search(r"[(（]([^)）]+)[)）]", head)
    return named[1] if named else ""


def _counted(a: Assessment) -> set[Figure]:
    """Counts that follow from the years of the series: the evidence names them."""
    known = a.history
    assert known is not None, "a card has a history"
    span = known.last_year - known.first_year + 1
    counts: Iterable[int] = (span, span - len(known), a.target.year - known.last_year)
    return {(str(n), "") for n in counts}
