"""Text for terminals that cannot show every character: the nearest sign they have, not a traceback."""

from __future__ import annotations

import codecs
from functools import partial
from typing import TextIO
from unicodedata import normalize

_HANDLER = "forecast.nearest"
_NEAREST = {
    "\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{EM DASH}": "-", "≥": ">=", "≤": "<=", "≈": "~", "±": "+/-",
    "×": "x", "·": ".", "“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "✓": "+", "✗": "x", "↑": "^",
    "↗": "/", "→": ">", "↓": "v", "○": "o", "•": "*", "\N{NO-BREAK SPACE}": " ",
}  # fmt: skip


def nearest(text: str, encoding: str) -> str:
    r"""Text that *encoding* can hold: signs by their nearest, letters without accents, else escaped.

    Examples
    --------
    >>> nearest("≥ 80 %, −1.5: forêt 城", "ascii")
    '>= 80 %, -1.5: foret \\u57ce'
    """
    return "".join(_nearest(character, encoding) for character in text)


def write_any_text(stream: TextIO) -> None:
    """Let a stream of any encoding take any text, each character as :func:`nearest` has it."""
    change = getattr(stream, "reconfigure", None)
    if change is not None:
        # The error of a code page says no more than "charmap": the stream knows its encoding.
        name = f"{_HANDLER}.{stream.encoding}"
        codecs.register_error(name, partial(_handled, stream.encoding))
        change(errors=name)


def _nearest(character: str, encoding: str) -> str:
    plain = normalize("NFKD", character).encode("ascii", "ignore").decode()
    for tried in (character, _NEAREST.get(character, ""), plain):
        try:
            if tried and tried.encode(encoding):
                return tried
        except UnicodeEncodeError:
            continue
    return character.encode("ascii", "backslashreplace").decode()


def _handled(encoding: str, problem: UnicodeError) -> tuple[str, int]:
    if not isinstance(problem, UnicodeEncodeError):
        raise problem
    return nearest(problem.object[problem.start : problem.end], encoding), problem.end
