"""A panel from file to file: nothing half-written, nothing lost, nothing done twice."""

from __future__ import annotations

import os
import re
import resource
import signal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from forecast.errors import ReadError, ReportError
from forecast.panel import chunks, files
from forecast.panel.files import assess_file, forget
from forecast.panel.frames import assess_frame
from forecast.panel.table import typed
from forecast.target.plan import Item, Plan
from forecast.target.target import Target

AREAS = [f"area {i}" for i in range(7)]
FRAME = pd.concat(
    pd.DataFrame({"area": area, "indicator": name, "year": range(2010, 2022),
                  "value": [float(50 + i * (k % 3) + k) for i in range(12)]})
    for k, area in enumerate(AREAS) for name in ("x", "y", "z")
)  # fmt: skip
PLAN = Plan(
    (
        Item("1", Target.at_least("x", 70, year=2026)),
        Item("2", Target.at_most("y", 60, year=2026)),
        Item("3", Target.at_least("x", 80, year=2026), area="area 5"),
        Item("4", Target.at_least("x", 80, year=2026), area="nowhere"),
        Item("5", Target.at_least("x", 60, year=2026), area="elsewhere", judged_on=("area 3", "x")),
    )
)


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "SERIES", 4)
    monkeypatch.setattr(chunks, "ROWS", 50)


def sorted_rows(table: pd.DataFrame) -> pd.DataFrame:
    return typed(table).sort_values(["area", "id"], ignore_index=True)


def expected() -> pd.DataFrame:
    return sorted_rows(assess_frame(FRAME, PLAN))


def read(path: Path) -> pd.DataFrame:
    table = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path, dtype={"id": str})
    return sorted_rows(table)


def same(found: pd.DataFrame, want: pd.DataFrame) -> None:
    texts = want.select_dtypes("object").columns
    found, want = (t.assign(**t[texts].fillna("")) for t in (found, want))
    pd.testing.assert_frame_equal(found, want, rtol=1e-12)


@pytest.mark.parametrize("source", ["panel.parquet", "panel.csv"])
@pytest.mark.parametrize("output", ["out.parquet", "out.csv"])
def test_a_file_says_what_its_frame_says(tmp_path: Path, source: str, output: str) -> None:
    # By indicator and year, so that every area is spread over the whole file.
    spread = FRAME.sort_values(["indicator", "year"])
    write(spread, tmp_path / source)
    seen: list[tuple[int, int]] = []
    done = assess_file(
        tmp_path / source, PLAN, tmp_path / output, progress=lambda *counts: seen.append(counts)
    )
    same(read(done), expected())
    assert seen[-1] == (5, 5)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([source, output])


def write(frame: pd.DataFrame, path: Path) -> Path:
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), path, row_group_size=40)
    else:
        frame.to_csv(path, index=False)
    return path


def test_an_interrupted_run_goes_on_from_its_parts(tmp_path: Path) -> None:
    source, output = write(FRAME, tmp_path / "panel.parquet"), tmp_path / "out.parquet"
    output.write_text("yesterday's")

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        assess_file(source, PLAN, output, progress=stop)
    assert output.read_text() == "yesterday's"
    parts = sorted((tmp_path / ".out.parquet.unfinished").glob("part-*"))
    assert len(parts) == 2
    times = [part.stat().st_mtime_ns for part in parts]
    seen: list[int] = []

    def look(done: int, total: int) -> None:
        seen.append(done)
        assert [part.stat().st_mtime_ns for part in parts] == times

    assess_file(source, PLAN, output, progress=look)
    assert seen == [3, 4, 5]
    same(read(output), expected())


def test_another_question_does_not_go_on_from_old_parts(tmp_path: Path) -> None:
    source, output = write(FRAME, tmp_path / "panel.parquet"), tmp_path / "out.parquet"

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        assess_file(source, PLAN, output, progress=stop)
    seen: list[int] = []
    assess_file(source, PLAN, output, as_of=2018, progress=lambda done, total: seen.append(done))
    assert seen == [1, 2, 3, 4, 5]
    same(read(output), sorted_rows(assess_frame(FRAME, PLAN, as_of=2018)))
    with pytest.raises(KeyboardInterrupt):
        assess_file(source, PLAN, output, progress=stop)
    forget(output)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.parquet", "panel.parquet"]


def test_what_a_killed_process_was_at_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, output = write(FRAME, tmp_path / "panel.parquet"), tmp_path / "out.parquet"
    monkeypatch.setattr(files, "_make_part", _KilledOnce(tmp_path / "killed"))
    assess_file(source, PLAN, output, n_jobs=2)
    assert (tmp_path / "killed").exists()
    same(read(output), expected())


class _KilledOnce:
    """Makes parts, but the first process that is given the third one is killed."""

    def __init__(self, mark: Path) -> None:
        self.mark, self.make = mark, files._make_part

    def __call__(self, run, number, items, *, last):
        if number == 2 and not self.mark.exists():
            self.mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return self.make(run, number, items, last=last)


def _zeroed(whole: bytes) -> bytes:
    return whole[:400] + bytes(600) + whole[1000:]


@pytest.mark.parametrize("damage", ["cut in half", "zeros inside"])
def test_a_damaged_file_is_said_to_be_one_and_writes_nothing(tmp_path: Path, damage: str) -> None:
    source = write(FRAME, tmp_path / "panel.parquet")
    whole = source.read_bytes()
    source.write_bytes(whole[: len(whole) // 2] if damage == "cut in half" else _zeroed(whole))
    with pytest.raises(ReadError, match=r"panel.parquet: 1 problem\.\n  - it is truncated or damaged \("):
        assess_file(source, PLAN, tmp_path / "out.parquet")
    assert not (tmp_path / "out.parquet").exists()


def test_a_broken_line_is_a_row_with_its_problem(tmp_path: Path) -> None:
    text = FRAME.to_csv(index=False).splitlines()
    text[30] += ",7"
    text.append("area 6,z,20")
    (tmp_path / "panel.csv").write_text("\n".join(text))
    found = pd.read_csv(assess_file(tmp_path / "panel.csv", PLAN, tmp_path / "out.csv"))
    assert found.problem.tolist()[-2:] == [
        "line 31: 5 cells for 4 columns.", "line 254: 3 cells for 4 columns.",
    ]  # fmt: skip


def test_problems_are_told_in_chinese(tmp_path: Path) -> None:
    """What is wrong with lines, cells, units and missing series; and a second run is not of the first."""
    frame = FRAME.astype({"value": object}).reset_index(drop=True)
    frame.loc[3, "value"] = "?"
    text = frame.to_csv(index=False).splitlines()
    text[60] += ",7"
    (tmp_path / "panel.csv").write_text("\n".join(text))
    plan = Plan((*PLAN, Item("9", Target.at_least("nowhere", 1, year=2030))))
    english = pd.read_csv(assess_file(tmp_path / "panel.csv", plan, tmp_path / "out.csv"))
    chinese = pd.read_csv(assess_file(tmp_path / "panel.csv", plan, tmp_path / "out.csv", lang="zh"))
    assert english.drop(columns="problem").equals(chinese.drop(columns="problem"))
    told = set(chinese.problem.dropna())
    assert "第61行：5个单元格，应有4列。" in told
    assert "“area 0”没有“nowhere”的历史数据。" in told
    assert any("value 是“?”，不是数字" in each for each in told)
    # Nothing is told in English.
    assert not [each for each in told if re.search(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", each)]
    assert chinese.problem.notna().equals(english.problem.notna())


def test_text_in_a_csv_is_never_taken_for_an_empty_cell(tmp_path: Path) -> None:
    frame = FRAME.astype({"value": object}).reset_index(drop=True)
    frame.loc[3, "value"], frame.loc[40, "value"] = "?", None
    frame.to_csv(tmp_path / "panel.csv", index=False)
    found = read(assess_file(tmp_path / "panel.csv", PLAN, tmp_path / "out.csv"))
    same(found, sorted_rows(assess_frame(frame, PLAN)))
    said = (
        "x (area 0) in 2013: value is '?', which is not a number. Leave the cell empty where there is none."
    )
    assert found.problem.dropna().tolist()[0] == said


def test_a_full_disk_is_said_and_what_is_finished_is_kept(tmp_path: Path) -> None:
    source, output = write(FRAME, tmp_path / "panel.parquet"), tmp_path / "out.parquet"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        # Parts are smaller than this, the output with all of them is not.
        resource.setrlimit(resource.RLIMIT_FSIZE, (16_000, hard))
        with pytest.raises(ReportError, match=r"could not be written .*What is finished is kept"):
            assess_file(source, PLAN, output)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert not output.exists()
    assert not list(tmp_path.glob(".out.parquet.[0-9]*"))
    assess_file(source, PLAN, output)
    same(read(output), expected())


def test_chinese_tables_are_read_as_offices_write_them(tmp_path: Path) -> None:
    renamed = FRAME.rename(columns={"area": "地区", "indicator": "指标", "year": "年份", "value": "数值"})
    (tmp_path / "panel.csv").write_bytes(renamed.to_csv(index=False, sep=";").encode("gb18030"))
    (tmp_path / "indicators.csv").write_text("indicator,unit,lower,upper\nx,%,0,100\n")
    found = read(assess_file(tmp_path / "panel.csv", PLAN, tmp_path / "out.csv"))
    assert (found.high.dropna() <= 100).all()
    assert len(found) == len(expected())


def test_what_is_no_output_or_no_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"a panel is written as one of: \.csv, \.parquet"):
        assess_file(tmp_path / "panel.csv", PLAN, tmp_path / "out.docx")
    with pytest.raises(ReadError, match="there is no such file"):
        assess_file(tmp_path / "panel.csv", PLAN, tmp_path / "out.csv")
    source = write(FRAME, tmp_path / "panel.csv")
    with pytest.raises(ReportError, match="this is the file with the observations"):
        assess_file(source, PLAN, source)
    (tmp_path / "panel.csv").write_text("area,indicator,yaer,value\n")
    with pytest.raises(ReadError, match=r"column 'year' is missing\. Did you mean 'yaer'"):
        assess_file(tmp_path / "panel.csv", PLAN, tmp_path / "out.csv")


def test_a_comparison_with_an_area_of_another_chunk_is_said_to_be_none(tmp_path: Path) -> None:
    source = write(FRAME, tmp_path / "panel.parquet")
    plan = [Target.relative_to("x", "x (area 6)", 0.9, year=2026)]
    found = read(assess_file(source, plan, tmp_path / "out.parquet"))
    assert found.probability.isna().all()
    assert found.problem[0].startswith(
        "x (area 0): it is to be compared with 'x (area 6)', which is not among"
    )
    assert "use assess_frame on the whole table" in found.problem[0]
    assert assess_frame(FRAME, plan).probability.notna().sum() == len(AREAS) - 1


def stop_at(number: int):
    def stop(done: int, total: int) -> None:
        if done == number:
            raise KeyboardInterrupt

    return stop


def interrupted(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Return source, output and folder of a run that was stopped after three of its five parts."""
    source, output = write(FRAME, tmp_path / "panel.parquet"), tmp_path / "out.parquet"
    with pytest.raises(KeyboardInterrupt):
        assess_file(source, PLAN, output, progress=stop_at(3))
    return source, output, tmp_path / ".out.parquet.unfinished"


def test_contents_decide_whether_the_file_is_the_same(tmp_path: Path) -> None:
    source, output = write(FRAME, tmp_path / "panel.csv"), tmp_path / "out.parquet"
    with pytest.raises(KeyboardInterrupt):
        assess_file(source, PLAN, output, progress=stop_at(2))
    seen, text = source.stat(), source.read_text()
    changed = FRAME.assign(value=FRAME["value"].where(FRAME["value"] != 50.0, 59.0))
    source.write_text(text.replace(",50.0", ",59.0"))
    os.utime(source, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert (source.stat().st_size, source.stat().st_mtime_ns) == (seen.st_size, seen.st_mtime_ns)
    done: list[int] = []
    assess_file(source, PLAN, output, progress=lambda n, total: done.append(n))
    assert done == [1, 2, 3, 4, 5]
    same(read(output), sorted_rows(assess_frame(changed, PLAN)))
    # The same contents under another date are the same file.
    with pytest.raises(KeyboardInterrupt):
        assess_file(source, PLAN, output, progress=stop_at(2))
    os.utime(source)
    done.clear()
    assess_file(source, PLAN, output, progress=lambda n, total: done.append(n))
    assert done == [3, 4, 5]


def test_what_the_worker_of_another_run_puts_there_is_not_taken(tmp_path: Path) -> None:
    source, output, folder = interrupted(tmp_path)
    other = tmp_path / "other.parquet"
    with pytest.raises(KeyboardInterrupt):
        assess_file(source, PLAN, other, as_of=2015, progress=stop_at(4))
    for part in (tmp_path / ".other.parquet.unfinished").glob("part-*"):
        part.rename(folder / part.name)
    assess_file(source, PLAN, output)
    same(read(output), expected())


@pytest.mark.parametrize(
    "name", ["part-000001-*.parquet", "chunk-000003.arrow", "chunks.json", "newest.json"]
)
@pytest.mark.parametrize("damage", ["cut", "garbage"])
def test_damaged_pieces_are_set_aside_and_made_again(tmp_path: Path, name: str, damage: str) -> None:
    source, output, folder = interrupted(tmp_path)
    (path,) = folder.glob(name)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] if damage == "cut" and len(data) > 9 else b"\xff" * len(data))
    if name == "newest.json":
        assess_file(source, PLAN, output)
    else:
        with pytest.warns(UserWarning, match=rf"{path.name}, left by the run before, is damaged"):
            assess_file(source, PLAN, output)
        assert (tmp_path / f".out.parquet.unfinished.damaged-{path.name}").exists()
    same(read(output), expected())


def test_a_spreadsheet_works_nothing_out(tmp_path: Path) -> None:
    names = ["=cmd|' /C calc'!A0", "@SUM(A1)", "+1", "-2+3", "＝1+1", "a=1"]
    frame = pd.concat(FRAME[FRAME["area"] == AREAS[1]].assign(area=name) for name in names)
    write(frame, tmp_path / "panel.parquet")
    found = pd.read_csv(assess_file(tmp_path / "panel.parquet", PLAN, tmp_path / "out.csv"))
    areas = set(found["area"])
    assert {f"'{name}" for name in names[:-1]} | {"a=1"} <= areas
    assert not areas & set(names[:-1])
    texts = pd.Series([cell for name in found for cell in found[name] if isinstance(cell, str)])
    assert not texts.str.match(r"\s*[=+@＝-]").any()


def test_the_claim_of_a_killed_run_with_this_number_is_taken_over(tmp_path: Path) -> None:
    source, output, _ = interrupted(tmp_path)
    (tmp_path / ".out.parquet.running").write_text("")
    assess_file(source, PLAN, output)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.parquet", "panel.parquet"]


def test_relative_paths_hold_where_workers_were_started_in_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        FRAME.to_parquet("in.parquet")
        assess_file("in.parquet", PLAN, "out.parquet", n_jobs=2)
        assert (tmp_path / name / "out.parquet").exists()
