"""All kinds of target on one page in Chinese: what each asks, its formula, its row in a plan."""

from __future__ import annotations

from dataclasses import dataclass

from docs.make.kinds import PAGES, path_of
from forecast.target.kinds import KINDS

PATH = "zh/kinds.md"
# Words inside formulas.
_WORDS = {
    "{or}": "{或}",
    "where rounding counts: ": "计入四舍五入：",
    r"\text{ unless stated } (d\text{: decimals printed})": (
        r"\quad(\text{未写明时；}d\text{ 为公布的小数位数})"
    ),
    "net: ": "净变化：",
    "every year: ": "逐年：",
    "on average: ": "总体：",
    r"\text{ for all } t": r"\text{ 对所有 } t",
    r"\text{for all } t": r"\text{对所有 } t",
    "relative: ": "比例：",
    "in the unit: ": "按单位：",
    r"\text{ for a fall}": r"\text{ 用于下降}",
    r"\text{for every milestone }": r"\text{对每个里程碑 }",
    "in the year: ": "当年：",
    "is the best class": "为最好的等级",
    "ratio: ": "比值：",
    "difference: ": "差值：",
    r"k = \text{all unless stated}": r"\text{未写明时 } k \text{ 为全部}",
}


@dataclass(frozen=True)
class Said:
    """What the page says of one kind.

    Parameters
    ----------
    title, meant : str
        Its name, and what it is for.
    header, row : str
        A plan that asks it.
    """

    title: str
    meant: str
    header: str
    row: str


SAID = {
    "Threshold": Said(
        "不低于、不高于",
        "最常见的一类：城镇化率不低于 65%，失业率不高于 5%。正好等于目标值即为达标。",
        "指标,类型,目标值,单位,年份",
        "自来水普及率,不低于,88,%,2028",
    ),
    "Between": Said(
        "区间",
        "落在上下限之间，含两端。",
        "指标,类型,下限,上限,单位,年份",
        "自来水普及率,区间,82,90,%,2028",
    ),
    "Equal": Said(
        "等于",
        "与目标值之差不超过容差；容差必填。",
        "指标,类型,目标值,容差,单位,年份",
        "自来水普及率,等于,85,1,%,2028",
    ),
    "About": Said(
        "左右",
        "“6%左右”：没有写容差时，四舍五入后等于所写的数即为达标。",
        "指标,类型,目标值,容差,单位,年份",
        "自来水普及率,左右,85,1.5,%,2028",
    ),
    "Direction": Said(
        "下降、上升",
        "只要求方向。判定方式：净变化（默认，比基期低）、逐年（每年都降）、总体（趋势线下降）。",
        "指标,类型,判定方式,基期,年份",
        "二氧化硫排放量,下降,净变化,2020,2028",
    ),
    "Change": Said(
        "变化",
        "比基期下降 18%（写 -18，单位 %），或提高若干百分点（单位 points），或按指标单位变化。",
        "指标,类型,目标值,单位,基期,年份",
        "单位GDP能耗,变化,-18,%,2020,2028",
    ),
    "AverageGrowth": Said(
        "年均增长",
        "按水平法（几何平均）；基期不计入年数。增长目标一般按不变价，数据也须按不变价。",
        "指标,类型,目标值,单位,基期,年份",
        "地区生产总值指数,年均增长,5.5,%,2020,2028",
    ),
    "Cumulative": Said(
        "累计",
        "几年合计达到多少：五年新增就业、投资总额。已观测的年份照实计入。取决于全过程，由逐年联合"
        "路径计算；从不把各年概率相乘。",
        "指标,类型,目标值,起始年,单位,年份",
        "固定资产投资额,累计,275,2021,亿元,2026",
    ),
    "Maintain": Said(
        "保持",
        "“稳定在……以上（以内）”：从起始年到目标年，每一年都达标。取决于全过程，由逐年联合路径计算"
        "；从不把各年概率相乘。",
        "指标,类型,目标值,方向,单位,年份",
        "登记失业率,保持,5,不高于,%,2028",
    ),
    "Milestones": Said(
        "里程碑（分年目标）",
        "几个年份各有目标，全部达到才算实现。取决于全过程，由逐年联合路径计算；从不把各年概率相乘。",
        "指标,类型,里程碑,单位",
        "自来水普及率,里程碑,2026: 83; 2028: 86,%",
    ),
    "ClassOrBetter": Said(
        "等级",
        "“Ⅱ类及以上”：等级标准从好到差。判定方式：逐年（默认）或当年。概率由等级之间的转移得出。",
        "指标,类型,目标值,等级标准,年份",
        "河流水质,等级,II,I; II; III; IV,2027",
    ),
    "Relative": Said(
        "相对",
        "与另一指标或另一地区之比（或之差）：农村收入不低于城镇收入的 52%。先算出比值序列，再对它提问。",
        "指标,类型,比较指标,比较方式,目标值,年份",
        "农村居民收入,相对,城镇居民收入,比值,0.52,2028",
    ),
    "InStep": Said(
        "同步",
        "“居民收入增长与经济增长同步”：自基期以来增长不低于另一指标，即两者之比不降。",
        "指标,类型,比较指标,基期,年份",
        "居民收入,同步,地区生产总值,2020,2028",
    ),
    "Areas": Said(
        "所有地区、至少k个地区",
        "各地区有各自的预测，并同受好年景、坏年景影响（单因子相关，由各地区数据估计）；不是各地区"
        "概率的乘积。`至少k个地区` 另写 `地区数`。",
        "指标,类型,目标值,单位,年份",
        "村集体经济收入,所有地区,10,万元,2026",
    ),
}


def in_chinese(formula: str) -> str:
    r"""Formula with its words in Chinese.

    Examples
    --------
    >>> in_chinese(r"\text{net: } y_T < y_b")
    '\\text{净变化：} y_T < y_b'
    """
    for english, chinese in _WORDS.items():
        formula = formula.replace(english, chinese)
    return formula


def chinese_page() -> str:
    """Every kind with its formula, and one block that reads every row."""
    parts = [_HEAD]
    for kind in KINDS:
        said, page = SAID[kind.__name__], PAGES[kind.__name__]
        formulas = "\n\n".join(f"$$\n{in_chinese(each)}\n$$" for each in page.formula)
        link = f"[{page.title}](../{path_of(kind.__name__)})"
        parts.append(
            f"## {said.title} {{ #{kind.__name__.lower()} }}\n\n{said.meant}\n\n{formulas}\n\n"
            f"```csv file={_file(kind)}\n{said.header}\n{said.row}\n```\n\n"
            f"Python 写法与例子（英文）：{link}。\n"
        )
    parts.append(_TAIL)
    return "\n".join(parts)


def _file(kind: type) -> str:
    return f"{kind.__name__}.csv"


_HEAD = """# 目标类型

目标实现须满足什么。每一类都可以写在规划表里，也可以在 Python 中用 `fc.Target` 构造。

公式中 $y_t$ 为 $t$ 年的数值，$T$ 为目标年，$b$ 为基期，$x$ 为目标值。正好等于目标值即为达标。
只取决于目标年数值的类型，概率由该年预测分布直接得出；取决于全过程的（逐年、累计、里程碑），由逐年联合路径得出。
"""
_TAIL = """## 报告中的说法

上面每个表读出来，报告里是这样写的：

```python
from pathlib import Path

import forecast as fc
from forecast.target.describe import described

zh = fc.Language("zh")
for file in sorted(Path().glob("[A-Z]*.csv")):
    target = fc.read_plan(file).items[0].target
    print(f"{target.indicator}：{described(zh, target, target.unit)}")
```
"""
