"""Visits, performances, surveys, training, lectures and meetings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from laoqu_engines.reader.context import Actor, Context, within
from laoqu_engines.reader.draft import Draft
from laoqu_engines.reader.facts import Confidence, Kind
from laoqu_engines.reader.mentions import Place
from laoqu_engines.reader.structure import Sentence
from laoqu_engines.reader.works import leading

_HELPED = re.compile(
    r"的?[^，。；]{0,4}(?:指导|支持|帮助|协调|领导|组织|带领|配合|牵线|关心|大力|陪同|统一|下|期间|时|工作|会长|负责)"
)
_GOODS = re.compile(
    r"(?:将|送去|送上|送来|送了|发放|带去|带着|带上|捐赠|赠送|携带)了?(?P<goods>[^，。；将把为]{1,40}?)(?:等)?(?P<kind>慰问品|慰问物资|生活物资|生活用品|物资|慰问金|送到|送给|学习用品|$|，)"
)


@dataclass(frozen=True)
class Pattern:
    """A kind by its words: ``needs`` lists what must also be there, one of them."""

    kind: Kind
    words: re.Pattern[str]
    unless: re.Pattern[str]
    needs: str
    units: str
    inherits: bool


PATTERNS = (
    Pattern(
        "performance",
        re.compile(
            r"演出|巡演|上演|送戏|登台|放映|演了|公演|首演|文艺节目|唱(?:了|响|的是)|文艺汇演|专场|表演了|献上|展演"
        ),
        re.compile(r"编演|演出服|演出设备|导演"),
        "place count title",
        "场 场次 台 次",
        False,
    ),
    Pattern(
        "training",
        re.compile(
            r"培训班|培训会|培训(?![机费设中])|外出学习|考察学习|学习考察|参观学习|瞻仰|研学|研修|现场教学|轮训|实训|夜校|办[^，。；]{0,10}班(?![子级])|学习班|技校|集训"
        ),
        re.compile(r"培训(?:中心|基地|教室|设备|任务)|实训设备|免费培训的"),
        "place count month",
        "人次 人 名 期 场 次",
        True,
    ),
    Pattern(
        "lecture",
        re.compile(
            r"宣讲|讲[^，。；]{0,6}故事|开讲|讲座|报告会|党课|巡讲|巡回报告|作[^，。；]{0,6}报告[\d一二三四五六七八九十]|宣传[^，。；]{0,4}\d+(?:余|多)?场|故事会|上课"
        ),
        re.compile(r"宣讲词|讲座教授"),
        "place count month title act",
        "场 场次 次 堂 期 人次 人 名",
        True,
    ),
    Pattern(
        "survey",
        re.compile(
            r"调研(?![组员])|调研组[^，。；]{0,8}(?:到|来|赴|深入|走进|先后)|摸底|普查|实地了解|走访了解|走访(?!慰问|看望|了?[^，。；]{0,8}(?:烈属|老人|老党员|户|位))|采访团|实地查看|问卷|撰写.{0,10}报告|撰写出"
        ),
        re.compile(
            r"等?奖|先进单位|先进集体|调研工作先进|调研员|调研组织|走访贫困户慰问|调研报告工作"
        ),
        "place title people report",
        "人次 篇 户 次 份 个",
        True,
    ),
    Pattern(
        "visit",
        re.compile(
            r"慰问|看望|送温暖|(?:给|为|向)[^，。；]{0,20}(?:户|困难|贫困|老人|家庭|老党员)[^，。；]{0,10}送(?:去|上|来|了)|探望|抽查|走访了?[^，。；]{0,8}(?:烈属|老人|老党员|户|位)|送年货|登门|(?:交|送)到[^，。；]{0,16}[手家][里中上]|(?:验收|检查|督查|视察|考察|督导)(?![组团队员站表室])|回访|回头看|查看|参观(?!学习)"
        ),
        re.compile(
            r"慰问演出|与会|考察学习|学习考察|验收合格|通过验收|检查站|督查组成立|考察团成立"
        ),
        "place count month",
        "户 名 人 位 人次 个 家",
        True,
    ),
)
_REPORTS = re.compile(
    r"(?:写成|撰写|形成|完成|提交|报送|上报|写出)[^，。；]{0,14}(?:报告|论文|调研文章|材料)[^，。；]{0,6}?[\d一二三四五六七八九十]+(?:余|多)?篇"
    r"|(?:写成|撰写|形成|完成|提交|报送|上报|写出)[^，。；]{0,3}[\d一二三四五六七八九十]+(?:余|多)?篇[^，。；]{0,10}(?:报告|论文|调研文章)"
)
_PART_MARK = re.compile(
    r"[，：；](?:其中)?(?:：)?(?=[^，；：]{2,16}\d+(?:人次|个班|期|人|名))(?<=[：中])|[，；]其中"
)
_REPORT_WRITTEN = re.compile(r"(?:写成|撰写|形成|完成|写出|提交)[^，。；]{0,14}(?:报告|论文)")
_ACT = re.compile(r"开展|组织|举办|组建|进行|举行")


def read(ctx: Context, sentence: Sentence, taken: Sequence[Draft]) -> list[Draft]:
    """The activities of one sentence; ``taken``: what other rules made of it."""
    if not states(ctx, sentence):
        return []
    drafts: list[Draft] = []
    for start, end in segments(sentence):
        words = ctx.text[start:end]
        near = [d for d in taken if d.start < end and d.end > start]
        for match, pattern in _by_position(words):
            if pattern.unless.search(words) or any(d.kind == pattern.kind for d in near):
                continue
            first, last = start, end
            if near:
                at = start + match.start()
                first, last = next((c.start, c.end) for c in sentence.clauses if c.end > at)
            if _has_need(ctx, pattern.needs, first, last):
                made = _one_or_more(ctx, sentence, pattern, first, last)
                if pattern.kind == "training":
                    made += _parts(ctx, made[-1])
                if not near:
                    made += _others(ctx, sentence, pattern, start + match.start(), end)
                drafts += made
                break
    return _merged(ctx, sentence, drafts)


def _by_position(words: str) -> list[tuple[re.Match[str], Pattern]]:
    """The patterns whose words occur, the first word first."""
    found = [(match, p) for p in PATTERNS if (match := p.words.search(words))]
    return sorted(found, key=lambda pair: pair[0].start())


def _one_or_more(
    ctx: Context, sentence: Sentence, pattern: Pattern, start: int, end: int
) -> list[Draft]:
    """A survey and the reports counted after it are two facts; all else is one."""
    report = _REPORTS.search(ctx.text, start, end) if pattern.kind == "survey" else None
    if report is None:
        return [_draft(ctx, sentence, pattern, start, end)]
    clause = next(c for c in sentence.clauses if c.start <= report.start() < c.end)
    before = max(start, clause.start - 1)
    fieldwork = [
        c for c in within(ctx.marks.counts, start, before) if c.unit in ("人次", "户", "次", "天")
    ]
    if not fieldwork or not pattern.words.search(ctx.text[start:before]):
        whole = _draft(ctx, sentence, pattern, start, clause.end)
        reports = leading(within(ctx.marks.counts, report.start(), clause.end), "篇 份")
        if reports:
            whole.count, whole.unit, whole.approx = reports.value, reports.unit, reports.approx
        return [whole]
    first = _draft(ctx, sentence, pattern, start, before)
    return [first, _draft(ctx, sentence, pattern, clause.start, clause.end)]


def _others(ctx: Context, sentence: Sentence, done: Pattern, at: int, end: int) -> list[Draft]:
    """Activities of another kind in later clauses, each with its own count."""
    found = []
    for clause in sentence.clauses:
        if not at < clause.start < end:
            continue
        for match, pattern in _by_position(ctx.text[clause.start : clause.end]):
            units = pattern.units.split()
            counts = within(ctx.marks.counts, clause.start + match.start(), clause.end)
            counted = any(c.unit in units and not c.noun.startswith("村") for c in counts)
            taught = {pattern.kind, done.kind} <= {"training", "lecture"}
            if pattern.kind != done.kind and counted and not taught:
                found.append(_draft(ctx, sentence, pattern, clause.start, clause.end))
            break
    return found


def _parts(ctx: Context, total: Draft) -> list[Draft]:
    """“培训650人次，其中A20人次、B70人次”: the parts of a training, cut from its passage."""
    mark = _PART_MARK.search(ctx.text, total.start, total.end)
    counts = within(ctx.marks.counts, mark.end(), total.end) if mark else []
    people = [c for c in counts if c.unit in ("人次", "人", "名")]
    if mark is None or len(people) < 2 or not within(ctx.marks.counts, total.start, mark.start()):
        return []
    parts, at = [], mark.end()
    for count in people:
        if ctx.text[count.end : count.end + 1] in "考取获通合":
            continue
        part = replace(total, start=at, end=count.end, count=count.value, unit=count.unit)
        part.role, part.part_of, part.approx = "part", total, count.approx
        parts.append(part)
        at = count.end + (ctx.text[count.end : count.end + 1] in "、，；")
    total.end, total.role = mark.start(), "total"
    lead = leading(within(ctx.marks.counts, total.start, total.end), "人次 人 名")
    if lead:
        total.count, total.unit, total.approx = lead.value, lead.unit, lead.approx
    return parts


def _merged(ctx: Context, sentence: Sentence, drafts: list[Draft]) -> list[Draft]:
    """A report written in the next sentence of a paragraph belongs to the survey before it."""
    kept = []
    for draft in drafts:
        last = ctx.survey
        if draft.kind == "survey" and draft.count is None:
            if last and last[0] == sentence.paragraph and not ctx.places_in(draft.start, draft.end):
                last[1].end = draft.end
                last[1].items += draft.items
                continue
            ctx.survey = (sentence.paragraph, draft)
        kept.append(draft)
    return kept


def states(ctx: Context, sentence: Sentence) -> bool:
    """Whether a sentence tells what was; in a section of plans only what is dated before."""
    if sentence.heading or sentence.mood == "exhorts":
        return False
    return sentence.mood == "states" or bool(
        re.search(r"去年|上年", ctx.text[sentence.start : sentence.end])
    )


def segments(sentence: Sentence) -> list[tuple[int, int]]:
    """The ；-parts of a sentence."""
    found: dict[int, tuple[int, int]] = {}
    for clause in sentence.clauses:
        start, _ = found.get(clause.segment, (clause.start, 0))
        found[clause.segment] = (start, clause.end)
    return list(found.values())


def _has_need(ctx: Context, needs: str, start: int, end: int) -> bool:
    words = ctx.text[start:end]
    checks = {
        "place": lambda: any(
            p.level in ("township", "village", "site") for p in ctx.places_in(start, end)
        ),
        "count": lambda: bool(within(ctx.marks.counts, start, end)),
        "people": lambda: any(
            c.unit in ("人次", "户", "篇", "份", "次", "名", "人")
            or re.match(".{0,4}[村乡镇]", c.noun)
            for c in within(ctx.marks.counts, start, end)
        ),
        "month": lambda: any(d.month for d in within(ctx.marks.dates, start, end)),
        "title": lambda: "《" in words,
        "report": lambda: bool(_REPORT_WRITTEN.search(words)),
        "act": lambda: bool(_ACT.search(words)),
    }
    return any(checks[need]() for need in needs.split())


def _draft(ctx: Context, sentence: Sentence, pattern: Pattern, start: int, end: int) -> Draft:
    draft = Draft(pattern.kind, start, end, f"words of {pattern.kind}")
    draft.actor = actor_of(ctx, sentence, start, end)
    own = ctx.finest(ctx.places_in(start, end))
    if pattern.kind != "performance":
        own = own or visited_body(ctx, start, end)
    draft.places = own or (_inherited(ctx, sentence, start, draft) if pattern.inherits else ())
    draft.confidence["places"] = Confidence("resolved") if own else Confidence("open")
    counts = within(ctx.marks.counts, start, end)
    if pattern.kind == "performance":
        counts = [c for c in counts if c.unit not in "人名人次位"]
    lead = leading(counts, pattern.units)
    if lead:
        draft.count, draft.unit, draft.approx = lead.value, lead.unit, lead.approx
    draft.date = ctx.date(sentence.start, start, end)
    draft.items = _items(ctx, pattern.kind, start, end)
    return draft


def _inherited(ctx: Context, sentence: Sentence, start: int, draft: Draft) -> tuple[Place, ...]:
    """The place named before in sentence or paragraph, else the county that the actor is of.

    A report of one's own (with an author) says nothing of places it does not name.
    """
    told = ctx.finest(ctx.places_in(sentence.start, start)) or ctx.paragraph_places
    if told and draft.kind in ("survey", "visit", "training"):
        return told
    return () if ctx.author else ctx.at_home()


def visited_body(ctx: Context, start: int, end: int) -> tuple[Place, ...]:
    """“到市老促会看望…”: the body visited stands for a place."""
    body = ctx.bodies.after("[来]?到|赴|走进|前往|深入|(?<!存)在", ctx.text, start, end)
    if body is None or _HELPED.match(ctx.text, body.end):
        return ()
    return (Place(body.start, body.end, body.text, "site", body.text),)


def actor_of(ctx: Context, sentence: Sentence, start: int, end: int) -> Actor | None:
    """The last subject before or in a passage, else that of the context."""
    ordered = ctx.bodies.after("协调督促|督促|邀请|协调", ctx.text, start, end)
    if ordered and not ctx.text[ordered.end : ordered.end + 2].startswith(("全体", "党员", "人员")):
        return Actor(ordered.text, (ordered.start, ordered.end))
    for clause in sentence.clauses:
        if clause.start < end and (actor := ctx.actor_in(clause.start, clause.end)):
            if clause.start >= start:
                return actor
            ctx.actor = actor
    if ctx.actor and not ctx.actor.why:
        return Actor(ctx.actor.name, ctx.actor.span, "前文的主语")
    return ctx.actor


def _items(ctx: Context, kind: Kind, start: int, end: int) -> tuple[str, ...]:
    words = ctx.text[start:end]
    if kind == "visit" and (match := _GOODS.search(words)):
        goods = re.sub(r"等$", "", match["goods"])
        return tuple(g for g in re.split(r"[、和及]", goods) if 1 < len(g) < 10)
    if kind == "lecture":
        return tuple(re.findall(r"宣讲会|诵读会|座谈会|党课|党日活动|报告会", words))
    return tuple(t.text for t in within(ctx.marks.titles, start, end) if t.text[0] == "《")
