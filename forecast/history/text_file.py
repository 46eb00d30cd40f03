"""Text files: which bytes are which letters, and which mark separates the cells."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from forecast.errors import ReadError
from forecast.history.cells import Cell
from forecast.history.grid import Grid, holds
from forecast.language.message import Message

# Of two that divide as well, the later: a comma stands in texts and figures too.
DELIMITERS = "，,|;\t"
# So much of a text tells how it is written.
_SAMPLE_LINES = 60
# Nobody's yearly figures need more; a panel of that size is read by `forecast panel`, in pieces.
MOST_BYTES = 300_000_000
# Letters of Western languages and the marks that their offices type.
_WESTERN = set(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿŠšŽžŒœŸ°§€£%‰–—‘’“”„…«»·²³ºª\xa0"
)


# Syllables that make up more than half of Korean texts and names.
_EVERYDAY = set(
    "이다의는에하고가도지을를은로시서기한사대일해인정부자수나리그장제전주상있보아구어원성여경동학국관간공중세용비위적조안신생방진연들과치"
    "스산문민무행면실업소모미발계당선교개유명년월분회단설결매통역표율값남북울강충청광천총출입금만억명호라평균비율량농촌도시고령화"
)


def decoded(path: Path) -> str:
    """Text of a file in UTF-8, UTF-16, GB18030, EUC-KR, Windows-1252 or Shift-JIS.

    Raises
    ------
    ReadError
        If the file cannot be read, is binary, or its letters are not surely one of these.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ReadError(str(path), [Message("too_big", size=MOST_BYTES // 1_000_000)])
        raw = path.read_bytes()
    except OSError as problem:
        raise ReadError(str(path), [Message("unreadable", why=problem.strerror or "")]) from None
    return text_from(raw, str(path))


def text_from(raw: bytes, source: str) -> str:
    """Bytes as text; a ReadError where they are not surely text in a known encoding."""
    return raw.decode(encoding_of(raw, source), errors="replace").removeprefix("\ufeff")


def encoding_of(raw: bytes, source: str) -> str:
    """Encoding of a text, or of the whole lines that begin one, as Python names it.

    Raises
    ------
    ReadError
        Where the bytes are not surely text in a known encoding.

    Examples
    --------
    >>> encoding_of("area,年".encode("gb18030"), "panel.csv")
    'gb18030'
    """
    wide = _wide(raw)
    if wide:
        return wide
    if b"\x00" in raw:
        raise ReadError(source, [Message("binary")])
    try:
        raw.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    for encoding, surely in _ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if surely(raw, text):
            return encoding
    raise ReadError(source, [Message("unknown_encoding")])


def _wide(raw: bytes) -> str:
    """Two-byte encoding of a text, with its mark or without, else nothing."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = raw[:2000]
    if len(sample) < 8 or not sample.count(0) > len(sample) // 3:
        return ""
    zeros = sample[0::2].count(0), sample[1::2].count(0)
    if min(zeros) == 0 and max(zeros) > len(sample) // 3:
        return "utf-16-be" if zeros[0] else "utf-16-le"
    return ""


def _is_chinese(raw: bytes, text: str) -> bool:
    """Whether most double bytes are common Chinese characters or full-width marks.

    Any Western or Japanese text decodes as GB18030 too, but to characters that nobody uses.
    """
    del text
    common = rare = at = 0
    while at < len(raw):
        first = raw[at]
        if first < 0x80:
            at += 1
            continue
        second = raw[at + 1] if at + 1 < len(raw) else 0
        plain = second >= 0xA1 and (0xA1 <= first <= 0xA9 or 0xB0 <= first <= 0xD7)
        common, rare = common + plain, rare + (not plain)
        at += 4 if 0x30 <= second <= 0x39 else 2
    return common >= 6 * rare


def _is_korean(raw: bytes, text: str) -> bool:
    """Whether most syllables are everyday ones; two bytes of Chinese seldom make such a one."""
    del raw
    foreign = {letter for letter in text if not letter.isascii()}
    syllables = {letter for letter in foreign if "\uac00" <= letter <= "\ud7a3"}
    return len(syllables) >= 4 and 2 * len(syllables & _EVERYDAY) > len(foreign)


def _is_japanese(raw: bytes, text: str) -> bool:
    del raw
    foreign = [letter for letter in text if not letter.isascii()]
    kana = sum("\u3040" <= letter <= "\u30ff" for letter in foreign)
    known = sum("\u3000" <= letter <= "\u9fff" or "\uff01" <= letter <= "\uff5e" for letter in foreign)
    return known == len(foreign) and (kana > 0 or len(foreign) >= 4)


def _is_western(raw: bytes, text: str) -> bool:
    """Whether all foreign letters are Western ones that stand among plain letters."""
    del raw
    foreign = [at for at, letter in enumerate(text) if not letter.isascii()]
    if any(text[at] not in _WESTERN for at in foreign):
        return False
    alone = sum(
        at + 1 == len(text) or text[at + 1].isascii() or at == 0 or text[at - 1].isascii() for at in foreign
    )
    near = [text[max(at - 2, 0) : at + 3] for at in foreign if text[at].isalpha()]
    beside = all(any(letter.isascii() and letter.isalpha() for letter in letters) for letters in near)
    return alone == len(foreign) and beside


# From the encoding that is surest to the one that any bytes could be.
_ENCODINGS = (
    ("cp949", _is_korean), ("gb18030", _is_chinese), ("shift_jis", _is_japanese), ("cp1252", _is_western),
)  # fmt: skip


def grid_of_text(text: str, source: str) -> Grid:
    """Cells of a delimited text.

    Raises
    ------
    ReadError
        Where quoting goes wrong.
    """
    text = text.replace("\x00", "")
    delimiter = delimiter_of(text)
    if delimiter == "，":
        text, delimiter = text.replace("，", ","), ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines: list[tuple[int, list[Cell]]] = []
    try:
        for cells in reader:
            if holds(cells):
                lines.append((reader.line_num, list(cells)))
    except csv.Error as problem:
        raise ReadError(
            source, [Message("at", place=Message("row", row=reader.line_num), problem=f"{problem}.")]
        ) from None
    return Grid(source, lines, delimiter=delimiter)


def delimiter_of(text: str) -> str:
    r"""Mark that divides most lines into the same number of cells, more than one.

    Examples
    --------
    >>> delimiter_of("Gross domestic product, chained, per cent\nindicator;year;value\nx;2020;1\n")
    ';'
    """
    lines = [line for line in text[:200_000].splitlines()[:_SAMPLE_LINES] if line.strip()]
    best, most = ",", 0
    for mark in DELIMITERS:
        try:
            counts = [len(cells) for cells in csv.reader(lines, delimiter=mark)]
        except csv.Error:
            continue
        alike = max((sum(n >= 2 and n == other for other in counts) for n in set(counts)), default=0)
        if alike and alike >= most:
            best, most = mark, alike
    return best
