"""What stands behind the answers: what to collect, what changed, how it was done, how well it works."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from forecast.assessment.assessment import Assessment
from forecast.assessment.lent import lent_by
from forecast.assessment.study import Line, Study
from forecast.assessment.unseen import is_unseen
from forecast.language.message import told
from forecast.plot.fonts import BOX, missing
from forecast.report.content.blocks import Block, Bullets, Cell, Paragraph, Row, Section, Table, plain
from forecast.report.content.tables import with_probability
from forecast.report.content.whole_plan import base_rate_in_full
from forecast.report.content.wording import NONE, Wording, class_of, probability_cell, text_or_none

CALIBRATION = "calibration.json"
# The statement of the calibration sentence: the bin nearest to this stated probability.
QUOTED = 0.7
# A change of probability smaller than this is not called one.
NOTEWORTHY = 0.01


def to_collect(study: Study, w: Wording) -> Section | None:
    """What has no figures of its own, and what to collect from whom."""
    rows = []
    for line in study.lines:
        if line.assessment.history is not None and not line.item.by_proxy:
            continue
        entry = w.catalogue.indicator(line.item.target.indicator)
        code = w.language.code
        now = "collect.stand_in" if line.assessment.history is not None else "collect.nothing"
        now = "collect.parents" if is_unseen(line.assessment) else now
        if line.assessment.history is None and w.reason(line).key == "does_not_fit":
            now = "collect.does_not_fit"
        cells = (
            plain(line.item.id),
            Cell(w.label(line.item), (w.threshold(line.item.target),)),
            plain(w.language.text(now)),
            text_or_none(entry.definition(code)),
            text_or_none(entry.publisher(code)),
            text_or_none(line.item.note(code) if line.assessment.history is None else ""),
        )
        rows.append(Row(cells))
    if not rows:
        return None
    keys = ("id", "indicator", "now", "definition", "publisher", "note")
    heads = tuple(w.language.text(f"collect.{key}") for key in keys)
    caption = w.language.text("collect.caption")
    table = Table("collect", caption, keys, heads, tuple(rows), (0.6, 1.6, 0.9, 2.6, 2.2, 2.2))
    blocks: list[Block] = [Paragraph(w.language.text("collect.need"))]
    if any(line.assessment.history is None for line in study.lines):
        blocks.append(Paragraph(base_rate_in_full(study.base_rate, w)))
    return Section("collect", w.language.text("section.collect"), (*blocks, table))


def unread(study: Study, w: Wording) -> Section | None:
    """Targets of the plan's file that could not be read, each with why: they are in no count and no table."""
    say = w.language.text
    rows = [
        Row((plain(each.id), plain(each.indicator or NONE), plain(told(problem, w.language.code))))
        for each in study.plan.unread
        for problem in each.problems
    ]
    if not rows:
        return None
    keys = ("id", "indicator", "problem")
    heads = tuple(say(f"unread.{key}") for key in keys)
    table = Table("unread", say("unread.caption"), keys, heads, tuple(rows), (0.6, 1.6, 5))
    return Section("unread", say("section.unread"), (Paragraph(say("unread.need")), table))


def changes(study: Study, earlier: Study, w: Wording) -> Section:
    """What is different from an earlier study, target by target."""
    before = {line.item.id: line for line in earlier.lines}
    rows = [_change(line, before.get(line.item.id), w) for line in study.lines]
    kept = tuple(row for row in rows if row is not None)
    gone = [w.label(before[i].item) for i in before if i not in {line.item.id for line in study.lines}]
    keys = ("id", "indicator", "latest", "probability", "rating", "what")
    heads = tuple(w.language.text(f"changes.{key}") for key in keys)
    caption = w.language.text("changes.caption")
    blocks: list[Block] = [
        Paragraph(w.language.text("changes.intro", {"n": len(kept), "year": earlier.as_of or NONE}))
    ]
    if kept:
        blocks.append(Table("changes", caption, keys, heads, kept, (0.6, 1.8, 1.4, 1.4, 1.8, 2)))
    if gone:
        blocks.append(Paragraph(w.language.text("changes.gone", {"targets": gone})))
    return Section("changes", w.language.text("section.changes"), tuple(blocks))


def method(study: Study, w: Wording) -> Section:
    """How the answers were found, how well that works, and what it cannot do."""
    say = w.language.text
    key = f"method.{study.model}"
    model = (
        say(key)
        if w.language.knows(key)
        else say("method.other_model", {"model": w.model(study.model or NONE)})
    )
    after = (say(f"method.{part}") for part in ("probability", "arithmetic", "rating"))
    said = (say("method.question"), model, *_lent(study, w), *_bounds(study, w), *after)
    blocks: list[Block] = [Paragraph(text) for text in said]
    blocks.append(Paragraph(say("method.words", {"words": _words(w)})))
    blocks.append(Paragraph(say("method.evidence")))
    blocks += undrawn(study, w)
    if study.rng is not None:
        blocks.append(Paragraph(say("method.repeat", {"rng": study.rng}), "note"))
    limits = Bullets(tuple(say(f"limit.{i}") for i in range(1, 7)))
    inner = [_calibration(study, w), Section("limits", say("section.limits"), (limits,))]
    return Section("method", say("section.method"), tuple(blocks), tuple(inner))


def undrawn(study: Study, w: Wording) -> tuple[Paragraph, ...]:
    """Which characters of the reader's texts charts show as an empty box."""
    texts = [study.plan.title(w.language.code)]
    for line in study.lines:
        texts += [line.item.id, w.label(line.item)]
        if (known := line.assessment.history) is not None:
            texts += [w.source(known), w.unit(known.indicator, known.unit)]
    lost = [f"{c} (U+{ord(c):04X})" for c in missing("".join(texts))]
    said = w.language.text("method.undrawn", {"characters": lost, "box": BOX})
    return (Paragraph(said, "note"),) if lost else ()


def _lent(study: Study, w: Wording) -> tuple[str, ...]:
    """To how many answers parent areas lend: another model's, which the record is not of."""
    n = sum(lent_by(line.assessment) is not None for line in study.lines)
    return (w.language.text("method.lent", {"n": n}),) if n else ()


def _bounds(study: Study, w: Wording) -> tuple[str, ...]:
    """Which outlooks keep within bounds: only those whose bounds are stated."""
    known = [line for line in with_probability(study) if line.assessment.history is not None]
    histories = [(line, line.assessment.history) for line in known]
    found: tuple[str, ...] = ()
    if any(h is not None and None not in h.bounds for _, h in histories):
        found += (w.language.text("method.bounded"),)
    open_ = [w.label(x.item) for x, h in histories if h is not None and h.unit == "%" and None in h.bounds]
    return (*found, w.language.text("method.unbounded", {"labels": open_})) if open_ else found


def _calibration(study: Study, w: Wording) -> Section:
    """Record of the model in use; another model's record says nothing about it."""
    title, record = w.language.text("section.calibration"), calibration_record()
    if not record:
        return Section("calibration", title, (Paragraph(w.language.text("calibration.none")),))
    if record["model"] != study.model:
        models = {"known": w.model(record["model"]), "model": w.model(study.model or NONE)}
        said = w.language.text("calibration.another_model", models)
        return Section("calibration", title, (Paragraph(said),))
    bins = record["bins"]
    nearest = min(bins, key=lambda b: abs(b["stated"] - QUOTED))
    sentence = w.language.text(
        "calibration.sentence",
        {"said": w.language.number(nearest["said"]), "stated": w.language.percent(nearest["stated"]),
         "true": w.language.number(nearest["came_true"])},
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                probability_cell(w.language, b["stated"]),
                Cell(w.language.number(b["said"]), value=b["said"], kind="number"),
                Cell(w.language.number(b["came_true"]), value=b["came_true"], kind="number"),
                Cell(
                    w.language.percent(b["came_true"] / b["said"]) if b["said"] else NONE,
                    value=b["came_true"] / b["said"] if b["said"] else None,
                    kind="percent",
                ),
            )
        )
        for b in bins
    )
    keys = ("stated", "said", "came_true", "share")
    heads = tuple(w.language.text(f"calibration.{key}") for key in keys)
    table = Table("calibration", w.language.text("calibration.caption"), keys, heads, rows)
    source = Paragraph(record["source"][w.language.code], "note")
    return Section("calibration", title, (Paragraph(sentence, "strong"), table, source))


@cache
def calibration_record() -> dict[str, Any]:
    """How often statements came true, as the benchmark wrote it; empty where it has not run.

    ``{"model": "StructuralMixture", "source": {"en": ..., "zh": ...},
    "bins": [{"stated": 0.7, "said": 1000, "came_true": 693}, ...]}``
    """
    path = files("forecast.report.content").joinpath(CALIBRATION)
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def _words(w: Wording) -> list[str]:
    edges = (("virtually_certain", 0.99), ("very_likely", 0.90), ("likely", 0.66))
    low = (("unlikely", 0.33), ("very_unlikely", 0.10), ("exceptionally_unlikely", 0.01))
    say = w.language.text
    above = [
        say("method.above", {"word": say(f"likelihood.{k}"), "p": w.language.percent(p)}) for k, p in edges
    ]
    between = say("method.between", {"word": say("likelihood.about_as_likely_as_not")})
    below = [
        say("method.below", {"word": say(f"likelihood.{k}"), "p": w.language.percent(p)}) for k, p in low
    ]
    return [*above, between, *below]


def _change(line: Line, before: Line | None, w: Wording) -> Row | None:
    """What is different about one target; None where nothing is."""
    say, a = w.language.text, line.assessment
    if before is None:
        new = (plain(line.item.id), plain(w.label(line.item)), plain(NONE), plain(NONE), plain(w.rating(a)))
        return Row((*new, plain(say("changes.new"))), rating=a.rating)
    b, what = before.assessment, []
    if w.threshold(line.item.target) != w.threshold(before.item.target):
        what.append(
            say(
                "changes.target",
                {"was": w.threshold(before.item.target), "now": w.threshold(line.item.target)},
            )
        )
    if line.item.key != before.item.key:
        what.append(say("changes.judged_on"))
    if a.history is not None and b.history is not None:
        added = [int(y) for y in a.history.years if b.history.value_in(int(y)) is None]
        revised = [
            int(y)
            for y in a.history.years
            if b.history.value_in(int(y)) not in (None, a.history.value_in(int(y)))
        ]
        what += [say("changes.added", {"years": added})] if added else []
        what += [say("changes.revised", {"years": revised})] if revised else []
    moved = abs((a.probability or 0) - (b.probability or 0)) >= NOTEWORTHY or (a.probability is None) != (
        b.probability is None
    )
    if not what and not moved and a.rating == b.rating:
        return None
    cells = (
        plain(line.item.id),
        plain(w.label(line.item)),
        plain(_then_now(_last(b, w), _last(a, w), w)),
        plain(_then_now(_chance(b, w), _chance(a, w), w)),
        plain(_then_now(w.rating_word(b), w.rating_word(a), w)),
        text_or_none(say("number.sentences").join(what)),
    )
    return Row(cells, rating=a.rating)


def _then_now(was: str, now: str, w: Wording) -> str:
    """What was and what is; a symbol of a rating would be taken for the arrow between them."""
    key = "changes.unchanged" if was == now else "changes.from_to"
    return NONE if was == now == NONE else w.language.text(key, {"was": was, "now": now})


def _last(a: Assessment, w: Wording) -> str:
    if a.history is None:
        return NONE
    value = class_of(a, a.history.last_value) or w.bare(a.history, a.history.last_value)
    return w.language.text("fact.in_year", {"value": value, "year": a.history.last_year})


def _chance(a: Assessment, w: Wording) -> str:
    return NONE if a.probability is None else w.language.probability(a.probability)
