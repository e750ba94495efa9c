"""Rows that may already tell what a proposal tells, with the same or another figure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Model

from laoqu.access.models import Association
from laoqu.access.rules import rows
from laoqu.intake.models import Proposal
from laoqu.intake.written import WrittenNames
from laoqu.register.models import State
from laoqu.register.registry import Register
from laoqu_engines.values.money import parse_money

IDENTITY: dict[str, tuple[tuple[str, ...], str]] = {
    "contributions": (("kind", "funder", "year", "places", "works"), "amount"),
    "visits": (("name", "host", "year", "held_on", "places"), "count"),
    "performances": (("name", "year", "held_on", "places"), "count"),
    "trainings": (("name", "year", "held_on"), "count"),
    "surveys": (("topic", "year", "held_on"), "count"),
    "recommendations": (("content", "year"), ""),
    "media": (("name", "kind", "year", "held_on"), "count"),
    "lectures": (("name", "year", "held_on"), "count"),
    "subscriptions": (("periodical", "issue_year", "subscriber"), "copies"),
    "awards": (("name", "year"), ""),
    "meetings": (("name", "year", "held_on"), "count"),
}
"""By which fields two rows tell of the same matter, and the figure in which they may differ."""

LINKED = ("funder", "host", "subscriber", "places")
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Twin:
    """A row of the same matter; `same` when it has the same figure too."""

    row: Model
    same: bool


class Twins:
    """Finds twins among the rows of the ledger, one query a register."""

    def __init__(self, proposals: Iterable[Proposal], names: WrittenNames, user: object) -> None:
        self.names, self.user = names, user
        self.found: dict[Key, list[Any]] = {}
        for register in {proposal.register for proposal in proposals}:
            self._load(register, names.association)

    def _load(self, slug: str, association: Association) -> None:
        model: Any = Register.registers[slug].model
        found = rows(self.user, model).filter(association=association).exclude(state=State.VOID)
        if slug == "contributions":
            found = found.filter(reverses=None, reversed_by=None)
        linked = [f.name for f in model._meta.many_to_many if f.name in ("places", "passages")]
        for row in found.prefetch_related(*linked):
            self.found.setdefault(_row_key(slug, row), []).append(row)

    def of(self, proposal: Proposal) -> Twin | None:
        """The row that may already tell this; one with the same figure first."""
        value = _value(proposal.register, proposal.data)
        other = None
        for row in self.found.get(self.key(proposal), ()):
            if value == _row_value(proposal.register, row):
                return Twin(row, same=True)
            if all(p.source_id != proposal.source_id for p in row.passages.all()):
                other = other or Twin(row, same=False)
        return other

    def key(self, proposal: Proposal) -> Key:
        """What the proposal tells of, as a key that equal matters share."""
        fields, _figure = IDENTITY[proposal.register]
        data = {"year": str(proposal.source.year or ""), **proposal.data}
        parts: list[Any] = [proposal.register]
        for name in fields:
            if name in LINKED:
                parts.append(self.names.keys(proposal, name))
            else:
                parts.append(_plain(data.get(name, "")))
        return _without_works(proposal.register, parts)

    def repeated(self, proposals: Sequence[Proposal]) -> dict[int, Proposal]:
        """Proposals that say again, figure and all, what an earlier one of the source says."""
        first: dict[Key, Proposal] = {}
        again = {}
        for proposal in proposals:
            key = (*self.key(proposal), _value(proposal.register, proposal.data))
            if key in first:
                again[proposal.pk] = first[key]
            else:
                first[key] = proposal
        return again


def _without_works(slug: str, parts: list[Any]) -> Key:
    """Where villages are named, they say which matter it is; the works only where none are."""
    if slug == "contributions" and parts[4]:
        parts[5] = ""
    return tuple(parts)


def _row_key(slug: str, row: Any) -> Key:
    parts: list[Any] = [slug]
    for name in IDENTITY[slug][0]:
        if name == "places":
            parts.append(frozenset(place.pk for place in row.places.all()))
        elif name in LINKED:
            key = getattr(row, f"{name}_id")
            parts.append(frozenset([key] if key else []))
        else:
            parts.append(_plain(getattr(row, name)))
    return _without_works(slug, parts)


def _plain(value: object) -> str:
    return "".join(str(value or "").split())


def _value(slug: str, data: dict[str, str]) -> Decimal | None:
    text = data.get(IDENTITY[slug][1], "")
    if slug == "contributions":
        amount = parse_money(text) if text else None
        return Decimal(amount.fen) / 100 if amount else None
    try:
        return Decimal(text) if text else None
    except ArithmeticError:
        return None


def _row_value(slug: str, row: Any) -> Decimal | None:
    figure = IDENTITY[slug][1]
    value = getattr(row, figure) if figure else None
    return None if value is None else Decimal(value)
