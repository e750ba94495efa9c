"""What is seen over many activities: which villages were reached, and the balance of goods."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from laoqu.access.rules import appointments, rows
from laoqu.areas.activities.choices import GoodsSource
from laoqu.areas.activities.models import GoodsLine, Performance, ReliefVisit
from laoqu.areas.places.models import Place
from laoqu.areas.places.services import own_villages, successors
from laoqu.register.models import State
from laoqu.register.registry import Register


@dataclass
class Reached:
    """The visits and shows of one year, or of all years, that name one village.

    A record over several villages stands at each of them; its shows are not divided.
    """

    visits: int = 0
    shows: int = 0
    """Records of shows; how many shows they report is in `sole` and `shared`."""
    sole: Decimal = Decimal(0)
    shared: Decimal = Decimal(0)
    receipted: Decimal = Decimal(0)

    def __add__(self, other: "Reached") -> "Reached":
        return Reached(
            self.visits + other.visits,
            self.shows + other.shows,
            self.sole + other.sole,
            self.shared + other.shared,
            self.receipted + other.receipted,
        )


@dataclass(frozen=True)
class VillageRow:
    """One village, and what reached it by year."""

    village: Place
    cells: tuple[tuple[int, Reached], ...]
    merged: bool
    """Whether others became part of it, so that no list of one village holds its rows."""

    @cached_property
    def all_years(self) -> Reached:
        """Over all years."""
        return sum((cell for _year, cell in self.cells), Reached())


@dataclass(frozen=True)
class Coverage:
    """The old-area villages by year; `others` are villages reached that are not marked so."""

    years: tuple[int, ...]
    villages: tuple[VillageRow, ...]
    others: tuple[VillageRow, ...]
    stated: int | None
    """How many old-area villages the association says there are, where all of it is shown."""

    @property
    def never(self) -> tuple[VillageRow, ...]:
        """Old-area villages that no visit and no show names."""
        return self._where(visits=False, shows=False)

    @property
    def no_visit(self) -> tuple[VillageRow, ...]:
        """Reached by a show only."""
        return self._where(visits=False, shows=True)

    @property
    def no_show(self) -> tuple[VillageRow, ...]:
        """Reached by a visit only."""
        return self._where(visits=True, shows=False)

    def _where(self, visits: bool, shows: bool) -> tuple[VillageRow, ...]:
        return tuple(
            row
            for row in self.villages
            if bool(row.all_years.visits) == visits and bool(row.all_years.shows) == shows
        )


def coverage(user: object) -> Coverage:
    """Village × year, over the countable rows that this person sees and the person's own area.

    What was done in a village that became another stands at the other.
    """
    found: dict[tuple[int, int], Reached] = defaultdict(Reached)
    years: set[int] = set()
    now = {place: today.pk for place, today in successors().items()}
    for slug, model in (("visits", ReliefVisit), ("performances", Performance)):
        own: Any = Register.registers[slug].countable(rows(user, model))
        for row in own.prefetch_related("places"):
            years.add(row.year)
            villages = {now.get(place.pk, place.pk) for place in row.places.all()}
            for village in villages:
                found[village, row.year] += _reached(row, alone=len(villages) == 1)
    newest = tuple(sorted(years, reverse=True))
    reached = {village for village, _year in found}

    def made(villages: QuerySet[Place]) -> tuple[VillageRow, ...]:
        return tuple(
            VillageRow(
                village,
                tuple((year, found.get((village.pk, year), Reached())) for year in newest),
                village.pk in now.values(),
            )
            for village in villages.select_related("parent")
        )

    held, own_area = appointments(user), own_villages(user)
    return Coverage(
        newest,
        made(own_area.filter(old_area=True)),
        made(own_area.filter(pk__in=reached, old_area=False)),
        held[0].association.stated_villages if held and held[0].place is None else None,
    )


def _reached(row: ReliefVisit | Performance, alone: bool) -> Reached:
    """What one record brings to each of its villages."""
    if isinstance(row, ReliefVisit):
        return Reached(visits=1)
    count = row.count or Decimal(0)
    receipted = Decimal(row.receipted_count or 0) if row.has_receipt else Decimal(0)
    if alone and not row.open_list:
        return Reached(shows=1, sole=count, receipted=receipted)
    return Reached(shows=1, shared=count, receipted=receipted)


@dataclass(frozen=True)
class GoodsBalance:
    """One kind of goods over all visits: in = out + stock, as far as quantities are known."""

    name: str
    unit: str
    received: Decimal
    given: Decimal
    lines: int
    unknown: int

    @property
    def stock(self) -> Decimal:
        """What should be left."""
        return self.received - self.given


def goods_balance(user: object) -> list[GoodsBalance]:
    """The balance by kind of goods. What was carried over came in once already, before."""
    lines = defaultdict(list)
    for line in rows(user, GoodsLine).filter(state=State.REVIEWED).order_by("name", "unit"):
        lines[line.name, line.unit].append(line)
    return [
        GoodsBalance(
            name,
            unit,
            sum((x.received or Decimal(0) for x in found if _is_new(x)), Decimal(0)),
            sum((x.given or Decimal(0) for x in found), Decimal(0)),
            len(found),
            sum(x.given is None or (_is_new(x) and x.received is None) for x in found),
        )
        for (name, unit), found in lines.items()
    ]


def _is_new(line: GoodsLine) -> bool:
    return line.source != GoodsSource.CARRIED
