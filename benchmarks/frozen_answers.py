"""Answers as plain values: public names where there is one, else a record's fields by their place.

So a class or a field that is renamed gives the same plain values; only what is answered counts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pandas as pd

import forecast as fc

LEVELS = (0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99)
# Marks of what is compared in its own way: figures of one size, and a record's fields by place.
ARRAY, RECORD, LEAVES = "#", "~", "leaves"
DIGITS = 15


def tried(answer: Callable[[], Any]) -> Any:
    """Return an answer, or what was raised in its place."""
    try:
        return plain(answer())
    except Exception as problem:  # whatever new code raises is a difference, and no end of the comparison
        return {"raised": type(problem).__name__, "says": str(problem)}


def plain(value: Any) -> Any:
    """Return a value as JSON holds it."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, np.generic):
        return plain(value.item())
    if value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else f"({value})"
    if isinstance(value, int):
        return value
    if isinstance(value, np.ndarray):
        return {ARRAY: [plain(each) for each in value.tolist()]}
    if isinstance(value, pd.DataFrame):
        columns = {str(name): [plain(each) for each in value[name].tolist()] for name in value.columns}
        return (
            columns if isinstance(value.index, pd.RangeIndex) else {**columns, "index": plain([*value.index])}
        )
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, fc.Note):
        return note(value)
    if isinstance(value, fc.Assessment):
        return assessment(value)
    if isinstance(value, fc.Target | fc.History):
        return None
    if hasattr(value, "quantile") and hasattr(value, "median"):
        return outlook(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {RECORD: [plain(getattr(value, each.name)) for each in fields(value)]}
    return {"type": "unknown"}


def note(found: fc.Note) -> dict[str, Any]:
    """Return a note's key and its sentences."""
    words = {lang: tried(lambda lang=lang: fc.Language(lang).note(found)) for lang in ("en", "zh")}
    return {"key": found.key, **words}


def outlook(found: fc.Distribution) -> dict[str, Any]:
    """Return what a distribution says."""
    middle = float(found.median())
    return {
        "quantiles": tried(lambda: np.asarray(found.quantile(np.array(LEVELS)), dtype=float)),
        "mean": tried(lambda: float(found.mean())),
        "median": tried(lambda: middle),
        "interval": tried(lambda: np.array(found.interval(0.8), dtype=float)),
        "at_least": tried(lambda: float(found.at_least(middle + abs(middle) / 50))),
        "at_most": tried(lambda: float(found.at_most(middle - abs(middle) / 50))),
        "sample": tried(lambda: np.sort(np.asarray(found.sample(4, 7), dtype=float))),
    }


def named(found: object, *names: str) -> Any:
    """Return an attribute under the first of its names that there is."""
    for name in names:
        if hasattr(found, name):
            return plain(getattr(found, name))
    return f"(no attribute {names[0]})"


PLAIN = (
    "status", "rating", "probability", "setback", "likelihood", "required", "observed", "effort_ratio",
    "completion", "schedule", "reachable", "year_reached", "base", "rules", "agreement", "reference",
    "notes", "failure", "outlook",
)  # fmt: skip


def assessment(a: fc.Assessment) -> dict[str, Any]:
    """Return everything one assessment says."""
    found = {name: tried(lambda name=name: getattr(a, name)) for name in PLAIN}
    found["evidence"] = {"grade": a.evidence.grade, "reasons": plain(a.evidence.reasons)}
    found["by_year"] = tried(lambda: named(a, "by_year", "first_passage"))
    found["disagreement"] = tried(lambda: _frame_of(a, "disagreement", "model_spread", "spread"))
    if a.reference is not None:
        found["reference_probability"] = tried(lambda: a.reference.probability)
    if a.together is not None:
        found["together"] = together(a.together)
    if a.outlook is not None and a.target.value is not None:
        value = a.target.value
        found["sides"] = tried(lambda: [float(a.outlook.at_least(value)), float(a.outlook.at_most(value))])
    if a.fitted is not None:
        found["fitted"] = fitted(a.fitted, a.target.year)
    return found


def together(found: fc.AreasOutlook) -> dict[str, Any]:
    """Return what is said of several areas together."""
    names = ("probability", "expected", "needed", "each", "counts", "areas", "dependence", "correlation")
    return {name: named(found, name) for name in names} | {"two": tried(lambda: found.at_least(2))}


def fitted(found: fc.Fitted, year: int) -> dict[str, Any]:
    """Return what a fit says besides its outlook: notes, other years, paths."""
    last = found.history.last_year
    years = sorted({last + 1, last + 4, year + 2})
    return {
        "notes": plain(found.notes),
        "medians": tried(lambda: [float(found.predict(y).median()) for y in years if y > last]),
        "paths": tried(lambda: np.asarray(found.paths(last + 3, n=6, rng=0), dtype=float).ravel()),
        "explained": tried(lambda: found.explain() if hasattr(found, "explain") else None),
    }


def stability(found: fc.Stability) -> dict[str, Any]:
    """Return what the answer would be without each observation."""
    turning = named(found, "turning", "pivotal_years")
    heaviest = named(found, "weightiest", "most_influential")
    said = {name: named(found, name) for name in ("probability", "rating", "stable")}
    return {**said, "frame": plain(found.to_frame()), "turning": turning, "heaviest": heaviest}


def backtest(found: fc.Backtest) -> dict[str, Any]:
    """Return a back-test's forecasts and scores."""
    return {
        "frame": tried(found.to_frame),
        "scores": tried(found.scores),
        "reliability": tried(found.reliability),
        "brier": tried(found.brier),
        "refusals": named(found, "refusals"),
    }


def study(found: fc.Study) -> dict[str, Any]:
    """Return a study line by line."""
    return {
        "frame": tried(found.to_frame),
        "summary": tried(found.summary),
        "failures": plain(found.failures),
        "as_of": found.as_of,
        "assessments": {str(i): assessment(a) for i, a in enumerate(found.assessments, start=1)},
    }


def leaves(content: Any) -> dict[str, Any]:
    """Return the numbers and texts in a study's file, by size, without names of types and fields."""
    found = list(_leaves(content))
    numbers = sorted(plain(float(each)) for each in found if not isinstance(each, str))
    return {LEAVES: {"numbers": numbers, "texts": sorted(each for each in found if isinstance(each, str))}}


def _leaves(content: Any) -> Iterator[float | str]:
    if isinstance(content, Mapping):
        for name, each in content.items():
            if name != "$type":
                yield from _leaves(each)
    elif isinstance(content, list):
        for each in content:
            yield from _leaves(each)
    elif not (content is None or isinstance(content, bool) or content == ""):
        yield content


def _frame_of(a: fc.Assessment, *names: str) -> Any:
    found = next((getattr(a, name) for name in names if hasattr(a, name)), None)
    return None if found is None else plain(found.to_frame())
