"""A target against another series is one for the derived history, and names the two it compares."""

from __future__ import annotations

import numpy as np
import pytest

import forecast as fc

HISTORY = fc.History.of("gap", range(2015, 2024), [70.0 + i for i in range(9)], unit="%")


def test_it_answers_as_the_threshold_on_the_derived_history_does() -> None:
    target = fc.Target.relative_to("x", "x (China)", 0.8, year=2030)
    plain = fc.Target.at_least(target.indicator, 0.8, year=2030)
    derived = fc.History.of(target.indicator, range(2015, 2024), [0.7 + 0.01 * i for i in range(9)])
    assert target.threshold(derived) == plain.threshold(derived) == 0.8
    assert target.limits(derived) == plain.limits(derived)
    paths = np.linspace(0.7, 0.9, 21)[:, None]
    ends = np.repeat(paths, 7, axis=1)
    assert target.met_by(derived, ends).tolist() == (paths[:, 0] >= 0.8).tolist()
    assert target.kind.indicators("x") == ("x", "x (China)")


def test_an_unknown_form_lists_those_there_are() -> None:
    with pytest.raises(fc.TargetError, match="unknown form 'sum'; use one of: ratio, difference"):
        fc.Target.relative_to("x", "y", 0.8, year=2030, form="sum")
