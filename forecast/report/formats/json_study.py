"""A study as JSON, and back: the machine-readable appendix of a report.

``targets`` holds one plain record for each target, for any program; ``study`` holds every record of
the study by its type and fields, from which :func:`read_study` builds the study again.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

from forecast.assessment import (
    assessment,
    evidence,
    first_passage,
    forecast,
    growth,
    joint,
    model_spread,
    reference,
    study,
)
from forecast.assessment.assessment import Assessment
from forecast.assessment.forecast import Forecast
from forecast.assessment.study import Line, Study
from forecast.distribution import atom, distribution, rounded, transform
from forecast.distribution.distribution import Distribution
from forecast.distribution.draws import Draws
from forecast.errors import ForecastError, ReadError
from forecast.history import catalogue, history
from forecast.history.histories import Histories
from forecast.history.history import History
from forecast.language import note
from forecast.language.clean_text import shortened
from forecast.language.message import Message
from forecast.models.mixture import structural_mixture
from forecast.report.content import stored_fit
from forecast.report.content.document import Document, document
from forecast.report.content.stored_fit import StoredFit, explained
from forecast.rules import base as rules
from forecast.target import plan, target
from forecast.target.kinds import KINDS

# What reading a damaged record may raise: of wrong names, types, shapes and sizes, or nested without end.
_DAMAGE = (
    ArithmeticError, AssertionError, AttributeError, ForecastError, LookupError, RecursionError, TypeError,
    ValueError,
)  # fmt: skip
_LONGEST = 300
FORMAT, VERSION = "forecast study", 4
# What records and fields were called in files of version 1 (release 0.1.0).
FORMER_TYPES = {
    "Answer": "ModelForecast", "ByYear": "FirstPassage", "Charge": "Downgrade", "Course": "Direction",
    "RecordedFit": "StoredFit",
}  # fmt: skip
FORMER_FIELDS = {"bend": "linear_above"}
# What stood in an assessment itself in files of versions 1 and 2.
IN_FORECAST = ("outlook", "fitted", "probability", "reachable", "by_year")
TYPE, ARRAY, NUMBER, HISTORIES = "$type", "$array", "$number", "$histories"
_MODULES: tuple[ModuleType, ...] = (
    first_passage, forecast, assessment, catalogue, model_spread, atom, distribution, rounded, evidence,
    growth, history, joint, structural_mixture, note, plan, reference, transform, study, target, stored_fit,
    rules,
)  # fmt: skip
# Only records of these types are read: a file cannot name any other class.
_TYPES = {
    name: found
    for module in _MODULES
    for name, found in vars(module).items()
    if isinstance(found, type) and is_dataclass(found) and not name.startswith("_")
} | {kind.__name__: kind for kind in KINDS}
# A distribution of a kind that cannot be written is kept as so many of its quantiles.
QUANTILES = 999


def json_text(report: Document) -> str:
    """Study behind a report as JSON text.

    The same text for the same study: it holds no date.
    """
    done = report.study
    record = {
        "format": FORMAT,
        "version": VERSION,
        "title": report.title,
        "as_of": done.as_of,
        "targets": [_without_missing(each) for each in done.to_frame().to_dict("records")],
        "study": _written(_recorded(done)),
    }
    return json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def read_study(path: str | os.PathLike[str]) -> Study:
    """Read a study from a ``.json`` report.

    Every figure is as it was written; sample paths are not kept, so questions about the way to a
    year need the plan to be assessed again.

    Parameters
    ----------
    path : str or path

    Returns
    -------
    Study

    Raises
    ------
    ReadError
        For a file that is missing, no study, or of a newer version.
    """
    name = str(path)
    try:
        record = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as problem:
        raise ReadError(name, [Message("study_unreadable", why=problem.strerror)]) from None
    except (ValueError, RecursionError) as problem:
        raise ReadError(name, [Message("study_no_json", why=problem)]) from None
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise ReadError(name, [Message("study_none")])
    version = record.get("version")
    if not isinstance(version, int) or version not in range(1, VERSION + 1):
        raise ReadError(
            name,
            [Message("study_version", version=record.get("version"), last=VERSION)],
        )
    try:
        with np.errstate(invalid="raise"):  # a position that is no whole number is damage, not a warning
            found = _read(record["study"])
        if isinstance(found, Study):
            # Records of the right names may hold anything: what can be told of can be used.
            _told(found)
    except _DAMAGE as problem:
        said = shortened(str(problem) or type(problem).__name__, _LONGEST)
        raise ReadError(name, [Message("study_damaged", why=said)]) from None
    if not isinstance(found, Study):
        raise ReadError(name, [Message("study_holds_none")])
    return found


def _told(study: Study) -> None:
    """Say everything once, as a report would, so that a damaged record is found where it is read."""
    for line in study.lines:
        if not isinstance(line, Line) or not isinstance(line.assessment, Assessment):
            raise TypeError("a line of the study is none")
        if not isinstance(line.assessment.history, History | None):
            raise TypeError("a history is none")
    study.to_frame()
    document(study)


def _recorded(done: Study) -> Study:
    """Study with what a file can keep: the histories in use, outlooks instead of models."""
    kept = Histories(done.histories.among(item.key for item in done.plan), done.histories.catalogue)
    lines = tuple(Line(line.item, _without_model(line.assessment)) for line in done.lines)
    return replace(done, histories=kept, lines=lines)


def _without_model(a: Assessment) -> Assessment:
    if a.forecast is None:
        return a
    outlook = _keepable(a.forecast.outlook)
    if a.fitted is None or a.history is None:
        return replace(a, forecast=replace(a.forecast, outlook=outlook))
    ahead = range(a.history.last_year + 1, a.target.year + 1)
    outlooks = tuple(_keepable(a.fitted.predict(year)) for year in ahead)
    fitted = StoredFit(a.fitted.history, outlooks, a.fitted.notes, explained(a.fitted))
    return replace(a, forecast=replace(a.forecast, outlook=outlook, fitted=fitted))


def _keepable(outlook: Distribution) -> Distribution:
    """Distribution that can be written: itself, or the quantiles that stand for it."""
    if type(outlook).__name__ in _TYPES:
        return outlook
    levels = (np.arange(QUANTILES) + 0.5) / QUANTILES
    return Draws(np.asarray(outlook.quantile(levels)))


def _written(value: object) -> Any:
    """Value as JSON can hold it."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, np.ndarray):
        return {ARRAY: [_written(each) for each in value.tolist()]}
    if isinstance(value, np.generic):
        return _written(value.item())
    if isinstance(value, float):
        return value if math.isfinite(value) else {NUMBER: str(value)}
    if isinstance(value, int):
        return value
    if isinstance(value, Histories):
        return {
            HISTORIES: [_written(each) for each in value.values()],
            "catalogue": _written(value.catalogue),
        }
    if is_dataclass(value) and not isinstance(value, type):
        parts = {each.name: _written(getattr(value, each.name)) for each in fields(value)}
        return {TYPE: type(value).__name__, **parts}
    if isinstance(value, Mapping):
        return {str(name): _written(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_written(each) for each in value]
    raise TypeError(f"{type(value).__name__} has no place in a study's file")


def _read(value: Any) -> Any:
    """Value that was written."""
    if isinstance(value, list):
        return tuple(_read(each) for each in value)
    if not isinstance(value, dict):
        return value
    if NUMBER in value:
        return float(value[NUMBER])
    if ARRAY in value:
        return np.array([_read(each) for each in value[ARRAY]])
    if HISTORIES in value:
        return Histories(_read(value[HISTORIES]), _read(value["catalogue"]))
    if TYPE not in value:
        return {name: _read(each) for name, each in value.items()}
    kind = str(value[TYPE])
    held = {FORMER_FIELDS.get(str(k), str(k)): _read(each) for k, each in value.items() if k != TYPE}
    if kind == "Assessment" and "outlook" in held:
        held = _with_forecast(held)
    return _TYPES[FORMER_TYPES.get(kind, kind)](**held)


def _with_forecast(held: dict[str, Any]) -> dict[str, Any]:
    """Fields of an assessment of versions 1 and 2 with those of its forecast together."""
    parts: dict[str, Any] = {name: held.get(name) for name in IN_FORECAST}
    rest = {name: value for name, value in held.items() if name not in (*IN_FORECAST, "year_reached")}
    return rest | {"forecast": None if parts["outlook"] is None else Forecast(**parts)}


def _without_missing(record: Mapping[Any, Any]) -> dict[str, Any]:
    """One target's record with None where there is no figure."""
    return {str(name): None if pd.isna(each) else _written(each) for name, each in record.items()}
