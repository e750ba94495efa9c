"""The public entry: ``read``, which runs the stages one after the other."""

from typing import Protocol

from laoqu_engines.reader import activities, publicity
from laoqu_engines.reader.bodies import BodyFinder
from laoqu_engines.reader.context import Context, Marks, mark
from laoqu_engines.reader.draft import Draft
from laoqu_engines.reader.facts import Confidence, Fact, PlaceRead, Reading
from laoqu_engines.reader.lexicon import Lexicon, default_lexicon
from laoqu_engines.reader.money import Money
from laoqu_engines.reader.structure import Sentence, sentences
from laoqu_engines.reader.view import View, look
from laoqu_engines.reader.works import WorkWords


class PlaceResolver(Protocol):
    """What the reader asks of ``values.places.Resolver``."""

    def resolve(
        self, name: str, *, township: str | None = None, nearby: tuple[str, ...] = ()
    ) -> object: ...


def read(
    text: str, *, resolver: PlaceResolver | None = None, lexicon: Lexicon | None = None
) -> Reading:
    """Read a narrative text into facts; an empty reading where nothing is stated."""
    lexicon = lexicon or default_lexicon()
    view = look(text)
    marks = mark(view.text, lexicon)
    parts = sentences(view.text)
    ctx = Context(view.text, marks, BodyFinder(lexicon))
    ctx.open(parts)
    drafts = _drafts(ctx, parts, lexicon)
    facts = tuple(_fact(view, draft, index) for index, draft in enumerate(drafts, 1))
    return Reading(facts, year=ctx.base_year, author=ctx.author)


def _drafts(ctx: Context, parts: list[Sentence], lexicon: Lexicon) -> list[Draft]:
    money = Money(lexicon, WorkWords(lexicon))
    drafts: list[Draft] = []
    for sentence in parts:
        ctx.enter(sentence)
        activities.extend_attendance(ctx, sentence, drafts[-1] if drafts else None)
        found = money.read(ctx, sentence)
        found += activities.read(ctx, sentence, found)
        found += publicity.read(ctx, sentence, found)
        drafts += found
        ctx.leave(sentence)
    return drafts


def _fact(view: View, draft: Draft, index: int) -> Fact:
    places = tuple(
        PlaceRead(view.quote(p.start, p.end), view.span(p.start, p.end)) for p in draft.places
    )
    actor = draft.actor
    amount = draft.amount
    return Fact(
        id=f"F{index}",
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
        places=places,
        works=draft.works,
        items=draft.items,
        count=draft.count,
        unit=draft.unit,
        date=draft.date,
        status=draft.status,
        role=draft.role,
        periodic=draft.periodic,
        per_unit=draft.per_unit.fen if draft.per_unit else None,
        distributive=draft.distributive,
        broker=draft.broker,
        payer=draft.payer,
        open_list=draft.open_list,
        confidence={"actor": Confidence("open")} | draft.confidence,
    )
