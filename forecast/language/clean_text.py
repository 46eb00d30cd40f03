"""Text that a reader wrote, without what no file format, font or terminal can hold."""

from __future__ import annotations

import re
from collections.abc import Mapping

# Control characters (a tab and the ends of lines are none), halves of surrogate pairs, non-characters:
# XML has no place for them, and a terminal takes some for commands.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def clean_text(text: str) -> str:
    r"""Text with U+FFFD for each character that cannot be written.

    Examples
    --------
    >>> clean_text("forest\x00 cover"), clean_text("森林覆盖率\n（%）")
    ('forest\ufffd cover', '森林覆盖率\n（%）')
    """
    return text if text.isprintable() else _UNWRITABLE.sub(REPLACEMENT, text)


def clean_texts(texts: Mapping[str, str]) -> Mapping[str, str]:
    """Texts by language, each as :func:`clean_text` has it; the mapping itself where all are."""
    if all(isinstance(text, str) and text.isprintable() for text in texts.values()):
        return texts
    return {lang: clean_text(text) if isinstance(text, str) else text for lang, text in texts.items()}


def shortened(text: str, most: int) -> str:
    """Text of *most* characters or fewer, with an ellipsis where some are left out.

    Examples
    --------
    >>> shortened("Outline to 2026", 8)
    'Outline…'
    """
    return text if len(text) <= most else text[: most - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
