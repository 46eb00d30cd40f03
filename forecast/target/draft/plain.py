"""One spelling for the rules to read, with the way back to the document's own characters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# NFKC would turn classes of water quality into letters, and these brackets into others.
_KEEP = frozenset("ⅠⅡⅢⅣⅤⅥ〔〕…")
_CJK = r"\u3400-\u9fff"
_CHINESE = re.compile(f"[{_CJK}]")
_ROC_YEAR = re.compile(r"(?:民国|(?<![\d.]))(9\d|1[0-3]\d)(?=年|-1[0-3]\d年|至1[0-3]\d年)")
# Spellings of the same sign, after NFKC.
_SAME = {"–": "-", "—": "-", "−": "-", "~": "-", "∼": "-", "﹣": "-", "“": '"', "”": '"', "「": '"',
    "」": '"',
         "『": '"', "』": '"', "‘": "'", "’": "'", "＜": "<", "＞": ">", "﹪": "%", "，": ",", "；": ";",
         "：": ":", "（": "(", "）": ")", "［": "〔", "］": "〕", "【": "〔", "】": "〕", "•": "·",
         "\u200b": ""}  # fmt: skip


@dataclass(frozen=True)
class Plain:
    """A stretch of text as the rules read it.

    Parameters
    ----------
    text : str
        Simplified characters, half-width signs; in Chinese without blanks.
    at : tuple of int
        For each of its characters, where it stands in the document.
    """

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch stands in the document: its first character and the one after its last."""
        if start >= end:
            return (self.at[start], self.at[start]) if start < len(self.at) else (self.at[-1], self.at[-1])
        return self.at[start], self.at[end - 1] + 1

    def cut(self, start: int, end: int) -> Plain:
        """Part of it."""
        return Plain(self.text[start:end], self.at[start:end])


def plain(text: str, offset: int = 0, *, roc: bool = False) -> Plain:
    """*text*, which stands at *offset* in its document, as the rules read it.

    With *roc* three-digit years are those of the Republic of China: 114年 is 2025年.

    Examples
    --------
    >>> read = plain("森林覆盖率达到 ７３％")
    >>> read.text, read.at[-1]
    ('森林覆盖率达到73%', 10)
    >>> plain("失業率").text
    '失业率'
    """
    chinese = is_chinese(text)
    letters: list[str] = []
    at: list[int] = []
    for i, letter in enumerate(text):
        written = _spelling(letter)
        if chinese and written.isspace() and not _between_words(text, i):
            continue
        for each in " " if written.isspace() else written:
            letters.append(each)
            at.append(offset + i)
    read = Plain("".join(letters), tuple(at))
    return _in_common_years(read) if roc else read


def _in_common_years(read: Plain) -> Plain:
    """Text with the years of the Republic of China as those of the common era."""
    letters, at, done = "", [], 0
    for match in _ROC_YEAR.finditer(read.text):
        start, end = match.span(1)
        letters += read.text[done:start] + str(int(match[1]) + 1911)
        at += [*read.at[done:start], *[read.at[start]] * 3, read.at[end - 1]]
        done = end
    return Plain(letters + read.text[done:], (*at, *read.at[done:]))


def original(name: str, text: Plain, source: str) -> str:
    """Name in the characters of the document itself: 失业率 as 失業率 where it is written so."""
    spelt = {
        each: source[at] for each, at in zip(text.text, text.at, strict=True) if _CHINESE.match(source[at])
    }
    return "".join(spelt.get(letter, letter) if _CHINESE.match(letter) else letter for letter in name)


def is_chinese(text: str) -> bool:
    """Whether the rules for Chinese read it: where one letter in ten is a Chinese one."""
    found = len(_CHINESE.findall(text))
    return found > 0 and found * 10 >= sum(letter.isalpha() for letter in text)


def is_traditional(text: str) -> bool:
    """Whether a text is in traditional characters, going by its first few thousand."""
    seen = [letter for letter in text[:4000] if _CHINESE.match(letter)]
    return len(seen) > 20 and sum(_simplified(letter) != letter for letter in seen) > 0.1 * len(seen)


def _between_words(text: str, i: int) -> bool:
    """Whether a blank stands between two words in Latin letters."""
    before, after = text[i - 1 : i], text[i + 1 : i + 2]
    return before.isascii() and after.isascii() and before.isalpha() and after.isalpha()


@lru_cache(maxsize=20000)
def _spelling(letter: str) -> str:
    if letter in _KEEP:
        return letter
    if letter in _SAME:
        return _SAME[letter]
    if _CHINESE.match(letter):
        return _simplified(letter)
    return "".join(_SAME.get(each, each) for each in unicodedata.normalize("NFKC", letter))


@lru_cache(maxsize=20000)
def _simplified(letter: str) -> str:
    simplified = _converter().convert(letter)
    return simplified if len(simplified) == 1 else letter


@lru_cache(maxsize=1)
def _converter():  # type: ignore[no-untyped-def]
    from opencc import OpenCC

    return OpenCC("t2s")
