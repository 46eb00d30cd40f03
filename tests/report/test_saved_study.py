"""A study saved by release 0.1.0 still opens, with the figures and the words it was saved with.

``study-0.1.0.json`` was written by 0.1.0 itself (``benchmarks/frozen.py --study``): every kind of target,
ten models, a cross-check, a reference class, areas together, proxies, a failure.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import forecast as fc
from forecast.report.content.wording import has_room
from tests.report.small import DAY

SAVED = Path(__file__).parent / "study-0.1.0.json"
KINDS = {
    "at_least", "at_most", "between", "equal", "declining", "rising", "change", "average_growth",
    "cumulative", "maintain", "milestones", "ordinal", "relative_to", "all_areas", "at_least_k_areas",
}  # fmt: skip


@pytest.fixture(scope="module")
def saved() -> fc.Study:
    return fc.read_study(SAVED)


def by_id(study: fc.Study, id: str) -> fc.Assessment:
    return next(a for item, a in zip(study.plan, study.assessments, strict=True) if item.id == id)


def test_every_figure_is_the_one_that_was_saved(saved: fc.Study) -> None:
    # Two records of the same figures: the plain table of the file, and what the opened study works out.
    table = pd.DataFrame(json.loads(SAVED.read_text(encoding="utf-8"))["targets"])
    found = saved.to_frame()
    assert set(table["kind"]) == KINDS
    for name in table.columns:
        if pd.api.types.is_numeric_dtype(found[name]):
            got, expected = (each[name].to_numpy(float, na_value=np.nan) for each in (found, table))
            if name == "effort_ratio":
                # Release 0.1.0 called what a met target may lose an effort.
                expected = expected.copy()
                expected[[has_room(a) for a in saved.assessments]] = np.nan
            np.testing.assert_allclose(got, expected, rtol=1e-9, atol=0, err_msg=name)
        elif name == "rating":
            # Release 0.1.0 rated some targets that are met now by where they had come from.
            pairs = zip(found[name], table[name], found["status"], strict=True)
            assert [got for got, was, status in pairs if got != was and status != "maintain"] == []
        elif name != "notes":  # keys of notes, for programs: a sentence of each is held below
            assert found[name].fillna("").tolist() == table[name].fillna("").tolist(), name


def test_plan_and_histories_come_back(saved: fc.Study) -> None:
    assert (saved.plan.title("zh"), saved.plan.title("en")) == ("各类目标", "Every kind")
    assert saved.as_of == 2024
    assert len(saved.plan) == 29
    assert saved.plan["23"].proxy("zh") == "以省代替。"
    waste = saved.histories["Town", "waste"]
    assert (waste.unit, waste.bounds, waste.status[-1]) == ("kg", (0, None), "provisional")
    assert saved.histories["Town", "days"].breaks == (2017,)
    assert saved.histories["Town", "output"].gaps == (2014,)


def test_a_saved_answer_in_figures_and_words(saved: fc.Study) -> None:
    a = by_id(saved, "29")
    assert a.probability == pytest.approx(0.152357, abs=5e-7)
    assert a.likelihood is not None
    assert a.likelihood.zh == "不太可能"
    assert a.required is not None
    assert a.history is not None
    assert a.required.per_year == pytest.approx((70 - a.history.last_value) / 6, rel=1e-12)
    assert a.schedule == 0.5
    assert a.completion == pytest.approx(0.465588, abs=5e-7)
    assert a.reference is not None
    assert (a.reference.population, a.reference.windows, a.reference.share) == ("countries", 1042, 0.038)
    verdicts = {v.rule: v.verdict for v in a.rules}
    assert (verdicts["statcan"], verdicts["destatis"]) == ("substantial_progress", "sun_cloud")
    assert a.outlook is not None
    assert a.outlook.at_least(70) == pytest.approx(a.probability, abs=1e-6)


def test_notes_evidence_and_failures_keep_their_sentences(saved: fc.Study) -> None:
    en, zh = fc.Language("en"), fc.Language("zh")
    evidence = by_id(saved, "10").evidence
    assert evidence.grade == "A"
    assert "2024" in en.note(evidence.reasons[0])
    assert "2024" in zh.note(evidence.reasons[0])
    assert by_id(saved, "28").evidence.grade == "C"
    for a in saved.assessments:
        for note in (*a.notes, *a.evidence.reasons):
            assert en.note(note)
            assert zh.note(note)
    problems = {failure.id: failure.problem for failure in saved.failures}
    assert problems["24"] == "share: the stand-in shows the pace, not the level. Give one own figure."
    assert set(problems) == {"24", "25"}


def test_areas_cross_check_and_model_come_back(saved: fc.Study) -> None:
    together = by_id(saved, "20").together
    assert together is not None
    assert together.expected == pytest.approx(5.999994, abs=5e-7)
    checked = by_id(saved, "1").disagreement
    assert checked is not None
    skills = checked.to_frame().set_index("model")["skill"]
    assert skills.round(3).to_dict()["Drift"] == 0.733
    fitted = by_id(saved, "22").fitted
    assert fitted is not None
    assert fitted.predict(2026).median() == pytest.approx(5.884713, abs=5e-7)


@pytest.mark.parametrize(
    ("lang", "words"), [("en", ("Every kind", "very unlikely")), ("zh", ("各类目标", "不太可能"))]
)
def test_a_report_can_be_written_again(
    saved: fc.Study, tmp_path: Path, lang: str, words: tuple[str, ...]
) -> None:
    text = fc.write_report(saved, tmp_path / "again.md", lang=lang, date=DAY).read_text(encoding="utf-8")
    for item in saved.plan:
        assert item.label(lang) in text
    assert all(word in text for word in words)


def test_it_is_saved_again_without_a_loss(saved: fc.Study, tmp_path: Path) -> None:
    again = fc.read_study(fc.write_report(saved, tmp_path / "again.json", date=DAY))
    pd.testing.assert_frame_equal(again.to_frame(), saved.to_frame(), check_exact=True)
