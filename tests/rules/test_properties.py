"""What must hold of every rule whatever the figures: mirror, unit, order."""

from __future__ import annotations

import math
from dataclasses import replace

from hypothesis import assume, example, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from forecast.rules import aarr, china, china_rates, destatis, escap, statcan, unsd
from forecast.rules.base import Track, Verdict

positive = st.floats(0.01, 1e4)
signed = st.floats(-1e4, 1e4).map(lambda x: round(x, 3))
directions = st.sampled_from((1, -1))
powers_of_two = st.integers(-8, 8).map(lambda n: 2.0**n)  # scaling by these is exact in binary
series = st.lists(signed, min_size=4, max_size=6)

BEST_FIRST = {
    "destatis": destatis.ORDER,
    "unsd_2022": (unsd.ON_TRACK, unsd.FAIR, unsd.LIMITED, unsd.DETERIORATION),
    "unsd_2023": (unsd.ON_TRACK, unsd.FAIR, unsd.STAGNATION_OR_REGRESSION),
    "unsd_2026": (unsd.ON_TRACK, unsd.MODERATE, unsd.MARGINAL, unsd.STAGNATION, unsd.REGRESSION),
    "statcan": (
        statcan.ACHIEVED,
        statcan.SUBSTANTIAL,
        statcan.MODERATE,
        statcan.LIMITED,
        statcan.DETERIORATION,
    ),
}
RATIO_RULES = (statcan.progress, unsd.progress_2022, unsd.progress_2023, unsd.progress_2026)
TRACK_RULES = (*RATIO_RULES, china.completion, escap.current_status)


def tracks(values: st.SearchStrategy[float]) -> st.SearchStrategy[Track]:
    return st.builds(
        lambda base, value, target, direction, t: Track(2015, base, 2015 + t, value, direction, target, 2030),
        values,
        values,
        values,
        directions,
        st.integers(1, 14),
    )


def mirrored(track: Track) -> Track:
    return replace(
        track, base=-track.base, value=-track.value, target=-track.target, direction=-track.direction
    )


def rank(verdict: Verdict) -> int:
    return BEST_FIRST[verdict.rule].index(str(verdict.verdict))


@given(tracks(signed))
def test_at_most_is_the_mirror_of_at_least_for_gap_ratios(track):
    assert china.completion(track) == china.completion(mirrored(track))
    assert escap.current_status(track) == escap.current_status(mirrored(track))
    assert statcan.progress(track) == statcan.progress(mirrored(track))


@given(series, signed, directions, st.integers(2020, 2040))
@example([0.0] * 6, 0.0, 1, 2030)
def test_at_most_is_the_mirror_of_at_least_for_the_weather(values, target, direction, due):
    years = range(2020 - len(values), 2020)
    opposite = [-v for v in values]
    level, mirror = (
        destatis.level(years, v, g, target_year=due, direction=d)
        for v, g, d in ((values, target, direction), (opposite, -target, -direction))
    )
    assert (level.verdict, level.value) == (mirror.verdict, mirror.value)
    assert destatis.maintain(years, values, target, direction=direction) == destatis.maintain(
        years, opposite, -target, direction=-direction
    )
    assert destatis.directional(years, values, direction=direction) == destatis.directional(
        years, opposite, direction=-direction
    )


@given(tracks(positive), powers_of_two)
def test_the_unit_does_not_matter(track, k):
    scaled = replace(track, base=k * track.base, value=k * track.value, target=k * track.target)
    for rule in TRACK_RULES:
        before, after = rule(track), rule(scaled)
        assert (before.verdict, before.withheld) == (after.verdict, after.withheld)
        assert_allclose([after.value or 0.0], [before.value or 0.0], rtol=1e-9, atol=1e-12)


@given(series, signed, directions, st.integers(2020, 2040), powers_of_two)
def test_the_unit_does_not_matter_to_the_weather(values, target, direction, due, k):
    years = range(2020 - len(values), 2020)
    one, other = (
        destatis.level(years, [u * v for v in values], u * target, target_year=due, direction=direction)
        for u in (1.0, k)
    )
    assert one.verdict == other.verdict


@given(tracks(positive), st.floats(1.0, 3.0))
def test_asking_for_more_never_improves_a_class(track, factor):
    harder = replace(track, target=track.target * (factor if track.direction > 0 else 1 / factor))
    for rule in RATIO_RULES:
        easy, hard = rule(track), rule(harder)
        # A base past the target is another question: there the easier target is the one already held.
        if None in (easy.verdict, hard.verdict, easy.value, hard.value):
            continue
        # A step back is a smaller share of a larger gap: only progress is comparable.
        assume(track.direction * (track.value - track.base) >= 0)
        assert rank(hard) >= rank(easy)


@given(series, signed, st.floats(0, 1e3), directions, st.integers(2020, 2040))
def test_asking_for_more_never_improves_the_weather(values, target, more, direction, due):
    years = range(2020 - len(values), 2020)
    easy, hard = (
        destatis.level(years, values, goal, target_year=due, direction=direction)
        for goal in (target, target + direction * more)
    )
    assert rank(hard) >= rank(easy)
    kept, lost = (
        destatis.maintain(years, values, goal, direction=direction)
        for goal in (target, target + direction * more)
    )
    assert rank(lost) >= rank(kept)


@given(tracks(positive), st.floats(0, 100))
def test_a_better_value_never_worsens_a_class(track, more):
    better = replace(
        track, value=track.value + (more if track.direction > 0 else -min(more, track.value / 2))
    )
    for rule in RATIO_RULES:
        before, after = rule(track), rule(better)
        if None not in (before.verdict, after.verdict):
            assert rank(after) <= rank(before)


@given(positive, positive, st.integers(1, 40))
def test_a_rate_leads_back_to_the_value(start, end, span):
    compound, continuous, linear = (
        aarr.growth(start, end, span, convention=c).value for c in aarr.CONVENTIONS
    )
    assert_allclose(start * (1 + compound) ** span, end, rtol=1e-9)
    assert_allclose(start * math.exp(continuous * span), end, rtol=1e-9)
    assert_allclose(start + linear * span, end, rtol=1e-9)
    assert_allclose(math.log1p(compound), continuous, rtol=1e-9, atol=1e-12)


@given(st.lists(st.floats(-0.3, 0.3), min_size=1, max_size=5), st.floats(-0.6, -0.01))
def test_what_is_done_and_what_remains_make_the_target(changes, target):
    done = china_rates.total_change(changes)
    rest = china_rates.remaining_change(done, target)
    assert_allclose(china_rates.total_change([done, rest]), target, rtol=1e-9, atol=1e-12)
    progress = china_rates.log_progress(done, target).value
    left = china_rates.log_progress(rest, target).value
    assert_allclose(progress + left, 1.0, rtol=1e-9, atol=1e-12)


@given(tracks(positive))
def test_the_target_itself_is_all_of_the_way(track):
    there = replace(track, value=track.target)
    done = china.completion(there)
    if done.value is not None:
        assert_allclose(done.value, 1.0)
        assert_allclose(escap.current_status(there).value, 10.0)
    assert statcan.progress(there).verdict == statcan.ACHIEVED
    assert unsd.progress_2023(there).verdict == unsd.ON_TRACK
