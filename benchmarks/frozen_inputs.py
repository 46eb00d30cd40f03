"""What the frozen answers are asked: seeded histories with everything odd about them, and their targets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

import forecast as fc

SEED, YEAR = 1926, 2030
CLASSES = ("I", "II", "III", "IV", "V", "worse than V")
MODELS: Mapping[str, Callable[[], fc.Model]] = {
    "Drift": fc.Drift,
    "ETS": fc.ETS,
    "Theta": fc.Theta,
    "ARIMA": fc.ARIMA,
    "LocalTrend": fc.LocalTrend,
    "Trend": fc.Trend,
    "Naive": fc.Naive,
    "Pool": lambda: fc.Pool([fc.Drift(), fc.ETS(), fc.Theta()]),
    "Pool, weighed": lambda: fc.Pool([fc.StructuralMixture(), fc.Drift()], [3.0, 1.0]),
    "Drift on logarithms": lambda: fc.Drift(scale=fc.Log()),
    "Drift on roots": lambda: fc.Drift(scale=fc.Root()),
}
# Those every model is asked about; the default model is asked about all.
FOR_ALL_MODELS = (
    "amount", "share", "falling", "level", "three", "four", "gaps", "breaks", "zeros", "negatives",
    "constant", "tiny", "share at its top", "outlier",
)  # fmt: skip


def histories() -> dict[str, fc.History]:
    """Return the histories by what is odd about them."""
    rng = np.random.default_rng(SEED)
    found: dict[str, fc.History] = {}

    def add(name: str, values: object, last: int = 2024, *, years: object = None, **more: object) -> None:
        indicator, bounds = str(more.pop("indicator", "x")), more.pop("bounds", (None, None))
        unit, given = str(more.pop("unit", "")), np.asarray(values, dtype=float)
        at = range(last + 1 - len(given), last + 1) if years is None else years
        history = fc.History.of(indicator, at, given, unit=unit, area=name, bounds=bounds)  # type: ignore[arg-type]
        found[name] = replace(history, **more)  # type: ignore[arg-type]

    def walk(n: int, drift: float, spread: float) -> np.ndarray:
        return np.cumsum(drift + spread * rng.standard_normal(n))

    share, amount = {"unit": "%", "bounds": (0, 100)}, {"unit": "亿元", "bounds": (0, None)}
    add("amount", 100 * np.exp(walk(25, 0.06, 0.03)), **amount)
    add("share", 100 / (1 + np.exp(-walk(17, 0.08, 0.05))), **share)
    add("falling", 30 * np.exp(walk(16, -0.05, 0.04)), unit="kg", bounds=(0, None))
    add("level", 50 + 4 * rng.standard_normal(20), unit="days", bounds=(0, 366))
    add("one", [41.5], **share)
    add("two", [52.3, 55.1], **share)
    add("two, a gap between", [8.2, 9.9], years=[2010, 2020], **amount)
    add("three", [10.1, 10.9, 11.2], **amount)
    add("three, a gap between", [60.0, 66.5, 71.0], years=[2012, 2017, 2024], **share)
    add("four", [70.2, 71.9, 71.4, 74.0], **share)
    add("gaps", [42.5, 43.8, 45.2, 45.1, 45.9], years=[2001, 2006, 2011, 2016, 2021], **share)
    add("every other year", 20 + walk(10, 0.9, 0.5), years=range(2005, 2025, 2), unit="t")
    add("breaks", [*(30 + walk(8, 0.6, 0.3)), *(44 + walk(9, 0.5, 0.3))], breaks=(2016, 2021), unit="%")
    add("provisional", 60 + walk(12, 0.8, 0.4), status=("final",) * 11 + ("provisional",), **share)
    add("proxy", 12 + walk(14, 0.2, 0.2), status=("proxy",) * 14, unit="m²")
    add("statuses", 5 + walk(9, 0.3, 0.2), status=("derived",) * 4 + ("final",) * 4 + ("provisional",))
    add("zeros", [0, 0, 1, 0, 2, 3, 0, 1, 4, 2, 0, 3, 5, 2], unit="km", bounds=(0, None))
    add("zero throughout", [0.0] * 12, bounds=(0, None))
    add("zero at last", [9, 7.5, 6, 4.2, 3.1, 1.8, 0.6, 0, 0], bounds=(0, None), unit="t")
    add("negatives", walk(18, 0.1, 1.0), unit="points")
    add("all negative", -40 + walk(13, 0.7, 0.6), unit="Mt")
    add("share at its top", [96.1, 97.4, 98.8, 99.2, 99.7, 99.9, 100, 100, 99.95, 100], **share)
    add("share at its foot", [3.0, 2.2, 1.1, 0.4, 0.2, 0, 0, 0.1, 0, 0], **share)
    add("constant", [72.0] * 11, **share)
    add("constant, then not", [*[18.0] * 9, 18.5, 19.5, 20.0], **amount)
    add("whole numbers", [3, 4, 4, 6, 7, 7, 9, 10, 12, 12, 13, 15], unit="schools", bounds=(0, None))
    add("tiny", 1e-6 * np.exp(walk(15, 0.03, 0.05)), unit="g", bounds=(0, None))
    add("huge", 1e13 * np.exp(walk(15, 0.07, 0.02)), unit="yuan", bounds=(0, None))
    add("outlier", [*(20 + walk(9, 0.5, 0.2)), 41.0, *(25 + walk(6, 0.5, 0.2))], unit="t")
    add("step", [*(20 + walk(8, 0.2, 0.2)), *(35 + walk(8, 0.2, 0.2))], unit="t")
    add("reversal", [*(10 + walk(10, 1.0, 0.3)), *(20 + walk(8, -0.9, 0.3))], unit="t")
    add("line", 10 + 2.5 * np.arange(14), unit="t")
    add("saturating", 98 - 60 * np.exp(-0.3 * np.arange(20)), **share)
    add("growth rate", 6 + walk(15, -0.1, 0.6), indicator="gdp_growth", unit="%")
    add("old", 33 + walk(12, 0.4, 0.3), 2013, **share)
    add("forty years", 500 + walk(40, 6, 9), unit="万人", bounds=(0, None))
    add("urban", 50 + walk(14, 0.9, 0.3), indicator="urbanization_rate", **share)
    add("urban, two points", [58.0, 59.1], indicator="urbanization_rate", **share)
    add("forest", 44 + walk(11, 0.1, 0.1), indicator="forest_cover", **share)
    add("intensity", 1.2 * np.exp(walk(12, -0.04, 0.02)), indicator="energy_per_gdp", unit="tce")
    return found


def step_of(history: fc.History) -> float:
    """Return the usual yearly change, or one per cent of the level where there is none."""
    values = np.asarray(history.values)
    usual = float(np.abs(np.diff(values)).mean()) if len(values) > 1 else 0.0
    return usual or abs(float(values[-1])) / 100 or 1.0


def targets_of(h: fc.History) -> dict[str, fc.Target]:
    """Return targets of every kind for the value in one year or the way there, around the last value."""
    name, unit, last, step, ask = h.indicator, h.unit, h.last_value, step_of(h), fc.Target
    low, high = (-np.inf if h.bounds[0] is None else h.bounds[0], h.bounds[1])
    base, first = int(h.years[len(h.years) // 2]), h.first_year
    points = unit if unit not in ("", "%") else "points"

    def at(steps: float) -> float:
        return float(f"{min(max(last + steps * step, low), np.inf if high is None else high):.6g}")

    more = {"year": YEAR, "unit": unit}
    half = sorted((at(1), at(6) if at(6) > at(1) else at(1) + step))
    return {
        "at_least": ask.at_least(name, at(3), **more),
        "at_least, far": ask.at_least(name, at(15), **more),
        "at_least, met": ask.at_least(name, at(-2), **more),
        "at_least, whole": ask.at_least(name, float(round(at(4))), decimals=0, **more),
        "at_least, next year": ask.at_least(name, at(1), year=h.last_year + 1, unit=unit),
        "at_least, far ahead": ask.at_least(name, at(10), year=2060, unit=unit),
        "at_most": ask.at_most(name, at(-3), **more),
        "at_most, met": ask.at_most(name, at(2), **more),
        "between": ask.between(name, *half, **more),
        "equal": ask.equal(name, at(3), tolerance=2 * step, **more),
        "declining": ask.declining(name, year=YEAR),
        "declining every year": ask.declining(name, year=h.last_year + 3, rule="every_year"),
        "declining on average": ask.declining(name, year=YEAR, rule="on_average", base_year=base),
        "rising": ask.rising(name, year=YEAR, base_year=first),
        "rising every year": ask.rising(name, year=h.last_year + 2, rule="every_year", base_year=base),
        "rising on average": ask.rising(name, year=YEAR, rule="on_average"),
        "change, less": ask.change(name, -0.18, year=YEAR, base_year=base),
        "change, more": ask.change(name, 0.25, year=YEAR, base_year=base),
        "change, at most": ask.change(name, 0.1, year=YEAR, base_year=base, direction="at_most"),
        "change, absolute": ask.change(name, 4 * step, year=YEAR, base_year=base, unit=points),
        "average_growth": ask.average_growth(name, 0.03, year=YEAR, base_year=base),
        "average_growth, down": ask.average_growth(name, -0.02, year=YEAR, base_year=base),
        "cumulative": ask.cumulative(name, 6 * at(1), since=h.last_year - 1, year=h.last_year + 4, unit=unit),
        "cumulative, at most": ask.cumulative(
            name, 5 * at(2), since=h.last_year + 1, year=h.last_year + 5, direction="at_most", unit=unit
        ),
        "maintain": ask.maintain(name, at(-2), year=h.last_year + 5, unit=unit),
        "maintain since": ask.maintain(
            name, at(1), year=h.last_year + 4, since=h.last_year - 2, direction="at_most", unit=unit
        ),
        "milestones": ask.milestones(name, {h.last_year: at(-1), h.last_year + 2: at(1), YEAR: at(4)}),
        "milestones, down": ask.milestones(name, {2026: at(0), YEAR: at(-4)}, direction="at_most", unit=unit),
        "past": ask.at_least(name, at(-1), year=h.last_year, unit=unit),
        "past, unobserved": ask.at_most(name, at(1), year=first + 1, unit=unit),
        "past change": ask.change(name, 0.02, year=h.last_year, base_year=min(first, h.last_year - 1)),
        "a growth rate": replace(ask.at_least(name, at(2), **more), growth_rate=True),
        "another unit": ask.at_least(name, at(3), year=YEAR, unit="furlong"),
        "beyond the bounds": ask.at_least(name, 1e6 if high is not None else -1e6, year=YEAR, unit=unit),
        "another indicator": ask.at_least("y", at(3), **more),
    }


def classes() -> dict[str, fc.History]:
    """Return histories of positions on a scale of six classes."""
    rows = {
        "steady": [2] * 8,
        "moving": [3, 2, 2, 3, 2, 2, 2, 3, 3, 2],
        "worse": [1, 1, 2, 2, 3, 4, 4],
        "few": [3, 2],
        "at the end": [6, 6, 5, 6, 6],
    }
    found = {
        name: fc.History.of("water", range(2025 - len(row), 2025), row, area=name)
        for name, row in rows.items()
    }
    found["gaps"] = fc.History.of("water", [2010, 2013, 2014, 2018, 2023], [4, 3, 3, 2, 2], area="gaps")
    return found


def class_targets() -> dict[str, fc.Target]:
    """Return targets on the scale."""
    more = {"year": 2028, "scale": CLASSES}
    return {
        "every year": fc.Target.ordinal("water", "II", **more),
        "in year": fc.Target.ordinal("water", "II", rule="in_year", **more),
        "third": fc.Target.ordinal("water", 3, rule="in_year", **more),
        "best": fc.Target.ordinal("water", "I", **more),
    }


def areas(n: int = 6) -> list[fc.History]:
    """Return one indicator in several areas that share good and bad years."""
    rng = np.random.default_rng(SEED + 1)
    shock = rng.standard_normal(15)
    yearly = [10 + i + np.cumsum(0.5 + 0.3 * shock + 0.2 * rng.standard_normal(15)) for i in range(n)]
    return [
        fc.History.of(
            "income", range(2010, 2025), each,
            unit="k", area=f"village {i}", bounds=(0, None),
        )
        for i, each in enumerate(yearly)
    ]  # fmt: skip


def panel(areas: int = 75) -> pd.DataFrame:
    """Return a panel of four indicators; some rows are broken, each in another way."""
    rng = np.random.default_rng(SEED + 2)
    rows = []
    for a in range(areas):
        for i, name in enumerate(("output", "share", "waste", "index")):
            n = int(rng.integers(2 if a % 9 == 0 else 5, 26))
            up = np.cumsum(0.02 * (1 - i) + 0.05 * rng.standard_normal(n))
            values = {"share": 100 / (1 + np.exp(-up - 0.4)), "index": 100 + 40 * up}.get(
                name, 80 * np.exp(up)
            )
            last = 2024 - int(rng.integers(0, 3))
            for t, value in enumerate(values.tolist()):
                if a % 7 == 3 and t % 3 == 1 and t < n - 1:
                    continue
                status = "provisional" if a % 5 == 1 and t == n - 1 else ""
                new = 1 if a % 11 == 2 and t == n // 2 else ""
                rows.append([f"area {a:02d}", name, last + 1 - n + t, value, "", status, new])
    frame = pd.DataFrame(rows, columns=["area", "indicator", "year", "value", "unit", "status", "break"])
    frame = frame.astype({"year": object, "value": object})

    def rows_of(area: int, indicator: str) -> list[int]:
        return frame.index[(frame.area == f"area {area:02d}") & (frame.indicator == indicator)].tolist()

    for area, indicator, column, cell in BROKEN:
        frame.loc[rows_of(area, indicator)[-2], column] = cell
    frame.loc[rows_of(10, "waste"), "value"] = None
    frame.loc[rows_of(11, "waste")[-3:], "value"] = None
    again = frame.loc[rows_of(12, "output")[-1:]]
    nameless = frame.loc[rows_of(13, "output")[-1:]].assign(indicator="")
    return pd.concat([frame, again, nameless], ignore_index=True)


BROKEN = (
    (1, "output", "value", "n/a"), (2, "output", "value", "1,234.5"), (3, "output", "value", -5.0),
    (4, "share", "value", 134.0), (5, "share", "year", 2019.5), (6, "share", "year", "last year"),
    (7, "waste", "status", "guessed"), (8, "waste", "unit", "furlong"), (9, "index", "value", 1e120),
    (14, "index", "value", float("inf")), (15, "index", "year", 20211), (16, "waste", "value", "12 t"),
)  # fmt: skip


def catalogue() -> fc.Catalogue:
    """Return units and bounds of the panel's indicators."""
    bounds = {"output": (0, None), "share": (0, 100), "waste": (0, None), "index": (None, None)}
    return fc.Catalogue({name: fc.Indicator(name, bounds=each) for name, each in bounds.items()})  # type: ignore[arg-type]


def panel_targets() -> list[fc.Target]:
    """Return what the panel is asked as a list of targets."""
    ask = fc.Target
    return [
        ask.at_least("output", 130, year=YEAR),
        ask.average_growth("output", 0.04, year=YEAR, base_year=2020),
        ask.at_least("share", 70, year=YEAR),
        ask.between("share", 55, 75, year=2027),
        ask.at_least("share", 50, year=2023),
        ask.change("waste", -0.15, year=YEAR, base_year=2020),
        ask.declining("waste", year=2028),
        ask.equal("index", 100, year=2026, tolerance=10),
        ask.at_most("index", 90, year=YEAR),
        ask.rising("index", year=2027, rule="every_year"),
        ask.at_least("nowhere", 3, year=YEAR),
    ]


def panel_plan() -> fc.Plan:
    """Return what one area of the panel is asked as a plan: the kinds that follow the way."""
    ask = fc.Target
    asked = (
        ask.maintain("output", 90, year=2027),
        ask.cumulative("output", 800, since=2023, year=YEAR),
        ask.milestones("share", {2025: 60, 2028: 66}),
        ask.relative_to("output", "waste", 1.4, year=YEAR),
        ask.declining("waste", year=YEAR, rule="on_average"),
        ask.at_least("share", 99, year=YEAR),
    )
    places = ("area 20", "area 33", "area 09", "area 04")
    items = tuple(
        fc.Item(f"{place}/{i}", target, area=place, base_year=2020, nature="binding" if i % 2 else "")
        for place in places
        for i, target in enumerate(asked)
    )
    return fc.Plan(items, {"en": "Four areas", "zh": "四地"}, base_year=2020, year=YEAR)


PLAN = """\
title_en = "Every kind"
title_zh = "各类目标"
area = "Town"
base_year = 2018
year = 2030

"""
# What each item says, but for what follows from its place.
ITEMS = (
    {"indicator": "share", "kind": "at_least", "value": 72, "unit": "%", "nature": "binding"},
    {"indicator": "share", "kind": "at_least", "value": 100, "unit": "%"},
    {"indicator": "days", "kind": "at_least", "value": 300, "unit": "days", "decimals": 0},
    {"indicator": "waste", "kind": "at_most", "value": 17, "unit": "kg", "base_value": 24.0},
    {"indicator": "share", "kind": "between", "lower": 66, "upper": 74, "unit": "%"},
    {"indicator": "output", "kind": "equal", "value": 150, "tolerance": 10, "unit": "亿元"},
    {"indicator": "waste", "kind": "declining"},
    {"indicator": "waste", "kind": "declining", "rule": "every_year", "base_year": 2022, "year": 2026},
    {"indicator": "output", "kind": "rising", "rule": "on_average"},
    {"indicator": "waste", "kind": "change", "value": -18, "unit": "%", "nature": "binding"},
    {"indicator": "share", "kind": "change", "value": 5, "unit": "points", "base_year": 2020},
    {"indicator": "output", "kind": "average_growth", "value": 5, "unit": "%"},
    {"indicator": "output", "kind": "cumulative", "value": 900, "since": 2021, "unit": "亿元"},
    {"indicator": "share", "kind": "maintain", "value": 55, "since": 2022, "unit": "%"},
    {"indicator": "share", "kind": "milestones", "milestones": {2022: 60, 2026: 66, 2030: 71}, "unit": "%"},
    {"indicator": "water", "kind": "ordinal", "value": "II", "scale": list(CLASSES), "year": 2027},
    {"indicator": "water", "kind": "ordinal", "value": "III", "scale": list(CLASSES), "rule": "in_year",
     "year": 2027},
    {"indicator": "output", "kind": "relative_to", "other": "waste", "value": 6},
    {"indicator": "share", "kind": "relative_to", "other": "share (Province)", "value": 3,
     "form": "difference"},
    {"indicator": "income", "kind": "all_areas", "value": 12, "unit": "k", "year": 2028},
    {"indicator": "income", "kind": "at_least_k_areas", "value": 18, "k": 3, "unit": "k", "year": 2028},
    {"indicator": "growth", "kind": "at_least", "value": 6, "unit": "%", "growth_rate": True, "year": 2026},
    {"indicator": "rooms", "kind": "at_least", "value": 90, "history_area": "Province",
     "history_indicator": "output", "proxy_en": "The province.", "proxy_zh": "以省代替。"},
    {"indicator": "goal", "kind": "at_least", "value": 90, "unit": "%", "history_indicator": "share",
     "proxy_for": "change"},
    {"indicator": "nothing", "kind": "at_least", "value": 40, "unit": "ha", "base_value": 31.0},
    {"indicator": "share", "kind": "at_least", "value": 50, "unit": "%", "year": 2020},
    {"indicator": "share", "kind": "at_least", "value": 40, "unit": "%", "nature": "anticipatory"},
    {"indicator": "young", "kind": "at_least", "value": 60, "unit": "%", "year": 2026},
    {"indicator": "urbanization_rate", "kind": "at_least", "value": 70, "unit": "%"},
)  # fmt: skip
# Which model answers each of them in the saved study: few by the default, whose records are long.
ANSWERED_BY = (
    "Drift", "ETS", "Theta", "ARIMA", "LocalTrend", "Trend", "Naive", "Pool", "Drift on logarithms", "Drift",
    "ETS", "LocalTrend", "Trend", "Theta", "Naive", "default", "default", "Drift", "ETS", "Drift", "Trend",
    "default", "ARIMA", "Drift", "Drift", "Drift", "LocalTrend", "default", "ETS",
)  # fmt: skip


def plan_folder(folder: Path) -> tuple[Path, Path]:
    """Write the plan as TOML and its histories as tables; return the two paths."""
    path, data = folder / "plan.toml", folder / "history"
    data.mkdir()
    items = []
    for i, item in enumerate(ITEMS, start=1):
        rows = {"id": str(i), **item, "label_en": f"Item {i}", "label_zh": f"第{i}项", "group": f"g{i % 3}"}
        items.append("[[target]]\n" + "\n".join(f"{name} = {_toml(each)}" for name, each in rows.items()))
    path.write_text(PLAN + "\n\n".join(items) + "\n", encoding="utf-8")
    _plan_rows().to_csv(data / "all.csv", index=False)
    (data / "indicators.csv").write_text(_INDICATORS, encoding="utf-8")
    villages = "".join(f"village {i},Village {i},{i}村,Town\n" for i in range(6))
    (data / "areas.csv").write_text(f"area,label_en,label_zh,part_of\nTown,Town,镇,\n{villages}", "utf-8")
    return path, data


_INDICATORS = """\
indicator,label_en,label_zh,unit,decimals,lower,upper,classes
share,Share,比重,%,1,0,100,
days,Good days,优良天数,days,0,0,366,
output,Output,产出,亿元,1,0,,
waste,Waste,废物,kg,1,0,,
water,Water,水质,,,1,6,I;II;III;IV;V;worse than V
nothing,Nothing,无,ha,1,0,,
"""


def _plan_rows() -> pd.DataFrame:
    rng = np.random.default_rng(SEED + 3)
    t = np.arange(15)
    made = {
        ("Town", "share", "%"): 52 + 0.9 * t + 0.4 * rng.standard_normal(15),
        ("Town", "days", "days"): np.round(270 + 2 * t + 9 * rng.standard_normal(15)),
        ("Town", "output", "亿元"): 60 * np.exp(0.05 * t + 0.02 * rng.standard_normal(15)),
        ("Town", "waste", "kg"): 30 * np.exp(-0.03 * t + 0.03 * rng.standard_normal(15)),
        ("Town", "water", ""): np.array([3, 3, 4, 3, 3, 2, 3, 2, 2, 2, 3, 2, 2, 2, 2]),
        ("Town", "growth", "%"): 7 - 0.1 * t + 0.7 * rng.standard_normal(15),
        ("Town", "young", "%"): np.array([44.0, 47.5]),
        ("Town", "urbanization_rate", "%"): 48 + 1.0 * t + 0.4 * rng.standard_normal(15),
        ("Province", "share", "%"): 50 + 0.8 * t + 0.3 * rng.standard_normal(15),
        ("Province", "output", "亿元"): 900 * np.exp(0.04 * t + 0.02 * rng.standard_normal(15)),
    }
    made |= {(h.area, h.indicator, h.unit): np.asarray(h.values) for h in areas()}
    rows = [
        {"area": area, "indicator": indicator, "year": 2025 - len(values) + i, "value": value, "unit": unit,
         "status": "provisional" if indicator == "waste" and i == 14 else "", "source": "Yearbook",
         "break": 1 if indicator == "days" and i == 7 else ""}
        for (area, indicator, unit), values in made.items()
        for i, value in enumerate(values.tolist())
        if not (indicator == "output" and i == 4)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {each}" for name, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(each) for each in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else repr(value)
