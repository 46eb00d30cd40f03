from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecast.errors import ReportError
from forecast.plot.heatmap import plot_heat
from forecast.plot.style import new_axes
from tests.plot.readable import assert_readable, said


def table(areas: int, targets: list[str]) -> pd.DataFrame:
    """Return probabilities that rise with the area's number; the last target is never assessed."""
    rows = [
        (f"area {i}", name, np.nan if name == targets[-1] else (i + 0.5) / areas)
        for i in range(areas)
        for name in targets
    ]
    return pd.DataFrame(rows, columns=["area", "target", "probability"])


@pytest.mark.parametrize(("areas", "targets"), [(3, 2), (30, 5), (2800, 22)])
def test_a_heat_map_of_any_size_is_readable(lang, size, long, areas, targets):
    names = [f"{long[:40]} {i}" for i in range(targets)]
    assert_readable(plot_heat(table(areas, names), ax=new_axes(size), lang=lang, label=long))


def test_a_heat_map_ranks_both_ways_and_groups_what_does_not_fit():
    ax = plot_heat(table(3, ["a", "none"]))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["area 0", "area 1", "area 2"]
    assert {"a", "none", "17", "50", "83"} <= set(said(ax))
    many = plot_heat(table(100, ["a", "none"]))
    ranks = [label.get_text() for label in many.get_yticklabels()]
    assert (ranks[0], ranks[-1], len(ranks)) == ("1–3", "100", 34)
    assert "2" in said(many)  # the mean of 0.5, 1.5 and 2.5 %
    assert "100 areas in 34 groups by rank, the most at risk first: mean probability of each group" in said(
        many
    )


def test_a_heat_map_of_a_wrong_table_says_what_is_wrong():
    good = table(2, ["a", "b"])
    with pytest.raises(ReportError, match="the columns target are missing"):
        plot_heat(good.drop(columns="target"))
    with pytest.raises(ReportError, match="area 0, a is given twice"):
        plot_heat(pd.concat([good, good[:1]]))
    with pytest.raises(ReportError, match="the table has no row"):
        plot_heat(good[:0])
