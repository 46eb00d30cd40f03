"""A random history written as a publisher writes it, and read back."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from forecast.history.histories import Histories
from forecast.history.read_files import read_histories

Values = dict[int, float]
FIGURES = st.dictionaries(
    st.integers(1960, 2025), st.integers(-99_999, 99_999).map(lambda n: n / 100), min_size=2, max_size=12
).map(lambda values: dict(sorted(values.items())))
# For each publisher: any history, a few of them.
any_history = given(values=FIGURES)
few = settings(max_examples=15, deadline=None)


def read(text: str, name: str, encoding: str = "utf-8") -> Histories:
    """Histories of a text under the name that a publisher gives its file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(text.encode(encoding))
        return read_histories(path)


def figures(histories: Histories, area: str, indicator: str) -> Values:
    """Values by year of one series."""
    history = histories[area, indicator]
    return dict(zip(history.years.tolist(), history.values.tolist(), strict=True))


def lines(*each: str) -> str:
    return "\n".join(each) + "\n"
