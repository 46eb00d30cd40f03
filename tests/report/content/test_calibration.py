"""The record that reports quote, and the programs that make it."""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast.distribution.distribution import StudentTMixture

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"
RECORD = Path(__file__).parents[3] / "forecast" / "report" / "content" / "calibration.json"
sys.path.insert(0, str(BENCHMARKS))

import calibration  # noqa: E402
import destatis_record  # noqa: E402


def asked(seed: int = 0, n: int = 4000) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    p = rng.uniform(0, 1, n)
    return pd.DataFrame(
        {
            "area": np.arange(n) // 4,
            "indicator": "x",
            "year": 2000,
            "probability": p,
            "outcome": rng.random(n) < p,
        }
    )


def test_a_perfect_forecaster_has_a_perfect_record() -> None:
    scores = calibration.scored(asked())
    assert scores["reliability"] < 0.001
    assert scores["largest_gap"] < 0.05
    assert (scores["series"], scores["statements"]) == (1000, 4000)


def test_the_record_counts_every_statement() -> None:
    made = calibration.record(asked(), "Ours", {"some": 1000})
    bins = made["bins"]
    assert isinstance(bins, list)
    assert sum(each["said"] for each in bins) == 4000
    assert sum(each["came_true"] for each in bins) == asked()["outcome"].sum()
    assert all(each["low"] <= each["came_true"] / each["said"] <= each["high"] for each in bins)


def test_the_sentence_is_that_of_the_bin_at_seventy_per_cent() -> None:
    bins = pd.DataFrame({"stated": [0.3, 0.7], "came_true": [0.3, 0.69]})
    assert calibration.in_words(bins, "Ours") == "Of 1,000 statements of Ours near 70%, 690 came true."


@pytest.mark.parametrize("x", [-4.0, 0.3, 1.0, 2.2, 7.0])
def test_quantiles_of_a_normal_give_its_probabilities(x: float) -> None:
    normal = StudentTMixture.single(1.0, 2.0, 1e9)
    levels = np.array([0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975])
    known = calibration.Quantiles(levels, np.asarray(normal.quantile(levels)))
    assert_allclose(known.at_least(np.array([x])), [normal.at_least(x)], atol=1e-6)


def test_quantiles_that_are_all_one_number_are_a_certainty() -> None:
    known = calibration.Quantiles(np.array([0.1, 0.5, 0.9]), np.array([3.0, 3.0, 3.0]))
    assert known.at_least(np.array([2.9, 3.0, 3.1])).tolist() == [1.0, 1.0, 0.0]


def test_a_verdict_counts_while_its_target_is_open() -> None:
    def case(last: int, values: list[float]) -> dict[str, object]:
        seen = dict(zip(range(last - 5, last + 1), values, strict=True))
        return {"series": "s", "target": 8.0, "direction": 1, "seen": seen, "verdict": "sun"}

    cases = [
        case(2017, [1.0, 2, 3, 4, 5, 6]),
        case(2018, [2.0, 3, 4, 5, 6, 8]),  # met already
        case(2020, [4.0, 5, 6, 8, 8, 9]),  # the outcome itself
    ]
    rows = destatis_record.record(cases)
    assert rows[["verdict_of", "came_true"]].to_numpy().tolist() == [[2017, True]]
    assert destatis_record.losses(rows)["symbols read as yes or no"] == 0.0


def test_the_record_that_travels_with_the_library_is_whole() -> None:
    made = json.loads(RECORD.read_text(encoding="utf-8"))
    assert set(made["source"]) == {"en", "zh"}
    stated = [each["stated"] for each in made["bins"]]
    assert stated == sorted(stated)
    assert len(stated) == 11
    assert all(0 <= each["came_true"] <= each["said"] for each in made["bins"])
    readme = (BENCHMARKS.parent / "README.md").read_text(encoding="utf-8")
    assert calibration.quoted(readme, made) == readme
    assert calibration.sentence(made) in readme
    # What every report tells its readers: statements come true about as often as they say.
    assert max(abs(each["came_true"] / each["said"] - each["stated"]) for each in made["bins"]) < 0.05


def test_the_record_is_that_of_the_weights_in_use() -> None:
    weights = sha256(calibration.WEIGHTS.read_bytes()).hexdigest()
    made = json.loads(RECORD.read_text(encoding="utf-8"))
    again = "python benchmarks/calibration.py --models StructuralMixture --report"
    assert made["weights"] == weights, f"the default model has new weights: run {again}, then pictures.py"
