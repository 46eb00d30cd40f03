"""The process that reads a PDF: pieces in order, and one sentence for what cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecast.target.draft.pdf_pages import extract, one_line
from tests.target.draft.pdfs import PICTURE, pdf_of, ruled, said

pytest.importorskip("pypdfium2")


def pieces(tmp_path: Path, page: str, **options: int) -> object:
    (tmp_path / "x.pdf").write_bytes(pdf_of(page, **options))
    return extract(str(tmp_path / "x.pdf"), 20)["pages"]


def test_a_table_stands_between_its_texts(tmp_path: Path) -> None:
    page = " ".join([
        said((50, 780, "Before")), ruled((50, 200, 400), (760, 740, 720)),
        said((60, 745, "a"), (210, 745, "b"), (60, 725, "c"), (210, 725, "d"), (50, 700, "After")),
    ])  # fmt: skip
    (found,) = pieces(tmp_path, page)  # type: ignore[misc]
    before, table, after = found["pieces"]
    assert (before.strip(), table, after.strip()) == ("Before", [["a", "b"], ["c", "d"]], "After")
    assert found["picture"] is False


def test_a_drawing_with_few_words_is_no_table(tmp_path: Path) -> None:
    page = ruled((50, 200, 400), (760, 740, 720)) + " " + said((60, 745, "one"), (60, 725, "two"))
    (found,) = pieces(tmp_path, page)  # type: ignore[misc]
    assert "".join(found["pieces"]).split() == ["one", "two"]


def test_a_page_turned_on_its_side_is_read_as_it_is_looked_at(tmp_path: Path) -> None:
    # Letters that run upwards on the sheet; shown with a quarter turn to the right they run to the right.
    def turned(x: float, y: float, text: str) -> str:
        return f"BT /F1 12 Tf 0 1 -1 0 {x} {y} Tm ({text}) Tj ET"

    grid = ruled((100, 120, 140), (50, 300, 550))
    page = " ".join(
        [grid, turned(115, 60, "a"), turned(115, 310, "b"), turned(135, 60, "c"), turned(135, 310, "d")]
    )
    (found,) = pieces(tmp_path, page, rotate=90)  # type: ignore[misc]
    assert [piece for piece in found["pieces"] if isinstance(piece, list)] == [[["a", "b"], ["c", "d"]]]


def test_a_picture_is_seen(tmp_path: Path) -> None:
    (found,) = pieces(tmp_path, PICTURE)  # type: ignore[misc]
    assert found["picture"] is True


def test_a_file_that_is_none_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"no")
    assert "cannot be read as a PDF" in str(extract(str(tmp_path / "x.pdf"), 20)["problem"])


def test_out_of_time_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(pdf_of("q Q", "q Q"))
    assert "fewer of its 2 pages" in str(extract(str(tmp_path / "x.pdf"), 2)["problem"])


def test_lines_of_a_cell() -> None:
    assert one_line("国家公园等\r\n占比 ") == "国家公园等占比"
    assert one_line("a\r\n\r\nb") == "ab" or one_line("a\r\n\r\nb") == "a b"
