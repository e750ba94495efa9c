"""Funding and donations: every sum that was given, and works that are told without a sum."""

import re
from collections.abc import Sequence
from dataclasses import replace

from laoqu_engines.reader.context import Context
from laoqu_engines.reader.draft import Draft
from laoqu_engines.reader.facts import Kind
from laoqu_engines.reader.lexicon import Lexicon, any_of
from laoqu_engines.reader.marks import within
from laoqu_engines.reader.mentions import Amount, Count
from laoqu_engines.reader.money_fields import NO_WORK, Fields, each, look_ahead, respectively
from laoqu_engines.reader.structure import Sentence
from laoqu_engines.reader.sums import Piece, Sums
from laoqu_engines.reader.works import WorkWords, leading

_NEXT_YEAR = re.compile(r"明年|下年度|力争|争取在|奋斗目标|“十五五”期间|未来[几三五]年")
_VISITED = re.compile(
    r"慰问|看望|探望|送温暖|(?:交|送)到[^，。；]{0,16}[手家][里中上]|送年货|(?:给|为|向)[^，。；]{0,12}(?:户|名|位|老人|残疾人|群众|家庭|职工)[^，。；]{0,6}送(?:去|上|来)|走访[^，。；]{0,18}(?:户|老人|困难|党员)"
)
_FUNDED = re.compile(
    r"投资|投入(?!使用)|拨|补助|出资|筹|资金|经费|工程|项目(?!组)|修|(?:新|兴|援|改|扩)建|建(?:起|成|了|好|设(?!促进))"
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
        "头",
        "只",
        "羽",
        "尾",
        "公斤",
        "斤",
        "辆",
        "部",
        "延米",
    ]
)
_GIFT_AFTER = re.compile(r"(?:是|由|系|均?为)[^，。；]{2,24}(?:捐|赠)")
_HANDED_OUT = re.compile(r"发放|配发|发给|分发|提供|(?:支持|援助)(?=[^，。；\d]{2,10}\d)")
_GOODS_TOO = re.compile(r"(?P<goods>[^，。；、\d款资金]{1,8})(?=\d)")
_DONOR = re.compile(
    r"先生|女士|企业家|老板|某某?$|侨胞|侨亲|校友|战友|乡贤|乡友|港商|台商|夫妇|老人$"
)
_TO_SCHOOL = re.compile(
    r"[为给向][^，。；]{0,12}(?:学生|师生|孩子|学校|小学|学童|儿童)[^，。；]{0,6}送[去上来了]"
)
_TO_PUPILS = re.compile(
    "(?:学生|学子|考生|孤儿)[^，。；]{0,10}(?:领到|拿到|收到|发放|奖励|补助)|(?:发放|奖励|帮扶|帮助|补助|资助)[^，。；]{0,10}(?:学生|学子|考生|孤儿)"
)
_HANDED_OVER = re.compile(r"送[去来上给了](?:了)?[^，。；\d]{0,6}\d[\d.]*[余多]?万?元")
_GREETED = re.compile(r"(?:送[上去来]|带去)了?[^，。；\d]{0,8}\d")
_GIVEN_TO = re.compile("[给向为][^，。；]{2,20}(?:捐赠|捐献|赠送)了?(?!仪式|活动)[^，。；款\\d]{2}")
_CHARITY = re.compile(r"慈善|基金会|红十字|同乡会|校友会|义工|公益(?!金)")
_DIMENSION = re.compile(r"[长宽高深厚距][约近达为]?$|[前后头这那]$|占地|海拔|相距|面积")
_CHILDREN = re.compile("孩子|学生|老人|学子")
_BUILT_ONE = re.compile(
    r"(?:新|修|援|扩|改|兴|各|捐|迁|重)?[建修打挖架盖](?:成|起|了|好|设)?[^，。；]{0,8}一[座所处口条眼栋个间]"
)
_BUILT_VERB = re.compile(r"(?:[修建装铺架打安埋栽]|安装|硬化|改造)(?:好|了|成|通|完)")
_GOODS_GIVEN = re.compile(
    r"(?:捐赠|赠送|捐献|捐助|捐|赠|送来|送去|送上|送给[^，。；]{2,8}?(?=[^，。；]{2,4}\d)|送了)(?:了|给[^，。；]{2,12})?(?:[\d一二两三四五六七八九十百千万余多]+[^，。；\d]{1,2})?(?P<goods>[^，。；\d仪活款]{1,8})|(?:结对)?资助了?(?:[\d一二两三四五六七八九十百千万余多]+[名个位人])?(?:贫困|困难|家庭困难|寒门|优秀)?的?(?P<taught>学生|学子|儿童|孤儿|大学生|高中生)"
    r"|[把将]\d+[^，。；\d]{1,2}(?P<carried>[^，。；\d]{2,8}?)(?:交|送|捐|赠|发)[给到予]"
    r"|[把将](?P<handed>[^，。；\d]{2,8})\d+[^，。；]{0,20}(?:交|送|捐|赠|发)[给到予]"
)
_NOT_DONE = re.compile(
    r"建议|提出|有(?=\d)|[要需应]|计划|打算|拟|将|希望|没有|缺|只有|原有|现有|共有|辖|耕地|人口|总面积|面积|产量|占地|亩产|收入|慰问|看望|抽查|检查|验收|调研|走访|培训|演出|宣讲|订阅|捐(?!建)|会议|报告|稿|视频|一直|摸清|摸底|普查|排查|登记|目前有|建档|贫困户\d|低保户|种植|养殖|带动|覆盖|受益|惠及|联系|走进|逐一|都由|收录|察看|印发|制作|座谈"
)


def _segment(ctx: Context, sentence: Sentence, words: str) -> str:
    """The ；-part of a sentence in which some words stand."""
    at = max(sentence.start, ctx.text.find(words, sentence.start, sentence.end))
    start = ctx.text.rfind("；", sentence.start, at) + 1 or sentence.start
    stop = ctx.text.find("；", at, sentence.end)
    return ctx.text[start : stop if stop >= 0 else sentence.end]


def _bound(draft: Draft, counts: Sequence[Count]) -> list[Draft]:
    """“A村9公里、B村6公里”: each length belongs to the village before it."""
    pairs = [(p, c) for p in draft.places for c in counts if p.end == c.start]
    if len(pairs) < 2 or len({c.unit for _, c in pairs}) > 1:
        return []
    ends = [*(p.start for p, _ in pairs[1:]), draft.end + 1]
    starts = [draft.start, *(p.start for p, _ in pairs[1:])]
    return [
        replace(
            draft,
            start=start,
            end=end - 1,
            places=(place,),
            count=count.value,
            unit=count.unit,
            approx=count.approx,
            distributive=True,
        )
        for (place, count), start, end in zip(pairs, starts, ends, strict=True)
    ]


class Money:
    """The money rules with one lexicon."""

    def __init__(self, lexicon: Lexicon, works: WorkWords) -> None:
        self.works = works
        self.sums = Sums(lexicon)
        self.fields = Fields(lexicon)
        self._given = any_of(lexicon.words("money.funding"))
        self._donated = any_of(lexicon.words("money.donation"))
        self._gift = any_of(lexicon.words("money.gift_sum"))

    def read(self, ctx: Context, sentence: Sentence) -> list[Draft]:
        """All funding and donation facts of one sentence."""
        sums, rates = self.sums.given(ctx, sentence)
        drafts: list[Draft] = []
        for piece in self.sums.pieces(ctx, sentence, sums):
            before = drafts[-1] if drafts else None
            if piece.amount is None:
                drafts += (
                    self._rate_only(ctx, sentence, piece, rates)
                    or self._goods(ctx, sentence, piece, before)
                    or self._work_only(ctx, sentence, piece, before)
                )
            elif draft := self._draft(ctx, sentence, piece, before):
                rate = next((r for r in rates if piece.start <= r.start < piece.end), None)
                draft.per_unit = rate
                drafts += each(ctx, draft)
        if drafts and any(d.role == "part" for d in drafts[1:]):
            ctx.actor = drafts[0].actor
        look_ahead(ctx, drafts)
        respectively(ctx, drafts)
        return drafts

    def _draft(
        self, ctx: Context, sentence: Sentence, piece: Piece, before: Draft | None
    ) -> Draft | None:
        amount = piece.amount
        assert amount is not None
        words = ctx.text[piece.start : piece.end]
        if sentence.mood != "states" and not re.search(r"已|了|去年", words):
            return None
        if _NEXT_YEAR.search(words):
            self.sums.unused.append((amount.start, amount.end, "今后的打算"))
            return None
        clause = next((c.end for c in sentence.clauses if c.end >= amount.end), piece.end)
        head = ctx.text[piece.start : min(clause, piece.end)]
        given_by = self._given.search(head) and not _GIFT_AFTER.search(words)
        kind = self._kind(head if given_by else words, sentence, ctx)
        draft = Draft(kind, piece.start, piece.end, "sum", amount=amount, approx=amount.approx)
        self._like_its_total(ctx, sentence, draft, before)
        self.fields.who(ctx, sentence, piece, draft, before)
        self.fields.where(ctx, sentence, piece, draft, before)
        giver = draft.actor.name if draft.actor and not draft.actor.why else ""
        charity = _CHARITY.search(giver) and not re.search("投资|投入|安排|下达", words)
        if draft.kind == "funding" and (_DONOR.search(giver) or charity):
            draft.kind = "donation"
        draft.works = self.works.phrases(ctx, piece.start, piece.end)
        self.fields.how_many(ctx, piece, draft)
        draft.date = ctx.date(sentence.start, piece.start, piece.end)
        self.fields.how(words, draft)
        return draft

    def _like_its_total(
        self, ctx: Context, sentence: Sentence, draft: Draft, before: Draft | None
    ) -> None:
        """A part without a verb of its own is given as its total was (“捐款8万，其中企业5万”)."""
        if before is None or before.kind != "donation" or draft.kind != "funding":
            return
        assert draft.amount is not None
        clause = next((c.end for c in sentence.clauses if c.end >= draft.amount.end), draft.end)
        words = ctx.text[draft.start : min(clause, draft.end)]
        if not self._given.search(words) and before.start >= sentence.start:
            draft.kind = before.kind

    def _rate_only(
        self, ctx: Context, sentence: Sentence, piece: Piece, rates: list[Amount]
    ) -> list[Draft]:
        """“资助高中生20名，每人2000元”: a gift of which only the share of each is said."""
        after = next((c.end for c in sentence.clauses if c.start >= piece.end), piece.end)
        rate = next((r for r in rates if piece.start <= r.start < after), None)
        if rate is None or sentence.mood != "states":
            return []
        words = ctx.text[piece.start : piece.end]
        counts = within(ctx.marks.counts, piece.start, piece.end)
        people = [
            c for c in counts if c.unit in ("名", "人", "位", "户") or _CHILDREN.match(c.noun)
        ]
        given = self._donated.search(words) or "奖励" in words
        if not people or not given or _VISITED.search(words):
            return []
        draft = Draft("donation", piece.start, max(piece.end, rate.end), "rate without a total")
        self.fields.who(ctx, sentence, piece, draft, None)
        self.fields.where(ctx, sentence, piece, draft, None)
        draft.per_unit = rate
        draft.count, draft.unit, draft.approx = people[0].value, people[0].unit, people[0].approx
        draft.date = ctx.date(sentence.start, piece.start, piece.end)
        return [draft]

    def _goods(
        self, ctx: Context, sentence: Sentence, piece: Piece, before: Draft | None
    ) -> list[Draft]:
        """“接受捐赠路灯9359盏”, “赠送图书800册”: a gift told by its quantity."""
        words = ctx.text[piece.start : piece.end]
        match = _GOODS_GIVEN.search(words)
        own = ctx.subject(piece.start, piece.end) and "捐赠" in words
        if (
            before
            and before.kind == "donation"
            and ctx.text[before.end : piece.start] in ("、", "和")
        ):
            match = match or _GOODS_TOO.match(words)  # “送去现金2000元、复混肥4吨”
        counts = within(ctx.marks.counts, piece.start, piece.end)
        if (
            sentence.mood != "states"
            or match is None
            or not (counts or _GIVEN_TO.search(words))
            or "订" in words
            or _VISITED.search(words if own else ctx.text[sentence.start : sentence.end])
        ):
            return []
        draft = Draft("donation", piece.start, piece.end, "goods given")
        self.fields.who(ctx, sentence, piece, draft, before)
        self.fields.where(ctx, sentence, piece, draft, before)
        counts = [c for c in counts if not NO_WORK.search(c.unit + c.noun)]
        after = [c for c in counts if c.start >= piece.start + match.start()] or counts
        after = [c for c in after if leading([c])]
        if not after and not (draft.places and _GIVEN_TO.search(words)):
            return []
        if after:
            draft.count, draft.unit, draft.approx = after[0].value, after[0].unit, after[0].approx
        draft.items = tuple(filter(None, match.groups()))
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
            and not NO_WORK.search(c.unit + c.noun)
            and not _DIMENSION.search(ctx.text[max(0, c.start - 3) : c.start])
        ]
        told = ctx.text[sentence.start : sentence.end]
        handed = _HANDED_OUT.search(words) and not re.search("培训|班|宣传|义诊|科技|课", told)
        if not counts or not (
            handed or self.works.verb.search(words) or self.works.noun.search(words)
        ):
            return []
        draft = Draft("funding", piece.start, piece.end, "work without a sum")
        self.fields.who(ctx, sentence, piece, draft, before)
        self.fields.where(ctx, sentence, piece, draft, before)
        small = any(p.level in ("township", "village", "group", "site") for p in draft.places)
        named = small and draft.places != ctx.at_home()
        if not draft.places or not (named or _BUILT_VERB.search(words)):
            return []
        reached = re.search("已|完成|做完|建成", words)
        done = [c for c in counts if reached and c.start >= piece.start + reached.end()]
        lead = leading(done or counts) or (counts[0] if _BUILT_ONE.search(words) else None)
        if lead is None:
            return []
        draft.count, draft.unit, draft.approx = lead.value, lead.unit, lead.approx
        draft.works = self.works.phrases(ctx, piece.start, piece.end)
        draft.date = ctx.date(sentence.start, piece.start, piece.end)
        self.fields.how(words, draft)
        return _bound(draft, counts) or [draft]

    def _kind(self, words: str, sentence: Sentence, ctx: Context) -> Kind:
        whole = _segment(ctx, sentence, words)
        if _GREETED.search(words) and re.search("慰问|看望|探望|走访", whole):
            return "visit"
        if self._gift.search(words):
            return "visit" if re.search(r"慰问|看望|走访|送", whole) else "donation"
        if _TO_PUPILS.search(words) and not _FUNDED.search(words):
            return "donation"
        if _HANDED_OVER.search(words) and not _VISITED.search(whole):
            return "donation"
        if _TO_SCHOOL.search(words) and not _FUNDED.search(words) and "慰问" not in words:
            return "donation"
        if _VISITED.search(whole) and not _FUNDED.search(words) and not self._donated.search(words):
            return "visit"
        if re.search(r"(?:投放|送[去来]|赠|捐)[^，。；\d]{0,8}物资", words):
            return "donation"
        if re.search(
            r"(?:价值|物资[^，。；]{0,4}折[价款合])[约近共总]?\d", words
        ) and not _FUNDED.search(words):
            return "donation"
        return "donation" if self._donated.search(words) else "funding"
