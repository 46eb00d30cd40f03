"""Parents lend in a panel wherever they stand in it: a frame, a file in chunks, a Dask frame, one by one."""

from __future__ import annotations

from pathlib import Path

import dask
import dask.dataframe as dd
import numpy as np
import pandas as pd
import pytest

import forecast as fc
from forecast.errors import HistoryError
from forecast.history.catalogue import Catalogue
from forecast.panel import chunks
from forecast.panel.cluster import assess_dask
from forecast.panel.files import assess_file
from forecast.panel.frames import assess_frame
from forecast.panel.table import typed
from forecast.target.plan import Item, Plan
from forecast.target.target import Target
from tests.test_cli import run

# Four counties of two cities of one province; the cities end later, the province stands last in the file.
PARENTS = {
    "A": "City 1",
    "B": "City 1",
    "C": "City 2",
    "D": "City 2",
    "City 1": "Province",
    "City 2": "Province",
}
SHARE = {"A": 0.1, "B": 0.3, "C": 0.2, "D": 0.05, "City 1": 1.0, "City 2": 1.1, "Province": 7.0}
YEARS = {"A": [2012, 2016, 2020], "B": [2020], "C": [2018, 2019, 2020], "D": [*range(2012, 2021)]}


def _values(area: str, years: list[int]) -> list[float]:
    return [round(100 * SHARE[area] * 1.04 ** (y - 2010) * (1 + 0.02 * np.sin(3 * y)), 3) for y in years]


def _rows(area: str, indicator: str) -> pd.DataFrame:
    years = YEARS.get(area, [*range(2010, 2023)])
    return pd.DataFrame({"area": area, "indicator": indicator, "year": years, "value": _values(area, years)})


FRAME = pd.concat(
    [_rows(area, name) for area in SHARE for name in ("output", "unasked")], ignore_index=True
).astype({"value": float})
CATALOGUE = Catalogue(indicators={"output": fc.Indicator("output", bounds=(0, None))})
PLAN = Plan(
    (
        Item("1", Target.at_least("output", 20, year=2026)),
        Item("2", Target.at_least("output", 60, year=2026), area="B"),
    )
)


@pytest.fixture(autouse=True)
def _a_chunk_for_each_area(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "SERIES", 1)


def folder(path: Path, ending: str = ".csv", *, part_of: bool = False) -> Path:
    """Write the panel and its catalogue; return the panel's file."""
    (path / "indicators.csv").write_text("indicator,lower\noutput,0\n")
    if part_of:
        lines = [f"{area},{PARENTS.get(area, '')}" for area in SHARE]
        (path / "areas.csv").write_text("\n".join(["area,part_of", *lines]))
    source = path / f"panel{ending}"
    if ending == ".csv":
        FRAME.to_csv(source, index=False)
    else:
        FRAME.to_parquet(source, index=False, row_group_size=20)
    return source


def read(path: Path) -> pd.DataFrame:
    return pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path, dtype={"id": str})


def same(found: pd.DataFrame, want: pd.DataFrame) -> None:
    found, want = (typed(t).sort_values(["area", "id"], ignore_index=True) for t in (found, want))
    texts = want.select_dtypes("object").columns
    found, want = (t.assign(**t[texts].fillna("")) for t in (found, want))
    pd.testing.assert_frame_equal(found, want, rtol=1e-9)


@pytest.fixture(scope="module")
def expected() -> pd.DataFrame:
    return assess_frame(FRAME, PLAN, catalogue=CATALOGUE, parents=PARENTS)


def test_in_a_frame_thin_areas_are_answered_and_say_who_lent(expected: pd.DataFrame) -> None:
    rows = expected.set_index(["area", "id"])
    assert np.isfinite(rows.probability["B", "1"])
    assert "City 1" in rows.notes["B", "1"]
    assert "Province" in rows.notes["B", "1"]
    plain = assess_frame(FRAME, PLAN, catalogue=CATALOGUE).set_index(["area", "id"])
    assert "City" not in str(plain.notes["B", "1"])
    assert plain.probability["A", "1"] != rows.probability["A", "1"]
    # The province is part of nothing: its answer stays.
    assert plain.probability["Province", "1"] == pytest.approx(rows.probability["Province", "1"], rel=1e-9)


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_a_parent_in_another_chunk_lends_all_the_same(
    tmp_path: Path, ending: str, expected: pd.DataFrame
) -> None:
    source = folder(tmp_path, ending)
    same(read(assess_file(source, PLAN, tmp_path / "out.parquet", parents=PARENTS)), expected)


def test_a_file_takes_parents_from_the_areas_beside_it(tmp_path: Path, expected: pd.DataFrame) -> None:
    source = folder(tmp_path, part_of=True)
    same(read(assess_file(source, PLAN, tmp_path / "out.csv")), expected)
    alone = read(assess_file(source, PLAN, tmp_path / "alone.csv", parents={}))
    same(alone, assess_frame(FRAME, PLAN, catalogue=CATALOGUE))


def test_dask_sends_parents_to_every_partition(expected: pd.DataFrame) -> None:
    frame = dd.from_pandas(FRAME, npartitions=4)
    with dask.config.set(scheduler="synchronous"):
        found = assess_dask(frame, PLAN, catalogue=CATALOGUE, parents=PARENTS).compute()
    same(found, expected)


def test_one_by_one_the_answers_are_the_same(tmp_path: Path, expected: pd.DataFrame) -> None:
    folder(tmp_path, part_of=True)
    histories = fc.read_histories(tmp_path)
    plan = Plan(tuple(Item(area, Target.at_least("output", 20, year=2026), area=area) for area in SHARE))
    study = fc.assess_plan(plan, histories)
    found = {line.item.area: line.assessment.probability for line in study.lines}
    want = expected[expected.id == "1"].set_index("area").probability
    assert found == {area: pytest.approx(want[area], rel=1e-9) for area in SHARE}


def test_who_lends_belongs_to_the_question(tmp_path: Path, expected: pd.DataFrame) -> None:
    source, output = folder(tmp_path), tmp_path / "out.parquet"

    def stop(done: int, total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        assess_file(source, PLAN, output, parents={}, progress=stop)
    seen: list[int] = []
    assess_file(source, PLAN, output, parents=PARENTS, progress=lambda done, total: seen.append(done))
    assert seen[0] == 1
    same(read(output), expected)
    with pytest.raises(KeyboardInterrupt):
        assess_file(source, PLAN, output, parents=PARENTS, progress=stop)
    seen.clear()
    # The same parents in another order are the same question.
    turned = dict(reversed(PARENTS.items()))
    assess_file(source, PLAN, output, parents=turned, progress=lambda done, total: seen.append(done))
    assert seen[0] == 4
    same(read(output), expected)


@pytest.mark.parametrize(
    ("parents", "said"),
    [
        ({"A": "City 9"}, "City 9"),
        ({"A": "A"}, "A → A"),
        ({"A": "B", "B": "A"}, "A → B → A"),
    ],
)
def test_bad_parents_are_one_sentence_in_every_way(
    tmp_path: Path, parents: dict[str, str], said: str
) -> None:
    source = folder(tmp_path)
    frame = dd.from_pandas(FRAME, npartitions=2)
    for ask in (
        lambda: assess_frame(FRAME, PLAN, parents=parents),
        lambda: assess_file(source, PLAN, tmp_path / "out.csv", parents=parents),
        lambda: assess_dask(frame, PLAN, parents=parents),
    ):
        with dask.config.set(scheduler="synchronous"), pytest.raises(HistoryError) as problem:
            ask()
        assert said in str(problem.value)
        assert "\n" not in str(problem.value)


def test_the_command_line_lends_and_can_be_told_not_to(tmp_path: Path, expected: pd.DataFrame) -> None:
    source = folder(tmp_path, part_of=True)
    plan = tmp_path / "plan.csv"
    plan.write_text("id,area,indicator,kind,value,year\n1,,output,at_least,20,2026\n")
    out = tmp_path / "out.csv"
    want = expected[expected.id == "1"].set_index("area").probability
    for options, area_alone in (([], False), (["--no-parents"], True)):
        done = run("panel", plan, "--history", source, "--report", out, *options, folder=tmp_path)
        assert done.returncode == 0, done.stderr
        found = read(out).set_index("area").probability
        assert (found["A"] != pytest.approx(want["A"], rel=1e-9)) is area_alone
