"""Clauses → acts: which clauses of a sentence tell of one activity together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from laoqu_engines.reader.context import Context
from laoqu_engines.reader.draft import Draft
from laoqu_engines.reader.kinds import PATTERNS, PERFORMANCE, SURVEY, TRAINING, VISIT, Pattern
from laoqu_engines.reader.marks import within
from laoqu_engines.reader.structure import Clause

REPORT_WRITTEN = re.compile(r"课题\d|(?:写成|撰写|形成|完成|写出|提交)[^，。；]{0,14}(?:报告|论文)")
_TITLE_TOLD = re.compile(r"(?<![写成撰出交送定了为订刊《》])《[^《》]*》")
_CAME = re.compile("(?:深入|来到|走进|前往|赴)[^。；，]{2,30}，[^，。；]*$")
_HELPS = re.compile("^开展[^，。；]{0,20}(?:帮扶|帮建|结对)[^，。；]{0,4}(?:工作|活动|行动)")
_WEAK = re.compile(r"走遍|跑遍|踏遍|[跑走]了|参观|看了|讲[^座]|教|学|传|授课|上课")
_LOOKS = re.compile(r".*看了?|考察|参观|查看|察看|视察|检查|.*看")
_GOES = re.compile(r"到|去|赴|来到|深入|走进|前往|奔赴|在")
_LATER = re.compile(
    r"将(?=[于在][^，。；]{1,16}(?:开展|举办|召开|举行|放映|演出|巡|进行)|陆续|分批)|(?:决定|拟|将于|将在|计划|准备|打算)[^，。；]{0,12}(?:组织|开展|举办|召开|进行)"
)
_QUOTED_ADVICE = re.compile(r"(?:提出|建议)了?“(?:[^”]*|[^”]*”[^，。；]*(?:建议|意见))$")


@dataclass
class Act:
    """Clauses that tell of one activity."""

    pattern: Pattern
    start: int
    end: int
    at: int  # where its word stands
    word: str


def acts(ctx: Context, clauses: Sequence[Clause], taken: Sequence[Draft]) -> list[Act]:
    """Groups clauses: each with a word of its own begins an act, the others join one."""
    found: list[Act] = []
    waiting: int | None = None
    for clause in clauses:
        near = [d for d in taken if d.start < clause.end and d.end > clause.start]
        said = _word(ctx, clause, near)
        if said is None:
            moves = _GOES.match(ctx.text, ctx.bodies.lead(ctx.text, clause.start, clause.end))
            if near:
                waiting = None
            elif found and not moves and waiting is None:
                found[-1].end = clause.end
            elif waiting is None:
                waiting = clause.start
            continue
        match, pattern = said
        if pattern is VISIT and _LOOKS.fullmatch(match[0]) and _studied(ctx, clauses, clause):
            pattern = SURVEY
        start = clause.start if waiting is None else waiting
        act = Act(pattern, start, clause.end, clause.start + match.start(), match[0])
        if (
            found
            and _goes_on(act, found[-1])
            and not (pattern is found[-1].pattern and _elsewhere(ctx, found[-1], start, clause))
        ):
            found[-1].end = clause.end
        elif found and _absorbs(act, found[-1]):
            found[-1] = replace(act, start=found[-1].start)
        else:
            found.append(act)
        waiting = None
    if found and waiting is not None:
        found[-1].end = max(found[-1].end, clauses[-1].end)
    return found


def _said_of(word: str, pattern: Pattern, told: Draft) -> bool:
    """Whether a fact of money already tells of what a word would tell of."""
    handed = pattern is VISIT and (
        told.kind == "donation" or word.endswith(("发放", "发了", "送了"))
    )
    return handed or told.kind == pattern.kind


def _goes_on(act: Act, before: Act) -> bool:
    """The same kind again, or a look round during a survey or a study tour."""
    if before.pattern is PERFORMANCE and act.pattern is SURVEY and _WEAK.match(act.word):
        return True  # “…上演，走了14个乡镇，共62场”
    touring = before.pattern in (SURVEY, TRAINING) and act.pattern is VISIT
    looks = touring and _LOOKS.fullmatch(act.word)
    return act.pattern is before.pattern or bool(looks)


def _absorbs(act: Act, before: Act) -> bool:
    """“走遍9个县，共演102场”: a word that says little belongs to the one that says more."""
    if before.word == "走访" and act.word in ("慰问", "看望"):
        return True  # “到村走访，慰问26户”
    if not _WEAK.match(before.word) or _WEAK.match(act.word):
        return False
    kinds = {before.pattern.kind, act.pattern.kind}
    return "performance" in kinds or kinds in ({"training", "lecture"}, {"survey", "visit"})


def _word(
    ctx: Context, clause: Clause, near: Sequence[Draft]
) -> tuple[re.Match[str], Pattern] | None:
    """The first word of an activity in a clause that is no sum."""
    words = _TITLE_TOLD.sub(_blank, ctx.text[clause.start : clause.end])
    before = ctx.text[max(0, clause.start - 60) : clause.end]
    if _LATER.search(words) or _QUOTED_ADVICE.search(before):
        return None
    if helped := _HELPS.search(words) if _CAME.search(before) else None:
        return helped, VISIT
    subject = ctx.subject(clause.start, clause.end)
    named = subject.end - clause.start if subject else 0
    return _first("〇" * named + words[named:], near) or (_first(words, near) if named else None)


def _first(words: str, near: Sequence[Draft]) -> tuple[re.Match[str], Pattern] | None:
    found = [
        (m, p) for p in PATTERNS if (m := p.words.search(words)) and not p.unless.search(words)
    ]
    found = [(m, p) for m, p in found if not any(_said_of(m[0], p, d) for d in near)]
    return min(found, key=lambda pair: pair[0].start()) if found else None


def _blank(title: re.Match[str]) -> str:
    """What a title says is not what was done."""
    return "《" + "〇" * (len(title[0]) - 2) + "》"


def _studied(ctx: Context, clauses: Sequence[Clause], clause: Clause) -> bool:
    """Whether those who look round came to study, or wrote a report on it."""
    before = ctx.text[clauses[0].start : clause.end]
    return "调研" in before or bool(REPORT_WRITTEN.search(ctx.text, clause.end, clauses[-1].end))


def _elsewhere(ctx: Context, act: Act, start: int, clause: Clause) -> bool:
    """“到A村看望3户，又到B村慰问5户”: the same kind again, but at another place."""
    if act.pattern is SURVEY:
        return False
    before = {p.text for p in ctx.finest(ctx.places_in(act.start, act.end))}
    now = {p.text for p in ctx.finest(ctx.places_in(start, clause.end))}
    if act.pattern.kind == "performance" and now and not before:
        return "《" in ctx.text[act.start : act.end]
    return bool(before and now - before) and bool(within(ctx.marks.counts, act.start, act.end))
