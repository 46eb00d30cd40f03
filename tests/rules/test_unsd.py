"""The classes of the United Nations' reports, against published ones."""

from __future__ import annotations

from numpy.testing import assert_allclose

from forecast.rules import unsd
from forecast.rules.base import Track


def test_the_basque_office_on_poverty():
    # EUSTAT, metodologia: the note of 2023 on 14.5 (2015) -> 10.4 (2023), 7.25 by 2030.
    got = unsd.progress_2023(Track(2015, 14.5, 2023, 10.4, -1, 7.25, 2030))
    assert (got.verdict, got.score) == ("fair_progress", 2.0)
    assert_allclose((got.value, got.projected), (0.9274871539562839, 7.775718133816942), rtol=1e-12)


def test_within_a_point_of_a_hundred_per_cent_is_met_in_2023_only_for_shares():
    track = Track(2015, 98.95, 2023, 99.0, 1, 100, 2030)
    assert unsd.progress_2023(track, percent=True).verdict == "on_track"
    assert unsd.progress_2023(track).verdict is None  # the gap is too small for a ratio
    assert (
        unsd.progress_2023(Track(2015, 90, 2023, 91, 1, 100, 2030), percent=True).verdict == "fair_progress"
    )
