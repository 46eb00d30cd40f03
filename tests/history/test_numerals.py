"""How figures are written: one way of writing for a whole column, or advice that is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecast.history.read_files import read_histories
from tests.history.reading import refused, rows, values


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("5,2", "5,0", "0,5"), [5.2, 5.0, 0.5]),
        (("1.234,5", "1.012"), [1234.5, 1012.0]),
        (("1 234,5", "987,0"), [1234.5, 987.0]),
        (("2,199.40", "1,012"), [2199.4, 1012.0]),
        (("1,234,567", "999"), [1234567.0, 999.0]),
        (("1'234.5", "2.5"), [1234.5, 2.5]),
        (("..", "3", "n/a", "…", "4"), [3.0, 4.0]),
    ],
)
def test_one_way_of_writing_is_read(cells: tuple[str, ...], expected: list[float], tmp_path: Path) -> None:
    assert values(tmp_path, rows(*cells)) == expected


def test_advice_gives_the_right_figure(tmp_path: Path) -> None:
    said = refused(tmp_path, rows("941", "987", "1.012"))
    assert "value is '1.012': thousands or decimals? Write 1012, or 1.0120." in said
    assert values(tmp_path, rows("941", "987", "1012")) == [941, 987, 1012]
    assert values(tmp_path, rows("0.9", "1.0120")) == [0.9, 1.012]
    said = refused(tmp_path, rows("5,2", "5.9"))
    assert "value is '5,2', but other rows have a decimal point ('5.9'). Write 5.2." in said


def test_bounds_are_kept_and_marked(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("indicator,year,value\nx,2018,3\nx,2019,<2.5\nx,2020,NaN\nx,2021,>95\n")
    history = read_histories(tmp_path / "x.csv")["", "x"]
    assert history.values.tolist() == [3.0, 2.5, 95.0]
    assert history.status == ("final", "derived", "derived")
    assert history.notes == ("", "<2.5", ">95")


@pytest.mark.parametrize(("text", "said"), [("1e-400", "not of a size"), ("9" * 400, "not finite")])
def test_numbers_that_no_float_holds(text: str, said: str, tmp_path: Path) -> None:
    problem = refused(tmp_path, rows(text))
    assert said in problem
    assert len(problem) < 400
