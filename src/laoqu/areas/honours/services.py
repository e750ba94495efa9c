"""The honour wall: what was received, and who was commended, year by year."""

from dataclasses import dataclass, field

from laoqu.access.rules import rows
from laoqu.areas.honours.models import Award, Nominee, NomineeResult
from laoqu.areas.honours.stages import CommendationStage
from laoqu.register.models import State

GRANTED = (CommendationStage.GRANTED, CommendationStage.ARCHIVED)


@dataclass(frozen=True)
class WallYear:
    """The honours of one year: those received, and those granted by the association."""

    year: int
    received: list[Award] = field(default_factory=list)
    granted: list[Nominee] = field(default_factory=list)


def honour_wall(user: object) -> list[WallYear]:
    """The years that have honours, the latest first; the highest honours of a year first."""
    years: dict[int, WallYear] = {}
    levels = ["national", "province", "city", "county", ""]
    received = rows(user, Award).filter(state=State.REVIEWED).select_related("receiver")
    for award in sorted(received, key=lambda row: (levels.index(row.level), row.code)):
        years.setdefault(award.year, WallYear(award.year)).received.append(award)
    granted = rows(user, Nominee).filter(
        state=State.REVIEWED,
        result=NomineeResult.CHOSEN,
        commendation__state=State.REVIEWED,
        commendation__stage__in=GRANTED,
    )
    for nominee in granted.select_related("commendation").order_by("code"):
        year = nominee.commendation.year
        years.setdefault(year, WallYear(year)).granted.append(nominee)
    return [years[year] for year in sorted(years, reverse=True)]
