"""The tables over all targets: main, full, counts, risks; and the outlook by year of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from forecast.assessment.assessment import OUTCOMES, Assessment
from forecast.assessment.lent import lent_by
from forecast.assessment.progress import RATINGS
from forecast.assessment.study import Line, Study
from forecast.assessment.unseen import is_unseen, unseen_key
from forecast.distribution.likelihood_scale import likelihood
from forecast.evaluation.scores import LEVEL
from forecast.language.language import shown_decimals
from forecast.language.note import Note
from forecast.report.content.blocks import Cell, Paragraph, Row, Section, Table, plain
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
    text_or_none,
    year_cell,
)

NATURES = ("binding", "anticipatory", "unstated")
# Column keys of the main table, with relative widths for a landscape page.
MAIN = {
    "id": 0.55,
    "indicator": 1.8,
    "latest": 1.3,
    "target": 1.0,
    "completion": 1.1,
    "growth": 1.45,
    "outlook": 1.15,
    "probability": 1.1,
    "rating": 1.35,
    "note": 1.7,
}
FULL = (
    "id", "group", "indicator", "unit", "nature", "base_year", "base_value", "last_year", "last_value",
    "goal", "target", "target_year", "completion", "schedule", "observed", "required", "effort_ratio",
    "median", "low", "high", "probability", "likelihood", "rating", "evidence", "note",
)  # fmt: skip
YEARLY = ("year", "median", "low", "high", "target")
# Above this, decimals of an effort ratio say nothing.
LARGE_RATIO = 10


def main_table(study: Study, w: Wording) -> Table:
    """Table a page can carry: related facts share a column, groups are headings."""
    rows: list[Row] = []
    # A column without a single note would only take room from the others.
    keys = tuple(k for k in MAIN if k != "note" or any(short_note(line, w) for line in study.lines))
    for group, lines in gathered(study.lines, w.language.code):
        if group:
            rows.append(Row((plain(group),), heading=True))
        rows += [_main_row(line, w, keys) for line in lines]
    return Table(
        "targets",
        w.language.text("table.targets"),
        keys,
        tuple(w.language.text(f"column.{key}") for key in keys),
        tuple(rows),
        tuple(MAIN[key] for key in keys),
    )


def gathered(lines: Sequence[Line], lang: str) -> Iterator[tuple[str, list[Line]]]:
    """Chapters in the order they first appear in, each once with all its lines."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.item.group_in(lang), []).append(line)
    yield from found.items()


def full_table(study: Study, w: Wording) -> Table:
    """Same table with one column a fact."""
    return Table(
        "all_figures",
        w.language.text("table.targets"),
        FULL,
        tuple(w.language.text(f"full.{key}") for key in FULL),
        tuple(
            Row(tuple(_full_cells(line, w).values()), rating=line.assessment.rating) for line in study.lines
        ),
    )


def counts_table(study: Study, w: Wording) -> Table:
    """How many targets are in each class, binding and anticipatory ones apart."""
    summary = study.summary()
    rows = []
    for rating in RATINGS:
        lines = [line for line in study.lines if line.assessment.rating == rating]
        # A target met now has its own words for the same rating.
        for name in dict.fromkeys(w.rating(line.assessment) for line in lines):
            natures = [x.item.nature or "unstated" for x in lines if w.rating(x.assessment) == name]
            counts = [natures.count(nature) for nature in NATURES]
            rows.append(Row((plain(name), *_counts([*counts, sum(counts)])), rating=rating))
    totals = [int(summary[nature].sum()) for nature in NATURES]
    rows.append(Row((plain(w.language.text("table.total")), *_counts([*totals, sum(totals)]))))
    keys = ("rating", *NATURES, "total")
    titles = (w.language.text(f"nature.{n}") for n in NATURES)
    heads = (
        w.language.text("full.rating"),
        *(name[:1].upper() + name[1:] for name in titles),
        w.language.text("table.total"),
    )
    return Table("counts", w.language.text("table.counts"), keys, heads, tuple(rows), (2, 1, 1, 1, 1))


def risk_table(study: Study, w: Wording) -> Table:
    """Targets with a probability, the least likely first."""
    keys = ("rank", "indicator", "target", "probability", "needs", "reachable", "evidence")
    chosen = sorted(with_probability(study), key=lambda line: line.assessment.probability or 0.0)
    rows = []
    for rank, line in enumerate(chosen, start=1):
        a = line.assessment
        cells = (
            Cell(str(rank), value=rank, kind="number"),
            plain(f"{line.item.id} {w.label(line.item)}"),
            plain(w.threshold(line.item.target)),
            probability_cell(w.language, a.probability, w.word(a)),
            plain(_needs(line, w)),
            plain(_promised(line, w)),
            plain(w.evidence(a)),
        )
        rows.append(Row(cells, rating=a.rating))
    return Table(
        "risks",
        w.language.text("table.risks"),
        keys,
        tuple(w.language.text(f"risk.{key}") for key in keys),
        tuple(rows),
        (0.55, 2, 1.2, 1.2, 1.8, 1.1, 1),
    )


def areas_table(line: Line, w: Wording) -> Table:
    """Areas of one target, the least likely to meet it first."""
    together = line.assessment.together
    assert together is not None, "asked only of targets over many areas"
    ranked = sorted(zip(together.each.tolist(), together.areas, strict=True))
    rows = []
    for p, area in ranked:
        word = w.language.text(f"likelihood.{likelihood(p).key}")
        name = w.catalogue.area(area).label(w.language.code)
        rows.append(Row((plain(name), probability_cell(w.language, p), plain(word))))
    keys = ("area", "probability", "likelihood")
    heads = tuple(w.language.text(f"areas.{key}") for key in keys)
    caption = w.language.text("areas.caption", {"label": w.label(line.item)})
    return Table(anchor("areas", line), caption, keys, heads, tuple(rows), (2, 1, 2))


def with_probability(study: Study) -> list[Line]:
    """Lines that could be given a probability."""
    return [line for line in study.lines if line.assessment.probability is not None]


def short_note(line: Line, w: Wording) -> str:
    """One thing about a line that a reader of the table must know."""
    a = line.assessment
    if a.history is None:
        fits = w.reason(line).key != "does_not_fit"
        return w.language.text("line.no_figures" if fits else "line.does_not_fit")
    parts = []
    if is_unseen(a):
        parts.append(w.language.text(f"line.{unseen_key(a)}", {"source": w.source(a.history)}))
    elif line.item.by_proxy:
        key = "line.pace_only" if line.item.proxy_for == "change" else "line.stand_in"
        parts.append(w.language.text(key, {"source": w.source(a.history)}))
    elif a.probability is None and a.status == "unanswered":
        parts.append(w.note(w.reason(line)))
    lender = lent_by(a)
    parts += [] if lender is None else [w.note(lender)]
    told = (note for note in a.evidence.reasons if note.key in ("few_points", "provisional"))
    parts += [w.note(about_lender(a, note)) for note in told]
    return w.language.text("number.sentences").join(parts)


def about_lender(a: Assessment, note: Note) -> Note:
    """Note as it is said of a target without a figure of its own: few are the figures of who lends."""
    return Note("few_points_lent", note.values) if note.key == "few_points" and is_unseen(a) else note


def all_targets(study: Study, w: Wording) -> Section:
    """The main table, and before it how it is read: behind it that would be alone on a page."""
    return Section("targets", w.language.text("section.targets"), (*_reading(study, w), main_table(study, w)))


def _reading(study: Study, w: Wording) -> tuple[Paragraph, ...]:
    """How the main table is read; the base rate of plans once, for all that have no figures."""
    said = [w.language.text("table.reading")]
    if any(line.rests_on == "plans" for line in study.lines):
        said.append(w.language.text("table.bare", {"rate": base_rate_in_short(study.base_rate, w)}))
    return tuple(Paragraph(text, "note") for text in said)


def _main_row(line: Line, w: Wording, keys: tuple[str, ...]) -> Row:
    item, a, words = line.item, line.assessment, w.language
    nature = words.text(f"nature.{item.nature}") if item.nature else ""
    _, unit = words.plain_unit(w.unit(item.target.indicator, item.target.unit))
    below = tuple(part for part in (unit, nature) if part)
    by_key = {
        "id": plain(item.id),
        "indicator": Cell(w.label(item), (words.text("number.dot").join(below),) if below else ()),
        "latest": _latest(line, w),
        "target": Cell(
            w.threshold(item.target, in_words=False),
            () if item.target.kind.says_its_years else (str(item.target.year),),
        ),
        "completion": _completion(a, w),
        "growth": _growth(line, w),
        "outlook": _outlook(line, w),
        "probability": _probability(line, w),
        "rating": Cell(w.rating(a), (w.evidence(a),) if a.history else ()),
        "note": text_or_none(short_note(line, w)),
    }
    return Row(tuple(by_key[key] for key in keys), rating=a.rating)


def _probability(line: Line, w: Wording) -> Cell:
    """Probability with its word."""
    a = line.assessment
    return probability_cell(w.language, a.probability, *([w.word(a)] if a.likelihood else []))


def _latest(line: Line, w: Wording) -> Cell:
    a = line.assessment
    if a.history is None:
        return Cell(NONE, kind="number")
    details = [w.language.text("number.year", {"year": a.history.last_year})]
    if a.base is not None and a.base.year < a.history.last_year:
        base = class_of(a, a.base.value) or w.bare(a.history, a.base.value)
        details.append(w.language.text("line.base", {"value": base, "year": a.base.year}))
    if named := class_of(a, a.history.last_value):
        return Cell(named, tuple(details), named)
    text = w.bare(a.history, a.history.last_value)
    if line.item.by_proxy:
        # A proxy's figure never stands under the target's own unit without saying so.
        text = w.of_history(a.history, a.history.last_value)
        details.append(w.whose(a))
    return Cell(text, tuple(details), a.history.last_value, "number")


def _completion(a: Assessment, w: Wording) -> Cell:
    if a.completion is None or a.schedule is None or a.status in OUTCOMES or a.target.kind.classes:
        return Cell(NONE, kind="percent")
    elapsed = w.language.text("line.schedule", {"share": w.language.percent(a.schedule)})
    return percent_cell(w.language, a.completion, elapsed)


def _growth(line: Line, w: Wording) -> Cell:
    a = line.assessment
    if a.history is None or a.target.kind.classes:
        return Cell(NONE, kind="number")
    seen = w.growth(a.observed, a.history)
    details = []
    if a.required is not None:
        needed = w.growth(a.required, a.history).text
        details.append(w.language.text("line.allows" if has_room(a) else "line.needs", {"growth": needed}))
    if a.effort_ratio is not None:
        details.append(w.language.text("line.effort", {"times": effort(a, w)}))
    return Cell(seen.text, tuple(details), seen.value, seen.kind, seen.decimals)


def effort(a: Assessment, w: Wording) -> str:
    """Effort ratio as so many times, whole where it is large."""
    ratio = a.effort_ratio or 0.0
    decimals = 0 if ratio >= LARGE_RATIO else 1
    return w.language.text("number.times", {"x": w.language.number(ratio, decimals)})


def _outlook(line: Line, w: Wording) -> Cell:
    a = line.assessment
    if a.outlook is None or a.probability is None or a.history is None:
        return Cell(NONE, kind="number")
    if a.target.kind.classes:
        ends = w.language.span(*w.outlook_ends(line, a.outlook.interval(LEVEL)))
        return Cell(w.of_outlook(line, a.outlook.median()), (ends,))
    low, high = (w.estimate(a, x).text for x in a.outlook.interval(LEVEL))
    return w.estimate(a, a.outlook.median(), w.language.span(low, high))


def _needs(line: Line, w: Wording) -> str:
    a = line.assessment
    if a.history is None or a.required is None or a.target.kind.classes:
        return NONE
    values = {
        "required": w.growth(a.required, a.history).text,
        "observed": w.growth(a.observed, a.history).text,
    }
    return w.language.text("risk.allows" if has_room(a) else "risk.growth", values)


def _promised(line: Line, w: Wording) -> str:
    """What can be promised: the value alone, or with the years that are promised too."""
    a = line.assessment
    if a.reachable is None:
        return NONE
    every = a.target.kind.more_than_its_year
    return w.promise(line, a.reachable) if every else w.of_outlook(line, a.reachable)


def _full_cells(line: Line, w: Wording) -> dict[str, Cell]:
    """Every fact of a line as a cell of its own, by key, in the order of FULL."""
    item, a, words = line.item, line.assessment, w.language
    known = a.history
    outlook = a.outlook if a.probability is not None else None
    low, high = outlook.interval(LEVEL) if outlook else (None, None)
    _, unit = words.plain_unit(w.unit(item.target.indicator, item.target.unit))
    growth = {
        name: w.growth(each, known) if known and not a.target.kind.classes else Cell(NONE, kind="number")
        for name, each in (("observed", a.observed), ("required", a.required))
    }
    found = {
        "id": plain(item.id),
        "group": plain(item.group_in(words.code)),
        "indicator": plain(w.label(item)),
        "unit": plain(unit),
        "nature": plain(words.text(f"nature.{item.nature or 'unstated'}")),
        "base_year": year_cell(a.base.year if a.base else None),
        "base_value": w.seen(a, a.base.value if a.base else None),
        "last_year": year_cell(known.last_year if known else None),
        "last_value": w.seen(a, known.last_value if known else None),
        "goal": plain(w.threshold(item.target, in_words=False)),
        "target": _asked(line, w),
        "target_year": year_cell(item.target.year),
        "completion": percent_cell(words, None if a.target.kind.classes else a.completion),
        "schedule": percent_cell(words, a.schedule),
        **growth,
        "effort_ratio": number_cell(words, None if a.target.kind.classes else a.effort_ratio, 1),
        "median": w.estimate(a, outlook.median() if outlook else None),
        "low": w.estimate(a, low),
        "high": w.estimate(a, high),
        "probability": probability_cell(words, a.probability),
        "likelihood": text_or_none(w.word(a)),
        "rating": plain(w.rating(a)),
        "evidence": plain(a.evidence.grade),
        "note": text_or_none(short_note(line, w)),
    }
    return {key: found[key] for key in FULL}


def _asked(line: Line, w: Wording) -> Cell:
    """Number a target asks for: a class, a share of the base in percent, or a value in the unit beside it."""
    target = line.item.target
    if target.value is None:
        return number_cell(w.language, None)
    if target.kind.is_ratio:
        places = shown_decimals(100 * target.value)
        return Cell(w.language.percent(target.value, places), (), target.value, "percent", places)
    if named := class_of(line.assessment, target.value):
        return plain(named)
    factor, _ = w.language.plain_unit(w.unit(target.indicator, target.unit))
    return number_cell(w.language, factor * target.value)


def _counts(numbers: list[int]) -> list[Cell]:
    return [Cell(str(n), value=n, kind="number") for n in numbers]


def yearly_table(line: Line, w: Wording) -> Table | None:
    """Median and interval of each year to come, and the target in its own.

    None where there is no forecast of values: without a probability, or of classes.
    """
    a = line.assessment
    if a.history is None or a.fitted is None or a.probability is None or a.status in OUTCOMES:
        return None
    if a.target.kind.classes:
        return None
    factor, unit = w.measure(a.history)
    goal, steps, rows = a.target.threshold(a.history), a.target.kind.step_values, []
    tails = np.array([0.5, (1 - LEVEL) / 2, (1 + LEVEL) / 2])
    for year in range(a.history.last_year + 1, a.target.year + 1):
        outlook = a.fitted.predict(year)
        told = (w.estimate(a, float(x)) for x in outlook.quantile(tails))
        last = goal if a.target.kind.every_year or year == a.target.year else None
        asked = steps.get(year, last)
        aim = number_cell(w.language, None if asked is None else asked * factor)
        rows.append(Row((year_cell(year), *told, aim)))
    say = w.language.text
    caption = say("yearly.caption_in", {"unit": unit}) if unit else say("yearly.caption")
    heads = tuple(say(f"yearly.{key}") for key in YEARLY)
    return Table(anchor("yearly", line), caption, YEARLY, heads, tuple(rows), folded=True)
