"""Small tables written to a file and read, for the tests of the readers."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecast.errors import ReadError
from forecast.history.read_files import read_histories


def values(folder: Path, text: str, encoding: str = "utf-8", **where: str) -> list[float]:
    path = folder / "x.csv"
    path.write_bytes(text.encode(encoding))
    found = read_histories(path, where=where)
    assert len(found) == 1
    return next(iter(found.values())).values.tolist()


def refused(folder: Path, text: str, encoding: str = "utf-8") -> str:
    path = folder / "x.csv"
    path.write_bytes(text.encode(encoding))
    with pytest.raises(ReadError) as caught:
        read_histories(path)
    return "\n".join(caught.value.problems)


def rows(*cells: str, delimiter: str = ";") -> str:
    lines = [f"x{delimiter}{2015 + i}{delimiter}{cell}" for i, cell in enumerate(cells)]
    return "\n".join([delimiter.join(("indicator", "year", "value")), *lines]) + "\n"
