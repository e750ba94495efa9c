"""Subscriptions against their targets, unit by unit, and the villages never reported on."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from laoqu.access.rules import rows
from laoqu.areas.organisations.models import Organisation
from laoqu.areas.places.models import Place
from laoqu.areas.places.services import own_villages
from laoqu.areas.publicity.models import MediaPlacement, Subscription, SubscriptionTarget
from laoqu.register.registry import Register


@dataclass(frozen=True)
class TargetLine:
    """What one unit was asked to order of one periodical, and what it ordered."""

    unit: Organisation | None
    periodical: str
    issue_year: int
    target: int | None
    done: int

    @property
    def missing(self) -> int:
        """Copies still to be ordered; nothing where no target was set."""
        return max((self.target or 0) - self.done, 0)

    @property
    def percent(self) -> int | None:
        """The share of the target that is done."""
        return round(self.done * 100 / self.target) if self.target else None


def target_lines(user: object, issue_year: int) -> list[TargetLine]:
    """Target and done of every unit for one year of issue. 《》 round a name do not matter."""
    asked: dict[tuple[str, int | None], int] = defaultdict(int)
    done: dict[tuple[str, int | None], int] = defaultdict(int)
    targets = _counted(user, "subscription-targets", issue_year)
    for name, unit, copies in targets.values_list("periodical", "unit", "copies"):
        asked[name.strip("《》"), unit] += copies
    ordered = _counted(user, "subscriptions", issue_year)
    for name, unit, copies in ordered.values_list("periodical", "subscriber", "copies"):
        done[name.strip("《》"), unit] += copies
    units = rows(user, Organisation).in_bulk({unit for _name, unit in {*asked, *done} if unit})
    lines = [
        TargetLine(
            units.get(unit or 0), name, issue_year, asked.get((name, unit)), done[name, unit]
        )
        for name, unit in {**asked, **done}
    ]
    return sorted(lines, key=lambda x: (x.periodical, -x.missing, x.unit.name if x.unit else ""))


def issue_years(user: object) -> list[int]:
    """The years of issue that there are targets or subscriptions for, the latest first."""
    found: set[int] = set()
    for model in (Subscription, SubscriptionTarget):
        found.update(rows(user, model).order_by().values_list("issue_year", flat=True).distinct())
    return sorted(found, reverse=True)


def never_reported(user: object) -> tuple[list[Place], int]:
    """The old-area villages that no article, board or video names, and how many villages there are.

    Shape: villages of the person's own area; only rows that came out count.
    """
    media = Register.registers["media"].countable(rows(user, MediaPlacement))
    told = media.order_by().filter(places__isnull=False).values("places")
    old = own_villages(user).filter(old_area=True)
    return list(old.exclude(pk__in=told).select_related("parent")), old.count()


def _counted(user: object, slug: str, issue_year: int) -> QuerySet[Any]:
    register = Register.registers[slug]
    return register.countable(rows(user, register.model)).filter(issue_year=issue_year).order_by()
