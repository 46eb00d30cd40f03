"""A big file dealt into chunks of whole areas."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from forecast.errors import ReadError, ReportError
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


ROWS = "area,indicator,year,value\n" + "".join(
    f"{area},x,{year},{value}\n" for area in ("A", "甲") for year, value in ((2019, 1.5), (2020, 2.5))
)


def areas_of(source: Path) -> list[tuple[str, ...]]:
    """Return the areas of the chunks a source is dealt into."""
    return list(deal(source, (Item("1", Target.at_least("x", 2, year=2025)),), source.parent).areas)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = ROWS if encoding != "gb18030" else ROWS.replace("甲", "甲乙县")
    (tmp_path / "panel.csv").write_bytes(text.encode(encoding))
    assert areas_of(tmp_path / "panel.csv") == [("A", "甲" if encoding != "gb18030" else "甲乙县")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (ROWS.replace("甲", "\x00").encode(), "binary file"),
        (b"area,indicator,year,value\n\x81\x8d\xff,x,2020,1\n", "neither UTF-8 nor GB18030"),
        (b"", "the file is empty"),
    ],
)
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "panel.csv").write_bytes(content)
    with pytest.raises(ReadError, match=says):
        areas_of(tmp_path / "panel.csv")


def test_a_bad_byte_behind_the_lines_that_tell_the_encoding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "BYTES", 64)
    rows = "area,indicator,year,value\n" + "甲乙,x,2020,1\n" * 20
    (tmp_path / "panel.csv").write_bytes(rows.encode("gb18030") + b"\xff\xff,x,2020,1\n")
    with pytest.raises(ReadError):
        areas_of(tmp_path / "panel.csv")


@pytest.mark.parametrize(
    "kind", ["string", "large_string", "string_view", "binary", "large_binary", "binary_view"]
)
def test_words_of_any_type_are_words(tmp_path: Path, kind: str) -> None:
    frame = pd.read_csv(io.StringIO(ROWS))
    table = pa.Table.from_pandas(frame, preserve_index=False)
    words = table["area"].cast(pa.string()).cast(getattr(pa, kind)())
    pq.write_table(table.set_column(0, "area", words), tmp_path / "panel.parquet")
    assert areas_of(tmp_path / "panel.parquet") == [("A", "甲")]


def test_a_parquet_file_that_is_broken_is_refused(tmp_path: Path) -> None:
    frame = pd.read_csv(io.StringIO(ROWS))
    path = tmp_path / "panel.parquet"
    frame.to_parquet(path)
    whole = path.read_bytes()
    for cut in (0, 3, 10, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:cut])
        with pytest.raises(ReadError, match="truncated or damaged"):
            areas_of(path)
    pq.write_table(pa.table(frame.to_dict("list") | {"area": [b"\xff"] * len(frame)}), path)
    with pytest.raises(ReadError, match="Invalid UTF8"):
        areas_of(path)
