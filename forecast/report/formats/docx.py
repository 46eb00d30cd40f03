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
from forecast.report.formats.docx_table import Look, Place, table
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
# Millimetres of the chart of a summary: it stands on the page of the judgement.
IN_SUMMARY = 125
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
    counts: dict[str, int] = field(default_factory=lambda: {"table": 0, "chart": 0, "picture": 0})
    # Ids of styles by their names.
    ids: dict[str, str] = field(default_factory=dict)
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
        self._paragraph(self.report.title, style="Title")
        self._paragraph(self.report.subtitle, style="Subtitle")
        self._paragraph(self.report.dated, style="Small")
        self._footer(self.file.sections[0])
        if self.first is not None:
            self._contents()

    def section(self, section: Section, level: int) -> None:
        """Write a section with its heading, blocks and inner sections."""
        # A summary goes on on the paper of its table: no page turns for a few lines.
        wide = section.id in WIDE or (self.landscape and self.first is None)
        if wide != self.landscape:
            self._turn(landscape=wide)
        heading = self._paragraph(unbroken(section.title), f"Heading {level}")
        docx_xml.bookmark(heading, self.numbers[id(section)])
        card = section.line is not None and section.line is not self.first
        heading.paragraph_format.page_break_before = card or self.carded
        self.carded = False
        if section.badge:
            self._paragraph(section.badge, style="Badge")
        for block in section.blocks:
            self.block(block)
        for inner in section.sections:
            self.section(inner, level + 1)
        self.carded = section.id == "cards"

    def block(self, block: Block) -> None:
        """Write one block; a slider has no paper form, its figures stand in tables."""
        if isinstance(block, Paragraph):
            style = {"strong": "Finding", "note": "Small", "warning": "Warning"}.get(block.role, "Normal")
            self._paragraph(unbroken(block.text), style=style)
        elif isinstance(block, Bullets):
            for item in block.items:
                self._paragraph(unbroken(item), style="Source" if block.small else "List Bullet")
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
        self._paragraph(say("section.contents"), style="Badge")
        for i, (level, section) in enumerate(entries):
            line = self._paragraph(style=f"toc {level}")
            if i == 0:
                docx_xml.begin_field(line, f'TOC \\o "1-{DEEPEST}" \\h \\n \\u')
            docx_xml.link(line, self.numbers[id(section)], unbroken(section.title))
            if i == len(entries) - 1:
                docx_xml.end_field(line)

    def _facts(self, facts: Facts) -> None:
        half = -(-len(facts.items) // PAIRS)
        rows: list[list[Place]] = [[] for _ in range(half)]
        for i, (term, cell) in enumerate(facts.items):
            rows[i % half] += [Place(Cell(term), colour=SOFT), Place(Cell(cell.text), bold=True)]
        for row in rows:
            row += [Place(Cell(""))] * (2 * PAIRS - len(row))
        self._grid(rows, (1.25, 1.2, 1.15, 1.05))

    def _table(self, block: Table) -> None:
        self._caption("table", block.caption, keep=True)
        # No head stands alone at the foot of a page, nor with one row below it.
        head = [
            Place(Cell(name), bold=True, right=block.numeric(i), keep=True, shade=SHADE)
            for i, name in enumerate(block.columns)
        ]
        several = len(block.rows) > 1
        rows = [self._row(block, row, keep=several and i == 0) for i, row in enumerate(block.rows)]
        self._grid([head, *rows], column_widths(block, self.room / LETTER), heads=1)

    def _row(self, block: Table, row: Row, *, keep: bool) -> list[Place]:
        if row.heading:
            return [Place(row.cells[0], bold=True, keep=keep, shade=SHADE, span=len(block.columns))]
        return [
            Place(cell, right=cell.numeric or block.numeric(i), keep=keep) for i, cell in enumerate(row.cells)
        ]

    def _chart(self, chart: Chart) -> None:
        from docx.shared import Mm

        self.counts["picture"] += 1
        number, paragraph = self.counts["picture"], self._paragraph()
        width = SHORT - 2 * MARGIN if self.first is not None else IN_SUMMARY
        picture = docx_xml.picture(self.file, self.pictures[id(chart)], number, Mm(width))
        size = picture.extent
        if size.cy > Mm(TALLEST):
            # A picture higher than the paper is cut off; a smaller one is whole.
            docx_xml.resize(picture, round(size.cx * Mm(TALLEST) / size.cy), Mm(TALLEST))
        paragraph.add_run()._r.add_drawing(picture)
        paragraph.paragraph_format.keep_with_next = True
        picture.docPr.set("descr", f"{chart.caption}. {chart.description}")
        picture.docPr.set("title", chart.caption)
        self._caption("chart", chart.caption)

    def _caption(self, kind: str, text: str, *, keep: bool = False) -> None:
        """Write a caption whose number Word counts itself."""
        self.counts[kind] += 1
        words = unbroken(self.report.language.text(f"caption.{kind}", {"n": "\0", "text": text}))
        before, after = words.split("\0")
        paragraph = self._paragraph(style="Caption")
        paragraph.paragraph_format.keep_with_next = keep
        paragraph.add_run(before)
        docx_xml.field(paragraph, f"SEQ {kind} \\* ARABIC", str(self.counts[kind]))
        paragraph.add_run(after)

    def _grid(self, rows: list[list[Place]], widths: Iterable[float], *, heads: int = 0) -> None:
        """Table as wide as the paper, with lines between its rows only."""
        shares = list(widths)
        wide = [self.room * share / sum(shares) for share in shares]
        self._add(table(rows, wide, Look("Cell", RULE, SOFT, TINY), heads=heads))
        self._paragraph(style="Gap")

    def _paragraph(self, text: str = "", style: str = "Normal") -> Any:
        """Paragraph at the end; python-docx looks for the end, and for its style, through all of the file."""
        from docx.text.paragraph import Paragraph as Written

        made = Written(docx_xml.paragraph(self._id_of(style)), self.file._body)
        self._add(made._p)
        if text:
            made.add_run(text)
        return made

    def _add(self, element: Any) -> None:
        """Put an element at the end, before what Word says there of the paper."""
        self.file.element.body[-1].addprevious(element)

    def _id_of(self, style: str) -> str:
        if style not in self.ids:
            self.ids[style] = self.file.styles[style].style_id
        return self.ids[style]

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
