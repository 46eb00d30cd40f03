"""How the rows of a golden file are put to the rules: one function for each system.

Each takes the inputs of a case (and what is expected, where that says which figures are asked for)
and returns figures by key. None looks at the name or the source of a case.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from golden_inputs import end_of, formula, ramp
from scipy.optimize import minimize

from forecast.distribution.likelihood_scale import likelihood
from forecast.rules import aarr, china, china_rates, destatis, escap, statcan, trend, unsd
from forecast.rules.base import Track, Verdict, meets

Inputs = Mapping[str, Any]
Figures = Mapping[str, object]


@dataclass(frozen=True)
class Either:
    """A published figure whose convention the case does not name: one of these."""

    figures: tuple[object, ...]


def answer_of(system: str, inputs: Inputs, expected: Inputs) -> Figures:
    """Return the figures the rules give for one case."""
    return _SYSTEMS[_system(system)](inputs, expected)


def is_known(system: str) -> bool:
    """Return whether there is a function for this system."""
    return _system(system) in _SYSTEMS


def _system(name: str) -> str:
    """Return the longest known system that this name begins with, or the name."""
    known = [s for s in _SYSTEMS if name.startswith(s)]
    return max(known, key=len, default=name)


# --- rates -----------------------------------------------------------------------------------


def _aarr(inputs: Inputs, expected: Inputs) -> Figures:
    if "slope" in inputs:
        rate = _percent(aarr.from_slope(inputs["slope"]))
        return dict.fromkeys(expected, rate)
    if "values" in inputs:
        return _aarr_of_series(inputs, expected)
    start, end, span = _leg(inputs)
    rising = any("aari" in key for key in expected)
    measure = aarr.growth if rising else aarr.reduction
    discrete, continuous = (
        _percent(measure(start, end, span, convention=c)) for c in (aarr.COMPOUND, aarr.CONTINUOUS)
    )
    named = {"continuous": continuous, "discrete": discrete, "compound": discrete}
    unnamed = named.get(inputs.get("convention", ""), Either((discrete, continuous)))
    return {
        key: next((rate for name, rate in named.items() if name in key.split("_")), unnamed)
        for key in expected
    }


def _aarr_of_series(inputs: Inputs, expected: Inputs) -> Figures:
    values = inputs["values"]
    if isinstance(values, list) and values and isinstance(values[0], list):
        withheld = all(aarr.aarr(range(len(v)), [float(x) for x in v]).value is None for v in values)
        text = str(expected.get("result", ""))
        return {"result": text if withheld == text.startswith("NA") else f"withheld: {withheld}"}
    years = inputs["years"]
    numbers = [formula(values, year) for year in years] if isinstance(values, str) else values
    regression, endpoint = aarr.aarr(years, numbers).value, aarr.endpoint(years, numbers).value
    asked = endpoint if inputs.get("method") == "endpoint" else regression
    return {"aarr": asked, "aarr_regression": regression, "aarr_endpoint": endpoint}


def _leg(inputs: Inputs) -> tuple[float, float, float]:
    """Return first value, last value and the years between them."""
    if "ratio" in inputs:
        return 1.0, inputs["ratio"], inputs["years"]
    end = inputs["v1"] if "v1" in inputs else inputs["target"]
    last = inputs.get("t1", inputs.get("target_year"))
    return inputs["v0"], end, inputs["years"] if "years" in inputs else last - inputs["t0"]


def _billionaire(inputs: Inputs, _expected: Inputs) -> Figures:
    base, due = inputs["baseline_year"], inputs["target_year"]
    values = inputs["values"]
    start = ramp(values, base) if isinstance(values, str) else values[str(base)]
    rate = aarr.growth(start, inputs["target"], due - base).value
    return {f"value_{due}": inputs["target"], "aroc": rate}


# --- China -----------------------------------------------------------------------------------


def _cn_energy(inputs: Inputs, _expected: Inputs) -> Figures:
    figures: dict[str, object] = {}
    changes = [r / 100 for r in inputs.get("annual_changes_pct", ())]
    years, target = inputs.get("plan_years"), inputs.get("target_cumulative_pct")
    done = china_rates.total_change(changes)
    if changes:
        figures |= {"cumulative_pct": 100 * done, "factor": 1 + done}
        figures["mean_annual_pct"] = 100 * china_rates.annual_change(done, len(changes))
    if years:
        due = china.milestones([1 / years] * years)
        figures["cumulative_schedule_pct"] = [100 * share for share in due]
        figures["schedule_pct"] = 100 * china.schedule(len(changes), 0, years)
    if years and target is not None:
        uniform = china_rates.annual_change(target / 100, years)
        figures["annual_pct"] = 100 * uniform
        if changes:
            figures["progress_pct"] = _percent(china_rates.log_progress(done, target / 100))
            # The office divides by its rate as printed, in per cent with two decimals.
            figures["equivalent_years_Y"] = china_rates.equivalent_years(done, round(uniform, 4))
        if 0 < len(changes) < years:
            rest = china_rates.remaining_change(done, target / 100)
            figures["required_remaining_pct"] = 100 * rest
            figures["required_annual_pct"] = 100 * china_rates.annual_change(rest, years - len(changes))
    return figures


def _cn_midterm(inputs: Inputs, expected: Inputs) -> Figures:
    if "kind" not in inputs:
        return _cn_counts(inputs, expected)
    series = inputs["flows"] if "flows" in inputs else inputs["values"]
    target, period = inputs["target"], max(series)
    first, last = inputs.get("plan", (None, None))
    elapsed = china.schedule(end_of(period), first - 1, last) if first is not None else math.nan
    figures: dict[str, object] = {"elapsed_pct": 100 * elapsed}
    if inputs["kind"] == "cumulative":
        delivered = math.fsum(series.values())
        done, met = china.cumulative(series.values(), target), meets(delivered, target, 1)
        figures |= {"cumulative": round(delivered, 9), "completion_pct": _percent(done)}
    else:
        direction, base = (1 if inputs["kind"] == ">=" else -1), inputs.get("base")
        year = end_of(period)
        done = china.completion(Track(year - 1, base, year, series[period], direction, target, year + 1))
        met = meets(series[period], target, direction)
    verdict = china.provincial(done, elapsed, met=met).verdict
    return figures | {"class_zh": china.TERMS[verdict]["zh"] if verdict else None}


def _cn_counts(inputs: Inputs, expected: Inputs) -> Figures:
    """Count a list of classes made from the published counts: they must add up to the indicators."""
    total = inputs["sub_indicators"] if "sub_indicators" in inputs else inputs["indicators"]
    published = {key: n for key, n in expected.items() if key not in ("subtotal", "remaining", "note")}
    counts = china.tally(key for key, n in published.items() for _ in range(n))["all"]
    known = any("滞后" in key or "未达" in key for key in published)
    remaining = total - counts.total()
    if remaining < 0 or (known and remaining):
        raise ValueError(f"{counts.total()} classes for {total} indicators")
    return {**counts, "subtotal": counts.total(), "remaining": remaining}


def _cn_xiaokang(inputs: Inputs, _expected: Inputs) -> Figures:
    start, end, goal = inputs["v0"], inputs["v1"], inputs["target"]
    t0, t1, due = inputs["t0"], inputs["t1"], inputs["target_year"]
    observed, needed, now = (
        aarr.growth(*leg, convention=aarr.LINEAR).value
        for leg in ((start, end, t1 - t0), (start, goal, due - t0), (end, goal, due - t1))
    )
    return {
        "observed_per_year": observed,
        "required_per_year_from_base": needed,
        "required_per_year_from_now": now,
        f"linear_projection_{due}": end + observed * (due - t1),
    }


def _cn_kpi(inputs: Inputs, _expected: Inputs) -> Figures:
    if "actuals" in inputs:
        return {"attainment_pct": [_percent(china.attainment(a, inputs["plan"])) for a in inputs["actuals"]]}
    year, weights = inputs["annual_target"], inputs.get("weights", [1 / 12] * 12)
    due = (0.0, *china.milestones(weights))
    months = [name.lower() for name in calendar.month_abbr[1:]]
    return {
        "linear_month": year * china.schedule(1, 0, 12),
        "remaining_target": year - inputs.get("ytd_actual", 0),
        **{f"weighted_{m}": year * (due[i + 1] - due[i]) for i, m in enumerate(months[: len(weights)])},
    }


# --- trackers of the Sustainable Development Goals -------------------------------------------


def _statcan(inputs: Inputs, _expected: Inputs) -> Figures:
    track = Track(
        inputs.get("base_year"),
        inputs.get("base_value"),
        inputs.get("current_year"),
        inputs.get("current_value"),
        inputs.get("direction", 1),
        inputs.get("target"),
        inputs.get("target_year"),
    )
    verdict = statcan.progress(track, limit=inputs.get("limit"))
    return {
        "progress_value": verdict.value,
        "score": verdict.score,
        "status": verdict.verdict or "not_available",
    }


def _statcan_aggregate(inputs: Inputs, _expected: Inputs) -> Figures:
    scores = inputs["scores"]
    statuses = inputs.get("statuses", [None] * len(scores))
    pairs = zip(scores, statuses, strict=True)
    whole = statcan.aggregate([Verdict("statcan", None, k, statcan.WITH_TARGET, score=s) for s, k in pairs])
    return {"score": whole.score, "status": whole.verdict or "not_available"}


def _destatis(inputs: Inputs, _expected: Inputs) -> Figures:
    seen = {int(y): math.nan if v is None else v for y, v in inputs["values"].items()}
    seen = {y: v for y, v in seen.items() if y <= inputs.get("assessed_at", math.inf)}
    years, values, direction = list(seen), list(seen.values()), inputs["direction"]
    kind, target = inputs["kind"], inputs.get("target")
    if kind.startswith("direction"):
        verdict = destatis.directional(
            years, values, direction=direction, last_change=inputs.get("last_change")
        )
    elif kind.startswith("maintain"):
        bound = destatis.interval(*target, direction=direction) if isinstance(target, list) else target
        verdict = destatis.maintain(years, values, bound, direction=direction)
    else:
        due = inputs.get("target_year")
        if isinstance(target, Mapping):
            due, target = destatis.next_target({int(y): v for y, v in target.items()}, max(years))
        bound = destatis.interval(*target, direction=direction) if isinstance(target, list) else target
        verdict = destatis.level(years, values, bound, target_year=due, direction=direction)
    return {"verdict": verdict.verdict, "projected": verdict.projected}


def _unsd(rule: Callable[[Track], Verdict]) -> Callable[[Inputs, Inputs], Figures]:
    def answer(inputs: Inputs, _expected: Inputs) -> Figures:
        track = _track(inputs)
        verdict = rule(track)
        return {
            "cagr": aarr.growth(track.base, track.value, track.year - track.base_year).value,
            f"expected_{inputs.get('target_year')}": verdict.projected,
            "gap_ratio": verdict.value,
            "cagr_ratio": verdict.value,
            "eustat_score": verdict.score,
            "score": verdict.score,
            "status": verdict.verdict,
        }

    return answer


def _escap(inputs: Inputs, _expected: Inputs) -> Figures:
    base, value, target = inputs["I0"], inputs["Icv"], inputs["TV"]
    if inputs.get("direction") == "parity":
        return {"csi": escap.parity(base, value, target).value}
    direction = -1 if inputs.get("direction") in (-1, "decreasing") else 1
    return {"csi": escap.current_status(Track(0, base, 1, value, direction, target, 2)).value}


def _no_target(inputs: Inputs, expected: Inputs) -> Figures:
    growth, direction = inputs["cagr"], inputs.get("direction", 1)
    track = Track(0, 1.0, 1, 1.0 + growth, direction)
    eustat = unsd.progress_2023(track)
    short = {
        unsd.ON_TRACK: "on track",
        unsd.FAIR: "fair, acceleration needed",
        unsd.STAGNATION_OR_REGRESSION: "stagnation or regression",
    }
    words = {
        "UNSD_2023": f"{eustat.score:.0f} = {short[str(eustat.verdict)]}",
        "UNSD_2022": _words(unsd.progress_2022(track)),
        "UNSD_2026": _words(unsd.progress_2026(track)),
        "StatCan": _words(statcan.progress(track)).removesuffix(" progress"),
        "Eurostat": _words(trend.eurostat(growth, direction=direction)),
        "ISTAT": _words(trend.istat(growth, direction=direction)),
    }
    return {
        key: word
        for key in expected
        for office, word in words.items()
        if key.partition("(")[0].startswith(office)
    }


def _likelihood(inputs: Inputs, _expected: Inputs) -> Figures:
    many = isinstance(inputs["p"], list)
    words = [likelihood(p) for p in (inputs["p"] if many else [inputs["p"]])]
    terms = {"term": [w.en for w in words], "term_zh": [w.zh for w in words]}
    return {key: found if many else found[0] for key, found in terms.items()}


def _pitfall(inputs: Inputs, _expected: Inputs) -> Figures:
    if "value" in inputs:
        return {"met": meets(inputs["value"], inputs["target"], inputs["direction"])}
    track = _track(inputs)
    used = _track({**inputs, "target": inputs.get("target_used", inputs["target"])})
    official = statcan.progress(used)
    due, left = inputs["target_year"], inputs["target_year"] - track.year
    compound = aarr.growth(track.base, track.value, track.year - track.base_year)
    linear, needed = (
        aarr.growth(*leg, convention=aarr.LINEAR).value
        for leg in (
            (track.base, track.value, track.year - track.base_year),
            (track.base, track.target, due - track.base_year),
        )
    )
    naive = (track.value - track.base) * (track.target - track.base)
    return {
        "met": track.met(),
        "cagr_ratio": official.value,
        "statcan_progress_value": official.value,
        "statcan_status": official.verdict,
        "status": official.verdict,
        f"exp_projection_{due}": None
        if compound.value is None
        else track.value * (1 + compound.value) ** left,
        f"linear_projection_{due}": track.value + linear * left,
        "linear_ratio": linear / needed if needed else None,
        "naive_gap_ratio_sign": "positive" if naive > 0 else "negative",
        "gap_ratio_withheld": china.completion(track).withheld,
    }


def _augury(inputs: Inputs, expected: Inputs) -> Figures:
    """Return Holt's forecast from the last run without a gap, as R's forecast package fits it.

    On two points any (alpha, beta) with alpha (1 + beta) = 1 fits perfectly; R's optimiser starts
    from (0.2, 0.02), and the forecast depends on where on that curve it stops.
    """
    gaps = [i for i, x in enumerate(inputs["x"]) if x is None]
    run = inputs["x"][gaps[-1] + 1 if gaps else 0 :]

    def states(weights: Sequence[float]) -> tuple[float, float, float]:
        (alpha, beta), level, slope, error = weights, run[0], run[1] - run[0], 0.0
        for x in run:
            ahead, before = level + slope, level
            error += (x - ahead) ** 2
            level = alpha * x + (1 - alpha) * ahead
            slope = beta * (level - before) + (1 - beta) * slope
        return level, slope, error

    best = minimize(lambda w: states(w)[2], (0.2, 0.02), method="L-BFGS-B", bounds=[(0, 1), (0, 1)]).x
    level, slope, _ = states(best)
    return {"pred": [float(level + h * slope) for h in range(1, len(expected["pred"]) + 1)]}


# --- helpers ---------------------------------------------------------------------------------


def _track(inputs: Inputs) -> Track:
    """Return the track of a case; without a direction, that from the base to the target."""
    target, base = inputs.get("target"), inputs["vb"]
    towards = -1 if target is not None and target < base else 1
    direction = inputs.get("direction", towards)
    return Track(inputs["b"], base, inputs["t"], inputs["vt"], direction, target, inputs.get("target_year"))


def _percent(verdict: Verdict) -> float | None:
    """Return a record's figure in per cent."""
    return None if verdict.value is None else 100 * verdict.value


def _words(verdict: Verdict) -> str:
    """Return a class as words."""
    return str(verdict.verdict).replace("_", " ")


_SYSTEMS: Mapping[str, Callable[[Inputs, Inputs], Figures]] = {
    "AARR": _aarr,
    "billionaiRe": _billionaire,
    "CN-energy": _cn_energy,
    "CN-midterm": _cn_midterm,
    "CN-xiaokang": _cn_xiaokang,
    "CN-KPI": _cn_kpi,
    "OpenSDG-StatCan": _statcan,
    "OpenSDG-StatCan-aggregate": _statcan_aggregate,
    "Destatis": _destatis,
    "UNSD-2022": _unsd(unsd.progress_2022),
    "UNSD-2023": _unsd(unsd.progress_2023),
    "UNSD-2026": _unsd(unsd.progress_2026),
    "ESCAP": _escap,
    "Likelihood": _likelihood,
    "No-target": _no_target,
    "Pitfall": _pitfall,
    "augury": _augury,
}
