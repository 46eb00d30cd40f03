"""HTML pages: headings, paragraphs and tables in order, merged cells written out."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from forecast.target.draft.document import Builder, Document
from forecast.target.draft.read_text import decoded_text

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BREAKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "br",
        "hr",
        "blockquote",
        "pre",
        "tr",
        "table",
        "header",
        "footer",
        "main",
        "aside",
        "figure",
        "figcaption",
        "form",
        "address",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "title",
    ]
)
_SILENT = frozenset(["script", "style", "noscript", "template", "head", "svg", "nav", "button", "select"])
# A cell that says it spans more is a slip or an attack.
_MOST_SPANNED = 200
_MOST_DIGITS = 6


@dataclass
class _Grid:
    """A table as it grows: its rows, and what spans down into the rows to come."""

    rows: list[list[str]] = field(default_factory=list)
    down: dict[int, tuple[int, str]] = field(default_factory=dict)
    cell: list[str] | None = None
    spans: tuple[int, int] = (1, 1)

    def place(self, text: str) -> None:
        row = self.rows[-1]
        self._from_above(row)
        for _ in range(self.spans[0]):
            if self.spans[1] > 1:
                self.down[len(row)] = (self.spans[1] - 1, text)
            row.append(text)

    def close_row(self) -> None:
        if self.rows:
            self._from_above(self.rows[-1])

    def _from_above(self, row: list[str]) -> None:
        while len(row) in self.down:
            left, text = self.down.pop(len(row))
            if left > 1:
                self.down[len(row)] = (left - 1, text)
            row.append(text)


class _Page(HTMLParser):
    """Reads a page as a stream, so that nesting costs no depth."""

    def __init__(self, builder: Builder) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = builder
        self.text: list[str] = []
        self.level = 0
        self.silent = 0
        self.grids: list[_Grid] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag == "table":
            self.flush()
            self.grids.append(_Grid())
        elif tag == "tr" and self.grids:
            self._end_cell()
            self.grids[-1].close_row()
            self.grids[-1].rows.append([])
        elif tag in ("td", "th") and self.grids:
            self._end_cell()
            if not self.grids[-1].rows:
                self.grids[-1].rows.append([])
            spans = dict(attrs)
            self.grids[-1].cell = []
            self.grids[-1].spans = (_span(spans.get("colspan")), _span(spans.get("rowspan")))
        elif tag in _BREAKS:
            self._break()
            self.level = _HEADINGS.get(tag, 0)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in ("td", "th") and self.grids:
            self._end_cell()
        elif tag == "table" and self.grids:
            self._end_cell()
            self.grids[-1].close_row()
            grid = self.grids.pop()
            if self.grids and self.grids[-1].cell is not None:
                self.grids[-1].cell.append(" ".join(" ".join(row) for row in grid.rows))
            elif sum(len(row) > 1 for row in grid.rows) > 0:
                self.builder.add_table(grid.rows)
            else:
                for row in grid.rows:
                    self.builder.add(" ".join(row))
        elif tag in _BREAKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        if self.grids and self.grids[-1].cell is not None:
            self.grids[-1].cell.append(data)
        elif not self.grids:
            self.text.append(data)

    def flush(self) -> None:
        """Write the paragraph gathered so far."""
        text = " ".join("".join(self.text).split())
        self.text = []
        if text:
            self.builder.add(text, "heading" if self.level else "text", self.level)

    def _break(self) -> None:
        if self.grids:
            if self.grids[-1].cell is not None:
                self.grids[-1].cell.append(" ")
            return
        self.flush()
        self.level = 0

    def _end_cell(self) -> None:
        grid = self.grids[-1]
        if grid.cell is not None:
            grid.place(" ".join("".join(grid.cell).split()))
            grid.cell = None


def read_html(path: Path) -> Document:
    """Document of an HTML page."""
    builder = Builder(path.name)
    page = _Page(builder)
    text = decoded_text(path)
    for start in range(0, len(text), 1 << 16):
        page.feed(text[start : start + (1 << 16)])
        if builder.full:
            break
    page.close()
    while page.grids:
        page.handle_endtag("table")
    page.flush()
    return builder.built()


def _span(text: str | None) -> int:
    digits = (text or "").strip()
    if not digits.isdecimal():
        return 1
    # A number of thousands of digits is not worked out.
    return min(max(int(digits), 1), _MOST_SPANNED) if len(digits) <= _MOST_DIGITS else _MOST_SPANNED
