"""The words and the number habits of the languages that reports are written in.

The words live in ``language/en.toml`` and ``language/zh.toml``, the same keys in both;
nothing else in this package holds a sentence that a reader of a report sees.
"""

from __future__ import annotations

import datetime
import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter

from forecast.errors import ReportError
from forecast.language.message import Message, suggestion
from forecast.language.note import Note

LANGUAGES = ("en", "zh")
# No probability is reported as 0 or 1: a short history cannot show so much.
LEAST_SHOWN, MOST_SHOWN = 0.01, 0.99
# Without a stated number of decimals, a figure shows so many digits.
DIGITS = 4
# Beyond these a number is told with a power of ten: nobody counts its zeros.
SMALLEST, LARGEST = 1e-4, 1e12
MINUS = "\N{MINUS SIGN}"

Texts = Mapping[str, object]


@dataclass(frozen=True)
class Language:
    """One language: its sentences by key, and how it writes numbers.

    Parameters
    ----------
    code : str
        ``"en"`` or ``"zh"``.

    Raises
    ------
    ReportError
        For a language that has no texts.

    Examples
    --------
    >>> zh = Language("zh")
    >>> zh.probability(0.374), zh.probability(0.004), zh.text("likelihood.likely")
    ('37%', '<1%', '可能')
    >>> Language("en").value(9.248, "100 million yuan")
    '924.8 million yuan'
    """

    code: str

    def __post_init__(self) -> None:
        if self.code not in LANGUAGES:
            raise ReportError(
                Message("language_unknown", code=self.code, hint=suggestion(str(self.code), LANGUAGES))
            )

    def text(self, key: str, values: Mapping[str, object] | None = None) -> str:
        """Sentence with that dotted key, its places filled in.

        Parameters
        ----------
        key : str
            For example ``"note.few_points"``.
        values : mapping of str to object
            Numbers are written in the language's habit; a list as "a, b and c".

        Raises
        ------
        ReportError
            If there is no such sentence, or a value for one of its places is missing.
        """
        found = _sentences(self.code).get(key)
        if found is None:
            raise ReportError(
                f"no text {key!r} in {self.code}.toml. {suggestion(key, _sentences(self.code))}"
            )
        given = values or {}
        try:
            return _Filler(self).vformat(_form(found, given), (), given)
        except KeyError as missing:
            raise ReportError(f"text {key!r} needs a value for {missing}; got {sorted(given)}.") from None

    def knows(self, key: str) -> bool:
        """Whether there is a sentence with that key."""
        return key in _sentences(self.code)

    def note(self, note: Note) -> str:
        """Note as a sentence."""
        return self.text(f"note.{note.key}", note.values)

    def probability(self, p: float) -> str:
        """Probability in whole percents, never 0 or 100."""
        if p < LEAST_SHOWN:
            return "<" + self.percent(LEAST_SHOWN)
        if p > MOST_SHOWN:
            return ">" + self.percent(MOST_SHOWN)
        return self.percent(p)

    def percent(self, x: float, decimals: int = 0) -> str:
        """Proportion as a percentage."""
        return self.value(100 * x, "%", decimals)

    def number(self, x: float, decimals: int | None = None) -> str:
        """Number with so many decimals, or with the digits it needs, at most four.

        Examples
        --------
        >>> Language("en").number(1.6e-9), Language("en").number(1.62e13, -11)
        ('1.6×10⁻⁹', '16.2×10¹²')
        """
        places = shown_decimals(x) if decimals is None else decimals
        rounded = round(float(x), places)
        if rounded and math.isfinite(rounded) and not SMALLEST <= abs(rounded) < LARGEST:
            # In steps of a thousand, as the axes of charts count.
            power = 3 * math.floor(math.log10(abs(rounded)) / 3)
            shown = abs(rounded) / 10.0**power
            most = max(places + power, 0)
            kept = min(shown_decimals(shown) if decimals is None else most, DIGITS - 1)
            text = f"{shown:.{kept}f}{power_of_ten(power)}"
        else:
            text = f"{abs(rounded):{self._thousands}.{max(places, 0)}f}"
        return MINUS + text if rounded < 0 else text

    def signed(self, x: float, decimals: int | None = None) -> str:
        """Number with its sign, also where it is positive."""
        text = self.number(x, decimals)
        return text if text.startswith(MINUS) or not text.strip("0.") else "+" + text

    def value(self, x: float, unit: str, decimals: int | None = None) -> str:
        """Number with its unit, written out: beside the 1,800,000 of a table, 1.8 million looks like another.

        Parameters
        ----------
        x : float
        unit : str
            As the language writes it; ``""`` for a pure number.
        decimals : int, optional

        Examples
        --------
        >>> Language("zh").value(1_800_000, "人"), Language("en").value(1_800_000, "people")
        ('1800000人', '1,800,000 people')
        """
        factor, plain = self.plain_unit(unit)
        if plain != unit:
            less = None if decimals is None else decimals - round(math.log10(factor))
            return self.value(x * factor, plain, less)
        if not self.suffix(unit):
            return self.number(x, decimals)
        return f"{self.number(x, decimals)}{'' if self.code == 'zh' else ' '}{unit}"

    def suffix(self, unit: str) -> str:
        """What stands behind a number: its unit, or nothing for an index or a class."""
        return "" if unit in self._bare_units else unit

    def plain_unit(self, unit: str) -> tuple[float, str]:
        """Unit without a number of its own, and how many of it the given one is.

        Examples
        --------
        >>> Language("en").plain_unit("100 million yuan"), Language("zh").plain_unit("亿元")
        ((100.0, 'million yuan'), (1.0, '亿元'))
        """
        for prefix, (factor, words) in self._counted_units.items():
            if unit.startswith(prefix):
                return float(factor), words + unit[len(prefix) :]
        return 1.0, unit

    def points(self, x: float, decimals: int = 1) -> str:
        """Change of a share, in percentage points."""
        return self.text("number.points", {"x": self.signed(x, decimals)})

    def times(self, x: float) -> str:
        """Ratio as so many times."""
        return self.text("number.times", {"x": self.number(x, 1)})

    def span(self, low: str, high: str) -> str:
        """Two written numbers as "from to"."""
        return self.text("number.span", {"low": low, "high": high})

    def once(self, low: str, high: str) -> tuple[str, str]:
        """Ends of a range: English names a unit once, Chinese with both ends.

        Examples
        --------
        >>> Language("en").once("70 %", "82 %"), Language("zh").once("70%", "82%")
        (('70', '82 %'), ('70%', '82%'))
        """
        number, _, unit = low.partition(" ")
        same = bool(unit) and unit == high.partition(" ")[2] and number.strip(MINUS)[:1].isdigit()
        return (number if same and self.code == "en" else low), high

    def year_range(self, first: int, last: int) -> str:
        """Two years as a range, or the one year."""
        if first == last:
            return self.text("number.year", {"year": first})
        return self.text("number.years", {"first": first, "last": last})

    def listing(self, items: Sequence[object]) -> str:
        """Items joined as the language does: "a, b and c"."""
        words = [self._written(item) for item in items]
        if len(words) < 2:
            return "".join(words)
        return self.text("number.comma").join(words[:-1]) + self.text("number.and") + words[-1]

    def date(self, day: datetime.date) -> str:
        """Date."""
        month = self.text(f"month.{day.month}")
        return self.text("number.date", {"year": day.year, "month": month, "day": day.day})

    @property
    def _thousands(self) -> str:
        return "" if self.code == "zh" else ","

    @property
    def _bare_units(self) -> Sequence[str]:
        return self.text("unit.bare").split("|")

    @property
    def _counted_units(self) -> Mapping[str, tuple[float, str]]:
        """Units that begin with a number: "9.2 100 million yuan" cannot be read."""
        if self.code == "zh":
            return {}
        return {"100 million ": (100, "million "), "10,000 ": (10_000, "")}

    def _written(self, item: object) -> str:
        if isinstance(item, list | tuple):
            return self.listing(item)
        if isinstance(item, Message):
            return item.in_language(self.code)
        return self.number(item) if isinstance(item, float) else str(item)


class _Filler(Formatter):
    """Fills a sentence: ``{x}`` in the language's habit, ``{x:percent}`` and the like by its methods."""

    _HABITS = ("probability", "percent", "number", "signed", "points", "times")

    def __init__(self, language: Language) -> None:
        self._language = language

    def format_field(self, value: object, spec: str) -> str:
        """Write one place of a sentence."""
        if spec in self._HABITS:
            return str(getattr(self._language, spec)(value))
        return self._language._written(value) if not spec else format(value, spec)


def power_of_ten(power: int) -> str:
    """Power of ten as a factor.

    Examples
    --------
    >>> power_of_ten(-9)
    '×10⁻⁹'
    """
    return "×10" + str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def keys(code: str) -> frozenset[str]:
    """Every key that a language has a sentence for."""
    return frozenset(_sentences(code))


def _form(sentence: str | Texts, values: Mapping[str, object]) -> str:
    """Form of a sentence that its number asks for."""
    if isinstance(sentence, str):
        return sentence
    single = values.get(str(sentence["by"])) == 1 and "one" in sentence
    return str(sentence["one" if single else "other"])


@cache
def _sentences(code: str) -> Mapping[str, str | Texts]:
    """Sentences of a language by dotted key."""
    path = files("forecast.language").joinpath(f"{code}.toml")
    return dict(_flat(tomllib.loads(path.read_text(encoding="utf-8"))))


def _flat(table: Texts, before: str = "") -> list[tuple[str, str | Texts]]:
    """Leaves of nested tables; a table with a form "other" is one sentence."""
    found: list[tuple[str, str | Texts]] = []
    for name, inner in table.items():
        if isinstance(inner, Mapping) and "other" not in inner:
            found += _flat(inner, f"{before}{name}.")
        else:
            found.append((before + name, inner if isinstance(inner, Mapping) else str(inner)))
    return found


def shown_decimals(x: float) -> int:
    """Decimals of a number shown with the digits it needs, at most four.

    Examples
    --------
    >>> shown_decimals(9.248), shown_decimals(80.0), shown_decimals(0.15), shown_decimals(12345.6)
    (3, 0, 2, 0)
    """
    if x == 0 or not math.isfinite(x):
        return 0
    most = max(DIGITS - 1 - math.floor(math.log10(abs(x))), 0)
    _, _, behind = f"{x:.{most}f}".partition(".")
    return len(behind.rstrip("0"))
