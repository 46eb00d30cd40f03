"""The command line as a shell sees it: what it prints, what it writes, how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import forecast as fc

ROOT = Path(__file__).parent.parent
PLAN = fc.data_path("plans/jiangyuan-2026.toml")
HISTORY = fc.data_path("historical")


def run(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "COLUMNS": "160"}
    command = [sys.executable, "-W", "error", "-m", "forecast", *map(str, arguments)]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=300, check=False
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_assess_prints_a_table_and_writes_a_report(lang: str, tmp_path: Path) -> None:
    done = run("assess", PLAN, "--history", HISTORY, "--report", "out.md", "--lang", lang, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert ("第一产业增加值" if lang == "zh" else "Primary-industry value added") in done.stdout
    assert str(tmp_path / "out.md") in done.stdout
    assert "16.7" in (tmp_path / "out.md").read_text(encoding="utf-8")


def test_demo_runs_from_an_empty_folder(tmp_path: Path) -> None:
    done = run("demo", "--report", "demo.html", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "demo.html").read_text(encoding="utf-8").lower().startswith("<!doctype html>")


def test_check_names_what_each_target_rests_on(tmp_path: Path) -> None:
    done = run("check", PLAN, "--history", HISTORY, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    for word in ("Jiangyuan", "Jilin", "Baishan"):
        assert word in done.stdout


def test_check_says_which_bounds_were_assumed(tmp_path: Path) -> None:
    rows = [f"Town,road_deaths,{year},{40 - year % 7}" for year in range(2000, 2024)]
    (tmp_path / "h.csv").write_text("area,indicator,year,value\n" + "\n".join(rows), encoding="utf-8")
    plan = "id,area,indicator,kind,value,year\n1,Town,road_deaths,at_most,20,2030\n"
    (tmp_path / "p.csv").write_text(plan, encoding="utf-8")
    done = run("check", "p.csv", "--history", "h.csv", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "never negative so far" in " ".join(done.stdout.split())


def test_as_of_is_obeyed(tmp_path: Path) -> None:
    done = run(
        "assess", PLAN, "--history", HISTORY, "--as-of", "2015", "--report", "out.csv", folder=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert "9.248" not in (tmp_path / "out.csv").read_text(encoding="utf-8")


def test_parents_lend_unless_told_not_to(tmp_path: Path) -> None:
    rows = [f"City,x,{year},{100 + 3 * (year - 2000)}" for year in range(2000, 2026)]
    rows += ["District,x,2010,20", "District,x,2015,21", "District,x,2020,24"]
    data = tmp_path / "data"
    data.mkdir()
    (data / "x.csv").write_text("\n".join(["area,indicator,year,value", *rows]) + "\n")
    (data / "areas.csv").write_text("area,part_of\nDistrict,City\nCity,\n")
    (tmp_path / "plan.csv").write_text("id,area,indicator,kind,value,year\n1,District,x,at_least,26,2028\n")
    for more, told in (((), True), (("--no-parents",), False)):
        done = run(
            "assess",
            "plan.csv",
            "--history",
            "data",
            "--report",
            "out.md",
            "--detail",
            "full",
            *more,
            folder=tmp_path,
        )
        assert done.returncode == 0, done.stderr
        assert ("of the outlook is that of City" in (tmp_path / "out.md").read_text(encoding="utf-8")) == told


@pytest.mark.parametrize(
    ("name", "content", "sentences"),
    [
        ("empty.csv", b"", ["the file is empty"]),
        ("binary.csv", b"PK\x00\x01\x02", ["binary file"]),
        ("header.csv", b"indicator,yaer,value\nx,2020,1\n", ["'year' is missing", "Did you mean 'yaer'"]),
        ("cells.csv", b"indicator,year,value\nx,2020,one\nx,2020.5,1\nx,2021,inf\n",
         ["row 2: value is 'one'", "row 3: year is '2020.5'", "row 4: value is 'inf'"]),
        ("twice.csv", b"indicator,year,value,unit\nx,2020,1,t\nx,2020,2,t\nx,2021,1,km\n",
         ["row 3: x has a second value for 2020", "row 4: x has the unit 'km', but 't' in row 2"]),
    ],
)  # fmt: skip
def test_a_wrong_file_is_one_sentence_a_problem_and_exit_code_2(
    name: str, content: bytes, sentences: list[str], tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    done = run("assess", PLAN, "--history", name, folder=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    for sentence in sentences:
        assert sentence in done.stderr


def test_a_missing_plan_and_a_missing_history_are_said_at_once(tmp_path: Path) -> None:
    done = run("assess", "nowhere.toml", "--history", "nowhere", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("there is no such file") == 2


def test_an_unknown_report_type_is_refused_before_any_work(tmp_path: Path) -> None:
    done = run("demo", "--report", "out.odt", folder=tmp_path)
    assert done.returncode == 2
    assert ".html" in done.stderr


def test_an_unknown_detail_is_refused_before_any_work(tmp_path: Path) -> None:
    done = run("demo", "--detail", "short", folder=tmp_path)
    assert done.returncode == 2
    assert "summary" in done.stderr


def test_the_version_is_printed(tmp_path: Path) -> None:
    assert run("--version", folder=tmp_path).stdout == f"forecast {fc.__version__}\n"


def test_an_unknown_language_is_refused(tmp_path: Path) -> None:
    done = run("demo", "--lang", "cn", folder=tmp_path)
    assert done.returncode == 2
    assert "zh" in done.stderr


RISING = "area,indicator,year,value,unit\n" + "".join(
    f"A,share,{y},{50 + y - 2015},%\n" for y in range(2015, 2024)
)


def told(plan: str, history: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "plan.csv").write_text("id,indicator,kind,value,unit,year,area\n" + plan, encoding="utf-8")
    (folder / "history.csv").write_text(history, encoding="utf-8")
    return run("assess", "plan.csv", "--history", "history.csv", *arguments, folder=folder)


def test_what_is_not_assessed_says_why_under_the_table(tmp_path: Path) -> None:
    plan = (
        "1,share,at_least,60,%,2026,A\n2,shaer,at_least,60,%,2026,A\n"
        "3,share,at_least,60,t,2026,A\n4,share,at_least,40,%,2001,A\n"
    )
    done = told(plan, RISING, folder=tmp_path)
    assert done.returncode == 0
    for sentence in (
        "Target 2: No figures were found under that name: no history of 'shaer' in 'A'. Did you mean",
        "Target 3: Target and figures do not fit together: share (A): the target is in 't', the history",
        "Target 4: The target year 2001 has passed, and no figure for it was found.",
    ):
        assert sentence in done.stdout
    assert "Target 1:" not in done.stdout
    done = told(plan, RISING, "--lang", "zh", folder=tmp_path)
    assert "目标4：目标年2001年已过" in done.stdout


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (
            "1,share,at_least,0.65,%,2026,A\n",
            "Target 1: Target and figures may be written differently: 0.65 beside 58",
        ),
        ("1,share,at_least,600000,%,2026,A\n", "Target 1: Target and figures are a factor of 10,345 apart"),
    ],
)
def test_a_slip_of_unit_is_said_by_assess_and_by_check(plan: str, said: str, tmp_path: Path) -> None:
    assert said in told(plan, RISING, folder=tmp_path).stdout
    done = run("check", "plan.csv", "--history", "history.csv", folder=tmp_path)
    assert said.removeprefix("Target 1: ") in done.stdout


def test_a_year_to_come_is_no_observation(tmp_path: Path) -> None:
    history = RISING + "A,share,2999,70,%\n"
    done = told("1,share,at_least,60,%,2026,A\n", history, folder=tmp_path)
    assert done.returncode == 2
    assert "share (A): its last value is of 2999, which is still to come; a history holds" in done.stderr
    aside = told("1,share,at_least,60,%,2026,A\n", history, "--as-of", "2023", folder=tmp_path)
    assert aside.returncode == 0
    assert "58" in aside.stdout


PANEL_PLAN = "id,indicator,kind,value,year\n1,x,at_least,12,2026\n2,x,at_most,40,2026\n"
PANEL = "area,indicator,year,value\n" + "".join(
    f"{area},x,{year},{10 + k + (year - 2015) / 2}\n"
    for k, area in enumerate(("A", "B", "C")) for year in range(2015, 2022)
)  # fmt: skip


@pytest.mark.parametrize("command", ["assess", "panel"])
def test_a_panel_is_streamed_from_file_to_file(command: str, tmp_path: Path) -> None:
    import pandas as pd

    (tmp_path / "plan.csv").write_text(PANEL_PLAN)
    (tmp_path / "panel.csv").write_text(PANEL)
    source = "panel.csv" if command == "panel" else "panel.parquet"
    pd.read_csv(tmp_path / "panel.csv").to_parquet(tmp_path / "panel.parquet")
    done = run(command, "plan.csv", "--history", source, "--report", "out.csv", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Expected to meet it" in done.stdout
    assert "out.csv" in done.stdout
    assert len((tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()) == 7


@pytest.mark.parametrize(("cell", "told"), [("12", False), ("c. 12", True)])
def test_a_panel_says_where_its_problems_stand(cell: str, told: bool, tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(PANEL_PLAN)
    (tmp_path / "panel.csv").write_text(f"{PANEL}A,x,2022,{cell}\n")
    done = run("panel", "plan.csv", "--history", "panel.csv", "--report", "out.csv", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert ("stands in their column" in done.stdout) is told


def test_a_panel_without_its_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(PANEL_PLAN)
    done = run("panel", "plan.csv", "--history", "nothing.parquet", "--resume", folder=tmp_path)
    assert done.returncode == 2
    assert "there is no such file" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_earlier_study_says_what_has_changed(tmp_path: Path) -> None:
    early = run(
        "assess", PLAN, "--history", HISTORY, "--as-of", "2019", "--report", "early.json", folder=tmp_path
    )
    assert early.returncode == 0, early.stderr
    done = run(
        "assess", PLAN, "--history", HISTORY, "--since", "early.json", "--report", "now.md", folder=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert fc.Language("en").text("section.changes") in (tmp_path / "now.md").read_text(encoding="utf-8")


def test_a_draft_is_a_plan_for_check_and_its_quotes_stand_in_the_report(tmp_path: Path) -> None:
    words = "到2030年，森林覆盖率达到46%"
    (tmp_path / "text.md").write_text(f"# 吉林省规划\n\n{words}。\n", encoding="utf-8")
    drafted = run("draft", "text.md", folder=tmp_path)
    assert drafted.returncode == 0, drafted.stderr
    assert "targets: 1," in drafted.stderr
    (tmp_path / "plan.toml").write_text(drafted.stdout, encoding="utf-8")
    assert run("check", "plan.toml", "--history", HISTORY, folder=tmp_path).returncode == 0
    done = run(
        "assess", "plan.toml", "--history", HISTORY, "--report", "out.md", "--detail", "full", folder=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert words.partition("，")[2] in (tmp_path / "out.md").read_text(encoding="utf-8")


def test_a_text_without_targets_gives_an_empty_draft_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("今天天气很好。", encoding="utf-8")
    done = run("draft", "text.txt", folder=tmp_path)
    assert (done.returncode, "no target was found" in done.stderr) == (0, True)
    assert "[[target]]" not in done.stdout


def test_a_plan_without_an_area_is_asked_of_the_only_one(tmp_path: Path) -> None:
    assert (
        "Target 1 names no area: it is asked of A"
        in told("1,share,at_least,60,%,2026,\n", RISING, folder=tmp_path).stdout
    )
    two = RISING + "B,share,2020,5,%\n"
    done = told("1,share,at_least,60,%,2026,\n", two, folder=tmp_path)
    assert done.returncode == 2
    assert "the figures of 'share' are of 2 areas (A, B). Name the area in the plan." in done.stderr


@pytest.mark.parametrize("command", ["check", "assess"])
def test_nothing_matched_is_a_mistake_with_the_near_name(command: str, tmp_path: Path) -> None:
    told("1,shaer,at_least,60,%,2026,A\n", RISING, folder=tmp_path)
    done = run(command, "plan.csv", "--history", "history.csv", "--lang", "zh", folder=tmp_path)
    assert done.returncode == 2
    assert "没有“shaer”的数据。是否指“share”？" in done.stderr


def test_a_plan_in_the_folder_of_histories_is_no_history(tmp_path: Path) -> None:
    done = told("1,share,at_least,60,%,2026,A\n", RISING, folder=tmp_path)
    again = run("assess", "plan.csv", "--history", ".", "--report", "report.csv", folder=tmp_path)
    assert again.returncode == 0, again.stderr
    assert "plan.csv is a plan and was left aside." in again.stdout
    assert done.stdout.splitlines()[3] in again.stdout
    third = run("assess", "plan.csv", "--history", ".", "--report", "report.xlsx", folder=tmp_path)
    assert "report.csv is a report of this library and was left aside." in third.stdout
    fourth = run("check", "plan.csv", "--history", ".", folder=tmp_path)
    assert "report.xlsx is a report of this library and was left aside." in fourth.stdout


def test_mistakes_in_files_are_told_in_chinese(tmp_path: Path) -> None:
    done = told(
        "1,share,at_least,六十,%,2026,A\n",
        RISING.replace("2015,50", "2015,?"),
        "--lang",
        "zh",
        folder=tmp_path,
    )
    assert done.returncode == 2
    assert "第2行：value 是“六十”，不是数字。" in done.stderr
    assert "第2行：value 是“?”，不是数字。没有数据时请留空。" in done.stderr


def test_one_unreadable_target_is_said_and_the_others_are_answered(tmp_path: Path) -> None:
    done = told("1,share,at_least,60,%,2026,A\n2,share,at_least,much,%,2026,A\n", RISING, folder=tmp_path)
    assert done.returncode == 0
    assert "Target 2 could not be read: row 3: value is 'much'" in done.stdout
    assert run("check", "plan.csv", "--history", "history.csv", folder=tmp_path).returncode == 2


def test_tidy_writes_what_is_read_back(tmp_path: Path) -> None:
    (tmp_path / "tps.tsv").write_text("unit,geo\\TIME_PERIOD\t2018 \t2019 \nPC,AT\t12.3 \t12.5 p\n")
    done = run("tidy", "tps.tsv", folder=tmp_path)
    (tmp_path / "tidy.csv").write_text(done.stdout, encoding="utf-8")
    assert fc.read_histories(tmp_path / "tidy.csv")["AT", "tps"].status == ("final", "provisional")


def test_rows_are_chosen(tmp_path: Path) -> None:
    rows = "indicator,year,sex,value\n" + "".join(
        f"x,{y},{s},{y - 2000}\n" for y in range(2015, 2022) for s in "fm"
    )
    (tmp_path / "h.csv").write_text(rows)
    (tmp_path / "p.csv").write_text("indicator,kind,value,year\nx,at_least,30,2026\n")
    wrong = run("check", "p.csv", "--history", "h.csv", folder=tmp_path)
    assert wrong.returncode == 2
    assert "--where sex=f" in wrong.stderr
    assert run("check", "p.csv", "--history", "h.csv", "--where", "sex=f", folder=tmp_path).returncode == 0


@pytest.mark.parametrize("command", ["check", "assess"])
def test_what_is_wrong_with_targets_and_figures_is_told_in_chinese(command: str, tmp_path: Path) -> None:
    (tmp_path / "history.csv").write_text(
        "area,indicator,year,value,unit\n甲,gdp,2020,-1,亿元\n甲,gdp,2021,13,亿元\n", encoding="utf-8"
    )
    (tmp_path / "plan.csv").write_text(
        "id,area,indicator,kind,value,unit,year,base_year,since\n"
        "1,甲,gdp,at_least,20,kg,2026,,\n"
        "2,甲,gdp,change,20,%,2026,2020,\n"
        "3,甲,gdp,cumulative,100,亿元,2026,,2015\n"
        "4,甲,gdp,average_growth,6,%,2026,2030,\n"
        "5,甲,gdp,frob,20,亿元,2026,,\n",
        encoding="utf-8",
    )
    done = run(command, "plan.csv", "--history", "history.csv", "--lang", "zh", folder=tmp_path)
    said = done.stderr if command == "check" else done.stdout
    for words in (
        "目标的单位是“kg”，历史数据是“亿元”",
        "相对变化需要大于 0 的基期值",
        "自 2015 年起的累计目标需要每一年的数值",
        "其基期 2030 不是目标年 2026 之前的年份",
        "类型是“frob”",
    ):
        assert words in said
