"""What the rules for lists share: a draft with its actor and date, and its leading count."""

from laoqu_engines.reader.activities import actor_of
from laoqu_engines.reader.context import Actor, Context
from laoqu_engines.reader.draft import Draft
from laoqu_engines.reader.mentions import Count
from laoqu_engines.reader.structure import Sentence


def new(ctx: Context, sentence: Sentence, kind: str, span: tuple[int, int], rule: str) -> Draft:
    """A draft of ``kind`` with its actor and date."""
    draft = Draft(kind, *span, rule)  # type: ignore[arg-type]
    if kind == "award" and (receiver := ctx.bodies.giver(ctx.text, *clause_of(sentence, span))):
        draft.actor = Actor(receiver.text, (receiver.start, receiver.end))
        draft.date = ctx.date(sentence.start, *span)
        return draft
    first = clause_of(sentence, span)[0] if kind in ("award", "media") else sentence.start
    draft.actor = actor_of(ctx, sentence, first, span[1])
    draft.date = ctx.date(sentence.start, *span)
    return draft


def clause_of(sentence: Sentence, span: tuple[int, int]) -> tuple[int, int]:
    found = next((c for c in sentence.clauses if c.start <= span[0] < c.end), None)
    return (found.start, found.end) if found else span


def counted(draft: Draft, count: Count | None) -> None:
    if count:
        draft.count, draft.unit, draft.approx = count.value, count.unit, count.approx
