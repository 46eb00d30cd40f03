"""The slow questions about an answer: whether other models agree, and what their record here is.

Apart from ``assess``, because they cost seconds where an answer costs milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from forecast.assessment.assess import stream
from forecast.assessment.assessment import Assessment
from forecast.assessment.evidence import Evidence, of_models
from forecast.assessment.model_spread import disagreement
from forecast.assessment.study import Study
from forecast.distribution.distribution import Rng

_OF_MODELS = ("models_differ", "no_skill")


def cross_check(assessment: Assessment, *, rng: Rng = 0) -> Assessment:
    """Assessment with other models' answers, and what they do to the evidence.

    The probability stays what it was.

    Parameters
    ----------
    assessment : Assessment
        One without a probability, or whose probability is not a model's, is returned as it is.
    rng : None, int or numpy.random.Generator
        Only used for targets that depend on the way to their year.

    Examples
    --------
    >>> import forecast as fc
    >>> h = fc.History.of("coverage", range(2010, 2024), [50 + 2 * t + (-1) ** t for t in range(14)])
    >>> a = fc.cross_check(fc.assess(h, fc.Target.at_least("coverage", 84, year=2027)))
    >>> len(a.disagreement.answers)
    7
    """
    if assessment.fitted is None or assessment.history is None or assessment.probability is None:
        return assessment
    spread = disagreement(assessment.history, assessment.target, rng=stream(rng, assessment.history))
    charges = [charge for charge in assessment.evidence.charges if charge.note.key not in _OF_MODELS]
    return replace(assessment, disagreement=spread, evidence=Evidence((*charges, *of_models(spread))))


def cross_check_plan(
    study: Study, *, rng: Rng = 0, progress: Callable[[int, int], None] | None = None
) -> Study:
    """Study with every answer cross-checked.

    Parameters
    ----------
    study : Study
    rng : None, int or numpy.random.Generator
    progress : callable, optional
        Called with (done, total) after each target.
    """
    lines = []
    for i, line in enumerate(study.lines, start=1):
        lines.append(replace(line, assessment=cross_check(line.assessment, rng=rng)))
        if progress:
            progress(i, len(study.lines))
    return replace(study, lines=tuple(lines))
