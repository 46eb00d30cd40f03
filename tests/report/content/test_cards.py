from __future__ import annotations

import numpy as np
from numpy.testing import assert_allclose

import forecast as fc
from forecast.language.language import Language
from forecast.report import document
from forecast.report.content.blocks import Paragraph, Slider, walk
from forecast.report.content.cards import facts, promises, series_table, sources
from forecast.report.content.document import Document
from forecast.report.content.wording import Wording


def words(study: fc.Study, lang: str = "en") -> Wording:
    return Wording(Language(lang), study.histories.catalogue)


def test_a_slider_holds_the_librarys_own_probabilities(study: fc.Study, report: Document) -> None:
    found = [b for _, s in walk(report.sections) for b in s.blocks if isinstance(b, Slider)]
    assert [slider.id for slider in found] == ["slider-1", "slider-2", "slider-3"]
    for slider, line in zip(found, study.lines[:3], strict=True):
        a, kind = line.assessment, line.item.target.kind
        assert a.outlook is not None
        ask = a.outlook.at_least if kind.direction > 0 else a.outlook.at_most
        assert_allclose(slider.probabilities, ask(slider.values), atol=1e-6)
        assert slider.values[slider.start] == kind.value
        assert slider.probabilities[slider.start] == a.probability
        assert (np.diff(slider.values) > 0).all()


def test_the_rules_say_from_which_year_they_count(study: fc.Study) -> None:
    """The growth they print is that from the base they name to the last figure."""
    cards = {s.line.item.id: s for _, s in walk(document(study, lang="en").sections) if s.line is not None}
    told = [b.text for b in cards["3"].blocks if isinstance(b, Paragraph) and "the base here" in b.text]
    assert told == [Language("en").text("rules.since", {"start": 2015, "period": "2015–2021"})]
    a = cards["3"].line.assessment
    (observed,) = [v.value for v in a.rules if v.convention == "observed_compound"]
    assert_allclose(observed, (a.history.value_in(2021) / a.history.value_in(2015)) ** (1 / 6) - 1)


def test_a_series_is_its_figures_with_status_break_and_source(study: fc.Study) -> None:
    line = study.lines[0]
    history = line.assessment.history
    assert history is not None
    table = series_table(line, words(study), history)
    assert [row.cells[1].value for row in table.rows] == history.values.tolist()
    assert [row.cells[1].text for row in table.rows][1] == "62.0"  # one step of digits for a series
    assert [row.cells[3].text for row in table.rows] == [*["[1]"] * 6, "[2]"]
    assert table.rows[2].cells[2].text == "final, break in the series"
    assert len(sources(words(study), history).items) == 2


def test_a_promise_with_more_certainty_asks_for_less(study: fc.Study) -> None:
    table = promises(study.lines[0], words(study))
    assert table is not None
    values = [cell.value for cell in table.rows[0].cells]
    chances = [float(key[1:]) for key in table.keys]
    assert sorted(values, reverse=chances == sorted(chances)) == values
    assert promises(study.lines[4], words(study)) is None  # its year has passed


def test_the_facts_name_the_latest_figure_in_its_year(study: fc.Study, lang: str) -> None:
    w = words(study, lang)
    found = dict(facts(study.lines[0], w).items)
    latest = found[w.language.text("fact.latest")].text
    assert "67.3" in latest
    assert "2022" in latest
