"""The Chinese and the English text of one report state the same targets, years and bases.

The report on the work of the government of China of March 2025, its paragraph of main projected targets: in
Chinese as agricoop.net (itemid 25089) prints it, in English as Xinhua's summary in People's Daily Online
(en.people.cn, n3/2025/0313/c90000-20288621) does. The report of March 2026, its targets to 2030: in Chinese
as Sing Tao (stheadline.com, 3549884) lists them, in English as ECNS (2026-03-05) tells them.
"""

from __future__ import annotations

import pytest

from forecast.target.draft.found import Stated
from tests.target.draft.told import draft

CHINESE_2025 = (
    "2025年3月5日，国务院总理李强代表国务院，向十四届全国人大三次会议作政府工作报告。\n"
    "李强在政府工作报告中提出，今年发展主要预期目标是：国内生产总值增长5%左右；城镇调查失业率5.5%左右，城镇新增就业1200万人以上；"
    "居民消费价格涨幅2%左右；居民收入增长和经济增长同步；国际收支保持基本平衡；粮食产量1.4万亿斤左右；"
    "单位国内生产总值能耗降低3%左右，生态环境质量持续改善。\n"
)
ENGLISH_2025 = """China releases full text of government work report
March 13, 2025
The report proposes the main projected targets for development in 2025 as follows:
-- GDP growth of around 5 percent
-- surveyed urban unemployment rate of around 5.5 percent
-- over 12 million new urban jobs
-- CPI increase of around 2 percent
-- growth in personal income in step with economic growth
-- a basic equilibrium in the balance of payments
-- grain output of around 700 million metric tons
-- a drop of around 3 percent in energy consumption per unit of GDP
-- continued improvements in the environment.
"""
CHINESE_2030 = """2026年《政府工作报告》简略版
2026-03-05
二、「十五五」时期主要目标和重大任务
国内生产总值增长保持在合理区间
全社会研发经费投入年均增长7%以上
单位国内生产总值二氧化碳排放累计降低17%
数字经济核心产业增加值占国内生产总值比重达到12.5%
人均预期寿命提高到80岁
"""
ENGLISH_2030 = (
    "2026-03-05\n"
    "China on Thursday unveiled major development targets for the 2026-2030 period as a government work "
    "report was submitted to the country's top legislature for deliberation.\n"
    "To pursue innovation-led and green development, China projects an annual average increase of at least 7 "
    "percent in nationwide R&D spending, and envisages a total reduction of 17 percent in carbon dioxide "
    "emissions per unit of GDP between 2026 and 2030, it said.\n"
    "China also proposes raising the value added of core digital economy industries to 12.5 percent of GDP "
    "and life expectancy to 80 years, according to the report.\n"
)
# What one of a unit is: in persons, in tonnes (a jin is half a kilogram), in per cent, in years.
ONE = {"万人": 1e4, "million": 1e6, "万亿斤": 1e12 / 2000, "million metric tons": 1e6, "%": 1.0, "": 1.0,
       "岁": 1.0, "years": 1.0}  # fmt: skip


def sense(each: Stated) -> tuple[object, ...]:
    """Return what a target asks, whatever the language and the unit."""
    value = each.value * ONE[each.unit] if isinstance(each.value, float) else each.value
    return each.kind, value, each.year, each.base_year, each.approximate, each.growth_rate


@pytest.mark.parametrize(
    ("chinese", "english", "count"), [(CHINESE_2025, ENGLISH_2025, 7), (CHINESE_2030, ENGLISH_2030, 4)]
)
def test_both_texts_state_the_same(chinese: str, english: str, count: int) -> None:
    ours, theirs = draft(chinese).targets, draft(english).targets
    assert [sense(each) for each in ours] == [sense(each) for each in theirs]
    assert len(ours) == count
