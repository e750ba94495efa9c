"""What is seen over many activities: which villages were reached, and the balance of goods."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from laoqu.access.rules import rows
from laoqu.areas.activities.models import GoodsLine, GoodsSource, Performance, ReliefVisit
from laoqu.areas.places.models import Place
from laoqu.areas.places.services import own_villages
from laoqu.register.models import Record, State
from laoqu.register.registry import Register


@dataclass(frozen=True)
class Reached:
    """How many visits and show records of one year name one village.

    A record over several villages counts once for each; its shows are not divided.
    """

    year: int
    visits: int
    shows: int


@dataclass(frozen=True)
class VillageRow:
    """One village and its years."""

    village: Place
    cells: tuple[Reached, ...]

    @property
    def visits(self) -> int:
        """Over all years."""
        return sum(cell.visits for cell in self.cells)

    @property
    def shows(self) -> int:
        """Over all years."""
        return sum(cell.shows for cell in self.cells)


@dataclass(frozen=True)
class Coverage:
    """The old-area villages by year; `others` are villages reached that are not marked so."""

    years: tuple[int, ...]
    villages: tuple[VillageRow, ...]
    others: tuple[VillageRow, ...]

    @property
    def never(self) -> tuple[VillageRow, ...]:
        """Old-area villages that no visit and no show names."""
        return tuple(row for row in self.villages if not row.visits and not row.shows)

    @property
    def no_visit(self) -> tuple[VillageRow, ...]:
        """Reached by a show only."""
        return tuple(row for row in self.villages if row.shows and not row.visits)

    @property
    def no_show(self) -> tuple[VillageRow, ...]:
        """Reached by a visit only."""
        return tuple(row for row in self.villages if row.visits and not row.shows)


def coverage(user: object) -> Coverage:
    """Village × year, over the countable rows that this person sees and the person's own area."""
    visits, visit_years = _links(user, "visits", ReliefVisit)
    shows, show_years = _links(user, "performances", Performance)
    years = tuple(sorted(visit_years | show_years, reverse=True))
    reached = {village for village, _year in (*visits, *shows)}
    own = own_villages(user)
    old = own.filter(old_area=True)
    others = own.filter(pk__in=reached, old_area=False)

    def made(villages: QuerySet[Place]) -> tuple[VillageRow, ...]:
        return tuple(
            VillageRow(
                village,
                tuple(
                    Reached(
                        year, visits.get((village.pk, year), 0), shows.get((village.pk, year), 0)
                    )
                    for year in years
                ),
            )
            for village in villages.select_related("parent")
        )

    return Coverage(years, made(old), made(others))


def _links(
    user: object, slug: str, model: type[Record]
) -> tuple[dict[tuple[int, int], int], set[int]]:
    """How many rows name a village in a year, and the years there are rows in."""
    found = Register.registers[slug].countable(rows(user, model)).order_by()
    count: dict[tuple[int, int], int] = defaultdict(int)
    for place, year, _pk in found.filter(places__isnull=False).values_list("places", "year", "pk"):
        count[place, year] += 1
    return count, set(found.values_list("year", flat=True))


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
