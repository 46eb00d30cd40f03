"""A report as a PDF: the web page, printed by a Chromium that is there; its fonts are in the file."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from forecast.errors import ReportError
from forecast.language.message import Message
from forecast.plot.fonts import carried
from forecast.report.content.document import Document
from forecast.report.formats.charts import Progress
from forecast.report.formats.html import html

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_QUIET = (
    "--headless=new", "--disable-gpu", "--disable-extensions", "--disable-background-networking",
    "--disable-component-update", "--no-first-run", "--no-pdf-header-footer",
    "--allow-file-access-from-files",
)  # fmt: skip
_SECONDS = 300
_DATES = re.compile(rb"\(D:\d{14}[^)]*\)")


def pdf(report: Document, progress: Progress | None = None) -> bytes:
    """Document as a PDF on A4, the same bytes for the same report and browser.

    Raises
    ------
    ReportError
        If there is no Chromium, or it prints nothing.
    """
    browser = chromium()
    if browser is None:
        raise ReportError(Message("no_chromium"))
    with TemporaryDirectory(prefix="forecast-") as folder:
        page, printed = Path(folder, "report.html"), Path(folder, "report.pdf")
        page.write_text(_with_fonts(html(report, progress)), encoding="utf-8")
        told = _print(browser, page, printed)
        if not printed.is_file():
            raise ReportError(Message("no_pdf_printed", browser=str(browser), told=told))
        content = printed.read_bytes()
    day = f"(D:{report.date:%Y%m%d}000000+00'00')".encode()
    # As long as before, so that what the file says of its own places stays true.
    return _DATES.sub(lambda found: day if len(day) == len(found[0]) else found[0], content)


def chromium() -> str | None:
    """Chromium of this machine, or that of the package playwright; None where there is neither."""
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as engine:
        path = str(engine.chromium.executable_path)
    return path if Path(path).is_file() else None


def _print(browser: str, page: Path, printed: Path) -> str:
    """Print a page; what the browser complained of."""
    profile = page.parent / "profile"
    # Chromium refuses its sandbox to root, as which containers run; the page is our own.
    alone = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    command = [
        browser,
        *_QUIET,
        *alone,
        f"--user-data-dir={profile}",
        f"--print-to-pdf={printed}",
        page.as_uri(),
    ]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as problem:
        return str(problem)
    return done.stderr.decode(errors="replace").strip()[-200:]


def _with_fonts(text: str) -> str:
    """Page that may use the font for Chinese which comes with the charts, where the system has none."""
    path = carried()
    if path is None:
        return text
    face = (
        f'@font-face {{ font-family: "Noto Sans SC"; src: local("Noto Sans SC"), url("{path.as_uri()}"); }}'
    )
    text = text.replace("default-src 'none'", "default-src 'none'; font-src file:", 1)
    return text.replace("<style>", f"<style>\n{face}", 1)
