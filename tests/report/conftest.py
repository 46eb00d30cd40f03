from __future__ import annotations

import pytest

import forecast as fc
from forecast.report import document
from forecast.report.content.document import Document
from tests.report.small import DAY, small_study


@pytest.fixture(scope="session")
def study() -> fc.Study:
    return small_study()


@pytest.fixture(scope="session", params=["en", "zh"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def report(study: fc.Study, lang: str) -> Document:
    return document(study, lang=lang, date=DAY)
