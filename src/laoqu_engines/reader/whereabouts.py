"""What the text has said so far of places: the topic, the section, the paragraph, the last list."""

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from laoqu_engines.reader.bodies import Body, BodyFinder
from laoqu_engines.reader.marks import Marks, within
from laoqu_engines.reader.mentions import Place
from laoqu_engines.reader.places import LEVELS
from laoqu_engines.reader.structure import Sentence
from laoqu_engines.values.numbers import parse_number

_SMALL = ("township", "village", "group")
ACTS = re.compile(
    r"(?:[在请带给为向派邀送办开花修建争投拨筹捐把对从共已将又还先用拿组举召获安引启新扩改走慰看调印订培宣列申]"
    r"|联合|对口|结对|利用|实施|落实|完成|整合|选派|去年|今年|每年|近年|自\d|\d{4}年|\d{1,2}月)"
    r"(?![设发]?[局区院校所部站馆委厅会])"
)
_SITE_ACTS = re.compile(
    r"(?:在|请|带|给|为|向|派|邀|送|联合|办|对口|结对|组织|召开|举|开展|把|对|共|先后|利用|申报|获|争取|投|安排|选派|实施|筹|整合|列|落实|完成|新建|修)"
)
_STAFF = re.compile(
    r"的?(?:全体)?(?:教师|老师|教职工|干部|职工|医生|医护|员工|领导|负责|党员|志愿)"
)
_WHOLE_TOWN = re.compile(r"[全该][镇乡]|[镇乡]里")
_WHEN = re.compile(r"(?:去年|今年|昨天|近日|日前|先后|分别|\d{1,2}月(?:\d{1,2}日|份)?)+")
_THERE = re.compile(
    r"[该全本此]村|村[里中内民口头庄落道集]|全[组校]|该(?:校|项目|组|社区|小学|中学)|校方|[到在为]村|这里|当地|那里|进村|驻村|上述|两村|三村|各村"
)
_THESE = re.compile(
    r"(?:这|上述|以上|该)(?P<number>[两三四五六七八九十\d]+)个?(?:老区|贫困|行政|自然)*"
    r"(?:村|社区|乡镇|镇|乡|学校|小学)|(?<![\d、])(?P<few>[两三四])(?=村(?![民级委居]))"
)
_NAMELESS = re.compile("(?:革命)?烈士陵园|纪念碑|村小学|村部")
_MEMORIAL = re.compile(
    "纪念[馆园碑亭堂塔林地]|旧址|故居|旧居|遗址|故里|陵园|烈士墓|博物馆|陈列[馆室]|展览馆|会址"
    "|教育基地|干部学院|培训中心"
)
_OLD_VILLAGES = re.compile("(?<![\\u4e00-\\u9fff]{2})老区(?:镇村|村|乡镇|群众|人民)|[帮为给]老区")
_LEVEL_OF = {
    "省": ("province",),
    "市": ("city", "county"),
    "州": ("city",),
    "县": ("county",),
    "区": ("county", "city", "province"),
}
_WHOLE_COUNTY = re.compile(r"[全我本][省市县区州]")
_FROM = re.compile(r"来自(?:[^，。；]{0,8}[、和及])*[^，。；、]{0,3}$")
_OF_PEOPLE = re.compile(r"[^，。；]{0,20}的|等")
_ITEM = re.compile(r" *(?:（[一二三四五六七八九十\d]+）|\d+[、.])")
ITEM_IS = re.compile(
    r" *(?:[一二三四五六七八九十]+是|第[一二三四五六七八九十]+[，、是]|首先|其次|再次|最后)"
)


@dataclass
class Whereabouts:
    """The places of a text as one moves through it; ``Context`` adds who acts, and when."""

    text: str
    marks: Marks
    bodies: BodyFinder
    home: Place | None = None
    places: tuple[Place, ...] = ()
    scattered: bool = False  # tells of many villages, so that the last one is no topic
    lists: deque[tuple[Place, ...]] = field(default_factory=lambda: deque(maxlen=6))
    old_area: Place | None = None  # “茅山老区”, for which 老区村 stands
    section_places: tuple[Place, ...] = ()  # named by the heading above
    list_places: tuple[Place, ...] | None = None
    beside: tuple[Place, ...] = ()  # named in the name of a body (“驻云峰村工作队”)
    beside_here: tuple[Place, ...] = ()  # the same, of this sentence
    paragraph_places: tuple[Place, ...] = ()
    town: Place | None = None
    one_town: bool = False  # names one township only
    _subjects: dict[tuple[int, int], Body | None] = field(default_factory=dict)
    of_association: bool = False
    """Whether it is an association's own report, which says its places where they matter."""

    def subject(self, start: int, end: int) -> Body | None:
        """The body with which a clause begins; asked for many times, found once."""
        span = (start, end)
        if span not in self._subjects:
            self._subjects[span] = self.bodies.subject(self.text, start, end)
        return self._subjects[span]

    def is_scattered(self, sentences: Sequence[Sentence]) -> bool:
        """Whether at least two small places are named beside those with which the text begins."""
        self.one_town = len({p.name for p in self.marks.places if p.level == "township"}) == 1
        small = [p for p in self.marks.places if p.level in ("township", "village", "site")]
        if not small:
            return False
        end = next(s.end for s in sentences if small[0].start < s.end)
        first = {p.name for p in small if p.start < end}
        names = {p.name for p in small} - first
        others = [name for name in names if not any(name.endswith(n) for n in first)]
        return len(others) > 1 or (len(others) == 1 and len(first) > 1)

    def come_to(self, sentence: Sentence) -> None:
        """Before the facts of a sentence are read."""
        if sentence.first or ITEM_IS.match(self.text, sentence.start, sentence.end):
            self.paragraph_places = ()
        if sentence.heading:
            named = self.finest(self.places_in(sentence.start, sentence.end))
            self.section_places = named if len(named) == 1 and named[0].level in _SMALL else ()
        inside = within(self.marks.places, sentence.start, sentence.end)
        doer = self.subject(sentence.start, sentence.end)
        until = doer.end if doer else 0
        self.beside_here = self.finest(
            [p for p in inside if p.level in _SMALL and (self._in_body(p) or p.end < until)]
        )
        self.beside = self.beside_here or self.beside
        self.old_area = next((p for p in inside if p.level == "area"), self.old_area)
        self.town = next((p for p in reversed(inside) if p.level == "township"), self.town)
        if sentence.first:
            marked = _ITEM.match(self.text, sentence.start, sentence.end)
            if not marked:
                self.list_places = None
            elif self.list_places is None:
                self.list_places = self.places

    def go_from(self, sentence: Sentence) -> None:
        """After the facts of a sentence were read."""
        finest = self.finest(self.places_in(sentence.start, sentence.end))
        if not finest and not self.places:  # “驻云峰村工作队”
            finest = self.beside[:1]
        if self.places and finest and finest[0].level == "group":
            finest = ()  # a part of the village told of
        self.paragraph_places = finest or self.paragraph_places
        if finest and finest[0].level not in ("province", "city", "county"):
            self.lists.append(finest)
        distinct = {p.name for p in finest}
        passing = finest and finest[0].level == "site" and _MEMORIAL.search(finest[0].text)
        if passing and self.places:
            return
        if finest and len(distinct) == 1 and not sentence.heading:
            self.places = finest[:1]
        elif finest and not self.places:
            self.places = tuple(finest)

    def whole(self, start: int, end: int) -> tuple[Place, ...] | None:
        """“全镇”, “该乡”: the town named last; “全县”: the county; None where nothing is said."""
        if self.town and _WHOLE_TOWN.search(self.text, start, end):
            return (self.town,)
        if self.old_area and _OLD_VILLAGES.search(self.text, start, end):
            return (self.old_area,)
        said = _WHOLE_COUNTY.search(self.text, start, end)
        if said is None or self.of_association:
            return None
        home = self._home()
        return home if home and home[0].level in _LEVEL_OF[said[0][1]] else ()

    def places_in(self, start: int, end: int) -> list[Place]:
        """The places named in a passage that are not part of a body's name."""
        found = within(self.marks.places, start, end)
        found = [p for p in found if p.level != "area"]
        return [p for p in found if not self._in_body(p) and not self._origin(p)]

    def _origin(self, place: Place) -> bool:
        """“来自A县、B县的86名干部”: where people come from is not where it happened."""
        before = self.text[max(0, place.start - 30) : place.start]
        return bool(_FROM.search(before)) and bool(_OF_PEOPLE.match(self.text, place.end))

    def acts(self, place: Place) -> bool:
        """Whether a place is itself the subject told of last."""
        return False

    def _in_body(self, place: Place) -> bool:
        if place.level == "site":
            return self.text[place.start - 1 : place.start] == "请" or self._site_acts(place)
        if self.acts(place):
            return True
        body = self.bodies.at(self.text, place.start, min(len(self.text), place.end + 24))
        if body is None or body.end <= place.end:
            return False
        if place.level == "village" and self.text.startswith("的", place.end):
            return False  # “南大留村的剧团”
        return place.level != "village" or body.end - place.end <= 4

    def _site_acts(self, place: Place) -> bool:
        """“镇卫生院请专家…”: the site is the subject, not the place."""
        floor = max(0, place.start - 60)
        before = max(self.text.rfind(mark, floor, place.start) for mark in "，。；：\n") + 1
        at = self.bodies.lead(self.text, before, place.start)
        when = _WHEN.match(self.text, place.end)
        after = _SITE_ACTS.match(self.text, when.end() if when else place.end) or _STAFF.match(
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
        villages = {p.end for p in places if p.level == "village"}
        for place, level in zip(places, rank, strict=True):
            nameless = bool(villages) and _NAMELESS.match(place.text)
            if place.level == "site" and (place.start - 1 in villages or nameless):
                continue  # “京口村的…旧址” is that village
            if level == max(rank) and not any(k.endswith(place.text) for k in kept):
                kept[place.text] = place
        return tuple(kept.values())

    def inherited(self, start: int, end: int, *, apart: bool = False) -> tuple[Place, ...]:
        """Where, when ``[start, end)`` does not say: the place told of last, else the county.

        In a text about many villages a passage with a subject of its own (``apart``), or in
        another paragraph, is about the last one only if it says so (该村, 村里).
        """
        if these := self._these(start, end):
            return these
        if self.scattered and self.beside_here:
            return self.beside_here[:1]
        if self.scattered and not self.there(start, end):
            here = () if apart else self.paragraph_places
            if len(here) > 1:  # a list is past with its sentence; the one town stays
                stays = self.one_town and self.places and self.places[0].level == "township"
                here = self.places if stays else ()
            return here or self.section_places or self._home()
        if self.list_places is not None:
            return self.paragraph_places or self.list_places or self._home()
        here = self.paragraph_places if len(self.paragraph_places) == 1 else ()
        return here or self.places or self.beside or self._home()

    def there(self, start: int, end: int) -> bool:
        """Whether a passage points back to a place (该村, 村里, 这里)."""
        return bool(_THERE.search(self.text, start, end))

    def _these(self, start: int, end: int) -> tuple[Place, ...]:
        """“这4个村”, “两村”: the last list of so many places, or the last ones one by one."""
        said = _THESE.search(self.text, start, end)
        number = parse_number(said["number"] or said["few"]) if said else None
        if number is None:
            return ()
        wanted = int(number.value)
        for told in reversed(self.lists):
            if len(told) == wanted:
                return told
        singles = list(dict.fromkeys(p for told in self.lists for p in told))[-wanted:]
        return tuple(singles) if len(singles) == wanted else ()

    def at_home(self) -> tuple[Place, ...]:
        """The county, city or province that the text is about."""
        return self._home()

    def _home(self) -> tuple[Place, ...]:
        return (self.home,) if self.home else ()
