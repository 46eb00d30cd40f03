"""The array types have one home: no other file of the package makes its own of the same."""

from __future__ import annotations

import ast
from pathlib import Path

import forecast.arrays


def test_no_other_file_makes_the_same_type_again() -> None:
    home = Path(forecast.arrays.__file__)
    own = {"np.float64", "np.int64", "np.bool_"}
    again = []
    for path in home.parent.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if (
                path != home
                and isinstance(node, ast.Assign)
                and ast.unparse(node.value).startswith("npt.NDArray[")
            ):
                inner = ast.unparse(node.value).removeprefix("npt.NDArray[").removesuffix("]")
                again += [f"{path.name}: {ast.unparse(node)}"] if inner in own else []
    assert not again
