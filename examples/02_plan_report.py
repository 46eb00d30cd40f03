"""A whole plan as a report: the 22 targets of Jiangyuan District for 2026, in both languages."""

from pathlib import Path

import forecast as fc

plan = fc.read_plan(fc.data_path("plans/jiangyuan-2026.toml"))
histories = fc.read_histories(fc.data_path("historical"))
study = fc.assess_plan(plan, histories)

columns = ["id", "indicator", "last_year", "last_value", "target", "probability", "rating", "evidence"]
print(study.to_frame()[columns].to_string(index=False))
print(study.summary())

for lang in ("zh", "en"):
    report = Path(f"jiangyuan-2026-{lang}.html")
    fc.write_report(study, report, lang=lang)
    print(f"Written: {report.resolve()}")
