"""Reports on mischief: labels that Excel, Word, XML, fonts or a thread cannot take; damaged studies."""

from __future__ import annotations

import json
import os
import warnings
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import matplotlib as mpl
import numpy as np
import pytest

import forecast as fc
from forecast.errors import ForecastError, ReadError
from forecast.report import document
from forecast.report.formats.docx import docx
from forecast.report.formats.html import html
from forecast.report.formats.json_study import read_study
from forecast.report.formats.xlsx import sheet_name, xlsx
from tests.report.small import DAY, small_study


def study(label: str = "Output", *, unit: str = "kg", note: str = "", title: str = "A plan") -> fc.Study:
    history = fc.History.of("output", range(2014, 2024), range(10, 20), unit=unit, area="Town")
    target = fc.Target.at_least("output", 22, year=2026, unit=unit)
    item = fc.Item("1", target, {"en": label}, area="Town", notes={"en": note})
    return fc.assess_plan(fc.Plan((item,), {"en": title}), fc.Histories((history,)), model=fc.Drift())


def texts(file: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(file)) as held:
        return {name: held.read(name).decode() for name in held.namelist() if name.endswith(".xml")}


def well_formed(file: bytes) -> str:
    from xml.etree import ElementTree

    for text in texts(file).values():
        ElementTree.fromstring(text)
    return "".join(texts(file).values())


@pytest.mark.parametrize(
    "label",
    ["Average annual rural farmers' income", "'quoted'", "x" * 27 + "' y", "History", "a" * 400, "'" * 40],
)
def test_a_label_of_any_end_and_length_makes_a_workbook(label: str) -> None:
    assert well_formed(xlsx(document(study(label), date=DAY)))
    name = sheet_name(label, set())
    assert len(name) <= 31
    assert name.strip("'") == name
    assert name.lower() != "history"


BAD = "fo\x00re\x1bst\ud800 \x9b31m cover\uffff"


def test_what_cannot_be_written_is_taken_out_where_it_enters() -> None:
    said = study(BAD, unit="k\x01g", note=BAD, title=BAD)
    assert said.lines[0].item.labels["en"] == "fo\ufffdre\ufffdst\ufffd \ufffd31m cover\ufffd"
    assert said.histories["Town", "output"].unit == said.plan["1"].target.unit == "k\ufffdg"
    report = document(said, date=DAY)
    for file in (xlsx(report), docx(report)):
        assert "\x1b" not in well_formed(file)
    assert "\x1b" not in html(report)


def test_a_very_long_title_is_cut_where_the_formats_end(tmp_path: Path) -> None:
    long = study(title="Outline & plan " * 60)
    for name in ("a.xlsx", "a.docx", "a.html"):
        fc.write_report(long, tmp_path / name, date=DAY)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert well_formed((tmp_path / "a.xlsx").read_bytes())


def test_a_unit_like_an_address_is_no_formula_in_a_chart() -> None:
    charts = [
        text for name, text in texts(xlsx(document(study(unit="A!B1"), date=DAY))).items() if "chart" in name
    ]
    titles = [
        text[text.index("<c:title>") : text.index("</c:title>")] for text in charts if "<c:title>" in text
    ]
    assert titles
    for title in titles:
        # A full-width mark: no release of the writer takes it for the address of a cell.
        assert "A！B1" in title
        assert "<c:f>" not in title


@pytest.mark.parametrize("odd", ["Forest \N{EVERGREEN TREE}", "\U00020bb7野家"])
def test_a_character_without_a_font_is_drawn_as_a_box_and_named(odd: str, tmp_path: Path) -> None:
    said = study(odd, title=odd)
    for name in ("a.html", "a.docx"):
        fc.write_report(said, tmp_path / name, date=DAY)
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert odd in page
    lost = next(c for c in odd if ord(c) > 0xFFFF)
    assert f"{lost} (U+{ord(lost):04X})" in page


def test_a_report_leaves_matplotlib_and_the_process_as_they_were(tmp_path: Path) -> None:
    seen, filters = dict(mpl.rcParams), list(warnings.filters)
    mask = os.umask(0o027)
    os.umask(mask)
    fc.write_report(small_study(), tmp_path / "a.html", date=DAY)
    assert dict(mpl.rcParams) == seen
    assert list(warnings.filters) == filters
    assert os.umask(mask) == mask


def test_a_new_report_has_the_rights_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("x")
    written = fc.write_report(small_study(), tmp_path / "a.md", date=DAY)
    assert written.stat().st_mode == (tmp_path / "plain").stat().st_mode
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "plain"]


def test_reports_of_threads_are_the_same_bytes() -> None:
    report = document(study(), date=DAY)
    alone = html(report)
    with ThreadPoolExecutor(4) as pool:
        assert all(page == alone for page in pool.map(lambda _: html(report), range(6)))
    with mpl.rc_context({"svg.hashsalt": None, "svg.fonttype": "none"}):
        assert html(report) == alone


def damaged(text: str, rng: np.random.Generator) -> str:
    """A study's file with one thing wrong in it: a value of another type, a key gone, bytes cut or turned."""
    how = int(rng.integers(4))
    if how == 0:
        return text[: int(rng.integers(len(text)))]
    if how == 1:
        at = int(rng.integers(len(text)))
        return text[:at] + str(rng.choice(["0", '"', "[", "{", "-", "\x00", "e99"])) + text[at + 1 :]
    record = json.loads(text)
    place = record["study"]
    while True:
        key = rng.choice(list(place)) if isinstance(place, dict) else int(rng.integers(len(place)))
        inner = place[key]
        if not (isinstance(inner, dict | list) and inner) or rng.random() < 0.15:
            break
        place = inner
    if how == 2 and isinstance(place, dict):
        del place[key]
    else:
        wrong = [None, "x", -1, 1e308, [], {}, True, {"$array": ["a"]}, {"$number": "x"}, {"$type": "Item"}]
        place[key] = wrong[int(rng.integers(len(wrong)))]
    return json.dumps(record)


def test_a_damaged_study_is_one_sentence_or_a_report(tmp_path: Path) -> None:
    file, rng = tmp_path / "study.json", np.random.default_rng(1)
    fc.write_report(study(), file, date=DAY)
    text, refused, longest = file.read_text(encoding="utf-8"), 0, 0
    for _ in range(60):
        file.write_text(damaged(text, rng), encoding="utf-8")
        try:
            found = read_study(file)
        except ReadError as problem:
            refused += 1
            longest = max(longest, len(str(problem)))
            continue
        try:
            fc.write_report(found, tmp_path / "a.md", date=DAY)
        except ForecastError:
            refused += 1
    assert refused > 20
    assert longest < 1500


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"format": "forecast study", "version": []}', "{}", "1" * 5000, ""]
)
def test_a_file_that_is_no_study_is_said_to_be_none(text: str, tmp_path: Path) -> None:
    file = tmp_path / "study.json"
    file.write_text(text)
    with pytest.raises(ReadError):
        read_study(file)
