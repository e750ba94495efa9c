"""The honour wall."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from laoqu.areas.honours.services import honour_wall as wall_of


@login_required
def honour_wall(request: HttpRequest) -> HttpResponse:
    """荣誉墙: every honour of the ledger by year, to print and put up."""
    return render(request, "honours/wall.html", {"years": wall_of(request.user)})
