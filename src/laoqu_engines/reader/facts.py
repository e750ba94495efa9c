"""What the reader gives back: facts, each with the characters it was read from.

Every span is ``(start, end)`` in characters of the text exactly as it was given to ``read``, so
``text[start:end]`` is the passage. Money is integer fen. The JSON schema is that of the annotated
development texts: ``amount_yuan`` in yuan, lists empty and values null where nothing is stated.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

Span = tuple[int, int]
Kind = Literal[
    "funding",
    "donation",
    "visit",
    "performance",
    "survey",
    "recommendation",
    "media",
    "award",
    "subscription",
    "training",
    "lecture",
    "meeting",
]
KINDS: tuple[Kind, ...] = (
    "funding",
    "donation",
    "visit",
    "performance",
    "survey",
    "recommendation",
    "media",
    "award",
    "subscription",
    "training",
    "lecture",
    "meeting",
)
Role = Literal["total", "subtotal", "part"]
Status = Literal["planned", "pledged", "allocated", "disbursed", "ongoing", "done"]
Certainty = Literal["resolved", "guessed", "open"]
Number = int | Decimal


@dataclass(frozen=True)
class Confidence:
    """How sure a field is: read in the clause, guessed (``why`` says from what), or open."""

    certainty: Certainty
    why: str = ""


@dataclass(frozen=True)
class PlaceRead:
    """One place as written. ``key`` (the resolver's own) and ``code`` (of the national list) are
    set where it is resolved; ``candidates`` are the keys to choose from."""

    text: str
    span: Span
    key: str | None = None
    code: str | None = None
    status: Literal["resolved", "ambiguous", "unknown"] = "unknown"
    candidates: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Fact:
    """One fact of a narrative text.

    ``amount`` and ``per_unit`` are fen (without 余/多/近: then ``approx`` is true). ``role`` is
    ``total``, ``subtotal`` or ``part``; ``part_of`` names the ``id`` of the total, so that a
    total and its parts are never both added. ``distributive`` marks “各N”; ``open_list`` marks a
    list closed by 等. ``confidence`` has an entry for each of kind, actor, amount, places, date.
    ``rule`` names the reader rule that made the fact.
    """

    id: str
    kind: Kind
    text: str
    span: Span
    rule: str
    actor: str | None = None
    actor_span: Span | None = None
    amount: int | None = None
    amount_as_written: str | None = None
    amount_span: Span | None = None
    approx: bool = False
    places: tuple[PlaceRead, ...] = ()
    works: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    count: Number | None = None
    unit: str | None = None
    date: str | None = None
    role: Role | None = None
    part_of: str | None = None
    status: Status | None = None
    periodic: str | None = None
    multi_year: int | None = None
    per_unit: int | None = None
    distributive: bool = False
    broker: str | None = None
    payer: str | None = None
    open_list: bool = False
    confidence: Mapping[str, Confidence] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The fact in the annotation schema, with ``span`` and ``place_codes`` added."""
        return {
            "id": self.id,
            "kind": self.kind,
            "text": self.text,
            "span": list(self.span),
            "actor": self.actor,
            "amount_yuan": _yuan(self.amount),
            "amount_as_written": self.amount_as_written,
            "approx": self.approx,
            "places": [place.text for place in self.places],
            "place_codes": [place.code for place in self.places],
            "works": list(self.works),
            "items": list(self.items),
            "count": _plain(self.count),
            "unit": self.unit,
            "date": self.date,
            "role": self.role,
            "part_of": self.part_of,
            "status": self.status,
            "periodic": self.periodic,
            "multi_year": self.multi_year,
            "per_unit_yuan": _yuan(self.per_unit),
            "distributive": self.distributive,
            "broker": self.broker,
            "payer": self.payer,
            "open_list": self.open_list,
            "confidence": {
                name: {"certainty": how.certainty, "why": how.why}
                for name, how in self.confidence.items()
            },
            "rule": self.rule,
        }


@dataclass(frozen=True)
class Unused:
    """A figure that was seen and left out, with the reason as a Chinese sentence."""

    span: Span
    text: str
    why: str


@dataclass(frozen=True)
class Reading:
    """The facts in the order of the text, its year, whose report it is, and the sums left out."""

    facts: tuple[Fact, ...]
    year: int | None = None
    author: str | None = None
    unused: tuple[Unused, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"facts": [fact.to_json() for fact in self.facts]}


def _yuan(fen: int | None) -> int | float | None:
    return None if fen is None else _plain(Decimal(fen) / 100)


def _plain(number: Number | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == int(number) else float(number)
