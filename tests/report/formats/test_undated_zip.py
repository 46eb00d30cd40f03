from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from forecast.report.formats.undated_zip import steady


def archive(year: int) -> bytes:
    from zipfile import ZipInfo

    file = BytesIO()
    with ZipFile(file, "w") as packed:
        packed.writestr(ZipInfo("a.txt", (year, 1, 1, 0, 0, 0)), "text")
    return file.getvalue()


def test_the_day_of_packing_is_gone_and_the_content_is_not() -> None:
    assert archive(2020) != archive(2021)
    assert steady(archive(2020)) == steady(archive(2021))
    with ZipFile(BytesIO(steady(archive(2020)))) as packed:
        assert packed.read("a.txt") == b"text"
