"""Which bytes are which letters: never a wrong one without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecast.history.read_files import read_histories
from forecast.history.text_file import text_from
from tests.history.reading import refused, rows


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("Österreich", "cp1252"), ("Côte d'Or", "cp1252"), ("出生率の推移", "shift_jis"), ("吉林省", "gb18030"),
     ("Österreich", "utf-16-le"), ("吉林省", "utf-16")],
)  # fmt: skip
def test_letters_are_read_as_they_were_written(name: str, encoding: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(f"area,indicator,year,value\n{name},x,2020,1\n".encode(encoding))
    assert read_histories(tmp_path / "x.csv").areas == (name,)


def test_letters_that_are_not_sure_are_refused(tmp_path: Path) -> None:
    assert "neither UTF-8 nor GB18030" in refused(tmp_path, rows("1").replace("x;", "Москва;"), "cp1251")


KOREAN = "연도,지역,지표,값\n2020,서울특별시,총인구,9668\n2021,부산광역시,고용률,56\n"
PROVINCES = "area,indicator,year,value\n" + "".join(
    f"{name},x,2020,1\n"
    for name in ("吉林", "辽宁", "广东", "河北", "湖南", "河南", "海南", "贵州", "甘肃", "江苏", "福建")
)
YEARBOOK = "指标,2020年,2021年\n地区生产总值（亿元）,100,110\n常住人口（万人）,20,21\n城镇化率（%）,60,61\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(KOREAN, "euc_kr"), (PROVINCES, "gb18030"), (YEARBOOK, "gb18030"), (KOREAN, "cp949")],
)
def test_korean_is_not_taken_for_chinese_nor_chinese_for_korean(text: str, encoding: str) -> None:
    assert text_from(text.encode(encoding), "x.csv") == text
