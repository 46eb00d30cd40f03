"""A report as an Excel workbook: numbers as numbers, tables with filters, a sheet for each indicator."""

from __future__ import annotations

import datetime
import math
import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from unicodedata import east_asian_width

from forecast.report.archive import steady
from forecast.report.blocks import Block, Bullets, Cell, Facts, Paragraph, Section, Table, plain
from forecast.report.document import Document

# Excel's own limits for the name of a sheet.
_LONGEST, _FORBIDDEN = 31, re.compile(r"[\[\]:*?/\\\x00-\x1f]")
A4 = 9
# Column widths in characters: none narrower or wider.
NARROW, WIDE = 8, 48
# Columns that stay in sight beside the figures: number, group, indicator.
FROZEN = 3
TEXT_WIDTH = 100
# A probability shows what the report says, and stays a number.
_PROBABILITY = '[<0.01]"<1%";[>0.99]">99%";0%'


def xlsx(report: Document) -> bytes:
    """Return the document as an XLSX file, the same bytes for the same report."""
    import xlsxwriter

    file = BytesIO()
    # Nothing a reader wrote is a formula or an address, whatever it begins with.
    as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, {"in_memory": True, **as_text})
    moment = datetime.datetime.combine(report.date, datetime.time())
    book.set_properties({"title": report.title, "author": "forecast", "created": moment})
    writer = _Writer(report, book)
    writer.front()
    for section in report.sections:
        writer.chapter(section)
    book.close()
    return steady(file.getvalue())


def sheet_name(title: str, taken: set[str]) -> str:
    """Return a title as Excel allows it for a sheet, unlike any that is taken.

    Examples
    --------
    >>> sheet_name("5 a/b: [c]", set()), sheet_name("A", {"a"})
    ('5 a b c', 'A 2')
    """
    name = " ".join(_FORBIDDEN.sub(" ", title).split()).strip("'")[:_LONGEST].strip() or "1"
    tried, n = name, 1
    while tried.lower() in taken:
        n += 1
        tried = f"{name[: _LONGEST - len(str(n)) - 1].strip()} {n}"
    return tried


@dataclass
class _Sheet:
    """A worksheet and the next free row."""

    page: Any
    row: int = 0
    widths: dict[int, float] = field(default_factory=dict)


@dataclass
class _Writer:
    """Fills one workbook."""

    report: Document
    book: Any
    taken: set[str] = field(default_factory=set)
    styles: dict[tuple[object, ...], Any] = field(default_factory=dict)

    def front(self) -> None:
        """Write the first two sheets: the overall judgement, and every target with every figure."""
        overall = self.report.sections[0]
        sheet = self._sheet(overall.title)
        for text, size in ((self.report.title, 16), (self.report.subtitle, 12), (self.report.dated, 10)):
            self._line(sheet, text, size=size, bold=size > 10)
        self._blocks(sheet, overall.blocks)
        self._close(sheet)
        targets = next(section for section in self.report.sections if section.id == "targets")
        self._figures(targets)

    def chapter(self, section: Section) -> None:
        """Write a chapter on a sheet of its own; each card on one of its own."""
        if section.id in ("overall", "targets"):
            return
        if section.id == "cards":
            for inner in section.sections:
                self._page(inner)
            return
        self._page(section)

    def _page(self, section: Section) -> None:
        sheet = self._sheet(section.title)
        self._line(sheet, section.title, size=14, bold=True)
        self._blocks(sheet, section.blocks)
        for inner in section.sections:
            sheet.row += 1
            self._line(sheet, inner.title, size=12, bold=True)
            self._blocks(sheet, inner.blocks)
        self._close(sheet)

    def _figures(self, section: Section) -> None:
        """Write the full table: frozen head and names, filters, bars behind the probabilities."""
        table, sheet = self.report.full_table, self._sheet(section.title)
        self._table(sheet, table)
        sheet.page.freeze_panes(1, FROZEN)
        sheet.page.repeat_rows(0)
        column = table.keys.index("probability")
        self._bars(sheet, 1, column, len(table.rows))
        self._close(sheet)

    def _blocks(self, sheet: _Sheet, blocks: tuple[Block, ...]) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self._line(sheet, block.text, bold=block.role == "strong")
            elif isinstance(block, Bullets):
                for item in block.items:
                    self._line(sheet, item)
            elif isinstance(block, Facts):
                self._facts(sheet, block)
            elif isinstance(block, Table):
                sheet.row += 1
                self._line(sheet, block.caption, bold=True)
                first = sheet.row + 1
                self._table(sheet, block)
                if "probability" in block.keys:
                    self._bars(sheet, first, block.keys.index("probability"), len(block.rows))
                sheet.row += 1

    def _facts(self, sheet: _Sheet, facts: Facts) -> None:
        sheet.row += 1
        for term, cell in facts.items:
            self._put(sheet, sheet.row, 0, plain(term), wrap=True)
            self._put(sheet, sheet.row, 1, cell, wrap=True)
            sheet.row += 1

    def _table(self, sheet: _Sheet, table: Table) -> None:
        rows, top = table.body, sheet.row
        names = _different(table.columns)
        sides = ["right" if table.numeric(i) and key != "year" else "" for i, key in enumerate(table.keys)]
        heads = [
            {"header": name, "header_format": self._style(bold=True, wrap=True, side=side)}
            for name, side in zip(names, sides, strict=True)
        ]
        options = {"columns": heads, "style": "Table Style Light 1", "banded_rows": False}
        sheet.page.add_table(top, 0, top + max(len(rows), 1), len(names) - 1, options)
        for i, name in enumerate(names):
            self._widen(sheet, i, name)
        for i, row in enumerate(rows, start=1):
            for j, cell in enumerate(row.cells):
                self._put(sheet, top + i, j, cell, wrap=True)
        sheet.row = top + max(len(rows), 1) + 1

    def _put(self, sheet: _Sheet, row: int, column: int, cell: Cell, *, wrap: bool = False) -> None:
        """Write a number as a number with its format, anything else as text."""
        text = "\n".join((cell.text, *cell.details))
        if cell.numeric and isinstance(cell.value, int | float) and math.isfinite(cell.value):
            sheet.page.write_number(
                row,
                column,
                cell.value,
                self._style(form=_form(cell), side="left" if cell.kind == "year" else ""),
            )
        else:
            sheet.page.write_string(
                row, column, text, self._style(wrap=wrap, side="right" if cell.numeric else "")
            )
        self._widen(sheet, column, text)

    def _line(self, sheet: _Sheet, text: str, *, size: int = 10, bold: bool = False) -> None:
        """Write a sentence across the sheet, its row as high as it needs."""
        style = self._style(bold=bold, size=size, wrap=True)
        last = max(int(TEXT_WIDTH / 14), 2)
        sheet.page.merge_range(sheet.row, 0, sheet.row, last, "", style)
        sheet.page.write_string(sheet.row, 0, text, style)
        lines = math.ceil(_width(text) * size / 10 / TEXT_WIDTH)
        sheet.page.set_row(sheet.row, 1.5 * size * max(lines, 1))
        sheet.row += 1

    def _bars(self, sheet: _Sheet, row: int, column: int, n: int) -> None:
        bar = {"type": "data_bar", "bar_color": "#9CC3E6"}
        ends = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
        sheet.page.conditional_format(row, column, row + max(n, 1) - 1, column, {**bar, **ends})

    # Sheets and styles

    def _sheet(self, title: str) -> _Sheet:
        name = sheet_name(title, self.taken)
        self.taken.add(name.lower())
        page = self.book.add_worksheet(name)
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        page.hide_gridlines(2)
        return _Sheet(page)

    def _close(self, sheet: _Sheet) -> None:
        for column, width in sheet.widths.items():
            sheet.page.set_column(column, column, min(max(width + 2, NARROW), WIDE))

    def _widen(self, sheet: _Sheet, column: int, text: str) -> None:
        longest = max(map(_width, text.split("\n")))
        sheet.widths[column] = max(sheet.widths.get(column, 0), longest)

    def _style(
        self, *, form: str = "", bold: bool = False, wrap: bool = False, side: str = "", size: int = 10
    ) -> Any:
        key = (form, bold, wrap, side, size)
        if key not in self.styles:
            asked = {"font_size": size, "bold": bold, "text_wrap": wrap, "valign": "top"}
            asked |= {"num_format": form} if form else {}
            asked |= {"align": side} if side else {}
            self.styles[key] = self.book.add_format(asked)
        return self.styles[key]


def _form(cell: Cell) -> str:
    """Return Excel's number format for a cell."""
    if cell.kind == "probability":
        return _PROBABILITY
    digits = "0" if cell.decimals <= 0 else "0." + "0" * cell.decimals
    if cell.kind == "percent":
        return f"{digits}%"
    if cell.kind == "year":
        return "0"
    return digits + f'" {cell.suffix}"' if cell.suffix else digits


def _different(names: tuple[str, ...]) -> list[str]:
    """Return column names, a repeated one with a number: Excel's tables ask for that."""
    found: list[str] = []
    for name in names:
        same = found.count(name)
        found.append(f"{name} {same + 1}" if same else name)
    return found


def _width(text: str) -> float:
    """Return the width of a text in Latin characters; a Chinese one counts twice."""
    return sum(2.0 if east_asian_width(c) in "WF" else 1.0 for c in text)
