"""The short form: one page for who decides, one row a target, and what is missing."""

from __future__ import annotations

from forecast.assessment.study import Line, Study
from forecast.report.content.appendix import undrawn, unread
from forecast.report.content.blocks import Block, Bullets, Chart, Paragraph, Row, Section, Table, plain
from forecast.report.content.findings import UNLIKELY, coverage, judgement, tension
from forecast.report.content.tables import all_targets, with_probability
from forecast.report.content.whole_plan import together
from forecast.report.content.wording import Wording, has_room, text_or_none

# A leader's page is ten lines and one chart: of them so many targets that need a decision.
DECISIONS = 5
# As many targets are on one chart as stand below ten lines on a page.
ROWS = 24


def summary_sections(study: Study, w: Wording) -> list[Section]:
    """Sections of the short form: at most four pages beside one compact row a target."""
    sections = [at_a_glance(study, w), all_targets(study, w)]
    further = unread(study, w), missing_figures(study, w), how_to_read(study, w)
    return sections + [section for section in further if section]


def at_a_glance(study: Study, w: Wording) -> Section:
    """Judgement, the plan as a whole, what needs a decision, and one chart."""
    say = w.language.text
    first, *rest = coverage(study, w)
    classes = judgement(study, w)[1:2]
    blocks: list[Block] = [Paragraph(first, "strong"), Bullets((*rest, *together(study, w), *classes))]
    asked = decisions(study, w)
    if asked:
        blocks += [Paragraph(say("summary.decide")), Bullets(asked)]
    blocks += _one_chart(study, w)
    return Section("overall", say("section.overall"), tuple(blocks))


def decisions(study: Study, w: Wording) -> tuple[str, ...]:
    """What somebody has to decide, the least likely target first, each in one line."""
    open_ = [x for x in with_probability(study) if (x.assessment.probability or 0.0) <= UNLIKELY]
    open_.sort(key=lambda line: line.assessment.probability or 0.0)
    said = [_decision(line, w) for line in open_[:DECISIONS]]
    if len(open_) > DECISIONS:
        said.append(w.language.text("summary.more", {"n": len(open_) - DECISIONS}))
    return tuple(said)


def missing_figures(study: Study, w: Wording) -> Section | None:
    """Which targets have no figures at all, and whom to ask: one row each."""
    code, say = w.language.code, w.language.text
    bare = [line for line in study.lines if line.assessment.history is None]
    if not bare:
        return None
    rows = tuple(
        Row(
            (
                plain(line.item.id),
                plain(w.label(line.item)),
                plain(w.threshold(line.item.target)),
                text_or_none(w.catalogue.indicator(line.item.target.indicator).publisher(code)),
            )
        )
        for line in bare
    )
    keys = ("id", "indicator", "target", "publisher")
    heads = (say("collect.id"), say("collect.indicator"), say("column.target"), say("collect.publisher"))
    table = Table("collect", say("collect.caption"), keys, heads, rows, (0.5, 2, 1.3, 2.6))
    return Section("collect", say("section.collect"), (table,))


def how_to_read(study: Study, w: Wording) -> Section:
    """What a reader must know to read the figures, in a few lines."""
    say = w.language.text
    parts = (say("method.question"), say("method.rating"), say("method.evidence"), say("summary.full"))
    told = (*(Paragraph(part, "note") for part in parts), *undrawn(study, w))
    return Section("method", say("section.method"), told)


def _decision(line: Line, w: Wording) -> str:
    a, say = line.assessment, w.language.text
    values: dict[str, object] = {
        "label": w.label(line.item),
        "goal": w.dated_goal(line.item.target),
        "p": a.probability,
    }
    parts = [say("summary.target", values)]
    if a.history is not None and a.required is not None and not a.target.kind.classes and not has_room(a):
        needed, seen = (w.growth(each, a.history).text for each in (a.required, a.observed))
        parts.append(say("summary.needs", {"required": needed, "observed": seen}))
    if explained_by := tension(line, w):
        parts.append(explained_by)
    if a.reachable is not None:
        parts.append(say("summary.promise", {"value": w.promise(line, a.reachable)}))
    return say("number.sentences").join(parts)


def _one_chart(study: Study, w: Wording) -> list[Block]:
    """Every target at a glance where a page can hold them, else how many will be met."""
    say, told = w.language.text, w.language.text("number.sentences").join(together(study, w))
    if not with_probability(study):
        return []
    assessed = sum(line.assessment.rating != "not_assessed" for line in study.lines)
    if assessed > ROWS and told:
        return [Chart("together", study, say("chart_caption.together"), told)]
    part = (1, min(assessed, ROWS))
    return [Chart("study", study, say("chart_caption.study"), told, part)]
