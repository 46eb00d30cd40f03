"""What may be opened of a zipped file."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

import forecast as fc
from forecast.target.draft.zipped import check_zip


def test_an_honest_zip_passes(tmp_path: Path) -> None:
    docx.Document().save(tmp_path / "empty.docx")
    check_zip(tmp_path / "empty.docx")
    assert fc.draft_plan(tmp_path / "empty.docx").remarks[-1] == "no target was found in the text."


@pytest.mark.parametrize("inside", ["word/document.xml", "xl/worksheets/sheet1.xml"])
def test_a_bomb_is_not_opened(tmp_path: Path, inside: str) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(inside, "0" * 6_000_000)
    with pytest.raises(fc.ReadError, match="would unpack to 6 MB"):
        check_zip(tmp_path / "bomb.docx")


def test_a_file_that_is_no_zip(tmp_path: Path) -> None:
    (tmp_path / "no.docx").write_bytes(b"not a zip")
    with pytest.raises(fc.ReadError, match=r"is not a \.docx file"):
        check_zip(tmp_path / "no.docx")
