from __future__ import annotations

import pickle

import pytest

import forecast as fc
from forecast import Catalogue, Indicator


def both() -> fc.Histories:
    return fc.Histories(
        [
            fc.History.of("forest_cover", [2020, 2021], [40.0, 41.0], area="Jilin"),
            fc.History.of("urbanization_rate", [2019], [60.0], area="Jilin"),
            fc.History.of("forest_cover", [2021], [23.0], area="China"),
        ]
    )


def test_it_is_a_mapping_in_the_order_given() -> None:
    histories = both()
    assert list(histories) == [
        ("Jilin", "forest_cover"),
        ("Jilin", "urbanization_rate"),
        ("China", "forest_cover"),
    ]
    assert len(histories) == 3
    assert histories.areas == ("Jilin", "China")
    assert histories.indicators == ("forest_cover", "urbanization_rate")
    assert histories["China", "forest_cover"].last_value == 23.0
    assert repr(histories) == "<Histories: 3 of 2 areas and 2 indicators>"


@pytest.mark.parametrize(
    ("key", "message"),
    [
        (
            ("Jilin", "forest_covr"),
            r"^no history of 'forest_covr' in 'Jilin'\. Did you mean 'forest_cover'\?",
        ),
        (("China", "gdp"), r"^no history of 'gdp' in 'China'\. Available: forest_cover\.$"),
        (("Jilln", "forest_cover"), r"^no history in area 'Jilln'\. Did you mean 'Jilin'\?"),
        (("Heihe", "forest_cover"), r"^no history in area 'Heihe'\. Available: China, Jilin\."),
        ("forest_cover", r"^histories are looked up by \(area, indicator\); got 'forest_cover'\."),
    ],
)
def test_what_is_not_there_names_what_is(key: object, message: str) -> None:
    with pytest.raises(fc.HistoryError, match=message):
        both()[key]


def test_an_empty_one_says_so() -> None:
    with pytest.raises(fc.HistoryError, match=r"there are no histories at all"):
        fc.Histories()["Jilin", "forest_cover"]


def test_asking_whether_it_is_there_is_never_an_error() -> None:
    assert ("China", "forest_cover") in both()
    assert ("China", "gdp") not in both()
    assert ["China", "gdp"] not in both()
    assert both().get(("China", "gdp")) is None


def test_the_same_history_twice_is_refused() -> None:
    one = fc.History.of("x", [2020], [1.0], area="A")
    with pytest.raises(fc.HistoryError, match=r"^x \(A\): given twice\. Merge the two, or name one"):
        fc.Histories([one, one])


def test_until_leaves_out_what_starts_later() -> None:
    earlier = both().until(2020)
    assert list(earlier) == [("Jilin", "forest_cover"), ("Jilin", "urbanization_rate")]
    assert earlier["Jilin", "forest_cover"].last_year == 2020


def test_the_catalogue_stays_with_it() -> None:
    catalogue = Catalogue({"x": Indicator("x", labels={"zh": "某指标"})})
    histories = fc.Histories([fc.History.of("x", [2020], [1.0])], catalogue)
    assert histories.until(2020).catalogue.indicator("x").label("en") == "某指标"
    assert histories.catalogue.indicator("y") == Indicator("y")


def test_it_travels() -> None:
    assert list(pickle.loads(pickle.dumps(both()))) == list(both())


def test_get_gives_a_derived_history_as_indexing_does() -> None:
    histories = fc.Histories(
        [fc.History.of(name, [2020, 2021], [4, 6], area="J") for name in ("urban", "rural")]
    )
    key = ("J", "urban / rural")
    assert key in histories
    assert histories.get(key) is not None
    assert histories.get(key).values.tolist() == histories[key].values.tolist() == [1, 1]
    assert histories.get(("J", "nothing")) is None
