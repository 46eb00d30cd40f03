"""From a plan's text to its targets: a draft to check, a plan file, and what was left."""

from pathlib import Path

import forecast as fc

text = """吉林省“十五五”规划（节选）
一、发展基础
2025年，森林覆盖率达到45.4%。
二、主要目标
到2030年，森林覆盖率达到46%，单位GDP能耗比2025年下降13%左右，城镇、农村居民人均可支配收入分别增长5%、6%，
居民收入增长与经济增长同步，主要河流水质保持在Ⅱ类。开展“五水共治”等4项行动。
"""
Path("plan.txt").write_text(text, encoding="utf-8")

draft = fc.draft_plan("plan.txt")
for target in draft:
    value = "" if target.value is None else target.value
    print(f"{target.indicator}: {target.kind} {value}{target.unit} ({target.year})  “{draft.quote(target)}”")
for left in draft.left:
    print(f"left: {left.text}  ({left.reason})")

# A person checks the file, then reads it as any other plan.
Path("plan.toml").write_text(draft.to_toml(), encoding="utf-8")
plan = fc.read_plan("plan.toml")
histories = fc.read_histories(fc.data_path("historical"))
answer = fc.assess_plan(plan, histories).lines[0]
print(f"{answer.item.label('en')}: {answer.assessment.probability:.0%}, {answer.item.quote}")
