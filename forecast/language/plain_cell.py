"""Text that no spreadsheet takes for a formula."""

from __future__ import annotations

import unicodedata

# What a spreadsheet takes for the beginning of a formula; a full-width sign counts as its narrow one.
_ACTIVE = ("=", "+", "-", "@")
# These alone begin one in some programs.
_BREAKS = ("\t", "\r", "\n")


def plain_cell(value: object) -> object:
    r"""Text marked as text with an apostrophe where a spreadsheet would work it out; else the value itself.

    What stands before the sign does not help: spaces, line breaks and characters nobody sees are left
    out of account, as spreadsheets do.

    Examples
    --------
    >>> plain_cell("=1+1"), plain_cell("\n=1+1"), plain_cell("＝1+1"), plain_cell("a=1"), plain_cell(-5.0)
    ("'=1+1", "'\n=1+1", "'＝1+1", 'a=1', -5.0)
    """
    if not isinstance(value, str):
        return value
    seen = next((letter for letter in value if not _unseen(letter)), "")
    active = unicodedata.normalize("NFKC", seen).startswith(_ACTIVE) or value.startswith(_BREAKS)
    return f"'{value}" if active else value


def _unseen(letter: str) -> bool:
    """Whether a character is a space, a control or one without width."""
    return letter.isspace() or unicodedata.category(letter) in ("Cc", "Cf")
