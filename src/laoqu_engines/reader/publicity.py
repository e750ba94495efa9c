"""Awards, media and subscriptions: mostly lists with one verb."""

import re

from laoqu_engines.reader.activities import segments, states
from laoqu_engines.reader.advice import recommendations
from laoqu_engines.reader.context import Actor, Context
from laoqu_engines.reader.draft import Draft
from laoqu_engines.reader.listed import clause_of, counted, new
from laoqu_engines.reader.marks import within
from laoqu_engines.reader.mentions import Count, Place
from laoqu_engines.reader.structure import Clause, Sentence
from laoqu_engines.reader.works import leading

_HONOUR = (
    r"(?:先进集体|先进单位|先进个人|先进党组织|先进工作者|先进基层党组织|文明单位|文明村|示范村|示范单位|示范点|示范县|模范|标兵|劳模|称号|荣誉|"
    r"(?:特|一|二|三|优秀|优胜|组织|金|银|铜|单项|最佳[^，。、]{0,6})等?奖|奖|奖牌|奖状|奖励|锦旗|优秀[^，。；、]{0,12}|第[一二三四五]名|先进|百强|十佳[^，。；、]{0,8}|冠军|亚军|提名|美丽(?:村庄|乡村|庭院)|名村|名镇|样板|楷模|奖章|红旗手|传统村落|基地|通报表扬)"
)
_AWARDED = re.compile(
    r"(?:获(?=“)|(?<=[会局村镇乡县校司组团部])(?:列为|命名为|确定为|表彰为|评定为)|颁发(?=了?[^，。；]{2,24}(?:奖|证|牌|锦旗))|得了?(?=[^，。；到的]{0,12}奖)|分获|分别获得?|拿(?:了|到|下)(?=[^，。；]{0,12}(?:奖|冠军|亚军|第一|金牌|名次))|摘得|斩获|夺取了?(?=[^，。；]{0,12}奖)|荣获|获得了?|获评|获颁|喜获|获(?!补|批|益|知|悉|取|奖)|夺得|捧回|(?:曾|先后|均|再次|连续[^，。]{1,4}年)?被(?:[^，。；]{1,20}?)?(?:评为|评选为|授予|命名为|表彰为|认定为|确定为|列为|评定为|定为|树为|选为|记)|评为|授予|荣膺|入选|荣登)"
)
_SURE_AWARD = re.compile(r"评为|评选为|授予|命名为|表彰为|荣获|获评|荣膺")
_LOW = re.compile(r"贫困|低保|危房|特困|落后|薄弱|D级|C级|难点")
_HONOURED = re.compile(
    r"(?P<what>(?:先进|优秀|获奖|表彰)[^，。；：]{0,10})名单(?:如下)?：(?P<who>[^。；：]{4,200})"
)
_GIVEN_TO = re.compile(
    r"[把将给](?P<who>[^，。；把将给]{2,16}?)(?:评为|列为|命名为|确定为|表彰为|授予|颁发|$)"
)
_OFFICER = re.compile(
    r"[^，。；]{0,8}(?:会长|秘书长|主任|书记|理事|通讯员|志愿者|村民|教师)[^，。；被获荣]{0,6}(?=[被获荣])"
)
_WINNER = re.compile(r"[\u4e00-\u9fff]{1,6}队|\d+[人名][\u4e00-\u9fff]{0,6}")
_SEVERAL = re.compile(
    "(?P<who>[\\u4e00-\\u9fff]{2,8}(?:、[\\u4e00-\\u9fff]{2,8})+)(?:也|均|都|分别|同时|还|又|等)*"
)
_ONLY_WHEN = re.compile(
    r"(?:[\d年月日]|去年|今年|当年|近年|同年|连续|多次|[一二三四五]次|先后|曾|又|还|均|也)*"
)
_WRITTEN = re.compile(
    r"写出|写了|创作|编发|发稿|刊用|采用|发送|摄制|编成|开办|开辟|开播|制作|拍摄|发表|刊发|刊登|刊载|撰写|编写|编印|编辑出版|印发|印制|推送|播出|播发|报道|投稿|出版|发布|采写|推出|展出|合办|收入|收录|汇编|征文|宣传|转载|登载|整理|录制|展示|上稿|用稿|征集|抢救|首印|开设|创办|悬挂|张贴|编纂|比赛|巡展|入选"
)
_MEDIA_UNITS = frozenset(
    [
        "篇",
        "条",
        "首",
        "块",
        "期",
        "册",
        "部",
        "次",
        "幅",
        "组",
        "集",
        "本",
        "份",
        "个",
        "件",
        "张",
        "版",
        "则",
        "辑",
        "场",
        "万字",
        "面",
        "套",
        "种",
        "张次",
    ]
)
_MEDIA_NOUN = re.compile(
    r"专题|节目|歌谣|文物|史料|[\d余多][篇册期]|文章|稿|视频|短片|专题片|纪录片|微电影|板面|展板|展牌|宣传|报道|信息|简报|专栏|作品|图片|照片|摄影|书|画册|画|刊|网|媒体|电视|报纸|故事|报告文学|诗|歌|通讯|消息|资料|材料汇编|教材|读物|连环画|课本|年鉴|丛书|读本|村史|史料|标语|牌|橱窗|公众号|动态|经验材料|期"
)
_PIECES = re.compile(
    r"(?:[^，。；\d]{0,4}稿件?|文章|报道|通讯|消息|简报|信息|短视频|视频|专栏|节目|专版|板报|展板|短片|纪录片|专题片|会刊|内刊|刊物|期刊|小报|散文|诗歌|作品|小说|随笔|剧本|》)[^，。；、]{0,4}?\d+(?:余|多)?(?:篇|条|期|集|部|则|版|块|幅|个)"
    r"|(?:播|发|编|登|刊|推|办)[了出到]{1,2}\d+(?:余|多)?(?:篇|条|期|集|部|则)|推文\d+"
    r"|\d+(?:余|多)?(?:篇|条|期|集|部|则|版|块|幅)(?:稿件?|文章|报道|通讯|消息|简报|信息|短视频|视频|专栏|节目|专版|板报|展板|短片|纪录片|专题片|宣传)"
)
_PRINTED = re.compile(
    r"被[^，。；]{0,24}(?:刊发|刊登|收入|收录|转载|采用|报道|播出|登载)|收入[^，。；]{0,14}(?:汇编|一书)|全文刊发|[报刊志社网台]》?[^，。；]{0,4}(?:也|还|均|都|先后|头版|全文|专版)*(?:登|刊发|刊登|刊载|发表|报道|转载|播发|采用)(?:了|过)"
)
_BOOK = re.compile(
    r"(?:主编的?|[合选汇新续]编|合著|编了|编成|编出|印了|写了|写成|写出|拍了|拍成|出了|编纂|编写|编印|编辑|出版|撰写|拍摄|制作|推出|完成|编撰|创作|排演)(?:(?!题[为：])[^，。；《]){0,10}(?P<title>《[^》]+》)"
)
_STUDY = re.compile(r"报告|调查|调研|建议|对策|提案|方案|规划|制度|办法|意见")
_ENTITLED = re.compile("以(?P<title>《[^》]+》)为题")
_PUT_INTO = re.compile(
    "(?P<what>(?:经验|交流|典型)?材料|论文|文章|征文|发言稿?)[^，。；]{0,3}被[^，。；]{0,8}(?:收入|编入|选入)"
)
_PROSE = re.compile("稿|文章|报道|简报|视频|信息|通讯|散文|诗歌")
_BESIDE_PIECES = ("survey", "lecture", "training", "visit", "performance")
_OF_THE_BOOK = re.compile(
    r"(?:共|全书)?(?:收录|印数|印量|首印|印(?=\d)|印发|印刷|发行|收入|印制|赠送|计)"
)
_OUTLETS = re.compile(
    r"[在于](?P<a>[^，。；]{2,80}?)等?(?:媒体|报刊|网站|平台|刊物)|被(?P<b>[^，。；]{2,80}?)等?(?:采用|刊用|刊发|转载|刊登)"
)
_ANY_OUTLET = re.compile(r"(?:级|以上|各类|有关|主流|各大|各)$")
_CONTEST = re.compile(
    r"(?:举办|合办|主办|承办|开展|组织|联办|办了|搞了|办)(?!的)(?:了)?(?P<name>[^，。；]{0,24}(?:比赛|大赛|竞赛|征文|书画展|摄影展|展览|书法展|巡展|知识竞赛))"
)
_SUBSCRIBED = re.compile(r"订一份|发行量|订单|订数|订刊|订阅|征订|订购|订了|订《|订报|续订")
_COPIES = frozenset(["份", "册", "套", "本", "期"])


def read(ctx: Context, sentence: Sentence, taken: list[Draft]) -> list[Draft]:
    """Everything of these four kinds in one sentence."""
    if not states(ctx, sentence):
        return []
    drafts = recommendations(ctx, sentence)
    for start, end in segments(sentence):
        found = subscriptions(ctx, sentence, start, end)
        found += awards(ctx, sentence, start, end)
        found += media(ctx, sentence, start, end, found, taken)
        drafts += found
    return drafts


def subscriptions(ctx: Context, sentence: Sentence, start: int, end: int) -> list[Draft]:
    """“订阅2025年《…》杂志150份、《…》100份”: one fact for each periodical."""
    match = _SUBSCRIBED.search(ctx.text, start, end)
    if not match:
        return _ordered_by(ctx, sentence, start, end)
    names = [t for t in within(ctx.marks.titles, start, end) if t.text[0] == "《"]
    copies = [c for c in within(ctx.marks.counts, start, end) if c.unit in _COPIES and leading([c])]
    if not copies:
        return []
    drafts, at = [], match.end()
    issue = next((d.year for d in within(ctx.marks.dates, start, end) if d.year), None)
    for count in copies:
        titles = [t for t in names if at <= t.start < count.start]
        from_ = at if at < count.start else clause_of(sentence, (count.start, count.end))[0]
        draft = new(ctx, sentence, "subscription", (from_, count.end), "copies ordered")
        draft.items = tuple(re.sub(r"》.*", "》", t.text) for t in titles)
        draft.date = str(issue) if issue else draft.date
        counted(draft, count)
        draft.places = _covered(ctx, sentence)
        drafts.append(draft)
        at = count.end + (ctx.text[count.end : count.end + 1] in "、，和")
    ctx.ordered = (sentence.paragraph, drafts[-1])
    return drafts


def _ordered_by(ctx: Context, sentence: Sentence, start: int, end: int) -> list[Draft]:
    """“其中A县412份，B县388份”: who ordered how many of the periodical told of before."""
    if ctx.ordered is None or ctx.ordered[0] != sentence.paragraph:
        return []
    drafts = []
    places = {p.end: p for p in within(ctx.marks.places, start, end)}
    for count in within(ctx.marks.counts, start, end):
        place = places.get(count.start)
        if count.unit in _COPIES and place:
            span = (place.start, count.end)
            draft = Draft("subscription", *span, "copies of each", items=ctx.ordered[1].items)
            draft.actor, draft.places = Actor(place.text, (place.start, place.end)), (place,)
            draft.date = ctx.ordered[1].date
            counted(draft, count)
            drafts.append(draft)
    return drafts


def _covered(ctx: Context, sentence: Sentence) -> tuple[Place, ...]:
    """Where a periodical is read: only where the sentence names a place or says 全县."""
    places = [] if ctx.author else ctx.places_in(sentence.start, sentence.end)
    named = ctx.finest([p for p in places if p.level != "province"])
    whole = re.search(r"[全各本我][市县区镇乡州]|各乡镇", ctx.text[sentence.start : sentence.end])
    return named or (ctx.at_home() if whole else ())


def awards(ctx: Context, sentence: Sentence, start: int, end: int) -> list[Draft]:
    """One fact for each honour of a list (“荣获A先进单位、B二等奖、C三等奖”)."""
    drafts: list[Draft] = []
    for clause in sentence.clauses:
        if not start <= clause.start < end:
            continue
        if listed := _HONOURED.search(ctx.text, start, end):
            draft = new(ctx, sentence, "award", (start, end), "list of the honoured")
            draft.actor = Actor(listed["who"], listed.span("who"))
            draft.items = (listed["what"],)
            return [draft]
        match = _AWARDED.search(ctx.text, clause.start, clause.end)
        if match is None or re.search(r"奖的[仅有只]|的获奖", ctx.text[clause.start : clause.end]):
            continue
        at = match.end()
        named = [
            place
            for place in within(ctx.marks.places, clause.start, match.start())
            if _ONLY_WHEN.fullmatch(ctx.text, place.end, match.start())
        ]
        for part in re.split(r"(、|(?<=”)(?=“))", ctx.text[match.end() : clause.end]):
            stop = at + len(part)
            worthy = re.search(_HONOUR, part) or (
                _SURE_AWARD.search(match[0]) and 3 < len(part) < 40 and not _LOW.search(part)
            )
            if part != "、" and worthy and len(part) < 60 and not re.match("奖[励金补]?\\d", part):
                draft = new(
                    ctx,
                    sentence,
                    "award",
                    (match.start() if at == match.end() else at, stop),
                    "honour",
                )
                draft.items = (ctx.text[at:stop].lstrip("了为"),)
                counted(draft, leading(within(ctx.marks.counts, clause.start, match.start())))
                if given := _GIVEN_TO.search(ctx.text, clause.start, match.start() + 1):
                    draft.actor = Actor(given["who"], given.span("who"))
                elif person := _OFFICER.match(ctx.text, clause.start, match.start()):
                    draft.actor = Actor(person[0], person.span())
                elif winner := _WINNER.fullmatch(ctx.text, clause.start, match.start()):
                    draft.actor = Actor(winner[0], winner.span())
                elif several := _SEVERAL.fullmatch(ctx.text, clause.start, match.start()):
                    draft.actor = Actor(several["who"], several.span("who"))
                elif named:
                    draft.actor = Actor(named[0].text, (named[0].start, named[0].end))
                drafts.append(draft)
            at = stop
    return drafts


def media(
    ctx: Context, sentence: Sentence, start: int, end: int, found: list[Draft], taken: list[Draft]
) -> list[Draft]:
    """What was written, filmed, printed or shown, by its count or by where it was printed."""
    drafts: list[Draft] = []
    others = [d for d in [*found, *taken] if d.kind != "meeting"]
    for clause in sentence.clauses:
        if not start <= clause.start < end:
            continue
        words = ctx.text[clause.start : clause.end]
        pieces = _PIECES.search(words) and not re.search("报告|调研|论文", words)
        writing = pieces and _PROSE.search(words)
        near = [d for d in others if not (writing and d.kind in _BESIDE_PIECES)]
        if _touches(near, clause):
            continue
        if drafts and _OF_THE_BOOK.match(words):  # how many copies of what was just told
            if drafts[-1].count is None:
                counted(drafts[-1], leading(_media_counts(ctx, clause.start, clause.end)))
            continue
        printed = _PRINTED.search(words)
        contest = None if printed else _CONTEST.search(words)
        written = _WRITTEN.search(words) and _MEDIA_NOUN.search(words)
        written = written or _PIECES.search(words)
        if (written or (drafts and ("《" in words or words.startswith("其中")))) and not contest:
            drafts += _works_counted(ctx, sentence, clause)
        book = _BOOK.search(words)
        if book and not _STUDY.search(book["title"]) and not _touches(drafts, clause):
            draft = new(ctx, sentence, "media", (clause.start, clause.end), "book or film")
            draft.items = (book["title"],)
            drafts.append(draft)
        if (printed or contest) and not _touches(drafts, clause):
            stop = clause.end if printed else _contest_end(sentence, clause.end)
            draft = new(ctx, sentence, "media", (clause.start, stop), "printed or contest")
            counted(draft, leading(_media_counts(ctx, clause.start, stop)))
            names = within(ctx.marks.titles, clause.start, clause.end)
            told = _PUT_INTO.search(words)
            named = (contest["name"],) if contest else (told["what"],) if told else ()
            draft.items = tuple(t.text for t in names) or named
            drafts.append(draft)
            others.append(draft)
    return drafts


def _touches(drafts: list[Draft], clause: Clause) -> bool:
    return any(d.start < clause.end and d.end > clause.start for d in drafts)


def _works_counted(ctx: Context, sentence: Sentence, clause: Clause) -> list[Draft]:
    """“文章30余篇、短视频90余条”: one fact for each count."""
    drafts = []
    for at, stop in _listed(ctx, clause.start, clause.end):
        draft = new(ctx, sentence, "media", (at, stop), "works counted")
        counted(draft, leading(_media_counts(ctx, at, stop)))
        titles = tuple(t.text for t in within(ctx.marks.titles, at, stop))
        draft.items = _outlets(ctx.text[at:stop]) or titles or _entitled(ctx, sentence, at)
        drafts.append(draft)
    return drafts


def _outlets(words: str) -> tuple[str, ...]:
    """“在A、B等媒体…”, “被A、B采用”: where it was printed."""
    match = _OUTLETS.search(words)
    names = re.split("[、和]", match["a"] or match["b"]) if match else []
    return tuple(name for name in names if not _ANY_OUTLET.search(name))


def _entitled(ctx: Context, sentence: Sentence, at: int) -> tuple[str, ...]:
    """“以《…》为题，制作板面三块”: the title said before the boards."""
    said = _ENTITLED.search(ctx.text, sentence.start, at)
    return (said["title"],) if said else ()


def _media_counts(ctx: Context, start: int, end: int) -> list[Count]:
    return [c for c in within(ctx.marks.counts, start, end) if c.unit in _MEDIA_UNITS]


def _listed(ctx: Context, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a list that have their own count (“文章30余篇、短视频90余条”)."""
    parts, at = [], start
    for count in _media_counts(ctx, start, end):
        mark = ctx.text.find("、", count.end, end)
        stop = mark if mark >= 0 else end
        if count.start >= at:
            parts.append((at, stop))
            at = stop + 1
    return parts


def _contest_end(sentence: Sentence, end: int) -> int:
    """A contest is told with what was sent in, in the clause after it."""
    return next((c.end for c in sentence.clauses if c.start >= end), end)
