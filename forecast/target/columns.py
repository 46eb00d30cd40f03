"""The only place where the columns of a plan become a target."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from forecast.errors import ForecastError
from forecast.history.cells import RefusedCell
from forecast.history.table import TableRow
from forecast.history.units import same_unit
from forecast.language.message import Message, suggestion
from forecast.target.about import printed_tolerance
from forecast.target.change import AverageGrowth, Change
from forecast.target.ordinal import ClassOrBetter
from forecast.target.sustained import Maintain
from forecast.target.target import Target

# The columns that kinds take besides indicator, kind, value, unit and year.
COLUMNS = (
    "lower", "upper", "tolerance", "decimals", "rule", "base_year", "base_value", "direction", "since",
    "milestones", "scale", "other", "form", "k", "growth_rate",
)  # fmt: skip
_KIND_WORDS = {
    "不低于": "at_least", "至少": "at_least", "不高于": "at_most", "不超过": "at_most", "区间": "between",
    "等于": "equal", "下降": "declining", "上升": "rising", "变化": "change", "年均增长": "average_growth",
    "累计": "cumulative", "保持": "maintain", "等级": "ordinal", "所有地区": "all_areas",
    "里程碑": "milestones",
    "不少于": "at_least", "不大于": "at_most", "大于等于": "at_least",
    "小于等于": "at_most", "达到": "at_least", "≥": "at_least", "≤": "at_most", "变动": "change",
    "左右": "about", "同步": "in_step_with", "分年目标": "milestones", "相对": "relative_to",
    "至少k个地区": "at_least_k_areas",
}  # fmt: skip
# What the columns that choose among a few words may say in Chinese.
_CHOICES = {
    "不低于": "at_least", "不少于": "at_least", "不高于": "at_most", "不超过": "at_most",
    "净变化": "net", "逐年": "every_year", "总体": "on_average", "当年": "in_year",
    "比值": "ratio", "差值": "difference",
}  # fmt: skip


@dataclass(frozen=True)
class Cells:
    """One row of a plan, with the plan's head behind it; what is wrong is gathered, not raised.

    Parameters
    ----------
    row, head : TableRow
    problems : list of str
        Takes a sentence for each cell that cannot be used.
    """

    row: TableRow
    head: TableRow
    problems: list[str]

    def text(self, column: str, default: str = "") -> str:
        """Cell as text."""
        return self.row.text(column) or default

    def choice(self, column: str, default: str = "") -> str:
        """Cell that says one of a few words, in the library's own spelling."""
        said = self.text(column, default)
        return _CHOICES.get(said, said)

    def number(self, column: str) -> float:
        """Number that the kind cannot do without; NaN, and a problem, where it is not there."""
        found = self.optional(column)
        if found is None and not any(problem.startswith(f"{column} is") for problem in self.problems):
            self.problems.append(Message("needed_empty", column=column, kind=self.text("kind")))
        return math.nan if found is None else found

    def optional(self, column: str) -> float | None:
        """Number where there is one."""
        try:
            return self.row.number_in(column)
        except ValueError as problem:
            self.problems.append(problem.args[0])
            return None

    def whole(self, column: str) -> int | None:
        """Whole number where there is one."""
        found = self.optional(column)
        if found is not None and not found.is_integer():
            self.problems.append(Message("not_whole", column=column, text=self.text(column)))
            return None
        return None if found is None else int(found)

    def year(self, column: str, *, or_head: bool = True) -> int | None:
        """Year of the row, else of the plan's head."""
        try:
            found = self.row.year_in(column)
        except ValueError as problem:
            self.problems.append(problem.args[0])
            return None
        return self.head.year_in(column) if found is None and or_head else found

    def flag(self, column: str) -> bool:
        """Yes or no; no where the cell is empty."""
        try:
            return self.row.flag_in(column)
        except ValueError as problem:
            self.problems.append(problem.args[0])
            return False

    def base(self) -> int:
        """Base year that the kind cannot do without."""
        found = self.year("base_year")
        if found is None:
            self.problems.append(Message("no_base_year", kind=self.text("kind")))
        return found or 0

    def since(self) -> int | None:
        """First year that counts: the row's own, else the year after the base year."""
        own, base = self.year("since", or_head=False), self.year("base_year")
        return base + 1 if own is None and base is not None else own

    def classes(self) -> list[str]:
        """Classes of a scale: a list in TOML, text with semicolons in a table."""
        cell = self.row.cells.get("scale")
        words = cell if isinstance(cell, list) else self.text("scale").replace("；", ";").split(";")
        return [str(word).strip() for word in words if str(word).strip()]

    def milestones(self) -> dict[int, float]:
        """Values by year: an inline table in TOML, ``2024: 65; 2026: 70`` in a table."""
        cell = self.row.cells.get("milestones")
        if not isinstance(cell, Mapping):
            parts = re.split(r"[;；,，、]", self.text("milestones").replace("：", ":"))
            cell = dict(part.partition(":")[::2] for part in parts if part.strip())
        steps: dict[int, float] = {}
        for year, value in cell.items():
            step = (
                TableRow(self.row.number, {"milestones": year}),
                TableRow(self.row.number, {"milestones": value}),
            )
            try:
                at, number = step[0].year_in("milestones"), step[1].number_in("milestones")
            except ValueError as problem:
                self.problems.append(problem.args[0])
                continue
            if at is None or number is None:
                self.problems.append(Message("no_milestone_list"))
            else:
                steps[at] = number
        return steps


def target_of(row: TableRow, head: TableRow) -> tuple[Target | None, list[str]]:
    """Target of one row, or None, and every problem of its cells.

    The plan's head gives the year and the base year that the row leaves out.
    """
    cells = Cells(row, head, [])
    indicator, word = cells.text("indicator"), cells.text("kind")
    kind = _KIND_WORDS.get(word, word.lower().replace(" ", "_"))
    if not indicator:
        cells.problems.append(Message("no_indicator"))
    if kind not in _BUILDERS:
        hint = suggestion(kind, _BUILDERS)
        said = Message("kind_unknown", text=word, hint=hint) if word else Message("kind_empty", hint=hint)
        cell = row.cells.get("kind")
        cells.problems.append(cell.message if isinstance(cell, RefusedCell) else said)
    year = cells.year("year")
    if year is None and kind != "milestones" and not any(p.startswith("year is") for p in cells.problems):
        cells.problems.append(Message("empty", column="year"))
    target, growth_rate = None, cells.flag("growth_rate")
    if indicator and kind in _BUILDERS:
        try:
            target = replace(_BUILDERS[kind](cells, indicator, year or 0), growth_rate=growth_rate)
        except ForecastError as problem:
            # A number that could not be read has been named already.
            if not cells.problems:
                cells.problems.append(problem.args[0])
    return (None if cells.problems else target), cells.problems


def _at_least(cells: Cells, name: str, year: int) -> Target:
    value, places = cells.number("value"), cells.whole("decimals")
    return Target.at_least(name, value, year=year, unit=cells.text("unit"), decimals=places)


def _at_most(cells: Cells, name: str, year: int) -> Target:
    value, places = cells.number("value"), cells.whole("decimals")
    return Target.at_most(name, value, year=year, unit=cells.text("unit"), decimals=places)


def _between(cells: Cells, name: str, year: int) -> Target:
    lower, upper = cells.number("lower"), cells.number("upper")
    return Target.between(name, lower, upper, year=year, unit=cells.text("unit"))


def _equal(cells: Cells, name: str, year: int) -> Target:
    value, tolerance = cells.number("value"), cells.number("tolerance")
    return Target.equal(name, value, year=year, tolerance=tolerance, unit=cells.text("unit"))


def _about(cells: Cells, name: str, year: int) -> Target:
    value, tolerance = cells.number("value"), cells.optional("tolerance")
    if tolerance is None and math.isfinite(value):
        cell = cells.row.cells.get("value")
        tolerance = printed_tolerance(cells.text("value") if isinstance(cell, str) else value)
    return Target.about(name, value, year=year, tolerance=tolerance, unit=cells.text("unit"))


def _declining(cells: Cells, name: str, year: int) -> Target:
    rule, base = cells.choice("rule", "net"), cells.year("base_year", or_head=False)
    return Target.declining(name, year=year, rule=rule, base_year=base, unit=cells.text("unit"))


def _rising(cells: Cells, name: str, year: int) -> Target:
    rule, base = cells.choice("rule", "net"), cells.year("base_year", or_head=False)
    return Target.rising(name, year=year, rule=rule, base_year=base, unit=cells.text("unit"))


def _change(cells: Cells, name: str, year: int) -> Target:
    value, base, unit = cells.number("value"), cells.base(), cells.text("unit")
    if not unit:
        cells.problems.append(Message("change_unit"))
    relative = same_unit(unit) == "%"
    target = Target.change(
        name,
        value / 100 if relative else value,
        year=year,
        base_year=base,
        unit="" if relative else unit,
        direction=cells.choice("direction") or None,
    )
    return _with_base_value(target, cells)


def _average_growth(cells: Cells, name: str, year: int) -> Target:
    rate, base, unit = cells.number("value"), cells.base(), cells.text("unit")
    if same_unit(unit) != "%":
        cells.problems.append(Message("growth_unit", text=unit))
    way = cells.choice("direction") or None
    target = Target.average_growth(name, rate / 100, year=year, base_year=base, direction=way)
    return _with_base_value(target, cells)


def _with_base_value(target: Target, cells: Cells) -> Target:
    """Target with the plan's own base value, for a history that has none."""
    stated = cells.optional("base_value")
    if stated is None or not isinstance(target.kind, Change | AverageGrowth):
        return target
    return replace(target, kind=target.kind.with_base_value(stated))


def _cumulative(cells: Cells, name: str, year: int) -> Target:
    total, since, way = cells.number("value"), cells.since(), cells.choice("direction", "at_least")
    if since is None:
        cells.problems.append(Message("no_since"))
    return Target.cumulative(
        name, total, since=since or year, year=year, direction=way, unit=cells.text("unit")
    )


def _maintain(cells: Cells, name: str, year: int) -> Target:
    value, way, places = cells.number("value"), cells.choice("direction", "at_least"), cells.whole("decimals")
    target = Target.maintain(
        name, value, year=year, direction=way, since=cells.since(), unit=cells.text("unit")
    )
    assert isinstance(target.kind, Maintain)
    return replace(target, kind=replace(target.kind, decimals=places))


def _milestones(cells: Cells, name: str, year: int) -> Target:
    steps, way = cells.milestones(), cells.choice("direction", "at_least")
    if not steps and not cells.problems:
        cells.problems.append(Message("no_milestones"))
    target = Target.milestones(name, steps, direction=way, unit=cells.text("unit"))
    if cells.text("year") and target.year != year:
        cells.problems.append(Message("last_milestone", year=year, last=target.year))
    return target


def _ordinal(cells: Cells, name: str, year: int) -> Target:
    word, rule = cells.text("value"), cells.choice("rule", "every_year")
    if not cells.classes():
        cells.problems.append(Message("no_scale"))
    target = Target.ordinal(name, word, year=year, scale=cells.classes(), rule=rule, unit=cells.text("unit"))
    assert isinstance(target.kind, ClassOrBetter)
    return replace(target, kind=replace(target.kind, since=cells.since()))


def _relative_to(cells: Cells, name: str, year: int) -> Target:
    value, other = cells.number("value"), cells.text("other")
    if not other:
        cells.problems.append(Message("no_other", kind="relative_to"))
    way, form = cells.choice("direction", "at_least"), cells.choice("form", "ratio")
    return Target.relative_to(name, other, value, year=year, direction=way, form=form)


def _in_step_with(cells: Cells, name: str, year: int) -> Target:
    other, base = cells.text("other"), cells.year("base_year")
    if not other:
        cells.problems.append(Message("no_other", kind="in_step_with"))
    way = cells.choice("direction", "at_least")
    return Target.in_step_with(name, other, year=year, base_year=base, direction=way)


def _all_areas(cells: Cells, name: str, year: int) -> Target:
    value, way = cells.number("value"), cells.choice("direction", "at_least")
    return Target.all_areas(name, value, year=year, direction=way, unit=cells.text("unit"))


def _at_least_k_areas(cells: Cells, name: str, year: int) -> Target:
    value, way, k = cells.number("value"), cells.choice("direction", "at_least"), cells.whole("k")
    if k is None:
        cells.problems.append(Message("no_k"))
    return Target.at_least_k_areas(name, value, k=k or 1, year=year, direction=way, unit=cells.text("unit"))


_BUILDERS: dict[str, Callable[[Cells, str, int], Target]] = {
    "at_least": _at_least,
    "at_most": _at_most,
    "between": _between,
    "equal": _equal,
    "about": _about,
    "declining": _declining,
    "rising": _rising,
    "change": _change,
    "average_growth": _average_growth,
    "cumulative": _cumulative,
    "maintain": _maintain,
    "milestones": _milestones,
    "ordinal": _ordinal,
    "relative_to": _relative_to,
    "in_step_with": _in_step_with,
    "all_areas": _all_areas,
    "at_least_k_areas": _at_least_k_areas,
}
