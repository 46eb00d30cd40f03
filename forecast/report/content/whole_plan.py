"""What is said of the plan as a whole: how many targets will be met, and how plans fare."""

from __future__ import annotations

from forecast.assessment.base_rate import BaseRate
from forecast.assessment.study import Study
from forecast.assessment.together import PlanOutlook
from forecast.evaluation.scores import LEVEL
from forecast.report.content.blocks import Chart
from forecast.report.content.wording import Wording


def counted(study: Study) -> PlanOutlook | None:
    """How many targets will be met; None where there are not two to count."""
    if sum(line.assessment.rating != "not_assessed" for line in study.lines) < 2:
        return None
    return study.together()


def together(study: Study, w: Wording) -> tuple[str, ...]:
    """How many targets will be met, whether all binding ones will, and what spoils it."""
    plan, say = counted(study), w.language.text
    if plan is None:
        return ()
    low, high = plan.interval(LEVEL)
    count = {"expected": round(plan.expected, 1), "n": len(plan), "low": low, "high": high, "level": LEVEL}
    said = [say("together.count", count)]
    n = len(plan.binding)
    # What is decided already, and a single open target, leave nothing to the dependence.
    asked = plan.binding or plan.ids
    tied = sum(0 < plan.each[plan.ids.index(id)] < 1 for id in asked) > 1
    if plan.all_binding is not None:
        bounds = {"independent": plan.independent.all_binding, "full": plan.fully_dependent.all_binding}
        key = "together.binding" if tied else "together.binding_plain"
        said.append(say(key, {"n": n, "p": plan.all_binding, **bounds}))
    worst = plan.spoilers[0] if plan.spoilers and tied else None
    if worst is not None:
        label = w.label(study.plan[worst.id])
        said.append(
            say("together.spoils" if n else "together.spoils_all", {"label": label, "share": worst.share})
        )
    left = [item.id for item in study.plan if item.nature == "binding" and item.id in plan.unassessed]
    if left and n:
        said.append(say("together.left", {"n": len(left)}))
    return tuple(said)


def together_chart(study: Study, w: Wording) -> tuple[Chart, ...]:
    """Chart of how many targets will be met, where there are two to count."""
    told = w.language.text("number.sentences").join(together(study, w))
    return (Chart("together", study, w.language.text("chart_caption.together"), told),) if told else ()


def base_rate_in_full(base: BaseRate, w: Wording) -> str:
    """Base rate of plans with what it was counted over."""
    key = "base_rate.of_country" if base.country else "base_rate.of_all"
    values = {
        "country": w.catalogue.area(base.country).label(w.language.code),
        "plans": base.plans,
        "targets": base.targets,
        "met": base.met,
    }
    return w.language.text("number.sentences").join(
        [w.language.text(key, values), w.language.text("base_rate.answer", _values(base))]
    )


def base_rate_in_short(base: BaseRate, w: Wording) -> str:
    """Base rate of plans in one line, marked as what it is."""
    return w.language.text("base_rate.line", _values(base))


def _values(base: BaseRate) -> dict[str, object]:
    low, high = base.interval(LEVEL)
    return {"p": base.probability, "low": low, "high": high, "level": LEVEL}
