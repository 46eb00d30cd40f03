"""A big file dealt into chunks of whole areas."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from forecast.errors import ReportError
from forecast.panel import chunks
from forecast.panel.chunks import chunk_path, deal, read_chunk, sum_of
from forecast.target.plan import Item
from forecast.target.target import Target

ITEMS = (Item("1", Target.at_least("x", 70, year=2026)),)
FRAME = pd.DataFrame(
    [(f"area {k}", name, year, float(k + year))
     for year in range(2015, 2022) for k in range(9) for name in "xy"],
    columns=["area", "indicator", "year", "value"],
)  # fmt: skip


@pytest.fixture
def dealt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, chunks.Chunks]:
    # Chunks of two areas, five of them, of which two may be open: every file is left and taken up again.
    for name, value in (("SERIES", 2), ("ROWS", 20), ("BYTES", 400), ("OPEN", 2)):
        monkeypatch.setattr(chunks, name, value)
    FRAME.to_csv(tmp_path / "panel.csv", index=False)
    return tmp_path, deal(tmp_path / "panel.csv", ITEMS, tmp_path)


def test_every_row_asked_about_is_in_the_chunk_of_its_area(dealt: tuple[Path, chunks.Chunks]) -> None:
    folder, found = dealt
    assert found.areas == tuple(
        tuple(f"area {k}" for k in range(start, min(start + 2, 9))) for start in range(0, 9, 2)
    )
    rows = [read_chunk(folder, i) for i in range(5)]
    for own, areas in zip(rows, found.areas, strict=True):
        assert set(own["area"]) == set(areas)
    whole = pd.concat(rows).astype({"year": int, "value": float})
    asked = FRAME[FRAME["indicator"] == "x"]
    read = whole[whole["indicator"] == "x"].sort_values(["year", "area"], ignore_index=True)
    pd.testing.assert_frame_equal(
        read, asked.sort_values(["year", "area"], ignore_index=True), check_dtype=False
    )


def test_items_go_where_their_area_is(dealt: tuple[Path, chunks.Chunks]) -> None:
    _, found = dealt
    everywhere = ITEMS[0]
    here, nowhere = (Item(i, everywhere.target, area=area) for i, area in (("2", "area 3"), ("3", "moon")))
    each = found.items_by_chunk((everywhere, here, nowhere))
    assert [[item.id for item in own] for own in each] == [["1"], ["1", "2"], ["1"], ["1"], ["1"], ["3"]]


def test_dealing_again_gives_the_same_files(dealt: tuple[Path, chunks.Chunks]) -> None:
    folder, found = dealt
    assert found.sums == tuple(sum_of(chunk_path(folder, i)) for i in range(5))
    assert deal(folder / "panel.csv", ITEMS, folder) == found


@pytest.mark.parametrize("size", [0, 10, 300])
def test_a_damaged_chunk_is_one_sentence(dealt: tuple[Path, chunks.Chunks], size: int) -> None:
    folder, _ = dealt
    path = chunk_path(folder, 1)
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(ReportError, match="this piece of work in progress is damaged"):
        read_chunk(folder, 1)
