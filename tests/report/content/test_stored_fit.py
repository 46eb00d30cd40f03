from __future__ import annotations

import pytest

import forecast as fc
from forecast.errors import ModelError
from forecast.models.mixture.structural_mixture import Explanation
from forecast.report.content.stored_fit import StoredFit, explained

HISTORY = fc.History.of("share", [2020, 2021, 2023], [50.0, 52.0, 55.0], unit="%")
NEXT = tuple(fc.StudentTMixture.single(x, 1.0, float("inf"), scale=fc.Identity()) for x in (56.0, 57.0))


def test_each_year_has_the_outlook_that_was_stored_for_it() -> None:
    fit = StoredFit(HISTORY, NEXT)
    assert fit.predict(2024) is NEXT[0]
    assert fit.predict(2025) is NEXT[1]


def test_a_year_that_was_not_stored_is_refused_by_name() -> None:
    with pytest.raises(ModelError, match=r"share.*2025.*2026"):
        StoredFit(HISTORY, NEXT).predict(2026)


def test_paths_need_the_model() -> None:
    with pytest.raises(ModelError, match="share"):
        StoredFit(HISTORY, NEXT).paths(2025)


def test_what_carries_the_outlook_is_what_was_stored() -> None:
    known = Explanation({"drift": 1.0}, {"identity": 1.0}, 0.5)
    assert explained(StoredFit(HISTORY, NEXT, (), known)) is known
    assert explained(StoredFit(HISTORY, NEXT)) is None
    assert explained(fc.Drift().fit(HISTORY)) is None


def test_it_is_shown_on_one_line() -> None:
    assert repr(StoredFit(HISTORY, NEXT)) == f"<StoredFit of {HISTORY!r}>"
