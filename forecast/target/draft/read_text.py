"""Text and Markdown files, in whatever encoding they have."""

from __future__ import annotations

from pathlib import Path

from forecast.errors import ReadError
from forecast.language.message import Message
from forecast.target.draft.document import LONGEST, Builder, Document
from forecast.target.draft.lines import add_laid_out

# Encodings that Chinese and other files come in, tried in order; the last never fails.
_ENCODINGS = ("utf-8-sig", "gb18030", "big5", "latin-1")


def read_text(path: Path) -> Document:
    """Document of a text or Markdown file."""
    builder = Builder(path.name)
    add_laid_out(builder, decoded_text(path))
    return builder.built()


def decoded_text(path: Path) -> str:
    """Text of a file in whatever encoding it has."""
    with path.open("rb") as file:
        raw = file.read(4 * LONGEST)
    if b"\x00" in raw[:4096] and raw[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise ReadError(str(path), [Message("draft_not_text")])
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace")
    for encoding in _ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", errors="replace")
