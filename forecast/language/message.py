"""What is said of a file: a key with its values, readable as English text and told in any language.

The sentences live in ``messages.en.toml`` and ``messages.zh.toml``, the same keys in both.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Self

from forecast.errors import ForecastError, ReadError, near_name, shortened

# A cell or a name that is quoted: longer ones would bury the sentence.
_LONGEST = 80
# Values that are lists of names, cut where they are made.
_LISTS = ("names", "known", "years", "areas", "why", "problem")


class Message(str):
    """A sentence in English that remembers its key and values, and so can be told in another language.

    Parameters
    ----------
    key : str
        Names the sentence in ``forecast/language/messages.*.toml``.
    **values
        What the sentence fills in; a value may be a message itself.

    Examples
    --------
    >>> said = Message("at", place=Message("row", row=3), problem=Message("empty", column="year"))
    >>> print(said)
    row 3: year is empty.
    >>> print(said.in_language("zh"))
    第3行：year 为空。
    """

    key: str
    values: Mapping[str, object]

    def __new__(cls, key: str, /, **values: object) -> Self:
        """Fill the English sentence in."""
        told = super().__new__(cls, _filled(key, values, "en"))
        told.key, told.values = key, values
        return told

    def __reduce__(self) -> tuple[Callable[..., Message], tuple[str, dict[str, object]]]:
        """Rebuild from key and values, so that worker processes can send it home."""
        return (_rebuilt, (self.key, dict(self.values)))

    def in_language(self, lang: str) -> str:
        """Sentence in ``"en"`` or ``"zh"``."""
        return str(self) if lang == "en" else _filled(self.key, self.values, lang)


def told(text: str, lang: str) -> str:
    """Sentence in *lang* where it can be told in it, else as it is."""
    return text.in_language(lang) if isinstance(text, Message) else text


def suggestion(name: str, known: Iterable[str]) -> Message:
    """End of a message: the nearest known name, or the list of all, cut where it is long.

    Examples
    --------
    >>> print(suggestion("urbanisation_rate", ["urbanization_rate", "forest_cover"]))
    Did you mean 'urbanization_rate'?
    """
    return _suggestion(name, tuple(sorted({str(k) for k in known})))


@lru_cache(maxsize=1000)
def _suggestion(name: str, names: tuple[str, ...]) -> Message:
    near = near_name(name, names)
    if near is not None:
        return Message("did_you_mean", name=near)
    return Message("available", names=shortened(names)) if names else Message("none_there")


def message_keys(lang: str) -> frozenset[str]:
    """Every key that a language has a sentence for."""
    return frozenset(_sentences(lang))


def _rebuilt(key: str, values: dict[str, object]) -> Message:
    return Message(key, **values)


def _filled(key: str, values: Mapping[str, object], lang: str) -> str:
    return (
        _sentences(lang)[key]
        .format_map({name: _in(value, lang, cut=name not in _LISTS) for name, value in values.items()})
        .rstrip()
    )


def _in(value: object, lang: str, *, cut: bool) -> object:
    if isinstance(value, Message):
        return value.in_language(lang)
    if isinstance(value, str):
        return value[:_LONGEST] + "..." if cut and len(value) > _LONGEST else value
    return value


@cache
def _sentences(lang: str) -> Mapping[str, str]:
    path = files("forecast.language").joinpath(f"messages.{lang}.toml")
    found: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))
    return found


def complaint(mistake: ForecastError, lang: str, most: int) -> str:
    """A mistake in a language, with at most so many of its problems."""
    if not isinstance(mistake, ReadError):
        return told(mistake.args[0], lang) if mistake.args else str(mistake)
    problems = mistake.problems
    key = "one_problem" if len(problems) == 1 else "problems"
    lines = [Message(key, source=mistake.source, n=len(problems)).in_language(lang)]
    lines += [f"  - {told(problem, lang)}" for problem in problems[:most]]
    if len(problems) > most:
        lines.append(Message("more_problems", n=len(problems) - most).in_language(lang))
    return "\n".join(lines)
