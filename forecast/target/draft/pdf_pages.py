"""Pages of a PDF, read by PDFium in a process of its own: a file that lies about itself ends only that.

``python -m forecast.target.draft.pdf_pages FILE SECONDS`` writes JSON: each page's pieces in order, texts and
ruled tables, and whether it holds a picture; or the one sentence why there are none.
"""

from __future__ import annotations

import ctypes
import json
import sys
import time
from collections.abc import Iterator
from typing import Any

from forecast.target.draft.pdf_grids import MOST_STROKES, Grid, Stroke, grids

_BYTES = 3_000_000_000
_MOST_PAGES = 5000
_LONGEST_PAGE = 200_000
_FORM_DEPTH = 3
# What a cell of a table of indicators is at least: a table with fewer words is a frame or a drawing.
_FEWEST_FILLED = 4
# PDFium's mark for a hyphen at the end of a line, where the word goes on.
_HYPHENS = {"\ufffe": "-", "\x02": "-"}
_Matrix = tuple[float, float, float, float, float, float]
_AS_IT_IS: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def extract(path: str, seconds: float) -> dict[str, object]:
    """Pages of a file, or the problem in one sentence."""
    import pypdfium2

    until = time.monotonic() + seconds - 2
    try:
        file = pypdfium2.PdfDocument(path)
        total = len(file)
    except Exception as problem:  # whatever a broken file makes the reader say
        if "password" in str(problem).lower():
            return {"problem": "it is locked with a password."}
        return {"problem": f"it cannot be read as a PDF: {problem or type(problem).__name__}"}
    pages: list[dict[str, object]] = []
    broken = 0
    for number in range(min(total, _MOST_PAGES)):
        try:
            pages.append(_page(file[number]))
        except MemoryError:
            raise
        except Exception:
            broken += 1
            pages.append({"pieces": [], "picture": True})
        if time.monotonic() > until:
            return {
                "problem": f"it could not be read in {seconds:g} seconds; give fewer of its {total} pages."
            }
    if broken == len(pages):
        return {"problem": "it cannot be read as a PDF: it holds no page that can be opened."}
    return {"pages": pages}


def _page(page: Any) -> dict[str, object]:
    from pypdfium2 import raw

    text = page.get_textpage()
    level, upright, picture = _drawn(page.raw)
    found = grids(level, upright) if level and upright else []
    if not found:
        pieces: list[object] = [
            _clean(text.get_text_range()[:_LONGEST_PAGE]) if text.count_chars() > 0 else ""
        ]
    else:
        pieces = _pieces(raw, text.raw, found, raw.FPDFPage_GetRotation(page.raw))
    answer: dict[str, object] = {"pieces": pieces, "picture": picture}
    text.close()
    page.close()
    return answer


def _pieces(raw: Any, text: Any, found: list[Grid], rotation: int) -> list[object]:
    """Texts and tables of a page in order; a table stands where its first letter does."""
    letters = list(_letters(raw, text, rotation))
    places = [_place(found, x, y) if not letter.isspace() else None for letter, x, y in letters]
    filled = [len({place for place in places if place and place[0] == i}) for i in range(len(found))]
    outside: list[str] = []
    cells: dict[int, dict[int, str]] = {}
    order: list[str | int] = []
    here: tuple[int, int] | None = None
    for (letter, _, _), place in zip(letters, places, strict=True):
        if not letter.isspace():
            here = place if place is not None and filled[place[0]] >= _FEWEST_FILLED else None
        if here is None:
            outside.append(letter)
            continue
        grid, cell = here
        if grid not in cells:
            cells[grid] = {}
            order += ["".join(outside), grid]
            outside = []
        cells[grid][cell] = cells[grid].get(cell, "") + letter
    order.append("".join(outside))
    texts = {grid: {cell: one_line(_clean(words)) for cell, words in each.items()}
             for grid, each in cells.items()}  # fmt: skip
    return [_clean(each) if isinstance(each, str) else found[each].written(texts[each]) for each in order]


def one_line(words: str) -> str:
    r"""Lines of a cell as one: broken for its width, so a space only between Latin words.

    Examples
    --------
    >>> one_line("单位GDP能耗\r\n降低（%）"), one_line("Forest\r\ncover ")
    ('单位GDP能耗降低（%）', 'Forest cover')
    """
    joined = ""
    for line in words.split("\n"):
        line = " ".join(line.split())
        wide = not joined or not line or max(joined[-1], line[0]) > "\u2e80"
        joined += line if wide else f" {line}"
    return joined


def _place(found: list[Grid], x: float, y: float) -> tuple[int, int] | None:
    for i, grid in enumerate(found):
        cell = grid.cell_at(x, y)
        if cell is not None:
            return i, cell
    return None


def _letters(raw: Any, text: Any, rotation: int) -> Iterator[tuple[str, float, float]]:
    """Yield the letters of a page with their middles, as the page is looked at."""
    left, right, low, high = (ctypes.c_double() for _ in range(4))
    turn = _turned(rotation)
    for i in range(min(raw.FPDFText_CountChars(text), _LONGEST_PAGE)):
        raw.FPDFText_GetCharBox(text, i, left, right, low, high)
        x, y = _moved(turn, (left.value + right.value) / 2, (low.value + high.value) / 2)
        yield chr(raw.FPDFText_GetUnicode(text, i)), x, y


def _turned(rotation: int) -> _Matrix:
    """Matrix of a page that is shown turned by so many quarters to the right."""
    cosine, sine = ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))[rotation % 4]
    return (cosine, -sine, sine, cosine, 0.0, 0.0)


def _drawn(page: Any) -> tuple[list[Stroke], list[Stroke], bool]:
    """Horizontal and vertical strokes of a page, and whether it holds a picture."""
    from pypdfium2 import raw

    level: list[Stroke] = []
    upright: list[Stroke] = []
    picture, left = False, MOST_STROKES
    for each, matrix in _objects(raw, page, _turned(raw.FPDFPage_GetRotation(page))):
        kind = raw.FPDFPageObj_GetType(each)
        picture = picture or kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING)
        if kind != raw.FPDF_PAGEOBJ_PATH or left <= 0:
            continue
        for (x0, y0), (x1, y1) in _lines(raw, each, matrix):
            left -= 1
            if abs(y1 - y0) < 1 < abs(x1 - x0):
                level.append(Stroke((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
            elif abs(x1 - x0) < 1 < abs(y1 - y0):
                upright.append(Stroke((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return ([], [], picture) if left <= 0 else (level, upright, picture)


def _objects(raw: Any, page: Any, turn: _Matrix) -> Iterator[tuple[Any, _Matrix]]:
    """Yield what a page draws, and what the forms it draws draw, each with its way to the page."""
    todo = [
        (raw.FPDFPage_GetObject(page, i), turn, 0)
        for i in range(min(raw.FPDFPage_CountObjects(page), MOST_STROKES))
    ]
    todo.reverse()
    seen = 0
    while todo and seen < 2 * MOST_STROKES:
        each, outer, depth = todo.pop()
        seen += 1
        if raw.FPDFPageObj_GetType(each) == raw.FPDF_PAGEOBJ_FORM:
            if depth < _FORM_DEPTH:
                inner = _times(_matrix(raw, each), outer)
                count = min(raw.FPDFFormObj_CountObjects(each), MOST_STROKES)
                todo += [(raw.FPDFFormObj_GetObject(each, i), inner, depth + 1) for i in range(count)]
            continue
        yield each, outer


def _lines(raw: Any, path: Any, outer: _Matrix) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Yield the straight lines of a path."""
    matrix = _times(_matrix(raw, path), outer)
    x, y = ctypes.c_float(), ctypes.c_float()
    first = here = (0.0, 0.0)
    for i in range(min(raw.FPDFPath_CountSegments(path), MOST_STROKES)):
        segment = raw.FPDFPath_GetPathSegment(path, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = _moved(matrix, x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield here, point
        here = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield here, first


def _matrix(raw: Any, each: Any) -> _Matrix:
    got = raw.FS_MATRIX()
    return (got.a, got.b, got.c, got.d, got.e, got.f) if raw.FPDFPageObj_GetMatrix(each, got) else _AS_IT_IS


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    k, m, n, o, p, q = outer
    return (a * k + b * n, a * m + b * o, c * k + d * n, c * m + d * o, e * k + f * n + p, e * m + f * o + q)


def _moved(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _clean(text: str) -> str:
    """Text without halves of characters, its hyphens at ends of lines as hyphens that join."""
    for mark, sign in _HYPHENS.items():
        text = text.replace(f"{mark}\r\n", sign).replace(mark, sign)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _limited() -> None:
    """Take no more memory than a document needs, where the system can hold a process to that."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    except (ImportError, ValueError, OSError):
        return


if __name__ == "__main__":
    _limited()
    sys.stdout.buffer.write(json.dumps(extract(sys.argv[1], float(sys.argv[2]))).encode("utf-8"))
