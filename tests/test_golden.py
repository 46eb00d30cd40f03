"""The runner of golden cases, on a few of them: it passes what is right and finds what is not."""

from __future__ import annotations

import csv
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BENCHMARKS = ROOT / "benchmarks"
CASES = ROOT / "tests" / "golden" / "official_cases.csv"
with CASES.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))

Run = Callable[[Path], tuple[int, str]]


@pytest.fixture
def run(monkeypatch, capsys) -> Run:
    """Give the runner's exit code and what it prints."""
    monkeypatch.syspath_prepend(BENCHMARKS)
    golden = importlib.import_module("golden")

    def call(path: Path) -> tuple[int, str]:
        code = golden.main([str(path)])
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return call


def write(path: Path, rows: Sequence[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(ROWS[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def changed(row: dict[str, str], **expected: object) -> dict[str, str]:
    return row | {"expected": json.dumps(json.loads(row["expected"]) | expected)}


def case(name: str) -> dict[str, str]:
    (row,) = [row for row in ROWS if row["case"] == name]
    return row


def test_every_case_has_its_source_and_passes_as_its_users_run_it():
    assert all(row["source"] for row in ROWS)
    done = subprocess.run(
        [sys.executable, "-W", "error", BENCHMARKS / "golden.py", CASES],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].split() == ["all", str(len(ROWS)), "/", str(len(ROWS))]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("1-1-1", {"score": 2.1506954400}),  # off by 3e-9: a figure of the office is exact
        ("1-2-1", {"status": "limited_progress"}),
        ("7-2-a T=30@2030 vintage 2020", {"verdict": "sun"}),
        ("U5MR 20->10, 1990-2015 (continuous ARR)", {"arr_pct": 2.7}),
        ("Qinghai 11th FYP: log progress (完成进度) after 3 of 5 years", {"progress_pct": 26.9}),
        ("Hubei 13th FYP: shanty-town rebuild (cumulative flow)", {"class_zh": "达到进度要求"}),
        ("National 14th FYP mid-term (Dec 2023): counts", {"滞后": 5}),
        ("Actual equals target counts as met", {"met": False}),
        ("Current Status Index, parity", {"csi": 5.1}),
        ("13-3-1", {"a_figure_nobody_computes": 1.0}),
    ],
)
def test_a_planted_miss_is_found_and_fails(run, tmp_path, name, wrong):
    code, text = run(write(tmp_path / "cases.csv", [changed(case(name), **wrong)]))
    (key,) = wrong
    assert code == 1
    assert f"| {name} | " in text
    assert key in text or "(case)" in text
    assert text.splitlines()[-1].split() == ["all", "0", "/", "1"]


def test_what_it_does_not_know_is_reported_and_does_not_stop_the_rest(run, tmp_path):
    stranger = case("1-1-1") | {"system": "Atlantis"}
    code, text = run(write(tmp_path / "cases.csv", [stranger, case("1-1-1")]))
    assert code == 0
    assert "unknown system: not checked" in text
    assert text.splitlines()[-1].split() == ["all", "1", "/", "2"]


@pytest.mark.parametrize(
    "inputs", ["{", "[]", "{}", '{"values": {"2020": "x"}, "kind": "level", "direction": 1}']
)
def test_a_row_that_cannot_be_read_is_a_miss(run, tmp_path, inputs):
    row = case("7-2-a T=30@2030 vintage 2020") | {"inputs": inputs}
    code, text = run(write(tmp_path / "cases.csv", [row]))
    assert code == 1
    assert "expected 'an answer'" in text


def test_figures_without_their_optional_company_are_enough(run, tmp_path):
    row = case("1-1-1")
    inputs = {k: v for k, v in json.loads(row["inputs"]).items() if k not in ("limit", "sign")}
    code, _ = run(write(tmp_path / "cases.csv", [row | {"inputs": json.dumps(inputs)}]))
    assert code == 0


def test_a_file_without_cases_is_a_failure(run, tmp_path):
    code, text = run(write(tmp_path / "cases.csv", []))
    assert (code, "no cases" in text) == (1, True)
