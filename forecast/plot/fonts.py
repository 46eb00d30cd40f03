"""Which fonts a chart is written in, and whether they have every character.

Chinese is written in a font of the system if it has one, else in the Noto Sans SC (SIL Open Font
License) that the package ``zhplot`` carries. That package sets global parameters when imported, so
only its font file is used, found by path. Nothing here touches ``rcParams``.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from unicodedata import name as unicode_name

from matplotlib.font_manager import FontProperties, fontManager, get_font

from forecast.errors import ReportError
from forecast.language.message import Message

LATIN = "DejaVu Sans"  # ships with matplotlib
# First choice first; each covers the simplified characters in use.
CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
)
BOX = "\N{WHITE SQUARE}"
_CARRIER, _CARRIED = "zhplot", "fonts/NotoSansSC-Regular.ttf"


@cache
def chinese() -> str | None:
    """Family that Chinese is written in, made known to matplotlib; None where there is none."""
    known = {font.name for font in fontManager.ttflist if Path(font.fname).is_file()}
    found = next((name for name in CHINESE if name in known), None)
    if found is not None:
        return found
    path = carried()
    if path is None:
        return None
    fontManager.addfont(path)
    return FontProperties(fname=path).get_name()


def carried() -> Path | None:
    """Font file inside the package that carries one, without importing that package."""
    spec = find_spec(_CARRIER)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / _CARRIED
    return path if path.is_file() else None


def families(lang: str) -> list[str]:
    """Families for a language; a glyph missing in the first is taken from the next.

    Examples
    --------
    >>> families("en")[0], families("zh")[-1]
    ('DejaVu Sans', 'DejaVu Sans')
    """
    han = chinese()
    if han is None:
        return [LATIN]
    return [han, LATIN] if lang == "zh" else [LATIN, han]


def check(texts: Iterable[str]) -> None:
    """Refuse, before anything is drawn, a text with a character that no font can show.

    Raises
    ------
    ReportError
        Naming the character and the text.

    Examples
    --------
    >>> check(["Urbanization rate", "城镇化率 ≥ 80 %"])
    """
    for text in texts:
        for character in missing(text):
            raise ReportError(_complaint(text, character))


def missing(text: str) -> list[str]:
    """Characters of a text that no font can show, each once."""
    return [c for c in dict.fromkeys(text) if not c.isspace() and ord(c) not in _drawable()]


def drawable(text: str) -> str:
    """Text with an empty box for each character that no font can show.

    Examples
    --------
    >>> drawable("Forest cover \N{EVERGREEN TREE}")
    'Forest cover □'
    """
    for character in missing(text):
        text = text.replace(character, BOX)
    return text


@cache
def _drawable() -> frozenset[int]:
    """Every code point that one of the fonts has."""
    files = (fontManager.findfont(FontProperties(family=family)) for family in families("zh"))
    return frozenset(code for file in files for code in get_font(file).get_charmap())


def _complaint(text: str, character: str) -> Message:
    way = Message("write_otherwise" if chinese() else "install_fonts")
    name = unicode_name(character, "?")
    tried = ", ".join(families("zh"))
    return Message(
        "no_glyph", character=character, code=ord(character), name=name, text=text, known=tried, way=way
    )
