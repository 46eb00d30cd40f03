"""The draft itself: its frame, its plan file, its quotes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import forecast as fc
from forecast.language.message import complaint
from tests.target.draft.told import draft

TEXT = (
    "吉林省“十五五”规划\n主要目标：森林覆盖率达到46%，地区生产总值年均增长5%左右，制造业占比25%左右，"
    "单位GDP能耗比2025年下降13%，居民收入增长与经济增长同步，新建公路300公里，主要河流水质达到Ⅱ类，"
    "失业率控制在5.5%左右，碳排放强度降低65%至70%。"
)


def test_the_frame_has_a_row_a_target_with_its_quote() -> None:
    read = draft(TEXT)
    frame = read.to_frame()
    assert list(frame["matched"])[:2] == ["forest_cover", "gdp"]
    assert [read.text[row.start : row.end] == row.quote for row in frame.itertuples()] == [True] * len(frame)
    assert str(frame["year"].dtype) == "Int64"
    assert frame["confidence"].between(0, 1).all()


def test_the_plan_file_is_read_back_as_it_was_drafted(tmp_path: Path) -> None:
    read = draft(TEXT)
    path = tmp_path / "plan.toml"
    path.write_text(read.to_toml(), encoding="utf-8")
    plan = fc.read_plan(path)
    kinds = [item.target.kind.name for item in plan]
    assert plan.area == "Jilin"
    assert kinds == [
        "at_least", "average_growth", "about", "change", "in_step_with", "cumulative", "ordinal", "at_most",
        "change",
    ]  # fmt: skip
    assert [item.quote for item in plan] == [read.quote(each) for each in read.targets]
    assert plan["4"].target.value == pytest.approx(-0.13)
    assert plan["6"].target.kind.since == 2026  # type: ignore[attr-defined]


def test_a_document_without_targets_says_so() -> None:
    read = draft("今天天气很好。\n")
    assert len(read) == 0
    assert read.remarks == ("no target was found in the text.",)
    assert read.to_frame().empty
    assert "# no target was found" in read.to_toml()


@pytest.mark.parametrize("year", [True, "2030", 20.5])
def test_a_year_must_be_one(year: object) -> None:
    with pytest.raises(fc.ForecastError, match="draft_plan: year"):
        draft(TEXT, year=year)  # type: ignore[arg-type]


_PIECES = st.sampled_from([
    "到2030年", "比2020年", "森林覆盖率", "失业率", "达到", "下降", "分别", "45%", "5.5%", "以上", "左右",
    "，", "、", "。",
    "；", "（", "）", "\n", "翻一番", "“十五五”", "年均增长", "由", "提高到", "〔17〕", "|", "Ⅱ类", "水质",
    "2.8:1", "by 2030",
    " reduce ", "emissions", " to ", "12 per 1,000 live births", " and ", "respectively", "½", "𠮷", "\u3000",
])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_any_text_is_read_and_every_quote_stands_in_it(text: str) -> None:
    read = draft(text)
    for each in (*read.targets, *read.minor):
        assert read.quote(each)
        assert read.quote(each) in read.text
        assert 0.2 <= each.confidence <= 0.95
    for each in read.left:
        assert read.text[each.start : each.end] == each.text
    assert [each.indicator for each in draft(text).targets] == [each.indicator for each in read.targets]


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES, max_size=25).map("".join))
def test_any_draft_is_a_plan_file(text: str) -> None:
    import tempfile

    written = draft(text).to_toml()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.toml"
        path.write_text(written, encoding="utf-8")
        if "\n[[target]]" in written:
            assert len(fc.read_plan(path)) >= 1


def test_a_draft_speaks_chinese_where_it_is_asked_to(tmp_path: Path) -> None:
    (tmp_path / "plan.md").write_text(
        "# 甲市规划\n到2030年，森林覆盖率达到45%。收入增长5%。\n", encoding="utf-8"
    )
    read = fc.draft_plan(tmp_path / "plan.md")
    comments = [line for line in read.to_toml("zh").splitlines() if line.startswith("# ")]
    assert comments[0] == "# 本文件由规则从文本中读出，只是草稿：使用前请逐条核对目标、年份和基期。"
    assert "# 把握0.95：所需内容均在句中" in comments
    assert read.summary().in_language("zh").startswith("plan.md：目标2项")
    # Comments alone differ: the plan itself is the same.
    plan = [[line for line in read.to_toml(lang).splitlines() if line[:1] != "#"] for lang in ("en", "zh")]
    assert plan[0] == plan[1]
    with pytest.raises(fc.ReadError) as refused:
        fc.draft_plan(tmp_path / "nothing.md")
    assert complaint(refused.value, "zh", 8).endswith("没有这个文件。")
