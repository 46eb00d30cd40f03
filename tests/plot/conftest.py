from __future__ import annotations

import pytest
from readable import LONG_EN, LONG_ZH


@pytest.fixture(params=["en", "zh"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["page", "screen"])
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def long(lang: str) -> str:
    return LONG_ZH if lang == "zh" else LONG_EN
