"""PDF files: the text of each page, read in a process of its own with a limit of time and memory."""

from __future__ import annotations

import importlib.util
import itertools
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from forecast.errors import ReadError
from forecast.language.message import Message
from forecast.target.draft.document import Builder, Document
from forecast.target.draft.lines import add_laid_out

# A page takes some 20 ms; a file that lies about itself may take for ever.
SECONDS = 50
_CHINESE_END = re.compile(r"[。！？；：:;.!?]\s*$")
_STARTS = re.compile(
    r"^\s*(?:第[一二三四五六七八九十\d]+[章节篇条]|[一二三四五六七八九十]{1,3}、"
    r"|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、](?!\d)|[-•·●*])"
)

_PAGE_NUMBER = re.compile(r"^\s*[-—－]?\s*\d{1,4}\s*[-—－]?\s*$", re.M)


def read_pdf(path: Path) -> Document:
    """Document of a PDF file.

    Raises
    ------
    ReadError
        Without pypdfium2, for a file that is no PDF, and for one that takes too long.
    """
    if importlib.util.find_spec("pypdfium2") is None:
        raise ReadError(str(path), [Message("draft_needs_pdf")])
    pages = _pages(path)
    builder = Builder(path.name)
    scanned = [number for number, page in enumerate(pages, start=1) if page.picture and page.letters < 20]
    if scanned:
        listed = ", ".join(map(str, scanned[:20])) + (", ..." if len(scanned) > 20 else "")
        key = "draft_pages_unread" if len(scanned) > 1 else "draft_page_unread"
        builder.remarks.append(Message(key, pages=listed))
    for piece in _in_order(pages):
        if isinstance(piece[0], str):
            add_laid_out(builder, joined(piece))
        else:
            builder.add_table(piece)
    return builder.built()


@dataclass(frozen=True)
class _Page:
    """A page: its texts and its tables in order, and whether it holds what cannot be read as text."""

    pieces: tuple[str | list[list[str]], ...]
    picture: bool

    @property
    def letters(self) -> int:
        return sum(
            len(piece.strip()) if isinstance(piece, str) else sum(map(len, itertools.chain(*piece)))
            for piece in self.pieces
        )


def _in_order(pages: list[_Page]) -> Iterator[list[str] | list[list[str]]]:
    """Yield the texts between two tables as one list, and each table; one that goes on overleaf is one."""
    texts: list[str] = []
    table: list[list[str]] = []
    for piece in itertools.chain.from_iterable(page.pieces for page in pages):
        if isinstance(piece, str):
            texts.append(piece)
            continue
        between = _PAGE_NUMBER.sub("", "\n".join(texts)).strip()
        if table and len(between) < 12 and len(piece[0]) == len(table[0]):
            table += piece[1:] if piece[0] == table[0] else piece
        else:
            if table:
                yield table
            if texts:
                yield texts
            table = piece
        texts = []
    if table:
        yield table
    if texts:
        yield texts


def _unmapped(text: str) -> bool:
    """Whether a page's fonts name no characters, so that most of its text comes out as nothing."""
    return sum(text.count(mark) for mark in "\0\ufffd") > 0.3 * len(text)


def joined(pages: list[str]) -> str:
    r"""Text of all pages, lines that were broken for the page's width put together again.

    Examples
    --------
    >>> joined(["到2030年，全市森林覆盖率达到\n25%以上。\n一、总则"])
    '到2030年，全市森林覆盖率达到25%以上。\n一、总则'
    """
    lines = [
        line.rstrip() for page in pages for line in page.splitlines() if not _PAGE_NUMBER.fullmatch(line)
    ]
    lengths = sorted(len(line) for line in lines if len(line) > 10)
    usual = lengths[int(0.75 * len(lengths))] if lengths else 0
    out: list[str] = []
    for line in lines:
        before = out[-1] if out else ""
        if before and line.strip() and not _STARTS.match(line) and _goes_on(before, usual):
            space = (
                ""
                if re.search(r"[\u3000-\u9fff，。]$", before) or re.match(r"[\u3000-\u9fff]", line.strip())
                else " "
            )
            out[-1] = before + space + line.strip()
        else:
            out.append(line)
    return "\n".join(out)


def _goes_on(line: str, usual: int) -> bool:
    """Whether a line broke off at the edge of the page."""
    last = line.rsplit("\n", 1)[-1]
    if re.search(r"(?:约束性|预期性)\s*$", last) or _CHINESE_END.search(last):
        return False
    return len(last) >= 0.8 * usual


def _pages(path: Path) -> list[_Page]:
    """Pages of a file, from a process that may be stopped."""
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "forecast.target.draft.pdf_pages",
        str(path.resolve()),
        str(SECONDS),
    ]
    root = str(Path(__file__).resolve().parents[3])
    try:
        run = subprocess.run(command, capture_output=True, timeout=SECONDS + 5, cwd=root, check=False)
    except subprocess.TimeoutExpired:
        raise ReadError(str(path), [f"it could not be read in {SECONDS} seconds."]) from None
    try:
        answer = json.loads(run.stdout.decode("utf-8"))
    except ValueError:
        raise ReadError(
            str(path), ["it cannot be read as a PDF: it asks for more memory than a document does."]
        ) from None
    if "problem" in answer:
        raise ReadError(str(path), [answer["problem"]])
    return [_as_page(page["pieces"], page["picture"]) for page in answer["pages"]]


def _as_page(pieces: list[str | list[list[str]]], picture: bool) -> _Page:
    unmapped = any(isinstance(piece, str) and _unmapped(piece) for piece in pieces)
    return _Page((), True) if unmapped else _Page(tuple(piece for piece in pieces if piece), picture)
