"""What can go wrong, in one tree.

ForecastError(ValueError)
  HistoryError      a series of observations that is not one
  TargetError       a target that cannot be asked, or not of this history
  ModelError        a model that cannot serve this history
  ReadError         a file with problems: all of them at once, in ``.problems``
  ReportError       a report or chart that cannot be made or written

Every message says who, what was wrong, what was got, and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

# A longer list would bury the sentence it ends.
_MOST_LISTED = 20
# The text of an error names so many problems; the others stand in ``ReadError.problems``.
_MOST_PROBLEMS = 8
# Comparing names takes time that grows with their number and length.
_MOST_COMPARED, _LONGEST_NAME = 2000, 200


class ForecastError(ValueError):
    """Base of every error this library raises on purpose."""


class HistoryError(ForecastError):
    """A series of observations that cannot be a history."""


class TargetError(ForecastError):
    """A target that makes no sense, alone or beside its history."""


class ModelError(ForecastError):
    """A model that cannot serve a history; the message names one that can."""


class ReportError(ForecastError):
    """A report or chart that cannot be made or written."""


class ReadError(ForecastError):
    """A file with problems, all of them at once.

    Parameters
    ----------
    source : str
        The file, or a word for the table, that was read.
    problems : sequence of str
        One sentence a problem, each with its row where it has one.
    """

    def __init__(self, source: str, problems: Sequence[str]) -> None:
        self.source = source
        self.problems = tuple(problems)
        count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        shown = [f"  - {p}" for p in self.problems[:_MOST_PROBLEMS]]
        if len(self.problems) > _MOST_PROBLEMS:
            shown.append(f"  and {len(self.problems) - _MOST_PROBLEMS} more; see .problems for all of them.")
        super().__init__("\n".join([f"{source}: {count}.", *shown]))

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, tuple[str, ...]]]:
        """Rebuild from both arguments, so that worker processes can send it home."""
        return (type(self), (self.source, self.problems))


def must_be(kind: type, value: object, *, who: str, instead: str) -> None:
    """Refuse an argument of another kind before it fails somewhere deep inside.

    Examples
    --------
    >>> must_be(int, "2026", who="assess: as_of", instead="Write the year as a number.")
    Traceback (most recent call last):
    ...
    forecast.errors.ForecastError: assess: as_of must be of kind int; got '2026'. Write the year as a number.
    """
    if not isinstance(value, kind):
        raise ForecastError(f"{who} must be of kind {kind.__name__}; got {_seen(value)}. {instead}")


def check_level(level: float, error: type[ForecastError] = ForecastError) -> None:
    """Refuse the level of an interval that is no proportion.

    Examples
    --------
    >>> check_level(80)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    forecast.errors.ForecastError: interval: a level is a proportion between 0 and 1; got 80. Write 80 % ...
    """
    if not 0 < level < 1:
        raise error(f"interval: a level is a proportion between 0 and 1; got {level!r}. Write 80 % as 0.8.")


def _seen(value: object) -> str:
    """Value for a message, only its kind where it is long."""
    text = repr(value)
    return text if len(text) <= _LONGEST_NAME and "\n" not in text else f"a {type(value).__name__}"


def near_name(name: str, known: Sequence[str]) -> str | None:
    """Known name that is nearest to *name*, or None where none is near.

    Among very many names only those of about its length that begin alike are compared, so that the
    work stays small.

    Examples
    --------
    >>> near_name("urbanisation_rate", ["urbanization_rate", "forest_cover"])
    'urbanization_rate'
    """
    if len(name) > _LONGEST_NAME:
        return None
    if len(known) > _MOST_COMPARED:
        known = [
            other
            for other in known
            if other[:2].casefold() == name[:2].casefold() and abs(len(other) - len(name)) <= 3
        ][:_MOST_COMPARED]
    near = get_close_matches(
        name, [other for other in known if len(other) <= _LONGEST_NAME], n=1, cutoff=0.75
    )
    return near[0] if near else None


def shortened(names: Sequence[str]) -> str:
    """List of names with commas, its end cut where it is long.

    Examples
    --------
    >>> shortened([str(i) for i in range(30)])[-21:]
    '17, 18, 19, ... of 30'
    """
    shown = [
        name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME] + "..." for name in names[:_MOST_LISTED]
    ]
    return ", ".join(shown) + (f", ... of {len(names)}" if len(names) > _MOST_LISTED else "")
