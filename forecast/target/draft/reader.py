"""A document, block by block: what its headings say, and which grammar reads each block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from forecast.target.draft.chinese import read_paragraph
from forecast.target.draft.context import Context
from forecast.target.draft.document import Block, Document
from forecast.target.draft.english import read_english
from forecast.target.draft.found import Left, Stated
from forecast.target.draft.plain import Plain, is_chinese, is_traditional, original, plain
from forecast.target.draft.sections import Heading, heading_of, inline_heading, period_of, said
from forecast.target.draft.tables import read_table

_TITLE_LENGTH = 600
_REPORT = re.compile(r"(20\d\d)年[^。,\n]{0,20}(?:政府工作报告|工作报告|计[划画]|工作要点)")
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_DATE = re.compile(
    rf"(20\d\d)(?:年|-|/)\d{{1,2}}(?:月|-|/)\d{{1,2}}"
    rf"|\b{_MONTH} \d{{1,2}}, (20\d\d)\b|\b\d{{1,2}} {_MONTH} (20\d\d)\b"
)
_GOALS_FOLLOW = re.compile(
    r"(?:目标|指标)[^。]{0,30}[:：]$|\b(?:targets?|goals?|objectives?|indicators?|resolutions?|commitments?"
    r"|pledges?)\b[^.]*:?$",
    re.I,
)
_TITLED = re.compile(
    r"规划|纲要|指标|计[划画]|目标|方案|报告|plan|target|goal|agenda|vision|strategy|objective|resolution"
    r"|indicator|europe"
    r"|facts",
    re.I,
)
# A document so short holds no tasks apart from its targets.
_SHORT = 3000


@dataclass
class Reader:
    """Goes through a document and gathers what it states."""

    document: Document
    year: int | None = None
    stated: list[Stated] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    listing: bool = False
    listed_for: Context | None = None
    roc: bool = False
    before: Context | None = None

    def read(self) -> tuple[list[Stated], list[Left]]:
        """Targets and the sentences left."""
        text = self.document.text
        self.roc = is_traditional(text) and bool(
            re.search("民國|行政院|國發會|國家發展委員會|臺灣|台灣|國家發展計畫", text)
        )
        self.about = title_context(self.document, self.year, roc=self.roc)
        for block in self.document.blocks:
            self._block(block)
        return self._weighed(), self.left

    def _block(self, block: Block) -> None:
        if block.kind == "table":
            source = self.document.text
            stated, left = read_table(block, self._context(), source)
            text = plain(source[block.start : block.end], block.start)
            self.stated += [_as_written(each, text, source) for each in stated]
            self.left += left
            return
        text = plain(self.document.text[block.start : block.end], block.start, roc=self.roc)
        stripped = text.text.strip()
        if not stripped:
            return
        heading = heading_of(stripped, block.level if block.kind == "heading" else 0)
        if heading is not None:
            self._under(heading)
            if block.kind == "heading" or len(stripped) < 20:
                return
        elif (opened := inline_heading(stripped)) is not None:
            self._under(said(opened[0], 3))
        self._paragraph(text)

    def _under(self, heading: Heading) -> None:
        if self.listing and heading.rank > 3 and heading.past is None and not heading.goal:
            return
        while self.headings and self.headings[-1].rank >= heading.rank:
            self.headings.pop()
        self.headings.append(heading)
        self.listing, self.listed_for, self.before = False, None, None

    def _context(self) -> Context:
        """What the headings over a block say, the nearest first."""
        context = self.about
        for heading in self.headings:
            if heading.year is not None:
                context = replace(context, year=heading.year, first=heading.first, where="heading")
            elif "今年" in heading.text and context.now is not None:
                context = replace(context, year=context.now, first=context.now, where="heading")
            if heading.past is not None:
                context = replace(context, past=heading.past)
            if heading.past or (heading.past is False and not heading.goal):
                context = replace(context, goal=False)
            if heading.goal:
                context = replace(context, goal=True)
            context = replace(context, nature=heading.nature or context.nature)
        if self.listing:
            context = replace(context, goal=True, past=False)
            told = self.listed_for
            if told is not None and told.year is not None:
                context = replace(context, year=told.year, first=told.first, where="paragraph")
        if context.year is None and self.before is not None:
            told = self.before
            context = replace(
                context, year=told.year, first=told.first, where="paragraph before", past=told.past
            )
        return context

    def _paragraph(self, text: Plain) -> None:
        context = self._context()
        told = next((heading.past for heading in reversed(self.headings) if heading.past is not None), None)
        known = told is not None or self.about.year is not None or self.listing or self.before is not None
        source = self.document.text
        if is_chinese(text.text):
            got = read_paragraph(text, context, source, planned=told is False, tense_known=known)
            stated, left, after = got.stated, got.left, got.context
            stated = [_as_written(each, text, source) for each in stated]
        else:
            stated, left, after = read_english(text, context, source)
        self.stated += stated
        self.left += left
        told_year = after.where == "paragraph" and after.year is not None and not after.past
        self.before = after if told_year else self.before
        opens = bool(_GOALS_FOLLOW.search(text.text.strip()))
        self.listed_for = after if opens else self.listed_for
        self.listing = opens or (self.listing and _is_listed(text.text))

    def _weighed(self) -> list[Stated]:
        """Mark what stands among tasks as minor, unless the document has nothing but tasks, or is short."""
        main = [each for each in self.stated if not each.minor]
        if len(self.document.text) < _SHORT or len(main) < 3:
            return [replace(each, minor=False) for each in self.stated]
        return self.stated


def title_context(document: Document, year: int | None, *, roc: bool = False) -> Context:
    """What the head of a document says of all of it: the years of the plan, and when it speaks."""
    prose = "\n".join(
        document.text[each.start : each.end] for each in document.blocks[:40] if each.kind != "table"
    )
    head = plain(prose[:_TITLE_LENGTH].replace("\n", "。"), roc=roc).text
    report = _REPORT.search(head)
    date = _DATE.search(head)
    now = int(next(year for year in date.groups() if year)) if date else None
    china = bool(re.search(r"\bChin(?:a|ese)\b", document.text[:3000]))
    context = Context(now=now, china=china)
    if not report and now is not None and re.search(r"政府工作报告", head):
        context = replace(context, year=now, first=now, where="title", report=True)
    elif report:
        context = replace(
            context,
            year=int(report[1]),
            first=int(report[1]),
            where="title",
            report=True,
            now=min(int(report[1]), now or int(report[1])),
        )
    else:
        for number, sentence in enumerate(_title_sentences(head)):
            first, last = period_of(sentence, china=china)
            if first is not None and first == last and (number or len(sentence) > 60):
                continue
            if last is not None and (now is None or last >= now):
                context = replace(context, year=last, first=first, now=now or first, where="title")
                break
    if year is not None:
        context = replace(context, year=year, first=None, where="argument", now=context.now)
    return context


def _title_sentences(head: str) -> Iterator[str]:
    """Yield what at the head of a document names a plan: short lines, and plans named in a sentence."""
    for sentence in re.split(r"[。!?\n]|\. ", head):
        # 今年是“十三五”的重要一年: of the plan only one year is spoken of.
        if not _TITLED.search(sentence) or "今年是" in sentence:
            continue
        if len(sentence) <= (60 if is_chinese(sentence) else 120):
            yield sentence
        elif named := re.search(r"《[^》]*》|\"十[一二三四五六七八九]?五\"", sentence):
            yield named[0]


def _as_written(each: Stated, text: Plain, source: str) -> Stated:
    """Target with its indicator and unit in the document's own characters."""
    return replace(
        each, indicator=original(each.indicator, text, source), unit=original(each.unit, text, source)
    )


def _is_listed(text: str) -> bool:
    """Whether a paragraph goes on with a list: a mark opens it, or it is short, or another follows."""
    marked = re.match(r"\s*(?:[-·*•>■◆●▪○]|\(?\d{1,2}[).、]|--|[一二三四五六七八九十]是|\(?[a-z]\))", text)
    return bool(marked) or text.rstrip().endswith((";", ":")) or len(text) < (60 if is_chinese(text) else 160)
