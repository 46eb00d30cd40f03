"""What the columns of a table are called, in files, frames and panels alike."""

from __future__ import annotations

from collections.abc import Sequence

from forecast.errors import near_name
from forecast.language.message import Message, suggestion

COLUMNS = ("area", "indicator", "year", "value", "unit", "status", "source", "note", "break")
# Names that forecasting frames and Chinese tables use for the same columns.
ALIASES = {
    "unique_id": "unique_id", "ds": "year", "y": "value",
    "地区": "area", "指标": "indicator", "年份": "year", "年": "year", "数值": "value", "值": "value",
    "单位": "unit", "状态": "status", "来源": "source", "备注": "note",
}  # fmt: skip


def our_name(column: str) -> str:
    """Return the name this library uses for a column, or the column's own in small letters."""
    plain = column.strip().lower()
    return ALIASES.get(plain, plain)


def wrong_columns(columns: Sequence[str], where: Message | str = "") -> list[Message]:
    """Return what is wrong with the columns of a table of observations, under this library's names.

    A name that is nearly one of ours is a slip; any other extra column is the user's own.
    """
    names = set(columns)
    needed = ("year", "value") if "unique_id" in names else ("indicator", "year", "value")
    twice = [c for c in dict.fromkeys(columns) if len(names) < len(columns) and columns.count(c) > 1]
    wrong = [Message("column_twice", name=c) for c in twice]
    hints = {c: suggestion(c, names) for c in needed if c not in names}
    wrong += [Message("column_missing", name=c, where=where, hint=hint) for c, hint in hints.items()]
    hinted = {hint.values["name"] for hint in hints.values() if hint.key == "did_you_mean"}
    free = [c for c in COLUMNS if c not in names]
    for column in dict.fromkeys(columns):
        near = None if column in COLUMNS or column in hinted else near_name(column, free)
        if near is not None and column != "unique_id":
            hint = Message("did_you_mean", name=near)
            wrong.append(Message("column_unknown", name=column, hint=hint))
    return wrong
