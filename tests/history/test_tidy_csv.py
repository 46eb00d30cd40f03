"""The library's own table: whatever a history holds is read back from it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from forecast.history.histories import Histories
from forecast.history.history import STATUSES, History
from forecast.history.read_files import read_histories
from forecast.history.tidy_csv import tidy_csv

TEXT = st.text("ab,;\"'=+-@\t 省市。é", max_size=9).map(lambda text: " ".join(text.split()))


@st.composite
def histories(draw: st.DrawFn) -> History:
    years = draw(st.lists(st.integers(1900, 2025), min_size=1, max_size=6, unique=True))
    n, number = len(years), st.integers(-(10**9), 10**9).map(lambda n: n / 1000)
    history = History.of(
        "x",
        years,
        draw(st.lists(number, min_size=n, max_size=n)),
        unit=draw(st.sampled_from(["%", "亿元", ""])),
    )
    several = st.lists(TEXT, min_size=n, max_size=n)
    return replace(
        history,
        area=draw(st.sampled_from(["", "Aland", "吉林"])),
        status=tuple(draw(st.lists(st.sampled_from(STATUSES), min_size=n, max_size=n))),
        sources=tuple(draw(several)),
        notes=tuple(draw(several)),
        breaks=tuple(draw(st.lists(st.sampled_from(sorted(years)), max_size=2, unique=True))),
    )


@settings(max_examples=60, deadline=None)
@given(history=histories())
@example(history=History.of("x", [1900, 2025], [1.001, 15625.0], unit="%"))
def test_a_history_is_read_back_with_everything_it_holds(history: History) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.csv"
        path.write_text(tidy_csv(Histories([history])), encoding="utf-8")
        found = read_histories(path)[history.key]
    for name in ("values", "years"):
        assert getattr(found, name).tolist() == getattr(history, name).tolist()
    for name in ("unit", "status", "breaks"):
        assert getattr(found, name) == getattr(history, name)
    # A text that a spreadsheet would take for a formula stands behind an apostrophe.
    for name in ("sources", "notes"):
        bare = [text.removeprefix("'") for text in getattr(found, name)]
        assert bare == [text.removeprefix("'") for text in getattr(history, name)]
