"""Errors: one tree, all problems of a file at once, the near name where there is one."""

from __future__ import annotations

import pickle

import pytest

from forecast import errors
from forecast.errors import ForecastError, ReadError, must_be, near_name, shortened


def test_every_error_is_a_forecast_error_and_a_value_error() -> None:
    kinds = [kind for name, kind in vars(errors).items() if name.endswith("Error")]
    assert len(kinds) >= 6
    assert all(issubclass(kind, ForecastError) and issubclass(kind, ValueError) for kind in kinds)


@pytest.mark.parametrize(("n", "lines"), [(1, 2), (8, 9), (9, 10), (3000, 10)])
def test_a_file_with_many_problems_is_ten_lines_and_keeps_them_all(n: int, lines: int) -> None:
    error = ReadError("x.csv", [f"row {i}" for i in range(n)])
    assert len(str(error).splitlines()) == lines
    assert len(error.problems) == n
    again = pickle.loads(pickle.dumps(error))
    assert (again.source, again.problems, str(again)) == (error.source, error.problems, str(error))


def test_another_kind_is_refused_with_what_to_give() -> None:
    must_be(int, 5, who="x", instead="")
    with pytest.raises(ForecastError, match=r"^f: x must be of kind int; got a list\. Write a number\.$"):
        must_be(int, [1] * 500, who="f: x", instead="Write a number.")


def test_the_near_name_and_what_it_costs() -> None:
    assert near_name("coverge", ["coverage", "forest"]) == "coverage"
    assert near_name("zzz", ["coverage", "forest"]) is None
    assert near_name("x" * 10_000, ["x" * 9_999]) is None
    assert near_name("name 5x", [f"name {i}" for i in range(100_000)]) == "name 5"


def test_a_long_list_is_cut() -> None:
    assert shortened(["a", "b"]) == "a, b"
    assert shortened([str(i) for i in range(50)]).endswith("18, 19, ... of 50")
