"""What the review page shows: the text with its highlights, and a card for every proposed row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _

from laoqu.access.rules import rows
from laoqu.intake.models import Decision, Proposal
from laoqu.intake.twins import Twin, Twins
from laoqu.intake.written import WrittenNames
from laoqu.register.models import Record, Source
from laoqu.register.names import name_of
from laoqu.register.registry import Register
from laoqu_engines.values.period import Period

MARGIN = 300
"""Characters of the text shown before and after the passages of a page."""
MOST_TEXT = 20_000
HIDDEN = ("visibility", "kind", "stage", "open_list")
"""Fields that are shown only where they say something unusual."""
USUAL = ("funding", "stated", "made", "article", "", "internal", "public", "private")


@dataclass(frozen=True)
class Shown:
    """One field of a proposed row in words."""

    label: Any
    text: str
    means: str = ""
    """What the names stand for, where they are written differently."""
    unsure: str = ""
    """Why the reader only guesses it."""
    state: str = ""
    """What the reader says of it: open, guessed, resolved, or nothing."""


STATES = ("open", "guessed", "", "resolved")
"""In which order the fields of a card stand: what is missing first, what is sure last."""


@dataclass(frozen=True)
class Segment:
    """A piece of the text, the proposals it belongs to, and those that begin with it."""

    text: str
    over: list[Proposal]
    begins: list[Proposal]


@dataclass
class Card:
    """A proposed row: its fields, what stands in the way, and the row that may already tell it."""

    proposal: Proposal
    register: Register
    fields: list[Shown] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    twin: Twin | None = None
    row: Model | None = None

    @property
    def is_ready(self) -> bool:
        """Whether 全部确认 takes it along; a conflict or a question wants its own decision."""
        return self.proposal.is_pending and not self.questions and (not self.twin or self.twin.same)

    @property
    def wants_a_look(self) -> bool:
        return bool(
            self.questions
            or self.twin
            or any(shown.unsure or shown.state == "open" for shown in self.fields)
        )


class Review:
    """The proposals of one source with all that is known of them, in a fixed number of queries."""

    def __init__(self, source: Source, user: object) -> None:
        self.source, self.user = source, user
        self.proposals = list(source.proposals.select_related("source", "belongs_to"))
        self.pending = [p for p in self.proposals if p.is_pending]
        self.names = WrittenNames(self.pending, user, source.association)
        self.twins = Twins(self.pending, self.names, user)
        self.repeated = self.twins.repeated(self.pending)

    @cached_property
    def cards(self) -> list[Card]:
        """A card for each proposal, in the order of the text."""
        return [self._card(proposal) for proposal in self.proposals]

    @property
    def ready(self) -> list[tuple[int, Record | None]]:
        """What 全部确认 would take: the proposals, and the row each is merged into, if any."""
        return [
            (card.proposal.pk, card.twin.row if card.twin else None)  # type: ignore[misc]
            for card in self.cards
            if card.is_ready
        ]

    def _card(self, proposal: Proposal) -> Card:
        card = Card(proposal, Register.registers[proposal.register])
        if proposal.is_pending:
            card.fields = self._fields(proposal)
            card.twin = self.twins.of(proposal)
            card.questions = list(self._questions(proposal))
        return card

    def _fields(self, proposal: Proposal) -> list[Shown]:
        said = proposal.reading
        unsure, missing = said.get("unsure", {}), said.get("open", ())
        shown = []
        for name, form_field in self.names.fields(proposal.register).items():
            text = proposal.data.get(name, "")
            hidden = name in HIDDEN and text in USUAL
            asked = name in missing or unsure.get(name)
            if (not text and not asked) or hidden or name in ("unit", "open_list"):
                continue
            words = self._words(proposal, name, form_field, text)
            means = self._means(proposal, name)
            why = unsure.get(name, "")
            state = "guessed" if why else "resolved" if name in said.get("sure", ()) else ""
            state = "open" if not text else state
            shown.append(Shown(form_field.label, words, means, why, state))
        return sorted(shown, key=lambda field: STATES.index(field.state))

    def _words(self, proposal: Proposal, name: str, field: forms.Field, text: str) -> str:
        if isinstance(field, forms.BooleanField):
            return _("是")
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(text, text))  # type: ignore[arg-type]
        if name == "count":
            return text + proposal.data.get("unit", "")
        if name.endswith("_on"):
            period = Period.parse(text)
            return period.chinese() if period else text
        return text

    def _means(self, proposal: Proposal, name: str) -> str:
        answers = self.names.answers[proposal.pk].get(name, [])
        known = [
            (written, name_of(answer.row)) for written, answer in answers if answer.row is not None
        ]
        if all(written == meant for written, meant in known):
            return ""
        return "、".join(dict.fromkeys(meant for _written, meant in known))

    def _questions(self, proposal: Proposal) -> Sequence[str]:
        asked = []
        for name in dict.fromkeys(self.names.unknown_of(proposal)):
            asked.append(_("还不认识“%(name)s”，请在上面“先认名字”里选定。") % {"name": name})
        data = {"year": str(self.source.year or ""), **proposal.data}
        for name, form_field in self.names.fields(proposal.register).items():
            if form_field.required and not data.get(name) and not form_field.initial:
                asked.append(_("缺“%(label)s”，请点“修改”补上。") % {"label": form_field.label})
        before = self.repeated.get(proposal.pk)
        if before is not None:
            asked.append(
                _("和第 %(n)s 条说的一样，可能是重复的，请决定要不要。") % {"n": before.position}
            )
        return asked

    def segments(self, shown: Sequence[Proposal]) -> list[Segment]:
        """The text around the shown proposals, cut where a highlight begins or ends."""
        text = self.source.text
        if not shown:
            return [Segment(text[:MOST_TEXT], [], [])]
        first, last = self._window(shown)
        cuts = sorted({first, last, *(p.start for p in shown), *(p.end for p in shown)})
        pieces = []
        begun: set[int] = set()
        for start, end in pairwise(cuts):
            over = [p for p in shown if p.start <= start and end <= p.end]
            begins = [p for p in over if p.pk not in begun]
            begun.update(p.pk for p in begins)
            pieces.append(Segment(text[start:end], over, begins))
        return pieces

    def _window(self, shown: Sequence[Proposal]) -> tuple[int, int]:
        """Which part of the text to show: all of it where all proposals are on the page."""
        text = self.source.text
        if len(shown) == len(self.proposals):
            return 0, len(text)
        first = text.rfind("\n", 0, max(min(p.start for p in shown) - MARGIN, 0)) + 1
        last = text.find("\n", min(max(p.end for p in shown) + MARGIN, len(text)))
        return first, len(text) if last < 0 else last


def decided_rows(cards: Sequence[Card], user: object) -> None:
    """Give each decided card its row, one query a register."""
    wanted: dict[str, set[int]] = {}
    for card in cards:
        if card.proposal.row is not None:
            wanted.setdefault(card.proposal.register, set()).add(card.proposal.row)
    for slug, keys in wanted.items():
        found = rows(user, Register.registers[slug].model).in_bulk(keys)
        for card in cards:
            if card.proposal.register == slug and card.proposal.decision != Decision.REJECTED:
                card.row = found.get(card.proposal.row)
