"""What the text has said so far: who acts, where and when (``Context``)."""

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from laoqu_engines.reader import dates as date_words
from laoqu_engines.reader import head
from laoqu_engines.reader.bodies import Body
from laoqu_engines.reader.marks import within
from laoqu_engines.reader.mentions import Date, Place
from laoqu_engines.reader.structure import Sentence
from laoqu_engines.reader.whereabouts import ACTS, ITEM_IS, Whereabouts

if TYPE_CHECKING:
    from laoqu_engines.reader.draft import Draft

_OWN = re.compile(r"^(?:我们|[我本](?:单位|中心|公司|集团|街道|支行|.)|会里)")
_OWN_REGION = re.compile(r"[我本]([县市区镇乡])")
_ASSOCIATION = re.compile(r"(?:老促会|老区建设促进会)$")
_SAME_DOER = re.compile(
    r"(?:实施|建设|责任|承办|项目)?单位(?:同上|同前)|由(?:其|该单位)(?:负责|实施)"
)
_SENT = r"选派(?=[^，。；]{0,12}(?:书记|队|组|团|员))(?:驻村|村|镇|了|的)*"
_SPEAKER = re.compile(r"(?:革命)?(?:老促会|老区建设促进会)")
_GUESTS = re.compile(
    r"(?:等|共|代表|共计|及[^，。；\d]{1,10}|干部|职工|群众|代表)*\d+(?:余|多)?[名人位][^，。；]{0,8}(?:参加|出席|到会|与会|参会|参训|受训|听|观看|陪同)"
)
_CAME = re.compile(
    "(?:[^，。；]{0,6}(?:领导|负责人|负责同志|代表|人员|同志|干部))?等?(?:参加|出席|到会|陪同)(?:了?(?:会议|活动|仪式|培训|开班))?(?:式)?$"
)
_VILLAGE_ACTS = re.compile("[^，。；]{0,12}(?:举行|召开|举办|自筹|集资|筹资|出资|众筹)")
_ALL_OF = re.compile(r"全[省市县区州](?!第|最)")
_SAYS = re.compile(r"[^，。；：]{0,6}(?:说|介绍|表示|告诉|指出|认为|谈到|讲道)")
_OFFICE = re.compile(r"副?(?:会长|局长|秘书长|县长|镇长|乡长|市长|区长|支书|书记|村支书|主任)")
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
_ATTEND = re.compile(r"到会|与会|参加(?:了)?(?:会议|座谈|活动|培训)|出席|陪同")


@dataclass(frozen=True)
class Actor:
    """Who acts. ``why`` is empty where the clause says so; a ``region`` is a weak subject."""

    name: str
    span: tuple[int, int] | None
    why: str = ""
    region: bool = False


@dataclass
class Context(Whereabouts):
    """Moves through the text sentence by sentence."""

    base_year: int | None = None
    year: int | None = None
    author: str | None = None
    actor: Actor | None = None
    topic: Actor | None = None  # the first subject of the text
    survey: "tuple[int, Draft] | None" = None
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
        self.scattered = self.is_scattered(sentences)
        self.of_association = bool(_ASSOCIATION.search(self.author or ""))

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
        item = ITEM_IS.match(self.text, sentence.start, sentence.end)
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
        self._remember(sentence)
        self.come_to(sentence)

    def _remember(self, sentence: Sentence) -> None:
        """Bodies named anywhere in the sentence may be meant later (“会里”, “该局”)."""
        for clause in sentence.clauses:
            subject = self.subject(clause.start, clause.end)
            if subject and self.text[max(0, subject.start - 1)] not in "从由向自请":
                self.seen.append(subject)
        for place in within(self.marks.places, sentence.start, sentence.end):
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
        self.go_from(sentence)

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
        body = self.subject(start, end)
        if back and (
            body is None or (body.text.startswith(back) and not body.text.startswith("单位"))
        ):
            named = self._named_before(back, start)
            if named:
                rest = body.text.removeprefix(back) if body and back != "单位" else ""
                name = named.text + rest
                return Actor(name, (named.start, named.end), f"“{back}”指前文的单位")
            if back == "他们" and self.actor:
                return self.actor
            if _OWN.match(back):
                return Actor(back, None, f"“{back}”没有写明是哪个单位")
            if self.home and back in ("该县", "该市", "该区", "全县", "全市"):
                return Actor(self.home.text, None, f"“{back}”指{self.home.text}")
        if body and _SAYS.match(self.text, body.end) and _OFFICE.fullmatch(body.text):
            return None
        if body and (officer := self._officer(body)):
            return officer
        lead = self.bodies.lead(self.text, start, end)
        if self.topic and body is None and _ALL_OF.match(self.text, lead, end):
            return Actor(self.topic.name, self.topic.span, "全文的主语")
        if body and (
            _GUESTS.match(self.text, body.end, end) or _CAME.match(self.text, body.end, end)
        ):
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
            if place.level in ("county", "city", "township") and ACTS.match(self.text, place.end):
                return Body(place.start, place.end, place.text)
            if place.level == "village" and _VILLAGE_ACTS.match(self.text, place.end):
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

    def acts(self, place: Place) -> bool:
        """Whether a place is the subject told of last (“双龙镇在三个村…”)."""
        actor = self.actor
        return bool(actor and actor.region and actor.span == (place.start, place.end))

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
