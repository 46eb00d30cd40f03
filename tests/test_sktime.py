"""The public path of the sktime forecaster, with and without sktime."""

from __future__ import annotations

import importlib
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest


def test_the_path_works_where_sktime_is_there() -> None:
    if find_spec("sktime") is None:
        with pytest.raises(ModuleNotFoundError, match=r"pip install 'target-feasibility\[sktime\]'"):
            importlib.import_module("forecast.sktime")
        return
    assert importlib.import_module("forecast.sktime").StructuralMixtureForecaster


def test_importing_forecast_does_not_import_sktime() -> None:
    code = "import sys, forecast; forecast.assess; sys.exit('sktime' in sys.modules)"
    root = str(Path(__file__).parent.parent)
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=root).returncode == 0
