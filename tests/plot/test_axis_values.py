from __future__ import annotations

import numpy as np
import pytest

from forecast.language.language import Language
from forecast.plot.axis_values import Values, widened

EN, ZH = Language("en"), Language("zh")


@pytest.mark.parametrize(
    ("high", "language", "unit", "said"),
    [(4.2e9, EN, "billion persons", "2.10"), (4.2e9, ZH, "亿persons", "21.0"), (900.0, EN, "persons", "450")],
)
def test_one_factor_is_said_beside_the_unit(high: float, language: Language, unit: str, said: str) -> None:
    values = Values.between(0.0, high, "persons", language=language)
    assert values.unit == unit
    assert values.written(high / 2) == said


def test_a_published_figure_keeps_its_digits() -> None:
    values = Values.between(0.0, 100.0, "%", language=EN)
    assert (values.exact(61.25), values.exact(61.0)) == ("61.25", "61")


def test_a_step_of_two_and_a_half_has_its_decimal() -> None:
    values = Values.between(0.0, 10.0, "%", language=EN)
    assert (values.tick(2.5, 2.5), values.tick(2.0, 2.0)) == ("2.5", "2")


def test_classes_are_written_by_their_names() -> None:
    values = Values(EN, "", 1.0, 0, ("I", "II", "III"))
    assert [values.written(x) for x in (0.2, 2.0, 9.0)] == ["I", "II", "III"]


def test_an_axis_is_widened_no_more_than_it_may_be() -> None:
    assert widened(0.0, 10.0, np.array([-4.0, 90.0]), 2.0) == (-4.0, 30.0)
    assert widened(0.0, 10.0, np.array([2.0, 9.0]), 2.0) == (0.0, 10.0)
