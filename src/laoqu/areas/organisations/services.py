"""The numbers that an association states, beside the rows that the ledger can name."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from laoqu.access.models import Association
from laoqu.areas.organisations.models import CouncilSeat, Kind, Organisation, SeatStage
from laoqu.areas.places.models import Level, Place
from laoqu.areas.places.services import still_there


@dataclass(frozen=True)
class Stated:
    """One stated number and the rows that can be named: “31，其中列名27”."""

    field: str
    label: str
    stated: int | None
    named: int
    url: str

    @property
    def sentence(self) -> str:
        """What to say of it, and what to do where the two do not fit."""
        if self.stated is None:
            return _("列名 %(named)s。还没有填写总数。") % {"named": self.named}
        if self.named > self.stated:
            return _("列名比总数还多，请核对。")
        if self.named == self.stated:
            return _("%(stated)s，全部列名") % {"stated": self.stated}
        return _("%(stated)s，其中列名%(named)s") % {"stated": self.stated, "named": self.named}


def council_units(association: Association) -> QuerySet[Organisation]:
    """The units marked as council units, or that hold a seat now, that still stand."""
    seats = CouncilSeat.objects.filter(stage=SeatStage.SEATED).exclude(state="void")
    member = Q(council_member=True) | Q(pk__in=seats.order_by().values("organisation"))
    return Organisation.objects.filter(member, association=association, succeeded_by=None)


def stated_numbers(association: Association) -> list[Stated]:
    """Council units, old-area villages and branches: stated and named."""
    villages = still_there(
        Place.objects.filter(
            area_code__startswith=association.area_code,
            old_area=True,
            level__in=(Level.VILLAGE, Level.NATURAL_VILLAGE),
        )
    )
    branches = Organisation.objects.filter(
        association=association, kind=Kind.BRANCH, succeeded_by=None
    )
    organisations = reverse("register_list", args=["organisations"])
    found: list[tuple[str, QuerySet[Any], str]] = [
        ("stated_units", council_units(association), f"{organisations}?council_member=True"),
        ("stated_villages", villages, reverse("register_list", args=["places"]) + "?old_area=True"),
        ("stated_branches", branches, f"{organisations}?kind={Kind.BRANCH}"),
    ]
    return [
        Stated(
            field,
            str(Association._meta.get_field(field).verbose_name),
            getattr(association, field),
            rows.count(),
            url,
        )
        for field, rows, url in found
    ]
