"""Files changed at random: ``python benchmarks/fuzz_files.py [--files 20000] [--seeds 1 2 3 4 5]``.

Sound tables of every format, plans, workbooks (.xlsx, .xls, .ods), panels, saved studies and plans' texts are
changed by a few bytes, cells or lines and read again. Anything that is raised and is no ``ForecastError`` is
counted as raw, anything over two seconds as hung. Prints and writes what came of each kind.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path

import pandas as pd

import forecast as fc
from forecast.panel.files import forget

LONGEST = 2.0
HISTORY = [
    "area,indicator,year,value,unit,status\nA,x,2020,1.5,%,final\nA,x,2021,2.5,%,p\nB,x,2020,3,%,\n",
    "indicator;year;value\nx;2019;1.234,5\nx;2020;12,5\n",
    '"Data Source","W",\n\n"Country Name","Country Code","Indicator Name","Indicator Code","2010","2011",\n'
    '"A","AA","Access (%)","X.Y","1.5","2",\n',
    "freq,unit,geo\\TIME_PERIOD\t2018 \t2019 \t2020 \nA,PC,AT\t12.3 \t12.5 p\t: \n",
    "DATAFLOW,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,UNIT_MULT\nE:T(1.0),A,PC,AT,2019,12.5,p,3\n",
    "SeriesDescription,GeoAreaName,TimePeriod,Value,[Sex],[Nature],[Units]\nx,A,2015,<2.5,BOTHSEX,E,PERCENT\n",
    "Area,Item,Element,Unit,Y2020,Y2020F,Y2021,Y2021F\nA,Wheat,Production,t,12,A,13,E\n",
    "Entity,Code,Year,Share of people\nA,AA,2019,1.5\nA,AA,2020,1.7\n",
    "数据库：年度数据\n指标,2023年,2022年\n地区生产总值(亿元),1260.1,1200.3\n数据来源：国家统计局\n",
    "year,gdp,pop\n2019,1,2\n2020,2,3\n",
]
PLANS = [
    "id,area,indicator,kind,value,unit,year\n1,A,x,at_least,90,%,2026\n2,A,y,≥,1.5,,2030\n",
    "序号,指标,2025年,2030年,年均增速[累计],属性\n1,城镇化率(%),66.2,70,[3.8],预期性\n"
    "2,总值(亿元),126,,>5%,约束性\n",
]
TOML = [
    'title = "T"\narea = "J"\nbase_year = 2020\nyear = 2025\n[[target]]\nid = "1"\nindicator = "x"\n'
    'kind = "at_least"\nvalue = 80\nunit = "%"\n[[target]]\nid = "2"\nindicator = "w"\n'
    'kind = "ordinal"\n'
    'value = "II"\nscale = ["I", "II"]\n[[target]]\nindicator="m"\nkind="milestones"\n'
    "milestones={2023=65}\n"
]
TEXTS = [
    "# 甲市“十五五”规划\n一、主要目标\n到2030年，森林覆盖率达到45%，城镇、农村居民收入分别增长5%、6%，"
    "单位GDP能耗比2025年下降13%。\n| 指标 | 2025年 | 2030年 |\n|---|---|---|\n| 城镇化率（%） | 65 | 70 |\n",
    "<html><h1>Plan</h1><table><tr><th>Indicator</th><th rowspan=2>Target 2030</th></tr>"
    "<tr><td>Cover (%)</td><td>33</td></tr></table><p>By 2030, cut emissions by 55% from 1990.</p></html>",
]
PIECES = [
    "9" * 5000, "1e-400", "1e999", "2020-13-45", "nan", "<2.5", "1.234", "5,2", "\x00", '"', "'", ",", ";",
    "\t", "\n", "\r", "=1+1", "[" * 60, "a.b" * 200, "2563", "2019/20", "\ufeff", "𠮷", "inf", "-0", "1_0",
    "{", "}", "[[target]]", "kind", "year", "value", "0x10", "²", "Y2020", "年", "\ud7ff", "1970-01-01",
]  # fmt: skip


def changed(text: str, rng: random.Random) -> bytes:
    """Return a text with a few changes, in some encoding, and sometimes a few broken bytes."""
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(text) + 1)
        kind = rng.randrange(6)
        if kind == 0:
            text = text[:at] + rng.choice(PIECES) + text[at:]
        elif kind == 1:
            text = text[:at] + text[at + rng.randint(1, 12) :]
        elif kind == 2:
            lines = text.split("\n")
            lines.insert(rng.randrange(len(lines) + 1), rng.choice(lines))
            text = "\n".join(lines)
        elif kind == 3:
            cells = text.split(",")
            cells[rng.randrange(len(cells))] = rng.choice(PIECES)
            text = ",".join(cells)
        elif kind == 4:
            text = text.replace(rng.choice(",;\t.="), rng.choice([",", ";", "\t", ".", "|", "，"]))
        else:
            text = (
                text[:at] + chr(rng.choice([rng.randrange(128), rng.randrange(0x4E00, 0x9FFF)])) + text[at:]
            )
    raw = text.encode(
        rng.choice(["utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"]), errors="replace"
    )
    if rng.random() < 0.2 and raw:
        spoilt = bytearray(raw)
        for _ in range(rng.randint(1, 5)):
            spoilt[rng.randrange(len(spoilt))] = rng.randrange(256)
        raw = bytes(spoilt)
    return raw


def workbook(rng: random.Random) -> bytes:
    """Return a workbook with parts of its XML changed."""
    from openpyxl import Workbook

    book = Workbook()
    for row in (["area", "indicator", "year", "value"], ["A", "x", 2020, 1.5], ["A", "x", 2021, 2.5]):
        book.active.append(row)
    if rng.random() < 0.3:
        book.active.cell(rng.choice([50, 2000, 1048576]), rng.choice([5, 300, 16384]), "stray")
    merged = rng.choice(["", "", "A2:A3", "D2:D3", "A1:A1048576", "A1:XFD1", "A1:XFD1048576", "B2:C3"])
    file = io.BytesIO()
    book.save(file)
    made = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        victim = rng.choice([*old.namelist(), *[""] * 4])
        for name in old.namelist():
            raw = old.read(name)
            if merged and name.endswith("sheet1.xml"):
                # Written by hand: openpyxl would make every cell of it.
                cells = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>'
                raw = raw.replace(b"</sheetData>", b"</sheetData>" + cells.encode())
            if name == victim:
                if rng.random() < 0.1:
                    continue
                raw = changed(raw.decode(), rng) if rng.random() < 0.8 else raw[: rng.randrange(len(raw))]
            new.writestr(name, raw)
    raw = made.getvalue()
    return raw if rng.random() < 0.8 else raw[: rng.randrange(len(raw))]


ROWS = [("area", "indicator", "year", "value"), ("A", "x", 2020, 1.5), ("A", "x", 2021, 2.5)]


@cache
def old_workbook() -> bytes:
    """Return a sound workbook of Excel 97."""
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for i, row in enumerate(ROWS):
        for j, cell in enumerate(row):
            sheet.write(i, j, cell)
    sheet.write_merge(3, 4, 0, 0, "B")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def spoilt(raw: bytes, rng: random.Random, most: int) -> bytes:
    """Return bytes with some of them changed; sometimes a piece is cut out or given twice."""
    bytes_ = bytearray(raw)
    for _ in range(rng.randint(1, most)):
        bytes_[rng.randrange(len(bytes_))] = rng.choice([0, 1, 255, rng.randrange(256)])
    if rng.random() < 0.2:
        at, to = sorted(rng.randrange(len(bytes_)) for _ in range(2))
        return bytes(bytes_[:at] + (b"" if rng.random() < 0.5 else bytes_[at:to] * 2) + bytes_[to:])
    return bytes(bytes_)


def changed_old(rng: random.Random) -> bytes:
    """Return a changed workbook of Excel 97: where the records stand more often than elsewhere."""
    raw = old_workbook()
    records = raw.find(b"\x09\x08")
    if rng.random() < 0.7:
        return raw[:records] + spoilt(raw[records:], rng, 6)
    return spoilt(raw, rng, 6)


def _repeated(rng: random.Random, *names: str) -> str:
    many = rng.choice([1, 2, 3, 16384, 1048576])
    return f' table:number-{rng.choice(names)}="{many}"' if rng.random() < 0.04 else ""


def open_document(rng: random.Random) -> bytes:
    """Return an OpenDocument workbook with its XML changed."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    rows, end = "", "</table:table-cell>"
    for row in ROWS:
        cells = ""
        for cell in row:
            kind = 'string"' if isinstance(cell, str) else f'float" office:value="{cell}"'
            again = _repeated(rng, "columns-repeated", "columns-spanned")
            cells += f'<table:table-cell office:value-type="{kind}{again}><text:p>{cell}</text:p>{end}'
        rows += f"<table:table-row{_repeated(rng, 'rows-repeated')}>{cells}</table:table-row>"
    body = f'<office:spreadsheet><table:table table:name="Data">{rows}</table:table></office:spreadsheet>'
    content = f"<office:document-content {spaces}><office:body>{body}</office:body></office:document-content>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", changed(content, rng) if rng.random() < 0.8 else content)
    raw = file.getvalue()
    return raw if rng.random() < 0.8 else spoilt(raw, rng, 5)


PANEL_CELLS = [
    None,
    "",
    "x",
    "2020",
    "n/a",
    1.5,
    -1,
    1e308,
    float("inf"),
    10**30,
    b"\xff",
    True,
    "=1+1",
    "\ud7ff",
]


def panel(rng: random.Random) -> tuple[str, bytes]:
    """Return the ending and the bytes of a panel: columns of odd types and cells, sometimes broken bytes."""
    n = rng.randint(0, 12)
    columns = {
        "area": [rng.choice("AB") for _ in range(n)],
        "indicator": [rng.choice("xy") for _ in range(n)],
        "year": [2010 + i for i in range(n)],
        "value": [round(rng.gauss(10, 3), 2) for _ in range(n)],
        "unit": ["%"] * n,
    }
    table: dict[str, list[object]] = {name: list(cells) for name, cells in columns.items()}
    for _ in range(rng.randint(0, 3)):
        name = rng.choice(list(columns))
        if table.get(name) and rng.random() < 0.8:
            table[name][rng.randrange(n)] = rng.choice(PANEL_CELLS)
        elif rng.random() < 0.5:
            table.pop(name, None)
    file = io.BytesIO()
    if rng.random() < 0.4:
        return ".csv", changed(pd.DataFrame(table).to_csv(index=False), rng)
    try:
        pd.DataFrame(table).to_parquet(file)
    except Exception:  # Columns of mixed types cannot be Parquet: as text they can.
        file = io.BytesIO()
        pd.DataFrame(table).map(str).to_parquet(file)
    raw = file.getvalue()
    return ".parquet", raw if rng.random() < 0.6 else spoilt(raw, rng, 5)


def assessed(path: Path) -> None:
    """Assess a panel from file to file, anew each time."""
    output = path.with_name("out.csv")
    forget(output)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Damaged parts are said in warnings; none are left here.
        fc.assess_file(path, [fc.Target.at_least("x", 12, year=2030)], output)


def study() -> str:
    """Return a saved study of one target."""
    history = fc.History.of("x", range(2018, 2023), [1.0, 2.0, 2.5, 3.5, 4.0], unit="%", area="A")
    plan = fc.Plan((fc.Item("1", fc.Target.at_least("x", 5, year=2025), area="A"),), {"en": "T"}, "A")
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "study.json"
        fc.write_report(fc.assess_plan(plan, fc.Histories([history])), path)
        return path.read_text("utf-8")


def changed_study(saved: str, rng: random.Random) -> bytes:
    """Return a study with values changed, taken away or put elsewhere; sometimes only its text changed."""
    if rng.random() < 0.3:
        return changed(saved, rng)
    whole = json.loads(saved)
    for _ in range(rng.randint(1, 3)):
        here = whole
        while True:
            keys = list(here) if isinstance(here, dict) else list(range(len(here)))
            key = rng.choice(keys)
            inner = here[key]
            if not isinstance(inner, dict | list) or not inner or rng.random() < 0.1:
                break
            here = inner
        if rng.random() < 0.2:
            del here[key]
            if not here:
                break
        else:
            here[key] = rng.choice([None, "", "x", -1, 0, 1e308, 10**30, True, [], {}, [[]], "nan", 2022])
    return json.dumps(whole, ensure_ascii=rng.random() < 0.5).encode("utf-8", "replace")


def one(rng: random.Random, folder: Path, saved: str) -> tuple[str, str, str]:
    """Make and read one file; return its kind, what came of it, and the trace of a raw error."""
    kind = rng.choices(list(KINDS), [38, 11, 15, 8, 6, 12, 4, 4, 2])[0]
    if kind == "workbook":
        path, raw = folder / "x.xlsx", workbook(rng)
    elif kind == "workbook, .xls":
        path, raw = folder / "x.xls", changed_old(rng)
    elif kind == "workbook, .ods":
        path, raw = folder / "x.ods", open_document(rng)
    elif kind == "panel":
        ending, raw = panel(rng)
        path = folder / f"panel{ending}"
    elif kind == "toml":
        path, raw = folder / "x.toml", changed(rng.choice(TOML), rng)
    elif kind == "study":
        path, raw = folder / "x.json", changed_study(saved, rng)
    elif kind == "text":
        text = rng.choice(TEXTS)
        path, raw = folder / ("x.html" if text.startswith("<") else "x.md"), changed(text, rng)
    else:
        path, raw = folder / "x.csv", changed(rng.choice(HISTORY if kind == "history" else PLANS), rng)
    path.write_bytes(raw)
    read = KINDS[kind]
    begin, clock = time.process_time(), time.perf_counter()
    try:
        read(path)
        end, trace = "read", ""
    except fc.ForecastError as refused:
        end, trace = "refused", ""
        if len(str(refused)) > 20_000:
            end, trace = "raw", f"a message of {len(str(refused))} characters: {str(refused)[:300]}"
    except Exception:
        end, trace = "raw", traceback.format_exc()
    # Seconds of work, so that a busy machine makes no file hang; and a limit of the clock, if one only waits.
    slow = time.process_time() - begin > LONGEST or time.perf_counter() - clock > 10 * LONGEST
    return kind, "hung" if slow else end, trace


KINDS = {
    "history": fc.read_histories, "plan": fc.read_plan, "toml": fc.read_plan, "workbook": fc.read_histories,
    "study": fc.read_study, "text": lambda path: fc.draft_plan(path).to_toml(),
    "workbook, .xls": fc.read_histories, "workbook, .ods": fc.read_histories, "panel": assessed,
}  # fmt: skip


def main() -> int:
    """Try so many files and print what came of them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=20_000, help="of each seed")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    parser.add_argument("--seconds", type=float, default=3000)
    parser.add_argument("--output", type=Path, default=Path(__file__).parent / "results")
    options = parser.parse_args()
    warnings.simplefilter("error")
    counts: Counter[tuple[str, str]] = Counter()
    shown: set[tuple[str, str]] = set()
    slowest, begin = 0.0, time.perf_counter()
    saved = study()
    with tempfile.TemporaryDirectory() as name:
        for seed in options.seeds:
            rng = random.Random(seed)
            for i in range(options.files):
                if time.perf_counter() - begin > options.seconds:
                    print(f"stopped in seed {seed} after {i} files")
                    break
                start = time.process_time()
                kind, end, trace = one(rng, Path(name), saved)
                slowest = max(slowest, time.process_time() - start)
                counts[kind, end] += 1
                last = trace.strip().splitlines()[-1][:120] if trace else ""
                if end in ("raw", "hung") and (last, trace[-400:]) not in shown and len(shown) < 25:
                    shown.add((last, trace[-400:]))
                    print(f"{end} {kind} seed {seed} file {i}: {trace[-900:]}", flush=True)
            print(f"seed {seed}: {sum(counts.values())} files so far", flush=True)
    ends = ["read", "refused", "raw", "hung"]
    table = ["| kind | tried | " + " | ".join(ends) + " |", "|---" * (len(ends) + 2) + "|"]
    for kind in KINDS:
        row = [counts[kind, end] for end in ends]
        table.append(f"| {kind} | {sum(row)} | " + " | ".join(map(str, row)) + " |")
    text = "\n".join(table)
    print(text)
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "fuzz_files.md").write_text(
        f"Seeds {options.seeds}, {sum(counts.values()):,} files, slowest {slowest:.2f} s.\n\n{text}\n",
        encoding="utf-8",
    )
    return int(any(counts[kind, "raw"] + counts[kind, "hung"] for kind, _ in counts))


if __name__ == "__main__":
    sys.exit(main())
