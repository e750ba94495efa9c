"""How soon each department responds."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from laoqu.access.rules import REVIEW, may_any, rows
from laoqu.areas.requests.clock import spent
from laoqu.areas.requests.models import Request
from laoqu.areas.requests.services import response_by_department
from laoqu.register.filters import filterset_for
from laoqu.register.registry import Register


@login_required
def request_response(request: HttpRequest) -> HttpResponse:
    """各部门回应快慢: the median of the filtered list, inside the office only."""
    if not may_any(request.user, Request, REVIEW):
        raise Http404
    register = Register.registers["requests"]
    filters = filterset_for(register, request.user)(
        request.GET, rows(request.user, Request, REVIEW), request=request
    )
    table = response_by_department(register.countable(filters.qs))
    shown = [(row, spent(row.median) if row.median is not None else "") for row in table]
    return render(request, "requests/response.html", {"register": register, "table": shown})
