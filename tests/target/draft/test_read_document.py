"""Every format gives the same text, and a file that means harm ends in one sentence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

import forecast as fc
from forecast.target.draft import read_document
from forecast.target.draft.read_document import FORMATS
from tests.target.draft.pdfs import pdf_of
from tests.target.draft.told import numbers


def hostile(folder: Path) -> list[tuple[str, str]]:
    """Write files that mean harm; return their names with what the one sentence says."""
    for name, inside in (("bomb.docx", "word/document.xml"), ("bomb.xlsx", "xl/worksheets/sheet1.xml")):
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr(inside, "0" * 60_000_000)
    (folder / "no.docx").write_bytes(b"not a zip")
    (folder / "no.pdf").write_bytes(b"not a pdf")
    (folder / "lie.pdf").write_bytes(
        pdf_of("x").replace(b"/Kids [3 0 R] /Count 1", b"/Kids [2 0 R] /Count 9")
    )
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


def test_a_file_too_large_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plan.txt").write_text("到2030年，森林覆盖率达到45%。", encoding="utf-8")
    monkeypatch.setattr(read_document, "MOST_BYTES", 10)
    with pytest.raises(fc.ReadError, match="at most 0 are read"):
        fc.draft_plan(tmp_path / "plan.txt")


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".htm", ".TXT"])
def test_the_suffix_names_the_reader(tmp_path: Path, suffix: str) -> None:
    assert suffix.lower() in FORMATS
    (tmp_path / f"plan{suffix}").write_text("到2030年，森林覆盖率达到45%。", encoding="utf-8")
    assert numbers(tmp_path / f"plan{suffix}") == [("森林覆盖率", 45.0, 2030)]
