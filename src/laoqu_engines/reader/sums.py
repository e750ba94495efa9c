"""Which sums of a sentence were given, and the stretch of words that belongs to each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from laoqu_engines.reader.context import Context
from laoqu_engines.reader.lexicon import Lexicon, any_of
from laoqu_engines.reader.marks import within
from laoqu_engines.reader.mentions import Amount
from laoqu_engines.reader.structure import Sentence

_RATE_AFTER = re.compile(r"[/／]|每|一(?:户|亩|人|斤|吨|只|头|盏|天|平)|(?:左右)?的?(?:标准|单价)")
_EACH_PERSON = re.compile(
    r"\d(?:余|多)?[名人户位](?!次)[^，。；]{0,16}(?:各|都)[得领发获奖给补送收]?(?:得|取|放|助|到|了)?(?:助学金|慰问金|补助|现金)?$"
)
_IN_ALL = re.compile(r"共[^，。；]{0,4}$")
_WORKED = re.compile(r"[修建铺架打挖通装栽埋砌][^，。；\d]{0,8}\d")
_HANDED = re.compile(r"[配捐赠送购买添]了?[^，。；]{1,16}，$")
_REST = re.compile(r"(?:其余|余下|剩下|不足|差额|缺口)[^，。；]{0,6}(?:由|从|靠)")
_WORTH = re.compile(r"总?价值|折[合款价]|共计|合计|约合|总值|共值|市值")
_GAVE = re.compile(r"支持(?=[^，。；\d]{2,10}\d)|捐赠?(?!款|资|助学)|赠送?|送[来去上]")
_DONE_BY = re.compile(
    r"(?:均|都|全部)?由[^，。；]{2,24}(?:捐|援|实施|承建|负责|承担|建成?|出资|完成|赞助|提供)[^，。；]{0,4}$|(?:实施|承建|援建|捐建)单位"
)
_WHERE_TO = re.compile(
    r"(?:已|全部|均|都|分别|现已|主要|重点|先后|共)*(?:分发|发放[到给]|送到|运往|转交|投放|落户|分布|涉及|覆盖|惠及|安装在|安放在|装在|放在|建在|设在|栽在|位于|用于|发到)"
)
_GOODS_FIRST = re.compile(
    r"(?P<goods>[^，。；]*(?:捐|赠)[^，。；]*\d[余多]?[\u4e00-\u9fff]{1,2})[、和](?:[^，。；、\d]{0,6}(?:学金|现金|善款|资金|经费|人民币|款))?$"
)
_CAME = re.compile("(?:引进|引入|招引|招来|引来)[^。；]{0,24}(?:企业|公司|客商|老板|项目|大户)")
_INVESTOR = re.compile("(?:企业|公司|客商|老板|大户|项目|总|计划|预计)*投资")
_INCLUDED = re.compile("(?<!其中)含[^，。；\\d]{0,8}(?:物资|折)[^，。；\\d]{0,6}$")
_LEFT_OVER = re.compile("(?:剩下|余下|结余|剩余)的?(?:钱|款|资金)|余款|余钱")
_LACKING = re.compile("(?:缺口|尚?缺|短缺|还差)[^，。；]{0,4}$")
_ATTRACTED = re.compile(r"的[^，。；]{2,20}(?:落户|签约|投产|入驻|落地)")
_BESIDES = re.compile(r"又|另|还|并(?!网)|同时|此外")
_BARE = re.compile(
    r"(?:总|共|共计|合计|累计|其中|配套|到位|完成|计划|需|约|近|达|安排|投入|投资|资金|金额|为|"
    r"补助|落实|花费|耗资|花了?|造价|概算|预算|用了?|人民币|分别|各|补贴|经费|工程|项目|拨款|"
    r"拨付|财政|（[^（）]*）|[，、：；。 ]|\d项|\d个)*"
)


@dataclass(frozen=True)
class Piece:
    """A stretch of clauses around at most one sum."""

    start: int
    end: int
    amount: Amount | None


class Sums:
    """Sorts sums with one lexicon; ``unused`` collects (start, end, why) of those left out."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._not_given = any_of(lexicon.words("money.not_given"))
        given = (*lexicon.words("money.funding"), *lexicon.words("money.donation"))
        self._given = any_of(given)
        self._per = any_of(lexicon.words("money.per"))
        self._total = any_of(lexicon.words("money.total"))
        self.unused: list[tuple[int, int, str]] = []

    def given(self, ctx: Context, sentence: Sentence) -> tuple[list[Amount], list[Amount]]:
        """The sums that were given, and the rates (per head, per kilometre)."""
        sums, rates = [], []
        for amount in within(ctx.marks.amounts, sentence.start, sentence.end):
            refusal = self._refusal(ctx, sentence, amount)
            if refusal is None:
                sums.append(amount)
            elif refusal == "rate":
                rates.append(amount)
            else:
                self.unused.append((amount.start, amount.end, refusal))
        if rates and re.search(r"规定|标准", ctx.text[sentence.start : sentence.end]):
            sums = [s for s in sums if s.fen > 20 * rates[0].fen or self._is_total(ctx, s)]
        return self._without_rates_that_sum_up(ctx, sums, rates), rates

    def _refusal(self, ctx: Context, sentence: Sentence, amount: Amount) -> str | None:
        """Why a sum is no contribution, or None; “rate” for a sum per head or per kilometre."""
        text = ctx.text
        clause = next((c for c in sentence.clauses if c.start <= amount.start < c.end), None)
        start = clause.start if clause else sentence.start
        before, after = text[start : amount.start], text[amount.end : amount.end + 8]
        if _RATE_AFTER.match(after) or self._is_rate(before):
            return "rate"
        bad = next(reversed(list(self._not_given.finditer(before))), None)
        if bad and bad[0] == "价格" and _HANDED.search(text, sentence.start, start):
            bad = None  # “配了一台心电图机，价格4.5万元”
        if bad is None and not self._given.search(before):
            bad = self._told_of_before(ctx, sentence, start)
        if bad and not self._given.search(before, bad.end() if bad.string == before else 0):
            return f"“{bad[0]}”不是投入"
        if re.search(r"最[多少高低大小](?:的|者)?[^，。；]{0,8}$", before):
            return "只是举例，不是总数"
        if _INCLUDED.search(before):
            return "已含在前面的数里"
        if _LACKING.search(before) and not after.startswith("由"):
            return "只是缺口"
        led = text[max(text.rfind("；", sentence.start, start) + 1, sentence.start) : start]
        if _CAME.search(led) and _INVESTOR.match(before):
            return "引来的企业自己的投资"
        if _ATTRACTED.match(text, amount.end):
            return "只是引来的项目有多大"
        if match := self._not_given.match(after.lstrip("的左右")):
            return f"“{match[0]}”不是投入"
        return None

    def _told_of_before(self, ctx: Context, sentence: Sentence, start: int) -> re.Match[str] | None:
        """“电站收益归村集体，第一年就有25万元”: the clause before says what the sum is."""
        if ctx.subject(start, sentence.end):
            return None
        last = next((c for c in reversed(sentence.clauses) if c.end <= start), None)
        if last is None or within(ctx.marks.amounts, last.start, last.end):
            return None
        return self._not_given.search(ctx.text[last.start : last.end])

    def _is_rate(self, before: str) -> bool:
        if _EACH_PERSON.search(before):
            return True
        for match in self._per.finditer(before[-14:]):
            rest = before[-14:][match.end() :]
            if match[0] == "每" and rest[:1] in ("年", "季", "月"):
                continue
            return True
        return False

    def _without_rates_that_sum_up(
        self, ctx: Context, sums: list[Amount], rates: list[Amount]
    ) -> list[Amount]:
        """“每户300元，外加200元物资，合计19000元”: 200 goes with the rate, only 19000 counts."""
        sums = [s for s in sums if not self._makes_up(ctx, s, sums)]
        if not rates or len(sums) < 2:
            return sums
        total = [s for s in sums if self._total.search(ctx.text, max(0, s.start - 6), s.start)]
        if total:
            return [s for s in sums if s in total or s.fen > 50 * rates[0].fen]
        return sums

    def _is_total(self, ctx: Context, one: Amount) -> bool:
        before = max(0, one.start - 6)
        return bool(self._total.search(ctx.text, before, one.start)) or bool(
            _IN_ALL.search(ctx.text, before, one.start)
        )

    def _makes_up(self, ctx: Context, one: Amount, sums: Sequence[Amount]) -> bool:
        """“三个村各得10万元，共30万元”: 10 is a rate, since three times 10 is said too."""
        before = ctx.text[max(0, one.start - 12) : one.start]
        if "各" not in before and "每" not in before:
            return False
        counted = {int(c.value) for c in within(ctx.marks.counts, one.start - 40, one.start)}
        return any(
            s.start > one.start and s.fen == n * one.fen for s in sums for n in counted if n > 1
        )

    def pieces(self, ctx: Context, sentence: Sentence, sums: Sequence[Amount]) -> Iterator[Piece]:
        """Cuts a sentence into stretches with one sum each; clauses without a sum join one."""
        segments: dict[int, list[tuple[int, int]]] = {}
        for clause in sentence.clauses:
            inside = [a for a in sums if clause.start <= a.start < clause.end]
            for part in _split(ctx.text, clause.start, clause.end, inside):
                segments.setdefault(clause.segment, []).append(part)
        for parts in segments.values():
            yield from self._attach(ctx, _told_on(ctx.text, parts, sums), sums)

    def _attach(
        self, ctx: Context, parts: list[tuple[int, int]], sums: Sequence[Amount]
    ) -> Iterator[Piece]:
        held: list[tuple[int, int]] = []
        current: tuple[int, int, Amount] | None = None
        for index, (start, end) in enumerate(parts):
            amount = next((a for a in sums if start <= a.start < end), None)
            if amount is None and current is not None and _LEFT_OVER.match(ctx.text, start):
                yield Piece(current[0], held[-1][1] if held else current[1], current[2])
                current, held = None, [(start, end)]
                continue
            if amount is None:
                after = parts[index + 1][0] if index + 1 < len(parts) else end
                if self._complete(ctx, start, end) and not _WORTH.match(ctx.text, after):
                    if current is not None:
                        yield Piece(current[0], held[-1][1] if held else current[1], current[2])
                        current, held = None, []
                    yield from (Piece(a, b, None) for a, b in held)
                    held = []
                    yield Piece(start, end, None)
                else:
                    held.append((start, end))
                continue
            if current is None and held and _BESIDES.match(ctx.text, start):
                yield from (Piece(a, b, None) for a, b in held)
                held = []
            if current is not None:
                if held and not self._closes(ctx, start, end, amount):
                    back, held = self._between(ctx, held)
                    current = (current[0], back[-1][1] if back else current[1], current[2])
                yield Piece(*current)
            current = (held[0][0] if held else start, end, amount)
            held = []
        if current is not None:
            back, apart = self._after(ctx, held)
            yield Piece(current[0], back[-1][1] if back else current[1], current[2])
            if apart:
                yield Piece(apart[0][0], apart[-1][1], None)
        else:
            yield from (Piece(start, end, None) for start, end in held)

    def _between(
        self, ctx: Context, held: list[tuple[int, int]]
    ) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Clauses between two sums: from the first that names who gives, they go with the next."""
        for index, (start, end) in enumerate(held):
            named = ctx.subject(start, end) or ctx.bodies.giver(ctx.text, start, end)
            if _REST.match(ctx.text, start) or (named and self._given.search(ctx.text, start, end)):
                return held[:index], held[index:]
        return held, []

    def _after(
        self, ctx: Context, held: list[tuple[int, int]]
    ) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """“…拨来2万元，县公路段开来两台挖机，抢通便道600米”: another body's work stands apart."""
        for index, (start, end) in enumerate(held[:-1]):
            works = _WORKED.search(ctx.text, end, held[-1][1])
            if works and ctx.subject(start, end):
                return held[:index], held[index:]
        return held, []

    def _complete(self, ctx: Context, start: int, end: int) -> bool:
        """“鸿源米业捐大米3吨”: who gave what, so that a sum said later is not of it."""
        gave = _GAVE.search(ctx.text, start, end)
        if gave is None or not within(ctx.marks.counts, gave.end(), end):
            return False
        if ctx.bodies.after("协调|联系|动员|发动|请", ctx.text, start, end):
            return True
        return gave[0] != "支持" and bool(
            ctx.subject(start, end) or ctx.bodies.giver(ctx.text, start, end)
        )

    def _closes(self, ctx: Context, start: int, end: int, amount: Amount) -> bool:
        """Whether a clause is little more than its sum, so that what precedes belongs to it."""
        rest = ctx.text[start : amount.start] + ctx.text[amount.end : end]
        return bool(_BARE.fullmatch(rest))


def _told_on(
    text: str, parts: Sequence[tuple[int, int]], sums: Sequence[Amount]
) -> list[tuple[int, int]]:
    """A clause that only says who did it or where it went joins the one before it.

    “安装路灯156盏，由赣州银行捐建”, “捐衣物2000件，已分发到两镇”.
    """
    joined: list[tuple[int, int]] = []
    for start, end in parts:
        further = _DONE_BY.match(text, start, end) or _WHERE_TO.match(text, start, end)
        if joined and further and not any(start <= a.start < end for a in sums):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _split(text: str, start: int, end: int, sums: Sequence[Amount]) -> Iterator[tuple[int, int]]:
    """A clause with several sums is cut after each sum, at the next 、 where there is one; a sum
    given beside goods (“捐图书5000册、奖学金10万元”) stands alone."""
    at = start
    if sums and (goods := _GOODS_FIRST.match(text, start, sums[0].start)):
        yield start, goods.end("goods")
        at = goods.end("goods") + 1
    for one, following in pairwise(sums):
        mark = text.find("、", one.end, following.start)
        cut = mark if mark >= 0 else one.end
        yield at, cut
        at = cut + (mark >= 0)
    if at < end:
        yield at, end
