"""Meetings held and attended, and who came to them."""

import re
from collections.abc import Sequence

from laoqu_engines.reader.activities import actor_of, states, visited_body
from laoqu_engines.reader.context import Actor, Context
from laoqu_engines.reader.draft import Draft
from laoqu_engines.reader.marks import within
from laoqu_engines.reader.mentions import Place
from laoqu_engines.reader.structure import Sentence
from laoqu_engines.reader.works import leading

_MEETING_NAME = (
    r"(?:会议|座谈会|推进会|大会|年会|研讨会|现场会|交流会|调度会|动员会|总结会|表彰会|理事会|常务会|例会|论坛|"
    r"(?:通讯员|联络员|院坝|屋场|户主|群众|村民|党员|代表|碰头|短|院落|见面|通气|协商|议事|评议|报告|庆功)会|(?:讲评|评议|务虚|交接|对账|调研|答谢|恳谈|发放|颁奖|见面|欢送|说明|观摩|对接|协调|评比|表彰|交流|总结)会|启动仪式|揭牌仪式|捐赠仪式|交接仪式|开工仪式|仪式|恳谈会|联席会|碰头会|通报会|茶话会|全会|纪念会|发布会|办公会|协作会|汇报会|评审会|部署会|推介会|洽谈会|首发式|首映式|揭幕式)"
)
_LECTURE = re.compile(
    "(?:精神|事迹|形势|传统|专题|宣讲|故事|历史|党史|英模|教育)[^，。；]{0,6}报告会|宣讲会|故事会"
)
_BY = re.compile(r"由(?P<who>[^。；]{2,40}?)(?:联合|共同)?(?:主办|举办|承办|发起|组织(?!部|办))")
_NAMED = re.compile(_MEETING_NAME)
_MEETING = re.compile(
    rf"(?:(?<!今天)召开|举行|举办|主办|承办|合办|联办|搞(?=了?“)|组织(?=(?:了|过)?(?:“[^“”]{{1,40}}”|[^，。；、：“]){{0,24}}(?:仪式|座谈会|大会|报告会))|(?<![举主承合联创开交])办(?=(?:了|过)?[^，。；、：]{{0,16}}{_MEETING_NAME})|(?<![召离公展])开(?![展发通工设放办始辟创拓挖])(?=(?:了|过)?[^，。；、：]{{0,16}}{_MEETING_NAME}))(?:了|的|过)?(?P<name>(?:“[^“”]{{1,40}}”|（[^（）]{{0,16}}）|[^，。；、：（“]){{0,40}}?{_MEETING_NAME})(?!上|的经验|精神)"
)
_ATTENDED = re.compile(
    rf"(?:出席|参加|列席)(?:了)?(?P<name>[^，。；、：]{{2,40}}?{_MEETING_NAME})(?!上|的经验|的有|精神|人员)"
)
_PASSIVE = re.compile(
    rf"(?P<name>[^，。；、：]{{2,40}}?{_MEETING_NAME})(?:[于在][^，。；]{{2,24}}?)?(?:\d[\d月日上下午晚至到-]{{0,14}})?在(?P<place>[^，。；]{{1,16}}?)(?:隆重|顺利|成功|如期)?(?:召开|举行|举办|开会|开幕|闭幕|落幕|开(?=[，了]|$))"
    rf"|(?P<name3>(?![这本此该上])[^，。；、：]{{2,40}}?{_MEETING_NAME})(?:[于]?\d[\d月日上下午晚至到-]{{0,14}})?(?:隆重|顺利|成功|如期)?(?:召开|举行|举办|开过|开了|开幕|闭幕|落幕|听取|有\d+(?:余|多)?人)"
    rf"|(?P<name2>[^，。；、：]{{0,40}}?{_MEETING_NAME})(?:放|设|安排|办)在(?P<place2>[^，。；]{{2,16}})"
)
_LISTENED = re.compile(r"\d[余多]?名学员|听课|参训|参加(?:了)?培训|受训|到课")
_ATTENDANCE = re.compile(
    r"^(?:参加会议|出席会议|与会|参会)|\d+(?:余|多)?[人名位](?:[^，。；]{0,12})(?:到会|参会|出席|参加|与会)(?:了?会议|了?仪式)?$"
    r"|(?:到会|参会|与会|出席)[^，。；]{0,6}\d+(?:余|多)?人"
)


def meetings(ctx: Context, sentence: Sentence) -> list[Draft]:
    """Meetings held (“在Y召开了Z会议”) and attended."""
    text = ctx.text
    drafts: list[Draft] = []
    if not states(ctx, sentence):
        return drafts
    passage = text[sentence.start : sentence.end]
    at = sentence.start
    probing = re.search(r"调研|走访|慰问|摸清|摸底", passage)
    for match in _meeting_words(passage):
        if probing and re.fullmatch(
            r"(?:了)?(?:[\d一二两三四五六七八九十多余]+[场次个])?.{0,2}(?:座谈会|会议|恳谈会)",
            next(filter(None, match.groupdict().values()), ""),
        ):
            continue
        if _LECTURE.search(match[0]):
            continue
        start, end = sentence.start + match.start(), sentence.start + match.end()
        from_ = max([at, *(c.start for c in sentence.clauses if c.start <= start)][-1], at)
        draft = Draft("meeting", from_, end, "meeting held")
        draft.items = ((next(filter(None, match.groupdict().values()), "")).lstrip("了的"),)
        draft.actor = (
            _held_by(ctx, end, sentence.end)
            or _host(ctx, from_, start)
            or actor_of(ctx, sentence, from_, end)
        )
        places = ctx.places_in(from_, end)
        draft.places = (
            ctx.finest(places[-1:])
            or visited_body(ctx, from_, start)
            or _said_where(match, sentence.start)
            or (ctx.paragraph_places if "仪式" in match[0] else ())
            or (() if ctx.of_association else ctx.at_home())
        )
        people = within(ctx.marks.counts, from_, sentence.end)
        lead = leading([c for c in people if c.unit in ("人", "名", "位", "人次")])
        lead = lead or leading([c for c in people if c.start == end and c.unit in "次场"])
        if lead:
            draft.count, draft.unit = lead.value, lead.unit
        draft.date = ctx.date(sentence.start, from_, end)
        drafts.append(draft)
        at = end + (text[end : end + 1] == "、")
    return drafts


def _said_where(match: re.Match[str], shift: int) -> tuple[Place, ...]:
    """“…研讨会在延安大学开幕”: a place that no ending shows, by where it stands."""
    name = match.groupdict().get("place") or ""
    if not re.fullmatch(r"[\u4e00-\u9fff]{2,12}", name):
        return ()
    start = shift + match.start("place")
    return (Place(start, start + len(name), name, "site", name),)


def _meeting_words(passage: str) -> list[re.Match[str]]:
    """“X会议在Y召开”, “召开了X会议”, else “出席X会议”."""
    if not _NAMED.search(passage):
        return []
    for pattern in (_PASSIVE, _MEETING, _ATTENDED):
        if found := list(pattern.finditer(passage)):
            return found
    return []


def _host(ctx: Context, start: int, end: int) -> Actor | None:
    body = ctx.bodies.after("出席了?|参加了?", ctx.text, start, end) or ctx.bodies.at(
        ctx.text, start, end
    )
    return Actor(body.text, (body.start, body.end)) if body else None


def _held_by(ctx: Context, start: int, end: int) -> Actor | None:
    """“…仪式在A举行，由X、Y主办”."""
    said = _BY.search(ctx.text, start, end)
    body = ctx.bodies.at(ctx.text, said.start("who"), said.end("who")) if said else None
    return Actor(body.text, (body.start, body.end)) if body else None


def extend_training(ctx: Context, sentence: Sentence, last: Draft | None) -> None:
    """“…名种养大户听课” in the next sentence belongs to the training before."""
    if (
        last
        and last.kind == "training"
        and _LISTENED.search(ctx.text, sentence.start, sentence.end)
    ):
        people = [
            c
            for c in within(ctx.marks.counts, sentence.start, sentence.end)
            if c.unit in ("名", "人", "人次")
        ]
        if people and last.unit not in ("名", "人", "人次"):
            last.end = sentence.end
            last.count, last.unit, last.approx = people[0].value, people[0].unit, people[0].approx


def extend_attendance(ctx: Context, sentence: Sentence, drafts: Sequence[Draft]) -> None:
    """“参加会议的有…”, “…70余人参加” belongs to the meeting told before in the paragraph."""
    last = next((d for d in reversed(drafts) if d.kind == "meeting"), None)
    if last is None or not _ATTENDANCE.search(ctx.text[sentence.start : sentence.end]):
        return
    follows = last is drafts[-1] or last.paragraph == sentence.paragraph
    if follows:
        last.end = max(last.end, sentence.end) if last is drafts[-1] else last.end
        lead = leading(within(ctx.marks.counts, sentence.start, sentence.end), "")
        if lead and last.count is None:
            last.count, last.unit = lead.value, lead.unit
