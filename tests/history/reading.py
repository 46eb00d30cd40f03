"""Small tables written to a file and read, for the tests of the readers."""

from __future__ import annotations

from pathlib import Path

import pytest

import forecast as fc
from forecast.errors import ReadError
from forecast.history.read_files import read_histories

HEADER = "area,indicator,year,value,unit,status,source,note"


LINES = [
    HEADER,
    "吉林,城镇化率,2020,62.64,%,final,年鉴,",
    "吉林,城镇化率,2021,63.36,%,provisional,公报,初步",
    "吉林,城镇化率,2023,64.72,%,,公报,",
    "吉林,森林覆盖率,2021,45.2,%,derived,,",
]


KEY = ("吉林", "城镇化率")


def check(histories: fc.Histories) -> None:
    assert set(histories) == {KEY, ("吉林", "森林覆盖率")}
    history = histories[KEY]
    assert history.years.tolist() == [2020, 2021, 2023]
    assert history.values.tolist() == [62.64, 63.36, 64.72]
    assert history.status == ("final", "provisional", "final")
    assert history.sources == ("年鉴", "公报", "公报")
    assert history.notes == ("", "初步", "")
    assert history.unit == "%"


def values(folder: Path, text: str, encoding: str = "utf-8", **where: str) -> list[float]:
    path = folder / "x.csv"
    path.write_bytes(text.encode(encoding))
    found = read_histories(path, where=where)
    assert len(found) == 1
    return next(iter(found.values())).values.tolist()


def refused(folder: Path, text: str, encoding: str = "utf-8") -> str:
    path = folder / "x.csv"
    path.write_bytes(text.encode(encoding))
    with pytest.raises(ReadError) as caught:
        read_histories(path)
    return "\n".join(caught.value.problems)


def rows(*cells: str, delimiter: str = ";") -> str:
    lines = [f"x{delimiter}{2015 + i}{delimiter}{cell}" for i, cell in enumerate(cells)]
    return "\n".join([delimiter.join(("indicator", "year", "value")), *lines]) + "\n"
