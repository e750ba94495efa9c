"""The home page."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from laoqu.access.models import Association
from laoqu.access.rules import association_of, associations_below
from laoqu.coordination.overlaps.models import waiting_overlaps
from laoqu.operations.backup import last_backup_at
from laoqu.register.asked import whole_number
from laoqu.reporting.figures import latest_reported_year, main_figures, show, years


def home(request: HttpRequest) -> HttpResponse:
    """Four tasks, the year's main figures, what waits, the last backup.

    Without log-in the figures are those of the public rows.
    """
    association = the_association(request)
    found = years(request.user, association) if association else []
    year = chosen_year(request, found)
    context = {
        "below": associations_below(request.user),
        "looked_at": association,
        "years": found,
        "year": year,
        "figures": show(request.user, year, association, main_figures())
        if association and year
        else [],
        "waiting": _waiting(request),
        "overlaps": waiting_overlaps(request.user),
        "last_backup_at": _last_backup(request),
    }
    return render(request, "reporting/home.html", context)


def the_association(request: HttpRequest) -> Association | None:
    """The association a person works for, or the one whose ledger this is.

    Those who look from above choose one of the associations below by its area code.
    """
    below = associations_below(request.user)
    if below:
        asked = request.GET.get("association", "")
        own = association_of(request.user)
        others = [one for one in below if one != own]
        return next((one for one in below if one.area_code == asked), (others or below)[0])
    return association_of(request.user) or Association.objects.first()


def chosen_year(request: HttpRequest, found: list[int]) -> int | None:
    """The year asked for where it has rows, else the latest one that there is a report for."""
    asked = whole_number(request.GET.get("year"))
    if asked in found:
        return asked
    association = the_association(request)
    reported = (
        latest_reported_year(request.user, association) if association and found[1:] else None
    )
    return reported or (found[0] if found else None)


def _waiting(request: HttpRequest) -> int | None:
    """How many proposals wait for a decision of this person; None without log-in."""
    if not request.user.is_authenticated:
        return None
    from laoqu.intake.services import pending_count

    return pending_count(request.user)


def _last_backup(request: HttpRequest) -> datetime | Any:
    return last_backup_at() if request.user.is_authenticated else None
