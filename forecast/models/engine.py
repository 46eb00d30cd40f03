"""What stands between us and outside engines: one thread, no warnings, errors that name the history."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np
from threadpoolctl import ThreadpoolController

from forecast.arrays import FloatArray
from forecast.errors import ModelError
from forecast.history.history import History
from forecast.language.message import Message

_ALONE = threading.RLock()


@contextmanager
def fence(engine: str, history: History) -> Iterator[None]:
    """Run an engine on one thread and in silence, and turn what it raises into a ModelError.

    Threads, warning filters and numpy's error state are as before afterwards.

    Parameters
    ----------
    engine : str
        The module that is to be called, in full; the message names its package.
    history : History
        What it is fitted to, for the message.

    Raises
    ------
    ModelError
        For any failure of the engine's arithmetic.
    """
    try:
        # Silence first: the engine is imported inside it, and some put filters of their own in place.
        # One thread at a time: filters and thread pools belong to the process, and two that put back
        # what they found would leave the one's settings behind as the other's.
        with (
            _ALONE,
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
            _threads(engine).limit(limits=1),
        ):
            warnings.simplefilter("ignore")
            yield
    except (ArithmeticError, IndexError, ValueError) as error:
        raise ModelError(
            Message("engine_failed", name=history.name, engine=engine.split(".")[0], error=error)
        ) from error


@cache
def _threads(engine: str) -> ThreadpoolController:
    """Control of every thread pool there is once the engine is loaded (a look-up of 10 ms)."""
    import_module(engine)
    return ThreadpoolController()


@dataclass(frozen=True, eq=False)
class FilterResult:
    """What a pass of an exactly diffuse Kalman filter leaves behind, in units of the shock variance.

    Parameters
    ----------
    state, error : ndarray, shape (m,) and (m, m)
        Expectation and covariance in the first year to come.
    squares : float
        Sum of squared standardised surprises, those that set the diffuse start left out.
    log_determinant : float
        Log determinant of the surprises, the diffuse start included.
    """

    state: FloatArray
    error: FloatArray
    squares: float
    log_determinant: float

    @classmethod
    def by(cls, space: Any) -> FilterResult:
        """Run the filter of a statsmodels state space."""
        passed = space.filter()
        surprise, width = passed.forecasts_error[0], passed.forecasts_error_cov[0, 0]
        start = np.arange(len(surprise)) < passed.nobs_diffuse
        seen, starting = np.isfinite(surprise) & ~start, np.isfinite(surprise) & start
        diffuse = passed.forecasts_error_diffuse_cov[0, 0][starting]
        return cls(
            state=np.array(passed.predicted_state[:, -1]),
            error=np.array(passed.predicted_state_cov[:, :, -1]),
            squares=float(np.sum(surprise[seen] ** 2 / width[seen])),
            log_determinant=float(np.sum(np.log(width[seen])) + np.sum(np.log(diffuse))),
        )
