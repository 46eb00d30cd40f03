"""Templates to download: the same histories and plan as CSV and as a workbook, in two languages."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path

import xlsxwriter

Rows = list[list[str | float | int | None]]

_YEARS = range(2014, 2025)
_FIGURES: dict[str, tuple[float | None, ...]] = {
    "piped": (61.2, 63.0, 64.1, 66.5, None, 70.3, 71.9, 74.0, 76.2, 77.9, 79.8),
    "poor": (18.4, 17.1, 16.2, 14.8, 13.5, 12.6, 12.1, 11.7, 10.6, 9.9, 9.3),
    "income": (9210, 9950, 10480, 11350, 12240, 13170, 13690, 14950, 15620, 16480, 17390),
}
_WORDS = {
    "en": {
        "history": ["area", "indicator", "year", "value", "unit", "status", "source"],
        "plan": ["id", "area", "indicator", "kind", "value", "unit", "year", "nature", "label_en"],
        "area": "My county",
        "source": "yearbook",
        "preliminary": "preliminary",
        "names": {"piped": "piped_water_coverage", "poor": "low_income_share", "income": "rural_income"},
        "labels": ("Households with piped water", "Low-income households", "Rural income a head"),
        "units": {"piped": "%", "poor": "%", "income": "yuan"},
        "kinds": ("at_least", "at_most", "at_least"),
        "natures": ("binding", "binding", "anticipatory"),
        "sheets": ("history", "plan"),
    },
    "zh": {
        "history": ["地区", "指标", "年份", "数值", "单位", "状态", "来源"],
        "plan": ["序号", "地区", "指标", "类型", "目标值", "单位", "年份", "属性", "名称"],
        "area": "我县",
        "source": "统计年鉴",
        "preliminary": "快报数",
        "names": {"piped": "自来水普及率", "poor": "低收入户比重", "income": "农村居民人均可支配收入"},
        "labels": ("自来水普及率", "低收入户比重", "农村居民人均可支配收入"),
        "units": {"piped": "%", "poor": "%", "income": "元"},
        "kinds": ("不低于", "不高于", "不低于"),
        "natures": ("约束性", "约束性", "预期性"),
        "sheets": ("历史数据", "目标"),
    },
}  # fmt: skip
_TARGETS = (("piped", 85, 2028), ("poor", 5, 2030), ("income", 20500, 2028))


def history_rows(lang: str) -> Rows:
    """Header and observations; a year without a figure is left out."""
    words = _WORDS[lang]
    rows: Rows = [list(words["history"])]
    for key, figures in _FIGURES.items():
        for year, value in zip(_YEARS, figures, strict=True):
            if value is not None:
                status = words["preliminary"] if year == _YEARS[-1] else ""
                rows.append(
                    [
                        words["area"],
                        words["names"][key],
                        year,
                        value,
                        words["units"][key],
                        status,
                        words["source"],
                    ]
                )
    return rows


def plan_rows(lang: str) -> Rows:
    """Header and a target a row."""
    words = _WORDS[lang]
    rows: Rows = [list(words["plan"])]
    for i, (key, value, year) in enumerate(_TARGETS):
        rows.append(
            [i + 1, words["area"], words["names"][key], words["kinds"][i], value, words["units"][key], year,
             words["natures"][i], words["labels"][i]]
        )  # fmt: skip
    return rows


def as_csv(rows: Rows) -> bytes:
    """UTF-8 with a mark, so that a spreadsheet reads Chinese rightly."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def as_workbook(rows: Rows, sheet: str) -> bytes:
    """A workbook of one sheet, the same bytes whenever it is made."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime.datetime(2026, 1, 1)})
    page = book.add_worksheet(sheet)
    bold = book.add_format({"bold": True})
    for i, row in enumerate(rows):
        page.write_row(i, 0, row, bold if i == 0 else None)
    page.freeze_panes(1, 0)
    page.set_column(0, len(rows[0]) - 1, 16)
    book.close()
    return out.getvalue()


def templates() -> dict[str, bytes]:
    """Every template by its file name."""
    made = {}
    for lang in _WORDS:
        suffix = "" if lang == "en" else f"-{lang}"
        for name, rows, sheet in (
            ("history", history_rows(lang), _WORDS[lang]["sheets"][0]),
            ("plan", plan_rows(lang), _WORDS[lang]["sheets"][1]),
        ):
            made[f"{name}{suffix}.csv"] = as_csv(rows)
            made[f"{name}{suffix}.xlsx"] = as_workbook(rows, str(sheet))
    return made


def write_templates(folder: Path) -> None:
    """Put every template into a folder."""
    for name, content in templates().items():
        (folder / name).write_bytes(content)
