"""What a target rests on, its problems and what is remarked, before anything is assessed."""

from __future__ import annotations

import pytest

import forecast as fc
from forecast.language.language import Language
from forecast.report.content.basis import basis, problems_of, remarks_on

COVER = fc.History.of("cover", range(2010, 2020), range(50, 60), unit="%", area="District")
CITY = fc.History.of("cover", range(2010, 2020), range(60, 70), unit="%", area="City", bounds=(0, 100))
HISTORIES = fc.Histories((COVER, CITY))


def item(target: fc.Target, **more: object) -> fc.Item:
    return fc.Item("7", target, **{"area": "District", **more})  # type: ignore[arg-type]


ASKED = fc.Target.at_least("cover", 65, year=2026, unit="%")


def test_own_figures_and_proxies_are_told_apart() -> None:
    words = Language("en")
    own = basis(item(ASKED), COVER, HISTORIES, words)
    by_proxy = basis(item(ASKED, judged_on=("City", "cover")), CITY, HISTORIES, words)
    assert "10" in own
    assert "2010" in own
    assert "City" in by_proxy
    assert own != by_proxy


def test_a_target_without_figures_says_what_is_missing() -> None:
    nothing = item(fc.Target.at_least("cver", 65, year=2026, unit="%"))
    assert "Did you mean 'cover'" in basis(nothing, None, HISTORIES, Language("en"))


def test_an_indicator_of_all_areas_counts_them() -> None:
    every = fc.Item("7", fc.Target.all_areas("cover", 65, year=2026, unit="%"))
    assert "2" in basis(every, None, HISTORIES, Language("en"))


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        (ASKED, None),
        (fc.Target.at_least("cover", 65, year=2026, unit="km2"), "km2"),
        (fc.Target.at_least("cover", 65, year=2019, unit="%"), None),
    ],
)
def test_a_problem_names_its_target(target: fc.Target, problem: str | None) -> None:
    said = problems_of(item(target), COVER)
    assert len(said) == (problem is not None)
    if problem is not None:
        assert said[0].startswith("target 7: ")
        assert problem in said[0]


def test_a_target_far_from_the_figures_is_remarked() -> None:
    far = item(fc.Target.at_least("cover", 0.65, year=2026, unit="%"))
    assert [note.key for note in remarks_on(far, CITY)] != []
    assert [note.key for note in remarks_on(item(ASKED), CITY)] == []
