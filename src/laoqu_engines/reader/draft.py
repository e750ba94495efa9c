"""A fact in the making, in the view's offsets."""

from dataclasses import dataclass, field
from decimal import Decimal

from laoqu_engines.reader.context import Actor
from laoqu_engines.reader.facts import Confidence, Kind, Role, Status
from laoqu_engines.reader.mentions import Amount, Place


@dataclass
class Draft:
    """What a rule fills in; ``reading`` turns it into a ``Fact`` with source spans."""

    kind: Kind
    start: int
    end: int
    rule: str
    paragraph: int = 0
    passage: int = 0  # where its sentence begins
    actor: Actor | None = None
    amount: Amount | None = None
    places: tuple[Place, ...] = ()
    works: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    count: int | Decimal | None = None
    unit: str | None = None
    approx: bool = False
    date: str | None = None
    role: Role | None = None
    part_of: "Draft | None" = None
    apart: bool = False  # 另, 此外: no part of a total said before
    status: Status | None = None
    periodic: str | None = None
    multi_year: int | None = None
    per_unit: Amount | None = None
    distributive: bool = False
    broker: str | None = None
    payer: str | None = None
    open_list: bool = False
    confidence: dict[str, Confidence] = field(default_factory=dict)
