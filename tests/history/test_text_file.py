"""Which bytes are which letters: never a wrong one without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecast.history.read_files import read_histories
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
