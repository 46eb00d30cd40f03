"""Numbers with their units, as Chinese texts write them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

SCALES = ("万亿", "千亿", "百亿", "亿", "千万", "百万", "十万", "万", "千", "兆")
# What things are counted and measured in. A reader who misses one adds it here.
MEASURES = (
    "元", "美元", "港元", "欧元", "新台币", "人民币", "斤", "公斤", "公吨", "吨标准煤", "吨标煤",
    "吨二氧化碳当量", "吨二氧化碳", "吨", "千克", "克",
    "公里",
    "千米", "车公里", "平方公里", "平方千米", "平方米", "平米", "立方米", "方", "米", "厘米", "毫米", "公顷",
    "亩次", "亩", "人次", "人年",
    "人", "户次", "户", "个", "家", "项", "条", "座", "处", "所", "件", "张", "辆", "台套", "台", "套", "名",
    "位", "只", "头",
    "羽", "株", "架次", "架", "枚", "部", "场次", "场", "倍", "岁", "年", "天", "小时", "分钟", "分",
    "千瓦时", "千瓦", "兆瓦时", "兆瓦",
    "吉瓦", "瓦", "度", "PFLOPS", "EFLOPS", "P", "TEU", "标准箱", "标箱", "箱", "床", "微克", "毫克", "℃",
    "平方", "GW", "MW",
    "kW",
    "kWh", "册", "艘", "升", "篇", "种", "块", "片", "眼", "口", "间", "栋", "宗", "笔", "批", "级", "课时",
    "公顷次", "次", "万",
    "个标准箱", "站", "里", "日", "宿位", "单位", "学位", "床位", "m3", "m2", "km", "km2", "t", "MWh",
    "ug/m3", "μg/m3", "例",
    "起",
)  # fmt: skip
_BY_LENGTH = "|".join(re.escape(each) for each in sorted(MEASURES, key=len, reverse=True))
_SCALE = "|".join(SCALES)
_PER = rf"(?:/|每)(?:(?:{_SCALE}|十万|百|10)?(?:{_BY_LENGTH}|单位GDP|GDP)|10万|万|千人口|万人口)"
_UNIT = (
    rf"(?::1(?!\d)|个?百分点|%|‰|/10万|/万|(?:(?:{_SCALE})?(?:{_BY_LENGTH})(?:{_PER})*(?:·[日天年])?)"
    rf"|(?:{_SCALE}))"
)
_DIGITS = "一二两三四五六七八九十"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_VALUE = re.compile(
    rf"(?:(?<![A-Za-z\d.第])|(?<=GDP))(?:(?P<low>{_NUMBER})(?P<lowunit>{_UNIT})?(?:-|至|到)(?=\d))?"
    rf"(?:(?P<big>\d+)(?P<bigscale>[万亿])(?=\d))?(?P<number>{_NUMBER})(?P<odd>余|多)?(?P<unit>{_UNIT})?"
    rf"|百分之(?P<hundredth>[{_DIGITS}百零点\d.]+)(?:至百分之(?P<hundredths>[{_DIGITS}百零点\d.]+))?"
    rf"|(?<=[突破过超达到])(?P<round>万亿|千亿|百亿)(?P<roundunit>元|斤)"
    rf"|(?<=[占达到过于至])(?P<part>[二三四五]分之[一二三四]|一半)(?=以上|以下|以内|左右|$|[,、;。)])"
    rf"|(?<=[突破过超达到上])(?P<word>[{_DIGITS}])(?P<wordunit>(?:{_SCALE})(?:元|斤|人|亩|吨|人次))"
)
# Figures that are names, not amounts; they are covered before amounts are looked for.
NOT_AMOUNTS = (
    r"\d+(?:\.\d+)?(?::\d+(?:\.\d+)?){2,}", r"\d+(?:\.\d+)?:(?!1(?!\d))\d+(?:\.\d+)?",
    r"PM2\.5", r"PM10", r"PM2,5", r"(?<![A-Z])(?!GDP|CPI)[A-Z]+\d+[A-Za-z]*", r"\d+G(?!W)", r"\d+A级",
    r"(?<!\d)\d{1,2}-\d{1,2}(?:周)?岁(?:以上|以下|以内)?(?=[一-龥])",
    r"(?<!\d)\d{1,2}(?:周)?岁(?:及)?(?:以上|以下|以内)(?=[一-龥])",
    r"每\d*[千万百十]*(?:人口?|名[一-龥]{2,6}|户)", r"第\d+",
    r"\d+(?:米|公里|分钟|小时)(?=服务|生活圈|交通圈|通勤|健身圈|医疗|公共|养老|便民|可达|经济圈|都市|等时)",
    r"±\d+(?:\.\d+)?%?",
    r"\d+\+\d+(?:\+[\dNX]+)*", r"[〔(]20\d\d[〕)]", r"\d+类(?!别)", r"(?:近|连续|这|过去|未来|前|后)\d+年",
    r"\d+年(?:来|内|间|期)",
    r"\d{1,2}月(?:\d{1,2}日)?",
    r"(?<!\d)\d{1,2}日(?=公布|公佈|发布|印发|召开|举行|电|[上下]午|晚|在|,提)",
    r"\d+(?:个)?(?:方面|领域|环节|维度|类别|大类)", r"\d+分钟(?=[一-龥]{2,})",
    r"\d+天内",
    r"\d+小时(?=[一-龥]{2,})", r"\d+/7", r"万元(?=GDP|国内|地区|工业|生产|产值)",
    r"亿元(?=GDP|国内|地区|生产)",
    r"(?<!\d)\d{1,2}\.(?=[一-龥])", r"^\(?\d{1,2}[)、.](?=\D)", r"[ⅠⅡⅢⅣⅤ](?:-[ⅠⅡⅢⅣⅤ])?类?", r"\d+千伏",
    r"\d+℃(?=目标|温控)", r"(?<!\d)(?:19|20)\d\d-(?:19|20)\d\d(?!\d)",
)  # fmt: skip
_NAMES = re.compile("|".join(f"(?:{each})" for each in NOT_AMOUNTS))
YEARS = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?:年?(?:-|至|到|、|和)(?:19|20)\d\d)*(?:年(?:代|度|底|末|初|前|以前|之前)?(?!级))"
)
COVER = "\x00"
# More digits than any amount has. Patterns that begin with figures would be tried at each of thousands.
ENDLESS = re.compile(r"\d{31,}")


@dataclass(frozen=True)
class Amount:
    """One number and its unit: where they stand, and what they are."""

    start: int
    end: int
    number: float
    unit: str
    low: float | None = None
    more: bool = False


def covered(text: str) -> str:
    """*text* with every figure covered that is no amount: years, names, ages, ordinals."""
    short = ENDLESS.sub(lambda match: COVER * len(match[0]), text)
    hidden = YEARS.sub(lambda match: COVER * len(match[0]), short)
    return _NAMES.sub(lambda match: COVER * len(match[0]), hidden)


def amounts(text: str) -> list[Amount]:
    """Amounts of a text, in order.

    Examples
    --------
    >>> [(each.number, each.unit) for each in amounts("到2026年,PM2.5浓度降至35微克/立方米,总量7100万立方米")]
    [(35.0, '微克/立方米'), (7100.0, '万立方米')]
    >>> amounts("增长5%-5.5%")[0].low
    5.0
    """
    found = []
    for match in _VALUE.finditer(covered(text)):
        each = _amount(match)
        if each is not None:
            found.append(each)
    return _shared_unit(found, text)


def _amount(match: re.Match[str]) -> Amount | None:
    if match["number"]:
        low = float(match["low"].replace(",", "")) if match["low"] else None
        number = float(match["number"].replace(",", ""))
        more = bool(match["odd"])
        unit = match["unit"] or ""
        if match["big"]:
            # 3万5,000美元 is 3.5 of 万美元.
            number = round(float(match["big"]) + number / {"万": 1e4, "亿": 1e8}[match["bigscale"]], 10)
            unit = match["bigscale"] + unit
        return Amount(match.start(), match.end(), number, unit, low, more)
    if match["hundredth"]:
        first, second = in_words(match["hundredth"]), in_words(match["hundredths"] or "")
        if first is None:
            return None
        if second is not None:
            return Amount(match.start(), match.end(), second, "%", first)
        return Amount(match.start(), match.end(), first, "%")
    if match["part"]:
        whole, _, part = match["part"].partition("分之")
        share = 100 * _WORDS[part] / _WORDS[whole] if part else 50.0
        return Amount(match.start(), match.end(), round(share, 4), "%")
    if match["round"]:
        return Amount(match.start(), match.end(), 1.0, match["round"] + match["roundunit"])
    return Amount(match.start(), match.end(), _WORDS[match["word"]], match["wordunit"])


_WORDS = {"一": 1.0, "二": 2.0, "两": 2.0, "三": 3.0, "四": 4.0, "五": 5.0, "六": 6.0, "七": 7.0, "八": 8.0,
    "九": 9.0,
          "十": 10.0}  # fmt: skip


def in_words(text: str) -> float | None:
    """Number in Chinese words, up to a hundred, or in figures.

    Examples
    --------
    >>> in_words("五点五"), in_words("二十三"), in_words("6.5")
    (5.5, 23.0, 6.5)
    """
    try:
        return float(text)
    except ValueError:
        pass
    whole, _, part = text.partition("点")
    if whole in ("百", "一百"):
        return 100.0
    digits = {**_WORDS, "零": 0.0}
    tens, ten, ones = whole.partition("十")
    try:
        number = (
            (10 * (digits[tens] if tens else 1) + (digits[ones] if ones else 0)) if ten else digits[whole]
        )
        decimals = "".join(str(int(digits[each])) for each in part)
    except KeyError:
        return None
    return float(number) + (float(f"0.{decimals}") if decimals else 0.0)


def _shared_unit(found: list[Amount], text: str) -> list[Amount]:
    """Give the unit of the last of 12、15和18个 to those before it that have none."""
    for i in range(len(found) - 2, -1, -1):
        between = text[found[i].end : found[i + 1].start]
        if not found[i].unit and between in ("、", "和", "、和", "及", "/") and found[i + 1].unit:
            found[i] = replace(found[i], unit=found[i + 1].unit)
    return found


def is_unit(text: str) -> bool:
    """Whether a text, such as what stands in brackets behind an indicator's name, is a unit.

    Examples
    --------
    >>> is_unit("%"), is_unit("微克/立方米"), is_unit("PM2.5"), is_unit("吨标准煤/万元")
    (True, True, False, True)
    """
    text = text.strip().replace(" ", "")
    parts = re.split(r"/|每", text)
    whole = re.compile(rf"(?:{_SCALE}|百|十)?(?:{_BY_LENGTH})?(?:GDP|人口)?")
    known = bool(text) and all(whole.fullmatch(part) for part in parts) and parts[0] != ""
    return known or bool(
        re.fullmatch(
            r"%|‰|个?百分点|1/10万|/10万|\d+/10万|岁|级|分贝|dB|ha|Mtoe|ktoe|Mt|GWh|TWh|kt|Mt ?CO2.*"
            r"|t ?CO2.*|per cent"
            r"|percent",
            text,
        )
    )
