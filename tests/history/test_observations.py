"""A table is read alike as a file, as a frame, and in a panel, and refused in the same words."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from forecast.errors import ReadError
from forecast.history.catalogue import Catalogue
from forecast.history.read_files import read_histories
from forecast.history.read_frame import pack

SOUND = pd.DataFrame(
    {"area": ["A", "A", "B", "B"], "indicator": "x", "year": [2020, 2021] * 2, "value": [1.0, 2.0, 3.0, 4.0]}
).astype(object)


@pytest.mark.parametrize("slip", ["statuss", "unti", "breaks"])
def test_a_column_that_is_nearly_one_of_ours_is_refused_everywhere(slip: str, tmp_path: Path) -> None:
    frame = SOUND.assign(**{slip: "proxy"})
    frame.to_csv(tmp_path / "x.csv", index=False)
    with pytest.raises(ReadError) as of_frame:
        read_histories(frame)
    with pytest.raises(ReadError) as of_file:
        read_histories(tmp_path / "x.csv")
    with pytest.raises(ReadError) as of_panel:
        pack(frame, Catalogue())
    assert of_frame.value.problems == of_file.value.problems == of_panel.value.problems
    assert f"column {slip!r} is not known. Did you mean" in of_file.value.problems[0]


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        (
            "break",
            "maybe",
            "break is 'maybe'. Write 1 in the first year of a new level, else leave it empty.",
        ),
        ("status", "guessed", "status is 'guessed'. Use one of: final, provisional, derived, proxy."),
        ("value", "about 5", "value is 'about 5', which is not a number. Write the number alone."),
        ("value", "1e999", "value is '1e999', which is not finite."),
        ("year", "soon", "year is 'soon', which is not a whole year."),
        ("year", None, "year is empty."),
        ("indicator", None, "indicator is empty."),
    ],
)
def test_a_cell_is_refused_in_the_same_words(column: str, cell: object, said: str) -> None:
    frame = SOUND.assign(status="", **{"break": ""}).astype(object)
    frame.loc[3, column] = cell
    with pytest.raises(ReadError) as of_frame:
        read_histories(frame)
    packed = pack(frame, Catalogue())
    assert len(of_frame.value.problems) == len(packed.problems) == 1
    assert said in of_frame.value.problems[0]
    assert said in next(iter(packed.problems.values()))
    assert packed.counts[0] == 2


def test_what_is_sound_is_the_same_history_from_all() -> None:
    histories, packed = read_histories(SOUND), pack(SOUND, Catalogue())
    for s in range(len(packed)):
        one = packed.history(s)
        assert one.values.tolist() == histories[one.key].values.tolist()
        assert one.years.tolist() == histories[one.key].years.tolist()
