"""How long a document of many pages takes: a text is printed over and over to a PDF and drafted.

``PYTHONPATH=. python benchmarks/drafts.py TEXT... [--pages 500] [--font FILE]`` prints each text (or page)
with Chromium until it fills so many pages, drafts the PDF, and prints the time and the memory.
"""

from __future__ import annotations

import argparse
import html
import subprocess
import sys
import tempfile
from pathlib import Path

STYLE = "body { font: 14pt/1.6 plan } table { border-collapse: collapse } td, th { border: 1px solid } "


def page_of(path: Path) -> str:
    """The body of a web page that shows a text."""
    text = path.read_text("utf-8")
    if path.suffix in (".html", ".htm"):
        return text
    return "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip())


def printed(body: str, target: Path, font: Path | None) -> int:
    """Print a page to a PDF; how many pages it has."""
    face = f"@font-face {{ font-family: plan; src: url({font.resolve().as_uri()}) }} " if font else ""
    source = target.with_suffix(".html")
    source.write_text(
        f"<meta charset=utf-8><style>{face}{STYLE}@page {{ size: A4; margin: 25mm }}</style>{body}", "utf-8"
    )
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--print-to-pdf={target}", str(source)],
        capture_output=True, check=True,
    )  # fmt: skip
    import pypdfium2

    file = pypdfium2.PdfDocument(target)
    pages = len(file)
    file.close()
    return pages


PROGRAM = """
import resource, sys, time
import forecast as fc
start = time.perf_counter()
read = fc.draft_plan(sys.argv[1])
seconds = time.perf_counter() - start
ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
reader = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
print(f"{len(read.text):,} characters, {len(read)} targets and {len(read.minor)} among tasks: ", end="")
print(f"{seconds:.1f} s, peak {ours} MB, reader {reader} MB")
"""


def drafted(path: Path) -> str:
    """Draft a document in a process of its own; its figures."""
    command = [sys.executable, "-c", PROGRAM, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--font", type=Path, help="a font that has the text's characters")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for text in given.texts:
            body = page_of(text)
            few = printed(body * 4, Path(folder) / "few.pdf", given.font)
            target = Path(folder) / f"{text.stem}.pdf"
            pages = printed(body * -(-4 * given.pages // few), target, given.font)
            print(f"{text.name}, {pages} pages: {drafted(target)}", flush=True)


if __name__ == "__main__":
    main()
