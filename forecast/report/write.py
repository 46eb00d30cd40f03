"""Write a report: the format by the file's ending, in one step or not at all."""

from __future__ import annotations

import datetime
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pandas as pd

from forecast.assessment.study import Study
from forecast.errors import ReportError, must_be
from forecast.language.message import Message, suggestion
from forecast.language.plain_cell import plain_cell
from forecast.report.content.document import Document, document
from forecast.report.formats.charts import Progress
from forecast.report.formats.docx import docx
from forecast.report.formats.html import html
from forecast.report.formats.json_study import json_text
from forecast.report.formats.markdown import markdown
from forecast.report.formats.pdf import pdf
from forecast.report.formats.xlsx import xlsx


def _csv(report: Document) -> bytes:
    """Table of the study; text that a spreadsheet would work out is marked as text."""
    frame = report.study.to_frame()
    for name in frame.columns:
        if not pd.api.types.is_numeric_dtype(frame[name]):
            frame[name] = frame[name].map(plain_cell)
    # A byte-order mark, so that spreadsheets read Chinese; "\r\n" as RFC 4180 has it.
    return frame.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


# How each ending is written; charts tell how far they are.
_WRITERS: dict[str, Callable[[Document, Progress | None], bytes]] = {
    ".html": lambda report, progress: html(report, progress).encode(),
    ".pdf": pdf,
    ".docx": docx,
    ".xlsx": lambda report, _: xlsx(report),
    ".md": lambda report, _: markdown(report).encode(),
    ".json": lambda report, _: json_text(report).encode(),
    ".csv": lambda report, _: _csv(report),
}


def write_report(
    study: Study,
    path: str | os.PathLike[str],
    *,
    lang: str = "en",
    since: Study | None = None,
    date: datetime.date | None = None,
    detail: str = "summary",
) -> Path:
    """Write a report on a study; an existing file is replaced in one step.

    Parameters
    ----------
    study : Study
    path : str or path
        Its ending names the format: ``.html .pdf .docx .xlsx .md .json .csv``; a PDF is printed by Chromium.
    lang : str
        ``"en"`` or ``"zh"``.
    since : Study, optional
        An earlier study, to say what has changed.
    date : datetime.date, optional
        Printed as the date of the report. Default: today.
    detail : str
        ``"summary"``: one page for who decides, one row a target, what is missing. ``"full"``: a page for
        every target too. The data of ``.json`` and ``.csv`` are always whole.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    ReportError
        For an unknown ending, language or detail, a folder that is missing, a file that cannot be written,
        or a PDF where there is no Chromium.
    """
    must_be(Study, study, who="write_report: study", instead="Make one with assess_plan(plan, histories).")
    target = report_path(path)
    return write_document(document(study, lang=lang, since=since, date=date, detail=detail), target)


def write_document(report: Document, path: str | os.PathLike[str], progress: Progress | None = None) -> Path:
    """Write a document; *progress* is told how many charts are drawn, and of how many.

    Raises
    ------
    ReportError
        As :func:`write_report`.
    """
    target = report_path(path)
    _replace(target, _WRITERS[target.suffix.lower()](report, progress))
    return target


def report_path(path: str | os.PathLike[str]) -> Path:
    """Path that a report can be written to, so that a mistake is said before any work.

    Raises
    ------
    ReportError
        For an unknown ending or a folder that is missing.
    """
    target = Path(path)
    suffix = target.suffix.lower()
    if suffix not in _WRITERS:
        raise ReportError(
            Message(
                "report_ending", name=target.name, suffix=target.suffix, hint=suggestion(suffix, _WRITERS)
            )
        )
    if not target.parent.is_dir():
        raise ReportError(Message("report_no_folder", report=target, folder=str(target.parent)))
    return target


def _replace(target: Path, content: bytes) -> None:
    """Write beside the file and rename: a reader sees the old report or the new one, never half of one."""
    half = target.parent / f".report-{secrets.token_hex(8)}"
    try:
        # With the rights that a file made here has, which the system knows without being asked.
        with half.open("xb") as file:
            file.write(content)
        half.replace(target)
    except OSError as problem:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise ReportError(Message("report_not_written", report=target, why=problem.strerror)) from None
