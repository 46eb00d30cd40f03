"""How a card says when a target is reached."""

from __future__ import annotations

import pytest

import forecast as fc
from forecast.report import document
from forecast.report.formats.markdown import markdown
from tests.report.small import DAY

RISING = fc.History.of("x", range(2010, 2024), [10 + t + 0.3 * (-1) ** t for t in range(14)])


@pytest.mark.parametrize(
    ("target", "en", "zh"),
    [
        (fc.Target.at_least("x", 26, year=2028), "More likely than not by 2027", "到2027年达标的可能性过半"),
        (fc.Target.at_least("x", 20, year=2028), "Met by the latest value", "最新值已达标"),
        (fc.Target.at_least("x", 500, year=2028), "Not in sight within 50 years", "50年内难以达标"),
        (
            fc.Target.maintain("x", 26, year=2030),
            "More likely than not kept to in every year from 2027 on",
            "自2027年起逐年保持达标的可能性过半",
        ),
        (
            fc.Target.cumulative("x", 130, since=2023, year=2027, direction="at_most"),
            "No year: a total not to be exceeded is kept or broken, never reached",
            "无达标年份：总量控制目标只有守住或突破之分",
        ),
    ],
    ids=lambda t: t.kind.name if isinstance(t, fc.Target) else "",
)
def test_in_words(target: fc.Target, en: str, zh: str) -> None:
    plan = fc.Plan((fc.Item("1", target),))
    done = fc.assess_plan(plan, fc.Histories([RISING]), model=fc.Drift())
    for lang, words in (("en", en), ("zh", zh)):
        assert words in markdown(document(done, lang=lang, date=DAY))


def test_the_outside_view_knows_no_year(lang: str) -> None:
    few = fc.History.of("share", [2020, 2022], [50.0, 51.0], unit="%")
    course = [30 + t / 2 for t in range(23)]
    others = [fc.History.of("share", range(2000, 2023), course, unit="%", area=f"A{i}") for i in range(40)]
    plan = fc.Plan((fc.Item("1", fc.Target.at_least("share", 52, year=2026, unit="%")),))
    done = fc.assess_plan(plan, fc.Histories([few, *others]))
    assert done.assessments[0].fitted is None
    assert done.assessments[0].probability is not None
    said = markdown(document(done, lang=lang, date=DAY))
    assert {"en": "When the target is reached", "zh": "预计达标时间"}[lang] not in said
