"""The names of indicators in a Chinese clause: what is cut off them, and how a list is told apart."""

from __future__ import annotations

import re

from forecast.target.draft.chinese_words import BEFORE_NAME, EACH_OF, NOUNS, OPENING, SPREAD, TAILS, VERBS
from forecast.target.draft.periods import chinese_number

_CLASS_OF = {word: kind for kind, words in VERBS.items() for word in words}
_LONGEST = max(map(len, _CLASS_OF))
_YEAR = r"(?:19|20)\d\d年"
_BASE = re.compile(
    rf"(?:比|较|与|相比|同|相对于)(?:(?P<year>{_YEAR})(?:底|末|度)?"
    rf"|\"?(?P<plan>十[一二三四五六七八九]?五)\"?(?:规划)?(?:时期)?(?:期)?(?:末期|末|期末|时)?"
    rf"|(?P<prior>上年(?:末|度|同期)?|上一年度?"
    rf"|去年(?:同期|末)?|往年))"
    rf"(?:的)?(?:相比|水平|水准|基础上|同期|基数|时)?"
    rf"|(?:由|从)(?P<fromyear>{_YEAR})(?:底|末)?的?(?:水平|水准|峰值)|(?:在|以)(?P<onyear>{_YEAR})(?:底"
    rf"|末)?(?:的"
    rf"|为)?(?:水平)?(?:的)?(?:基础上|基数|基期|基准)(?:上)?(?:,)?"
    rf"|[比较](?:目前|现在|当前|现有)(?:水平)?的?"
)
_TIME = re.compile(
    rf"^[到至在截从自]*(?:(?:19|20)\d\d年?(?:-|至|到))?{_YEAR}(?:底|末|前|以前|之前|时|度)*[,的]?(?:全面"
    rf"|全[省市区县国])?(?=.)"
    rf"|^\"?十[一二三四五六七八九]?五\"?(?:规划)?(?:时期|期间|末|期末)?[,]?"
    r"|^[,、;:\"'·\-\s()〔〕*>●■◆▪○◇□★]+|^\(?\d{1,2}[).、](?=\D)|^\([一二三四五六七八九十]+\)"
    r"|^[一二三四五六七八九十]{1,2}(?:是"
    r"|、)(?=.)"
)
# 提出在2030年把X: what stands before 把 is no part of the name; nor is 目标定为.
_TAKEN = re.compile(r"^.{0,40}(?:把|[^即]将(?=[^来要会]))(?=.{3,})")
# 江苏要实现X: whose aim it is stands before 要实现.
_WHOSE = re.compile(
    r"^[\u4e00-\u9fff]{2,8}?(?:要|将|需|应|力争|计划)(?:努力|力争|基本|全面)?(?:实现|做到|推动|使)(?=.{3,})"
)
_AIM = re.compile(r"^.*?(?:目标|指标)(?:值)?(?:设定|确定|订|定)?(?:为|是|:)(?=.{2,})")
_STRONG = tuple(
    noun
    for noun in NOUNS
    if noun
    not in (
        "耕地",
        "湿地",
        "绿地",
        "水体",
        "断面",
        "机构",
        "景区",
        "集群",
        "资产",
        "企业",
        "质量",
        "水平",
        "标准",
        "消费",
        "投入",
        "人才",
        "床位",
        "医生",
        "护士",
        "专利",
        "论文",
        "粮食",
        "产品",
        "成本",
        "学位",
        "劳动力",
        "人口",
        "能力",
        "投资",
        "储备",
        "贡献",
        "时间",
        "用户",
        "基地",
    )
    and (len(noun) > 1 or noun == "率")
)
_JOINTS = re.compile(r"、|以及|和|与|及|/|,")
_LONG_NOUNS = tuple(sorted((noun for noun in NOUNS if len(noun) > 1 or noun == "率"), key=len, reverse=True))
_BY_LENGTH = tuple(sorted(BEFORE_NAME, key=len, reverse=True))
_TAILS = tuple(sorted(TAILS, key=len, reverse=True))


def base_of(text: str) -> tuple[int | str | None, str]:
    """Base a clause names, and the clause without it: a year, ``"prior"``, or None.

    Examples
    --------
    >>> base_of("万元国内生产总值能耗比2015年下降")
    (2015, '万元国内生产总值能耗下降')
    """
    match = _BASE.search(text)
    if match is None:
        return None, text
    rest = text[: match.start()] + text[match.end() :]
    year = match["year"] or match["onyear"] or match["fromyear"]
    if year:
        return int(year[:4]), rest
    if match["plan"]:
        number = chinese_number(match["plan"][:-1])
        return (1955 + 5 * number if number else None), rest
    return ("prior" if match["prior"] else None), rest


def verbs_off(head: str) -> tuple[str, list[tuple[str, str]]]:
    """Head without the words before its number, and these words with their class, outermost last.

    Examples
    --------
    >>> verbs_off("城镇登记失业率控制在")
    ('城镇登记失业率', [('控制在', 'cap')])
    """
    found: list[tuple[str, str]] = []
    while head:
        head = head.rstrip(",:、的\"' ")
        for size in range(min(_LONGEST, len(head)), 0, -1):
            word = head[-size:]
            if word in _CLASS_OF:
                found.insert(0, (word, _CLASS_OF[word]))
                head = head[:-size]
                break
        else:
            break
    return head, found


def cleaned(name: str) -> tuple[str, str]:
    """Name without what may stand before it, and the class of a verb that opened it.

    Examples
    --------
    >>> cleaned("到2025年,力争使自然保护地面积"), cleaned("降低单位GDP能耗")
    (('自然保护地面积', ''), ('单位GDP能耗', 'fall'))
    """
    opened = ""
    name = _AIM.sub("", _TAKEN.sub("", _WHOSE.sub("", name)))
    while name:
        short = _TIME.sub("", name, count=1)
        if short == name:
            word = next((each for each in _BY_LENGTH if name.startswith(each) and len(name) > len(each)), "")
            short = name[len(word) :]
        if short == name and not opened:
            word = next(
                (
                    each
                    for each in OPENING
                    if name.startswith(each) and name[len(each) :][:1] not in "值率额量"
                ),
                "",
            )
            if word and len(name) > len(word) + 1:
                opened, short = OPENING[word], name[len(word) :]
        if short == name:
            break
        name = short
    name = name.rstrip(",、:的\"' ·。;")
    return ("" if re.fullmatch(r"(?:在|到)?(?:19|20)\d\d年?", name) else name), opened


def measurable(name: str) -> bool:
    """Whether a name ends as names of indicators do.

    Examples
    --------
    >>> measurable("森林覆盖率"), measurable("现代化城市格局")
    (True, False)
    """
    bare = re.sub(r"\([^()]*\)$", "", name)
    return bare.endswith(_LONG_NOUNS) or bool(
        re.search(r"每(?:十|百|千|万|十万|百万)(?:名[\u4e00-\u9fff]{2,4}|人口?|户)", bare)
    )


def listed(names: str, count: int) -> list[str]:
    """*count* names that a list before 分别 holds; another number of them if it holds so many.

    Examples
    --------
    >>> listed("城镇、农村居民人均可支配收入", 2)
    ['城镇居民人均可支配收入', '农村居民人均可支配收入']
    >>> listed("城乡居民收入", 2)
    ['城镇居民收入', '农村居民收入']
    """
    for word, heads in SPREAD.items():
        if len(heads) == count and word in names:
            before, _, after = names.partition(word)
            return [before + each + after for each in heads]
    split = [each for each in _JOINTS.split(names) if each]
    if len(split) != count:
        fewer = [each for each in names.split("、") if each]
        split = fewer if len(fewer) == count else split
    return shared(split)


def several(names: str) -> list[str]:
    """Names of a list that share one value; one name with 和 inside it stays whole.

    Examples
    --------
    >>> several("农村生活垃圾处置率、重点自然屯道路硬化率"), several("水和空气质量")
    (['农村生活垃圾处置率', '重点自然屯道路硬化率'], ['水和空气质量'])
    """
    names = re.sub(r"\([^()]*、[^()]*\)", lambda match: match[0].replace("、", "\x01"), names)
    split = [each for each in _JOINTS.split(names) if each]
    if re.search(r"(?:GDP|生产总值)(?:的)?(?:比率|之比|比值|比例)$", names):
        return [names.replace("\x01", "、")]
    if len(split) > 1 and all(each.endswith(_STRONG) and len(each) > 2 for each in split):
        return [each.replace("\x01", "、") for each in shared(split)]
    if len(split) > 1 and "、" in names and "等" not in names and names.endswith(EACH_OF):
        return [each.replace("\x01", "、") for each in shared(split)]
    return [names.replace("\x01", "、")]


def shared(split: list[str]) -> list[str]:
    """Give each name of a list the head or the tail that it shares with the others."""
    if len(split) < 2:
        return split
    names = [re.sub(r"等(?=产业|行业|领域|方面|$)", "", each) for each in split]
    tail = next((each for each in _TAILS if names[-1].endswith(each) and len(names[-1]) > len(each)), "")
    if tail:
        names = [each if measurable(each) else each + tail for each in names]
    first = next((each for each in _TAILS if names[0].endswith(each) and len(names[0]) > len(each)), "")
    if first:
        head = names[0][: -len(first)]
        names = [
            names[0],
            *(head + each if each in _TAILS and len(each) <= 4 else each for each in names[1:]),
        ]
    return names
