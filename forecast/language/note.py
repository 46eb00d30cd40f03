"""Something a reader should know, as a key with its figures; the report puts it into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Note:
    """A remark about data, a fit or an answer, in no language yet.

    Parameters
    ----------
    key : str
        Names the sentence in ``forecast/language/*.toml``, section ``note``.
    values : mapping of str to object
        What the sentence fills in: years, numbers, names.

    Examples
    --------
    >>> print(Note("joined_at_break", {"years": "2017"}))
    joined at break (years: 2017)
    """

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Key as words, with the figures behind."""
        figures = ", ".join(f"{name}: {value}" for name, value in self.values.items())
        words = self.key.replace("_", " ")
        return f"{words} ({figures})" if figures else words
