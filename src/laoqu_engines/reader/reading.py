"""The public entry: ``read``, which runs the stages one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from laoqu_engines.reader import activities, meetings, publicity, tables, totals
from laoqu_engines.reader.bodies import BodyFinder
from laoqu_engines.reader.context import Context
from laoqu_engines.reader.draft import Draft
from laoqu_engines.reader.facts import Confidence, Fact, PlaceRead, Reading, Unused
from laoqu_engines.reader.lexicon import Lexicon, default_lexicon
from laoqu_engines.reader.marks import Marks, mark
from laoqu_engines.reader.mentions import Place
from laoqu_engines.reader.money import Money
from laoqu_engines.reader.places import PlaceFinder
from laoqu_engines.reader.structure import Sentence, sentences
from laoqu_engines.reader.view import View, look
from laoqu_engines.reader.works import WorkWords
from laoqu_engines.values.finder import NameFinder
from laoqu_engines.values.gazetteer import county_names
from laoqu_engines.values.nation import NationResolver
from laoqu_engines.values.places import Resolver


@dataclass(frozen=True)
class Stages:
    """All stages of one reading, for ``--explain``."""

    view: View
    marks: Marks
    sentences: tuple[Sentence, ...]
    reading: Reading


def read(
    text: str, *, resolver: Resolver | NationResolver | None = None, lexicon: Lexicon | None = None
) -> Reading:
    """Read a narrative text into facts; an empty reading where nothing is stated.

    ``resolver`` gives place codes (``values.places.Resolver.for_county``, or
    ``values.nation.NationResolver`` where no county is known); without it places stay as written.
    ``lexicon``: ``default_lexicon().extended({"bodies.endings": ["老区科"]})`` adds an
    association's own words. Never raises on any text; the cost is linear in its length.
    """
    return stages(text, resolver=resolver, lexicon=lexicon).reading


def stages(
    text: str, *, resolver: Resolver | NationResolver | None = None, lexicon: Lexicon | None = None
) -> Stages:
    """``read`` with what each stage found."""
    lexicon = lexicon or default_lexicon()
    view = look(text)
    places, bodies = _finders(lexicon)
    marks = mark(view.text, lexicon, places)
    parts = sentences(view.text)
    ctx = Context(view.text, marks, bodies)
    ctx.open(parts)
    drafts, unused = _drafts(ctx, parts, lexicon)
    ids = {id(draft): f"F{index}" for index, draft in enumerate(drafts, 1)}
    facts = tuple(_fact(view, draft, ids) for draft in drafts)
    if resolver is not None:
        around = list(dict.fromkeys(place.text for place in marks.places))[:_AROUND]
        facts = tuple(replace(f, places=_resolved(f.places, resolver, around)) for f in facts)
    notes = tuple(Unused(view.span(a, b), view.quote(a, b), why) for a, b, why in unused)
    reading = Reading(facts, year=ctx.base_year, author=ctx.author, unused=notes)
    return Stages(view, marks, tuple(parts), reading)


def knows(name: str, words: str, lexicon: Lexicon) -> bool:
    """Whether a name is found as a whole by its build, so that it need not be taught.

    ``words`` is the list it would be taught in: “bodies.names” or “places.names”.
    """
    if words == "bodies.names":
        body = _finders(lexicon)[1].at(name, 0, len(name))
        return body is not None and body.text == name
    return any(place.text == name for place in _finders(lexicon)[0].find(name))


_AROUND = 40  # names of a text that say in which county it is
_OWN_WORK = ("media", "survey", "recommendation", "lecture", "award", "training", "performance")
_CAPITALS = {"北京", "上海", "天津", "重庆"}
_WORDS = {
    "和平",
    "新城",
    "老城",
    "城中",
    "城关",
    "中山",
    "新华",
    "建设",
    "长安",
    "胜利",
    "解放",
    "朝阳",
    "自流",
}


@lru_cache(maxsize=8)
def _finders(lexicon: Lexicon) -> tuple[PlaceFinder, BodyFinder]:
    """The finders of one lexicon; they keep nothing of a text."""
    return PlaceFinder(lexicon, *_divisions()), BodyFinder(lexicon)


@cache
def _divisions() -> tuple[NameFinder, NameFinder, frozenset[str]]:
    """Counties and cities: whole (于都县), without 市 or 县, and the cities that are counties."""
    names = {name for county in county_names() for name in (county.name, county.city)}
    whole = sorted(n for n in names - {"会同县", "和县"} if len(n) > 2 or n.endswith("县"))
    short = {name[:-1] for name in whole if len(name) > 2 and name[-1] in "市县区"}
    stems = sorted((short - _WORDS) | _CAPITALS)
    small = frozenset(c.name for c in county_names() if c.name[-1] == "市" and c.name != c.city)
    return NameFinder(whole), NameFinder(stems), small


def _drafts(
    ctx: Context, parts: list[Sentence], lexicon: Lexicon
) -> tuple[list[Draft], list[tuple[int, int, str]]]:
    money = Money(lexicon, WorkWords(lexicon))
    drafts: list[Draft] = []
    rows, at = tables.tables(ctx.text), 0
    for sentence in parts:
        while at < len(rows) and rows[at].end <= sentence.start:
            at += 1
        if at < len(rows) and rows[at].start <= sentence.start:
            continue  # a row is read by its columns
        ctx.enter(sentence)
        meetings.extend_attendance(ctx, sentence, drafts)
        meetings.extend_training(ctx, sentence, drafts[-1] if drafts else None)
        found = money.read(ctx, sentence)
        held = meetings.meetings(ctx, sentence)
        found += activities.read(ctx, sentence, found)
        found += held
        found += publicity.read(ctx, sentence, found)
        for draft in found:
            draft.paragraph, draft.passage = sentence.paragraph, sentence.start
        drafts += found
        ctx.leave(sentence)
    speaker = ctx.speaker()
    for draft in drafts:
        if draft.actor is None and draft.kind in _OWN_WORK:
            draft.actor = speaker or ctx.county()
    totals.link(drafts)
    drafts += [draft for table in rows for draft in tables.read(ctx, table)]
    drafts.sort(key=lambda draft: draft.start)
    return drafts, money.sums.unused


def _resolved(
    places: tuple[PlaceRead, ...], resolver: Resolver | NationResolver, around: Sequence[str]
) -> tuple[PlaceRead, ...]:
    nearby = [place.text for place in places]
    if isinstance(resolver, NationResolver):  # other facts of the text say in which county
        nearby += around
    found = []
    for place in places:
        answer = resolver.resolve(place.text, nearby=nearby)
        found.append(
            replace(
                place,
                status=answer.status,
                code=answer.place.code if answer.place else None,
                key=answer.place.key if answer.place else None,
                candidates=tuple(option.key for option in answer.candidates),
                reason=answer.reason,
            )
        )
    return tuple(found)


def _fact(view: View, draft: Draft, ids: dict[int, str]) -> Fact:
    actor, amount = draft.actor, draft.amount
    return Fact(
        id=ids[id(draft)],
        kind=draft.kind,
        text=view.quote(draft.start, draft.end),
        span=view.span(draft.start, draft.end),
        rule=draft.rule,
        actor=actor.name if actor else None,
        actor_span=view.span(*actor.span) if actor and actor.span else None,
        amount=amount.fen if amount else None,
        amount_as_written=view.quote(amount.start, amount.end) if amount else None,
        amount_span=view.span(amount.start, amount.end) if amount else None,
        approx=draft.approx,
        places=tuple(_place(view, place) for place in draft.places),
        works=draft.works,
        items=draft.items,
        count=draft.count,
        unit=draft.unit,
        date=draft.date,
        role=draft.role,
        part_of=ids.get(id(draft.part_of)),
        status=draft.status,
        periodic=draft.periodic,
        multi_year=draft.multi_year,
        per_unit=draft.per_unit.fen if draft.per_unit else None,
        distributive=draft.distributive,
        broker=draft.broker,
        payer=draft.payer,
        open_list=draft.open_list,
        confidence=_confidence(draft),
    )


def _place(view: View, place: Place) -> PlaceRead:
    return PlaceRead(view.quote(place.start, place.end), view.span(place.start, place.end))


def _confidence(draft: Draft) -> dict[str, Confidence]:
    """Resolved where the passage says it, guessed with the reason, open where nothing is known."""
    sure = {"kind": Confidence("resolved"), "amount": Confidence("resolved")}
    if draft.amount is None or draft.amount.guess:
        why = draft.amount.guess if draft.amount else ""
        sure["amount"] = Confidence("guessed", why) if why else Confidence("open")
    if draft.actor is None:
        sure["actor"] = Confidence("open")
    else:
        why = draft.actor.why
        sure["actor"] = Confidence("guessed", why) if why else Confidence("resolved")
    sure["date"] = Confidence("resolved" if draft.date else "open")
    sure["places"] = Confidence("resolved" if draft.places else "open")
    return sure | draft.confidence
