"""A report as an Excel workbook: numbers as numbers, tables with filters, a sheet for each indicator."""

from __future__ import annotations

import datetime
import math
import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from unicodedata import east_asian_width

from forecast.language.clean_text import shortened
from forecast.language.language import MINUS, Language
from forecast.report.content.blocks import (
    Block,
    Bullets,
    Cell,
    Chart,
    Facts,
    Paragraph,
    Section,
    Table,
    plain,
)
from forecast.report.content.document import Document
from forecast.report.formats.undated_zip import steady
from forecast.report.formats.xlsx_charts import HEIGHT, ROW, Placed, outlook_chart

# Excel's own limits for the name of a sheet.
_LONGEST, _FORBIDDEN, _RESERVED = 31, re.compile(r"[\[\]:*?/\\\x00-\x1f]"), ("history",)
# And for a cell, the head of a table's column, the title in the file's properties and the footer.
_CELL, _HEAD, _PROPERTY, _FOOTER = 32_767, 255, 255, 200
A4 = 9
# Column widths in characters: none narrower or wider; what Excel gives a column; its filter's button.
NARROW, WIDE, USUAL, BUTTON = 8, 36, 8.43, 3
# Columns that stay in sight beside the figures: number, group, indicator.
FROZEN = 3
# Sentences run over columns of so many characters together.
TEXT_WIDTH = 100
# Points for a line of text of size 10.
LINE = 15
# The full table is printed on so many pages side by side.
ACROSS = 2
# Letters are narrower than the digits that widths are counted in, but words are not broken.
_FILLED = 0.96
FONTS = {"en": "Calibri", "zh": "宋体"}


def xlsx(report: Document) -> bytes:
    """Document as an XLSX file, the same bytes for the same report."""
    import xlsxwriter

    file = BytesIO()
    # Nothing a reader wrote is a formula or an address, whatever it begins with.
    as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, {"in_memory": True, **as_text})
    moment = datetime.datetime.combine(report.date, datetime.time())
    book.set_properties(
        {"title": shortened(report.title, _PROPERTY), "author": "forecast", "created": moment}
    )
    writer = _Writer(report, book)
    writer.front()
    for section in report.sections:
        writer.chapter(section)
    writer.contents()
    book.close()
    return steady(file.getvalue())


def sheet_name(title: str, taken: set[str]) -> str:
    """Title as Excel allows it for a sheet, unlike any that is taken.

    Examples
    --------
    >>> sheet_name("5 a/b: [c]", set()), sheet_name("A", {"a"})
    ('5 a b c', 'A 2')
    >>> sheet_name("1 Average annual rural farmers' income", set())
    '1 Average annual rural farmers'
    """
    name = _trimmed(" ".join(_FORBIDDEN.sub(" ", title).split()), _LONGEST) or "1"
    tried, n = name, 1
    while tried.lower() in (*taken, *_RESERVED):
        n += 1
        tried = f"{_trimmed(name, _LONGEST - len(str(n)) - 1)} {n}"
    return tried


def _trimmed(name: str, most: int) -> str:
    """First characters of a name; no space and, in Excel, no apostrophe may be at either end."""
    return name.strip(" '")[:most].strip(" '")


def number_form(cell: Cell, words: Language) -> str:
    """Excel's number format that shows a cell as the other formats of the report do.

    Examples
    --------
    >>> en = Language("en")
    >>> number_form(Cell("+0.05 pp", value=0.05, kind="number", decimals=2, suffix="pp"), en)
    '+#,##0.00" pp";−#,##0.00" pp";#,##0.00" pp"'
    >>> number_form(Cell("12 %", value=0.12, kind="probability"), en)
    '[<0.01]"<1 %";[>0.99]">99 %";0 %'
    """
    gap = "" if words.code == "zh" else " "
    if cell.kind == "year":
        return "0"
    if cell.kind == "probability":
        return f'[<0.01]"<1{gap}%";[>0.99]">99{gap}%";0{gap}%'
    digits = "#,##0" if cell.kind == "number" and words.code == "en" else "0"
    digits += "." + "0" * cell.decimals if cell.decimals > 0 else ""
    after = f"{gap}%" if cell.kind == "percent" else f'"{gap}{cell.suffix}"' if cell.suffix else ""
    before = f'"{cell.prefix}"' if cell.prefix else ""
    negative = f"{before}{MINUS}{digits}{after}"
    if cell.text.startswith("+"):
        return f"+{digits}{after};{negative};{digits}{after}"
    return f"{before}{digits}{after};{negative}"


@dataclass
class _Sheet:
    """A worksheet, the next free row, and what can be laid out only when all of it is known."""

    page: Any
    name: str
    row: int = 0
    widths: dict[int, float] = field(default_factory=dict)
    sentences: list[tuple[int, str, int, bool]] = field(default_factory=list)
    wrapped: list[tuple[int, int, str]] = field(default_factory=list)
    tables: dict[str, Placed] = field(default_factory=dict)

    def width(self, column: int) -> float:
        """How wide a column is made, in characters."""
        if column not in self.widths:
            return USUAL
        return min(max(self.widths[column] + 2, NARROW), WIDE)


@dataclass
class _Writer:
    """Fills one workbook."""

    report: Document
    book: Any
    sheets: list[_Sheet] = field(default_factory=list)
    styles: dict[tuple[object, ...], Any] = field(default_factory=dict)

    def front(self) -> None:
        """Write the first two sheets: the overall judgement, and every target with every figure."""
        overall = self.report.sections[0]
        sheet = self._sheet(overall.title)
        for text, size in ((self.report.title, 16), (self.report.subtitle, 12), (self.report.dated, 10)):
            self._line(sheet, text, size=size, bold=size > 10)
        self._blocks(sheet, overall.blocks)
        targets = next(section for section in self.report.sections if section.id == "targets")
        self._figures(targets)
        sheet.page.fit_to_pages(1, 1)

    def chapter(self, section: Section) -> None:
        """Write a chapter on a sheet of its own; each card on one of its own."""
        if section.id in ("overall", "targets"):
            return
        if section.id == "cards":
            for inner in section.sections:
                self._page(inner)
            return
        self._page(section)

    def contents(self) -> None:
        """Write where everything is below the overall judgement, and lay out every sheet."""
        first, *others = self.sheets
        first.row += 1
        self._line(first, self.report.language.text("section.contents"), bold=True)
        for sheet in others:
            address = f"internal:'{sheet.name.replace(chr(39), 2 * chr(39))}'!A1"
            first.page.write_url(first.row, 0, address, self._style(link=True), sheet.name)
            first.row += 1
        for sheet in self.sheets:
            self._lay_out(sheet)

    def _page(self, section: Section) -> None:
        sheet = self._sheet(section.title)
        self._line(sheet, section.title, size=14, bold=True)
        if section.badge:
            self._line(sheet, section.badge, bold=True)
        self._blocks(sheet, section.blocks)
        for inner in section.sections:
            sheet.row += 1
            self._line(sheet, inner.title, size=12, bold=True)
            self._blocks(sheet, inner.blocks)

    def _figures(self, section: Section) -> None:
        """Write the full table: frozen head and names, filters, bars behind the probabilities."""
        table, sheet = self.report.full_table, self._sheet(section.title)
        self._table(sheet, table)
        sheet.page.freeze_panes(1, FROZEN)
        sheet.page.repeat_rows(0)
        sheet.page.repeat_columns(0, FROZEN - 1)
        sheet.page.fit_to_pages(ACROSS, 0)

    def _blocks(self, sheet: _Sheet, blocks: tuple[Block, ...]) -> None:
        beside = None
        for block in blocks:
            if isinstance(block, Paragraph):
                self._line(sheet, block.text, bold=block.role == "strong")
            elif isinstance(block, Bullets):
                for item in block.items:
                    self._line(sheet, item if block.small else f"• {item}")
            elif isinstance(block, Facts):
                beside = sheet.row + 1
                self._facts(sheet, block)
                sheet.row = max(sheet.row, beside + math.ceil(HEIGHT / ROW))
            elif isinstance(block, Table):
                sheet.row += 1
                self._line(sheet, block.caption, bold=True)
                self._table(sheet, block)
                sheet.row += 1
        asked = next((b for b in blocks if isinstance(b, Chart) and b.kind == "outlook"), None)
        if asked is not None and beside is not None:
            self._chart(sheet, asked, beside)

    def _chart(self, sheet: _Sheet, asked: Chart, row: int) -> None:
        """Draw the outlook beside the facts, where the sheet holds its figures."""
        if "series" not in sheet.tables or "yearly" not in sheet.tables:
            return
        tables = (sheet.tables["series"], sheet.tables["yearly"])
        chart = outlook_chart(self.book, sheet.name, self.report.wording, tables)
        told = f"{asked.caption}. {asked.description}"
        sheet.page.insert_chart(row, 2, chart, {"x_offset": 12, "object_position": 2, "description": told})

    def _facts(self, sheet: _Sheet, facts: Facts) -> None:
        sheet.row += 1
        for term, cell in facts.items:
            self._put(sheet, sheet.row, 0, plain(term))
            self._put(sheet, sheet.row, 1, cell)
            sheet.row += 1

    def _table(self, sheet: _Sheet, table: Table) -> None:
        rows, top = table.body, sheet.row
        names = _different(table.columns)
        sides = [
            "right" if table.numeric(i) and (i or key != "year") else "text" if i else ""
            for i, key in enumerate(table.keys)
        ]
        heads = [
            {"header": shortened(name, _HEAD), "header_format": self._style(bold=True, wrap=True, side=side)}
            for name, side in zip(names, sides, strict=True)
        ]
        options = {"columns": heads, "style": "Table Style Light 1", "banded_rows": False}
        sheet.page.add_table(top, 0, top + max(len(rows), 1), len(names) - 1, options)
        for i, name in enumerate(names):
            # A head may take two lines beside the button of its filter.
            sheet.wrapped.append((top, i, name + "0" * BUTTON))
            sheet.widths[i] = max(sheet.widths.get(i, 0), 0.6 * _width(name) + BUTTON)
        for i, row in enumerate(rows, start=1):
            for j, cell in enumerate(row.cells):
                self._put(sheet, top + i, j, cell)
        if "probability" in table.keys:
            self._bars(sheet, top + 1, table.keys.index("probability"), len(rows))
        sheet.tables[table.id.split("-")[0]] = Placed(table, top)
        sheet.row = top + max(len(rows), 1) + 1

    def _put(self, sheet: _Sheet, row: int, column: int, cell: Cell) -> None:
        """Write a number as a number with its format, anything else as text."""
        text = shortened("\n".join((cell.text, *cell.details)), _CELL)
        if cell.numeric and isinstance(cell.value, int | float) and math.isfinite(cell.value):
            form = number_form(cell, self.report.language)
            style = self._style(form=form, side="left" if cell.kind == "year" and column == 0 else "")
            sheet.page.write_number(row, column, cell.value, style)
            text = cell.text
        else:
            side = "right" if cell.numeric else "text" if column else ""
            style = self._style(wrap=True, side=side)
            sheet.page.write_string(row, column, text, style)
            sheet.wrapped.append((row, column, text))
        longest = max(map(_width, text.split("\n")))
        sheet.widths[column] = max(sheet.widths.get(column, 0), longest)

    def _line(self, sheet: _Sheet, text: str, *, size: int = 10, bold: bool = False) -> None:
        """Take the next row for a sentence; it is written when the columns are known."""
        sheet.sentences.append((sheet.row, text, size, bold))
        sheet.row += 1

    def _bars(self, sheet: _Sheet, row: int, column: int, n: int) -> None:
        # As long as the probability: Excel would draw a tenth of the cell for 1 %.
        bar = {"type": "data_bar", "bar_color": "#9CC3E6", "min_length": 0, "max_length": 100}
        ends = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
        sheet.page.conditional_format(row, column, row + max(n, 1) - 1, column, {**bar, **ends})

    # Sheets and styles

    def _sheet(self, title: str) -> _Sheet:
        name = sheet_name(title, {sheet.name.lower() for sheet in self.sheets})
        page = self.book.add_worksheet(name)
        page.set_landscape()
        page.set_paper(A4)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        page.fit_to_pages(1, 0)
        title = shortened(self.report.title, _FOOTER // 2).replace("&", "&&")
        page.set_footer(f"&L{title}&R&P / &N")
        page.hide_gridlines(2)
        self.sheets.append(_Sheet(page, name))
        return self.sheets[-1]

    def _lay_out(self, sheet: _Sheet) -> None:
        """Set the widths of the columns, write the sentences across, and make every row high enough."""
        for column in sheet.widths:
            sheet.page.set_column(column, column, sheet.width(column))
        last, room = 1, sheet.width(0) + sheet.width(1)
        while room < TEXT_WIDTH:
            last += 1
            room += sheet.width(last)
        for row, text, size, bold in sheet.sentences:
            style = self._style(bold=bold, size=size, wrap=True)
            sheet.page.merge_range(row, 0, row, last, "", style)
            sheet.page.write_string(row, 0, shortened(text, _CELL), style)
            lines = _lines(text, room * 10 / size)
            sheet.page.set_row(row, LINE * size / 10 * lines)
        heights: dict[int, int] = {}
        for row, column, text in sheet.wrapped:
            heights[row] = max(heights.get(row, 1), _lines(text, sheet.width(column)))
        for row, lines in heights.items():
            if lines > 1:
                sheet.page.set_row(row, LINE * lines)

    def _style(
        self,
        *,
        form: str = "",
        bold: bool = False,
        wrap: bool = False,
        side: str = "",
        size: int = 10,
        link: bool = False,
    ) -> Any:
        key = (form, bold, wrap, side, size, link)
        if key not in self.styles:
            font = FONTS[self.report.language.code]
            asked = {
                "font_name": font,
                "font_size": size,
                "bold": bold,
                "text_wrap": wrap,
                "valign": "vcenter",
            }
            asked |= {"num_format": form} if form else {}
            # Text keeps off the figures that end where it begins.
            asked |= {"align": "left", "indent": 1} if side == "text" else {"align": side} if side else {}
            asked |= {"font_color": "#0B5394", "underline": 1} if link else {}
            self.styles[key] = self.book.add_format(asked)
        return self.styles[key]


def _different(names: tuple[str, ...]) -> list[str]:
    """Column names, a repeated one with a number: Excel's tables ask for that."""
    found: list[str] = []
    for name in names:
        same = found.count(name)
        found.append(f"{name} {same + 1}" if same else name)
    return found


def _lines(text: str, room: float) -> int:
    """How many lines a text takes in a width, rather one more than one less."""
    return sum(max(math.ceil(_FILLED * _width(line) / room), 1) for line in text.split("\n"))


def _width(text: str) -> float:
    """Width of a text in Latin characters; a Chinese one counts twice."""
    return sum(2.0 if east_asian_width(c) in "WF" else 1.0 for c in text)
