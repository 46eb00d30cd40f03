"""Which reader opens which format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from forecast.errors import ReadError
from forecast.language.message import Message
from forecast.target.draft.document import Document
from forecast.target.draft.read_docx import read_docx
from forecast.target.draft.read_html import read_html
from forecast.target.draft.read_pdf import read_pdf
from forecast.target.draft.read_sheets import read_csv, read_xlsx
from forecast.target.draft.read_text import read_text

_READERS: dict[str, Callable[[Path], Document]] = {
    ".txt": read_text, ".md": read_text, ".docx": read_docx, ".html": read_html, ".htm": read_html,
    ".pdf": read_pdf, ".csv": read_csv, ".tsv": read_csv, ".xlsx": read_xlsx,
}  # fmt: skip
FORMATS = tuple(_READERS)
MOST_BYTES = 200_000_000


def read_document(path: Path) -> Document:
    """Document of any format that is read.

    Raises
    ------
    ReadError
        In one sentence, for a file that is not there, of another format, or not what its name says.
    """
    if not path.is_file():
        raise ReadError(str(path), [Message("draft_no_file")])
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise ReadError(
            str(path),
            [
                Message(
                    "draft_format", known=", ".join(FORMATS), got=path.suffix or Message("draft_no_suffix")
                )
            ],
        )
    if path.stat().st_size > MOST_BYTES:
        size, most = f"{path.stat().st_size / 1e6:,.0f}", f"{MOST_BYTES / 1e6:,.0f}"
        raise ReadError(str(path), [Message("draft_too_big", size=size, most=most)])
    return reader(path)
