"""Every format gives the same text, and a file that means harm ends in one sentence."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

import forecast as fc
from forecast.target.draft.read_pdf import joined
from forecast.target.draft.zipped import check_zip

SENTENCE = "到2030年，森林覆盖率达到45%以上。"


def numbers(path: Path) -> list[tuple[str, object, int | None]]:
    return [(each.indicator, each.value, each.year) for each in fc.draft_plan(path).targets]


def test_word_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    file = docx.Document()
    file.add_heading("甲市“十五五”规划", 1)
    file.add_paragraph(SENTENCE)
    grid = file.add_table(rows=2, cols=3)
    for row, texts in zip(
        grid.rows, [["指标", "2025年", "2030年"], ["城镇化率（%）", "65", "70"]], strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    file.add_paragraph("到2035年，森林覆盖率达到50%。")
    file.save(tmp_path / "plan.docx")
    assert numbers(tmp_path / "plan.docx") == [
        ("森林覆盖率", 45.0, 2030), ("城镇化率", 70.0, 2030), ("森林覆盖率", 50.0, 2035),
    ]  # fmt: skip


def test_a_web_page_with_merged_cells(tmp_path: Path) -> None:
    page = (
        "<html><script>var x = '到2030年，甲率达到1%';</script><h1>“十五五”主要指标</h1><table>"
        "<tr><th>类别</th><th>指标</th><th>2025年</th><th>2030年</th></tr>"
        "<tr><td rowspan=2>民生</td><td>城镇化率(%)</td><td>65</td><td>&gt;70</td></tr>"
        "<tr><td>人均预期寿命(岁)</td><td>79</td><td>80</td></tr></table>"
        f"<p>{SENTENCE}</p></html>"
    )
    (tmp_path / "plan.html").write_text(page, encoding="utf-8")
    assert numbers(tmp_path / "plan.html") == [
        ("城镇化率", 70.0, 2030), ("人均预期寿命", 80.0, 2030), ("森林覆盖率", 45.0, 2030),
    ]  # fmt: skip


def test_a_sheet_with_percentages_as_they_are_shown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["“十五五”主要指标"])
    sheet.append(["指标", "2025年", "2030年"])
    sheet.append(["森林覆盖率", 0.25, 0.26])
    sheet["B3"].number_format = sheet["C3"].number_format = "0%"
    book.save(tmp_path / "plan.xlsx")
    assert numbers(tmp_path / "plan.xlsx") == [("森林覆盖率", 26.0, 2030)]


def test_a_csv_table_in_the_encoding_of_chinese_windows(tmp_path: Path) -> None:
    text = "指标,2025年,2030年,属性\n城镇化率(%),65,70,预期性\n"
    (tmp_path / "plan.csv").write_text(text, encoding="gb18030")
    assert numbers(tmp_path / "plan.csv") == [("城镇化率", 70.0, 2030)]


def test_lines_broken_by_a_page_are_joined() -> None:
    page = (
        "到2030年，全市生态环境质量持续改善，森林覆盖率达到\n45%以上，城镇化率达到70%。\n— 3 —\n二、重点任务"
    )
    assert joined([page]).splitlines() == [page.splitlines()[0] + page.splitlines()[1], "二、重点任务"]


def pdf_of(text: str, pages: int = 1) -> bytes:
    """Return a PDF written by hand, its pages of one line each; a page without text holds a picture."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for _ in range(pages):
        stream = (
            f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET"
            if text
            else "q 600 0 0 800 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"
        )
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 << /Type /Font "
            f"/Subtype /Type1 /BaseFont /Helvetica >> >> /XObject << >> >> /Contents {len(objects) + 2} 0 R "
            f">>"
        )
        kids.append(f"{len(objects)} 0 R")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {pages} >>"
    body, places = "%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{each}\nendobj\n"
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{rows}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return (body + end + f"startxref\n{len(body)}\n%%EOF").encode("latin-1")


def test_a_pdf_and_its_scanned_pages(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    (tmp_path / "plan.pdf").write_bytes(pdf_of("By 2030, the forest cover will reach at least 45%."))
    assert numbers(tmp_path / "plan.pdf") == [("forest cover", 45.0, 2030)]
    (tmp_path / "scan.pdf").write_bytes(pdf_of("", pages=2))
    assert fc.draft_plan(tmp_path / "scan.pdf").remarks[0].startswith("pages 1, 2: no text that can be read")


def bomb(path: Path, inside: str) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(inside, "0" * 60_000_000)


def hostile(folder: Path) -> list[tuple[str, str]]:
    """Write files that mean harm; return their names with what the one sentence says."""
    bomb(folder / "bomb.docx", "word/document.xml")
    bomb(folder / "bomb.xlsx", "xl/worksheets/sheet1.xml")
    (folder / "no.docx").write_bytes(b"not a zip")
    (folder / "no.pdf").write_bytes(b"not a pdf")
    lie = pdf_of("x").replace(b"/Kids [3 0 R] /Count 1", b"/Kids [2 0 R] /Count 9")
    (folder / "lie.pdf").write_bytes(lie)
    (folder / "no.txt").write_bytes(bytes(256) * 9)
    (folder / "plan.exe").write_bytes(b"")
    return [
        ("bomb.docx", "would unpack"), ("bomb.xlsx", "would unpack"), ("no.docx", "is not a .docx"),
        ("no.pdf", "cannot be read as a PDF"), ("lie.pdf", "cannot be read as a PDF"),
        ("no.txt", "not a text file"), ("plan.exe", "a document is one of"), ("missing.txt", "no such file"),
    ]  # fmt: skip


def test_a_file_that_means_harm_ends_in_one_sentence(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    for name, says in hostile(tmp_path):
        with pytest.raises(fc.ReadError, match=says) as told:
            fc.draft_plan(tmp_path / name)
        assert len(told.value.problems) == 1


def test_deep_nesting_costs_neither_depth_nor_time(tmp_path: Path) -> None:
    deep = "<div><table><tr><td>" * 5000
    (tmp_path / "deep.html").write_text(deep + SENTENCE, encoding="utf-8")
    (tmp_path / "long.txt").write_text("到2030年，达到" + "1," * 100_000 + "(" * 100_000, encoding="utf-8")
    start = time.perf_counter()
    fc.draft_plan(tmp_path / "deep.html")
    assert not fc.draft_plan(tmp_path / "long.txt").targets
    assert time.perf_counter() - start < 20


def test_an_honest_zip_passes(tmp_path: Path) -> None:
    docx.Document().save(tmp_path / "empty.docx")
    check_zip(tmp_path / "empty.docx")
    assert fc.draft_plan(tmp_path / "empty.docx").remarks[-1] == "no target was found in the text."
