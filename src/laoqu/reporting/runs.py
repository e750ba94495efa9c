"""Runs of the report: the figures as they were, and what has changed since."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import override

from laoqu.access.models import Association
from laoqu.register.figures import figures
from laoqu.reporting.figures import Shown, show
from laoqu.reporting.models import ReportRun


@dataclass(frozen=True)
class Change:
    """A figure that is not what it was in the last run; `before` is empty for a new figure."""

    label: str
    before: str
    after: str
    url: str


@override(settings.LANGUAGE_CODE)
def current_figures(association: Association, year: int) -> list[Shown]:
    """All figures of the association's own ledger."""
    return show(association, year, association, figures())


@override(settings.LANGUAGE_CODE)
def changes(association: Association, year: int, now: list[Shown]) -> list[Change]:
    """What differs from the last run; nothing where there was none."""
    last = ReportRun.objects.filter(association=association, year=year).first()
    if last is None:
        return []
    return [
        Change(
            str(shown.figure.label), last.figures.get(shown.figure.key, ""), shown.text, shown.url
        )
        for shown in now
        if last.figures.get(shown.figure.key) != shown.text
    ]


@override(settings.LANGUAGE_CODE)
def record_run(
    association: Association, year: int, now: list[Shown], user: Any = None
) -> ReportRun | None:
    """Keep the figures of this run, unless they are those of the last one."""
    found = {shown.figure.key: shown.text for shown in now}
    last = ReportRun.objects.filter(association=association, year=year).first()
    if last is not None and last.figures == found:
        return None
    return ReportRun.objects.create(association=association, year=year, figures=found, made_by=user)
