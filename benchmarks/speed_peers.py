"""CPU time of the usual engines on some series: ``python benchmarks/speed_peers.py SERIES.npz MODEL``.

Runs in the environment of ``benchmarks/peers.py``; prints seconds. A first pass over a few series, in
which engines compile themselves, is not counted.
"""

from __future__ import annotations

import sys
import time
import warnings

import numpy as np
from statsforecast.models import AutoARIMA, AutoETS, AutoTheta

MODELS = {"AutoETS": AutoETS, "AutoTheta": AutoTheta, "AutoARIMA": AutoARIMA}
HORIZON, WARM = 6, 5


def run(make: type, series: list[np.ndarray]) -> None:
    for values in series:
        try:
            make(season_length=1).forecast(y=values, h=HORIZON, level=[80])
        except Exception:  # too short for the engine: it has then cost what it has cost
            continue


if __name__ == "__main__":
    stored = np.load(sys.argv[1])
    series = np.split(stored["values"], stored["cuts"])
    warnings.simplefilter("ignore")
    run(MODELS[sys.argv[2]], series[:WARM])
    begin = time.process_time()
    run(MODELS[sys.argv[2]], series)
    print(time.process_time() - begin)
