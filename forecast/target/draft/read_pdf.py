"""PDF files: the text of each page, read in a process of its own with a limit of time and memory."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path

from forecast.errors import ReadError
from forecast.target.draft.document import Builder, Document
from forecast.target.draft.line_tables import add_laid_out

# A page takes some 20 ms; a file that lies about itself may take for ever, or all memory.
SECONDS = 50
_BYTES = 3_000_000_000
_CHINESE_END = re.compile(r"[。！？；：:;.!?]\s*$")
_STARTS = re.compile(
    r"^\s*(?:第[一二三四五六七八九十\d]+[章节篇条]|[一二三四五六七八九十]{1,3}、"
    r"|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、]|[-•·●*])"
)


def read_pdf(path: Path) -> Document:
    """Document of a PDF file.

    Raises
    ------
    ReadError
        Without pypdf, for a file that is no PDF, and for one that takes too long.
    """
    if importlib.util.find_spec("pypdf") is None:
        raise ReadError(str(path), ["reading PDF needs pypdf: pip install 'target-feasibility[pdf]'."])
    pages = [("" if _unmapped(text) else text, picture or _unmapped(text)) for text, picture in _pages(path)]
    builder = Builder(path.name)
    scanned = [
        number for number, (text, picture) in enumerate(pages, start=1) if picture and len(text.strip()) < 20
    ]
    if scanned:
        listed = ", ".join(map(str, scanned[:20])) + (", ..." if len(scanned) > 20 else "")
        word = "pages" if len(scanned) > 1 else "page"
        builder.remarks.append(
            f"{word} {listed}: no text that can be read; what stands in pictures, or in fonts that name "
            f"no characters, is left."
        )
    add_laid_out(builder, joined([text for text, _ in pages]))
    return builder.built()


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
        line.rstrip()
        for page in pages
        for line in page.splitlines()
        if not re.fullmatch(r"\s*[-—－]?\s*\d{1,4}\s*[-—－]?\s*", line)
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


def _pages(path: Path) -> list[tuple[str, bool]]:
    """Text of each page, and whether it holds a picture, from a process that may be stopped."""
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "forecast.target.draft.read_pdf",
        str(path),
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
    return [(str(text), bool(picture)) for text, picture in answer["pages"]]


def _extract(path: str, seconds: float) -> dict[str, object]:
    """Pages of a file; this runs in the process of its own."""
    import time

    from pypdf import PdfReader

    until = time.monotonic() + seconds
    pages: list[tuple[str, bool]] = []
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            return {"problem": "it is locked with a password."}
        total = len(reader.pages)
        for number in range(min(total, 5000)):
            pages.append(_page(reader, number))
            if time.monotonic() > until - 2:
                return {
                    "problem": f"it could not be read in {seconds:g} seconds; give fewer of its {total} "
                    f"pages."
                }
    except Exception as problem:  # whatever a broken file makes the reader do
        if not pages:
            return {"problem": f"it cannot be read as a PDF: {problem or type(problem).__name__}"}
    return {"pages": pages}


def _page(reader: object, number: int) -> tuple[str, bool]:
    try:
        page = reader.pages[number]  # type: ignore[attr-defined]
        text = page.extract_text() or ""
    except MemoryError:
        raise
    except Exception:
        return "", True
    picture = False
    if len(text.strip()) < 20:
        try:
            picture = "/XObject" in (page.get("/Resources") or {})
        except Exception:
            picture = False
    return text[:200_000], picture


def _limited() -> None:
    """Take no more memory than a document needs, where the system can hold a process to that."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    except (ImportError, ValueError, OSError):
        return


if __name__ == "__main__":
    _limited()
    sys.setrecursionlimit(2000)
    sys.stdout.buffer.write(json.dumps(_extract(sys.argv[1], float(sys.argv[2]))).encode("utf-8"))
