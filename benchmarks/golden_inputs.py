"""How the golden file writes what is not a plain number: periods, ramps, formulas."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping

import numpy as np


def end_of(period: str) -> float:
    """Return when a period ends: 2018 is 2018.0, 2018H1 2017.5, 2018Q3 2017.75."""
    year, part, number = re.fullmatch(r"(\d{4})(?:([HQ])(\d))?", str(period)).groups()  # type: ignore[union-attr]
    return float(year) if part is None else int(year) - 1 + int(number) / {"H": 2, "Q": 4}[part]


def ramp(text: str, year: int) -> float:
    """Return one year's value of an even ramp written as "60..80 for 2010..2030"."""
    match = re.search(r"([\d.]+?)\.\.([\d.]+) for (\d{4})\.\.(\d{4})", text)
    first, last, start, end = (float(x) for x in match.groups())  # type: ignore[union-attr]
    return float(np.interp(year, [start, end], [first, last]))


_OPERATORS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def formula(text: str, year: float) -> float:
    """Return the value of a formula in numbers, + - * / ^ and the name year."""

    def value(node: ast.expr) -> float:
        if isinstance(node, ast.BinOp):
            return _OPERATORS[type(node.op)](value(node.left), value(node.right))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return -value(node.operand)
        if isinstance(node, ast.Name) and node.id == "year":
            return year
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
            return node.value
        raise ValueError(f"formula: cannot read {ast.unparse(node)!r} in {text!r}")

    return value(ast.parse(text.replace("^", "**"), mode="eval").body)
