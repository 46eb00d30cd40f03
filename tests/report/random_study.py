"""Random plans of targets of all kinds over series of all sorts, the same ones for the same seed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

import forecast as fc
from forecast.history.catalogue import Area, Catalogue, Indicator
from forecast.history.histories import Histories
from forecast.models.base import Model

CLASSES = ("Ⅰ类", "Ⅱ类", "Ⅲ类", "Ⅳ类", "Ⅴ类")
# Sort of series: unit, bounds, lowest and highest first value, decimals.
SORTS: dict[str, tuple[str, tuple[float | None, float | None], float, float, int]] = {
    "share": ("%", (0, 100), 5, 97, 1),
    "rate": ("%", (None, None), 1, 9, 1),
    "amount": ("万元", (0, None), 50, 5e5, 0),
    "days": ("days", (0, 366), 200, 350, 0),
    "tiny": ("kg", (0, None), 0.01, 0.5, 4),
    "count": ("人", (0, None), 3e3, 4e7, 0),
    "class": ("class", (1, 5), 1, 5, 0),
}
Maker = Callable[[str, str, float, int, int, int, np.random.Generator], fc.Target]


def _change(
    name: str, unit: str, x: float, last: int, year: int, way: int, rng: np.random.Generator
) -> fc.Target:
    by = way * float(rng.uniform(0.02, 0.4))
    return fc.Target.change(name, round(by, 2), year=year, base_year=last - 3)


KINDS: dict[str, Maker] = {
    "at_least": lambda n, u, x, last, y, w, r: fc.Target.at_least(n, x, year=y, unit=u),
    "at_most": lambda n, u, x, last, y, w, r: fc.Target.at_most(n, x, year=y, unit=u),
    "between": lambda n, u, x, last, y, w, r: fc.Target.between(n, 0.9 * x, x, year=y, unit=u),
    "change": _change,
    "average_growth": lambda n, u, x, last, y, w, r: fc.Target.average_growth(
        n, round(w * float(r.uniform(0.005, 0.08)), 3), year=y, base_year=last - 2
    ),
    "cumulative": lambda n, u, x, last, y, w, r: fc.Target.cumulative(
        n, x * (y - last + 1), since=last, year=y, unit=u, direction="at_least" if w > 0 else "at_most"
    ),
    "maintain": lambda n, u, x, last, y, w, r: fc.Target.maintain(
        n, x, year=y, unit=u, direction="at_least" if w > 0 else "at_most"
    ),
    "milestones": lambda n, u, x, last, y, w, r: fc.Target.milestones(
        n, {last + 1: x, y + 1: x}, unit=u, direction="at_least" if w > 0 else "at_most"
    ),
    "falling": lambda n, u, x, last, y, w, r: fc.Target.declining(n, year=y, rule="every_year", unit=u),
    "rising": lambda n, u, x, last, y, w, r: fc.Target.rising(n, year=y, base_year=last - 1, unit=u),
}  # fmt: skip


def random_study(seed: int, *, targets: int = 5, model: Model | None = None) -> fc.Study:
    """A plan of so many targets, each with a series of its own; past years and met targets among them."""
    rng = np.random.default_rng(seed)
    items, histories, indicators = [], [], {}
    for i in range(targets):
        name, sort = f"x{i}", str(rng.choice(list(SORTS)))
        history, indicator = _series(name, sort, rng)
        indicators[name] = indicator
        histories.append(history)
        base = int(history.years[-3]) if rng.random() < 0.6 else None
        items.append(fc.Item(str(i), _target(name, sort, history, rng), area="Town", base_year=base))
    plan = fc.Plan(tuple(items), {"en": "Random", "zh": "随机"}, "Town")
    catalogue = Catalogue(indicators, {"Town": Area("Town", {"en": "Town", "zh": "甲区"})})
    return fc.assess_plan(plan, Histories(tuple(histories), catalogue), model=model or fc.Drift())


def _series(name: str, sort: str, rng: np.random.Generator) -> tuple[fc.History, Indicator]:
    unit, bounds, low, high, decimals = SORTS[sort]
    n, first = int(rng.integers(5, 13)), float(np.exp(rng.uniform(np.log(low), np.log(high))))
    growth = np.cumsum(rng.normal(rng.normal(0, 0.04), rng.choice([0.0, 0.02, 0.1]), n))
    values = np.round(first * np.exp(growth), decimals)
    ends = (-np.inf if bounds[0] is None else bounds[0], np.inf if bounds[1] is None else bounds[1])
    values = np.clip(values, *ends)
    years = range(2024 - n, 2024)
    classes = CLASSES if sort == "class" else ()
    labels = {"en": f"Series {name}", "zh": f"指标{name}"}
    history = fc.History.of(name, years, values, unit=unit, area="Town", bounds=bounds)
    return history, Indicator(name, unit, bounds, labels, classes=classes)


def _target(name: str, sort: str, history: fc.History, rng: np.random.Generator) -> fc.Target:
    last, year = history.last_year, history.last_year + int(rng.integers(0, 7))
    if sort == "class":
        rule = str(rng.choice(["every_year", "in_year"]))
        return fc.Target.ordinal(name, str(rng.choice(CLASSES[:3])), scale=CLASSES, year=year, rule=rule)
    _, bounds, _, _, decimals = SORTS[sort]
    way, kinds = int(rng.choice([-1, 1])), list(KINDS)
    if sort == "rate":
        kinds = [kind for kind in kinds if kind not in ("change", "average_growth")]
    x = history.last_value * float(rng.choice([0.7, 0.9, 1.0, 1.1, 1.4]))
    x = round(float(np.clip(x, bounds[0] or -np.inf, bounds[1] or np.inf)), decimals)
    return KINDS[str(rng.choice(kinds))](name, history.unit, x, last, year, way, rng)
