"""Write the golden files of the report: ``python -m tests.report.make_golden``."""

from __future__ import annotations

from forecast.report import document
from forecast.report.formats.markdown import markdown
from tests.report.content.test_document import GOLDEN
from tests.report.outline import outline
from tests.report.small import DAY, small_study

if __name__ == "__main__":
    for lang in ("en", "zh"):
        made = document(small_study(), lang=lang, date=DAY)
        (GOLDEN / f"report-{lang}.txt").write_text(outline(made), encoding="utf-8")
        (GOLDEN / f"report-{lang}.md").write_text(markdown(made), encoding="utf-8")
