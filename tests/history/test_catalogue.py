"""What is known of indicators and areas: names for readers, bounds, classes, who is part of whom."""

from __future__ import annotations

import pytest

from forecast.errors import HistoryError
from forecast.history.catalogue import Area, Catalogue, Indicator, checked_bounds, interval_text, position

DISTRICT = {"D": Area("D", part_of="C"), "C": Area("C", part_of="P")}


def test_ancestors_run_outward() -> None:
    assert Catalogue(areas=DISTRICT).ancestors("D") == ("C", "P")
    assert Catalogue(areas=DISTRICT).ancestors("elsewhere") == ()


def test_a_circle_is_named() -> None:
    areas = DISTRICT | {"P": Area("P", part_of="D")}
    with pytest.raises(HistoryError, match="D → C → P → D"):
        Catalogue(areas=areas).ancestors("D")


def test_an_area_of_nothing_known_is_a_stray_with_the_near_name() -> None:
    areas = {"D": Area("D", part_of="Cty"), "City": Area("City")}
    assert Catalogue(areas=areas).strays() == (
        "'D' is part of 'Cty', which is no area here. Did you mean 'City'?",
    )
    assert Catalogue(areas=areas).strays(["Cty"]) == ()


def test_labels_fall_back_on_any_language_then_on_the_name() -> None:
    labelled = Indicator("x", labels={"zh": "甲"})
    assert (labelled.label("zh"), labelled.label("en")) == ("甲", "甲")
    assert Catalogue().indicator("y").label("en") == "y"


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        ((1, 0), "must be below"),
        ((0, "x"), "number or None"),
        ((float("nan"), 1), "number or None"),
        (5, "are"),
    ],
)
def test_bounds_that_are_none(bounds: object, said: str) -> None:
    with pytest.raises(HistoryError, match=said):
        checked_bounds("x", bounds)  # type: ignore[arg-type]


def test_bounds_and_their_text() -> None:
    assert checked_bounds("x", (0, None)) == (0, None)
    assert "100" in interval_text((0, 100))


def test_classes_have_positions_best_first() -> None:
    assert [position(word, ("I", "II")) for word in ("I", "II", "III")] == [1, 2, None]
