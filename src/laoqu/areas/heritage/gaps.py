"""What a site lacks of the 四有, of an owner and of care.

The four: protection area and control zone, sign, record file, a body or person in charge; due one
year after the announcement. The sign states six things: level, name, who announced it and when,
who set it up and when. Source: 文物保护法实施条例 articles 8 to 11.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from laoqu_engines.values.period import Period

if TYPE_CHECKING:
    from laoqu.areas.heritage.models import Site


@dataclass(frozen=True)
class Gap:
    """One thing that may be lacking: its key, its name, and whether a site lacks it."""

    key: str
    label: Any
    lacks: Callable[["Site"], bool]


FOUR = (
    Gap("area", _("保护范围"), lambda site: not site.protection_area),
    Gap("zone", _("建设控制地带"), lambda site: not site.control_zone),
    Gap(
        "sign",
        _("标志说明"),
        lambda site: (
            not (site.announced_by and site.announced_on and site.sign_by and site.sign_on)
        ),
    ),
    Gap("archive", _("记录档案"), lambda site: not site.archive),
    Gap("custodian", _("专门机构或专人"), lambda site: not site.custodian),
)
OTHERS = (
    Gap("owner", _("产权"), lambda site: site.ownership == "unclear"),
    Gap("responsible", _("保护责任人"), lambda site: not site.responsible),
)
GAPS = FOUR + OTHERS


def missing_of_the_four(site: "Site") -> list[Gap]:
    """Which of the four are not there."""
    return [gap for gap in FOUR if gap.lacks(site)]


def gaps(site: "Site") -> list[Gap]:
    """Everything the site lacks. Sites that need no protection need the others only."""
    return [gap for gap in (GAPS if site.is_designated else OTHERS) if gap.lacks(site)]


def four_overdue(site: "Site", today: date) -> bool:
    """Whether a year has passed since a protected site was announced, and the four lack still."""
    announced = Period.parse(site.announced_on) if site.announced_on else None
    if announced is None or not site.is_designated or not missing_of_the_four(site):
        return False
    last = announced.last_day()
    return (today.year - 1, today.month, today.day) > (last.year, last.month, last.day)
