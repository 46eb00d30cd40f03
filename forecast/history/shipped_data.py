"""Where the data that travel with the library are."""

from __future__ import annotations

from pathlib import Path

from forecast.errors import ForecastError
from forecast.language.message import Message

_PACKAGE = Path(__file__).parent.parent


def data_path(part: str = "") -> Path:
    """Path of a shipped file or folder, such as ``"plans/jiangyuan-2026.toml"``.

    In an installed package the data lie inside it; in a checkout beside it.

    Raises
    ------
    ForecastError
        If there is no such file.

    Examples
    --------
    >>> data_path("historical").is_dir()
    True
    """
    for root in (_PACKAGE / "data", _PACKAGE.parent / "data"):
        if (root / part).exists():
            return root / part
    raise ForecastError(Message("no_shipped_data", part=part))
