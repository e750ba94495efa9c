"""What is seen over all rules: which are due for their yearly review, and what holds on a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from laoqu.access.rules import rows
from laoqu.areas.rules.models import Rule, RuleVersion
from laoqu.register.models import State
from laoqu_engines.values.period import Period


@dataclass(frozen=True)
class Review:
    """A rule that is due for review; `last` is in words, empty where it has no text yet."""

    rule: Rule
    last: str


def reviews_due(user: object, today: date) -> list[Review]:
    """The rules in force neither renewed nor reviewed for a year, the longest first."""
    in_force = rows(user, Rule).filter(repealed_on="").exclude(state=State.VOID)
    due = []
    for rule in in_force.annotate(renewed_on=Max("versions__effective_on")):
        last = max(rule.reviewed_on, rule.renewed_on or "")
        period = Period.parse(last) if last else None
        if period is None or _a_year_ago(period.last_day(), today):
            due.append((last, rule.code, Review(rule, period.chinese() if period else "")))
    return [review for _last, _code, review in sorted(due, key=lambda item: item[:2])]


def version_in_force(rule: Rule, today: date) -> RuleVersion | None:
    """The version that holds on a day; a date known only by year or month counts from its start."""
    versions = [
        (period.first_day(), version)
        for version in rule.versions.exclude(state=State.VOID)
        if (period := Period.parse(version.effective_on)) and period.first_day() <= today
    ]
    return max(versions, key=lambda item: item[0])[1] if versions else None


def _a_year_ago(day: date, today: date) -> bool:
    return (day.year + 1, day.month, day.day) <= (today.year, today.month, today.day)
