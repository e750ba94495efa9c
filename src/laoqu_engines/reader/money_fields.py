"""Who, where, how much and in what state: the fields that every money fact has."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from laoqu_engines.reader.bodies import Body
from laoqu_engines.reader.context import Actor, Context
from laoqu_engines.reader.draft import Draft
from laoqu_engines.reader.facts import Confidence, Status
from laoqu_engines.reader.lexicon import Lexicon, any_of
from laoqu_engines.reader.marks import within
from laoqu_engines.reader.mentions import Count, Place
from laoqu_engines.reader.structure import Sentence
from laoqu_engines.reader.sums import Piece
from laoqu_engines.reader.works import leading
from laoqu_engines.values.numbers import parse_number

_PERIODIC = re.compile(r"每年|每季度|每月|逐年|年均")
_YEARS = re.compile(r"(?:连续|近|前后|历时)([两二三四五六七八九十]{1,2}|\d{1,2})年")
_RECEIVES = re.compile(r"(?:给|为|向|资助|慰问|看望|走访|救助|惠及|帮助|奖励)了?[^，。；\d]{0,8}$")
_PROJECTS = re.compile(
    r"[个项宗件类批](?!.{0,2}(?:事|村|乡|镇|县|社区|单位|部门|支部|企业|学校|小组|组))"
)
_BENEFIT = re.compile(r"受益|惠及|覆盖|带动|解决|造福|服务|影响")
_EACH = re.compile(r"各(?:自|投|捐|补|奖|得|安排|拨)?")
_ASKED = "|".join(
    [
        r"请",
        r"协调",
        r"争取到?(?=[^，。；\d]{2,9}[省市县区](?:对口|援|支援|帮扶|东西部))",
        r"(?:找|跑到?)(?=[^，。；\d]{2,12}(?:要|借|争取|筹|帮|求))",
        r"花了?(?=[^，。；\d]{2,12}[局委厅部办会司团]\d)",
        r"联系(?=[^，。；]{2,24}(?:捐|赠|资助|出资|支持|投资|援|送))",
        r"争取(?=[^，。；\d]{2,12}(?:局|委|厅|部|办|公司|集团|会)[^，。；\d]{0,6}资金)",
        r"(?:得到|获得|收到|拿到|领到)[过了]?(?=[^，。；\d]{2,26}\d[\d.]*[余多]?万?元)",
        r"(?:收到|接受|接收|收下)(?:过|了)?(?=[^，。；\d]{2,14}(?:捐|赠|资助|援助|补助))",
        r"(?:得到|获得)(?=[^，。；\d]{2,14}(?:补助|支持|资助|扶持|拨))",
        r"争取(?=[^，。；\d]{2,16}(?:支持|补助|扶持|资助|拨))",
        r"争取(?=[^，。；\d]{2,12}(?:基金会|局|委|厅|部|公司|集团))",
        r"发动",
        r"动员",
        r"(?:从|向)(?=[^，]{2,20}(?:争取|申请|募集|筹|呈送|呈报|汇报|求助|反映|申报))",
    ]
)
_UNDER = r"在(?=[^，]{2,20}(?:支持|帮助|协调|资助|关心|扶持|帮扶|援助)下)"
_DOER = (
    r"由(?![^，。；]{2,20}(?:主持|参加|出席|陪同|讲解))|是(?=[^，。；\d]{2,14}(?:帮|捐|投|出|筹|援|资助|补助|支持|赞助))"
    r"|(?<=元)(?:是|系|都是|全是|靠|来自)|(?:实施|建设|责任|项目|承办|牵头)单位(?:为|是|：)?"
)
_IN_CHARGE = re.compile(
    r"(?:负责|实施|承建|承办|施工|自建|代建|组织实施|牵头|建设|落实|统建|一家一半|各出?一半|各半|对半出?|均摊|分摊|承担|负担|买单|埋单|垫付|捐助|资助|出|解决|援建|捐建|筹)的?$"
)
_WHOLE = re.compile(
    r"^(?:以上|上述|本批|各项|全部|[以这上][^，。；]{0,3}[项笔个]|(?:其余|其他|其它|余下|剩余|另外)的?(?:[^，。；]{0,4}个?|[^，。；]{0,12}[\d一二三四五六七八九十]+个)(?:村|乡镇|项目|地方)(?!民))"
)
_THE_REST = re.compile(r"[，；](?:其余|余下|剩下|不足|差额|缺口)")
_BUILDS = re.compile(r"(?:办起|建起|新建|修建|兴建|建成|建了|盖起|盖了|建设|设立|成立|建)$")
_DIVISIONS = re.compile(r".{0,3}(?:村|乡镇|镇|乡|社区)")
_NOT_BUILT = ("户", "个", "次", "期", "名", "人", "场", "场次", "人次", "堂")
_RAISED = re.compile("共(?:筹|募)集")
_ACROSS = re.compile("[宽高深厚][约近达为]?$")
_PAID_OUT = re.compile("发放|补贴|补助|办理|兑现|救助")
_STIRRED = re.compile("^[^是由系]*(?:发动|动员|联系|请|协调)$")
_PUPILS = re.compile("[^，。；]{0,8}(?:学生|新生|学子|儿童|孤儿|考生|大学生|老人)")
_THEIR_PEOPLE = re.compile(
    "[村组社乡镇屯区]的(?P<who>群众|村民|乡亲们?|居民|党员群众|老百姓)[^，。；\\d]{0,4}(?:自筹|集资|捐|筹|凑)"
)
_SUMMED = re.compile(r"(?:合计|总计|共计|总共|累计|以上)[^，。；]{0,8}\d")
_RESPECTIVELY = re.compile(r"(?P<names>[^，。；：]{2,40}?)分别[^，。；\d]{0,16}$")
_ASKED_FIRST = r"^.*(?:协调|争取|由|请|向|从|动员)"
_MARK = re.compile(r"[；。]|，[^\d]{4}")
_EACH_SUM = re.compile(
    r"[各均](?:自|投资?|投入|捐款?|捐资|补助?|奖补?|得|安排|拨付?|出资?|筹资?|获|分|下达|支持|扶持|拿出)?(?:了|到)?(?:资金|补助|款)?(?:人民币)?$|各[送建修装发赠打配种栽铺买添][^，。；]{1,14}(?:，(?:折款|价值|投资|投入|补助|资金|花费))?$|各(?:帮扶|支持|扶持|资助|补助|捐给|援助|帮|给)[^，。；\d]{2,14}$"
)
_FUND = re.compile(
    r"(?:中央|省级?|市级?|县级?|上级)[^，。；、\d]{0,12}(?:公益金|资金)(?=[^，。；]{0,3}(?:支持|扶持|资助))|中央[^，。；、\d]{0,12}公益金(?=\d)|(?<![\u4e00-\u9fff])(?:中央|省|市|县|东[西部][^，。；\d]{0,2}|对口)[^，。；、\d]{0,12}(?:公益金|协作资金|援助资金|帮扶资金)(?=\d)"
)
_PROJECT_LIST = re.compile(
    r"(?:安排|包括|用于|实施|建设)[^。；，]{6,}等[\d一二三四五六七八九十]+(?:余|多)?个项目"
)
NO_WORK = re.compile(
    r"^件.{0,2}事|^[个家名所].{0,3}(?:部门|单位|小学(?!生)|中学(?!生)|学校|村(?![道组级部民口路内屯])|镇|乡|社区|家庭|干部|企业)"
)
_STATES: tuple[Status, ...] = (
    "planned",
    "pledged",
    "disbursed",
    "ongoing",
    "done",
    "allocated",
)


class Fields:
    """Fills the fields of a draft with one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._total = any_of(lexicon.words("money.total"))
        self._work = any_of(lexicon.words("works.nouns"))
        self._states = {name: any_of(lexicon.words(f"states.{name}")) for name in _STATES}

    def who(
        self, ctx: Context, sentence: Sentence, piece: Piece, draft: Draft, before: Draft | None
    ) -> None:
        text, start, end = ctx.text, piece.start, piece.end
        at = piece.amount.start if piece.amount else piece.end
        for clause in sentence.clauses:  # what was said before this passage
            if (before.end if before else 0) <= clause.start and clause.end <= start:
                ctx.actor = ctx.actor_in(clause.start, clause.end) or ctx.actor
        if self._payer(ctx, piece, draft):
            return
        if fund := _FUND.search(text, start, end):
            draft.actor = ctx.actor = Actor(fund[0], fund.span())
            return
        if doer := self._doer(ctx, sentence, piece):
            draft.actor = ctx.actor = Actor(doer.text, (doer.start, doer.end))
            return
        nameless: Actor | None = None
        clauses = [c for c in sentence.clauses if c.end > start and c.start <= at]
        for clause in reversed(clauses):
            begin, stop = max(clause.start, start), min(clause.end, end)
            if theirs := _THEIR_PEOPLE.search(text, begin, stop):
                draft.actor = Actor(theirs["who"], theirs.span("who"))
                return
            actor = ctx.actor_in(begin, stop)
            named = actor is not None and not actor.region
            if not named and (giver := ctx.bodies.giver(text, begin, stop)):
                draft.actor = Actor(giver.text, (giver.start, giver.end))
                if self._total.search(text, start, end) or "一共" in text[start:end]:
                    ctx.actor = draft.actor
                return
            told = draft.kind == "donation" and piece.amount and begin < at < stop
            bare = ctx.bodies.bare_giver(text, begin, at) if told else None
            if bare and not any(p.end == bare.end for p in within(ctx.marks.places, begin, at)):
                draft.actor = Actor(bare.text, (bare.start, bare.end))
                return
            if actor and actor.region and actor.name[0].isdigit():
                nameless = nameless or actor  # “27家企业”: unless someone is named
            elif actor:
                draft.actor = ctx.actor = actor
                return
        same = before if before and before.start >= sentence.start else None
        beside = before is not None and text[before.end : start] in ("、", "和")
        if same and same.actor and (beside or not same.broker):
            draft.actor = same.actor
        else:
            draft.actor = ctx.actor
        if draft.actor is None and nameless:
            draft.actor = ctx.actor = nameless
            return
        if draft.actor and not draft.actor.why:
            draft.actor = Actor(draft.actor.name, draft.actor.span, "前文的主语")

    def _doer(self, ctx: Context, sentence: Sentence, piece: Piece) -> Body | None:
        """“由X实施”, “实施单位：X”, or a clause of its own: “…，县林业局负责”."""
        text, start, end = ctx.text, piece.start, piece.end
        after = piece.amount.end if piece.amount else start
        if rest := _THE_REST.search(text, after, end):
            end = rest.start()
        if doer := ctx.bodies.after(_DOER, text, start, end):
            return doer
        for clause in sentence.clauses:
            if start < clause.start < end and (
                said := _IN_CHARGE.search(text, clause.start, clause.end)
            ):
                body = ctx.subject(clause.start, clause.end)
                if body and body.end <= said.start() <= body.end + 4:
                    return body
        return None

    def _payer(self, ctx: Context, piece: Piece, draft: Draft) -> bool:
        """“从X争取到”, “协调X解决”, “在X支持下”: X pays, the subject is the broker."""
        text, start, end = ctx.text, piece.start, piece.end
        at = piece.amount.start if piece.amount else end
        clause = max(text.rfind(mark, start, at) for mark in "，；：")
        if clause > start and _RAISED.search(text, clause, at):
            start = clause  # “向区财政申请…，又发动…，共筹集494.7万元”
        payer = ctx.bodies.after(_ASKED, text, start, end) or ctx.bodies.after(
            _UNDER, text, start, end
        )
        said = piece.amount.end if piece.amount else end
        if payer and payer.start > said and _STIRRED.fullmatch(text, said, payer.start):
            payer = None  # “…150万元，还发动职工认购柿子”
        if payer:
            broker = ctx.actor_in(piece.start, payer.start)
            ctx.actor = broker or ctx.actor
            draft.payer, draft.broker = payer.text, ctx.actor.name if ctx.actor else None
            draft.actor = Actor(payer.text, (payer.start, payer.end))
            return True
        return False

    def where(
        self, ctx: Context, sentence: Sentence, piece: Piece, draft: Draft, before: Draft | None
    ) -> None:
        named = ctx.places_in(piece.start, piece.end)
        if listed := _PROJECT_LIST.search(ctx.text, piece.start, piece.end):
            named = [p for p in named if not listed.start() <= p.start < listed.end()]
        if any(p.level in ("township", "village", "group") for p in named):  # “帮A村办起幸福院”
            named = [p for p in named if p.level != "site" or not self._is_built(ctx, p)]
        others = [p for p in named if draft.actor is None or p.text != draft.actor.name]
        own = ctx.finest(others or named)  # “宁波市投入黔西南州…”: who acts is not where
        told = before if before and before.start >= sentence.start else None
        words = ctx.text[piece.start : piece.end]
        span = draft.actor.span if draft.actor and not draft.actor.why else None
        apart = span is not None and piece.start <= span[0] < piece.end
        apart = apart and (told is None or "；" in ctx.text[told.end - 1 : piece.start])
        if ctx.scattered and told and not own:
            parted = "；" in ctx.text[told.end - 1 : piece.start + 1]
            told, apart = (None, True) if parted else (told, apart)
        inherited = ctx.inherited(piece.start, piece.end, apart=apart)
        whole = ctx.whole(piece.start, piece.end)
        summed = piece.start == sentence.start and _SUMMED.match(words)
        if own:
            draft.places = own
        elif whole is not None:
            draft.places = whole
        elif summed or _WHOLE.match(words):
            draft.places = ctx.at_home() or inherited
        elif told and (len(told.places) == 1 or self._same_work(ctx, piece, told)):
            draft.places = told.places
        elif not told:
            draft.places = self._said_before(ctx, sentence, piece, apart) or inherited
        else:
            draft.places = inherited
        draft.confidence["places"] = _certain(bool(own), "地点承前文")
        last = max((p.end for p in own), default=piece.start)
        draft.open_list = ctx.text.startswith("等", last)

    def _said_before(
        self, ctx: Context, sentence: Sentence, piece: Piece, apart: bool
    ) -> tuple[Place, ...]:
        """Places named earlier in the sentence; in a text on many villages those before a colon,
        or of the same ；-part."""
        since, until = sentence.start, piece.start
        if ctx.scattered:
            since = max(since, ctx.text.rfind("；", since, until) + 1)
            colon = ctx.text.find("：", sentence.start, since)
            above = ctx.places_in(sentence.start, colon) if since > sentence.start else []
            if above:
                return ctx.finest(above)
            if apart:
                return ()
        return ctx.finest(ctx.places_in(since, until))

    def _is_built(self, ctx: Context, site: Place) -> bool:
        return bool(_BUILDS.search(ctx.text, max(0, site.start - 3), site.start))

    def _same_work(self, ctx: Context, piece: Piece, told: Draft) -> bool:
        """“…两乡打水窖420眼，国家投69万元，省妇联配套12万元”: a further sum for what was told."""
        rest = ctx.text[piece.start : piece.end]
        return bool(told.places) and len(rest) < 24 and not self._work.search(rest)

    def how_many(self, ctx: Context, piece: Piece, draft: Draft) -> None:
        counts = within(ctx.marks.counts, piece.start, piece.end)
        doer = draft.actor.span if draft.actor and draft.actor.span else (0, 0)
        counts = [c for c in counts if not doer[0] <= c.start < doer[1]]  # “谢某等5人”
        people = "" if draft.kind == "donation" else "名人位"
        works = [c for c in counts if c.unit not in people and not NO_WORK.search(c.unit + c.noun)]
        villages = [c for c in counts if c.unit == "个" and _DIVISIONS.match(c.noun)]
        works = self._nearest(ctx, piece, works)
        if piece.amount:
            after = [c for c in villages if c.start > piece.amount.start]
            villages = after or villages
        if draft.kind == "visit":
            works = counts
        gave = [
            c for c in counts if _RECEIVES.search(ctx.text, max(piece.start, c.start - 18), c.start)
        ]
        if draft.kind == "visit":
            gave = [c for c in gave if c.unit in "户名人位"]
        if draft.kind == "donation" and not gave:
            gave = [c for c in counts if c.unit in "名人位" and _PUPILS.match(ctx.text, c.end)]
        paid = draft.kind == "funding" and _PAID_OUT.search(ctx.text, piece.start, piece.end)
        if (draft.kind in ("visit", "donation") or (paid and not works)) and gave:
            works = gave
        lead = leading(works, "户 名 人 位" if draft.kind == "visit" else "") or leading(villages)
        if lead:
            draft.count, draft.unit = lead.value, lead.unit
            draft.approx = draft.approx or lead.approx

    def _nearest(self, ctx: Context, piece: Piece, counts: list[Count]) -> list[Count]:
        """A number of projects leads; else what stands with the sum or after it; else the rest."""
        counts = [c for c in counts if leading([c])]
        wide = [c for c in counts if _ACROSS.search(ctx.text, c.start - 3, c.start)]
        counts = [c for c in counts if c not in wide] or counts
        if piece.amount is None:
            return counts
        at = piece.amount.start
        begin = max((ctx.text.rfind(mark, piece.start, at) for mark in "，；：、"), default=-1)
        colon = ctx.text.rfind("：", piece.start, at)
        projects = [c for c in counts if colon < c.start < at and _PROJECTS.match(c.unit + c.noun)]
        here = [
            c
            for c in counts
            if c.start > begin and not _BENEFIT.search(ctx.text, c.start - 8, c.start)
        ]
        built = [c for c in counts if c.start < at and c.unit not in _NOT_BUILT]
        return projects or built or here or counts

    def how(self, words: str, draft: Draft) -> None:
        for status, pattern in self._states.items():
            if pattern.search(words):
                draft.status = status
                break
        if match := _PERIODIC.search(words):
            draft.periodic = match[0]
        if years := _YEARS.search(words):
            draft.multi_year = _years(years[1])
        draft.distributive = bool(_EACH.search(words))
        draft.apart = bool(re.match(r"[^，。；]{0,3}(?:另|又|此外|还)", words))
        if "其中" in words:
            draft.role = "part"
        elif self._total.search(words):
            draft.role = "total"


def each(ctx: Context, draft: Draft) -> list[Draft]:
    """“A村、B村各10万元” is a fact for each village, “甲局、乙局各出5万元” one for each body."""
    assert draft.amount is not None
    before = ctx.text[draft.start : draft.amount.start]
    if not _EACH_SUM.search(before):
        return [draft]
    named = [p for p in draft.places if draft.start <= p.start < draft.amount.start]
    if len(named) > 1:
        return [replace(draft, places=(place,), distributive=True) for place in named]
    actor = draft.actor
    if actor is None or actor.span is None or actor.span[0] < draft.start:
        return [draft]
    names = re.split(r"[、和与及]", actor.name)
    if len(names) > 1 and all(len(name) > 1 for name in names):
        return [replace(draft, actor=replace(actor, name=n), distributive=True) for n in names]
    return [draft]


def respectively(ctx: Context, drafts: Sequence[Draft]) -> None:
    """“A村、B村分别投入35万元和28万元”, “甲局、乙局两家分别出…”: names and sums pair by pair."""
    for index, draft in enumerate(drafts):
        if draft.amount is None:
            continue
        said = _RESPECTIVELY.search(
            ctx.text, max(draft.start, draft.amount.start - 60), draft.amount.start
        )
        if said is None:
            continue
        paired = list(takewhile(lambda d: d.amount is not None, drafts[index:]))
        sums = [d for d in paired if not _MARK.search(ctx.text, said.end(), d.amount.start)]  # type: ignore[union-attr]
        start = max(ctx.text.rfind(mark, 0, said.start()) for mark in "，。；：\n") + 1
        places = [p for p in ctx.places_in(start, said.start()) if p.level != "county"]
        names = re.split(r"[、和与及]", re.sub(r"[两三四五六]家$|等$", "", said["names"]))
        for at, one in enumerate(sums):
            if len(places) == len(sums):
                one.places, one.confidence["places"] = (places[at],), Confidence("resolved")
            elif len(names) == len(sums) > 1:
                name = re.sub(_ASKED_FIRST, "", names[at])
                one.actor = Actor(name, None, "按“分别”一一对应")


def look_ahead(ctx: Context, drafts: Sequence[Draft]) -> None:
    """“安排120万元，已拨付80万元，用于A镇旧址”: the place named last holds for the first too."""
    small = ("township", "village", "group", "site")
    told = {p.text: p for d in drafts if d.role != "part" for p in d.places if p.level in small}
    if len(told) != 1:
        return
    last = max(i for i, d in enumerate(drafts) if d.places and d.places[0].text in told)
    for draft in drafts[:last]:
        guessed = draft.confidence["places"].certainty == "guessed" and draft.role != "part"
        told_whole = bool(draft.works) and draft.count is not None
        if guessed and not told_whole and not any(p.level in small for p in draft.places):
            draft.places = tuple(told.values())


def _certain(own: bool, why: str) -> Confidence:
    return Confidence("resolved") if own else Confidence("guessed", why)


def _years(words: str) -> int | None:
    found = parse_number(words)
    return int(found.value) if found else None
