"""Office files are zip archives that carry the hour they were packed; these do not."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# The earliest date a zip archive can hold.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def steady(archive: bytes) -> bytes:
    """Zip archive with the same entries, none of them dated.

    Examples
    --------
    >>> import time
    >>> def packed():
    ...     file = BytesIO()
    ...     with ZipFile(file, "w") as archive:
    ...         archive.writestr(ZipInfo("a", time.localtime()[:6]), "text")
    ...     return file.getvalue()
    >>> ZipFile(BytesIO(steady(packed()))).infolist()[0].date_time
    (1980, 1, 1, 0, 0, 0)
    """
    out = BytesIO()
    with ZipFile(BytesIO(archive)) as source, ZipFile(out, "w") as target:
        for entry in source.infolist():
            kept = ZipInfo(entry.filename, _EPOCH)
            kept.compress_type, kept.external_attr = ZIP_DEFLATED, entry.external_attr
            target.writestr(kept, source.read(entry.filename))
    return out.getvalue()
