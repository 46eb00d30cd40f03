from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_array_equal

import forecast as fc
from forecast.report import document, write_report
from forecast.report.content.blocks import Chart, walk
from forecast.report.formats.markdown import markdown
from tests.report.small import DAY


@pytest.fixture(scope="module")
def path(study: fc.Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(study, tmp_path_factory.mktemp("record") / "study.json", date=DAY)


def test_every_figure_comes_back(study: fc.Study, path: Path) -> None:
    read = fc.read_study(path)
    pd.testing.assert_frame_equal(read.to_frame(), study.to_frame(), check_exact=True)
    for got, expected in zip(read.lines, study.lines, strict=True):
        assert got.item == expected.item
        assert got.assessment.rules == expected.assessment.rules
        assert got.assessment.notes == expected.assessment.notes
        assert got.assessment.evidence == expected.assessment.evidence
        if expected.assessment.outlook is not None:
            assert got.assessment.outlook is not None
            assert got.assessment.outlook.quantile(0.1) == expected.assessment.outlook.quantile(0.1)
        if expected.assessment.history is not None:
            assert got.assessment.history is not None
            assert_array_equal(got.assessment.history.values, expected.assessment.history.values)
            assert got.assessment.history.sources == expected.assessment.history.sources


def test_a_study_read_back_reports_the_same_words(study: fc.Study, path: Path, lang: str) -> None:
    read = document(fc.read_study(path), lang=lang, date=DAY)
    assert markdown(read) == markdown(document(study, lang=lang, date=DAY))
    kinds = {b.kind for _, s in walk(read.sections) for b in s.blocks if isinstance(b, Chart)}
    assert kinds == {"study", "together", "outlook", "probability_curve", "probability_by_year"}


def test_a_study_read_back_draws_the_same_page(
    study: fc.Study, path: Path, lang: str, tmp_path: Path
) -> None:
    first, again = (
        write_report(each, tmp_path / name, lang=lang, date=DAY)
        for each, name in ((study, "first.html"), (fc.read_study(path), "again.html"))
    )
    assert again.read_bytes() == first.read_bytes()


def test_a_study_read_back_is_written_as_the_same_file(path: Path, tmp_path: Path) -> None:
    again = write_report(fc.read_study(path), tmp_path / "again.json", date=DAY)
    assert again.read_bytes() == path.read_bytes()


def test_a_fit_read_back_knows_its_limits(path: Path) -> None:
    fitted = fc.read_study(path).lines[0].assessment.fitted
    assert fitted is not None
    with pytest.raises(fc.ModelError, match=r"outlooks up to 2026; got 2027. Assess the plan again"):
        fitted.predict(2027)
    with pytest.raises(fc.ModelError, match="a study read from a file has no sample paths"):
        fitted.paths(2026)


def test_what_the_default_model_sees_comes_back(tmp_path: Path, lang: str) -> None:
    h = fc.History.of("x", range(2008, 2024), np.linspace(10, 40, 16) + np.tile([0.3, -0.3], 8))
    item = fc.Item("1", fc.Target.at_least("x", 45, year=2027))
    done = fc.assess_plan(fc.Plan((item,)), fc.Histories([h]))
    read = fc.read_study(write_report(done, tmp_path / "s.json", date=DAY))
    said = markdown(document(read, lang=lang, date=DAY))
    assert said == markdown(document(done, lang=lang, date=DAY))
    assert {"en": "Most plausible to the model:", "zh": "模型认为较可能的走势："}[lang] in said


def test_the_default_model_comes_back_to_the_byte(tmp_path: Path) -> None:
    own = fc.read_histories(fc.data_path("historical"))["Jiangyuan", "primary_industry_value_added"]
    item = fc.Item("5", fc.Target.at_least(own.indicator, 20, year=2026), area=own.area)
    done = fc.assess_plan(fc.Plan((item,)), fc.Histories([own]))
    first = write_report(done, tmp_path / "first.json", date=DAY)
    read = fc.read_study(first)
    assert write_report(read, tmp_path / "again.json", date=DAY).read_bytes() == first.read_bytes()
    pages = [write_report(each, tmp_path / f"{i}.html", date=DAY) for i, each in enumerate((done, read))]
    assert pages[0].read_bytes() == pages[1].read_bytes()


def test_the_plain_records_are_those_of_the_frame(study: fc.Study, path: Path) -> None:
    records = json.loads(path.read_text(encoding="utf-8"))["targets"]
    frame = study.to_frame()
    assert [r["id"] for r in records] == frame["id"].tolist()
    assert records[0]["probability"] == frame["probability"][0]
    assert records[5]["probability"] is None


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{", r"it is not JSON"),
        ("[1]", r"it is not a study. Write one with write_report"),
        ('{"format": "forecast study", "version": 5}', r"its version is 5, this library reads 1 to 4"),
        ('{"format": "forecast study", "version": 1}', r"damaged or of another release \('study'\)"),
        (
            '{"format": "forecast study", "version": 1, "study": {"$type": "Popen", "args": "x"}}',
            r"damaged or of another release \('Popen'\)",
        ),
        ('{"format": "forecast study", "version": 1, "study": 3}', r"it holds no study"),
    ],
)
def test_what_is_no_study_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(fc.ReadError, match=complaint):
        fc.read_study(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(fc.ReadError, match=r"gone.json: 1 problem.\n.*it cannot be read \(No such file"):
        fc.read_study(tmp_path / "gone.json")


def test_a_position_that_is_no_whole_number_is_damage(tmp_path: Path) -> None:
    mixture = {
        "$type": "StudentTMixture", "weights": {"$array": [1.0]}, "degrees": {"$array": [5.0]},
        "location": {"$array": [0.0]}, "spread": {"$array": [1.0]}, "scales": [{"$type": "Identity"}],
        "which": {"$array": [{"$number": "inf"}]}, "bounds": [None, None],
    }  # fmt: skip
    path = tmp_path / "x.json"
    record = {"format": "forecast study", "version": 3, "study": mixture}
    path.write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(fc.ReadError, match="its records are damaged"):
        fc.read_study(path)


@pytest.mark.parametrize("values", [[*[9.0] * 8, 8.0, *[9.0] * 8], [*[9.5] * 8, 8.5, *[9.5] * 8]])
def test_a_value_that_may_stay_stays_in_the_file(values: list[float], tmp_path: Path) -> None:
    item = fc.Item("1", fc.Target.at_least("clinics", 9, year=2027))
    history = fc.History.of("clinics", range(2008, 2025), values)
    done = fc.assess_plan(fc.Plan((item,)), fc.Histories([history]))
    read = fc.read_study(write_report(done, tmp_path / "s.json", date=DAY))
    before, after = (each.lines[0].assessment.outlook for each in (done, read))
    assert before is not None
    assert type(after) is type(before)
    assert after.at_least(values[-1]) == before.at_least(values[-1])
    assert markdown(document(read, date=DAY)) == markdown(document(done, date=DAY))
