"""The totals of contributions by village."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from laoqu.areas.contributions.models import UNCOUNTED, Attribution, Contribution
from laoqu.areas.organisations.models import Organisation
from laoqu.areas.places.models import Place
from laoqu.register.models import State


def with_parts(lines: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Lines ready to be added up: with their places, and with what lies within each."""
    parts = Contribution.objects.filter(
        state=State.REVIEWED, amount__isnull=False, reverses=None, reversed_by=None
    ).exclude(stage__in=UNCOUNTED)
    inside = Prefetch("parts", parts.prefetch_related("places__parent"), to_attr="inside")
    return lines.prefetch_related("places__parent", inside)


@dataclass(frozen=True)
class Piece:
    """A part of a line's amount, in yuan, and the villages that it belongs to."""

    line: Contribution
    amount: Decimal
    places: tuple[Place, ...]


def pieces(line: Contribution) -> list[Piece]:
    """A line as far as it was split later with evidence, and the rest; together its amount.

    Args:
        line: as `with_parts` gives it.
    """
    parts: list[Contribution] = line.inside  # type: ignore[attr-defined]
    whole = line.amount or Decimal(0)
    rest = whole - sum((part.amount or Decimal(0) for part in parts), Decimal(0))
    if not parts or rest < 0:  # parts of a rough sum may come to more
        return [Piece(line, whole, tuple(line.places.all()))]
    found = [Piece(part, part.amount or Decimal(0), tuple(part.places.all())) for part in parts]
    return [*found, Piece(line, rest, tuple(line.places.all()))] if rest else found


@dataclass(frozen=True)
class VillageTotal:
    """What a village received, in yuan: its own lines, the lines it shares, and the upper bound."""

    place: Place
    sole: Decimal
    shared: Decimal
    lines: int

    @property
    def upper_bound(self) -> Decimal:
        """As if every shared line had gone to this village alone."""
        return self.sole + self.shared


@dataclass(frozen=True)
class Totals:
    """Totals of a set of lines. `exact` adds every line once, however many villages it names."""

    villages: tuple[VillageTotal, ...]
    sole: Decimal
    joint: Decimal
    unplaced: Decimal

    @property
    def exact(self) -> Decimal:
        """The sum of all lines, each once."""
        return self.sole + self.joint + self.unplaced


def totals_by_village(lines: Iterable[Contribution]) -> Totals:
    """Add up lines by village without dividing any and without counting any twice.

    Args:
        lines: countable lines, as `with_parts` gives them.
    """
    sole: dict[Place, Decimal] = defaultdict(Decimal)
    shared: dict[Place, Decimal] = defaultdict(Decimal)
    count: dict[Place, int] = defaultdict(int)
    by_attribution: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        found = pieces(line)
        for piece in found:
            attribution = piece.line.attribution
            by_attribution[attribution] += piece.amount
            for place in piece.places:
                (sole if attribution == Attribution.SOLE else shared)[place] += piece.amount
        for place in {place for piece in found for place in piece.places}:
            count[place] += 1
    villages = [VillageTotal(place, sole[place], shared[place], count[place]) for place in count]
    villages.sort(key=lambda total: (-total.upper_bound, total.place.area_code, total.place.pk))
    return Totals(
        tuple(villages),
        by_attribution[Attribution.SOLE],
        by_attribution[Attribution.JOINT],
        by_attribution[Attribution.UNKNOWN],
    )


def share_of(lines: Iterable[Contribution], villages: Collection[Place]) -> tuple[Decimal, Decimal]:
    """What went to a village, in yuan: to it alone, and to it with others.

    Args:
        lines: as `with_parts` gives them.
        villages: the village and those merged into it, which count as one.
    """
    alone = together = Decimal(0)
    for line in lines:
        for piece in pieces(line):
            others = [place for place in piece.places if place not in villages]
            if len(others) == len(piece.places):
                continue
            if others or piece.line.open_list:
                together += piece.amount
            else:
                alone += piece.amount
    return alone, together


@dataclass(frozen=True)
class FunderTotal:
    """What a unit gave by year, in yuan; those that became part of it count as it."""

    funder: Organisation
    years: tuple[tuple[int, Decimal], ...]

    @property
    def total(self) -> Decimal:
        """Over all years."""
        return sum((amount for _year, amount in self.years), Decimal(0))


def totals_by_funder(lines: Iterable[Contribution]) -> list[FunderTotal]:
    """Unit × year, the largest first; a line without a unit stands in none.

    Args:
        lines: countable lines with `funder` and what it became.
    """
    given: dict[Organisation, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    years = set()
    for line in lines:
        funder = line.funder
        while funder is not None and funder.succeeded_by is not None:
            funder = funder.succeeded_by
        if funder is not None:
            years.add(line.year)
            given[funder][line.year] += line.amount or Decimal(0)
    found = [
        FunderTotal(funder, tuple((year, by_year[year]) for year in sorted(years)))
        for funder, by_year in given.items()
    ]
    return sorted(found, key=lambda one: (-one.total, one.funder.name))
