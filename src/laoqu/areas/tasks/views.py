"""Pages of tasks beyond the registers: the board, the slip, the promises, resolutions chased."""

from collections import Counter

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from laoqu.access.rules import CHANGE, rows
from laoqu.areas.meetings.models import Meeting
from laoqu.areas.tasks import services
from laoqu.areas.tasks.models import Task
from laoqu.register.asked import whole_number
from laoqu.register.fields import LAST_YEAR
from laoqu.register.models import FIRST_YEAR
from laoqu.register.registry import record_url


@login_required
def task_board(request: HttpRequest) -> HttpResponse:
    """三色督办: the open tasks, red first."""
    groups = services.board(request.user, timezone.localdate())
    return render(request, "tasks/board.html", {"groups": groups})


@login_required
def promises(request: HttpRequest) -> HttpResponse:
    """兑现清单: what was promised in a year, and what became of it: `?year=2024`."""
    today = timezone.localdate()
    asked = whole_number(request.GET.get("year"))
    year = asked if asked in range(FIRST_YEAR, LAST_YEAR + 1) else today.year
    groups = services.promises(request.user, year, today)
    count = Counter(promise.status for group in groups for promise in group.promises)
    context = {"year": year, "groups": groups, "count": dict(count), "all": sum(count.values())}
    return render(request, "tasks/promises.html", context)


@login_required
def task_slip(request: HttpRequest, pk: int) -> HttpResponse:
    """督办单: one matter on one sheet, to print and sign, with a text to send."""
    found = rows(request.user, Task).select_related("lead", "association")
    return render(request, "tasks/slip.html", {"task": get_object_or_404(found, pk=pk)})


@login_required
def chase_resolutions(request: HttpRequest, pk: int) -> HttpResponse:
    """议定事项转督办: shows what would become a task, then enters it."""
    meeting = get_object_or_404(rows(request.user, Meeting, CHANGE), pk=pk)
    if request.method == "POST":
        try:
            made = services.chase_resolutions(meeting, request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("已转为 %(count)s 项督办任务。") % {"count": len(made)})
        return redirect(record_url(meeting))
    context = {"meeting": meeting, "waiting": services.to_chase(meeting)}
    return render(request, "tasks/chase.html", context)
