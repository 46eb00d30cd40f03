"""PDF files: lines joined, tables over pages, scanned pages named, lies refused."""

from __future__ import annotations

from pathlib import Path

import pytest

import forecast as fc
from forecast.target.draft import read_pdf
from forecast.target.draft.read_pdf import joined
from tests.target.draft.pdfs import PICTURE, pdf_of, ruled, said
from tests.target.draft.told import numbers

pytest.importorskip("pypdfium2")
SENTENCE = "By 2030, the forest cover will reach at least 45%."
HEAD = [(60, 745, "Indicator"), (310, 745, "Baseline 2020"), (460, 745, "Target 2030")]


def written(path: Path, *pages: str, **options: int) -> Path:
    path.write_bytes(pdf_of(*pages, **options))
    return path


def test_lines_broken_by_a_page_are_joined() -> None:
    page = (
        "到2030年，全市生态环境质量持续改善，森林覆盖率达到\n45%以上，城镇化率达到70%。\n— 3 —\n二、重点任务"
    )
    assert joined([page]).splitlines() == [page.splitlines()[0] + page.splitlines()[1], "二、重点任务"]


def test_a_line_that_begins_with_a_decimal_goes_on() -> None:
    page = "到2030年，全市城镇、农村居民人均可支配收入分别增长\n4.5%、5.5%左右。\n1.总则\n"
    assert joined([page]).splitlines() == [page.splitlines()[0] + page.splitlines()[1], "1.总则"]


def test_a_text_is_read(tmp_path: Path) -> None:
    assert numbers(written(tmp_path / "plan.pdf", said((50, 700, SENTENCE)))) == [
        ("forest cover", 45.0, 2030)
    ]


def test_scanned_pages_are_named_and_blank_ones_are_not(tmp_path: Path) -> None:
    path = written(tmp_path / "scan.pdf", PICTURE, said((50, 700, SENTENCE)), "q Q", PICTURE)
    read = fc.draft_plan(path)
    assert len(read) == 1
    assert read.remarks == (
        "pages 1, 4: no text that can be read; what stands in pictures, or in fonts that name no characters, "
        "is left.",
    )


@pytest.mark.parametrize("rotate", [0, 90, 270])
def test_a_ruled_table_keeps_its_cells(tmp_path: Path, rotate: int) -> None:
    # Turned by 90 or 270 degrees the drawing is no longer a table that reads from left to right.
    page = ruled((50, 300, 450, 580), (760, 740, 700, 680)) + " " + said(
        *HEAD, (60, 725, "Forest cover rate of the"), (60, 710, "whole district, %"), (310, 715, "41"),
        (460, 715, "45"), (60, 685, "Jobs, thousand"), (310, 685, "20"), (460, 685, "25"),
    )  # fmt: skip
    found = fc.draft_plan(written(tmp_path / "plan.pdf", page, rotate=rotate)).targets
    if rotate:
        return
    assert [(each.value, each.year, each.base_value) for each in found] == [
        (45.0, 2030, 41.0),
        (25.0, 2030, 20.0),
    ]
    assert found[0].indicator.startswith("Forest cover rate of the whole district")


def test_a_table_goes_on_overleaf(tmp_path: Path) -> None:
    grid = ruled((50, 300, 450, 580), (760, 740, 720))
    first = grid + " " + said(*HEAD, (60, 725, "Forest cover, %"), (310, 725, "41"), (460, 725, "45"))
    again = grid + " " + said(*HEAD, (60, 725, "Jobs, thousand"), (310, 725, "20"), (460, 725, "25"))
    plain = grid + " " + said((60, 745, "Rail, km"), (310, 745, "1"), (460, 745, "2"), (60, 725, "Road, km"),
                              (310, 725, "3"), (460, 725, "4"))  # fmt: skip
    number = said((300, 20, "- 2 -"))
    found = fc.draft_plan(written(tmp_path / "plan.pdf", f"{first} {number}", again, plain)).targets
    assert [each.value for each in found] == [45.0, 25.0, 2.0, 4.0]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"not a pdf", "cannot be read as a PDF"),
        (b"%PDF-1.4\n%%EOF", "cannot be read as a PDF"),
        (pdf_of("x")[:200], "cannot be read as a PDF"),
        (
            pdf_of("x").replace(b"/Kids [3 0 R] /Count 1", b"/Kids [2 0 R] /Count 9"),
            "cannot be read as a PDF",
        ),
    ],
)
def test_a_pdf_that_lies_ends_in_one_sentence(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "lie.pdf").write_bytes(content)
    with pytest.raises(fc.ReadError, match=says) as told:
        fc.draft_plan(tmp_path / "lie.pdf")
    assert len(told.value.problems) == 1


def test_a_pdf_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_pdf, "SECONDS", 2)
    with pytest.raises(fc.ReadError, match="could not be read in 2 seconds"):
        fc.draft_plan(written(tmp_path / "long.pdf", *[said((50, 700, SENTENCE))] * 3))


def test_five_hundred_pages_take_a_moment(tmp_path: Path) -> None:
    lines = [
        (50, 780 - 15 * i, f"Line {i} tells of the work of the districts and offices.") for i in range(50)
    ]
    path = written(tmp_path / "long.pdf", *[said(*lines)] * 500)
    assert len(read_pdf._pages(path)) == 500
