"""How the facts of one line of a study are said: values, growth, targets, reasons."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

import numpy as np

from forecast.assessment.assessment import Assessment
from forecast.assessment.growth import Growth
from forecast.assessment.model_spread import ANSWER
from forecast.assessment.study import Line
from forecast.assessment.unseen import is_unseen
from forecast.history.catalogue import Catalogue
from forecast.history.history import History
from forecast.language.language import Language, shown_decimals
from forecast.language.note import Note
from forecast.language.precision import UNROUNDED
from forecast.plot.axis_values import outlook_decimals
from forecast.report.content.blocks import Cell, plain
from forecast.target.describe import described
from forecast.target.plan import Item
from forecast.target.saying import Saying
from forecast.target.target import Target

# A model cannot be fitted to fewer figures than this.
FEWEST = 3
NONE = "–"
# A forecast value this many times smaller than the largest figure is 0 to every reader.
NOTHING = 1e-9
# What the errors of histories that are not there say, for one area and for many.
NO_FIGURES = ("no history", "has a history")
# Kinds that ask about the target year alone; the others ask about the way to it.
_UNSAFE = re.compile(r"\W+")
# Name of what is made of two series, the second perhaps of another area.
_DERIVED = re.compile(r"(.+?) ([/-]) (.+?)(?: \((.+)\))?")


@dataclass(frozen=True)
class Wording:
    """A language with the names of indicators and areas."""

    language: Language
    catalogue: Catalogue

    # Names

    def label(self, item: Item) -> str:
        """What the plan calls a target, else what the catalogue calls its indicator."""
        code = self.language.code
        known = self.called(item.target.indicator)
        return item.labels.get(code) or known if known != item.target.indicator else item.label(code)

    def called(self, indicator: str) -> str:
        """What a reader calls an indicator; one made of two is called after both."""
        code, derived = self.language.code, _DERIVED.fullmatch(indicator)
        if derived is None or indicator in self.catalogue.indicators:
            return self.catalogue.indicator(indicator).label(code)
        above, form, below, area = derived.groups()
        said = {name: self.catalogue.indicator(each).label(code) for name, each in
                (("above", above), ("below", below))}  # fmt: skip
        if area:
            said["below"] = self.language.text(
                "line.of_area", {"name": said["below"], "area": self.place(area)}
            )
        return self.language.text("line.ratio" if form == "/" else "line.difference", said)

    def drawn(self, target: Target) -> Target:
        """Target that names indicators as a reader does."""
        return replace(target, kind=target.kind.called(self.called))

    def unit(self, indicator: str, unit: str) -> str:
        """Unit as the language writes it."""
        entry = self.catalogue.indicator(indicator)
        return entry.unit_in(self.language.code) if unit in ("", entry.unit) else unit

    def source(self, history: History) -> str:
        """Indicator and area of a history, for a reader."""
        code = self.language.code
        values = {
            "indicator": self.called(history.indicator),
            "area": self.catalogue.area(history.area).label(code),
        }
        return self.language.text("line.source" if history.area else "line.source_without_area", values)

    def population(self, name: str) -> str:
        """Whose changes an outside view counts, in the language where it has a word for them."""
        key = f"population.{_UNSAFE.sub('_', name).lower()}"
        return self.language.text(key) if self.language.knows(key) else name

    def model(self, name: str) -> str:
        """What a reader calls a model: the default one is this report's."""
        if name == ANSWER:
            return self.language.text("models.default")
        return self.language.text(f"model.{name}") if self.language.knows(f"model.{name}") else name

    def note(self, note: Note) -> str:
        """Note as a sentence, with the names in it as the language has them."""
        values = dict(note.values)
        for name in ("population", "lowest", "highest", "model"):
            if name in values:
                said = self.population if name == "population" else self.model
                values[name] = said(str(values[name]))
        if "area" in values:
            values["area"] = self.place(values["area"])
        lent = values.get("areas")
        if isinstance(lent, list | tuple):
            values["areas"] = [self.place(each) for each in lent]
        return self.language.note(Note(note.key, values))

    def place(self, name: object) -> str:
        """Label of an area."""
        return self.catalogue.area(str(name)).label(self.language.code)

    def whose(self, a: Assessment) -> str:
        """In brackets, whose figures are not the target's own: the area that lends, or a proxy's."""
        parent = self.place(a.history.area) if a.history is not None and is_unseen(a) else ""
        say = self.language.text
        return say("line.of_parent", {"area": parent}) if parent else say("line.of_stand_in")

    # Figures

    def of_history(self, history: History, x: float, decimals: int | None = None) -> str:
        """Value of a history's indicator with its unit, written as tables write it."""
        factor, plain = self.measure(history)
        less = self.places(history, x) if decimals is None else decimals - round(math.log10(factor))
        return self.language.value(x * factor, plain, less)

    def measure(self, history: History) -> tuple[float, str]:
        """Unit that tables count a history in, and how many of it the history's own is."""
        return self.language.plain_unit(self.unit(history.indicator, history.unit))

    def bare(self, history: History, x: float) -> str:
        """Value of a history's indicator without its unit, as tables count it."""
        return self.language.number(x * self.measure(history)[0], self.places(history, x))

    def places(self, history: History, x: float) -> int | None:
        """Decimals of a value as tables count it: those of its series, and more where it has more."""
        published, factor = published_decimals(history), self.measure(history)[0]
        if published is None:
            return None
        return max(published - round(math.log10(factor)), shown_decimals(x * factor), 0)

    def seen(self, a: Assessment, x: float | None) -> Cell:
        """Value of a line's history as a cell without its unit, or the class it stands for."""
        if x is None or a.history is None:
            return number_cell(self.language, None)
        if named := class_of(a, x):
            return plain(named)
        return number_cell(self.language, x * self.measure(a.history)[0], self.places(a.history, x))

    def estimate(self, a: Assessment, x: float | None, *details: str) -> Cell:
        """Forecast value as a cell without its unit, no finer than its uncertainty allows."""
        if x is None or a.history is None:
            return number_cell(self.language, None)
        if named := class_of(a, x):
            return Cell(named, details)
        factor, _ = self.measure(a.history)
        x = _no_finer_than_counts(a.history, x)
        places = outlook_decimals(a, x) - round(math.log10(factor))
        return number_cell(self.language, x * factor, places, *details)

    def of_outlook(self, line: Line, x: float) -> str:
        """Forecast value, no finer than its uncertainty allows, with its unit."""
        history = _known(line)
        named = class_of(line.assessment, x)
        if named:
            return named
        x = _no_finer_than_counts(history, x)
        return self.of_history(history, x, outlook_decimals(line.assessment, x))

    def figure(self, a: Assessment, x: float) -> str:
        """Value of a line's history: the class itself where the history holds classes."""
        assert a.history is not None, "asked only of lines with a history"
        return class_of(a, x) or self.of_history(a.history, x)

    def outlook_ends(self, line: Line, ends: tuple[float, float]) -> tuple[str, str]:
        """Ends of a forecast's range."""
        low, high = (self.of_outlook(line, x) for x in ends)
        return self.language.once(low, high)

    def growth(self, growth: Growth | None, history: History, *, in_words: bool = False) -> Cell:
        """Yearly growth: compound, in percentage points, or in the unit."""
        words = self.language
        if growth is None:
            return Cell(NONE, kind="number")
        if is_compound(growth, history):
            rate = float(growth.compound or 0.0)
            return Cell(_signed(words.percent(rate, 1), rate), value=rate, kind="percent", decimals=1)
        x, places = growth.per_year, change_decimals(growth.per_year)
        unit = self.unit(history.indicator, history.unit)
        if unit == "%":
            key = "number.points" if in_words else "number.points_short"
            short = words.text("number.points_short", {"x": ""}).strip()
            return Cell(words.text(key, {"x": words.signed(x, places)}), (), x, "number", places, short)
        factor, plain = self.measure(history)
        less = max(places - round(math.log10(factor)), 0)
        return Cell(
            _signed(words.value(x, unit, places), x), (), x * factor, "number", less, words.suffix(plain)
        )

    def dated_goal(self, target: Target) -> str:
        """What a target asks for and when: "at least 80 % in 2026"."""
        goal = self.threshold(target)
        if target.kind.says_its_years:
            return goal
        key = "fact.goal_in_year" if target.kind.of_one_year else "fact.goal_by_year"
        return self.language.text(key, {"goal": goal, "year": target.year})

    def promise(self, line: Line, x: float) -> str:
        """What a forecast value lets one promise, with its years: "at least 70 % in every year"."""
        target = line.assessment.target
        say = Saying(self.language, self.unit(target.indicator, target.unit), target.unit)
        goal = target.kind.promised(say, target.year, self.of_outlook(line, x))
        if target.kind.says_its_years and target.kind.more_than_its_year:
            return goal
        key = "fact.goal_by_year" if target.kind.more_than_its_year else "fact.goal_in_year"
        return self.language.text(key, {"goal": goal, "year": target.year})

    def pace(self, growth: Growth, history: History) -> str:
        """Yearly growth as a phrase: "a rise of 5.1 % a year"."""
        words, unit = self.language, self.unit(history.indicator, history.unit)
        if is_compound(growth, history):
            x, kind = float(growth.compound or 0.0), "rate"
            size = words.percent(abs(x), 1)
        else:
            x, kind = growth.per_year, "points" if unit == "%" else "amount"
            places = change_decimals(x)
            size = words.number(abs(x), places) if unit == "%" else words.value(abs(x), unit, places)
        way = "same" if not size.strip("0. %") else "rise" if x > 0 else "fall"
        return words.text(f"pace.{kind}_{way}", {"x": size})

    def threshold(self, target: Target, *, in_words: bool = True) -> str:
        """What a target asks for: in words "at least 80 %", else "≥ 80"."""
        unit = self.unit(target.indicator, target.unit)
        return described(self.language, self.drawn(target), unit, in_words=in_words)

    def rating(self, a: Assessment) -> str:
        """Class with its symbol, so that colour is never needed."""
        return f"{self.language.text(f'symbol.{a.rating}')} {self.rating_word(a)}"

    def rating_word(self, a: Assessment) -> str:
        """Class in words; that of a target met now says how safely it is kept."""
        kept = "rating_kept" if a.status == "maintain" else "rating"
        return self.language.text(f"{kept}.{a.rating}")

    def word(self, a: Assessment) -> str:
        """Word for the probability."""
        return self.language.text(f"likelihood.{a.likelihood.key}") if a.likelihood else ""

    def evidence(self, a: Assessment) -> str:
        """Evidence grade with its word."""
        words = self.language.text(f"grade.{a.evidence.grade}")
        return self.language.text("line.grade", {"grade": a.evidence.grade, "words": words})

    def reason(self, line: Line) -> Note:
        """Why there is no probability."""
        a = line.assessment
        if any(note.key == "proxy_shows_pace_only" for note in a.notes):
            return Note("proxy_shows_pace_only")
        if a.history is None:
            values = {"problem": a.failure}
            if not any(words in (a.failure or "") for words in NO_FIGURES):
                return Note("does_not_fit", values)
            near = "Did you mean" in (a.failure or "")
            return Note("no_history_under_that_name", values) if near else Note("no_history_of_target")
        if a.target.year <= a.history.last_year:
            return Note("year_not_observed", {"year": a.target.year})
        n = len(a.history)
        return Note("too_few_for_a_forecast" if n < FEWEST else "no_model_serves", {"n": n})


def anchor(what: str, line: Line) -> str:
    """Name for one part of a report, safe in addresses and file names.

    Examples
    --------
    >>> from forecast.assessment.assessment import Assessment
    >>> target = Target.at_least("x", 1, year=2030)
    >>> anchor("target", Line(Item("3 / b", target), Assessment(target)))
    'target-3-b'
    """
    return f"{what}-{_UNSAFE.sub('-', line.item.id).strip('-')}"


def class_of(a: Assessment, x: float) -> str:
    """Class at a position, where the history holds classes; else nothing."""
    classes = a.target.kind.classes
    return classes[min(max(round(x), 1), len(classes)) - 1] if classes else ""


def has_room(a: Assessment) -> bool:
    """Whether the growth to the target is what it may still lose, not what it needs."""
    return a.required is not None and a.required.per_year * a.target.direction < 0


def is_compound(growth: Growth, history: History) -> bool:
    """Whether a growth is told as a rate: not for shares, nor where a ratio means nothing."""
    return growth.compound is not None and None in history.bounds


def told_pace(growth: Growth, history: History) -> float:
    """Yearly growth as it is told: the rate of an amount, the points of a share."""
    return float(growth.compound or 0.0) if is_compound(growth, history) else growth.per_year


def published_decimals(history: History) -> int | None:
    """Decimals its publisher rounded to; None where nobody seems to have rounded."""
    return history.decimals if history.decimals < UNROUNDED else None


def change_decimals(x: float) -> int:
    """Decimals for a yearly change: one, more for a small one, none for a large one."""
    if x == 0 or not math.isfinite(x):
        return 1
    return 0 if abs(x) >= 100 else max(-math.floor(math.log10(abs(x))), 1)


def number_cell(words: Language, x: float | None, decimals: int | None = None, *details: str) -> Cell:
    """Number as a cell; one told in tens or hundreds is kept so: no format can hide its digits."""
    if x is None or not math.isfinite(x):
        return Cell(NONE, details, kind="number")
    places = shown_decimals(x) if decimals is None else decimals
    value = round(float(x), places) if places < 0 else float(x)
    return Cell(words.number(x, decimals), details, value, "number", max(places, 0))


def percent_cell(words: Language, p: float | None, *details: str) -> Cell:
    """Proportion as a cell of whole percents."""
    return Cell(NONE, details, kind="percent") if p is None else Cell(words.percent(p), details, p, "percent")


def probability_cell(words: Language, p: float | None, *details: str) -> Cell:
    """Probability as a cell, never 0 or 100 %."""
    if p is None:
        return Cell(NONE, details, kind="probability")
    return Cell(words.probability(p), details, p, "probability")


def year_cell(year: int | None) -> Cell:
    """Year as a cell."""
    return Cell(NONE, kind="year") if year is None else Cell(str(year), value=year, kind="year")


def text_or_none(text: str) -> Cell:
    """Words as a cell, a dash where there are none."""
    return plain(text) if text else Cell(NONE)


def _no_finer_than_counts(history: History, x: float) -> float:
    """Forecast value, or 0 where it is nothing beside the figures: 5.7e-91 tonnes are none."""
    return 0.0 if abs(x) < NOTHING * float(np.abs(history.values).max()) else x


def _known(line: Line) -> History:
    history = line.assessment.history
    assert history is not None, "asked only of lines with a history"
    return history


def _signed(text: str, x: float) -> str:
    return f"+{text}" if x > 0 and any(c in "123456789" for c in text) else text
