"""A small fixed study: one target of each fate, with labels that mean mischief."""

from __future__ import annotations

import datetime
from dataclasses import replace

import forecast as fc
from forecast.history.catalogue import Area, Catalogue, Indicator
from forecast.history.histories import Histories

DAY = datetime.date(2026, 3, 1)
FORMULA = "=1+1"
SCRIPT = "<script>alert(1)</script> & |pipe| *star*"


def small_study(*, later: bool = False) -> fc.Study:
    """Six targets: own figures, proxy, formula label, pace only, met, none. *later*: one more year."""
    growth = [61.2, 62.0, 63.1, 63.9, 65.4, 66.0, 67.3, *([68.9] if later else [])]
    years = range(2016, 2016 + len(growth))
    share = fc.History.of("share", years, growth, unit="%", area="Town", bounds=(0, 100))
    share = replace(share, status=("final",) * (len(growth) - 1) + ("provisional",), breaks=(2018,))
    share = replace(share, sources=("Yearbook",) * len(growth), notes=("",) * (len(growth) - 1) + ("early",))
    output = fc.History.of(
        "output", range(2015, 2023), [80, 84, 90, 93, 99, 101, 108, 113], unit="亿元", area="Province"
    )
    wasted = {2014: 30, 2015: 29, 2017: 27.5, 2018: 26, 2019: 26.4, 2020: 25, 2021: 24.1}
    waste = fc.History.of("waste", wasted, wasted.values(), unit="kg", area="Town")
    done = fc.History.of("done", range(2018, 2024), [5, 6, 7, 8, 9, 10], unit="", area="Town")
    indicators = {
        "share": Indicator("share", "%", (0, 100), {"en": "Share of towns", "zh": "城镇比重"}),
        "output": Indicator(
            "output", "亿元", (0, None),
            {"en": "Output", "zh": "产出"}, {"en": "100 million yuan", "zh": "亿元"},
        ),
        "nothing": Indicator(
            "nothing", "days",
            labels={"en": "Good days", "zh": "优良天数"}, units={"en": "days", "zh": "天"},
            definitions={"en": "Days that are good.", "zh": "空气优良的天数。"},
            publishers={"en": "The bureau", "zh": "生态环境局"},
        ),
    }  # fmt: skip
    areas = {"Town": Area("Town", {"en": "Town", "zh": "甲区"}), "Province": Area("Province", {"zh": "乙省"})}
    items = (
        fc.Item(
            "1", fc.Target.at_least("share", 72, year=2026, unit="%"), area="Town", group="a",
            groups={"en": "Living", "zh": "民生"}, nature="binding", base_year=2020,
        ),
        fc.Item(
            "2", fc.Target.at_least("output", 190, year=2026, unit="亿元"), area="Town", group="a",
            groups={"en": "Living", "zh": "民生"}, nature="anticipatory", base_year=2020,
            judged_on=("Province", "output"), proxies={"en": "The province.", "zh": "以乙省代替。"},
            notes={"en": SCRIPT, "zh": SCRIPT},
        ),
        fc.Item(
            "3", fc.Target.at_most("waste", 20, year=2026, unit="kg"), {"en": FORMULA, "zh": FORMULA},
            area="Town", group="b", groups={"en": "@Nature", "zh": "@环境"}, base_year=2015,
        ),
        fc.Item(
            "4", fc.Target.at_least("goal", 90, year=2026, unit="%"), {"en": "Goal", "zh": "目标四"},
            area="Town", group="b", groups={"en": "@Nature", "zh": "@环境"}, base_year=2018,
            judged_on=("Town", "share"), proxy_for="change",
        ),
        fc.Item(
            "5", fc.Target.at_least("done", 9, year=2023), {"en": "Done", "zh": "已完成"},
            area="Town", group="b", groups={"en": "@Nature", "zh": "@环境"}, nature="binding", base_year=2018,
        ),
        fc.Item(
            "6", fc.Target.at_least("nothing", 300, year=2026, unit="days"), area="Town", group="b",
            groups={"en": "@Nature", "zh": "@环境"},
        ),
    )  # fmt: skip
    plan = fc.Plan(items, {"en": "A small plan", "zh": "小规划"}, "Town", 2020, 2026)
    histories = Histories((share, output, waste, done), Catalogue(indicators, areas))
    return fc.assess_plan(plan, histories, as_of=2023, model=fc.Drift())
