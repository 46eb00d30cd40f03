"""The header of a table of targets."""

from __future__ import annotations

from pathlib import Path

from forecast.target.draft.context import Context
from forecast.target.draft.table_header import ROLES, Column, header, years_of_columns

PAGE = (Path(__file__).parents[3] / "docs" / "draft-rules.md").read_text("utf-8")


def test_the_columns_of_a_header() -> None:
    size, columns = header([["指标", "单位", "2025年", "2030年目标", "属性"]], Context())
    assert (size, [column.role for column in columns]) == (1, ["name", "unit", "base", "target", "nature"])


def test_a_header_of_two_rows() -> None:
    size, columns = header(
        [["指标", "目标值", "目标值"], ["指标", "2027年", "2030年"], ["甲率", "1", "2"]], Context()
    )
    assert size == 2
    assert columns[1:] == [Column("target", 2027), Column("target", 2030)]


def test_years_of_observations_are_no_targets() -> None:
    assert header([["年份", "2019年", "2020年", "2021年"]], Context())[1][1:] == [
        Column(""),
        Column(""),
        Column(""),
    ]


def test_the_columns_give_the_years() -> None:
    columns = [Column("name"), Column("base", 2025), Column("target", 2030)]
    context = years_of_columns(columns, Context())
    assert (context.year, context.first) == (2030, 2026)


def test_the_roles_are_on_the_page() -> None:
    for role, pattern in ROLES:
        assert f"| `{role}` | `{pattern}` |".replace(pattern, pattern.replace("|", "\\|")) in PAGE
