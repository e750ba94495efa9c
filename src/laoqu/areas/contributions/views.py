"""The page of contributions beyond the register: totals by village."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from laoqu.access.rules import rows
from laoqu.areas.contributions.models import Contribution
from laoqu.areas.contributions.registers import ContributionRegister
from laoqu.areas.contributions.services import totals_by_funder, totals_by_village, with_parts
from laoqu.register.filters import filterset_for
from laoqu.register.registry import Register


def village_totals(request: HttpRequest) -> HttpResponse:
    """按村汇总: sole, shared and upper bound for each village of the filtered list."""
    register = Register.registers[ContributionRegister.slug]
    filters = filterset_for(register, request.user)(
        request.GET, rows(request.user, Contribution), request=request
    )
    lines = register.countable(filters.qs).filter(amount__isnull=False)
    totals = totals_by_village(with_parts(lines))
    context = {
        "register": register,
        "filters": filters,
        "totals": totals,
        "funders": totals_by_funder(lines.select_related("funder__succeeded_by")),
        "query": request.GET.urlencode(),
        "year": request.GET.get("year", ""),
    }
    return render(request, "contributions/village_totals.html", context)
