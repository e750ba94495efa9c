"""The reminders of recurring meetings."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from laoqu.areas.meetings import services


@login_required
def meeting_reminders(request: HttpRequest) -> HttpResponse:
    """例会提醒: the recurring meetings to prepare now."""
    found = services.reminders(request.user, timezone.localdate())
    return render(request, "meetings/reminders.html", {"reminders": found})
