"""Finished parts: each of its own run, and read only if it is whole."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from forecast.panel.frames import assess_frame
from forecast.panel.parts import SCHEMA, arrow, part_path, read_part, whole, write_part
from forecast.target.target import Target

FRAME = pd.DataFrame(
    [(f"area {k}", "x", year, float(50 + k * (year % 5))) for k in range(30) for year in range(2010, 2022)],
    columns=["area", "indicator", "year", "value"],
)
TABLE = assess_frame(FRAME, [Target.at_least("x", 70, year=2026)])
ONE, OTHER = "a" * 64, "b" * 64


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / ".out.unfinished"
    folder.mkdir()
    return folder


def test_a_part_is_read_as_it_was_written(folder: Path) -> None:
    write_part(TABLE, folder, ONE, 3)
    found = read_part(folder, ONE, 3)
    assert found is not None
    assert found.schema == SCHEMA
    assert found.equals(arrow(TABLE))
    assert [path.name for path in folder.iterdir()] == ["part-000003-aaaaaaaaaaaa.parquet"]


def test_a_part_of_another_run_or_number_is_none(folder: Path) -> None:
    write_part(TABLE, folder, ONE, 3)
    assert read_part(folder, OTHER, 3) is None
    assert read_part(folder, ONE, 4) is None


def test_the_name_of_a_part_is_not_believed(folder: Path) -> None:
    write_part(TABLE, folder, ONE, 3)
    part_path(folder, ONE, 3).rename(part_path(folder, OTHER, 3))
    with pytest.warns(UserWarning, match="it is of another run"):
        assert read_part(folder, OTHER, 3) is None


def spoil(path: Path, damage: str) -> None:
    data = bytearray(path.read_bytes())
    if damage == "cut":
        data = data[: len(data) // 2]
    elif damage == "empty":
        data = bytearray()
    elif damage == "zeros":
        data[200:260] = bytes(60)
    else:
        data[len(data) // 4] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("damage", ["cut", "empty", "zeros", "one bit"])
def test_a_damaged_part_is_set_aside_and_that_is_said(folder: Path, damage: str) -> None:
    write_part(TABLE, folder, ONE, 0)
    spoil(part_path(folder, ONE, 0), damage)
    with pytest.warns(UserWarning, match=r"part-000000-a+\.parquet, left by the run before, is damaged \("):
        assert read_part(folder, ONE, 0) is None
    assert not list(folder.iterdir())
    assert [path.name for path in folder.parent.glob("*damaged*")] == [
        ".out.unfinished.damaged-part-000000-aaaaaaaaaaaa.parquet"
    ]


def test_a_file_is_whole_or_not_there(folder: Path) -> None:
    def fail(path: Path) -> None:
        path.write_text("half")
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        whole(folder / "x", fail)
    assert not list(folder.iterdir())
