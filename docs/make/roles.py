"""An extension of griffe, which reads the docstrings of the reference: roles become plain names."""

from __future__ import annotations

import sys
from pathlib import Path

import griffe

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from docs.make.docstrings import plain


class Roles(griffe.Extension):
    """Every docstring without roles, which Markdown does not know."""

    def on_object(self, *, obj: griffe.Object, **_: object) -> None:
        """Rewrite the docstring of one module, class, function or attribute."""
        if obj.docstring:
            obj.docstring.value = plain(obj.docstring.value)
