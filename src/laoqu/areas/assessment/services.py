"""The assessment sheet: each criterion with what the ledger says of it, over the years."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from laoqu.access.models import Association
from laoqu.access.rules import rows
from laoqu.areas.assessment.defaults import SETS, Set
from laoqu.areas.assessment.models import Assessment, Criterion, Mark, Result, Scheme, Way
from laoqu.areas.assessment.standing import STANDING, Standing
from laoqu.areas.organisations.models import Kind
from laoqu.register.figures import FIGURES, Figure
from laoqu.register.filters import PlaceFilters
from laoqu.register.registry import Register

YEARS = 3


@dataclass(frozen=True)
class Evidence:
    """A figure over the years, the latest first, or what stands now: in words, with its page."""

    label: Any
    said: tuple[tuple[str, str], ...]
    present: bool
    """Whether the ledger has anything in the year assessed."""


@dataclass(frozen=True)
class Item:
    """One criterion with its evidence, what that suggests, and the mark given."""

    criterion: Criterion
    evidence: tuple[Evidence, ...]
    suggested: Result | None
    mark: Mark | None
    add_url: str


@dataclass(frozen=True)
class Sheet:
    """An assessment, ready to be shown."""

    assessment: Assessment
    items: tuple[Item, ...]

    @property
    def computed(self) -> int:
        """How many criteria have evidence from the ledger."""
        return sum(bool(item.evidence) for item in self.items)

    @property
    def marked(self) -> int:
        """How many criteria have their mark."""
        return sum(item.mark is not None for item in self.items)


def sheet(user: object, assessment: Assessment) -> Sheet:
    """What the ledger says to each criterion; a branch is judged by the rows of its township."""
    own = rows(user, Mark).filter(assessment=assessment).exclude(state="void")
    marks = {mark.criterion_id: mark for mark in own}
    found = assessment.scheme.criteria.exclude(state="void").order_by("rank", "code")
    return Sheet(
        assessment,
        tuple(_item(user, assessment, criterion, marks.get(criterion.pk)) for criterion in found),
    )


def _item(user: object, assessment: Assessment, criterion: Criterion, mark: Mark | None) -> Item:
    read = [_read(user, assessment, one) for one in criterion.evidence()]
    evidence = tuple(one for one in read if one is not None)
    given = {"assessment": assessment.pk, "criterion": criterion.pk, "year": assessment.year}
    suggested = _suggested(evidence)
    if suggested:
        given["result"] = suggested.value
    url = f"{reverse('register_create', args=['marks'])}?{urlencode(given)}"
    return Item(criterion, evidence, suggested, mark, url)


def _read(user: object, assessment: Assessment, one: Figure | Standing) -> Evidence | None:
    """What the ledger says; None where it says nothing of whom is assessed."""
    if isinstance(one, Figure):
        more = _narrow(assessment, one)
        return None if more is None else _of_figure(user, assessment, one, more)
    found = one.read(user, assessment.organisation)
    if found is None:
        return None
    words, url = found
    return Evidence(one.label, ((words or _("没有"), url),), bool(words))


def _narrow(assessment: Assessment, figure: Figure) -> dict[str, str] | None:
    """Parameters that narrow a figure to whom is assessed; None where it cannot be narrowed."""
    organisation = assessment.organisation
    if organisation.kind == Kind.ASSOCIATION:
        return {}
    by_place = issubclass(Register.registers[figure.register].filterset, PlaceFilters)
    return {"township": str(organisation.place_id)} if by_place and organisation.place_id else None


def _of_figure(
    user: object, assessment: Assessment, figure: Figure, more: dict[str, str]
) -> Evidence:
    said = []
    present = False
    for year in range(assessment.year, assessment.year - YEARS, -1):
        try:
            value: Any = figure.measure.of(figure.rows(user, year, assessment.association, **more))
        except ValueError:  # it is at no township
            value = 0
        present = present or (year == assessment.year and bool(value))
        url = figure.url(year, assessment.association, **more)
        words = _("%(year)s年 %(shown)s") % {"year": year, "shown": figure.shown(value)}
        said.append((words, url))
    return Evidence(figure.label, tuple(said), present)


def _suggested(evidence: tuple[Evidence, ...]) -> Result | None:
    """Nothing in the ledger: not met; some: partly; all: met. The person decides."""
    if not evidence:
        return None
    there = sum(item.present for item in evidence)
    if there == len(evidence):
        return Result.MET
    return Result.PARTLY if there else Result.NOT_MET


@transaction.atomic
def add_common_schemes(association: Association, user: object, year: int) -> list[Scheme]:
    """Add the sets in common use that the association does not have yet, as rows of its own."""
    known = set(Scheme.objects.filter(association=association).values_list("name", flat=True))
    return [_add(association, user, year, one) for one in SETS if one.name not in known]


def _add(association: Association, user: object, year: int, one: Set) -> Scheme:
    entered_by = user if getattr(user, "is_authenticated", False) else None
    common: dict[str, Any] = {"association": association, "year": year, "entered_by": entered_by}
    scheme = Scheme.objects.create(name=one.name, for_whom=one.for_whom, **common)
    for number, item in enumerate(one.items, start=1):
        with translation.override("zh-hans"):
            standing = {str(one.label) for one in STANDING}
            names = [key if key in standing else str(FIGURES[key].label) for key in item.evidence]
        Criterion.objects.create(
            scheme=scheme,
            group=item.group,
            rank=number,
            name=item.name,
            way=Way.COMPUTED if names else Way.SELF,
            figures="\n".join(names),
            **common,
        )
    return scheme
