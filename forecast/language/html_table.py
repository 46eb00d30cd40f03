"""Small tables for notebooks: every text escaped, numbers in English habits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Table as HTML.

    Examples
    --------
    >>> table("A & B", ["x"], [["<1 %"]])
    '<table><caption>A &amp; B</caption><tr><th>x</th></tr><tr><td>&lt;1 %</td></tr></table>'
    """
    top = _row("th", head) if head else ""
    return (
        f"<table><caption>{escape(caption)}</caption>{top}{''.join(_row('td', row) for row in rows)}</table>"
    )


def _row(tag: str, cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"
