"""Docstrings as Markdown reads them."""

from __future__ import annotations

import re

ROLE = re.compile(r":(?:func|class|meth|mod|attr|data):`~?([\w.]+)`")


def plain(text: str) -> str:
    """Text with each role as the last name in it.

    Examples
    --------
    >>> plain("see :func:`~forecast.assess` and :meth:`at_least`")
    'see `assess` and `at_least`'
    """
    return ROLE.sub(lambda match: f"`{match.group(1).rpartition('.')[2]}`", text)
