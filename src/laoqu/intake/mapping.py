"""A fact of a text → the register it belongs to, and what its form would be filled with."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from laoqu_engines.reader import Fact
from laoqu_engines.values.money import wan_yuan
from laoqu_engines.values.period import Period

Data = dict[str, str]


@dataclass
class Proposed:
    """One row to propose: register, form fields, what the reader said, and the span read.

    `key` is the reader's name of the fact and `belongs_to` that of the fact it lies within.
    """

    register: str
    data: Data
    reading: dict[str, object]
    span: tuple[int, int]
    key: str = ""
    belongs_to: str = ""


@dataclass(frozen=True)
class Writer:
    """Who speaks: “我们” and the short names of the office mean `name`."""

    name: str
    selves: frozenset[str] = field(
        default=frozenset({"我们", "我会", "本会", "会里", "市老促会", "县老促会", "区老促会"})
    )

    def named(self, body: str | None) -> str:
        """The body as the ledger calls it; the writer itself by its own name."""
        return self.name if body in self.selves else body or ""


STAGES = {
    "planned": "planned",
    "pledged": "pledged",
    "allocated": "allocated",
    "disbursed": "paid",
}
PAID_OUT = (("到位", "arrived"), ("支付", "spent"), ("支出", "spent"))
"""What else the words of a sum paid out may say of it."""
BODY_FIELD = {
    "contributions": "funder",
    "recommendations": "proposer",
    "awards": "receiver",
    "subscriptions": "subscriber",
}
DATE_FIELD = {"contributions": "given_on", "recommendations": "made_on", "awards": "awarded_on"}
BELONGS_FIELD = {"contributions": "part_of", "recommendations": "survey"}
"""The form field that names the row another one lies within, by register."""

OCCASION = re.compile(r"(春节|元旦|元宵|端午|中秋|国庆|重阳|“?七一”?|“?八一”?)")
VISIT = re.compile(r"(送温暖|走访慰问|慰问|看望|回访|验收|视察|走访)")
ABOUT = re.compile(
    r"(?:就|围绕|对|关于|开展|进行)([^，,。；：“”]{2,40}?)(?:的)?(?:专题)?(?:调研|摸底|调查)"
)
PARTNER = re.compile(
    r"(?:会同|联合|协同)([^，,。；：]{2,30}?)(?=[，,。；：]|对|就|围绕|共同|组织|开展|深入|赴|$)"
)
DOING = re.compile(r"(?:进行|开展|做)了?$")
OUTLET = re.compile(
    r"(?:网|报|报社|台|杂志|月刊|年鉴|客户端|公众号|频道|媒体|期刊|学习强国|抖音|快手)$"
)


def guess_year(facts: Iterable[Fact], fallback: int | None) -> int | None:
    """The year most facts are in. The year of a periodical is not the year it was ordered in."""
    years = Counter(int(f.date[:4]) for f in facts if f.date and f.kind != "subscription")
    return min(years, key=lambda year: (-years[year], year)) if years else fallback


def propose(facts: Iterable[Fact], writer: Writer) -> list[Proposed]:
    """The rows that the facts of a text would become, in the order of the text."""
    made: list[Proposed] = []
    survey = ""
    for fact in facts:
        register, fill = KINDS[fact.kind]
        data = _common(fact, register, writer) | fill(fact)
        proposed = Proposed(
            register, {k: v for k, v in data.items() if v}, _reading(fact, register), fact.span
        )
        proposed.key, proposed.belongs_to = fact.id, fact.part_of or ""
        if fact.kind == "survey":
            survey = fact.id
        elif fact.kind == "recommendation":
            proposed.belongs_to = survey
        made.append(proposed)
    return made


def _common(fact: Fact, register: str, writer: Writer) -> Data:
    """Year, date, body, places and count: the same words in every register."""
    period = Period.parse(fact.date) if fact.date else None
    data = {BODY_FIELD.get(register, "host"): writer.named(fact.actor)}
    if period and register != "subscriptions":
        data["year"] = str(period.year)
        if period.month:
            data[DATE_FIELD.get(register, "held_on")] = period.iso()
    if fact.count is not None:
        data["count"], data["unit"] = _plain(fact.count), fact.unit or ""
        data["approximate"] = "on" if fact.approx and fact.amount is None else ""
    return data


def _plain(number: int | Decimal) -> str:
    return f"{number:f}" if number % 1 else str(int(number))


def _places(fact: Fact) -> Data:
    names = "、".join(dict.fromkeys(place.text for place in fact.places))
    if not names:
        return {}
    return {
        "places": names + ("等" if fact.open_list else ""),
        "open_list": "on" if fact.open_list else "",
    }


def _location(fact: Fact) -> Data:
    """Places outside the county stay words."""
    names = "、".join(dict.fromkeys(place.text for place in fact.places))
    return {"location": names + ("等" if names and fact.open_list else "")}


def _contribution(fact: Fact) -> Data:
    data = _places(fact) | {
        "kind": fact.kind,
        "works": "\n".join(fact.works or fact.items),
        "stage": _stage(fact),
        "broker": fact.broker or "",
    }
    if fact.payer:
        data["funder"] = fact.payer
    if fact.amount is not None:
        data["amount"] = wan_yuan(fact.amount)
        data["approximate"] = "on" if fact.approx and _about(fact) else ""
    if fact.approx and fact.count is not None and not _about(fact):
        data["count_approximate"] = "on"
    return data


def _stage(fact: Fact) -> str:
    """拨付、到位 and 支出 are not the same, and the reader has one word for them."""
    stage = STAGES.get(fact.status or "", "stated")
    said = (name for word, name in PAID_OUT if word in fact.text)
    return next(said, stage) if stage == "paid" else stage


def _about(fact: Fact) -> bool:
    """Whether it is the amount that is vague, rather than the count beside it."""
    if fact.count is None:
        return True
    written = fact.amount_as_written or ""
    before = fact.text[max(fact.text.find(written) - 2, 0) : fact.text.find(written)]
    return bool(re.search(r"[余多约近几]|左右", before[-1:] + written))


def _visit(fact: Fact) -> Data:
    occasion, deed = OCCASION.search(fact.text), VISIT.search(fact.text)
    name = (occasion[0] if occasion else "") + (deed[0] if deed else "走访慰问")
    return _places(fact) | {"name": name, "goods": "\n".join(fact.items)}


def _performance(fact: Fact) -> Data:
    kind = "送电影下乡" if "电影" in fact.text else "送戏下乡" if "戏" in fact.text else "文艺演出"
    return _places(fact) | {"name": kind, "plays": "\n".join(fact.items)}


def _training(fact: Fact) -> Data:
    away = re.search(r"瞻仰|参观|考察|赴|外出", fact.text)
    return _location(fact) | {
        "name": _first((*fact.works, *fact.items), "外出学习" if away else "培训")
    }


def _survey(fact: Fact) -> Data:
    about = ABOUT.search(fact.text)
    title = re.sub(
        r"^《(?:关于)?|(?:的(?:调研|调查)?(?:报告|论文))?》$",
        "",
        fact.items[0] if fact.items else "",
    )
    topic = (fact.works[0] if fact.works else "") or (about[1] if about else "") or title
    partner = PARTNER.search(fact.text)
    return _places(fact) | {
        "topic": DOING.sub("", topic) or "实地调研",
        "partners": partner[1] if partner else "",
        "reports": "\n".join(fact.items),
        "count": "",
        "unit": "",
    }


def _recommendation(fact: Fact) -> Data:
    return {"content": fact.items[0] if fact.items else fact.text, "count": "", "unit": ""}


def _media(fact: Fact) -> Data:
    outlets = [item for item in fact.items if OUTLET.search(item.rstrip("》")) or "杂志" in item]
    titles = [item for item in fact.items if item not in outlets]
    name = titles[0] if titles else fact.works[0] if fact.works else "宣传报道"
    return {"kind": _media_kind(fact), "name": name, "outlets": "\n".join(outlets)}


def _media_kind(fact: Fact) -> str:
    for kind, words in (
        ("board", "板面|版面|展板|展览"),
        ("video", "视频|短片|专题片|抖音"),
        ("contest", "比赛|竞赛|征文"),
        ("collection", "编印|读本|编写"),
        ("article", "报道|刊发|发表|稿件|文章|信息"),
    ):
        if re.search(words, fact.text):
            return kind
    return "other"


def _lecture(fact: Fact) -> Data:
    return _location(fact) | {
        "name": _first((*fact.works, *fact.items), "红色宣讲"),
        "forms": "\n".join(fact.items),
    }


def _subscription(fact: Fact) -> Data:
    title = re.search(r"《([^》]+)》", "".join(fact.items))
    name = title[1] if title else fact.items[0] if fact.items else ""
    return {
        "periodical": name,
        "issue_year": (fact.date or "")[:4],
        "copies": str(int(fact.count)) if fact.count is not None else "",
        "count": "",
        "unit": "",
    }


def _award(fact: Fact) -> Data:
    return {"name": _first((*fact.items, *fact.works), fact.text), "count": "", "unit": ""}


def _meeting(fact: Fact) -> Data:
    return _location(fact) | {"name": _first((*fact.items, *fact.works), "会议")}


def _first(names: tuple[str, ...], otherwise: str) -> str:
    """The first of the names, within the length of a title."""
    return (*names, otherwise)[0][:200]


KINDS: dict[str, tuple[str, Callable[[Fact], Data]]] = {
    "funding": ("contributions", _contribution),
    "donation": ("contributions", _contribution),
    "visit": ("visits", _visit),
    "performance": ("performances", _performance),
    "training": ("trainings", _training),
    "survey": ("surveys", _survey),
    "recommendation": ("recommendations", _recommendation),
    "media": ("media", _media),
    "lecture": ("lectures", _lecture),
    "subscription": ("subscriptions", _subscription),
    "award": ("awards", _award),
    "meeting": ("meetings", _meeting),
}


def _reading(fact: Fact, register: str) -> dict[str, object]:
    """What the reader said of the fields, by the names of the form."""
    fields = {
        "kind": "kind",
        "actor": BODY_FIELD.get(register, "host"),
        "amount": "amount",
        "places": "places",
        "date": "year",
    }
    rated = {
        fields.get(name, name): how
        for name, how in fact.confidence.items()
        if _matters(fact, name, register)
    }
    spans = [fact.actor_span, fact.amount_span, *(place.span for place in fact.places)]
    return {
        "rule": fact.rule,
        "sure": [name for name, how in rated.items() if how.certainty == "resolved"],
        "unsure": {name: how.why for name, how in rated.items() if how.certainty == "guessed"},
        "open": [name for name, how in rated.items() if how.certainty == "open"],
        "amount_as_written": fact.amount_as_written or "",
        "spans": [list(span) for span in spans if span],
    }


def _matters(fact: Fact, name: str, register: str) -> bool:
    """Whether a field is worth a word: an empty one only where the fact ought to say it."""
    if name == "places":
        return bool(fact.places) or register in ("contributions", "visits", "performances")
    value = {"amount": fact.amount, "date": fact.date}.get(name, True)
    return value is not None
