"""What the package says of itself: one version, and a README that renders on a package index."""

from __future__ import annotations

import re
import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

import forecast as fc

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def hook() -> ModuleType:
    pytest.importorskip("hatchling")
    spec = spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_version_stands_in_one_place() -> None:
    assert "version" in PROJECT["project"]["dynamic"]
    assert PROJECT["tool"]["hatch"]["version"]["path"] == "forecast/__init__.py"
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (\d+\.\d+\.\d+)", changes, re.MULTILINE)
    assert versions[0] == fc.__version__


def test_links_lead_out_where_there_is_a_home(hook: ModuleType) -> None:
    text = hook.for_an_index(README, "https://example.org/f")
    assert "](docs/" not in text
    assert "](https://example.org/f/raw/main/docs/outlook-en.png)" in text
    assert hook.addresses("https://example.org/f")["Homepage"] == "https://example.org/f"


def test_no_link_leads_nowhere_without_a_home(hook: ModuleType) -> None:
    text = hook.for_an_index(README, "")
    assert not [link for link in re.findall(r"\]\(([^)]+)\)", text) if not link.startswith(("http", "#"))]
    assert hook.addresses("") == {}
    assert hook.for_an_index("see [this](a.md) and ![picture](b.png)", "") == "see this and "
