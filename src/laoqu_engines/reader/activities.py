"""Visits, performances, surveys, training, lectures and meetings."""

import re
from collections.abc import Sequence
from dataclasses import replace

from laoqu_engines.reader.acts import REPORT_WRITTEN, Act, acts
from laoqu_engines.reader.context import Actor, Context
from laoqu_engines.reader.draft import Draft
from laoqu_engines.reader.facts import Confidence, Kind
from laoqu_engines.reader.kinds import VISIT, Pattern
from laoqu_engines.reader.marks import within
from laoqu_engines.reader.mentions import Count, Place
from laoqu_engines.reader.structure import Sentence
from laoqu_engines.reader.works import leading

_HELPED = re.compile(
    r"的?[^，。；]{0,4}(?:指导|支持|帮助|协调|领导|组织|带领|配合|牵线|关心|大力|陪同|统一|汇报|反映|争取|申请|衔接|对接|请示|求援|领取|下|期间|时|工作|会长|负责)"
)
_HOUSE = re.compile(r"村.{1,3}|[村镇乡局县市区]?(?:机关|会议中心|办公室)")
_ANY_BODY = frozenset(
    [
        "学校",
        "企业",
        "机关",
        "单位",
        "部门",
        "医院",
        "银行",
        "公司",
        "中心",
        "部队",
        "合作社",
        "政府",
    ]
)
_COMES_TO = "来到|(?<![得收达做拿遭受感看见想直])到|赴|走进|前往|深入|(?<!存)在"
_GOODS = re.compile(
    r"(?:将|送去|送上|送来|送了|发放|带去|带着|带上|捐赠|赠送|携带)了?(?P<goods>[^，。；将把为]{1,40}?)(?:等)?(?P<kind>慰问品|慰问物资|生活物资|生活用品|物资|慰问金|送到|送给|学习用品|$|，)"
)


_REPORTS = re.compile(
    r"(?:写成|撰写|形成|完成|提交|报送|上报|写出)[^，。；]{0,14}(?:报告|论文|调研文章|材料)[^，。；]{0,6}?[\d一二三四五六七八九十]+(?:余|多)?篇"
    r"|(?:写成|撰写|形成|完成|提交|报送|上报|写出)[^，。；]{0,3}[\d一二三四五六七八九十]+(?:余|多)?篇[^，。；]{0,10}(?:报告|论文|调研文章)"
)
_PART_MARK = re.compile(
    r"[，：；](?:其中)?(?:：)?(?=[^，；：]{2,16}\d+(?:人次|个班|期|人|名))(?<=[：中])|[，；]其中"
)
_AUDIENCE = re.compile(
    "[给为向对][^，。；]{0,10}(?:同学|学生|师生|学员|党员|干部|群众|村民|居民|职工|官兵|孩子)"
)
_HELD_BY = re.compile("(?:主办|承办|合办|牵头|组织|协办|举办)$")
_FOUND = re.compile("摸底|普查|排查|登记|清查")
_ACT = re.compile(r"开展|组织|举办|组建|进行|举行")


_OF_THESE = re.compile("这些|上述|以上|这次|此次|该活动")
_GUESTS = re.compile(r"学员|参训|与会|参会|到会|代表们")
_TAUGHT = re.compile(
    r"授课的|讲课的|任课|(?:请|邀请|由|有|讲课的?)[^，。；]{0,16}[\d一二两三四五六七八九十](?:多|余)?[位名个][^，。；]{0,10}(?:教授|专家|老师|讲师|能手|教师|技术员|农艺师|授课|讲课)"
)
_VILLAGES = re.compile(r"[^，。；]{0,2}(?:村|管理区|社区)")
_DIVISIONS = re.compile(r"[^，。；]{0,2}(?:村|镇|乡|县|市|社区|街道|组|单位|部门)")
_PASSED = re.compile(r"[^，。；]{0,6}(?:拿到|获得?|考|取得|领到|通过|合格)")
_TEACHERS = re.compile(r"[^，。；]{0,2}(?:技术|专家|教授|老师|讲师|教师|农艺|能手|讲解|师傅)")
_TALK = re.compile(r"[^，。；]{0,2}(?:座谈|会议|会$|问题)")


def read(ctx: Context, sentence: Sentence, taken: Sequence[Draft]) -> list[Draft]:
    """The activities of one sentence; ``taken``: what other rules made of it."""
    if not states(ctx, sentence):
        return []
    drafts: list[Draft] = []
    led: Pattern | None = None  # “走访慰问：…户；…户；…人”
    for start, end in segments(sentence):
        clauses = [c for c in sentence.clauses if start <= c.start < end]
        first = True
        for act in acts(ctx, clauses, taken):
            if ctx.told and _detail(ctx, sentence, act):
                continue
            if not _has_need(ctx, act.pattern.needs, act.start, act.end):
                continue
            if not first and not _stands_alone(ctx, act, drafts):
                drafts[-1].end = max(drafts[-1].end, act.end)
                continue
            if act.pattern is VISIT and "：" in ctx.text[act.at : act.end]:
                led = act.pattern
            made = _one_or_more(ctx, sentence, act.pattern, act.start, act.end)
            if act.pattern.kind in ("training", "performance"):
                made += _parts(ctx, made[-1])
            drafts += made
            first = False
            ctx.told = (act.pattern.kind, sentence.paragraph)
        if led and first and not any(d.start < end and d.end > start for d in taken):
            counts = within(ctx.marks.counts, start, end)
            if any(c.unit in ("户", "名", "人", "位", "人次") for c in counts):
                drafts.append(_draft(ctx, sentence, led, start, end))
    return _merged(ctx, sentence, drafts)


def _detail(ctx: Context, sentence: Sentence, act: Act) -> bool:
    """“三天里请了4位教授讲课”, “学员还到A镇看了民宿”: more of what was just told."""
    told, paragraph = ctx.told or ("", -1)
    if paragraph != sentence.paragraph:
        return False
    words = ctx.text[act.start : act.end]
    if _OF_THESE.match(words):
        return act.pattern.kind == told
    if told in ("training", "meeting") and act.pattern.kind in ("visit", "survey"):
        return bool(_GUESTS.search(words))
    if told != "training" or act.pattern.kind != "training" or not _TAUGHT.search(words):
        return False
    return bool(_GUESTS.search(words)) or not ctx.places_in(act.start, act.end)


def _stands_alone(ctx: Context, act: Act, drafts: Sequence[Draft]) -> bool:
    """A second activity of a sentence must have its own count or place."""
    if {act.pattern.kind, drafts[-1].kind} <= {"training", "lecture"}:
        return False
    units = re.split(r"[ |]", act.pattern.units)
    if drafts[-1].kind == "survey" and act.pattern.kind == "visit":
        units = ["户", "名", "位"]
    counts = within(ctx.marks.counts, act.at, act.end)
    if any(c.unit in units and not c.noun.startswith("村") for c in counts):
        return True
    if act.pattern.kind in ("visit", "survey") and drafts[-1].kind in ("visit", "survey"):
        return False
    small = ("township", "village", "site")
    told = {p.text for d in drafts for p in d.places}
    return any(p.level in small and p.text not in told for p in ctx.places_in(act.start, act.end))


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


def _parts(ctx: Context, total: Draft) -> list[Draft]:
    """“培训650人次，其中A20人次、B70人次”: the parts of a training, cut from its passage."""
    mark = _PART_MARK.search(ctx.text, total.start, total.end)
    counts = within(ctx.marks.counts, mark.end(), total.end) if mark else []
    units = ("场", "场次") if total.kind == "performance" else ("人次", "人", "名")
    people = [c for c in counts if c.unit in units]
    if mark is None or len(people) < 2 or not within(ctx.marks.counts, total.start, mark.start()):
        return []
    parts, at = [], mark.end()
    for count in people:
        if ctx.text[count.end : count.end + 1] in "考取获通合":
            continue
        part = replace(total, start=at, end=count.end, count=count.value, unit=count.unit)
        body = None
        if total.kind == "performance":
            body = ctx.subject(at, count.start)
        if body:
            part.actor = Actor(body.text, (body.start, body.end))
        part.role, part.part_of, part.approx = "part", total, count.approx
        parts.append(part)
        at = count.end + (ctx.text[count.end : count.end + 1] in "、，；")
    total.end, total.role = mark.start(), "total"
    lead = leading(within(ctx.marks.counts, total.start, total.end), " ".join(units))
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
        "place": lambda: (
            any(p.level in ("township", "village", "site") for p in ctx.places_in(start, end))
            or bool(visited_body(ctx, start, end))
        ),
        "count": lambda: bool(within(ctx.marks.counts, start, end)),
        "people": lambda: any(
            c.unit in ("人次", "户", "篇", "份", "次", "名", "人")
            or re.match(".{0,4}[村乡镇县]", c.noun)
            for c in within(ctx.marks.counts, start, end)
        ),
        "county": lambda: any(p.level in ("county", "city") for p in ctx.places_in(start, end)),
        "month": lambda: any(d.month for d in within(ctx.marks.dates, start, end)),
        "title": lambda: "《" in words,
        "report": lambda: bool(REPORT_WRITTEN.search(words)),
        "audience": lambda: bool(_AUDIENCE.search(words)),
        "found": lambda: (
            bool(_FOUND.search(words))
            and any(c.unit == "处" for c in within(ctx.marks.counts, start, end))
        ),
        "act": lambda: bool(_ACT.search(words)),
    }
    return any(checks[need]() for need in needs.split())


def _draft(ctx: Context, sentence: Sentence, pattern: Pattern, start: int, end: int) -> Draft:
    draft = Draft(pattern.kind, start, end, f"words of {pattern.kind}")
    draft.actor = actor_of(ctx, sentence, start, end)
    own = ctx.finest(ctx.places_in(start, end))
    if pattern.kind != "performance":
        own = own or ctx.whole(start, end) or visited_body(ctx, start, end)
    draft.places = own or (_inherited(ctx, sentence, start, draft) if pattern.inherits else ())
    draft.confidence["places"] = Confidence("resolved") if own else Confidence("open")
    counts = within(ctx.marks.counts, start, end)
    if pattern.kind == "performance":
        counts = [c for c in counts if c.unit not in "人名人次位"]
    counts = [c for c in counts if not _TALK.match(c.noun)]
    others = [c for c in counts if not ctx.text.endswith("一行", 0, c.start)]
    counts = others if any(c.unit in "人名位" for c in others) else counts
    if pattern.kind == "training":
        counts = _learners(ctx, counts)
    if pattern.kind == "visit" and (word := pattern.words.search(ctx.text, start, end)):
        counts = [c for c in counts if c.start >= word.start() or c.unit not in "人名位"]
    if pattern.kind == "survey":
        counts = [c for c in counts if c.unit != "篇" or _report_of(ctx, c)]
    villages = [c for c in counts if c.unit == "个" and _VILLAGES.match(c.noun)]
    lead = leading(counts, pattern.units)
    inspected = [c for c in counts if c.unit in "个处" and not _DIVISIONS.match(c.noun)]
    if lead and lead.unit == "个":
        told = inspected if pattern.kind == "visit" else villages
        lead = told[0] if told else lead
    once = next(
        (c for c in counts if c.value == 1 and c.unit in ("场", "期", "次", "堂", "届", "台")), None
    )
    if lead and once and once.unit in "场台" and lead.unit == "个":
        lead = once
    if lead := lead or once:
        draft.count, draft.unit, draft.approx = lead.value, lead.unit, lead.approx
    draft.date = ctx.date(sentence.start, start, end)
    draft.items = _items(ctx, pattern.kind, start, end)
    return draft


def _inherited(ctx: Context, sentence: Sentence, start: int, draft: Draft) -> tuple[Place, ...]:
    """The place named before in sentence or paragraph, else the county that the actor is of.

    A report of one's own (with an author) says nothing of places it does not name.
    """
    told = ctx.finest(ctx.places_in(sentence.start, start)) or ctx.beside_here[:1]
    last = ctx.paragraph_places
    small = bool(last) and last[0].level not in ("province", "city", "county")
    own_report = bool(ctx.author) and ctx.scattered and not ctx.there(start, draft.end)
    if not told and not (own_report and small):
        told = last
    if not told and not ctx.scattered and not ctx.author and len(ctx.places) == 1:
        told = ctx.places
    if told and draft.kind in ("survey", "visit", "training", "lecture"):
        return told
    return () if ctx.of_association else ctx.at_home()


def visited_body(ctx: Context, start: int, end: int) -> tuple[Place, ...]:
    """“到市老促会看望…”: the body visited stands for a place."""
    body = ctx.bodies.after(_COMES_TO, ctx.text, start, end)
    if body is None or _HELPED.match(ctx.text, body.end) or _HOUSE.fullmatch(body.text):
        return ()
    if (
        body.text in _ANY_BODY
        and "、" in ctx.text[body.start - 1] + ctx.text[body.end : body.end + 1]
    ):
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
                return (_hosts(ctx, sentence, clause.end, end) if actor.region else None) or actor
            ctx.actor = actor
    if ctx.actor and not ctx.actor.why:
        return Actor(ctx.actor.name, ctx.actor.span, "前文的主语")
    return ctx.actor


def _hosts(ctx: Context, sentence: Sentence, start: int, end: int) -> Actor | None:
    """“信丰县…培训班开了班，县委组织部主办”: who is said to hold it, rather than the county."""
    for clause in sentence.clauses:
        if start <= clause.start < end and _HELD_BY.search(ctx.text, clause.start, clause.end):
            body = ctx.subject(clause.start, clause.end)
            if body:
                return Actor(body.text, (body.start, body.end))
    return None


def _learners(ctx: Context, counts: list[Count]) -> list[Count]:
    """Without the teachers and those who passed, where others are counted too."""
    people = [c for c in counts if c.unit in ("人", "名", "位", "人次")]
    apart = [c for c in people if _PASSED.match(ctx.text, c.end) or _TEACHERS.match(c.noun)]
    return [c for c in counts if c not in apart] if len(apart) < len(people) else counts


def _report_of(ctx: Context, count: Count) -> bool:
    """Whether a number of 篇 counts reports and not essays or poems."""
    around = ctx.text[max(0, count.start - 14) : count.end + 8]
    return bool(re.search(r"报告|调研|论文|调查|材料", around))


def _items(ctx: Context, kind: Kind, start: int, end: int) -> tuple[str, ...]:
    words = ctx.text[start:end]
    if kind == "visit" and (match := _GOODS.search(words)):
        goods = re.sub(r"等$", "", match["goods"])
        return tuple(g for g in re.split(r"[、和及]", goods) if 1 < len(g) < 10)
    if kind == "lecture":
        return tuple(re.findall(r"宣讲会|诵读会|座谈会|党课|党日活动|报告会", words))
    return tuple(t.text for t in within(ctx.marks.titles, start, end) if t.text[0] == "《")
