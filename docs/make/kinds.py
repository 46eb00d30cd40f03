"""A page for each kind of target: what it asks, its formula, an example that runs, its row in a plan."""

from __future__ import annotations

from dataclasses import dataclass

from docs.make.docstrings import plain
from forecast.language.language import Language
from forecast.target.describe import described
from forecast.target.kinds import KINDS
from forecast.target.target import Target

_COVERAGE = """\
history = fc.History.of(
    "coverage", range(2014, 2025), [61, 63, 64, 66, 69, 70, 72, 74, 76, 78, 80], unit="%", bounds=(0, 100)
)"""
_EMISSIONS = """\
history = fc.History.of(
    "emissions", range(2015, 2025), [58, 57, 55, 56, 50, 49, 51, 50, 47, 46], unit="Mt"
)"""
_INCOME = """\
history = fc.History.of(
    "income", range(2015, 2025), [9.9, 10.4, 11.2, 11.9, 12.8, 13.1, 14.2, 15.0, 15.9, 16.7], unit="k"
)"""
_INVESTMENT = """\
history = fc.History.of(
    "investment", range(2016, 2025), [30, 33, 36, 38, 35, 39.6, 41.3, 44.5, 45], unit="bn"
)"""
_RATIO = """\
years = range(2015, 2025)
income = fc.History.of("income", years, [9.9, 10.4, 11.2, 11.9, 12.8, 13.1, 14.2, 15.0, 15.9, 16.7], unit="k")
gdp = fc.History.of("gdp", years, [20, 21.5, 22.9, 24.6, 26.1, 26.0, 28.9, 29.8, 31.6, 33.1], unit="k")
history = fc.relative_history(income, gdp)"""
_ASSESS = "answer = fc.assess(history, target)\nprint(answer)"
_AREAS = """\
villages = {
    "A": [8.0, 8.6, 9.1, 9.9, 10.3],
    "B": [9.1, 9.4, 10.2, 10.4, 11.0],
    "C": [7.9, 8.8, 9.6, 10.1, 10.9],
}
histories = [fc.History.of("income", range(2020, 2025), v, area=a, unit="k") for a, v in villages.items()]"""
_ASK_AREAS = """\
answer = fc.assess_areas(histories, target)
fits = [fc.StructuralMixture().fit(each) for each in histories]
outlook = fc.joint_probability(fits, target)
print(answer)
print("each area alone:", outlook.each.round(2), " expected:", round(outlook.expected, 1))"""


@dataclass(frozen=True)
class KindPage:
    """What a page says besides the docstring of its kind.

    Parameters
    ----------
    title, zh : str
        In the words of a plan.
    formula : tuple of str
        Met if and only if; in LaTeX.
    answered : str
        How its probability is found.
    history, target : str
        Python: the figures, and the target asked of them.
    row : tuple of str
        Header and row of a plan that asks the same.
    ask : str
        Python: the question.
    """

    title: str
    zh: str
    formula: tuple[str, ...]
    answered: str
    history: str
    target: str
    row: tuple[str, str]
    ask: str = _ASSESS


_CLOSED = "In closed form: the share of the outlook of the target year that lies within the limits."
_PATHS = (
    "From joint paths of every year up to the target year (stratified, so that the same inputs give the same "
    "answer): the share of paths that meet it. The probabilities of single years are never multiplied."
)

PAGES: dict[str, KindPage] = {
    "Threshold": KindPage(
        "At least, at most", "不低于、不超过",
        (r"y_T \ge x \qquad\text{or}\qquad y_T \le x",
         r"\text{where rounding counts: } y_T \ge x - \tfrac12 10^{-d}"),
        _CLOSED, _COVERAGE, 'fc.Target.at_least("coverage", 88, year=2028, unit="%")',
        ("indicator,kind,value,unit,year", "coverage,at_least,88,%,2028"),
    ),
    "Between": KindPage(
        "Between", "区间", (r"a \le y_T \le b",), _CLOSED, _COVERAGE,
        'fc.Target.between("coverage", 82, 90, year=2028, unit="%")',
        ("indicator,kind,lower,upper,unit,year", "coverage,between,82,90,%,2028"),
    ),
    "Equal": KindPage(
        "Equal", "等于", (r"\left| y_T - x \right| \le \tau",), _CLOSED, _COVERAGE,
        'fc.Target.equal("coverage", 85, year=2028, tolerance=1, unit="%")',
        ("indicator,kind,value,tolerance,unit,year", "coverage,equal,85,1,%,2028"),
    ),
    "About": KindPage(
        "About", "左右",
        (r"\left| y_T - x \right| \le \tau, \qquad \tau = \tfrac12 10^{-d}"
         r"\text{ unless stated } (d\text{: decimals printed})",),
        _CLOSED, _COVERAGE, 'fc.Target.about("coverage", 85, year=2028, tolerance=1.5, unit="%")',
        ("indicator,kind,value,tolerance,unit,year", "coverage,about,85,1.5,%,2028"),
    ),
    "Direction": KindPage(
        "Declining, rising", "下降、上升",
        (r"\text{net: } y_T < y_b", r"\text{every year: } y_t < y_{t-1} \text{ for all } t = b+1, \dots, T",
         r"\text{on average: } \sum_{t=b}^{T} (t - \bar t)\, y_t < 0"),
        "`net` in closed form where the base year is observed; the other two rules "
        + _PATHS[0].lower() + _PATHS[1:],
        _EMISSIONS, 'fc.Target.declining("emissions", year=2028, rule="net", base_year=2020)',
        ("indicator,kind,rule,base_year,year", "emissions,declining,net,2020,2028"),
    ),
    "Change": KindPage(
        "Change against a base year", "比基期变化",
        (r"\text{relative: } y_T \ge (1 + c)\, y_b", r"\text{in the unit: } y_T \ge y_b + c"
         r"\qquad(\le \text{ for a fall})"),
        _CLOSED + " A base year that is still to come is taken from the same paths.",
        _EMISSIONS, 'fc.Target.change("emissions", -0.18, year=2028, base_year=2020)',
        ("indicator,kind,value,unit,base_year,year", "emissions,change,-18,%,2020,2028"),
    ),
    "AverageGrowth": KindPage(
        "Average growth", "年均增长", (r"y_T \ge y_b\,(1 + g)^{T - b}",), _CLOSED, _INCOME,
        'fc.Target.average_growth("income", 0.055, year=2028, base_year=2020)',
        ("indicator,kind,value,unit,base_year,year", "income,average_growth,5.5,%,2020,2028"),
    ),
    "Cumulative": KindPage(
        "Sum over years", "累计", (r"\sum_{t=s}^{T} y_t \ge S",),
        "What is already observed is added as it is; for the rest, " + _PATHS[0].lower() + _PATHS[1:],
        _INVESTMENT, 'fc.Target.cumulative("investment", 275, since=2021, year=2026, unit="bn")',
        ("indicator,kind,value,since,unit,year", "investment,cumulative,275,2021,bn,2026"),
    ),
    "Maintain": KindPage(
        "Every year", "保持", (r"y_t \ge x \quad\text{for all } t = s, \dots, T",), _PATHS, _COVERAGE,
        'fc.Target.maintain("coverage", 79, year=2028, unit="%")',
        ("indicator,kind,value,unit,year", "coverage,maintain,79,%,2028"),
    ),
    "Milestones": KindPage(
        "Milestones", "分年目标", (r"y_{t_i} \ge x_i \quad\text{for every milestone } (t_i, x_i)",), _PATHS,
        _COVERAGE, 'fc.Target.milestones("coverage", {2026: 83, 2028: 86}, unit="%")',
        ("indicator,kind,milestones,unit", "coverage,milestones,2026: 83; 2028: 86,%"),
    ),
    "ClassOrBetter": KindPage(
        "A class or better", "等级",
        (r"\text{every year: } c_t \le k \text{ for all } t = s, \dots, T",
         r"\text{in the year: } c_T \le k \qquad (1 \text{ is the best class})"),
        "By a chain over the classes: how often they changed from one year to the next, drawn towards "
        "staying (model `Ordinal`).",
        'history = fc.History.of("river_quality", range(2014, 2025), [3, 3, 3, 2, 2, 3, 2, 2, 2, 2, 2])',
        'fc.Target.ordinal("river_quality", "II", year=2027, scale=["I", "II", "III", "IV"])',
        ("indicator,kind,value,scale,year", "river_quality,ordinal,II,I; II; III; IV,2027"),
    ),
    "Relative": KindPage(
        "Relative to another series", "相对于另一指标或地区",
        (r"\text{ratio: } \frac{y_T}{z_T} \ge r", r"\text{difference: } y_T - z_T \ge r"),
        "The question is put to the history of the ratio (or difference), so nothing is assumed about how "
        "the two move together.",
        _RATIO, 'fc.Target.relative_to("income", "gdp", 0.52, year=2028)',
        ("indicator,kind,other,value,year", "income,relative_to,gdp,0.52,2028"),
    ),
    "InStep": KindPage(
        "In step with another series", "与……同步",
        (r"\frac{y_T}{y_b} \ge \frac{z_T}{z_b} \iff \frac{y_T}{z_T} \ge \frac{y_b}{z_b}",),
        "The question is put to the history of the ratio: it must not have fallen since the base year.",
        _RATIO, 'fc.Target.in_step_with("income", "gdp", year=2028, base_year=2020)',
        ("indicator,kind,other,base_year,year", "income,in_step_with,gdp,2020,2028"),
    ),
    "Areas": KindPage(
        "All areas, or at least k of them", "所有地区、至少 k 个地区",
        (r"\#\{\, i : y^{(i)}_T \ge x \,\} \ge k \qquad (k = \text{all unless stated})",),
        "Each area keeps its own outlook; a common yearly shock, estimated from the areas, ties them "
        "together (one-factor Gaussian copula). The product of the areas' probabilities is not used.",
        _AREAS, 'fc.Target.all_areas("income", 11, year=2026, unit="k")',
        ("indicator,kind,value,unit,year", "income,all_areas,11,k,2026"), _ASK_AREAS,
    ),
}  # fmt: skip


def path_of(name: str) -> str:
    """Page of a kind, by the name of its class.

    Examples
    --------
    >>> path_of("AverageGrowth")
    'kinds/average-growth.md'
    """
    words = "".join(f"-{c.lower()}" if c.isupper() else c for c in name).strip("-")
    return f"kinds/{words}.md"


def kind_pages() -> dict[str, str]:
    """Page of every kind by its path, the table of all first."""
    english, chinese = Language("en"), Language("zh")
    rows, pages = [], {}
    for kind in KINDS:
        page = PAGES[kind.__name__]
        target = eval(page.target, {"fc": _namespace()})
        said = described(english, target, target.unit)
        path, in_chinese = path_of(kind.__name__), described(chinese, target, target.unit)
        link = f"[{page.title}]({path.partition('/')[2]})"
        rows.append(f"| {link} | {page.zh} | `{target.kind.name}` | {said} | {in_chinese} |")
        pages[path] = _page(kind, page, said)
    head = [
        "# Kinds of target", "",
        "What has to be true for a target to be met. Every kind has the same three uses: a constructor of "
        "`Target`, a row of a plan file, and a sentence in the reports.", "",
        "In the formulas $y_t$ is the indicator's value in year $t$, $T$ the target year, $b$ the base year. "
        "A value that equals the target meets it.", "",
        "| kind | 中文 | in a plan | for example | 例 |", "|---|---|---|---|---|", *rows, "",
    ]  # fmt: skip
    return {"kinds/index.md": "\n".join(head), **pages}


def _namespace() -> object:
    """What the examples call ``fc``."""

    class Names:
        pass

    names = Names()
    names.Target = Target  # type: ignore[attr-defined]
    return names


def _page(kind: type, page: KindPage, said: str) -> str:
    header, row = page.row
    cells = row.split(",")
    formulas = "\n\n".join(f"$$\n{each}\n$$" for each in page.formula)
    told = plain((kind.__doc__ or "").split("\n\n    Parameters")[0])
    told = "\n".join(line.removeprefix("    ") for line in told.splitlines())
    return f"""# {page.title} · {page.zh}

{told}

In a report: *{said}*.

## Formula

Met if and only if

{formulas}

**How the probability is found.** {page.answered}

## Example

```python
import forecast as fc

{page.history}
target = {page.target}
{page.ask}
```

## In a plan file

```csv file=plan.csv
{header}
{",".join(cells)}
```

The row asks the same question:

```python
print(fc.read_plan("plan.csv")["1"].target == target)
```

More keys that it takes: [`read_plan`](../reference/target.md#forecast.target.read_plan.read_plan).
Constructors: [`Target`](../reference/target.md#forecast.target.target.Target).
"""
