"""The totals of contributions by village."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from laoqu.areas.contributions.models import Attribution, Contribution
from laoqu.areas.places.models import Place


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
        lines: countable lines with `places` prefetched.
    """
    sole: dict[Place, Decimal] = defaultdict(Decimal)
    shared: dict[Place, Decimal] = defaultdict(Decimal)
    count: dict[Place, int] = defaultdict(int)
    by_attribution: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        amount = line.amount or Decimal(0)
        by_attribution[line.attribution] += amount
        for place in line.places.all():
            count[place] += 1
            (sole if line.attribution == Attribution.SOLE else shared)[place] += amount
    villages = [VillageTotal(place, sole[place], shared[place], count[place]) for place in count]
    villages.sort(key=lambda total: (-total.upper_bound, total.place.area_code, total.place.pk))
    return Totals(
        tuple(villages),
        by_attribution[Attribution.SOLE],
        by_attribution[Attribution.JOINT],
        by_attribution[Attribution.UNKNOWN],
    )
