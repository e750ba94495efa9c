"""What the text has said so far: who acts, where and when (``Context``)."""

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from laoqu_engines.reader import dates as date_words
from laoqu_engines.reader import head
from laoqu_engines.reader.bodies import Body, BodyFinder
from laoqu_engines.reader.marks import Marks, within
from laoqu_engines.reader.mentions import Date, Place
from laoqu_engines.reader.places import LEVELS
from laoqu_engines.reader.structure import Sentence

if TYPE_CHECKING:
    from laoqu_engines.reader.draft import Draft

_OWN = re.compile(r"^(?:我们|[我本](?:单位|中心|公司|集团|街道|支行|.)|会里)")
_OWN_REGION = re.compile(r"[我本]([县市区镇乡])")
_ASSOCIATION = re.compile(r"(?:老促会|老区建设促进会)$")
_SAME_DOER = re.compile(
    r"(?:实施|建设|责任|承办|项目)?单位(?:同上|同前)|由(?:其|该单位)(?:负责|实施)"
)
_SENT = r"选派(?=[^，。；]{0,12}(?:书记|队|组|团|员))(?:驻村|村|镇|了|的)*"
_SMALL = ("township", "village", "group")
_ACTS = re.compile(
    r"(?:在|请|带|给|为|向|派|邀|送|联合|办|对口|结对|组织|召开|举|开展|把|对|共|先后|利用|申报|获|争取|投|安排|选派|实施|筹|整合|列|落实|完成|新建|修)"
)
_STAFF = re.compile(
    r"的?(?:全体)?(?:教师|老师|教职工|干部|职工|医生|医护|员工|领导|负责|党员|志愿)"
)
_SPEAKER = re.compile(r"(?:革命)?(?:老促会|老区建设促进会)")
_WHOLE_TOWN = re.compile(r"[全该][镇乡]|[镇乡]里")
_THERE = re.compile(
    r"[该全本此]村|村[里中内民口头庄落道集]|全[组校]|该(?:校|项目|组|社区|小学|中学)|校方|这里|当地|那里|进村|驻村|上述|两村|三村|各村"
)
_WHEN = re.compile(r"(?:去年|今年|昨天|近日|日前|先后|分别|\d{1,2}月(?:\d{1,2}日|份)?)+")
_GUESTS = re.compile(
    r"(?:等|共|代表|共计|及[^，。；\d]{1,10}|干部|职工|群众|代表)*\d+(?:余|多)?[名人位][^，。；]{0,8}(?:参加|出席|到会|与会|参会|参训|受训|听|观看|陪同)"
)
_LEVEL_OF = {
    "省": ("province",),
    "市": ("city", "county"),
    "州": ("city",),
    "县": ("county",),
    "区": ("county", "city", "province"),
}
_ALL_OF = re.compile(r"全[省市县区州](?!第|最)")
_WHOLE_COUNTY = re.compile(r"[全我本][省市县区州]")
_SAYS = re.compile(r"[^，。；：]{0,6}(?:说|介绍|表示|告诉|指出|认为|谈到|讲道)")
_OFFICE = re.compile(r"副?(?:会长|局长|秘书长|县长|镇长|乡长|市长|区长|支书|书记|村支书|主任)")
_ITEM_IS = re.compile(
    r" *(?:[一二三四五六七八九十]+是|第[一二三四五六七八九十]+[，、是]|首先|其次|再次|最后)"
)
_ITEM = re.compile(r" *(?:（[一二三四五六七八九十\d]+）|\d+[、.])")
_HEADS = {
    "局长": "局",
    "部长": "部",
    "会长": "会",
    "院长": "院",
    "校长": "校",
    "站长": "站",
    "所长": "所",
    "经理": "公司",
    "总经理": "公司",
    "董事长": "公司",
    "秘书长": "会",
}
_FROM = re.compile(r"来自(?:[^，。；]{0,8}[、和及])*[^，。；、]{0,3}$")
_OF_PEOPLE = re.compile(r"[^，。；]{0,20}的|等")
_ATTEND = re.compile(r"到会|与会|参加(?:了)?(?:会议|座谈|活动|培训)|出席|陪同")


@dataclass(frozen=True)
class Actor:
    """Who acts. ``why`` is empty where the clause says so; a ``region`` is a weak subject."""

    name: str
    span: tuple[int, int] | None
    why: str = ""
    region: bool = False


@dataclass
class Context:
    """Moves through the text sentence by sentence."""

    text: str
    marks: Marks
    bodies: BodyFinder
    base_year: int | None = None
    year: int | None = None
    author: str | None = None
    actor: Actor | None = None
    topic: Actor | None = None  # the first subject of the text
    home: Place | None = None
    places: tuple[Place, ...] = ()
    scattered: bool = False  # tells of many villages, so that the last one is no topic
    section_places: tuple[Place, ...] = ()  # named by the heading above
    list_places: tuple[Place, ...] | None = None
    beside: tuple[Place, ...] = ()  # named in the name of a body (“驻云峰村工作队”)
    beside_here: tuple[Place, ...] = ()  # the same, of this sentence
    paragraph_places: tuple[Place, ...] = ()
    survey: "tuple[int, Draft] | None" = None
    town: Place | None = None
    ordered: "tuple[int, Draft] | None" = None  # the last periodical, and its paragraph
    told: tuple[str, int] | None = None  # the last activity, and its paragraph
    seen: deque[Body] = field(default_factory=lambda: deque(maxlen=50))

    def open(self, sentences: Sequence[Sentence]) -> None:
        """Takes year, author and county from the head of the document."""
        full = [d for d in self.marks.dates if d.year]
        headed = [d for d in full if d.month and d.start < 300]
        self.base_year = (headed or full)[0].year if full else None
        self.year = self.base_year
        self.author = head.author(self.text, self.marks, self.bodies)
        self.home = head.home(self.text, self.marks, self.author)
        self.scattered = self._scattered(sentences)

    @property
    def of_association(self) -> bool:
        """Whether it is an association's own report, which says its places where they matter."""
        return bool(self.author) and bool(_ASSOCIATION.search(self.author or ""))

    def _scattered(self, sentences: Sequence[Sentence]) -> bool:
        """Whether at least two small places are named beside those with which the text begins."""
        small = [p for p in self.marks.places if p.level in (*_SMALL, "site")]
        if not small:
            return False
        end = next(s.end for s in sentences if small[0].start < s.end)
        first = [p.name for p in small if p.start < end]
        others = {p.name for p in small if not any(p.name.endswith(n) for n in first)}
        return len(others) > (0 if len(set(first)) > 2 else 1)

    def speaker(self) -> Actor | None:
        """The one association that a text names, where no subject is ever said."""
        found = {
            p.text + m[0]
            for p in self.marks.places
            if p.level in ("city", "county") and (m := _SPEAKER.match(self.text, p.end))
        }
        return Actor(found.pop(), None, "全文只提到这个单位") if len(found) == 1 else None

    def county(self) -> Actor | None:
        """The county that a text is about, where it names nobody who acts."""
        home = self.home
        return Actor(home.text, (home.start, home.end), "没有写明是谁，按所在地") if home else None

    def enter(self, sentence: Sentence) -> None:
        """Before the facts of a sentence are read."""
        item = _ITEM_IS.match(self.text, sentence.start, sentence.end)
        if sentence.first or item:
            self.paragraph_places = ()
        if sentence.heading:
            named = self.finest(self.places_in(sentence.start, sentence.end))
            self.section_places = named if len(named) == 1 and named[0].level in _SMALL else ()
        if (sentence.first or item) and self.author:
            self.actor = Actor(self.author, None, "本报告的单位")
        elif sentence.first and self.topic and _ASSOCIATION.search(self.topic.name):
            self.actor = Actor(self.topic.name, self.topic.span, "全文的主语")
        for date in within(self.marks.dates, sentence.start, sentence.end):
            if self._names_issue(date):
                continue
            if date.year:
                self.year = date.year
                self.base_year = self.base_year or date.year
            elif date.year_shift is not None and self.base_year:
                self.year = self.base_year + date.year_shift
        inside = within(self.marks.places, sentence.start, sentence.end)
        self.beside_here = self.finest(
            [p for p in inside if p.level in _SMALL and self._in_body(p)]
        )
        self.beside = self.beside_here or self.beside
        self._remember(sentence, inside)
        self.town = next((p for p in reversed(inside) if p.level == "township"), self.town)
        if sentence.first:
            marked = _ITEM.match(self.text, sentence.start, sentence.end)
            if not marked:
                self.list_places = None
            elif self.list_places is None:
                self.list_places = self.places

    def _remember(self, sentence: Sentence, places: Sequence[Place]) -> None:
        """Bodies named anywhere in the sentence may be meant later (“会里”, “该局”)."""
        for clause in sentence.clauses:
            subject = self.bodies.subject(self.text, clause.start, clause.end)
            if subject and self.text[max(0, subject.start - 1)] not in "从由向自请":
                self.seen.append(subject)
        for place in places:
            if place.level in ("province", "city", "county", "township"):
                body = self.bodies.at(self.text, place.start, min(sentence.end, place.end + 24))
                if body and body.end > place.end:
                    self.seen.append(body)

    def _names_issue(self, date: Date) -> bool:
        """“2025年《…》” is the year of a periodical, not of what is told."""
        return self.text[date.end : date.end + 1] == "《"

    def leave(self, sentence: Sentence) -> None:
        """After the facts of a sentence were read."""
        parts = self.text.find("其中", sentence.start, sentence.end)
        for clause in sentence.clauses:
            if 0 <= parts <= clause.start:
                break  # who gave a part is not who the text goes on with
            if _ATTEND.search(self.text, clause.start, clause.end):
                continue
            said = self.actor_in(clause.start, clause.end)
            if said and not (said.region and self.actor):
                self.actor = said
                self.topic = self.topic or said
        finest = self.finest(self.places_in(sentence.start, sentence.end))
        if not finest and not self.places:  # “驻云峰村工作队”
            finest = self.beside[:1]
        self.paragraph_places = finest or self.paragraph_places
        distinct = {p.name for p in finest}
        if finest and len(distinct) == 1 and not sentence.heading:
            self.places = finest[:1]
        elif finest and not self.places:
            self.places = tuple(finest)

    def whole(self, start: int, end: int) -> tuple[Place, ...] | None:
        """“全镇”, “该乡”: the town named last; “全县”: the county; None where nothing is said."""
        if self.town and _WHOLE_TOWN.search(self.text, start, end):
            return (self.town,)
        said = _WHOLE_COUNTY.search(self.text, start, end)
        if said is None or self.of_association:
            return None
        home = self._home()
        return home if home and home[0].level in _LEVEL_OF[said[0][1]] else ()

    # who
    def actor_in(self, start: int, end: int) -> Actor | None:
        """The subject of one clause, or what 我们, 该局, 局里 stands for."""
        back = self.bodies.refers_back(self.text, start, end)
        ours = _OWN_REGION.match(back) if back else None
        if ours and self.home and self.home.text.endswith(ours[1]):
            return Actor(self.home.text, None, f"“{back}”指{self.home.text}", region=True)
        if back and _OWN.match(back) and self.author and not ours:
            return Actor(self.author, None, f"“{back}”指本报告的单位")
        if sent := self.bodies.after(_SENT, self.text, start, end):
            return Actor(sent.text, (sent.start, sent.end))
        body = self.bodies.subject(self.text, start, end)
        if back and (
            body is None or (body.text.startswith(back) and not body.text.startswith("单位"))
        ):
            named = self._named_before(back, start)
            if named:
                rest = body.text.removeprefix(back) if body and back != "单位" else ""
                name = named.text + rest
                return Actor(name, (named.start, named.end), f"“{back}”指前文的单位")
            if _OWN.match(back):
                return Actor(back, None, f"“{back}”没有写明是哪个单位")
            if self.home and back in ("该县", "该市", "该区", "县里", "市里", "全县", "全市"):
                return Actor(self.home.text, None, f"“{back}”指{self.home.text}")
        if body and _SAYS.match(self.text, body.end) and _OFFICE.fullmatch(body.text):
            return None
        if body and (officer := self._officer(body)):
            return officer
        lead = self.bodies.lead(self.text, start, end)
        if self.topic and body is None and _ALL_OF.match(self.text, lead, end):
            return Actor(self.topic.name, self.topic.span, "全文的主语")
        if body and _GUESTS.match(self.text, body.end, end):
            return None
        if body is None:
            region = self._region(start, end)
            return Actor(region.text, (region.start, region.end), region=True) if region else None
        self.seen.append(body)
        return Actor(body.text, (body.start, body.end))

    def _officer(self, body: Body) -> Actor | None:
        """“局长带着6名干部…”: the head of the bureau named before."""
        kind = _HEADS.get(body.text)
        named = self._named_before(kind, body.start) if kind else None
        if named is None:
            return None
        why = f"“{body.text}”指前文的单位"
        return Actor(named.text + body.text, (named.start, named.end), why)

    def _region(self, start: int, end: int) -> Body | None:
        """A town or county that acts (“双龙镇在三个村办起夜校”)."""
        at = self.bodies.lead(self.text, start, end)
        for place in within(self.marks.places, at, at + 1):
            if place.level in ("county", "city", "township") and _ACTS.match(self.text, place.end):
                return Body(place.start, place.end, place.text)
            if place.level == "site" and self._site_acts(place):
                return Body(place.start, place.end, place.text)
        return self.bodies.group(self.text, at, end)

    def _named_before(self, back: str, at: int) -> Body | None:
        """The last body named before ``at`` that a short name may stand for."""
        seen = [body for body in reversed(self.seen) if body.start < at]
        kind = back.strip("该我本里").removesuffix("机关")
        if back.startswith(("两家", "三家", "几家", "双方")):
            return next((b for b in seen if re.search("[与和、]", b.text)), None)
        if kind in ("他们", "们", "单位", ""):
            return seen[0] if seen else None
        return next((b for b in seen if b.text.endswith(kind) and len(b.text) > 3), None)

    def same_doer(self, start: int, end: int) -> bool:
        return bool(_SAME_DOER.search(self.text, start, end))

    # where
    def places_in(self, start: int, end: int) -> list[Place]:
        """The places named in a passage that are not part of a body's name."""
        found = within(self.marks.places, start, end)
        return [p for p in found if not self._in_body(p) and not self._origin(p)]

    def _origin(self, place: Place) -> bool:
        """“来自A县、B县的86名干部”: where people come from is not where it happened."""
        before = self.text[max(0, place.start - 30) : place.start]
        return bool(_FROM.search(before)) and bool(_OF_PEOPLE.match(self.text, place.end))

    def _in_body(self, place: Place) -> bool:
        if place.level == "site":
            return self.text[place.start - 1 : place.start] == "请" or self._site_acts(place)
        if self.actor and self.actor.region and self.actor.span == (place.start, place.end):
            return True
        body = self.bodies.at(self.text, place.start, min(len(self.text), place.end + 24))
        if body is None or body.end <= place.end:
            return False
        return place.level != "village" or body.end - place.end <= 4

    def _site_acts(self, place: Place) -> bool:
        """“镇卫生院请专家…”: the site is the subject, not the place."""
        floor = max(0, place.start - 60)
        before = max(self.text.rfind(mark, floor, place.start) for mark in "，。；：\n") + 1
        at = self.bodies.lead(self.text, before, place.start)
        when = _WHEN.match(self.text, place.end)
        after = _ACTS.match(self.text, when.end() if when else place.end) or _STAFF.match(
            self.text, place.end
        )
        return at == place.start and bool(after)

    def finest(self, places: Sequence[Place]) -> tuple[Place, ...]:
        """Only the smallest divisions named; sites count as villages."""
        if not places:
            return ()
        village = LEVELS.index("village")
        rank = [min(LEVELS.index(p.level), village) for p in places]
        kept: dict[str, Place] = {}
        for place, level in zip(places, rank, strict=True):
            if level == max(rank) and not any(k.endswith(place.text) for k in kept):
                kept[place.text] = place
        return tuple(kept.values())

    def inherited(self, start: int, end: int, *, apart: bool = False) -> tuple[Place, ...]:
        """Where, when ``[start, end)`` does not say: the place told of last, else the county.

        In a text about many villages a passage with a subject of its own (``apart``), or in
        another paragraph, is about the last one only if it says so (该村, 村里).
        """
        if self.scattered and self.beside_here:
            return self.beside_here[:1]
        if self.scattered and not _THERE.search(self.text, start, end):
            here = () if apart else self.paragraph_places
            if len(here) > 1 and self.places and self.places[0].level == "township":
                here = self.places
            return here or self.section_places or self._home()
        if self.list_places is not None:
            return self.paragraph_places or self.list_places or self._home()
        return self.places or self.beside or self._home()

    def at_home(self) -> tuple[Place, ...]:
        """The county, city or province that the text is about."""
        return self._home()

    def _home(self) -> tuple[Place, ...]:
        return (self.home,) if self.home else ()

    # when
    def date(self, sentence_start: int, start: int, end: int) -> str | None:
        """ISO date of a passage: its own, else the last one before it in the sentence."""
        return (
            self._date_in(start, end, last=False)
            or self._date_in(sentence_start, start, last=True)
            or (str(self.year) if self.year else None)
        )

    def _date_in(self, start: int, end: int, *, last: bool) -> str | None:
        dates = within(self.marks.dates, start, end)
        for date in reversed(dates) if last else dates:
            year = date.year
            if year is None and date.year_shift is not None and self.base_year:
                year = self.base_year + date.year_shift
            year = year or self.year
            if year:
                return date_words.iso(year, date.month, date.day)
        return None
