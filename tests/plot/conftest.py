from __future__ import annotations

import pytest

from tests.plot.readable import LONG_EN, LONG_ZH


@pytest.fixture(params=["en", "zh"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def size(lang: str) -> str:
    """The narrow sheet for the language with the longer words, the wide one for the other."""
    return "screen" if lang == "zh" else "page"


@pytest.fixture
def long(lang: str) -> str:
    return LONG_ZH if lang == "zh" else LONG_EN
