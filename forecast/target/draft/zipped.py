"""What may be opened of a zipped file (.docx, .xlsx), before anything is."""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from forecast.errors import ReadError
from forecast.language.message import Message

# A document of 500 pages unpacks to some 20 million bytes; a bomb to thousands of millions.
MOST_UNPACKED = 300_000_000
MOST_TEXT = 120_000_000
_MOST_TIMES = 300
_SMALL = 5_000_000


def check_zip(path: Path) -> None:
    """Refuse a file that is no zip, or one that would unpack to more than a document can hold.

    Raises
    ------
    ReadError
    """
    try:
        with ZipFile(path) as file:
            parts = file.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise ReadError(str(path), [Message("draft_not_zip", suffix=path.suffix, why=str(problem))]) from None
    unpacked = sum(part.file_size for part in parts)
    text = max((part.file_size for part in parts if part.filename.endswith(".xml")), default=0)
    swollen = any(
        part.file_size > _SMALL and part.file_size > _MOST_TIMES * max(part.compress_size, 1)
        for part in parts
    )
    if unpacked > MOST_UNPACKED or text > MOST_TEXT or swollen:
        raise ReadError(str(path), [Message("draft_swollen", size=f"{unpacked / 1e6:,.0f}")])
