"""What the columns of a table are called, in files, frames and panels alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from forecast.errors import near_name
from forecast.language.message import Message, suggestion

COLUMNS = ("area", "indicator", "year", "value", "unit", "status", "source", "note", "break")
# Other names of the same columns, the likelier first; used where a table has no column of our own name.
_OTHER_NAMES = {
    "area": (
        "地区 区域 行政区划 行政区 省份 地级市 城市 区县 country_name country region geoareaname "
        "country_or_area entity economy reference_area ref_area geo location province city district"
        " bundesland bundesländer"
    ),
    "indicator": "指标 指标名称 项目 indicator_name series_name seriesdescription indikator series",
    "year": "ds 年份 年 年度 时间 years time_period timeperiod time jahr date",
    "value": "y 数值 值 数据 指标值 values obs_value observation_value wert",
    "unit": "单位 计量单位 units unit_of_measure einheit",
    "status": "状态 数据状态 obs_flag obs_status observation_status",
    "source": "来源 资料来源 数据来源 sources",
    "note": "备注 说明 notes",
}
_TARGET_OF = {
    other.replace("_", " "): (ours, rank)
    for ours, names in _OTHER_NAMES.items()
    for rank, other in enumerate(names.split())
}
# A table of so many columns is no slip of a name.
_MOST_CHECKED = 200


def our_names(columns: Iterable[object]) -> list[str]:
    """Names this library uses for the columns of a table; others in small letters.

    Examples
    --------
    >>> our_names(["Country Name", "指标", "Year", "OBS_VALUE", "Remark"])
    ['area', 'indicator', 'year', 'value', 'remark']
    """
    plain = [" ".join(str(column).strip().lower().split()) for column in columns]
    free = set(COLUMNS) - set(plain)
    best: dict[str, tuple[int, int]] = {}
    for at, name in enumerate(plain):
        ours, rank = _TARGET_OF.get(name.replace("_", " "), ("", 0))
        if ours in free and (ours not in best or rank < best[ours][0]):
            best[ours] = (rank, at)
    for ours, (_, at) in best.items():
        same = plain[at]
        plain = [ours if name == same else name for name in plain]
    return plain


def wrong_columns(columns: Sequence[str], where: Message | str = "") -> list[Message]:
    """What is wrong with the columns of a table of observations, under this library's names.

    A name that is nearly one of ours is a slip; any other extra column is the user's own.
    """
    counts = Counter(columns)
    needed = ("year", "value") if "unique_id" in counts else ("indicator", "year", "value")
    wrong = [Message("column_twice", name=c) for c, n in counts.items() if n > 1 and c]
    hints = {c: suggestion(c, [name for name in counts if name]) for c in needed if c not in counts}
    unnamed = [*hints] == ["indicator"] and hints["indicator"].key == "available"
    wrong += [
        Message("column_missing", name=c, where=where, hint=Message("name_the_series") if unnamed else hint)
        for c, hint in hints.items()
    ]
    hinted = {hint.values["name"] for hint in hints.values() if hint.key == "did_you_mean"}
    free = [c for c in COLUMNS if c not in counts]
    own = [c for c in counts if c not in COLUMNS and c not in hinted and c != "unique_id"]
    for column in own[:_MOST_CHECKED]:
        near = near_name(column, free)
        if near is not None:
            hint = Message("did_you_mean", name=near)
            wrong.append(Message("column_unknown", name=column, hint=hint))
    return wrong
