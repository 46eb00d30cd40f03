"""A document as one text with its headings, paragraphs and tables in order, whatever format it came in."""

from __future__ import annotations

from dataclasses import dataclass, field

from forecast.language.message import Message

# A document beyond this is cut, and says so: a plan of 500 pages has a million characters.
LONGEST = 4_000_000


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text, and where that stands in the document."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Block:
    """A heading (with its level), a paragraph, or a table.

    Parameters
    ----------
    kind : str
        ``heading``, ``text`` or ``table``.
    start, end : int
        Where it stands in the document's text.
    level : int
        Of a heading; 0 where the format does not say.
    rows : tuple of tuple of Cell
        Of a table.
    """

    kind: str
    start: int
    end: int
    level: int = 0
    rows: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True)
class Document:
    """The text that quotes are cut from, its blocks, and what could not be read."""

    name: str
    text: str
    blocks: tuple[Block, ...]
    remarks: tuple[str, ...] = ()


@dataclass
class Builder:
    """Puts a document together piece by piece, so that every place in it is known."""

    name: str
    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    length: int = 0

    @property
    def full(self) -> bool:
        """Whether the document is as long as is read."""
        return self.length >= LONGEST

    def add(self, text: str, kind: str = "text", level: int = 0) -> None:
        """Add a paragraph or a heading; one of nothing but blanks is left out."""
        text = text.strip("\n\r")
        if not text.strip() or self._past_the_end():
            return
        start = self.length
        self._write(text[: LONGEST - self.length])
        self.blocks.append(Block(kind, start, self.length, level))
        self._write("\n")

    def add_table(self, rows: list[list[str]]) -> None:
        """Add a table: its cells divided by tabs, its rows by line breaks."""
        kept = [row for row in rows if any(cell.strip() for cell in row)]
        if not kept or self._past_the_end():
            return
        start, cells = self.length, []
        for row in kept:
            line = []
            for i, cell in enumerate(row):
                if i:
                    self._write("\t")
                at = self.length
                self._write(" ".join(cell.split()))
                line.append(Cell(" ".join(cell.split()), at, self.length))
            self._write("\n")
            cells.append(tuple(line))
            if self._past_the_end():
                break
        self.blocks.append(Block("table", start, self.length, rows=tuple(cells)))

    def built(self) -> Document:
        """Document."""
        return Document(
            self.name, "".join(self.parts), tuple(self.blocks), tuple(dict.fromkeys(self.remarks))
        )

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _past_the_end(self) -> bool:
        if self.full:
            self.remarks.append(Message("draft_cut", n=f"{LONGEST:,}"))
        return self.full
