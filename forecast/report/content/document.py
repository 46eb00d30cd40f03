"""A report in no format yet: what it says, in which order, of one study."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass, field

from forecast.assessment.study import Line, Study
from forecast.errors import ReportError
from forecast.language.language import Language
from forecast.language.message import Message, suggestion
from forecast.report.content.appendix import changes, method, to_collect, unread
from forecast.report.content.blocks import Block, Bullets, Chart, Paragraph, Section, Table
from forecast.report.content.cards import card
from forecast.report.content.findings import disagreement, judgement
from forecast.report.content.summary import summary_sections
from forecast.report.content.tables import (
    all_targets,
    areas_table,
    counts_table,
    full_table,
    risk_table,
    with_probability,
)
from forecast.report.content.whole_plan import together_chart
from forecast.report.content.wording import NONE, Wording

# As many targets are on one chart as a page of A4 shows at reading size.
ROWS = 24
DETAILS = ("summary", "full")


@dataclass(frozen=True, eq=False)
class Document:
    """A report: title, one date, sections."""

    title: str
    subtitle: str
    wording: Wording
    date: datetime.date
    dated: str
    sections: tuple[Section, ...]
    # The main table with one column a fact, for spreadsheets.
    full_table: Table
    study: Study = field(repr=False)

    @property
    def language(self) -> Language:
        """Language it is written in."""
        return self.wording.language


def document(
    study: Study,
    *,
    lang: str = "en",
    since: Study | None = None,
    date: datetime.date | None = None,
    detail: str = "full",
) -> Document:
    """Report on a study, ready to be written in any format.

    Parameters
    ----------
    study : Study
    lang : str
        ``"en"`` or ``"zh"``.
    since : Study, optional
        An earlier study to compare with.
    date : datetime.date, optional
        Printed as the date of the report. Default: today.
    detail : str
        ``"summary"``: one page for who decides, one row a target, what is missing. ``"full"``: a page for
        every target with charts, reasons, official methods and sources.

    Returns
    -------
    Document

    Raises
    ------
    ReportError
        For another *detail*.
    """
    check_detail(detail)
    words = Language(lang)
    w = Wording(words, study.histories.catalogue)
    written = date or datetime.date.today()
    sections = full_sections(study, w) if detail == "full" else summary_sections(study, w)
    if since is not None:
        sections.insert(-1, changes(study, since, w))
    return Document(
        title=study.plan.title(lang) or words.text("title.untitled"),
        subtitle=words.text("title.subtitle"),
        wording=w,
        date=written,
        dated=words.text("title.dated", {"as_of": study.as_of or NONE, "date": words.date(written)}),
        sections=tuple(sections),
        full_table=full_table(study, w),
        study=study,
    )


def check_detail(detail: str) -> None:
    """Refuse a detail that does not exist.

    Raises
    ------
    ReportError
    """
    if detail not in DETAILS:
        raise ReportError(Message("detail_unknown", detail=detail, hint=suggestion(detail, DETAILS)))


def full_sections(study: Study, w: Wording) -> list[Section]:
    """Sections of the whole report, the method last."""
    words = w.language
    cards = [card(line, w, study.base_rate) for line in study.lines if line.assessment.history is not None]
    sections = [_overall(study, w), all_targets(study, w)]
    sections += [section for section in (unread(study, w),) if section]
    if cards:
        intro = Paragraph(words.text("section.cards_intro"), "note")
        sections.append(Section("cards", words.text("section.cards"), (intro,), tuple(cards)))
    if with_probability(study):
        sections.append(_risks(study, w))
    many = [line for line in study.lines if line.assessment.together is not None]
    if many:
        sections.append(_areas(many, w))
    sections += [section for section in (to_collect(study, w),) if section]
    return [*sections, method(study, w)]


def _overall(study: Study, w: Wording) -> Section:
    say = w.language.text
    first, *rest = judgement(study, w)
    if study.plan.unread:
        rest.insert(0, say("judgement.unread", {"n": len(study.plan.unread)}))
    blocks: list[Block] = [Paragraph(first, "strong"), Bullets(tuple(rest))] if rest else [Paragraph(first)]
    blocks.append(counts_table(study, w))
    if with_probability(study):
        blocks += _charts(study, w, " ".join(rest))
    blocks += together_chart(study, w)
    return Section("overall", say("section.overall"), tuple(blocks))


def _charts(study: Study, w: Wording, told: str) -> list[Chart]:
    """Targets at a glance, in as many charts as pages are needed to read them."""
    say, n = w.language.text, len(study.lines)
    if n <= ROWS:
        return [Chart("study", study, say("chart_caption.study"), told)]
    each = math.ceil(n / math.ceil(n / ROWS))
    parts = [(first, min(first + each - 1, n)) for first in range(1, n + 1, each)]
    captions = (say("chart_caption.study_ranks", {"first": a, "last": b}) for a, b in parts)
    return [Chart("study", study, c, told, part) for c, part in zip(captions, parts, strict=True)]


def _areas(lines: list[Line], w: Wording) -> Section:
    """Page of the targets that many areas have to meet, area by area."""
    blocks: list[Block] = []
    for line in lines:
        together = line.assessment.together
        assert together is not None, "chosen for having one"
        values = {
            "label": w.label(line.item),
            "goal": w.threshold(line.item.target),
            "areas": len(together.areas),
            "needed": together.needed,
            "expected": round(together.expected, 1),
            "p": together.probability,
        }
        blocks += [Paragraph(w.language.text("areas.finding", values)), areas_table(line, w)]
    return Section("areas", w.language.text("section.areas"), tuple(blocks))


def _risks(study: Study, w: Wording) -> Section:
    say = w.language.text
    blocks: list[Block] = [risk_table(study, w)]
    named = ((w.label(line.item), disagreement(line, w)) for line in study.lines)
    differing = [say("line.labelled", {"label": label, "text": text}) for label, text in named if text]
    if differing:
        blocks += [Paragraph(say("section.disagree")), Bullets(tuple(differing))]
    return Section("risks", say("section.risks"), tuple(blocks))
