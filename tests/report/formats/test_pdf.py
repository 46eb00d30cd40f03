from __future__ import annotations

import stat
from pathlib import Path

import pytest

from forecast.errors import ReportError
from forecast.report.content.document import Document
from forecast.report.formats import pdf as printing
from forecast.report.formats.pdf import pdf

# Prints a file with a date in it, as Chromium does, to the path it is told.
BROWSER = """#!/bin/sh
for each in "$@"; do
  case "$each" in --print-to-pdf=*) out="${each#--print-to-pdf=}";; esac
  last="$each"
done
grep -q "<svg" "${last#file://}" && printf "%%PDF-1.4 (D:20010101120000+00'00')" > "$out"
"""


def browser(folder: Path, text: str) -> str:
    path = folder / "chromium"
    path.write_text(text, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_the_page_is_printed_and_dated_as_the_report_is(
    report: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "chromium", lambda: browser(tmp_path, BROWSER))
    assert pdf(report) == f"%PDF-1.4 (D:{report.date:%Y%m%d}000000+00'00')".encode()


def test_without_chromium_one_error_says_what_to_do(
    report: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "chromium", lambda: None)
    with pytest.raises(ReportError, match="Install Chromium"):
        pdf(report)


def test_a_browser_that_prints_nothing_is_named(
    report: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = browser(tmp_path, "#!/bin/sh\necho broken >&2\n")
    monkeypatch.setattr(printing, "chromium", lambda: path)
    with pytest.raises(ReportError, match=r"printed no PDF \(broken"):
        pdf(report)
