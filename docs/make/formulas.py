"""Formulas as MathML, which browsers draw without any script."""

from __future__ import annotations

import re

from latex2mathml.converter import convert

_BLOCK = re.compile(r'<div class="arithmatex">\s*\\\[(.*?)\\\]\s*</div>', re.DOTALL)
_INLINE = re.compile(r'<span class="arithmatex">\\\((.*?)\\\)</span>', re.DOTALL)


def with_mathml(html: str) -> str:
    r"""Page whose formulas a browser can draw.

    Examples
    --------
    >>> "<math" in with_mathml('<span class="arithmatex">\\(x^2\\)</span>')
    True
    """
    html = _BLOCK.sub(lambda m: f'<div class="formula">{_convert(m.group(1), "block")}</div>', html)
    return _INLINE.sub(lambda m: _convert(m.group(1), "inline"), html)


def _convert(latex: str, display: str) -> str:
    for escaped, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        latex = latex.replace(escaped, sign)
    return str(convert(latex.strip(), display=display))
