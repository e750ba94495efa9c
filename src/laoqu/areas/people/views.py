"""Pages of people beyond the registers: age structure, compliance calendar, the next term."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from laoqu.access.rules import CHANGE, may_add, rows
from laoqu.areas.people import services
from laoqu.areas.people.models import Member, Post


@login_required
def age_structure(request: HttpRequest) -> HttpResponse:
    """年龄结构: members by age band; every number opens its list. The office's alone."""
    _office_only(request)
    table = services.age_structure(request.user, timezone.localdate())
    context = {
        "table": table,
        "members": sum(row.members for row in table),
        "in_office": sum(row.in_office for row in table),
        "most": max([row.members for row in table] + [1]),
        "list_url": reverse("register_list", args=["members"]) + "?counted=yes&standing=current",
    }
    return render(request, "people/ages.html", context)


@login_required
def compliance_calendar(request: HttpRequest) -> HttpResponse:
    """合规日历: who reaches 70, whose term ends, whose approval is missing, two years ahead."""
    _office_only(request)
    calendar = services.compliance_calendar(request.user, timezone.localdate())
    return render(request, "people/calendar.html", {"calendar": calendar})


@login_required
def renew_post(request: HttpRequest, pk: int) -> HttpResponse:
    """续任: the form of a new post for the next term, which needs an approval of its own."""
    post = get_object_or_404(rows(request.user, Post, CHANGE), pk=pk)
    given = {
        "member": post.member_id,
        "office": post.office,
        "term": post.term + 1,
        "starts_on": post.ends_on,
    }
    return redirect(f"{reverse('register_create', args=['posts'])}?{urlencode(given)}")


def _office_only(request: HttpRequest) -> None:
    if not may_add(request.user, Member):
        raise Http404
