"""A report as a Word document: real styles and outline, repeated table heads, charts for print."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import Any

from forecast.assessment.study import Line
from forecast.language.clean_text import shortened
from forecast.report.content.blocks import (
    Block,
    Bullets,
    Cell,
    Chart,
    Facts,
    Paragraph,
    Row,
    Section,
    Table,
    unbroken,
    walk,
)
from forecast.report.content.document import Document
from forecast.report.formats import docx_xml
from forecast.report.formats.charts import Progress, draw_all, png
from forecast.report.formats.column_widths import column_widths
from forecast.report.formats.undated_zip import steady

# Millimetres of A4, its margins, and the paper left between them.
SHORT, LONG, MARGIN = 210, 297, 20
# Fonts that come with Word, for Latin and for Chinese text: body, headings.
LATIN, BODY, HEADING = "Calibri", "宋体", "黑体"
# No picture is higher, so that its caption stands below it.
TALLEST = LONG - 2 * MARGIN - 15
# Word takes no title of more characters among a file's properties.
LONGEST = 255
# Points.
TEXT, SMALL, TINY = 10.5, 8.5, 7.5
# Millimetres of a Latin letter in a table, about half of its size.
LETTER = 1.7
INK, SOFT, SHADE, RULE = "1B2430", "56616F", "EEF1F4", "BFC7CF"
# Sections whose tables need the long side of the paper.
WIDE = ("targets",)
# The contents name headings down to this level: chapters and cards.
DEEPEST = 2
CONTENTS = ("toc 1", "toc 2")
# Facts stand in so many pairs beside each other.
PAIRS = 2


def docx(report: Document, progress: Progress | None = None) -> bytes:
    """Document as a DOCX file, the same bytes for the same report."""
    import docx as engine

    charts = [b for _, section in walk(report.sections) for b in section.blocks if isinstance(b, Chart)]
    pictures = draw_all(charts, report.wording, png, progress=progress)
    writer = _Writer(report, engine.Document(), dict(zip(map(id, charts), pictures, strict=True)))
    writer.prepare()
    for section in report.sections:
        writer.section(section, 1)
    file = BytesIO()
    writer.file.save(file)
    return steady(file.getvalue())


@dataclass
class _Writer:
    """Puts blocks into one Word file, one after the other."""

    report: Document
    file: Any
    # By the id of their block.
    pictures: dict[int, bytes]
    counts: dict[str, int] = field(default_factory=lambda: {"table": 0, "chart": 0})
    landscape: bool = False
    # The cards have just ended: what follows is a chapter of its own.
    carded: bool = False

    @property
    def chinese(self) -> bool:
        """Whether the report is in Chinese."""
        return self.report.language.code == "zh"

    @cached_property
    def numbers(self) -> dict[int, int]:
        """Number for every section, in reading order."""
        return {id(section): n for n, (_, section) in enumerate(walk(self.report.sections), start=1)}

    @property
    def room(self) -> float:
        """Millimetres between the margins."""
        return (LONG if self.landscape else SHORT) - 2 * MARGIN

    @property
    def first(self) -> Line | None:
        """Line of the first card: it stands below the chapter's heading."""
        return next((s.line for _, s in walk(self.report.sections) if s.line is not None), None)

    def prepare(self) -> None:
        """Set paper, styles, properties, title and footer."""
        self._paper(self.file.sections[0], landscape=False)
        for name, latin_size, chinese in _STYLES:
            self._style(name, latin_size, chinese)
        self._own_styles()
        about = self.file.core_properties
        about.title, about.author, about.comments = shortened(self.report.title, LONGEST), "forecast", ""
        about.language = {"en": "en-GB", "zh": "zh-CN"}[self.report.language.code]
        docx_xml.languages(self.file, "en-GB")
        moment = datetime.datetime.combine(self.report.date, datetime.time())
        about.created = about.modified = moment
        about.last_modified_by, about.revision = "forecast", 1
        self.file.add_paragraph(self.report.title, style="Title")
        self.file.add_paragraph(self.report.subtitle, style="Subtitle")
        self.file.add_paragraph(self.report.dated, style="Small")
        self._footer(self.file.sections[0])
        self._contents()

    def section(self, section: Section, level: int) -> None:
        """Write a section with its heading, blocks and inner sections."""
        if (section.id in WIDE) != self.landscape:
            self._turn(landscape=section.id in WIDE)
        heading = self.file.add_heading(unbroken(section.title), level)
        docx_xml.bookmark(heading, self.numbers[id(section)])
        card = section.line is not None and section.line is not self.first
        heading.paragraph_format.page_break_before = card or self.carded
        self.carded = False
        if section.badge:
            self.file.add_paragraph(section.badge, style="Badge")
        for block in section.blocks:
            self.block(block)
        for inner in section.sections:
            self.section(inner, level + 1)
        self.carded = section.id == "cards"

    def block(self, block: Block) -> None:
        """Write one block; a slider has no paper form, its figures stand in tables."""
        if isinstance(block, Paragraph):
            style = {"strong": "Finding", "note": "Small", "warning": "Warning"}.get(block.role, "Normal")
            self.file.add_paragraph(unbroken(block.text), style=style)
        elif isinstance(block, Bullets):
            for item in block.items:
                self.file.add_paragraph(unbroken(item), style="Source" if block.small else "List Bullet")
        elif isinstance(block, Facts):
            self._facts(block)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Chart):
            self._chart(block)

    # Parts

    def _contents(self) -> None:
        """Write the contents as a field of Word's that is filled in already, with a link in every line.

        Word works out the numbers of the pages when its reader asks it to.
        """
        say, entries = self.report.language.text, [s for s in walk(self.report.sections) if s[0] <= DEEPEST]
        self.file.add_paragraph(say("section.contents"), style="Badge")
        for i, (level, section) in enumerate(entries):
            line = self.file.add_paragraph(style=f"toc {level}")
            if i == 0:
                docx_xml.begin_field(line, f'TOC \\o "1-{DEEPEST}" \\h \\n \\u')
            docx_xml.link(line, self.numbers[id(section)], unbroken(section.title))
            if i == len(entries) - 1:
                docx_xml.end_field(line)

    def _facts(self, facts: Facts) -> None:
        items = facts.items
        half = -(-len(items) // PAIRS)
        _, grid = self._grid(half, (1.25, 1.2, 1.15, 1.05))
        for i, (term, cell) in enumerate(items):
            row, column = i % half, 2 * (i // half)
            self._write(grid[row][column], Cell(term), colour=SOFT)
            self._write(grid[row][column + 1], Cell(cell.text), bold=True)
        if len(items) % PAIRS:
            for place in grid[-1][2:]:
                self._write(place, Cell(""))
        self.file.add_paragraph(style="Gap")

    def _table(self, block: Table) -> None:
        self._caption("table", block.caption, keep=True)
        widths = column_widths(block, self.room / LETTER)
        table, (head, *body) = self._grid(1 + len(block.rows), widths)
        for i, name in enumerate(block.columns):
            self._write(head[i], Cell(name), bold=True, right=block.numeric(i))
            docx_xml.shade(head[i], SHADE)
        docx_xml.repeat(table.rows[0])
        for places, row in zip(body, block.rows, strict=True):
            self._row(places, row)
        # No head stands alone at the foot of a page, nor with one row below it.
        for place in (*head, *(body[0] if len(body) > 1 else ())):
            place.paragraphs[0].paragraph_format.keep_with_next = True
        self.file.add_paragraph(style="Gap")

    def _row(self, places: list[Any], row: Row) -> None:
        if row.heading:
            merged = places[0].merge(places[-1])
            self._write(merged, row.cells[0], bold=True)
            docx_xml.shade(merged, SHADE)
            return
        for place, cell in zip(places, row.cells, strict=True):
            self._write(place, cell, right=cell.numeric)

    def _chart(self, chart: Chart) -> None:
        from docx.shared import Mm

        self.file.add_picture(BytesIO(self.pictures[id(chart)]), width=Mm(SHORT - 2 * MARGIN))
        shape = self.file.inline_shapes[-1]
        if shape.height > Mm(TALLEST):
            # A picture higher than the paper is cut off; a smaller one is whole.
            shape.width, shape.height = round(shape.width * Mm(TALLEST) / shape.height), Mm(TALLEST)
        picture = self.file.paragraphs[-1]
        picture.paragraph_format.keep_with_next = True
        about = picture._p.xpath(".//wp:docPr")[0]
        about.set("descr", f"{chart.caption}. {chart.description}")
        about.set("title", chart.caption)
        self._caption("chart", chart.caption)

    def _caption(self, kind: str, text: str, *, keep: bool = False) -> None:
        """Write a caption whose number Word counts itself."""
        self.counts[kind] += 1
        words = unbroken(self.report.language.text(f"caption.{kind}", {"n": "\0", "text": text}))
        before, after = words.split("\0")
        paragraph = self.file.add_paragraph(style="Caption")
        paragraph.paragraph_format.keep_with_next = keep
        paragraph.add_run(before)
        docx_xml.field(paragraph, f"SEQ {kind} \\* ARABIC", str(self.counts[kind]))
        paragraph.add_run(after)

    def _grid(self, rows: int, widths: Iterable[float]) -> tuple[Any, list[list[Any]]]:
        """Empty table as wide as the paper, lines between rows only, and its cells."""
        from docx.shared import Mm

        shares = list(widths)
        columns, room = len(shares), self.room
        table = self.file.add_table(rows, columns)
        table.autofit = False
        docx_xml.lines(table, RULE)
        # Asked for one by one, the cells of a long table take minutes: each time all are counted.
        cells = table._cells
        for i, cell in enumerate(cells):
            cell.width = Mm(room * shares[i % columns] / sum(shares))
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Mm(room * share / sum(shares))
        for row in table.rows:
            docx_xml.whole(row)
        return table, [cells[i : i + columns] for i in range(0, len(cells), columns)]

    def _write(
        self, place: Any, cell: Cell, *, bold: bool = False, right: bool = False, colour: str = ""
    ) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt, RGBColor

        paragraph = place.paragraphs[0]
        # By its id: python-docx looks a style's name up anew for every cell.
        paragraph._p.get_or_add_pPr().style = "Cell"
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(unbroken(cell.text))
        run.bold = bold or None
        if colour:
            run.font.color.rgb = RGBColor.from_string(colour)
        for line in cell.details:
            run.add_break()
            run = paragraph.add_run(unbroken(line))
            run.font.size = Pt(TINY)
            run.font.color.rgb = RGBColor.from_string(SOFT)

    # Paper and styles

    def _turn(self, *, landscape: bool) -> None:
        from docx.enum.section import WD_SECTION

        self.landscape = landscape
        self._paper(self.file.add_section(WD_SECTION.NEW_PAGE), landscape=landscape)

    def _paper(self, section: Any, *, landscape: bool) -> None:
        from docx.enum.section import WD_ORIENT
        from docx.shared import Mm

        wide, high = (LONG, SHORT) if landscape else (SHORT, LONG)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(wide), Mm(high)
        for side in ("left", "right", "top", "bottom"):
            setattr(section, f"{side}_margin", Mm(MARGIN))

    def _footer(self, section: Any) -> None:
        paragraph = section.footer.paragraphs[0]
        paragraph.style = self.file.styles["Small"]
        paragraph.add_run(f"{shortened(self.report.title, LONGEST)}  ·  ")
        docx_xml.field(paragraph, "PAGE", "1")

    def _style(self, name: str, size: float, chinese: str) -> None:
        from docx.shared import Pt, RGBColor

        style = self.file.styles[name]
        style.font.name, style.font.size = LATIN, Pt(size)
        # Slanted Chinese is hard to read, and so are letters set apart.
        style.font.italic = False
        for spacing in style.element.xpath("./w:rPr/w:spacing"):
            spacing.getparent().remove(spacing)
        style.font.color.rgb = RGBColor.from_string(INK)
        docx_xml.fonts(style, LATIN, chinese, hint=self.chinese)

    def _own_styles(self) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Pt, RGBColor

        for name, size, after, colour in (
            ("Cell", SMALL, 0, INK),
            ("Small", 9, 6, SOFT),
            ("Source", TINY, 2, SOFT),
            ("toc 1", TEXT, 2, INK),
            ("toc 2", 9.5, 0, INK),
            ("Finding", TEXT + 1, 6, INK),
            ("Warning", TEXT, 6, INK),
            ("Badge", TEXT, 4, INK),
            ("Gap", 4, 4, INK),
        ):
            style = self.file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name in CONTENTS)
            style.base_style = self.file.styles["Normal"]
            style.font.size, style.font.color.rgb = Pt(size), RGBColor.from_string(colour)
            style.font.bold = name in ("Finding", "Badge")
            style.paragraph_format.space_after = Pt(after)
            docx_xml.fonts(style, LATIN, BODY, hint=self.chinese)
            style.paragraph_format.line_spacing = 1.0 if name in ("Cell", "Source") else None
        self.file.styles["Warning"].paragraph_format.left_indent = Pt(12)
        self.file.styles["toc 2"].paragraph_format.left_indent = Pt(18)
        self.file.styles["Title"].paragraph_format.space_after = Pt(6)


_STYLES = (
    ("Normal", TEXT, BODY),
    ("Title", 22, HEADING),
    ("Subtitle", 13, BODY),
    ("Heading 1", 16, HEADING),
    ("Heading 2", 13, HEADING),
    ("Heading 3", 11.5, HEADING),
    ("Caption", 9, BODY),
    ("List Bullet", TEXT, BODY),
)
