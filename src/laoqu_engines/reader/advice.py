"""Recommendations: one fact for each proposal."""

import re

from laoqu_engines.reader.context import Context
from laoqu_engines.reader.draft import Draft
from laoqu_engines.reader.listed import counted, new
from laoqu_engines.reader.marks import within
from laoqu_engines.reader.structure import Sentence
from laoqu_engines.reader.works import leading

_ADVICE_LIST = re.compile(
    r"提出(?:了)?“(?P<list>[^”]{4,120})”(?:等|的)?(?P<number>[一二两三四五六七八九十\d]+)?[^，。；]{0,6}(?:建议|意见)"
)
_ADVICE = re.compile(
    r"(?:提出?(?:了)?|形成(?:了)?|报送(?:了)?|上报(?:了)?|提交(?:了)?)(?P<what>[^，。；]{0,30}?)(?:意见|建议|意见建议|对策|提案|议案|建言)"
    r"|(?:出了|支了|献了)(?P<idea>[^，。；]{0,8}?)(?:主意|点子|招)"
)
_ADVICE_GIVEN = re.compile(
    r"(?:递交|提交|提出|报送|上报)的(?P<what>\d+[条项件份]|[一二三四五六七八九十]+[条项件份])(?:建议|意见|提案)"
    r"|(?P<adopted>\d+[条项件])(?:建议|意见)(?:被|写进|写入|进入|得到|转化|列入)"
)
_ADVICE_TITLE = re.compile(
    r"(?:报送|提交|呈报|上报|递交|呈送|形成)(?:了)?[^，。；《]{0,6}(?P<title>《[^》]*(?:建议|对策|提案|议案)[^》]*》)(?!等?[^，。；]{0,6}(?:调研|调查|考察|报告|论文|文章))"
)
_PROPOSES = re.compile(
    r"(?<=，)建议(?=[把将对在由尽加成建设修出开])(?P<said>[^。；：]{6,60})|(?:会|组|办|委员|代表|们|同志|会长)[^，。；：]{0,4}(?:提出[，：]?(?=应)|建议|提议|呼吁)(?![书稿：得被由和、]|座)(?P<item>[^。；：]{6,60})"
)
_MUST = re.compile(r"必须[^，。；：“”]{2,40}(?=[，。；”]|$)")
_ENUMERATED = re.compile(
    r"(?:^|[，；：。])(?P<mark>[一二三四五六七八九十]是|（[一二三四五六七八九\d]+）|第[一二三四五六七八九]，)(?P<item>[^；。，]{4,60})"
)


def recommendations(ctx: Context, sentence: Sentence) -> list[Draft]:
    """One fact for each proposal; a bare “提出建议N条” is one fact with its count."""
    text, start, end = ctx.text, sentence.start, sentence.end
    words = text[start:end]
    if match := _ADVICE_LIST.search(words):
        span = (start + match.start(), start + match.end())
        return [
            _advice(ctx, sentence, span, item)
            for item in (
                re.split("[，、；]", match["list"]) if match["number"] else [match["list"]]
            )
            if item
        ]
    proposed = re.search(r"提出|建议(?!》)", words)
    must = [m[0] for m in _MUST.finditer(words)]
    if proposed and len(must) >= 2:
        last = words.rindex(must[-1]) + len(must[-1])
        span = (start + proposed.start(), start + last)
        return [_advice(ctx, sentence, span, item) for item in must]
    if title := _ADVICE_TITLE.search(words):
        span = (start + title.start(), start + title.end())
        draft = _advice(ctx, sentence, span, title["title"])
        more = within(ctx.marks.counts, span[1], min(span[1] + 5, end))  # “…等3份提案”
        counted(draft, leading(more))
        return [draft]
    if single := _PROPOSES.search(words):
        span = (start + single.start(), start + single.end())
        return [_advice(ctx, sentence, span, single["item"] or single["said"])]
    match = (
        _ADVICE_GIVEN.search(words)
        or _ADVICE.search(words)
        or re.search(r"建议(?P<what>)：", words)
    )
    if match is None:
        return []
    items = [m["item"] for m in _ENUMERATED.finditer(words, match.end() - 1)]
    span = (start + match.start(), end)
    if items:
        return [_advice(ctx, sentence, span, item) for item in items]
    counts = within(ctx.marks.counts, start + match.start(), start + match.end() + 6)
    if not counts:
        return []
    draft = _advice(ctx, sentence, (start + match.start(), start + match.end()), match["what"])
    counted(draft, leading(counts))
    return [draft]


def _advice(ctx: Context, sentence: Sentence, span: tuple[int, int], item: str) -> Draft:
    draft = new(ctx, sentence, "recommendation", span, "proposal")
    draft.items = (item,)
    return draft
