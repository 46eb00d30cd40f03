"""PDF files written by hand, for the tests."""

from __future__ import annotations

from collections.abc import Iterable

# A line of text: its place from the left and from below, and its words.
Words = tuple[float, float, str]
PICTURE = "q 600 0 0 800 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"


def said(*words: Words) -> str:
    """Return a page's drawing of texts."""
    return " ".join(f"BT /F1 12 Tf {x} {y} Td ({text}) Tj ET" for x, y, text in words)


def ruled(xs: Iterable[float], ys: Iterable[float]) -> str:
    """Return a page's drawing of a grid of strokes."""
    xs, ys = sorted(xs), sorted(ys)
    level = [f"{xs[0]} {y} m {xs[-1]} {y} l S" for y in ys]
    upright = [f"{x} {ys[0]} m {x} {ys[-1]} l S" for x in xs]
    return " ".join([*level, *upright])


def pdf_of(*pages: str, rotate: int = 0) -> bytes:
    """Return a PDF of pages that are drawn so."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for drawing in pages:
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Rotate {rotate} "
            f"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> "
            f"/Contents {len(objects) + 2} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
        objects.append(f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(pages)} >>"
    body, places = "%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{each}\nendobj\n"
    entries = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{entries}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return (body + end + f"startxref\n{len(body)}\n%%EOF").encode("latin-1")
