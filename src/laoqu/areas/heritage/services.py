"""What is seen over all sites: the gap list."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from laoqu.areas.heritage.gaps import FOUR, GAPS, Gap, four_overdue
from laoqu.areas.heritage.models import Site, SiteStage
from laoqu_engines.values.period import Period


@dataclass(frozen=True)
class SiteGaps:
    """One site: for each gap of the list whether it lacks it, None where it needs none."""

    site: Site
    cells: tuple[bool | None, ...]
    overdue: bool
    inspected: str
    """The day of the latest round in words; empty if there was none."""


@dataclass(frozen=True)
class GapList:
    """All sites that lack something, and how many sites lack what."""

    gaps: tuple[tuple[Gap, int], ...]
    rows: tuple[SiteGaps, ...]
    sites: int
    never_inspected: int


def gap_list(sites: QuerySet[Site], today: date) -> GapList:
    """What the sites lack, those over their year first. Lost sites are left out."""
    found = sites.exclude(stage=SiteStage.LOST).select_related("place__parent")
    rows = []
    count: Counter[str] = Counter()
    all_sites = list(found.annotate(inspected_on=Max("inspections__inspected_on")))
    for site in all_sites:
        lacking = {gap.key for gap in site.gaps()}
        count.update(lacking)
        period = Period.parse(site.inspected_on or "")
        if lacking or period is None:
            cells = tuple(_cell(site, gap, lacking) for gap in GAPS)
            inspected = period.chinese() if period else ""
            rows.append(SiteGaps(site, cells, four_overdue(site, today), inspected))
    rows.sort(key=lambda row: (not row.overdue, row.site.code))
    never = sum(not site.inspected_on for site in all_sites)
    return GapList(tuple((gap, count[gap.key]) for gap in GAPS), tuple(rows), len(all_sites), never)


def _cell(site: Site, gap: Gap, lacking: set[str]) -> bool | None:
    return gap.key in lacking if site.is_designated or gap not in FOUR else None
