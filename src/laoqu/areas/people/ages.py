"""Age bands of the members, on a day. A birth known only by its year counts from 1 January."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Band:
    """Ages from `youngest` to below `beyond`; without bounds, the unknown ages."""

    key: str
    label: Any
    youngest: int | None = None
    beyond: int | None = None

    def of(self, members: QuerySet[Any], day: date) -> QuerySet[Any]:
        """The members whose age lies in the band on that day."""
        if self.youngest is None:
            return members.filter(born_on="")
        found = members.filter(born_on__gt="", born_on__lte=_born(day, self.youngest))
        return found if self.beyond is None else found.filter(born_on__gt=_born(day, self.beyond))

    def holds(self, born_on: str, day: date) -> bool:
        """Whether somebody born then is in the band on that day."""
        if self.youngest is None or not born_on:
            return self.youngest is None and not born_on
        young = born_on <= _born(day, self.youngest)
        return young and (self.beyond is None or born_on > _born(day, self.beyond))


BANDS = (
    Band("0-49", _("50 岁以下"), 0, 50),
    Band("50-59", _("50—59 岁"), 50, 60),
    Band("60-64", _("60—64 岁"), 60, 65),
    Band("65-69", _("65—69 岁"), 65, 70),
    Band("70", _("70 岁以上"), 70),
    Band("unknown", _("年龄未登记")),
)


def _born(day: date, years: int) -> str:
    """The last birthday, as ISO text, of those who have completed so many years on that day."""
    return f"{day.year - years:04}-{day.month:02}-{day.day:02}"
