"""One card for each target that has figures: finding, reasons, charts, rules, notes, series."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from forecast.assessment.assessment import OUTCOMES, Assessment
from forecast.assessment.base_rate import BaseRate
from forecast.assessment.forecast import PROMISE
from forecast.assessment.growth import Growth
from forecast.assessment.study import Line
from forecast.assessment.unseen import is_unseen
from forecast.evaluation.scores import LEVEL
from forecast.history.history import History
from forecast.report.content.blocks import (
    Block,
    Bullets,
    Cell,
    Chart,
    Facts,
    Paragraph,
    Row,
    Section,
    Slider,
    Table,
    plain,
)
from forecast.report.content.findings import behaviours, change, disagreement, finding, outside, remarks, why
from forecast.report.content.tables import effort, yearly_table
from forecast.report.content.whole_plan import base_rate_in_short
from forecast.report.content.wording import (
    NONE,
    Wording,
    anchor,
    class_of,
    has_room,
    number_cell,
    percent_cell,
    probability_cell,
    published_decimals,
    text_or_none,
    year_cell,
)
from forecast.rules import Verdict, unsd
from forecast.target.ordinal import class_key

# How a rule's figure is written, by the way it is counted; the rest are proportions.
RATIOS = ("growth_ratio", "mean_of_scores", "current_status_index", "current_status_index_parity")
IN_UNIT = ("observed_linear", "required_linear", "linear", "value_and_slope", "slope_and_last_change")
# Probabilities for which the value that can be promised is told.
PROMISES = (0.95, 0.9, 0.8, 0.5, 0.2)
# Steps of the slider, about: enough to choose from, few enough to carry in a page.
STEPS = 80
EDGES = (0.02, 0.98)


def card(line: Line, w: Wording, base: BaseRate | None = None) -> Section:
    """Card of one target, with the base rate of plans beside its own answer."""
    a, item = line.assessment, line.item
    blocks: list[Block] = [Paragraph(finding(line, w), "strong")]
    blocks += [Paragraph(text) for text in (why(line, w), change(line, w)) if text]
    differs = disagreement(line, w)
    if differs:
        blocks.append(Paragraph(differs, "warning"))
    blocks.append(facts(line, w))
    blocks += _charts(line, w)
    blocks += [table for table in (promises(line, w),) if table]
    if a.rules:
        blocks.append(rules_table(line, w))
        blocks.append(Paragraph(_since(a, w), "note"))
    if a.disagreement is not None:
        blocks += [models_table(line, w), Paragraph(w.language.text("models.note"), "note")]
    seen = outside(line, w)
    if seen:
        blocks.append(Paragraph(seen))
    if base is not None and a.status not in OUTCOMES:
        blocks.append(Paragraph(base_rate_in_short(base, w), "note"))
    blocks.append(Bullets(remarks(line, w)))
    blocks += [table for table in (yearly_table(line, w),) if table]
    if a.history is not None:
        blocks += [series_table(line, w, a.history), sources(w, a.history)]
    title = w.language.text("card.title", {"id": item.id, "label": w.label(item)})
    return Section(anchor("target", line), title, tuple(blocks), (), line, w.rating(a))


def facts(line: Line, w: Wording) -> Facts:
    """Every figure of the card, each with its name."""
    a, say, words = line.assessment, w.language.text, w.language
    history, classes = a.history, a.target.kind.classes
    found: list[tuple[str, Cell]] = [(say("fact.target"), plain(w.dated_goal(line.item.target)))]
    found.append((say("fact.rests_on"), plain(say(f"rests_on.{line.rests_on}"))))
    if history is not None:
        found.append((say("fact.judged_on"), plain(w.source(history))))
        span = words.year_range(history.first_year, history.last_year)
        used = say("fact.figures_of", {"n": len(history), "span": span})
        found.append((say("fact.figures"), plain(used)))
        latest = w.figure(a, history.last_value)
        found.append(
            (say("fact.latest"), plain(say("fact.in_year", {"value": latest, "year": history.last_year})))
        )
    if a.base is not None and history is not None:
        base = w.figure(a, a.base.value)
        found.append((say("fact.base"), plain(say("fact.in_year", {"value": base, "year": a.base.year}))))
    if a.completion is not None and a.schedule is not None and a.status not in OUTCOMES and not classes:
        found.append((say("fact.completion"), plain(words.percent(a.completion))))
        found.append((say("fact.schedule"), plain(words.percent(a.schedule))))
    if history is not None and not classes:
        needed = "allowed" if has_room(a) else "required"
        for key, growth in (("observed", a.observed), (needed, a.required)):
            if growth is not None:
                told = w.growth(growth, history, in_words=True).text
                period = words.year_range(growth.start, growth.end)
                found.append(
                    (say(f"fact.{key}"), plain(say("fact.over", {"growth": told, "period": period})))
                )
    if a.effort_ratio is not None and not classes:
        found.append((say("fact.effort"), plain(effort(a, w))))
    return Facts((*found, *_outlook_facts(line, w), *_closing_facts(line, w)))


def rules_table(line: Line, w: Wording) -> Table:
    """What the official methods say, side by side."""
    rows = []
    for v in line.assessment.rules:
        said = (
            w.language.text(f"verdict.{v.rule.split('_')[0]}.{v.verdict}")
            if v.verdict
            else w.language.text("rules.withheld", {"reason": w.language.text(f"withheld.{v.withheld}")})
            if v.withheld
            else ""
        )
        name = w.language.text(f"rule.{v.rule}")
        measure = w.language.text(f"convention.{v.convention}")
        rows.append(Row((plain(name), plain(measure), _figure(v, line, w), text_or_none(said))))
    keys = ("rule", "measure", "figure", "class")
    heads = tuple(w.language.text(f"rules.{key}") for key in keys)
    return Table(
        anchor("rules", line),
        w.language.text("rules.caption"),
        keys,
        heads,
        tuple(rows),
        (1.6, 2.2, 1, 1.8),
    )


def _since(a: Assessment, w: Wording) -> str:
    """From which year the official methods count: seldom the period of the growth told above."""
    assert a.history is not None, "rules are applied to a history"
    started = a.base.year if a.base else unsd.baseline(a.history.years)
    start = a.history.first_year if started is None else int(started)
    if start >= a.history.last_year:
        return w.language.text("rules.at_base")
    period = w.language.year_range(start, a.history.last_year)
    return w.language.text("rules.since", {"start": start, "period": period})


def models_table(line: Line, w: Wording) -> Table:
    """What other models answer, and how each did on this series."""
    asked = line.assessment.disagreement
    assert asked is not None, "asked only where there was a cross-check"
    rows = tuple(
        Row(
            (
                plain(w.model(each.model)),
                probability_cell(w.language, each.probability),
                percent_cell(w.language, each.skill),
                number_cell(w.language, each.n, 0),
            )
        )
        for each in asked.answers
    )
    keys = ("model", "probability", "skill", "n")
    heads = tuple(w.language.text(f"models.{key}") for key in keys)
    return Table(anchor("models", line), w.language.text("models.caption"), keys, heads, rows)


def series_table(line: Line, w: Wording, history: History) -> Table:
    """Figures themselves, with status and the number of their source."""
    numbers = _sources(history)
    factor, unit = w.measure(history)
    borrowed = "parent" if is_unseen(line.assessment) else "proxy"
    rows = []
    for i, year in enumerate(history.years.tolist()):
        marks = [history.status[i]]
        marks += [borrowed] if line.item.by_proxy and history.status[i] != borrowed else []
        marks += ["break"] if year in history.breaks else []
        status = w.language.text("number.sentence_comma").join(w.language.text(f"point.{m}") for m in marks)
        number = numbers.get((history.sources[i], history.notes[i]))
        source = Cell(NONE) if number is None else Cell(f"[{number}]", value=number)
        named = class_of(line.assessment, float(history.values[i]))
        x = float(history.values[i])
        value = plain(named) if named else number_cell(w.language, factor * x, w.places(history, x))
        rows.append(Row((year_cell(year), value, plain(status), source)))
    keys = ("year", "value", "status", "source")
    heads = tuple(w.language.text(f"series.{key}") for key in keys)
    if unit:
        heads = (heads[0], w.language.text("series.value_in", {"unit": unit}), *heads[2:])
    caption = w.language.text("series.caption", {"source": w.source(history)})
    return Table(anchor("series", line), caption, keys, heads, tuple(rows), (1, 1, 2, 1), folded=True)


def sources(w: Wording, history: History) -> Bullets:
    """Sources of a series with their numbers, each with what its publisher or copy says."""
    told = (
        w.language.text("sources.with_note", {"source": source, "note": note})
        if source and note
        else source or note
        for source, note in _sources(history)
    )
    return Bullets(tuple(f"[{n}] {text}" for n, text in enumerate(told, start=1)), small=True)


def _sources(history: History) -> dict[tuple[str, str], int]:
    """Number for each different source with its note, in the order of the years."""
    different = dict.fromkeys(zip(history.sources, history.notes, strict=True))
    return {texts: n for n, texts in enumerate((each for each in different if any(each)), start=1)}


def promises(line: Line, w: Wording) -> Table | None:
    """Values that could be promised, by the probability of keeping the promise."""
    a, direction = line.assessment, line.item.target.direction
    if a.outlook is None or a.probability is None or direction == 0:
        return None
    values = [float(a.outlook.quantile(1 - p if direction > 0 else p)) for p in PROMISES]
    row = Row(tuple(_promise(line, x, w) for x in values))
    keys = tuple(f"p{100 * p:.0f}" for p in PROMISES)
    heads = tuple(w.language.percent(p) for p in PROMISES)
    alone = "_alone" if a.target.kind.more_than_its_year or a.target.kind.every_year else ""
    caption = w.language.text(f"promise.caption{alone}", {"year": a.target.year})
    return Table(anchor("promise", line), caption, keys, heads, (row,))


def _promise(line: Line, x: float, w: Wording) -> Cell:
    """Value that could be promised, in words; in a spreadsheet the number with words around it."""
    a, value = line.assessment, w.of_outlook(line, x)
    if a.history is None or a.target.kind.classes:
        return plain(w.language.text(f"goal.{class_key(value)}", {"class": value}))
    side = "goal.at_least" if a.target.direction > 0 else "goal.at_most"
    text = w.language.text(side, {"value": value})
    _, unit = w.measure(a.history)
    before = w.language.text(side, {"value": ""})
    return replace(w.estimate(a, x), text=text, suffix=w.language.suffix(unit), prefix=before)


def slider(line: Line, w: Wording) -> Slider | None:
    """Probabilities of other target values, or None where no one value is asked for."""
    a, kind = line.assessment, line.item.target.kind
    if a.outlook is None or a.history is None or a.probability is None or not kind.is_level:
        return None
    assert kind.value is not None, "a level has a value"
    values = _grid(a, kind.value, a.history)
    asked = a.outlook.at_least(values) if kind.direction > 0 else a.outlook.at_most(values)
    start = int(np.flatnonzero(values == kind.value)[0])
    probabilities = np.where(values == kind.value, a.probability, asked)
    side = "at_least" if kind.direction > 0 else "at_most"
    texts = tuple(
        w.language.text(f"goal.{side}", {"value": w.of_history(a.history, float(x))}) for x in values
    )
    chances = tuple(w.language.probability(float(p)) for p in probabilities)
    label = w.language.text("slider.label", {"year": a.target.year})
    return Slider(anchor("slider", line), label, values, probabilities, start, texts, chances)


def _grid(a: Assessment, goal: float, history: History) -> np.ndarray:
    """Round values over all that is likely, the target's own among them."""
    assert a.outlook is not None, "asked only where there is one"
    low, high = (float(a.outlook.quantile(p)) for p in EDGES)
    low, high = min(low, goal), max(high, goal)
    raw = (high - low) / STEPS
    size = 10.0 ** math.floor(math.log10(raw)) if raw > 0 else 1.0
    step = size * next(m for m in (1, 2, 5, 10) if m * size >= raw)
    places = max(0, -math.floor(math.log10(step)))
    grid = np.round(np.arange(math.floor(low / step), math.ceil(high / step) + 1) * step, places)
    lower, upper = history.bounds
    grid = grid[
        (grid >= (-math.inf if lower is None else lower)) & (grid <= (math.inf if upper is None else upper))
    ]
    return np.unique(np.append(grid, goal))


def _charts(line: Line, w: Wording) -> list[Block]:
    a, say = line.assessment, w.language.text
    if a.history is None:
        return []
    label = w.label(line.item)
    values = {"label": label, "source": w.source(a.history)}
    proxy = "_by_parent" if is_unseen(a) else "_by_proxy" if line.item.by_proxy else ""
    summary = f"{finding(line, w)} {why(line, w)}"
    found: list[Block] = [Chart("outlook", line, say(f"chart_caption.outlook{proxy}", values), summary)]
    moved = slider(line, w)
    if moved is not None:
        curve = say(f"chart_caption.probability_curve{proxy}", values)
        found += [Chart("probability_curve", line, curve, change(line, w) or summary), moved]
    # Of many areas it would be the weakest's.
    if a.together is None and a.by_year is not None and a.by_year.in_year is not None:
        by_year = say(f"chart_caption.probability_by_year{proxy}", values)
        found.append(Chart("probability_by_year", line, by_year, _reached(line, w)))
    return found


def _outlook_facts(line: Line, w: Wording) -> list[tuple[str, Cell]]:
    a, say = line.assessment, w.language.text
    if a.outlook is None or a.probability is None:
        return []
    year = a.target.year
    found = [(say("fact.median", {"year": year}), plain(w.of_outlook(line, a.outlook.median())))]
    for level in (0.5, LEVEL, 0.95):
        low, high = w.outlook_ends(line, a.outlook.interval(level))
        name = say("fact.interval", {"year": year, "level": w.language.percent(level)})
        found.append((name, plain(w.language.span(low, high))))
    chance = say("fact.chance", {"p": a.probability, "word": w.word(a)})
    every = a.target.kind.every_year
    found.append((say("fact.probability_every" if every else "fact.probability"), plain(chance)))
    if a.setback is not None:
        found.append((say("fact.setback"), plain(w.language.probability(a.setback))))
    if carried := behaviours(line, w):
        found.append((say("fact.behaviours"), plain(w.language.listing(carried))))
    if a.reachable is not None:
        name = say("fact.reachable", {"level": w.language.percent(PROMISE)})
        found.append((name, plain(w.promise(line, a.reachable))))
    if reached := _reached(line, w):
        found.append((say("fact.year_reached"), plain(reached)))
    return found


def _reached(line: Line, w: Wording) -> str:
    """When the target is reached, in words; nothing where the outside view answers, without years."""
    a, kind = line.assessment, line.assessment.target.kind
    year = a.year_reached
    if a.history is None or a.fitted is None:
        return ""
    if not kind.can_be_reached:
        return w.language.text("fact.cap")
    if kind.every_year and year is not None and year <= a.target.year:
        return w.language.text("fact.held_from", {"year": year})
    if a.status == "maintain" or (year is not None and year <= a.history.last_year):
        return w.language.text("fact.met_now")
    if year is None:
        return w.language.text("fact.not_in_sight")
    return w.language.text("fact.reached_in", {"year": year})


def _closing_facts(line: Line, w: Wording) -> list[tuple[str, Cell]]:
    a, say = line.assessment, w.language.text
    return [(say("fact.rating"), plain(w.rating(a))), (say("fact.evidence"), plain(w.evidence(a)))]


def _figure(v: Verdict, line: Line, w: Wording) -> Cell:
    history = line.assessment.history
    if v.value is None or history is None:
        return Cell(NONE, kind="number")
    if v.convention == "projected_shortfall" and v.value < 0:
        # "-414 % of the way missed" is a target that the pace takes the indicator past.
        return Cell(w.language.text("rules.exceeded"), value=w.language.text("rules.exceeded"))
    if v.convention in RATIOS:
        return number_cell(w.language, v.value, 2)
    if v.convention == "value_in_target_year":
        factor, _ = w.measure(history)
        places = published_decimals(history) if factor == 1 else None
        return number_cell(w.language, factor * v.value, places)
    if v.convention in IN_UNIT:
        linear = Growth(v.value, None, history.first_year, history.last_year)
        return w.growth(linear, history)
    return Cell(w.language.percent(v.value, 1), value=v.value, kind="percent", decimals=1)
