from __future__ import annotations

from docx import Document as Word
from docx.oxml.ns import qn
from docx.table import Table as Read

from forecast.report.content.blocks import Cell
from forecast.report.formats.docx_table import Look, Place, table

LOOK = Look("Cell", "AABBCC", "112233", 7.5)


def read(*rows: list[Place], heads: int = 0, widths: tuple[float, ...] = (20, 30)) -> Read:
    file = Word()
    element = table(rows, widths, LOOK, heads=heads)
    file.element.body[-1].addprevious(element)
    return file.tables[0]


def row(*texts: str) -> list[Place]:
    return [Place(Cell(text)) for text in texts]


def names(element: object) -> list[str]:
    return [child.tag.split("}")[1] for child in element]  # type: ignore[attr-defined]


def test_python_docx_reads_every_text_with_its_marks_and_breaks() -> None:
    texts = ["<a> & \"b\" 'c'", " 甲区  ", "two\nlines", ""]
    found = read(row(*texts[:2]), row(*texts[2:]))
    assert [cell.text for line in found.rows for cell in line.cells] == texts


def test_lines_stand_between_rows_heads_repeat_and_rows_stay_whole() -> None:
    found = read(row("a", "b"), row("c", "d"), heads=1)
    (borders,) = found._tbl.tblPr.xpath("./w:tblBorders")
    assert names(borders) == ["top", "bottom", "insideH"]
    assert {side.get(qn("w:color")) for side in borders} == {"AABBCC"}
    assert [names(line._tr.trPr) for line in found.rows] == [["cantSplit", "tblHeader"], ["cantSplit"]]


def test_columns_are_as_wide_as_asked_and_a_cell_may_span_them() -> None:
    found = read([Place(Cell("group"), shade="EEEEEE", span=2)], row("a", "b"))
    assert [round(column.width.mm) for column in found.columns] == [20, 30]
    assert [round(cell.width.mm) for cell in found.rows[1].cells] == [20, 30]
    (cell,) = found.rows[0]._tr.tc_lst
    assert (cell.grid_span, round(cell.width.mm)) == (2, 50)
    assert cell.tcPr.find(qn("w:shd")).get(qn("w:fill")) == "EEEEEE"


def test_a_cell_is_bold_right_kept_and_coloured_where_asked_and_its_details_are_smaller() -> None:
    place = Place(Cell("12.5", ("since 2015",)), bold=True, right=True, keep=True, colour="445566")
    found = read([place, Place(Cell("plain"))])
    first, second = (cell.paragraphs[0] for cell in found.rows[0].cells)
    assert (first.style.style_id, first.paragraph_format.keep_with_next) == ("Normal", True)
    assert first._p.pPr.style == second._p.pPr.style == "Cell"
    assert first.alignment == 2
    assert second.alignment is None
    figure, detail = first.runs
    assert (figure.bold, str(figure.font.color.rgb), figure.font.size) == (True, "445566", None)
    assert (detail.bold, str(detail.font.color.rgb), detail.font.size.pt) == (None, "112233", 7.5)
    assert first.text == "12.5\nsince 2015"
    assert second.runs[0].bold is None
