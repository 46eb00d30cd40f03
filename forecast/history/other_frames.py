"""Frames of other libraries (polars, pyarrow, narwhals), taken as they are.

Each can give its columns as lists, which is all a small table needs: nothing is imported for it.
"""

from __future__ import annotations

import pandas as pd

# Libraries whose frames are known by how they give their columns.
KNOWN = ("polars", "pyarrow", "narwhals")


def as_pandas(frame: object) -> object:
    """DataFrame of a frame of another library; anything else as it is.

    Parameters
    ----------
    frame : object
        ``polars.DataFrame`` or ``LazyFrame``, ``pyarrow.Table``, or what narwhals wraps.

    Examples
    --------
    >>> as_pandas("file.csv")
    'file.csv'
    """
    library = type(frame).__module__.partition(".")[0]
    if library not in KNOWN:
        return frame
    if hasattr(frame, "collect"):  # a lazy frame
        frame = frame.collect()
    if hasattr(frame, "to_pydict"):
        return pd.DataFrame(frame.to_pydict())
    if hasattr(frame, "to_dict"):
        return pd.DataFrame(frame.to_dict(as_series=False))
    return frame
