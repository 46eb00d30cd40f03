"""CSV and Excel files: each sheet a heading and a table."""

from __future__ import annotations

import csv
import html
import io
import itertools
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from forecast.errors import ReadError
from forecast.language.message import Message
from forecast.target.draft.document import Builder, Document
from forecast.target.draft.read_text import decoded_text
from forecast.target.draft.zipped import check_zip

_MOST_ROWS, _MOST_COLUMNS = 20_000, 60


def read_csv(path: Path) -> Document:
    """Document of a CSV or TSV file."""
    text = decoded_text(path)
    if "&gt;" in text or "&lt;" in text:
        text = html.unescape(text)
    builder = Builder(path.name)
    try:
        dialect = csv.Sniffer().sniff(text[:8192], delimiters=",;\t")
    except csv.Error:
        dialect = csv.excel
    try:
        rows = list(itertools.islice(csv.reader(io.StringIO(text), dialect), _MOST_ROWS))
    except csv.Error as problem:
        raise ReadError(str(path), [Message("draft_not_table", why=str(problem))]) from None
    titles = list(itertools.takewhile(lambda row: sum(bool(cell.strip()) for cell in row) < 2, rows))
    for row in titles:
        builder.add(" ".join(row), "heading", 1)
    builder.add_table([row[:_MOST_COLUMNS] for row in rows[len(titles) :]])
    return builder.built()


def read_xlsx(path: Path) -> Document:
    """Document of an Excel file, all its sheets."""
    check_zip(path)
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError, TypeError, AttributeError, OSError, SyntaxError) as problem:
        raise ReadError(str(path), [Message("draft_not_excel", why=str(problem))]) from None
    builder = Builder(path.name)
    for sheet in book.worksheets:
        if not hasattr(sheet, "iter_rows"):
            continue
        rows = [
            [_written(cell) for cell in row]
            for row in sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS)
        ]
        titles = list(itertools.takewhile(lambda row: sum(bool(cell.strip()) for cell in row) < 2, rows))
        builder.add(str(sheet.title), "heading", 1)
        for row in titles:
            builder.add(" ".join(cell for cell in row if cell.strip()), "heading", 1)
        builder.add_table(rows[len(titles) :])
    book.close()
    return builder.built()


def _written(cell: Any) -> str:
    """Cell as it is shown: 0.6 under the format of percentages is 60%."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float | int) and not isinstance(value, bool):
        if "%" in str(cell.number_format):
            return f"{100 * value:.10g}%"
        return f"{value:.15g}"
    return str(value)
