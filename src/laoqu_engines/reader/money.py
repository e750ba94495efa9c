"""Funding and donations: every sum that was given, and works that are told without a sum."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from laoqu_engines.reader.context import Actor, Context, within
from laoqu_engines.reader.draft import Draft
from laoqu_engines.reader.facts import Confidence, Kind, Status
from laoqu_engines.reader.lexicon import Lexicon
from laoqu_engines.reader.mentions import Amount
from laoqu_engines.reader.structure import Sentence
from laoqu_engines.reader.works import WorkWords, leading
from laoqu_engines.values.numbers import parse_number

_RATE_AFTER = re.compile(r"[/／]|每|一(?:户|亩|人|斤|吨|只|头|盏|天|平)|(?:左右)?的?(?:标准|单价)")
_BARE = re.compile(
    r"(?:总|共|共计|合计|累计|其中|配套|到位|完成|计划|需|约|近|达|安排|投入|投资|资金|金额|为|补助|落实|花费|耗资|花了?|造价|"
    r"概算|预算|用了?|人民币|分别|各|补贴|经费|工程|项目|拨款|拨付|财政|（[^（）]*）|[，、：；。 ]|\d项|\d个)*"
)
_PERIODIC = re.compile(r"每年|每季度|每月|逐年|年均")
_YEARS = re.compile(r"(?:连续|近|前后|历时)([两二三四五六七八九十]{1,2}|\d{1,2})年")
_EACH = re.compile(r"各(?:自|投|捐|补|奖|得|安排|拨)?")


_ASKED = r"请|协调|发动|动员|(?:从|向)(?=[^，]{2,20}(?:争取|申请|募集|筹))|在(?=[^，]{2,20}(?:支持|帮助|协调|资助|关心|扶持|帮扶|援助)下)"
_FUND = re.compile(
    r"(?:中央|省级?|市级?|县级?|上级)[^，。；、\d]{0,12}(?:公益金|资金)(?=[^，。；]{0,3}(?:支持|扶持|资助))"
)
_NEXT_YEAR = re.compile(r"明年|下年度|力争|争取在|奋斗目标|“十五五”期间|未来[几三五]年")
_VISITED = re.compile(
    r"慰问|看望|探望|送温暖|(?:交|送)到[^，。；]{0,16}[手家][里中上]|送年货|走访[^，。；]{0,10}(?:户|老人|困难|党员)"
)
_FUNDED = re.compile(r"投资|投入|拨|补助|出资|筹|资金|经费|工程|项目|[修建]")
_PROJECT_LIST = re.compile(
    r"(?:安排|包括|用于|实施|建设)[^。；，]{6,}等[\d一二三四五六七八九十]+(?:余|多)?个项目"
)
_BUILT = frozenset(
    [
        "公里",
        "千米",
        "米",
        "盏",
        "口",
        "座",
        "眼",
        "处",
        "个",
        "平方米",
        "万平方米",
        "户",
        "根",
        "台",
        "套",
        "亩",
        "条",
        "道",
        "间",
        "栋",
        "所",
        "棵",
        "株",
        "杆",
        "基",
        "块",
        "吨",
        "立方米",
        "项",
        "孔",
    ]
)
_BUILT_VERB = re.compile(r"(?:[修建装铺架打安埋栽]|安装|硬化|改造)(?:好|了|成|通|完)")
_GOODS_GIVEN = re.compile(
    r"(?:捐赠|赠送|捐献|捐助|捐|赠|送来|送去|送上)(?:了|给[^，。；]{2,12})?(?:[\d一二两三四五六七八九十百千万余多]+[^，。；\d]{1,2})?(?P<goods>[^，。；\d仪活]{2,8})"
)
_NOT_DONE = re.compile(
    r"[要需应]|计划|打算|拟|将|希望|没有|缺|只有|原有|现有|共有|辖|耕地|人口|总面积|面积|产量|占地|亩产|收入|慰问|看望|抽查|检查|验收|调研|走访|培训|演出|宣讲|订阅|捐|会议|报告|稿|视频|一直|目前有|种植|养殖|带动|覆盖|受益|惠及|联系|走进|逐一|都由|收录|察看|印发|制作|座谈"
)
_NO_WORK = re.compile(
    r"^[个家名].{0,3}(?:部门|单位|村(?![道组级部民口路内屯])|镇|乡|社区|家庭|干部|企业)"
)


_STATES: tuple[Status, ...] = (
    "planned",
    "pledged",
    "disbursed",
    "ongoing",
    "done",
    "allocated",
)


@dataclass(frozen=True)
class Piece:
    """A stretch of clauses around at most one sum."""

    start: int
    end: int
    amount: Amount | None


class Money:
    """The money rules with one lexicon."""

    def __init__(self, lexicon: Lexicon, works: WorkWords) -> None:
        self.works = works
        self._not_given = _any(lexicon.words("money.not_given"))
        self._given = _any(lexicon.words("money.funding"))
        self._donated = _any(lexicon.words("money.donation"))
        self._gift = _any(lexicon.words("money.gift_sum"))
        self._per = _any(lexicon.words("money.per"))
        self.unused: list[tuple[int, int, str]] = []
        self._total = _any(lexicon.words("money.total"))
        self._states: dict[Status, re.Pattern[str]] = {
            name: _any(lexicon.words(f"states.{name}")) for name in _STATES
        }

    # which sums count
    def refusal(self, ctx: Context, sentence: Sentence, amount: Amount) -> str | None:
        """Why a sum is no contribution, or None; “rate” for a sum per head or per kilometre."""
        text = ctx.text
        clause = next((c for c in sentence.clauses if c.start <= amount.start < c.end), None)
        start = clause.start if clause else sentence.start
        before, after = text[start : amount.start], text[amount.end : amount.end + 8]
        if _RATE_AFTER.match(after) or self._is_rate(before):
            return "rate"
        bad = next(reversed(list(self._not_given.finditer(before))), None)
        if bad and not self._given.search(before, bad.end()):
            return f"“{bad[0]}”不是投入"
        if match := self._not_given.match(after.lstrip("的左右")):
            return f"“{match[0]}”不是投入"
        return None

    def _is_rate(self, before: str) -> bool:
        for match in self._per.finditer(before[-14:]):
            rest = before[-14:][match.end() :]
            if match[0] == "每" and rest[:1] in ("年", "季", "月"):
                continue
            return True
        return False

    # the passages
    def pieces(self, ctx: Context, sentence: Sentence, sums: Sequence[Amount]) -> Iterator[Piece]:
        """Cuts a sentence into stretches with one sum each; clauses without a sum join one."""
        segments: dict[int, list[tuple[int, int]]] = {}
        for clause in sentence.clauses:
            inside = [a for a in sums if clause.start <= a.start < clause.end]
            for part in _split(ctx.text, clause.start, clause.end, inside):
                segments.setdefault(clause.segment, []).append(part)
        for parts in segments.values():
            yield from self._attach(ctx, parts, sums)

    def _attach(
        self, ctx: Context, parts: list[tuple[int, int]], sums: Sequence[Amount]
    ) -> Iterator[Piece]:
        held: list[tuple[int, int]] = []
        current: tuple[int, int, Amount] | None = None
        for start, end in parts:
            amount = next((a for a in sums if start <= a.start < end), None)
            if amount is None:
                held.append((start, end))
                continue
            if current is not None:
                if held and not self._closes(ctx, start, end, amount):
                    current = (current[0], held[-1][1], current[2])
                    held = []
                yield Piece(*current)
            current = (held[0][0] if held else start, end, amount)
            held = []
        if current is not None:
            yield Piece(current[0], held[-1][1] if held else current[1], current[2])
        else:
            yield from (Piece(start, end, None) for start, end in held)

    def _closes(self, ctx: Context, start: int, end: int, amount: Amount) -> bool:
        """Whether a clause is little more than its sum, so that what precedes belongs to it."""
        rest = ctx.text[start : amount.start] + ctx.text[amount.end : end]
        return bool(_BARE.fullmatch(rest))

    # the facts
    def read(self, ctx: Context, sentence: Sentence) -> list[Draft]:
        """All funding and donation facts of one sentence."""
        sums, rates = [], []
        for amount in within(ctx.marks.amounts, sentence.start, sentence.end):
            refusal = self.refusal(ctx, sentence, amount)
            if refusal is None:
                sums.append(amount)
            elif refusal == "rate":
                rates.append(amount)
            else:
                self.unused.append((amount.start, amount.end, refusal))
        if rates and re.search(r"规定|标准", ctx.text[sentence.start : sentence.end]):
            sums = [s for s in sums if s.fen > 20 * rates[0].fen]
        sums = self._without_rates_that_sum_up(ctx, sums, rates)
        drafts: list[Draft] = []
        for piece in self.pieces(ctx, sentence, sums):
            before = drafts[-1] if drafts else None
            if piece.amount is None:
                drafts += self._goods(ctx, sentence, piece, before) or self._work_only(
                    ctx, sentence, piece, before
                )
            elif draft := self._draft(ctx, sentence, piece, before):
                self._like_its_total(ctx, sentence, draft, before)
                rate = next((r for r in rates if piece.start <= r.start < piece.end), None)
                draft.per_unit = rate
                drafts.append(draft)
        _look_ahead(ctx, drafts)
        return drafts

    def _without_rates_that_sum_up(
        self, ctx: Context, sums: list[Amount], rates: list[Amount]
    ) -> list[Amount]:
        """“每户300元，外加200元物资，合计19000元”: 200 goes with the rate, only 19000 counts."""
        if not rates or len(sums) < 2:
            return sums
        total = [s for s in sums if self._total.search(ctx.text, max(0, s.start - 6), s.start)]
        if total:
            return [s for s in sums if s in total or s.fen > 50 * rates[0].fen]
        return sums

    def _draft(
        self, ctx: Context, sentence: Sentence, piece: Piece, before: Draft | None
    ) -> Draft | None:
        amount = piece.amount
        assert amount is not None
        words = ctx.text[piece.start : piece.end]
        if sentence.mood != "states" and not re.search(r"已|了|去年", words):
            return None
        if _NEXT_YEAR.search(words):
            self.unused.append((amount.start, amount.end, "今后的打算"))
            return None
        kind = self._kind(words, sentence, ctx)
        draft = Draft(kind, piece.start, piece.end, "sum", amount=amount, approx=amount.approx)
        self._who(ctx, sentence, piece, draft, before)
        self._where(ctx, sentence, piece, draft, before)
        draft.works = self.works.phrases(ctx, piece.start, piece.end)
        self._how_many(ctx, piece, draft)
        draft.date = ctx.date(sentence.start, piece.start, piece.end)
        self._how(words, draft)
        return draft

    def _like_its_total(
        self, ctx: Context, sentence: Sentence, draft: Draft, before: Draft | None
    ) -> None:
        """A part without a verb of its own is given as its total was (“捐款8万元，其中企业5万元”)."""
        if before is None or before.kind != "donation" or draft.kind != "funding":
            return
        assert draft.amount is not None
        words = ctx.text[draft.start : draft.amount.start]
        if not self._given.search(words) and before.start >= sentence.start:
            draft.kind = before.kind

    def _goods(
        self, ctx: Context, sentence: Sentence, piece: Piece, before: Draft | None
    ) -> list[Draft]:
        """“接受捐赠路灯9359盏”, “赠送图书800册”: a gift told by its quantity."""
        words = ctx.text[piece.start : piece.end]
        match = _GOODS_GIVEN.search(words)
        counts = within(ctx.marks.counts, piece.start, piece.end)
        if (
            sentence.mood != "states"
            or match is None
            or not counts
            or _VISITED.search(ctx.text, sentence.start, sentence.end)
        ):
            return []
        draft = Draft("donation", piece.start, piece.end, "goods given")
        self._who(ctx, sentence, piece, draft, before)
        self._where(ctx, sentence, piece, draft, before)
        after = [c for c in counts if c.start >= piece.start + match.start()] or counts
        draft.count, draft.unit, draft.approx = after[0].value, after[0].unit, after[0].approx
        draft.items = (match["goods"],)
        draft.date = ctx.date(sentence.start, piece.start, piece.end)
        return [draft]

    def _work_only(
        self, ctx: Context, sentence: Sentence, piece: Piece, before: Draft | None
    ) -> list[Draft]:
        """“整修山塘2口”, “路灯40盏正在装”: a work told by its quantity alone."""
        words = ctx.text[piece.start : piece.end]
        if sentence.mood != "states" or sentence.heading or _NOT_DONE.search(words):
            return []
        counts = [
            c
            for c in within(ctx.marks.counts, piece.start, piece.end)
            if c.unit in _BUILT
            and not c.noun.startswith("项目")
            and not _NO_WORK.search(c.unit + c.noun)
        ]
        if not counts or not (self.works.verb.search(words) or self.works.noun.search(words)):
            return []
        draft = Draft("funding", piece.start, piece.end, "work without a sum")
        self._who(ctx, sentence, piece, draft, before)
        self._where(ctx, sentence, piece, draft, before)
        small = any(p.level in ("township", "village", "group", "site") for p in draft.places)
        if not draft.places or not (small or _BUILT_VERB.search(words)):
            return []
        reached = re.search("已|完成|做完|建成", words)
        done = [c for c in counts if reached and c.start >= piece.start + reached.end()]
        lead = leading(done or counts)
        if lead is None:
            return []
        draft.count, draft.unit, draft.approx = lead.value, lead.unit, lead.approx
        draft.works = self.works.phrases(ctx, piece.start, piece.end)
        draft.date = ctx.date(sentence.start, piece.start, piece.end)
        self._how(words, draft)
        return [draft]

    def _kind(self, words: str, sentence: Sentence, ctx: Context) -> Kind:
        whole = ctx.text[sentence.start : sentence.end]
        if self._gift.search(words):
            return "visit" if re.search(r"慰问|看望|走访|送", whole) else "donation"
        if _VISITED.search(whole) and not _FUNDED.search(words) and not self._donated.search(words):
            return "visit"
        if re.search(r"价值[约近]?\d", words) and not _FUNDED.search(words):
            return "donation"
        return "donation" if self._donated.search(words) else "funding"

    def _who(
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
        if doer := ctx.bodies.after(
            "由|(?:实施|建设|责任|项目)单位(?:为|是|：)?", text, start, end
        ):
            draft.actor = ctx.actor = Actor(doer.text, (doer.start, doer.end))
            return
        clauses = [c for c in sentence.clauses if c.end > start and c.start <= at]
        for clause in reversed(clauses):
            begin, stop = max(clause.start, start), min(clause.end, end)
            actor = ctx.actor_in(begin, stop)
            named = actor is not None and not actor.region
            if not named and (giver := ctx.bodies.giver(text, begin, stop)):
                draft.actor = Actor(giver.text, (giver.start, giver.end))
                if self._total.search(text, start, end) or "一共" in text[start:end]:
                    ctx.actor = draft.actor
                return
            if actor:
                draft.actor = ctx.actor = actor
                return
        same = before if before and before.start >= sentence.start else None
        draft.actor = same.actor if same and same.actor and not same.broker else ctx.actor
        if draft.actor and not draft.actor.why:
            draft.actor = Actor(draft.actor.name, draft.actor.span, "前文的主语")

    def _payer(self, ctx: Context, piece: Piece, draft: Draft) -> bool:
        """“从X争取到”, “协调X解决”, “在X支持下”: X pays, the subject is the broker."""
        if payer := ctx.bodies.after(_ASKED, ctx.text, piece.start, piece.end):
            broker = ctx.actor_in(piece.start, payer.start)
            ctx.actor = broker or ctx.actor
            draft.payer, draft.broker = payer.text, ctx.actor.name if ctx.actor else None
            draft.actor = Actor(payer.text, (payer.start, payer.end))
            return True
        return False

    def _where(
        self, ctx: Context, sentence: Sentence, piece: Piece, draft: Draft, before: Draft | None
    ) -> None:
        named = ctx.places_in(piece.start, piece.end)
        if listed := _PROJECT_LIST.search(ctx.text, piece.start, piece.end):
            named = [p for p in named if not listed.start() <= p.start < listed.end()]
        own = ctx.finest(named)
        told = before if before and before.start >= sentence.start else None
        if not own and told and len(told.places) == 1:
            draft.places = told.places
        elif not own and not told:
            earlier = ctx.finest(ctx.places_in(sentence.start, piece.start))
            draft.places = earlier or ctx.inherited()
        else:
            draft.places = own or ctx.inherited()
        draft.confidence["places"] = _certain(bool(own), "地点承前文")
        last = max((p.end for p in own), default=piece.start)
        draft.open_list = ctx.text.startswith("等", last)

    def _how_many(self, ctx: Context, piece: Piece, draft: Draft) -> None:
        counts = within(ctx.marks.counts, piece.start, piece.end)
        people = "" if draft.kind == "donation" else "名人位"
        works = [c for c in counts if c.unit not in people and not _NO_WORK.search(c.unit + c.noun)]
        villages = [c for c in counts if c.unit == "个" and "村" in c.noun]
        if draft.kind == "visit":
            works = counts
        lead = leading(works, "户 名 人 位" if draft.kind == "visit" else "") or leading(villages)
        if lead:
            draft.count, draft.unit = lead.value, lead.unit
            draft.approx = draft.approx or lead.approx

    def _how(self, words: str, draft: Draft) -> None:
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


def _look_ahead(ctx: Context, drafts: Sequence[Draft]) -> None:
    """“安排120万元，已拨付80万元，用于A镇旧址”: the place named last holds for the first too."""
    small = ("township", "village", "group", "site")
    told = {p.text: p for d in drafts if d.role != "part" for p in d.places if p.level in small}
    if len(told) != 1:
        return
    for draft in drafts:
        if draft.confidence["places"].certainty == "guessed" and draft.role != "part":
            if not any(p.level in small for p in draft.places):
                draft.places = tuple(told.values())


def _certain(own: bool, why: str) -> Confidence:
    return Confidence("resolved") if own else Confidence("guessed", why)


def _any(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)))


def _split(text: str, start: int, end: int, sums: Sequence[Amount]) -> Iterator[tuple[int, int]]:
    """A clause with several sums is cut after each sum, at the next 、 where there is one."""
    at = start
    for one, following in pairwise(sums):
        mark = text.find("、", one.end, following.start)
        cut = mark if mark >= 0 else one.end
        yield at, cut
        at = cut + (mark >= 0)
    if at < end:
        yield at, end


def _years(words: str) -> int | None:
    found = parse_number(words)
    return int(found.value) if found else None
