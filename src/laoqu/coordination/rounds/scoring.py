"""How much each need counts: four scores from 0 to 100, weighed as the meeting weighs them.

紧迫程度: 特急 100, 急 60, 一般 30. 受益人数: in proportion to the need that reaches most people.
薄弱程度: by farmers' income, the lowest of the round's villages 100, the highest 0, 50 where it
is not known. 历史获助: the less its villages may have received in the years before, the more; one
that received nothing has 100. The score of a need is their weighted mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from laoqu.access.rules import rows
from laoqu.areas.contributions.models import Contribution
from laoqu.areas.contributions.services import VillageTotal, totals_by_village, with_parts
from laoqu.areas.needs.models import Need, Urgency
from laoqu.areas.places.models import Place, VillageStatistics
from laoqu.coordination.rounds.models import Round
from laoqu.register.models import State
from laoqu.register.registry import Register

URGENCY_POINTS = {Urgency.MOST: 100, Urgency.URGENT: 60, Urgency.NORMAL: 30}
UNKNOWN_POINTS = 50
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Help:
    """What a village received in the years before the round: its own lines, and those it shares."""

    place: Place
    sole: Decimal
    shared: Decimal
    lines: int
    years_unserved: int
    """Years in a row, counted back from the round's, without a line that names the village."""

    @property
    def upper_bound(self) -> Decimal:
        """As if every shared line had gone to this village alone."""
        return self.sole + self.shared


@dataclass(frozen=True)
class Part:
    """One of the four scores of a need, its weight, and where it comes from."""

    label: Any
    weight: int
    points: int
    why: str


@dataclass(frozen=True)
class Score:
    """The score of one need, with its parts."""

    parts: tuple[Part, ...]

    @property
    def value(self) -> Decimal:
        """The weighted mean to one decimal; 100 where nothing is weighed."""
        weights = sum(part.weight for part in self.parts)
        if not weights:
            return Decimal(100)
        total = sum(part.weight * part.points for part in self.parts)
        return (Decimal(total) / weights).quantize(TENTH, ROUND_HALF_UP)

    def sentence(self) -> str:
        """“这条需求得分 = …”."""
        weighed = [part for part in self.parts if part.weight]
        if not weighed:
            return _("四项都不看，每条需求一样重要，都算 100 分。")
        terms = " ＋ ".join(f"{part.label} {part.points}×{part.weight}" for part in weighed)
        return _("这条需求得分 =（%(terms)s）÷ %(weights)s = %(value)s") % {
            "terms": terms,
            "weights": sum(part.weight for part in weighed),
            "value": self.value,
        }


class Background:
    """What the ledger knows of the villages of some needs: income, and help in the years before."""

    def __init__(self, found: Round, needs: Sequence[Need]) -> None:
        self.round = found
        places = {place.pk: place for need in needs for place in need.places.all()}
        self.help = self._help(places)
        self.income = self._income(list(places))
        self.most_people = max((need.people or 0 for need in needs), default=0)
        self.most_help = max(
            (self.received(need) for need in needs if need.places.all()), default=Decimal(0)
        )

    def _help(self, places: dict[int, Place]) -> dict[int, Help]:
        first = self.round.year - self.round.history_years
        register = Register.registers["contributions"]
        own = rows(self.round.association, Contribution).filter(year__lt=self.round.year)
        counted = register.countable(own)
        lines = with_parts(counted.filter(year__gte=first))
        totals = {total.place.pk: total for total in totals_by_village(lines).villages}
        years = sorted(set(counted.order_by().values_list("year", flat=True)))
        named = set(counted.order_by().values_list("year", "places"))
        helped = {pk: {year for year, place in named if place == pk} for pk in places}
        none = Decimal(0)
        found = {}
        for pk, place in places.items():
            total = totals.get(pk) or VillageTotal(place, none, none, 0)
            unserved = 0
            while (year := self.round.year - 1 - unserved) not in helped[pk] and (
                years and year >= years[0]
            ):
                unserved += 1
            found[pk] = Help(place, total.sole, total.shared, total.lines, unserved)
        return found

    def _income(self, places: list[int]) -> dict[int, Decimal]:
        """The latest known income of each village."""
        own = rows(self.round.association, VillageStatistics).filter(
            place__in=places, state=State.REVIEWED, farmer_income__isnull=False
        )
        known = own.filter(year__lte=self.round.year).order_by("year", "code")
        return dict(known.values_list("place", "farmer_income"))

    def received(self, need: Need) -> Decimal:
        """The most that any of the need's villages may have received."""
        return max(self.help[place.pk].upper_bound for place in need.places.all())

    def years_unserved(self, need: Need) -> int:
        """Years in a row in which none of the need's villages was named."""
        return min((self.help[p.pk].years_unserved for p in need.places.all()), default=0)

    def score(self, need: Need) -> Score:
        """The four parts of a need."""
        own = self.round
        return Score(
            (
                _part(own, "urgency_weight", *self._urgency(need)),
                _part(own, "people_weight", *self._people(need)),
                _part(own, "weakness_weight", *self._weakness(need)),
                _part(own, "history_weight", *self._history(need)),
            )
        )

    def _urgency(self, need: Need) -> tuple[int, str]:
        return URGENCY_POINTS[Urgency(need.urgency)], str(need.get_urgency_display())

    def _people(self, need: Need) -> tuple[int, str]:
        if not need.people:
            return 0, _("没有写受益人数，按 0 分")
        why = _("受益 %(people)s 人，最多的一条 %(most)s 人") % {
            "people": need.people,
            "most": self.most_people,
        }
        return _percent(Decimal(need.people), Decimal(self.most_people)), why

    def _weakness(self, need: Need) -> tuple[int, str]:
        known = [self.income[p.pk] for p in need.places.all() if p.pk in self.income]
        if not known:
            return UNKNOWN_POINTS, _("没有农民收入的村情数据，按中间分 50")
        lowest, highest = min(self.income.values()), max(self.income.values())
        if lowest == highest:
            return UNKNOWN_POINTS, _("各村收入一样，按中间分 50")
        why = _("农民人均可支配收入 %(own)s 元，各村 %(low)s 到 %(high)s 元") % {
            "own": f"{min(known):.0f}",
            "low": f"{lowest:.0f}",
            "high": f"{highest:.0f}",
        }
        return 100 - _percent(min(known) - lowest, highest - lowest), why

    def _history(self, need: Need) -> tuple[int, str]:
        years = {"years": self.round.history_years}
        received = self.received(need) if need.places.all() else Decimal(0)
        if not received:
            return 100, _("前 %(years)s 年台账里没有得到帮扶资金的记录") % years
        why = _("前 %(years)s 年最多可能得到 %(own)s 万元，各村中最多的 %(most)s 万元") % {
            **years,
            "own": _wan(received),
            "most": _wan(self.most_help),
        }
        return 100 - _percent(received, self.most_help), why


def _part(found: Round, name: str, points: int, why: str) -> Part:
    field = found._meta.get_field(name)
    return Part(field.verbose_name, getattr(found, name), points, why)


def _percent(part: Decimal, whole: Decimal) -> int:
    """`part` of `whole` in whole percent, half upwards."""
    return int((part * 100 / whole).quantize(Decimal(1), ROUND_HALF_UP)) if whole else 0


def _wan(amount: Decimal) -> str:
    return f"{(amount / 10000).quantize(TENTH, ROUND_HALF_UP):f}"
