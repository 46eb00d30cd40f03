"""Who lent what to an answer: the areas a target's own is part of, and their share of the outlook."""

from __future__ import annotations

from forecast.assessment.assessment import Assessment
from forecast.language.note import Note

_LENT = "lent_"


def lent_by(assessment: Assessment) -> Note | None:
    """Areas that lent, with their share of the outlook together, a proportion; None where none did.

    Examples
    --------
    >>> from forecast.assessment.assess import assess
    >>> from forecast.history.history import History
    >>> from forecast.target.target import Target
    >>> h = History.of("coverage", range(2016, 2024), [60, 62, 63, 66, 67, 70, 71, 74], unit="%")
    >>> lent_by(assess(h, Target.at_least("coverage", 80, year=2027))) is None
    True
    """
    lent = [note.values for note in assessment.notes if note.key.startswith(_LENT)]
    if not lent:
        return None
    share = sum(float(str(values["share"])) for values in lent)
    return Note("lent_by", {"share": share, "areas": [values["area"] for values in lent]})
