"""The catalogue's name for what a text calls an indicator or an area, and the near misses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from forecast.errors import ForecastError
from forecast.history.catalogue import Catalogue
from forecast.history.read_catalogue import read_catalogue
from forecast.history.shipped_data import data_path
from forecast.target.draft.plain import plain

# Two words for one indicator; the right one is how the catalogue says it.
SAME = (
    (r"^(?:国内生产总值|GDP|生产总值|地区GDP|全[省市区县]生产总值|地区生产总值\(GDP\)|国内生产总值\(GDP\))$",
        "地区生产总值"),
    (r"^经济(?:增长|增速)?$|^economicgrowth$|^economic growth$|^gdp growth$|^gdp$", "地区生产总值"),
    (r"^常住人口城镇化率$", "城镇化率"),
    (r"^城市空气质量达标天数$|^空气质量(?:优良|达标)天数$", "城区空气质量达标天数"),
    (r"^万元(?:GDP|国内生产总值|地区生产总值)(?:能耗|能源消耗)$|^单位(?:GDP|国内生产总值"
     r"|地区生产总值)(?:能耗|能源消耗)$", "单位GDP能源消耗"),
    (r"^主要污染物排放(?:总)?量$", "主要污染物排放"),
    (r"^一产增加值$", "第一产业增加值"),
    (r"^城镇登记失业人员比率$", "城镇登记失业率"),
    (r"^居民消费价格指数$|^CPI$", "居民消费价格指数"),
)  # fmt: skip
_WHOSE = re.compile(r"^(?:全[国省市区县州盟旗镇]|我[国省市区县]|本[省市区县港]|辖区|地方)(?=.{3,})")
_NEAR = 0.6
_MOST_NEAR = 3


@dataclass(frozen=True)
class Match:
    """The catalogue's name, empty where it has none, and the names that come near."""

    name: str = ""
    near: tuple[str, ...] = ()


def matched(indicator: str) -> Match:
    """What the shipped catalogue calls an indicator.

    Examples
    --------
    >>> matched("全市森林覆盖率").name, matched("国内生产总值").name, matched("forest cover").name
    ('forest_cover', 'gdp', 'forest_cover')
    >>> matched("城镇调查失业率").name, matched("城镇登记失业人数").near[0]
    ('', 'registered_unemployment_rate')
    """
    names = _names()
    key = _key(indicator)
    if key in names:
        return Match(names[key])
    near = get_close_matches(key, names, n=_MOST_NEAR, cutoff=_NEAR) if len(key) > 2 else []
    return Match("", tuple(dict.fromkeys(names[each] for each in near)))


def area_of(text: str) -> str:
    """Catalogue's name for an area that is called so, else *text* itself.

    Examples
    --------
    >>> area_of("江源区"), area_of("Jilin Province"), area_of("Atlantis")
    ('Jiangyuan', 'Jilin', 'Atlantis')
    """
    for name, area in _catalogue().areas.items():
        if text and text in (name, *area.labels.values()):
            return name
    return text


def area_in(title: str) -> str:
    """Catalogue's name for the smallest area that a title holds, or ``""``."""
    text = plain(title).text
    found = [(len(label), name) for name, area in _catalogue().areas.items()
             for label in area.labels.values() if label and len(label) > 2 and label in text]  # fmt: skip
    return max(found)[1] if found else ""


def unit_of(name: str) -> str:
    """Unit the catalogue gives an indicator."""
    return _catalogue().indicator(name).unit


@lru_cache(maxsize=1)
def _catalogue() -> Catalogue:
    try:
        return read_catalogue(data_path("historical"))
    except ForecastError:
        return Catalogue()


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Catalogue's names by how a text may write them; the first entry of a label counts."""
    names: dict[str, str] = {}
    for name, entry in _catalogue().indicators.items():
        for label in (name.replace("_", " "), *entry.labels.values()):
            names.setdefault(_key(label), name)
    return names


def _key(label: str) -> str:
    """Label without what differs from text to text."""
    text = plain(label).text.strip().rstrip("。.;,")
    text = _WHOSE.sub("", text)
    for pattern, name in SAME:
        text = re.sub(pattern, name, text)
    return re.sub(r"[\s()\"'、·,-]", "", text).lower()
