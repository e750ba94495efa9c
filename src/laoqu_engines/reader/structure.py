"""Lines → sentences → segments → clauses, and which passages only exhort or plan."""

import re
from dataclasses import dataclass

_LONGEST_CLAUSE = 400
_LONGEST_SENTENCE = 2000  # whatever stands in a text, the cost stays linear
_SENTENCE = re.compile(
    rf"[^。！？\n]{{1,{_LONGEST_SENTENCE}}}(?:[。！？]+[”）》]*)?|[。！？]+[”）》]*"
)
_PLAN_HEADING = re.compile(
    r"(?:20\d\d年|今年|明年|下一?步|今后|下半年|下阶段|新的一年)[^。；]{0,12}"
    r"(?:工作安排|工作打算|工作计划|工作思路|重点工作|工作要点|打算|计划|工作部署|安排意见|任务(?=：|如下|$))"
    r"|下一?步(?:工作|打算|计划|，)|[几一二三四五六七八九十\d]点(?:意见|要求|希望|建议和要求)|提出(?:了)?(?:明确|具体|以下)?(?:工作)?要求"
)
_PROBLEM_HEADING = re.compile(
    r"(?:存在|面临|遇到)的?(?:主要|突出|一些)?(?:问题|困难|不足|短板)|(?:问题|困难)[和与及、](?:问题|不足|困难|建议|短板)|不足之处|主要问题|存在不足"
)
_TELLS = re.compile("，|\\d|了")  # a marked line that says more than a heading does
_TROUBLE = re.compile(r"(?:主要)?存在的?(?:主要)?(?:问题|困难|不足|短板)[^。]{0,6}：")
_TOP = re.compile(r" *(?:[一二三四五六七八九十]+、|第[一二三四五六七八九十]+部分)")
_REPORT_HEADING = re.compile(r"总结|回顾|工作情况|成效|做法|主要工作|完成情况|开展情况|工作成绩")
_MARKED = re.compile(
    r" *(?:[一二三四五六七八九十]+[、.]|（[一二三四五六七八九十\d]+）|\d{1,2}[、.](?!\d)"
    r"|[一二三四五六七八九十]是|第[一二三四五六七八九十]+[，、]|首先|其次|再次|[●◆■★•-])"
)
_EXHORT = re.compile(
    r"^(?:各[^，。]{1,12}(?:要|应|必须)|(?:就是|总之，|特别是|同时，|为此，)?"
    r"(?:请(?!来|到|了)|要(?!来|到|了)|必须|务必|应当|应该|需要|希望|要求|进一步|继续|切实|大力|不断|努力|着力|充分|确保|力争|全力|牢固|始终))"
    r"|(?:一定|务必|必须|应当|将继续|将进一步|今后要|要进一步|要继续|要认真|要切实|还要|都要)"
)


_PROPOSED = re.compile(r"提出(?!要求)|建议|提议")
_DEMAND = re.compile(
    r"(?:要求|强调|希望|号召|倡议|呼吁|勉励|嘱咐)(?:[^，。；：]{0,12})[，：]?(?=[^。；]{0,16}(?:要(?!求)|应当|应该|必须|务必|进一步|继续|加大|再接再厉|努力|不少于))"
)


@dataclass(frozen=True)
class Clause:
    """``[start, end)`` without the closing mark; ``segment`` counts the ；-parts of a sentence."""

    start: int
    end: int
    segment: int


@dataclass(frozen=True)
class Sentence:
    """``mood``: “states”, “plans” (in a section on next year's work) or “exhorts”."""

    start: int
    end: int
    paragraph: int
    first: bool
    heading: bool
    mood: str
    clauses: tuple[Clause, ...]


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text in order; cost linear in its length."""
    found: list[Sentence] = []
    planning = troubled = False  # below a heading of plans, of problems
    for paragraph, (line_start, line) in enumerate(_lines(text)):
        marked = bool(_MARKED.match(line))
        ended = line.rstrip()[-1] in "。；！？：，"
        titled = not ended or (marked and not _TELLS.search(_MARKED.sub("", line, count=1)))
        heading = len(line) <= 45 and titled and not re.search("元|。.", line)
        for index, match in enumerate(_SENTENCE.finditer(line)):
            words = match[0]
            lead = words[:60]
            plan = _PLAN_HEADING.search(lead)
            if plan and (heading or (index == 0 and (plan.start() < 8 or "点" in plan[0]))):
                planning = not _REPORT_HEADING.search(lead)
            elif heading and _PROBLEM_HEADING.search(lead):
                planning = troubled = True
            elif heading and (_REPORT_HEADING.search(lead) or (troubled and _TOP.match(lead))):
                planning = troubled = False
            body = _MARKED.sub("", words, count=1)
            exhorts = _EXHORT.search(body[:40]) or _TROUBLE.match(body)
            if exhorts and _PROPOSED.search(body, 0, exhorts.start()):
                exhorts = None
            mood = "plans" if planning else "exhorts" if exhorts else "states"
            start = line_start + match.start()
            end = line_start + match.start() + len(words.rstrip("。！？"))
            if demand := _DEMAND.search(text, start, end):
                end = demand.start() or end
            clauses = tuple(_clauses(text, start, end))
            found.append(Sentence(start, end, paragraph, index == 0, heading, mood, clauses))
    return found


def _lines(text: str) -> list[tuple[int, str]]:
    lines, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((at, line))
        at += len(line) + 1
    return lines


_CUT = re.compile(r"[，；： \t]|（(?:[一二三四五六七八九十\d]+)）|——")


def _clauses(text: str, start: int, end: int) -> list[Clause]:
    """Cuts at ，；： but not inside brackets, quotes or titles."""
    clauses: list[Clause] = []
    at, segment = start, 0
    for match in _CUT.finditer(text, start, end):
        cut = match.start()
        if cut - at < _LONGEST_CLAUSE and _depth(text, at, cut):
            continue
        if cut > at:
            clauses.append(Clause(at, cut, segment))
        segment += match[0] == "；"
        at = match.end()
    if at < end:
        clauses.append(Clause(at, end, segment))
    return clauses


def _depth(text: str, start: int, end: int) -> bool:
    """Whether a bracket or quote opened in ``[start, end)`` is still open."""
    passage = text[start:end]
    return any(passage.count(a) > passage.count(b) for a, b in ("（）", "《》", "“”"))
