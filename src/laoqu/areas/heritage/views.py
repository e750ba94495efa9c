"""The gap list of the sites."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from laoqu.access.rules import rows
from laoqu.areas.heritage.models import Site
from laoqu.areas.heritage.services import gap_list
from laoqu.register.filters import filterset_for
from laoqu.register.registry import Register


@login_required
def heritage_gaps(request: HttpRequest) -> HttpResponse:
    """缺项清单: what each site of the filtered list lacks, so that it can be seen to."""
    register = Register.registers["heritage-sites"]
    filters = filterset_for(register, request.user)(
        request.GET, rows(request.user, Site), request=request
    )
    context = {
        "register": register,
        "found": gap_list(register.countable(filters.qs), timezone.localdate()),
        "query": request.GET.urlencode(),
    }
    return render(request, "heritage/gaps.html", context)
