"""Reports: one document, written as a web page, Word, Excel, Markdown, JSON or CSV."""

from __future__ import annotations

from forecast.report.content.document import document
from forecast.report.write import write_report

__all__ = ["document", "write_report"]
