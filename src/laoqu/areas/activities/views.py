"""Pages of activities beyond the registers: coverage, goods, and needs heard on visits."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from laoqu.access.rules import CHANGE, rows
from laoqu.areas.activities import services
from laoqu.areas.activities.models import ReliefVisit
from laoqu.register.registry import Register


@login_required
def village_coverage(request: HttpRequest) -> HttpResponse:
    """村村到了没有: village × year, visits and shows, and which villages never."""
    return render(request, "activities/coverage.html", {"found": services.coverage(request.user)})


@login_required
def goods_balance(request: HttpRequest) -> HttpResponse:
    """物资收支: what came in, went out and should be left, over all visits."""
    found = services.goods_balance(request.user)
    return render(request, "activities/goods.html", {"found": found})


@login_required
def visit_need(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a new need, filled with the hardship heard on a visit."""
    visit = get_object_or_404(rows(request.user, ReliefVisit, CHANGE), pk=pk)
    if "needs" not in Register.registers or not visit.difficulties:
        raise Http404
    given = {
        "year": visit.year,
        "name": visit.difficulties.splitlines()[0][:200],
        "problem": visit.difficulties,
        "places": "、".join(place.full_name for place in visit.places.select_related("parent")),
    }
    return redirect(f"{reverse('register_create', args=['needs'])}?{urlencode(given)}")
