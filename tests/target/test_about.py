"""About a value: what rounds to the number a plan prints."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import forecast as fc
from forecast.errors import TargetError
from forecast.target.about import printed_tolerance
from forecast.target.read_plan import read_plan

HISTORY = fc.History.of("growth", range(2015, 2025), [5, 6, 5.5, 5.2, 4.8, 5.1, 5.4, 5.0, 4.9, 5.2], unit="%")


@pytest.mark.parametrize(
    ("number", "tolerance"),
    [
        (5, 0.5),
        (5.0, 0.5),
        ("5.0", 0.05),
        (5.5, 0.05),
        ("5.50", 0.005),
        (-3, 0.5),
        (20000, 0.5),
        (0.25, 0.005),
    ],
)
def test_a_number_is_as_exact_as_it_is_printed(number: str | float, tolerance: float) -> None:
    assert printed_tolerance(number) == pytest.approx(tolerance, rel=1e-12)


def test_both_ends_count() -> None:
    target = fc.Target.about("growth", 5, year=2026, tolerance=0.25, unit="%")
    limits = target.limits(HISTORY)
    assert limits is not None
    assert limits.hold(np.array([4.74, 4.75, 5.0, 5.25, 5.26])).tolist() == [False, True, True, True, False]
    outlook = fc.StructuralMixture().fit(HISTORY).predict(2026)
    expected = outlook.at_most(5.25) - outlook.at_most(np.nextafter(4.75, 0))
    assert fc.assess(HISTORY, target).probability == pytest.approx(expected, abs=1e-12)


@given(st.floats(0.01, 5))
def test_a_wider_tolerance_is_never_less_likely(width: float) -> None:
    fitted = fc.Drift().fit(HISTORY)
    narrow, wide = (
        fc.probability(fitted, fc.Target.about("growth", 5, year=2026, tolerance=w))
        for w in (width, 1.5 * width)
    )
    assert narrow <= wide


def test_a_plan_reads_the_digits_it_prints(tmp_path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(
        "indicator,kind,value,unit,year,tolerance\na,about,5.0,%,2026,\nb,左右,5,%,2026,0.2\n", "utf-8"
    )
    plan = read_plan(path)
    assert [item.target.kind.tolerance for item in plan] == pytest.approx([0.05, 0.2])
    assert {item.target.kind.name for item in plan} == {"about"}


def test_a_tolerance_of_nothing_is_refused() -> None:
    with pytest.raises(TargetError, match="tolerance above 0"):
        fc.Target.about("growth", 5, year=2026, tolerance=0)


def test_a_panel_says_the_same() -> None:
    target = fc.Target.about("growth", 5, year=2026, tolerance=0.25)
    frame = (
        HISTORY.to_series().rename_axis("year").reset_index(name="value").assign(indicator="growth", area="A")
    )
    table = fc.assess_frame(frame, [target])
    own = fc.assess(fc.History.of("growth", HISTORY.years, HISTORY.values, area="A"), target)
    assert table.probability[0] == pytest.approx(own.probability, abs=1e-12)
    assert table.kind[0] == "about"
