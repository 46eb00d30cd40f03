"""The contents page: what readers see is what is listed, and looking costs next to nothing."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import forecast

HEAVY = (
    "statsmodels",
    "sklearn",
    "scipy.stats",
    "matplotlib.pyplot",
    "docx",
    "openpyxl",
    "xlsxwriter",
    "typer",
)


def test_all_is_sorted_and_every_name_loads() -> None:
    assert forecast.__all__ == sorted(forecast.__all__)
    for name in forecast.__all__:
        assert getattr(forecast, name).__name__.lstrip("_") == name


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Histroy'"):
        forecast.Histroy  # noqa: B018


def test_dir_lists_the_public_names() -> None:
    assert set(forecast.__all__) <= set(dir(forecast))


@pytest.mark.parametrize("statement", ["import forecast", "import forecast as fc; fc.History; fc.Target"])
def test_importing_loads_nothing_heavy(statement: str) -> None:
    code = f"import sys, json; {statement}; print(json.dumps(sorted(sys.modules)))"
    loaded = json.loads(
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
    )
    assert not [module for module in HEAVY if module in loaded]


def test_every_public_thing_says_what_it_is() -> None:
    silent = [name for name in forecast.__all__ if not (getattr(forecast, name).__doc__ or "").strip()]
    assert not silent
