"""An assessment with the outside view beside it: how often others managed the pace required."""

from __future__ import annotations

from dataclasses import replace

from forecast.assessment.assessment import Assessment
from forecast.assessment.evidence import Evidence, of_outside_view
from forecast.assessment.forecast import Forecast, promised_by
from forecast.assessment.lending import borrowed_share
from forecast.assessment.reference import Reference, ReferenceClass, reference_note
from forecast.errors import TargetError
from forecast.history.history import History
from forecast.language.note import Note
from forecast.target.target import Target

# With so few observations of its own, the probability is that of the outside view.
FEW_OF_ITS_OWN = 3
REFERENCE_NOTES = (
    *("from_reference", "reference_overlaps", "reference_horizon"),
    *("outside_view_higher", "outside_view_lower"),
)


def with_reference(assessment: Assessment, places: ReferenceClass | None) -> Assessment:
    """Assessment with the outside view of *places*, in place of any it had.

    With up to three observations of its own, and no parent that lends, the probability is that of the
    outside view, and a note says so. Else it stands beside the model's, and a note says where the two
    are far apart.

    Parameters
    ----------
    assessment : Assessment
        Of a target still ahead; any other is returned as it is.
    places : ReferenceClass or None
        None, or too few comparable places, leaves the assessment as it is.
    """
    known, target = assessment.history, assessment.target
    reference = None if known is None else reference_of(places, known, target)
    if known is None or places is None or reference is None:
        return assessment
    notes = [note for note in assessment.notes if note.key not in REFERENCE_NOTES]
    if len(known) <= FEW_OF_ITS_OWN and not borrowed_share(assessment.fitted):
        notes += [*notes_on(reference, known), _few_own(reference, known)]
        assessment = _from_reference(assessment, known, places, reference)
    else:
        notes += notes_on(reference, known, assessment.probability)
    return replace(assessment, reference=reference, notes=tuple(notes))


def reference_of(places: ReferenceClass | None, known: History, target: Target) -> Reference | None:
    """What *places* say of a target still ahead; None where too few of them compare."""
    if places is None or target.year <= known.last_year:
        return None
    try:
        return places.compare(known, target)
    except TargetError:
        return None


def notes_on(reference: Reference, known: History, probability: float | None = None) -> list[Note]:
    """What should be known of an outside view, and how far it lies from a model's *probability*."""
    notes = []
    if reference.overlaps:
        notes.append(Note("reference_overlaps", {"until": reference.last_year, "last": known.last_year}))
    if max(reference.horizons) < reference.years:
        notes.append(Note("reference_horizon", {"years": reference.years, "used": max(reference.horizons)}))
    if probability is not None and (key := reference_note(reference, probability)):
        notes.append(Note(key, {"share": reference.share, "population": reference.population}))
    return notes


def _few_own(reference: Reference, known: History) -> Note:
    return Note("from_reference", {"population": reference.population, "n": len(known)})


def _from_reference(
    assessment: Assessment, known: History, places: ReferenceClass, reference: Reference
) -> Assessment:
    """Assessment with the outside view's answers in place of a model's."""
    target, outlook = assessment.target, places.outlook(known, assessment.target.year)
    expected = Forecast(
        outlook, probability=reference.probability, reachable=promised_by(outlook, target.direction)
    )
    charges = [charge for charge in assessment.evidence.charges if charge.note.key != "outside_view"]
    return replace(
        assessment,
        evidence=Evidence((*charges, of_outside_view(reference.population))),
        status="maintain" if target.met_now(known) else "open",
        forecast=expected,
        failure=None,
    )
