"""Pages of publicity beyond the registers: targets and done, villages never reported on."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from laoqu.areas.publicity import services
from laoqu.register.asked import whole_number


@login_required
def subscription_targets(request: HttpRequest) -> HttpResponse:
    """任务与完成: target and done of every unit on one line, for one year of issue."""
    years = services.issue_years(request.user)
    asked = whole_number(request.GET.get("issue_year"))
    year = asked if asked in years else next(iter(years), None)
    lines = services.target_lines(request.user, year) if year else []
    return render(request, "publicity/targets.html", {"years": years, "year": year, "lines": lines})


@login_required
def never_reported(request: HttpRequest) -> HttpResponse:
    """没有报道过的村: the old-area villages that no placement names."""
    villages, count = services.never_reported(request.user)
    return render(request, "publicity/never.html", {"villages": villages, "count": count})
