"""Sentences: what was found, why, what would change it; and the judgement over the whole plan."""

from __future__ import annotations

from collections import Counter

from forecast.assessment.assessment import OUTCOMES, Assessment
from forecast.assessment.forecast import PROMISE
from forecast.assessment.growth import Growth
from forecast.assessment.progress import RATINGS
from forecast.assessment.study import Line, Study
from forecast.assessment.unseen import is_unseen, unseen_key
from forecast.distribution.closed_form import stays_of
from forecast.evaluation.scores import LEVEL
from forecast.language.note import Note
from forecast.report.content.stored_fit import explained
from forecast.report.content.tables import NATURES, about_lender, effort, with_probability
from forecast.report.content.whole_plan import together
from forecast.report.content.wording import Wording, has_room, told_pace

# Official classes that say "fine" and "not fine"; classes between are no contradiction to anything.
FAVOURABLE = (
    "on_track", "substantial_progress", "target_achieved", "ahead_of_schedule", "on_schedule",
    "achieved_early", "faster_than_expected", "broadly_as_expected", "final_target_reached",
    "above_required_progress", "required_progress", "sun", "significant_progress", "clear_improvement",
)  # fmt: skip
ADVERSE = (
    "behind_schedule", "behind_expectation", "below_required_progress", "deterioration", "limited_progress",
    "stagnation", "regression", "stagnation_or_regression", "marginal_progress", "cloud", "thunderstorm",
    "significant_movement_away", "clear_worsening",
)  # fmt: skip
LIKELY, UNLIKELY = 0.66, 0.33
# What an answer rests on, by the key of its count.
RESTS_ON = {"own": "own", "parents": "parents", "proxy": "stand_in"}
# How many of the least likely targets the judgement names.
NAMED = 3
# An effort ratio below this is the pace seen.
NOTICEABLE = 1.05
# A behaviour that carries less of the outlook than this is not named.
WORTH_SAYING = 0.15
# An outlook that stays what it is with so much probability is most likely unchanged.
EVEN = 0.5


def judgement(study: Study, w: Wording) -> tuple[str, ...]:
    """Overall judgement in a few sentences."""
    say, answered = w.language.text, with_probability(study)
    found = [w.language.text("number.sentences").join([*coverage(study, w), *together(study, w)])]
    if answered:
        found.append(say("judgement.classes", {"classes": _classes(study, w)}))
        worst = sorted(answered, key=lambda line: line.assessment.probability or 0.0)[:NAMED]
        named = [
            say("judgement.named", {"label": w.label(x.item), "p": x.assessment.probability}) for x in worst
        ]
        found.append(say("judgement.worst", {"targets": named}))
    proxies = sum(line.rests_on == RESTS_ON["proxy"] for line in answered)
    found += [_of_nature(study, nature, w) for nature in NATURES[:2] if _count(study, nature)]
    found += [say("judgement.stand_ins", {"proxy": proxies})] if proxies else []
    return tuple(found)


def coverage(study: Study, w: Wording) -> tuple[str, ...]:
    """How many targets have which kind of answer."""
    say, answered = w.language.text, with_probability(study)
    resting = [line.rests_on for line in answered]
    bare = [line for line in study.lines if line.assessment.history is None]
    counts = {key: resting.count(rest) for key, rest in RESTS_ON.items()}
    parts = [say(f"judgement.{key}", {"n": n}) for key, n in counts.items() if n]
    values: dict[str, object] = {"total": len(study.lines), "answered": len(answered)}
    values["parts"] = w.language.text("number.sentence_comma").join(parts)
    said = [say("judgement.coverage" if answered else "judgement.coverage_none", values)]
    unseen = sum(is_unseen(line.assessment) for line in answered)
    said += [say("judgement.unseen", {"unseen": unseen})] if unseen else []
    said += [say("judgement.bare", {"n": len(bare)})] if bare else []
    return (*said, *_rest(study, w))


def _rest(study: Study, w: Wording) -> list[str]:
    """How many targets have figures and yet no probability, so that the counts add up."""
    rest = [x.assessment for x in study.lines if x.assessment.history and x.assessment.probability is None]
    decided = sum(a.status in OUTCOMES for a in rest)
    counts = {"decided": decided, "unanswered": len(rest) - decided}
    return [w.language.text(f"judgement.{key}", {"n": n}) for key, n in counts.items() if n]


def finding(line: Line, w: Wording) -> str:
    """What was found for one target, in one sentence."""
    a, say = line.assessment, w.language.text
    goal, year = w.dated_goal(line.item.target), line.item.target.year
    values = {"goal": goal, "year": year, "word": w.word(a)}
    if a.status in OUTCOMES:
        return say(f"finding.{a.status}", values)
    if a.probability is None:
        return say("finding.none", {"reason": w.note(w.reason(line))})
    key = "finding.maintain" if a.status == "maintain" else "finding.open"
    if is_unseen(a):
        key = f"finding.{unseen_key(a)}"
    elif line.item.by_proxy:
        key += "_by_proxy"
    return say(key, {**values, "p": a.probability, "setback": 1 - a.probability})


def why(line: Line, w: Wording) -> str:
    """What the forecast rests on."""
    a, say = line.assessment, w.language.text
    history = a.history
    if history is None:
        return ""
    values: dict[str, object] = {
        "n": len(history),
        "span": w.language.year_range(history.first_year, history.last_year),
        "last": w.figure(a, history.last_value),
        "last_year": history.last_year,
    }
    parts = [say("why.figures", values)]
    if a.observed is not None and not a.target.kind.classes:
        values["pace"] = w.pace(a.observed, history)
        values["period"] = w.language.year_range(a.observed.start, a.observed.end)
        parts.append(say("why.pace", values))
    if a.outlook is not None and a.probability is not None:
        low, high = w.outlook_ends(line, a.outlook.interval(LEVEL))
        values |= {
            "year": a.target.year,
            "median": w.of_outlook(line, a.outlook.median()),
            "low": low,
            "high": high,
        }
        stays = stays_of(a.outlook)
        key = "why.unchanged" if stays >= EVEN else "why.outlook"
        parts.append(say(key, {**values, "p": stays}))
    carried = behaviours(line, w)
    if carried:
        parts.append(say("why.model", {"behaviours": carried}))
    return w.language.text("number.sentences").join(parts)


def behaviours(line: Line, w: Wording) -> list[str]:
    """What carries most of the outlook, each with its share; nothing where the model cannot say."""
    a, say = line.assessment, w.language.text
    seen = explained(a.fitted) if a.fitted is not None and a.probability is not None else None
    told = [] if seen is None else sorted(seen.behaviours.items(), key=lambda each: -each[1])
    return [
        say("why.share", {"behaviour": say(f"behaviour.{name}"), "share": share})
        for name, share in told
        if share >= WORTH_SAYING
    ]


def tension(line: Line, w: Wording) -> str:
    """Why rating and pace seen point different ways; nothing where they do not.

    A reader who sees "needed 5.5 %, seen 6.5 %" beside "limited progress" looks for the mistake.
    """
    a = line.assessment
    threshold = None if a.history is None else a.target.threshold(a.history)
    plainly = (
        a.status == "open" and a.outlook is not None and a.required is not None and a.observed is not None
    )
    if not plainly or a.target.kind.classes or a.history is None:
        return ""
    assert a.required is not None
    assert a.observed is not None
    assert a.outlook is not None
    way = a.target.direction
    # As the reader sees them: of amounts the rates, which fall short where the same steps would not.
    needed, seen = way * told_pace(a.required, a.history), way * told_pace(a.observed, a.history)
    enough, fine = seen >= needed, a.rating == "on_track"
    key = ""
    if enough and not fine and needed > 0:
        short = threshold is not None and way * (a.outlook.median() - threshold) < 0
        key = "fast_but_slowing" if short else "fast_but_uncertain"
        if not short and (a.target.kind.every_year or a.target.kind.more_than_its_year):
            key = "fast_but_each_year"
    elif fine and needed > 0 and not enough:
        key = "slow_but_likely"
    elif seen < 0 and a.probability is not None and a.probability >= UNLIKELY and not fine:
        key = "away_but_possible"
    elif not way and not fine and _narrow(a):
        key = "range_is_narrow"
    return w.language.text(f"change.{key}") if key else ""


def _narrow(a: Assessment) -> bool:
    """Whether what is asked is a range inside which 80 % of the outlook have no room."""
    asked = None if a.history is None else a.target.kind.limits(a.history, a.target.year)
    if asked is None or a.outlook is None:
        return False
    low, high = a.outlook.interval(0.8)
    return bool(asked.upper - asked.lower < high - low)


def change(line: Line, w: Wording) -> str:
    """What would change the answer."""
    a, say = line.assessment, w.language.text
    history, parts = a.history, []
    if history is None or a.status in OUTCOMES:
        return ""
    if a.required is not None and a.required.per_year * a.target.direction and not a.target.kind.classes:
        values = {
            "pace": w.pace(a.required, history),
            "start": a.required.start,
            "end": a.required.end,
        }
        parts.append(say("change.room" if has_room(a) else "change.required", values))
        if a.effort_ratio is not None and a.effort_ratio >= NOTICEABLE:
            parts.append(say("change.effort", {"times": effort(a, w)}))
    if a.reachable is not None and a.probability is not None:
        promised = {"goal": w.promise(line, a.reachable), "level": w.language.percent(PROMISE)}
        parts.append(say("change.reachable", promised))
    if explained_by := tension(line, w):
        parts.append(explained_by)
    if line.item.by_proxy:
        parts.append(say("change.own_figures"))
    elif any(note.key in ("old", "few_points") for note in a.evidence.reasons):
        parts.append(say("change.newer_figures", {"year": history.last_year}))
    return w.language.text("number.sentences").join(parts)


def disagreement(line: Line, w: Wording) -> str:
    """Where official rules and the forecast say opposite things; empty where they do not.

    A plan that is only at its base year is ahead of no schedule, whatever the ratio 0 : 0 is called.
    """
    a = line.assessment
    if a.probability is None:
        return ""
    opposite = FAVOURABLE if a.probability < UNLIKELY else ADVERSE if a.probability > LIKELY else ()
    named = list(
        dict.fromkeys(
            w.language.text(
                "line.verdict",
                {
                    "rule": w.language.text(f"rule.{v.rule}"),
                    "verdict": w.language.text(f"verdict.{v.rule.split('_')[0]}.{v.verdict}"),
                },
            )
            for v in a.rules
            if v.verdict in opposite and (a.schedule or v.rule != "china")
        )
    )
    if not named:
        return ""
    key = "line.disagree_favourable" if a.probability < UNLIKELY else "line.disagree_adverse"
    return w.language.text(key, {"rules": named, "p": a.probability})


def outside(line: Line, w: Wording) -> str:
    """Outside view: how often comparable places managed the pace; empty where none is known."""
    a, seen = line.assessment, line.assessment.reference
    if seen is None or a.history is None:
        return ""
    bound = f"outside.{seen.side}" if seen.side else "outside.share"
    values: dict[str, object] = {
        "population": w.population(seen.population),
        "windows": w.language.number(seen.windows),
        "period": w.language.year_range(seen.first_year, seen.last_year),
        "years": seen.years,
        "share": w.language.text(bound, {"share": seen.share}),
    }
    if seen.pace is None:
        return w.language.text("outside.direction", values)
    pace = Growth(seen.pace, seen.pace if seen.compound else None, seen.first_year, seen.last_year)
    values["pace"] = w.pace(pace, a.history)
    return w.language.text("outside.pace", values)


def remarks(line: Line, w: Wording) -> tuple[str, ...]:
    """What else a reader must know: the plan's note, the proxy, the evidence, the fit."""
    item, a, code = line.item, line.assessment, w.language.code
    found = []
    if item.spread is not None and is_unseen(a):
        found.append(item.spread.reason(code))
    elif item.proxy(code) and item.by_proxy:
        found.append(w.language.text("line.proxy_because", {"text": item.proxy(code)}))
    if item.quote:
        found.append(w.language.text("line.quote", {"text": item.quote}))
    if item.note(code):
        found.append(w.language.text("line.plan_note", {"text": item.note(code)}))
    reasons = [w.note(about_lender(a, note)) for note in a.evidence.reasons]
    joined = w.language.text("number.sentences").join(reasons)
    values = {"grade": w.evidence(a), "reasons": joined}
    found.append(w.language.text("line.evidence" if reasons else "line.evidence_full", values))
    found += [w.note(note) for note in a.notes if not _is_reason(line, note, w)]
    return tuple(found)


def _is_reason(line: Line, note: Note, w: Wording) -> bool:
    """Whether a note already stands in the finding."""
    return line.assessment.probability is None and note == w.reason(line)


def _classes(study: Study, w: Wording) -> list[str]:
    """Ratings of the targets that were assessed, with their counts."""
    return _counted([line for line in study.lines if line.assessment.rating != "not_assessed"], w)


def _count(study: Study, nature: str) -> int:
    return sum(line.item.nature == nature for line in study.lines)


def _of_nature(study: Study, nature: str, w: Wording) -> str:
    """Counts by class of one nature."""
    lines = [line for line in study.lines if line.item.nature == nature]
    return w.language.text(f"judgement.{nature}", {"n": len(lines), "classes": _counted(lines, w)})


def _counted(lines: list[Line], w: Wording) -> list[str]:
    """Ratings with their counts, "on track (2)" and so on, in their order."""
    ordered = sorted(lines, key=lambda line: RATINGS.index(line.assessment.rating))
    counts = Counter(w.rating_word(line.assessment) for line in ordered)
    return [w.language.text("judgement.count", {"n": n, "rating": word}) for word, n in counts.items()]
